"""What cells of a grid share whose panels have percentages over their rows: their ticks, and the dash for no figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.charts.band_rows import lacks
from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Anchor
from dashboard.charts.grid_band import Spot
from dashboard.charts.grid_layout import Column
from dashboard.charts.labels import NAME, NOTE
from dashboard.charts.roles import QUIET
from dashboard.query import Panel
from dashboard.text.missing import BLANK_CODES

WITHHELD = BLANK_CODES["suppressed"]
"""What stands in place of a figure that is withheld."""
QUARTERS, HALVES = (0, 25, 50, 75, 100), (0, 50, 100)
"""Percentages of upright lines behind bars, and behind dots, which have level lines of their own."""
DASH = 12
"""Pixels (at scale 1) of the dash that stands where there is no figure."""


@dataclass(frozen=True, slots=True)
class PercentCells:
    """What cells share whose panels have percentages over their rows."""

    context: ChartContext

    def head_height(self, panels: Sequence[Panel]) -> float:
        """Pixels of the percentages over the rows."""
        return self.context.canvas.px(18)

    def of_all(self, panel: Panel) -> str:
        """Nothing."""
        return ""

    def below_base(self, panel: Panel, ends: tuple[float, float], y: float, text: float) -> float:
        """Nothing."""
        return y

    def heading_end(self, column: Column, panel: Panel) -> float:
        """At the end of the panel."""
        return column.right

    def dash(self, spot: Spot, panel: Panel, y: float) -> None:
        """At the end of the column of figures; where there is none, at the left edge. A letter where the figure is withheld; nothing
        where those whom the panel is about have a figure in another place of that name, or may have."""
        canvas, column, section = self.context.canvas, spot.column, self.context.section
        if not lacks(section, section.rows[spot.row].header, spot.panel):
            return
        middle, pad = y + canvas.px(NAME * LEADING / 2), canvas.px(4)
        left = max(column.zero - canvas.px(DASH) - pad, column.left + pad)
        if section.rows[spot.row].cells[spot.panel].is_withheld():
            canvas.text(left, middle, WITHHELD, NOTE, QUIET)
            return
        canvas.rule(left, middle, left + canvas.px(DASH), middle, QUIET)

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """0 and 100 percent over the rows of a panel, and 50 where it has room between them."""
        canvas = self.context.canvas
        y += canvas.px(8)
        right = self.ticks_end(column, panel)
        low, middle, high = (self._tick(column, percent, right) for percent in (0, 50, 100))
        clear = low.right < middle.left and middle.right + canvas.px(4) <= high.left
        for tick in (low, middle, high) if clear else (low, high):
            canvas.text(tick.x, y, tick.text, NOTE, QUIET, anchor=tick.anchor)

    def ticks_end(self, column: Column, panel: Panel) -> float:
        """Where the name of the last percentage ends at most."""
        return column.right

    def _tick(self, column: Column, percent: int, right: float) -> _Tick:
        text, x = self.context.loc.percent(percent), column.at(percent)
        wide = self.context.canvas.text_width(text, NOTE)
        if x - wide / 2 < column.left:
            return _Tick(text, x, "left", x, x + wide)
        if x + wide / 2 > right:
            return _Tick(text, right, "right", right - wide, right)
        return _Tick(text, x, "center", x - wide / 2, x + wide / 2)


class _Tick(NamedTuple):
    """The name of a percentage: where and how it is anchored, and its pixels from left to right."""

    text: str
    x: float
    anchor: Anchor
    left: float
    right: float
