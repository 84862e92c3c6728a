"""What stands on a slide beside the charts: text boxes, lines and the legend. Sizes are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.oxml.shapes.connector import CT_Connector
from pptx.oxml.text import CT_RegularTextRun
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.connector import Connector
from pptx.shapes.group import GroupShape
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.slide import Slide
from pptx.text.text import Font, TextFrame
from pptx.types import ProvidesPart
from pptx.util import Emu, Pt

from dashboard.charts.palette import LIGHT
from dashboard.charts.text import width
from dashboard.formats.pptx_charts import FONT, rgb
from dashboard.formats.slide_layout import EDGE, LINE_BREAK, WIDE
from dashboard.text import Localizer

LEGEND_SIZE = 14
LEGEND_STEP = 20.0
"""Points of a line of a legend."""
_SQUARE = 11.0
_CORNER, _SIZE = qn("a:off"), qn("a:ext")
"""Tags of where a shape stands and how large it is."""


@dataclass(frozen=True, slots=True)
class Type:
    """How paragraphs look."""

    size: float
    colour: str = LIGHT.ink
    bold: bool = False
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
    """Where in its box a text stands."""
    align: Literal["l", "ctr", "r"] = "l"


Look = Literal[
    "filled",
    "outlined",
    "ring",
    "square ring",
    "diamond ring",
    "hatched",
    "through a bar",
    "through a dot",
    "upright",
    "dashed",
]
_OPEN: Mapping[Look, MSO_SHAPE] = MappingProxyType(
    {"ring": MSO_SHAPE.OVAL, "square ring": MSO_SHAPE.RECTANGLE, "diamond ring": MSO_SHAPE.DIAMOND}
)
"""The shapes of open marks."""


class Entry(NamedTuple):
    """Colours of a legend side by side, what they stand for, and how marks with that meaning look."""

    colours: tuple[str, ...]
    name: str
    look: Look = "filled"


def no_figure(loc: Localizer) -> Entry:
    """What a dash stands for."""
    return Entry((), "– " + loc.t("no figure"))


def _spots(entries: Sequence[Entry]) -> list[tuple[float, float, float]]:
    """(left, down, width) of each entry of a legend, wrapped, in points from its corner."""
    spots: list[tuple[float, float, float]] = []
    x = y = 0.0
    for colours, name, _ in entries:
        wide = 9 + _inset(colours) + width(name, LEGEND_SIZE)
        if x and x + wide > WIDE:
            x, y = 0.0, y + LEGEND_STEP
        spots.append((x, y, wide))
        x += wide + 8
    return spots


def _inset(colours: Sequence[str]) -> float:
    """Points of the squares of an entry and of the white behind them; none where its sign stands in its words."""
    return 6 + _SQUARE * len(colours) if colours else 0.0


def legend_height(entries: Sequence[Entry]) -> float:
    """Points a legend is high."""
    return _spots(entries)[-1][1] + LEGEND_STEP if entries else 0.0


def group_of(shapes: SlideShapes, name: str) -> GroupShape:
    """A group to draw in. How far it reaches is worked out by ``fit_groups``, once: python-pptx would do so after each shape."""
    group = shapes.add_group_shape()
    group.name = name
    group.shapes._recalculate_extents = _nothing  # type: ignore[method-assign]
    return group


def _nothing() -> None:
    """What a group does about its extent when a shape is added."""


def fit_groups(slide: Slide) -> None:
    """Have each group of a slide reach as far as what stands in it."""
    for group in slide.shapes:
        if not isinstance(group, GroupShape):
            continue
        element = group._element
        places = [_place(each) for each in element.iter_shape_elms()]
        if places:
            left, top = min(x for x, *_ in places), min(y for _, y, *_ in places)
            element.chOff.x = element.x = Emu(left)
            element.chOff.y = element.y = Emu(top)
            element.chExt.cx = element.cx = Emu(max(x + wide for x, _, wide, _ in places) - left)
            element.chExt.cy = element.cy = Emu(max(y + tall for _, y, _, tall in places) - top)


def _place(element: BaseOxmlElement) -> tuple[int, int, int, int]:
    """(left, top, width, height) of a shape."""
    corner, size = next(element.iter(_CORNER)), next(element.iter(_SIZE))
    return int(corner.get("x")), int(corner.get("y")), int(size.get("cx")), int(size.get("cy"))


def legend(shapes: SlideShapes, top: float, entries: Sequence[Entry], name: str) -> float:
    """Coloured squares with their names, grouped under ``name``; returns the y below."""
    if not entries:
        return top
    group = group_of(shapes, name)
    for (colours, text, look), (x, down, wide) in zip(entries, _spots(entries), strict=True):
        y = top + down
        for at, colour in enumerate(colours):
            left = EDGE + x + at * _SQUARE
            if look == "upright":
                _upright(group.shapes, left, y + 3, colour)
            elif look in ("through a bar", "through a dot"):
                if not at:
                    _through(group.shapes, left, y + 4, look)
            elif look == "dashed":
                middle = y + 4 + _SQUARE / 2
                ends = (left, middle, left + _SQUARE, middle)
                rule(group.shapes, *ends, colour, 1.5, MSO_LINE.DASH)
            else:
                _square(group.shapes, left, y + 4, colour, look)
        if not text:
            continue
        text_box(
            group.shapes,
            EDGE + x + _inset(colours),
            y,
            wide + 3 - _inset(colours),
            LEGEND_STEP - 1,
            [text],
            Type(LEGEND_SIZE, anchor=MSO_ANCHOR.MIDDLE),
        )
    return top + legend_height(entries)


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
    place = (x + _SQUARE - wide / 2, middle - wide / 2, wide, wide)
    dot = shapes.add_shape(MSO_SHAPE.OVAL, *map(Pt, place))
    unstyled(dot)
    _append(dot, _square_look(LIGHT.quiet, "filled"))


def _square(shapes: GroupShapes, x: float, y: float, colour: str, look: Look) -> None:
    square = shapes.add_shape(
        _OPEN.get(look, MSO_SHAPE.RECTANGLE), Pt(x), Pt(y), Pt(_SQUARE), Pt(_SQUARE)
    )
    unstyled(square)
    _append(square, _square_look(colour, look))


@lru_cache(maxsize=64)
def _square_look(colour: str, look: Look) -> tuple[BaseOxmlElement, ...]:
    """Fill and line of a square."""
    element = CT_Shape.new_autoshape_sp(1, "", "rect", 0, 0, 0, 0)
    square, known = Shape(element, cast("ProvidesPart", None)), len(element.spPr)
    square.line.width = Pt(2 if look in _OPEN else 0.5 if look == "filled" else 1)
    square.line.color.rgb = rgb((LIGHT.outline(colour) if look == "filled" else "") or colour)
    if look == "hatched":
        square.fill.patterned()
        square.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        square.fill.fore_color.rgb, square.fill.back_color.rgb = rgb(colour), rgb(LIGHT.ground)
    else:
        square.fill.solid()
        tint = colour if look == "filled" else LIGHT.light(colour)
        square.fill.fore_color.rgb = rgb(LIGHT.ground if look in _OPEN else tint)
    return tuple(element.spPr[known:])


def _append(shape: BaseShape, look: Sequence[BaseOxmlElement]) -> None:
    """Give a shape copies of fill and line: to say all of it again takes ten times as long."""
    for each in look:
        shape._element.spPr.append(deepcopy(each))


def rule(
    shapes: SlideShapes | GroupShapes,
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    colour: str,
    wide: float = 0.5,
    dash: MSO_LINE = MSO_LINE.SOLID,
) -> None:
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x), Pt(y), Pt(to_x), Pt(to_y))
    unstyled(line)
    _append(line, _line_look(colour, wide, dash))


@lru_cache(maxsize=64)
def _line_look(colour: str, wide: float, dash: MSO_LINE) -> tuple[BaseOxmlElement, ...]:
    """The line of a rule."""
    element = CT_Connector.new_cxnSp(1, "", "line", 0, 0, 0, 0, flipH=False, flipV=False)
    line, known = Connector(element, cast("ProvidesPart", None)).line, len(element.spPr)
    line.color.rgb, line.width = rgb(colour), Pt(wide)
    if dash != MSO_LINE.SOLID:
        line.dash_style = dash
    return tuple(element.spPr[known:])


def unstyled(shape: BaseShape) -> None:
    """Without the shadow that the template's theme gives to shapes."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def text_box(
    shapes: SlideShapes | GroupShapes,
    x: float,
    y: float,
    wide: float,
    tall: float,
    lines: Sequence[str],
    look: Type,
) -> Shape:
    """A text box without margins, one paragraph a line."""
    box = shapes.add_textbox(Pt(x), Pt(y), Pt(wide), Pt(tall))
    write(box.text_frame, lines, look)
    return box


