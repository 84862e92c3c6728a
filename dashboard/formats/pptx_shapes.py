"""What stands on a slide beside the charts: text boxes, lines and groups. Sizes are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.shapes.connector import CT_Connector
from pptx.oxml.text import CT_RegularTextRun
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.connector import Connector
from pptx.shapes.group import GroupShape
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.slide import Slide
from pptx.text.text import Font, TextFrame, _Paragraph
from pptx.types import ProvidesPart
from pptx.util import Emu, Pt

from dashboard.charts.palette import LIGHT
from dashboard.charts.roles import CARE
from dashboard.formats.pptx_charts import FONT, rgb
from dashboard.formats.slide_layout import LINE_BREAK

CARE_EDGE, CARE_INSET = 3.0, 9.0
"""Points of the amber edge of what must be taken care of, and from its left to the text."""
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


def append(shape: BaseShape, look: Sequence[BaseOxmlElement]) -> None:
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
    append(line, _line_look(colour, wide, dash))


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


_EMPTY_SIZE = 6.0
"""Points of the type of a cell without text: Office would give it 18, and with them a row more height than was planned."""


def empty(frame: TextFrame) -> None:
    """Have a frame without text take less room than any that has some."""
    only = frame.paragraphs[0]._p
    for child in list(only):
        only.remove(child)
    only.append(only.makeelement(qn("a:endParaRPr"), {"sz": f"{_EMPTY_SIZE * 100:.0f}"}))


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


def edge_of_care(shapes: SlideShapes | GroupShapes, x: float, y: float, tall: float) -> None:
    """The amber edge of what is to be read with care."""
    box(shapes, x, y, CARE_EDGE, tall, LIGHT.colour(CARE))


def indent(paragraph: _Paragraph, left: float) -> None:
    """Have the lines of a paragraph begin ``left`` points from the left of its frame."""
    if left:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(int(Pt(left))))
        properties.set("indent", "0")
