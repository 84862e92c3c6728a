"""Where the marks of a panel of a change over editions stand: at the middle of their period, and beside it where two would hide
each other."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.years import SAME, Plot

COVERS = 0.8
"""Of its height, that two marks of one year are apart of which neither covers the other."""


def asides(panel: LinePanel, plot: Plot, size: float) -> Mapping[int, float]:
    """Position of a figure -> pixels that its mark stands right of its year, of those that another covers, wholly or nearly.

    ``size``: pixels of a mark. Of two at one height that of the line which begins earlier stands left, so that no line passes
    through the other.
    """
    marks: dict[int, list[tuple[float, float, int]]] = {}
    for line in panel.lines:
        begins = line.values[0][0]
        for year, value in line.values:
            figure = value.observation
            of_year = marks.setdefault(round(year / SAME), [])
            of_year.append((plot.down(figure.value), begins, figure.position))
    found: dict[int, float] = {}
    for of_year in marks.values():
        heap: list[tuple[float, float, int]] = []
        for mark in [*sorted(of_year), (float("inf"), 0.0, -1)]:
            if heap and mark[0] - heap[-1][0] >= size * COVERS:
                if len(heap) > 1:
                    for at, (_, _, position) in enumerate(heap):
                        found[position] = (at - (len(heap) - 1) / 2) * size
                heap = []
            heap.append(mark)
    return found
