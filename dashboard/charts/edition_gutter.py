"""The gutter at the right of a plot of a change over editions, and the labels in it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.canvas import Canvas
from dashboard.charts.clearance import Area, Spot
from dashboard.charts.drawing import Run
from dashboard.charts.roles import Role

TYPE = 12
"""Type of everything in a panel but its name, at scale 1."""
LETTERS = 0.74
"""Height of letters over the size of type."""
MARK = 9
"""Pixels of a mark, at scale 1."""
LEADER, NEAR = 14, 4.5
"""Pixels (at scale 1) between a plot and its gutter where leaders cross them, and where every label stands at its mark."""
SPACE = 6
"""Pixels (at scale 1) between figure and name."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """Room at the right of a plot: pixels in all, and of these for the names behind figures."""

    wide: float
    name: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A label in the gutter: of which line, where that ends, its place, its figure and, behind ``beside`` pixels, its name."""

    at: int
    end: Spot
    left: float
    y: float
    figure: str
    beside: float
    name: tuple[str, ...]
    gutter: Gutter
    leading: float

    @property
    def area(self) -> Area:
        """What it covers, at most."""
        lines, half = max(1, len(self.name)), self.leading / 2
        right = self.left + self.beside + (self.gutter.name + self.leading if self.name else 0)
        return Area(self.left, self.y - half, right, self.y + (lines - 0.5) * self.leading)

    def draw(self, canvas: Canvas, colour: Role | None) -> None:
        """Write it; without ``colour`` in ink."""
        figure = Run(self.figure, bold=True, colour=colour)
        canvas.runs(self.left, self.y, (figure,), TYPE, inset=0)
        for index, name in enumerate(self.name):
            x = self.left + self.beside + canvas.px(SPACE)
            canvas.runs(
                x, self.y + index * self.leading, (Run(name, colour=colour),), TYPE, inset=0
            )
