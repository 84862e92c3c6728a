"""Short level stubs on both sides of a break in a line over the years: the break is one of their line. Points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pptx.shapes.shapetree import GroupShapes

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.palette import LIGHT
from dashboard.formats.change_labels import DOT, Box, Gap, Plot
from dashboard.formats.pptx_shapes import rule

_LONG, _LEAST = DOT / 2 + 8, DOT / 2 + 3
"""From the middle of a mark to the end of its stub, and at least, where the sign of the break is close."""
_WIDE = 2.25
_WHITE = 3.0
"""Between a stub and the sign."""


def draw_stubs(shapes: GroupShapes, gaps: Sequence[Gap], panel: LinePanel, plot: Plot) -> None:
    """The stubs of each break that have room: none reaches the sign or the mark of another line."""
    marks = [
        Box(plot.across(year) - DOT / 2, plot.down(value.observation.value) - DOT / 2, DOT, DOT)
        for line in panel.lines
        for year, value in line.values
    ]
    for gap in gaps:
        for x, end, y in _stubs(gap) if gap.text else ():
            met = Box(min(x, end), y - _WIDE / 2, abs(end - x), _WIDE)
            if sum(met.meets(mark) for mark in marks) == 1:
                rule(shapes, x, y, end, y, LIGHT.colour(gap.colour), _WIDE)


def _stubs(gap: Gap) -> Iterator[tuple[float, float, float]]:
    """(x of the mark, x of the end, y) of the stubs of a break."""
    half = gap.sign.wide / 2 + _WHITE if gap.sign else _WHITE
    middle = gap.sign.x + gap.sign.wide / 2 if gap.sign else (gap.start[0] + gap.end[0]) / 2
    for (x, y), side in ((gap.start, 1), (gap.end, -1)):
        long = min(_LONG, (middle - x) * side - half)
        if long >= _LEAST:
            yield x, x + side * long, y
