"""The legend of a slide: a sample of each mark that needs explaining, and what it stands for. Sizes are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.autoshape import Shape
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.types import ProvidesPart
from pptx.util import Pt

from dashboard.charts.drawing import Symbol
from dashboard.charts.palette import LIGHT
from dashboard.charts.text import width
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import Type, append, box, group_of, rule, text_box, unstyled
from dashboard.formats.slide_layout import EDGE, WIDE
from dashboard.text import Localizer, key

LEGEND_SIZE = 14
LEGEND_STEP = 20.0
"""Points of a line of a legend."""
_SQUARE = 11.0
_BEHIND = 6.0
"""White between a sample and its words."""
_APART, _CLOSE = 14.0, 9.0
"""White between two entries, and where there is little room."""
_LONG = 36.0
"""Points of a sample of a line with its marks."""

Look = Literal[
    "filled",
    "outlined",
    "ring",
    "square ring",
    "diamond ring",
    "triangle-up ring",
    "triangle-down ring",
    "cross ring",
    "hatched",
    "through a bar",
    "through a dot",
    "upright",
    "joined",
    "dashed",
    "thick",
    "beside",
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "triangle-down",
    "cross",
]
_LINES: Mapping[Look, tuple[float, MSO_LINE]] = MappingProxyType(
    {
        "joined": (2.25, MSO_LINE.SOLID),
        "dashed": (1.0, MSO_LINE.DASH),
        "thick": (4.5, MSO_LINE.SOLID),
    }
)
"""Points of lines over the years, and their dashes."""
_OPEN: Mapping[Look, MSO_SHAPE] = MappingProxyType(
    {
        "ring": MSO_SHAPE.OVAL,
        "square ring": MSO_SHAPE.RECTANGLE,
        "diamond ring": MSO_SHAPE.DIAMOND,
        "triangle-up ring": MSO_SHAPE.ISOSCELES_TRIANGLE,
        "triangle-down ring": MSO_SHAPE.MATH_MULTIPLY,
        "cross ring": MSO_SHAPE.MATH_PLUS,
    }
)
"""The shapes of open marks."""
_SYMBOLS: Mapping[Symbol, MSO_SHAPE] = MappingProxyType(
    {
        "circle": MSO_SHAPE.OVAL,
        "square": MSO_SHAPE.RECTANGLE,
        "diamond": MSO_SHAPE.DIAMOND,
        "triangle-up": MSO_SHAPE.ISOSCELES_TRIANGLE,
        "triangle-down": MSO_SHAPE.MATH_MULTIPLY,
        "cross": MSO_SHAPE.MATH_PLUS,
    }
)
"""The shapes of marks as charts of a slide draw them: they have no triangle that stands on its tip, and a cross instead."""
_STROKES: tuple[Look, ...] = ("triangle-down", "cross", "triangle-down ring", "cross ring")
_WIDE: Mapping[Look, float] = MappingProxyType(
    {
        "through a bar": 2 * _SQUARE,
        "through a dot": 2 * _SQUARE,
        "joined": _LONG,
        "dashed": _LONG,
        "thick": _LONG,
        "beside": 2 * _SQUARE - 2,
    }
)
"""Points of the samples that are wider than a square."""


class Entry(NamedTuple):
    """Colours of a legend side by side, what they stand for, and how marks with that meaning look."""

    colours: tuple[str, ...]
    name: str
    look: Look = "filled"


def no_figure(loc: Localizer, *, any_sector: bool = False) -> Entry:
    """What a dash stands for; of ``any_sector`` where nothing stands in the place of a sector whose indicator has a figure of another."""
    return Entry((), "– " + key.no_figure(loc, any_sector=any_sector))


def _spots(entries: Sequence[Entry], room: float) -> list[tuple[float, int, float]]:
    """(left, line, width) of each entry of a legend, wrapped to ``room`` points; closer together where that spares a line."""
    usual = _spots_apart(entries, room, _APART)
    closer = _spots_apart(entries, room, _CLOSE)
    return closer if entries and closer[-1][1] < usual[-1][1] else usual


def _spots_apart(
    entries: Sequence[Entry], room: float, apart: float
) -> list[tuple[float, int, float]]:
    """The places of entries with so much white between two."""
    spots: list[tuple[float, int, float]] = []
    x, line = 0.0, 0
    for entry in entries:
        wide = _inset(entry) + width(entry.name, LEGEND_SIZE)
        if x and x + wide > room:
            x, line = 0.0, line + 1
        spots.append((x, line, wide))
        x += wide + (apart if entry.name else _BEHIND)
    return spots


def _inset(entry: Entry) -> float:
    """Points of the sample of an entry and of the white behind it; none where its sign stands in its words."""
    if not entry.colours:
        return 0.0
    return _WIDE.get(entry.look, _SQUARE * len(entry.colours)) + (_BEHIND if entry.name else 0.0)


def legend_lines(entries: Sequence[Entry], room: float = WIDE) -> int:
    """Lines that a legend takes in ``room`` points."""
    return _spots(entries, room)[-1][1] + 1 if entries else 0


def legend_height(entries: Sequence[Entry]) -> float:
    """Points that a legend over the charts of a slide is high."""
    return legend_lines(entries) * LEGEND_STEP


def legend(shapes: SlideShapes, top: float, entries: Sequence[Entry], name: str) -> float:
    """Samples with their words over the charts of a slide, grouped under ``name``; returns the y below."""
    if not entries:
        return top
    write_legend(group_of(shapes, name).shapes, (EDGE, top), entries)
    return top + legend_height(entries)


def write_legend(
    shapes: GroupShapes,
    corner: tuple[float, float],
    entries: Sequence[Entry],
    room: float = WIDE,
    step: float = LEGEND_STEP,
    *,
    ground: bool = False,
) -> None:
    """Samples with their words from the left upper ``corner`` on, ``room`` points wide, a line each ``step`` points; with a
    ``ground`` no line of a chart passes through the words."""
    for entry, (x, line, wide) in zip(entries, _spots(entries, room), strict=True):
        left, y, inset = corner[0] + x, corner[1] + line * step, _inset(entry)
        _sample(shapes, entry, left, y + step / 2)
        if entry.name:
            text = text_box(
                shapes,
                left + inset,
                y,
                wide + 3 - inset,
                step - 1,
                [entry.name],
                Type(LEGEND_SIZE, anchor=MSO_ANCHOR.MIDDLE),
            )
            if ground:
                text.fill.solid()
                text.fill.fore_color.rgb = rgb(LIGHT.ground)


def _sample(shapes: GroupShapes, entry: Entry, x: float, middle: float) -> None:
    """What a mark looks like, around the y of its ``middle``."""
    top, colours, look = middle - _SQUARE / 2, entry.colours, entry.look
    if not colours:
        return
    if look == "upright":
        _upright(shapes, x, top - 1, colours[0])
    elif look in ("through a bar", "through a dot"):
        _through(shapes, x, top, look)
    elif look in _LINES:
        _line(shapes, x, middle, colours[0], look)
    elif look == "beside":
        for at, colour in enumerate(colours):
            _shape(shapes, (x + at * (_SQUARE - 2), top + 1, _SQUARE - 2), colour, "circle")
    else:
        for at, colour in enumerate(colours):
            _shape(shapes, (x + at * _SQUARE, top, _SQUARE), colour, look)


def _upright(shapes: GroupShapes, x: float, y: float, colour: str) -> None:
    """An interval as it stands at marks over the years: upright, with an end above and below."""
    middle, half, tall = x + _SQUARE / 2, 3.0, _SQUARE + 2
    for ends in (
        (middle, y, middle, y + tall),
        *((middle - half, at, middle + half, at) for at in (y, y + tall)),
    ):
        rule(shapes, *ends, colour, 1.5)


def _through(shapes: GroupShapes, x: float, y: float, look: Look) -> None:
    """An interval as it stands at marks across: at the end of a bar, or through a dot. A line alone would look like a dash."""
    middle, end = y + _SQUARE / 2, x + 2 * _SQUARE
    if look == "through a bar":
        box(shapes, x, y + 1, _SQUARE * 1.2, _SQUARE - 2, LIGHT.faint)
        rule(shapes, x + _SQUARE * 0.5, middle, end, middle, LIGHT.ink, 1.5)
        return
    rule(shapes, x, middle, end, middle, LIGHT.quiet, 1.5)
    wide = _SQUARE * 0.7
    _shape(shapes, (x + _SQUARE - wide / 2, middle - wide / 2, wide), LIGHT.quiet, "circle")


def _line(shapes: GroupShapes, x: float, middle: float, colour: str, look: Look) -> None:
    """A line from one mark to another, as it stands over the years."""
    wide = _SQUARE * 0.7
    rule(shapes, x + wide / 2, middle, x + _LONG - wide / 2, middle, colour, *_LINES[look])
    for left in (x, x + _LONG - wide):
        _shape(shapes, (left, middle - wide / 2, wide), colour, "circle")


def _shape(shapes: GroupShapes, place: tuple[float, float, float], colour: str, look: Look) -> None:
    """A shape as wide as high at ``place``: left, top and that width."""
    x, y, wide = place
    if look in _STROKES:
        # Its strokes end a quarter within their square.
        x, y, wide = x - wide / 4, y - wide / 4, wide * 1.5
    kind = _OPEN.get(look) or _SYMBOLS.get(cast("Symbol", look), MSO_SHAPE.RECTANGLE)
    shape = shapes.add_shape(kind, Pt(x), Pt(y), Pt(wide), Pt(wide))
    unstyled(shape)
    append(shape, _shape_look(colour, look))


@lru_cache(maxsize=64)
def _shape_look(colour: str, look: Look) -> tuple[BaseOxmlElement, ...]:
    """Fill and line of a shape."""
    element = CT_Shape.new_autoshape_sp(1, "", "rect", 0, 0, 0, 0)
    shape, known = Shape(element, cast("ProvidesPart", None)), len(element.spPr)
    solid = look == "filled" or look in _SYMBOLS
    bold = look in _OPEN and look not in _STROKES
    shape.line.width = Pt(2 if bold else 0.5 if solid else 1)
    shape.line.color.rgb = rgb((LIGHT.outline(colour) if solid else "") or colour)
    if look == "hatched":
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(colour), rgb(LIGHT.ground)
    else:
        shape.fill.solid()
        tint = colour if solid else LIGHT.light(colour)
        shape.fill.fore_color.rgb = rgb(LIGHT.ground if look in _OPEN else tint)
    return tuple(element.spPr[known:])
