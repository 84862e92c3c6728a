"""What every step of drawing a section needs."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.canvas import Canvas
from dashboard.query import Header, Section
from dashboard.selection import Selection
from dashboard.text import Localizer


@dataclass(frozen=True, slots=True)
class Scale:
    """What charts below each other share, so that equal percentages are equally long and begin at one place; pixels."""

    before: float
    """Of the column of figures."""
    hundred: float
    """That 0 to 100 percent take at most."""
    brief: bool = False
    """Whether about, over and under are signs in all of them."""
    answers: int = 0
    """In how many of them n has a column."""


@dataclass(frozen=True, slots=True)
class ChartContext:
    """A section, the localizer of its texts, and the canvas it is drawn on."""

    canvas: Canvas
    section: Section
    loc: Localizer
    selection: Selection
    in_picture: bool = False
    """Whether the sheet around it says unit and sources, and is never as narrow as a telephone."""
    brief: bool = False
    """Whether what stands below the chart is said in one sentence, for want of room."""
    fixed: bool = False
    """Whether it has a height of its own: what is crowded is left out of it, not taken apart."""
    even: float = 2.0
    """Lines of type, of the size of names, up to which all rows of rectangles are equally high; 0 where they are not."""
    unbroken: float = 0.0
    """Share of the width up to which names of rows are not broken, where the sheet is so low that a row is worth more than width."""
    introduced: bool = False
    """Whether the page around it says whose figures these are, and from which surveys."""
    title: str = ""
    """Of the picture around it; blank on a page."""
    scale: Scale | None = None
    """Of the charts that stand below each other; None for a chart by itself."""
    leads: frozenset[Header] = frozenset()
    """What rows are about that stand before others which several panels share."""

    @property
    def names_sparingly(self) -> bool:
        """Whether headings name the series of most figures, and marks only those of others."""
        return self.in_picture or self.introduced
