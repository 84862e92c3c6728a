"""What a native table of a slide looks like: no style of Office, and white around each colour."""

from __future__ import annotations

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.table import Table, _Cell
from pptx.util import Pt

from dashboard.charts.palette import LIGHT
from dashboard.formats.pptx_charts import solid

_BORDER = 2.0
"""Points of white around a cell."""
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
    properties = cell._tc.get_or_add_tcPr()
    for at, side in enumerate("LRTB"):
        properties.insert(
            at,
            parse_xml(
                f'<a:ln{side} {nsdecls("a")} w="{round(_BORDER * 12700)}">{solid(LIGHT.ground)}</a:ln{side}>'
            ),
        )
