"""What a native table of a slide looks like: no style of Office, white around each colour, and without colours rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.table import Table, _Cell
from pptx.util import Pt

from dashboard.charts.palette import LIGHT
from dashboard.charts.text import balanced, width
from dashboard.formats.pptx_charts import solid
from dashboard.formats.pptx_shapes import paragraph
from dashboard.formats.pptx_sheet import clean
from dashboard.formats.slide_layout import LINE_BREAK

Side = Literal["L", "R", "T", "B"]
SIDES: tuple[Side, ...] = get_args(Side)
"""In the order in which a cell names their lines."""
_BORDER = 2.0
"""Points of white around a cell."""
_RULE = 0.75
"""Points of the line under a row."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's table style without fills and lines."""


def bare(table: Table) -> None:
    table.first_row = True
    table.horz_banding = False
    for style in table._tbl.iter(qn("a:tableStyleId")):
        style.text = _NO_STYLE
    for cell in table.iter_cells():
        cell.margin_left = cell.margin_right = Pt(4)
        cell.margin_top = cell.margin_bottom = Pt(1)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE


def edge(cell: _Cell) -> None:
    """White around a cell, so that colours do not touch."""
    for side in SIDES:
        line(cell, side, LIGHT.ground, _BORDER)


def line(cell: _Cell, side: Side, colour: str, wide: float) -> None:
    """A line ``wide`` points wide on one side of a cell, none without a ``colour``."""
    properties = cell._tc.get_or_add_tcPr()
    before = SIDES[: SIDES.index(side)]
    at = sum(properties.find(qn(f"a:ln{each}")) is not None for each in before)
    look = solid(colour) if colour else "<a:noFill/>"
    properties.insert(
        at,
        parse_xml(f'<a:ln{side} {nsdecls("a")} w="{round(wide * 12700)}">{look}</a:ln{side}>'),
    )


def rules(table: Table, rows: Sequence[int]) -> None:
    """A thin line under some rows of a table."""
    for row in rows:
        for cell in table.rows[row].cells:
            line(cell, "B", LIGHT.rule, _RULE)


def digits_in_line(cell: _Cell, text: str, size: float, room: float, hundred: str) -> None:
    """Have a bold figure end where those over and under it do, in the middle of a column ``room`` points wide, with its sign behind;
    ``hundred``: a figure of two digits, as the language writes it."""
    figure, _, signs = text.rpartition("%")
    if figure:
        half = width(hundred, size, bold=True) / 2
        cell.margin_left = Pt(0)
        cell.margin_right = Pt(max(0.0, room / 2 - half - width(signs, size, bold=True)))


def name_lines(name: str, size: float, room: float) -> list[str]:
    """The name of a row in lines of about one length, broken behind a colon first where that takes no more of them."""
    found = balanced(name, size, room)
    begin, _, end = name.partition(": ")
    parts = [line for each in (f"{begin}:", end) for line in balanced(each, size, room)]
    # A word alone is no line.
    return parts if " " in end and 1 < len(parts) <= len(found) else found


def write(
    cell: _Cell,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = LIGHT.ink,
    align: str = "l",
) -> None:
    """The first paragraph of a cell."""
    told = LINE_BREAK.join(map(clean, text.split(LINE_BREAK)))
    paragraph(cell.text_frame, [(told, bold)], size, colour, first=True, align=align)
