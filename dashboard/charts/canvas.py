"""Where a drawing is put together: text is measured and wrapped here, so that nothing depends on how a browser lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf

from dashboard.charts.drawing import (
    Anchor,
    Band,
    Bar,
    Box,
    Dash,
    Drawing,
    Line,
    Mark,
    PanelArea,
    RowArea,
    Rule,
    Run,
    Text,
    Tile,
)
from dashboard.charts.roles import CARE, GRID, GROUND, INK, RULE, Outline, Role
from dashboard.charts.text import headed, width, wrap
from dashboard.text import unlike

LEADING = 1.3
"""Line height over font size."""
INSET = 2
"""Pixels between a point and the text that begins or ends there."""


@lru_cache(maxsize=1 << 14, typed=True)
def _kept(pixels: float, digits: int) -> float:
    return round(pixels, digits)


def _rounded(pixels: float, digits: int) -> float:
    """As ``round``, which takes longer than to remember: a chart has few places, each on many marks and in many tries."""
    # 0.0 and -0.0 are one key.
    return _kept(pixels, digits) if pixels else round(pixels, digits)


class TooTall(Exception):
    """A row stands below what the drawing may be high at most."""


@dataclass(frozen=True, slots=True)
class Zoom:
    """Sizes of a drawing in pixels, all following one factor."""

    factor: float = 1.0
    air: float = 1.0
    """How many times the usual the ground between rows is."""

    def px(self, pixels: float) -> float:
        """``pixels`` at this scale."""
        return _rounded(pixels * self.factor, 2)


@dataclass(slots=True)
class Canvas:
    """Collects what a chart draws; ``drawing`` gives the frozen result.

    Charts count from the left edge of the canvas, which lies ``left`` pixels from that of the drawing; sizes of type are at
    scale 1, all else is in pixels.
    """

    width: float
    zoom: Zoom = field(default_factory=Zoom)
    left: float = 0.0
    most: float = inf
    """Pixels that the drawing may be high: a level rule further below ends it (``TooTall``)."""
    has_intervals: bool = False
    """Whether one has been drawn."""
    has_bounds: bool = False
    """Whether the most has been drawn that an n can be which is not published."""
    has_signs: bool = False
    """Whether a figure has been drawn with a sign in place of about, over or under."""
    has_walls: bool = False
    """Whether a dashed line has been drawn between columns."""
    has_thick: bool = False
    """Whether a line has been drawn thick that nothing on it explains."""
    _panels: list[PanelArea] = field(default_factory=list)
    _bands: list[Band] = field(default_factory=list)
    _boxes: list[Box] = field(default_factory=list)
    _rules: list[Rule] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _texts: list[Text] = field(default_factory=list)
    crowded: set[int] = field(default_factory=set)
    """Figures of lines that lie on another of their panel."""

    def px(self, pixels: float) -> float:
        """``pixels`` at the scale of the canvas."""
        return _rounded(pixels * self.zoom.factor, 2)

    def space(self, pixels: float) -> float:
        """``pixels`` of ground between rows: at the scale of the canvas, and more where it is airy."""
        return self.zoom.px(pixels * self.zoom.air)

    def text(
        self,
        x: float,
        y: float,
        content: str,
        size: float = 12,
        colour: Role = INK,
        bold: bool = False,
        anchor: Anchor = "left",
    ) -> None:
        """One line of text whose vertical middle is at ``y``."""
        self.runs(x, y, (Run(content, bold),), size, colour, anchor)

    def runs(
        self,
        x: float,
        y: float,
        runs: tuple[Run, ...],
        size: float,
        colour: Role = INK,
        anchor: Anchor = "left",
        inset: float = INSET,
    ) -> None:
        """One line of text that does not look the same all along; the sizes of the runs are in pixels."""
        beside = {"left": inset, "center": 0.0, "right": -inset}[anchor]
        at = _rounded(self.left + x + beside, 2)
        self._texts.append(Text(at, _rounded(y, 1), anchor, self.px(size), colour, runs))

    def block(
        self,
        x: float,
        y: float,
        content: str,
        room: float,
        size: float = 12,
        colour: Role = INK,
        bold: bool = False,
        lines: int = 0,
        *,
        even: bool = False,
    ) -> float:
        """Text wrapped to ``room`` pixels, at most ``lines`` lines where that is not 0, of about one length where they are ``even``,
        whose top is at ``y``; returns the y below.

        The sign of figures that must not be compared has the colour of care.
        """
        step = self.px(size * LEADING)
        broken = headed if even else wrap
        for line in broken(content, self.px(size), room, bold, lines):
            name, sign = unlike.parted(line)
            marked = (Run(sign, bold, colour=CARE),) if sign else ()
            self.runs(x, y + step / 2, (Run(name, bold), *marked), size, colour)
            y += step
        return y

    def measure(
        self, content: str, room: float, size: float, bold: bool = False, lines: int = 0
    ) -> float:
        """Height that ``block`` would take."""
        return len(wrap(content, self.px(size), room, bold, lines)) * self.px(size * LEADING)

    def text_width(self, content: str, size: float, bold: bool = False) -> float:
        """Width of one line in pixels."""
        return width(content, self.px(size), bold)

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: Role = RULE,
        dash: Dash = "solid",
    ) -> None:
        """A straight line of one pixel behind the marks. Raises TooTall for one below the drawing."""
        if y0 > self.most:
            raise TooTall
        self._rules.append(
            Rule(
                _rounded(self.left + x0, 2),
                _rounded(y0, 1),
                _rounded(self.left + x1, 2),
                _rounded(y1, 1),
                colour,
                dash,
            )
        )

    def uprights(self, xs: Iterable[float], top: float, bottom: float) -> None:
        """Upright lines that percentages are read by, interrupted where a text or a sample of a colour stands already."""
        texts = [self._area(text) for text in self._texts if top <= text.y <= bottom]
        texts += [
            (box.left - 1, box.top, box.right + 1, box.bottom)
            for box in self._boxes
            if isinstance(box.outline, Outline) and top <= box.top and box.bottom <= bottom
        ]
        for x in xs:
            at, start = self.left + x, top
            crossed = sorted(
                (above, below) for left, above, right, below in texts if left < at < right
            )
            for above, below in crossed:
                if above > start:
                    self.rule(x, start, x, above, GRID)
                start = max(start, below)
            if bottom > start:
                self.rule(x, start, x, bottom, GRID)

    def levels(self, ys: Iterable[float], left: float, right: float) -> None:
        """Level lines that percentages are read by, interrupted where a text stands already."""
        areas = [self._area(text) for text in self._texts]
        for y in ys:
            start, end = self.left + left, self.left + right
            crossed = sorted(
                (first, last)
                for first, above, last, below in areas
                if above < y < below and last > start and first < end
            )
            for first, last in [*crossed, (end, end)]:
                if first > start:
                    self.rule(start - self.left, y, min(first, end) - self.left, y, GRID)
                start = max(start, last)

    def runs_width(self, runs: Iterable[Run], size: float) -> float:
        """Width in pixels of runs in one line; ``size`` at scale 1 is that of runs without one."""
        return sum(width(run.text, run.size or self.px(size), run.bold) for run in runs)

    def _area(self, text: Text) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of a text with a little ground around it, in pixels of the drawing."""
        wide = sum(width(run.text, run.size or text.size, run.bold) for run in text.runs)
        left = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.anchor]
        half, edge = text.size * LEADING / 2, 2
        return left - edge, text.y - half, left + wide + edge, text.y + half

    def box(
        self, x0: float, y0: float, x1: float, y1: float, fill: Role, outline: Role | None = None
    ) -> None:
        """A filled rectangle behind the marks."""
        self._boxes.append(self._moved(Box(x0, y0, x1, y1, fill, outline)))

    def mark(self, mark: Mark) -> None:
        """A figure; its position is in pixels of the canvas."""
        shape = mark.shape
        if isinstance(shape, Bar):
            shape = replace(shape, left=self._across(shape.left), right=self._across(shape.right))
        elif isinstance(shape, Tile):
            shape = Tile(self._moved(shape.box))
        x, y = self._across(mark.x), _rounded(mark.y, 1)
        self._marks.append(replace(mark, x=x, y=y, shape=shape))

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: Role,
        thickness: float,
        dash: Dash = "solid",
    ) -> None:
        """A line through points, ``thickness`` pixels wide."""
        placed = tuple((self._across(x), _rounded(y, 1)) for x, y in points)
        self._lines.append(Line(placed, colour, thickness, dash))

    def interval(
        self,
        low: float,
        high: float,
        y: float,
        colour: Role,
        thickness: float,
        cap: float = 0.0,
        within: tuple[float, Role] | None = None,
        dash: Dash = "solid",
    ) -> None:
        """A level line between two ends, each with a cap that reaches ``cap`` pixels up and down.

        ``within``: the pixel up to which it lies on a mark, and its colour there.
        """
        self.has_intervals = True
        part, inner = within or (low, colour)
        if part > low:
            self.line(((low, y), (part, y)), inner, thickness, dash)
        self.line(((part, y), (high, y)), colour, thickness, dash)
        if cap:
            y = _rounded(y, 1)
            for end, own in ((low, inner), (high, colour)):
                self.line(((end, y - cap), (end, y + cap)), own, thickness)

    def panel(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        zero: float,
        hundred: float,
    ) -> None:
        """The next panel in reading order; ``zero`` and ``hundred`` as they are."""
        self._panels.append(
            PanelArea(self._across(left), top, self._across(right), bottom, zero, hundred)
        )

    def band(
        self,
        top: float,
        bottom: float,
        rows: Sequence[RowArea] = (),
        *,
        in_blocks: bool = False,
    ) -> None:
        """What stands together from ``top`` to ``bottom``."""
        self._bands.append(Band(top, bottom, tuple(rows), in_blocks))

    def drawing(self, high: float, wide: float | None = None) -> Drawing:
        """What was collected, as a drawing that is ``high`` pixels high and as wide as the canvas, or ``wide``."""
        return Drawing(
            round(self.width if wide is None else wide),
            round(high),
            self.px(12),
            tuple(self._panels),
            tuple(self._bands),
            tuple(self._boxes),
            tuple(self._rules),
            tuple(self._marks),
            # Lines of one style are printed together: light edges come before what they are the edges of.
            tuple(sorted(self._lines, key=lambda line: line.colour != GROUND)),
            tuple(self._texts),
            frozenset(self.crowded),
            self.has_bounds,
        )

    def _across(self, x: float) -> float:
        return _rounded(self.left + x, 2)

    def _moved(self, box: Box) -> Box:
        return replace(
            box,
            left=self._across(box.left),
            top=_rounded(box.top, 1),
            right=self._across(box.right),
            bottom=_rounded(box.bottom, 1),
        )
