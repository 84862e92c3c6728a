"""A finished drawing: everything that is seen of a chart, in pixels from its top left corner, ``y`` growing downwards.

It knows no drawing library and no colour: whoever prints it turns roles into colours and shapes into its own format.
Layers from the ground up: boxes, rules, cells, bars, lines, points, texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.charts.roles import Role

Anchor = Literal["left", "center", "right"]
"""Which part of a text stands at its point."""
Dash = Literal["solid", "dash", "dot"]
Symbol = Literal["circle", "diamond", "square", "triangle-up", "triangle-down", "cross"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same all along; without size (pixels) and colour it has those of its text."""

    text: str
    bold: bool = False
    size: float = 0.0
    colour: Role | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text whose vertical middle is at ``y``; ``size`` in pixels."""

    x: float
    y: float
    anchor: Anchor
    size: float
    colour: Role
    runs: tuple[Run, ...]

    @property
    def content(self) -> str:
        """What is written."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of one pixel behind the marks."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Role
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle behind the marks; an outline is one pixel wide."""

    left: float
    top: float
    right: float
    bottom: float
    fill: Role
    outline: Role | None = None


@dataclass(frozen=True, slots=True)
class Hatch:
    """Stripes or dots on nothing; ``size`` in pixels, ``solidity`` the covered share."""

    kind: Literal["stripes", "dots"]
    size: float
    solidity: float
    colour: Role


@dataclass(frozen=True, slots=True)
class Bar:
    """A level bar around the ``y`` of its mark; a hatch stands in place of the fill."""

    left: float
    right: float
    thickness: float
    fill: Role
    edge: Role
    edge_width: float = 0.0
    hatch: Hatch | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A symbol at the point of its mark, ``size`` pixels across; an open one has an edge and is filled with the ground, a ringed one
    has an edge of the ground that parts it from what it covers."""

    symbol: Symbol
    size: float
    hollow: bool = False
    edge_width: float = 0.0
    ringed: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A coloured rectangle around the point of its mark."""

    box: Box


@dataclass(frozen=True, slots=True)
class Mark:
    """One published figure where it is drawn; or, without a position, what a source does not print."""

    position: int | None
    """Of the figure in the data (``Observation.position``)."""
    percent: float
    spoken: tuple[tuple[Run, ...], ...]
    """Lines that say everything about the figure."""
    panel: int
    """Index of its area among those of the drawing, in reading order: that of a panel of the section, or of a part of one in a change
    over editions and in a heat table on a narrow canvas."""
    row: int
    """Index of the row of the section."""
    series: str
    """Name of what its colour means."""
    colour: Role
    x: float
    """Where a pointer finds it."""
    y: float
    shape: Bar | Point | Tile


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, above bars and below points; ``width`` in pixels."""

    points: tuple[tuple[float, float], ...]
    colour: Role
    width: float
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class PanelArea:
    """Where the marks of a panel or of a part of one lie, and the pixels of its 0 and 100 percent (on ``x``; of a change over editions
    on ``y``)."""

    left: float
    top: float
    right: float
    bottom: float
    zero: float
    hundred: float


@dataclass(frozen=True, slots=True)
class RowArea:
    """A row with its heading: its height, and the areas of panels it reaches across, by index."""

    top: float
    bottom: float
    panels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """What stands together between two places where a page may end: panels side by side with their rows, or a text."""

    top: float
    bottom: float
    rows: tuple[RowArea, ...] = ()
    in_blocks: bool = False
    """Whether it holds several headings, each over rows of its own, so that what is above the first row holds for no other."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is seen, whole pixels wide and high; ``font_size`` is that of plain text."""

    width: int
    height: int
    font_size: float
    panels: tuple[PanelArea, ...] = ()
    bands: tuple[Band, ...] = ()
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    texts: tuple[Text, ...] = ()
    crowded: frozenset[int] = frozenset()
    """Figures of lines that lie on another of their panel."""
    has_bounds: bool = False
    """Whether the most is drawn that an n can be which is not published."""

    @property
    def rows(self) -> tuple[RowArea, ...]:
        """The rows of all bands."""
        return tuple(row for band in self.bands for row in band.rows)

    @property
    def positions(self) -> frozenset[int]:
        """The figures that are drawn."""
        return frozenset(mark.position for mark in self.marks if mark.position is not None)
