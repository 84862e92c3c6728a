"""Where the marks of a panel of a change over editions stand: at the middle of their period, and beside it where two would hide
each other."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.years import SAME, Plot


def asides(panel: LinePanel, plot: Plot, size: float) -> Mapping[int, float]:
    """Position of a figure -> pixels that its mark stands right of its year, of those that another nearly covers.

    ``size``: pixels of a mark. Marks of one figure lie on each other, since that hides nothing.
    """
    heights: dict[int, dict[float, list[int]]] = {}
    for line in panel.lines:
        for year, value in line.values:
            figure = value.observation
            of_year = heights.setdefault(round(year / SAME), {})
            of_year.setdefault(plot.down(figure.value), []).append(figure.position)
    found: dict[int, float] = {}
    for of_year in heights.values():
        heap: list[float] = []
        for y in [*sorted(of_year), float("inf")]:
            if heap and y - heap[-1] >= size * 0.8:
                for at, each in enumerate(heap if len(heap) > 1 else ()):
                    aside = (at - (len(heap) - 1) / 2) * size
                    found.update(dict.fromkeys(of_year[each], aside))
                heap = []
            heap.append(y)
    return found
