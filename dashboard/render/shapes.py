"""A drawing as primitive shapes in the order in which they lie over each other, with colours in place of roles."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from dashboard.charts.drawing import Bar, Box, Drawing, Line, Mark, Point, Rule, Text, Tile
from dashboard.charts.roles import GROUND, Role

Paint = Callable[[Role], str]
"""Role -> what is written for it; empty where nothing is painted."""
MIDDLE = 0.347
"""Share of the font size by which the foot of letters lies below their middle: half of ascent less descent of Arial."""
SPREAD = 1.3
"""A diamond is as much wider than its size says, as Plotly draws it."""
_THIRD, _ARM = 2 / math.sqrt(3), 0.4
_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((SPREAD, 0), (0, SPREAD), (-SPREAD, 0), (0, -SPREAD)),
    "square": ((1, -1), (1, 1), (-1, 1), (-1, -1)),
    "triangle-up": ((-_THIRD, 0.5), (_THIRD, 0.5), (0, -1)),
    "triangle-down": ((-_THIRD, -0.5), (_THIRD, -0.5), (0, 1)),
    "cross": (
        *((_ARM, -_ARM * 3), (_ARM, -_ARM), (_ARM * 3, -_ARM)),
        *((_ARM * 3, _ARM), (_ARM, _ARM), (_ARM, _ARM * 3)),
        *((-_ARM, _ARM * 3), (-_ARM, _ARM), (-_ARM * 3, _ARM)),
        *((-_ARM * 3, -_ARM), (-_ARM, -_ARM), (-_ARM, -_ARM * 3)),
    ),
}
"""Symbol -> corners as shares of half its size, right and down from its point, as Plotly draws them."""
_DASHES = {"solid": (), "dash": (3, 3), "dot": (1, 1)}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Stripes or dots in a colour on nothing; ``size`` in pixels, ``solidity`` the covered share."""

    kind: Literal["stripes", "dots"]
    size: float
    solidity: float
    colour: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a shape is painted; widths and dashes in pixels, an empty colour paints nothing."""

    fill: str | Pattern = ""
    stroke: str = ""
    thick: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Path data."""

    style: Style
    data: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    style: Style
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Letters:
    """A stretch of text that looks the same all along."""

    text: str
    bold: bool
    colour: str
    size: float


@dataclass(frozen=True, slots=True)
class Writing:
    """A line of text whose letters stand on ``y``; ``anchor`` is that of SVG."""

    x: float
    y: float
    anchor: str
    letters: tuple[Letters, ...]


Shape = Path | Dot | Writing


def short(number: float) -> str:
    """A number of pixels as SVG takes it: a tenth of a pixel is enough, and a whole number needs no point."""
    written = f"{number:.1f}".removesuffix(".0")
    return written.replace("0.", ".", 1) if written.startswith(("0.", "-0.")) else written


def shapes(drawing: Drawing, paint: Paint, ground: Role | None) -> Iterator[Shape]:
    """Everything that is seen of a drawing, from the ground up; without ``ground`` there is none."""
    if ground:
        edge = f"M0 0h{short(drawing.width)}v{short(drawing.height)}H0z"
        yield Path(Style(paint(ground)), edge)
    tiles = (mark.shape.box for mark in drawing.marks if isinstance(mark.shape, Tile))
    for box in chain(drawing.boxes, tiles):
        yield _box(box, paint)
    for rule in drawing.rules:
        yield Path(Style("", paint(rule.colour), 1, _dashed(rule.dash, 1)), _straight(rule))
    marks = drawing.marks
    yield from (_bar(each.shape, each.y, paint) for each in marks if isinstance(each.shape, Bar))
    yield from (_line(line, paint) for line in by_style(drawing.lines))
    yield from (_point(each, each.shape, paint) for each in marks if isinstance(each.shape, Point))
    for text in drawing.texts:
        yield _written(text, paint)


def by_style(lines: Iterable[Line]) -> list[Line]:
    """Lines of one style after each other, in the order of the first of each."""
    found: dict[object, list[Line]] = {}
    for line in lines:
        found.setdefault((line.colour, line.width, line.dash), []).append(line)
    return [line for members in found.values() for line in members]


def _dashed(name: str, thick: float) -> tuple[float, ...]:
    return tuple(part * max(thick, 3) for part in _DASHES[name])


def _straight(rule: Rule) -> str:
    start = f"M{short(rule.x0)} {short(rule.y0)}"
    if rule.y0 == rule.y1:
        return f"{start}H{short(rule.x1)}"
    if rule.x0 == rule.x1:
        return f"{start}V{short(rule.y1)}"
    return f"{start}L{short(rule.x1)} {short(rule.y1)}"


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"M{short(x0)} {short(y0)}H{short(x1)}V{short(y1)}H{short(x0)}z"


def _box(box: Box, paint: Paint) -> Path:
    stroke = paint(box.outline) if box.outline else ""
    style = Style(paint(box.fill), stroke, 1 if stroke else 0)
    return Path(style, _rectangle(box.left, box.top, box.right, box.bottom))


def _bar(bar: Bar, y: float, paint: Paint) -> Path:
    fill: str | Pattern = paint(bar.fill)
    if bar.hatch:
        hatch = bar.hatch
        fill = Pattern(hatch.kind, hatch.size, hatch.solidity, paint(hatch.colour))
    stroke = paint(bar.edge) if bar.edge_width else ""
    half = bar.thickness / 2
    style = Style(fill, stroke, bar.edge_width)
    return Path(style, _rectangle(bar.left, y - half, bar.right, y + half))


def _line(line: Line, paint: Paint) -> Path:
    (x, y), *others = line.points
    data = f"M{short(x)} {short(y)}"
    for to_x, to_y in others:
        if to_y == y:
            data += f"H{short(to_x)}"
        elif to_x == x:
            data += f"V{short(to_y)}"
        else:
            data += f"L{short(to_x)} {short(to_y)}"
        x, y = to_x, to_y
    return Path(Style("", paint(line.colour), line.width, _dashed(line.dash, line.width)), data)


def _point(mark: Mark, point: Point, paint: Paint) -> Path | Dot:
    colour, half, x, y = paint(mark.colour), point.size / 2, mark.x, mark.y
    edge = paint(GROUND) if point.ringed else colour
    style = (
        Style(paint(GROUND), colour, point.edge_width or 1)
        if point.hollow
        else Style(colour, edge if point.edge_width else "", point.edge_width)
    )
    if point.symbol == "circle":
        return Dot(style, x, y, half)
    corners = [(x + across * half, y + down * half) for across, down in _CORNERS[point.symbol]]
    first, *others = (f"{short(across)} {short(down)}" for across, down in corners)
    return Path(style, f"M{first}{''.join(f'L{other}' for other in others)}z")


def _written(text: Text, paint: Paint) -> Writing:
    letters = tuple(
        Letters(run.text, run.bold, paint(run.colour or text.colour), run.size or text.size)
        for run in text.runs
    )
    return Writing(text.x, text.y + text.size * MIDDLE, _ANCHORS[text.anchor], letters)
