"""The headings of a heat table or a table of figures on a slide: what percentages are of with their ramp, whose they are, and series."""

from __future__ import annotations

from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.table import Table, _Cell

from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import RAMPS, Heat
from dashboard.charts.text import width
from dashboard.formats.cell_look import line, write
from dashboard.formats.cell_plan import Plan, share_over
from dashboard.formats.cell_widths import COLUMN_SIZE
from dashboard.formats.pptx_shapes import Type, box, group_of, paragraph, rule, text_box
from dashboard.formats.slide_layout import EDGE, HEAD_SIZE, QUIET_SIZE
from dashboard.text import Localizer

_PARTING = 1.0
"""Points of the dashed line between two bases."""
_OVER_PART, _OVER_NAME = 2.25, 0.75
"""Points of the line over what percentages are of, and over a name."""
_STEPS, _RAMP, _RAMP_TALL = 11, 140.0, 10.0
"""Colours of a ramp, points of it at most, and how high it is."""
_INSET, _BESIDE = 4.0, 5.0
"""White left of a text of a cell, and between a ramp and its ends."""


def headings(table: Table, plan: Plan, loc: Localizer) -> None:
    """Each heading under a line over its columns; the names of series in the middle, as figures stand in their cells."""
    for part in plan.parts:
        cell = _spanned(table, 0, plan.span(part.panels), (LIGHT.faint, _OVER_PART))
        write(cell, share_over(plan, part), QUIET_SIZE, bold=True)
    for head in plan.found:
        span = plan.span(head.panels)
        cell = _spanned(table, plan.named, span, (LIGHT.ink, _OVER_NAME))
        for at in range(span[0], span[1] + 1):
            # LibreOffice would repeat the line over the names under them.
            line(table.cell(plan.named, at), "B", "", 0.0)
        write(cell, " ".join(head.names), HEAD_SIZE, bold=True)
        if head.period:
            runs, first = [(head.period, False)], not head.names
            paragraph(cell.text_frame, runs, QUIET_SIZE, LIGHT.quiet, first=first)
    last = len(plan.heads) - 1
    for at, column in enumerate(plan.columns, start=1):
        if column:
            name, cell = loc.header(column[1]), table.cell(last, at)
            write(cell, name, COLUMN_SIZE, colour=LIGHT.quiet, align="ctr")
            cell.vertical_anchor = MSO_ANCHOR.BOTTOM


def _spanned(table: Table, row: int, columns: tuple[int, int], over: tuple[str, float]) -> _Cell:
    """A cell of a line of headings, from one column to another, under a line of a colour and so many points."""
    for at in range(columns[0], columns[1] + 1):
        line(table.cell(row, at), "T", *over)
    cell = table.cell(row, columns[0])
    if columns[1] > columns[0]:
        cell.merge(table.cell(row, columns[1]))
    cell.vertical_anchor = MSO_ANCHOR.TOP
    return cell


def draw_ramps(shapes: SlideShapes, plan: Plan, loc: Localizer, top: float) -> None:
    """The ramp of each part under what its percentages are of, in a table that begins at the y ``top``."""
    group = group_of(shapes, loc.t("Legend"))
    low, high = loc.percent(0), loc.percent(100)
    before, behind = (width(text, COLUMN_SIZE) + _BESIDE for text in (low, high))
    y, middle = top + plan.heads[0], top + plan.heads[0] + plan.heads[1] / 2
    headed = [part for part in plan.parts if part.base]
    places = [plan.between(part.panels) for part in headed]
    wide = min(_RAMP, *(right - left - _INSET - before - behind for left, right in places))
    for part, (at, _) in zip(headed, places, strict=True):
        left = EDGE + plan.names + at
        start = left + _INSET + before
        for x, text, room in ((left + _INSET, low, before), (start + wide + _BESIDE, high, behind)):
            look = Type(COLUMN_SIZE, LIGHT.quiet, anchor=MSO_ANCHOR.MIDDLE)
            text_box(group.shapes, x, y, room, plan.heads[1], [text], look)
        ramp = ramps(loc)[part.base]
        if ramp < RAMPS:
            _ramp(group.shapes, ramp, (start, middle - _RAMP_TALL / 2, wide))


def _ramp(shapes: GroupShapes, ramp: int, place: tuple[float, float, float]) -> None:
    """The colours of a ramp in steps at ``place``: left, top and width."""
    x, y, wide = place
    box(shapes, x - 0.5, y - 0.5, wide + 1, _RAMP_TALL + 1, LIGHT.faint)
    for at in range(_STEPS):
        colour = LIGHT.colour(Heat(100 * at / (_STEPS - 1), ramp))
        box(shapes, x + at * wide / _STEPS, y, wide / _STEPS, _RAMP_TALL, colour)


def draw_partings(shapes: SlideShapes, plan: Plan, ends: tuple[float, float]) -> None:
    """A dashed line between columns that must not be compared, from the y of one of ``ends`` to the other."""
    for panel in plan.begun:
        x = EDGE + plan.names + (plan.between([panel - 1])[1] + plan.between([panel])[0]) / 2
        rule(shapes, x, ends[0], x, ends[1], LIGHT.faint, _PARTING, MSO_LINE.DASH)
