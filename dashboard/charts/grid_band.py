"""A line of panels in a grid, and how a chart fills its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.charts.canvas import Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.grid_layout import Column, Layout
from dashboard.query import Cell, Panel


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands: its column, and the indices of its panel and row in the section."""

    column: Column
    panel: int
    row: int
    tall: float = 0.0
    """Pixels that the row has for it, once they are known."""


class Cells(Protocol):
    """How a chart fills the cells of a grid."""

    def head_height(self, panels: Sequence[Panel]) -> float:
        """Pixels between the headings of panels beside each other and their rows."""

    @property
    def ruled(self) -> tuple[int, ...]:
        """The percentages of the upright lines that stand behind the marks; none without such lines."""

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """Draw what stands between the heading of a panel and its rows."""

    def height(self, spot: Spot, panel: Panel, cell: Cell) -> float:
        """Pixels a cell needs."""

    def dash(self, spot: Spot, panel: Panel, y: float) -> None:
        """Draw that a cell whose top is at ``y`` has no figure, where its figures would stand; nothing where that would deny one."""

    def of_all(self, panel: Panel) -> str:
        """What the heading of a panel says of all its figures; blank for nothing."""

    def below_base(self, panel: Panel, ends: tuple[float, float], y: float, text: float) -> float:
        """Draw what stands under the base that a run of panels shares, of which ``panel`` is one, between ``ends``; returns the y
        below. ``text`` are the pixels of the base in one line."""

    def heading_end(self, column: Column, panel: Panel) -> float:
        """Where the line over the name of a panel ends."""

    def notes(self, panels: range, row: int) -> str:
        """What must be said under the name of a row of the figures in some panels; blank for nothing."""

    def draw(self, spot: Spot, panel: Panel, cell: Cell, y: float) -> None:
        """Draw a cell whose top is at ``y``."""


@dataclass(frozen=True, slots=True)
class Band:
    """One line of panels."""

    context: ChartContext
    layout: Layout
    columns: tuple[Column, ...]
    cells: Cells
    indices: range
    """Of its panels in the section."""
    above: Panel | None = None
    """The panel whose headings still hold."""

    @property
    def canvas(self) -> Canvas:
        return self.context.canvas

    @property
    def panels(self) -> list[tuple[Column, Panel]]:
        members = (self.context.section.panels[index] for index in self.indices)
        return list(zip(self.columns, members, strict=True))

    @property
    def left(self) -> float:
        """Pixel at which the names of the rows begin."""
        layout = self.layout
        aside = bool(layout.lines or not layout.names)
        return self.columns[0].left - layout.names if aside else 0.0

    @property
    def stacked(self) -> bool:
        """Whether its panels stand in each other's place."""
        return self.layout.stacked and len(self.indices) > 1

    @property
    def has_parts(self) -> bool:
        """Whether panels of the section, of this band or another, are shares of different things."""
        return len({panel.part for panel in self.context.section.panels}) > 1