def write(frame: TextFrame, lines: Sequence[str], look: Type) -> None:
    """Fill a frame without margins with paragraphs of one look."""
    body = frame._txBody.bodyPr
    for name in ("lIns", "rIns", "tIns", "bIns"):
        body.set(name, "0")
    body.set("wrap", "square")
    body.set("anchor", MSO_ANCHOR.to_xml(look.anchor))
    frame.paragraphs[0].text = ""
    for at, text in enumerate(lines):
        runs = [(text, look.bold)]
        paragraph(frame, runs, look.size, look.colour, first=at == 0, align=look.align)


def paragraph(
    frame: TextFrame,
    runs: Sequence[tuple[str, bool]],
    size: float,
    colour: str,
    *,
    first: bool = False,
    align: str = "l",
) -> None:
    """A paragraph of runs of text, each bold or not; the ``first`` fills the one that a frame has."""
    added = (frame.paragraphs[0] if first else frame.add_paragraph())._p
    added.get_or_add_pPr().set("algn", align)
    for text, bold in runs:
        for at, line in enumerate(text.split(LINE_BREAK)):
            if at:
                added.add_br()
            run = deepcopy(_run(size, colour, bold=bold))
            run.text = line
            added._insert_r(run)


@lru_cache(maxsize=64)
def _run(size: float, colour: str, *, bold: bool) -> CT_RegularTextRun:
    """An empty run of a look: to copy it takes a tenth of what it takes to say all of it again."""
    element = cast("CT_RegularTextRun", parse_xml(f"<a:r {nsdecls('a')}><a:t/></a:r>"))
    font = Font(element.get_or_add_rPr())
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = rgb(colour)
    return element


def box(
    shapes: SlideShapes | GroupShapes, x: float, y: float, wide: float, tall: float, colour: str
) -> None:
    """A filled rectangle."""
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(x), Pt(y), Pt(wide), Pt(tall))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    unstyled(shape)
    shape.line.fill.background()
