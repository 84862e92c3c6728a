"""Slides of a heat table: a native table, each figure on the colour of its percentage."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.table import Table, _Cell
from pptx.util import Pt

from dashboard.charts.headings import row_name
from dashboard.charts.labels import brief
from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat
from dashboard.charts.series import series_of
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import wrap
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import Entry, paragraph
from dashboard.formats.pptx_sheet import clean
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_grid import differing_note, groups
from dashboard.formats.slide_layout import (
    EDGE,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    WIDE,
    RoomOf,
    SlidePage,
    cut,
    evenly,
    heading,
    name_height,
    numbered,
    rebased,
)
from dashboard.query import Cell, Header, Row, Section, Value, View
from dashboard.query.facts import base_kind
from dashboard.text import Localizer, summary

_NAMES = NAMES - 46
"""Room for the names of the rows: narrower than beside charts, for the sake of the columns."""
_COLUMNS = 7
"""Series that stand side by side at most."""
_WIDEST = 180.0
_COLUMN_SIZE = 12
"""Points of the names of columns, whose longest words have room so."""
_TALL = LABEL_SIZE * LEADING + 8
"""Points of a line of cells."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's table style without fills and lines."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns of a table: (panel, series) of each, how wide each is, and points of its two lines of headings."""

    columns: tuple[tuple[int, Header], ...]
    wide: float
    heads: tuple[float, float]


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section, each with a table that has ``room`` there."""
    found: list[SlidePage] = []
    for group in groups(section, _COLUMNS, [len(panel.series) for panel in section.panels], 0.0):
        held = rebased(cut(section, group))
        heights = [_height(section, held, row, loc) for row in held.rows]
        for part in evenly(heights, room(held) - _head(held, loc)):
            rows = tuple(held.rows[at] for at in part)
            shown = [
                at for at in range(len(held.panels)) if any(row.cells[at].values for row in rows)
            ]
            whole = rebased(cut(held, shown, rows))
            tall = sum(heights[at] for at in part)
            # Over fewer columns a heading may take more lines than there is room for.
            used = _used(whole)
            stood = used if tall + _head(used, loc) <= room(held) else whole
            found.append(SlidePage(section, stood, table=tall + _head(stood, loc)))
    return numbered(found)


def _head(held: Section, loc: Localizer) -> float:
    """Points of the headings over the columns."""
    return sum(_plan(held, loc).heads)


def _used(held: Section) -> Section:
    """A section whose panels have only the columns in which a figure stands."""
    used = [
        {series_of(held, value) for row in held.rows for value in row.cells[at].values}
        for at, _ in enumerate(held.panels)
    ]
    panels = tuple(
        replace(panel, series=tuple(each for each in panel.series if each in kept))
        for panel, kept in zip(held.panels, used, strict=True)
    )
    return replace(held, panels=panels)


def _plan(held: Section, loc: Localizer) -> _Plan:
    columns = tuple((at, header) for at, panel in enumerate(held.panels) for header in panel.series)
    wide = min(_WIDEST, (WIDE - _NAMES) / len(columns))
    panels = []
    for at, panel in enumerate(held.panels):
        names, quiet = heading(held, at, loc, wide * len(panel.series) - 8, QUIET_SIZE)
        panels.append((len(names) + len(quiet)) * QUIET_SIZE)
    series = max(len(wrap(loc.header(header), _COLUMN_SIZE, wide - 8)) for _, header in columns)
    return _Plan(columns, wide, (max(panels) * LEADING + 8, series * _COLUMN_SIZE * LEADING + 6))


def _lines(held: Section, row: Row) -> int:
    """Lines of cells in a row: as many as the series with most figures has."""
    return max(len(values) for cell in row.cells for values in _by_series(held, cell).values())


def _by_series(held: Section, cell: Cell) -> dict[Header, list[Value]]:
    found: dict[Header, list[Value]] = {}
    for value in cell.values:
        found.setdefault(series_of(held, value), []).append(value)
    return found


def _height(whole: Section, held: Section, row: Row, loc: Localizer) -> float:
    name, quiet = _name(whole, held, row, loc)
    return max(_lines(held, row) * _TALL, name_height(name, quiet, inset=NAMES - _NAMES))


def _name(whole: Section, held: Section, row: Row, loc: Localizer) -> tuple[str, str]:
    """(name of a row, what of its figures differs from the headings)."""
    return row_name(loc, whole, row, notes=differing_note(loc, whole, held, row))


def keys(section: Section, loc: Localizer) -> list[Entry]:
    """(colours of 0, 50 and 100 percent, what they are percent of) of each ramp on a slide."""
    of_base, found = ramps(loc), dict[int, list[str]]()
    for base in dict.fromkeys(value.observation.base for value in section.values):
        found.setdefault(of_base[base_kind(base)], []).append(loc.label("base", base))
    return [
        Entry(
            tuple(LIGHT.colour(Heat(percent, ramp)) for percent in (0, 50, 100)),
            f"0–{loc.percent(100).removesuffix('%')}"
            + loc.t("% of {base}").format(base=loc.t(" / of ").join(names)),
        )
        for ramp, names in found.items()
    ]


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The table of a slide from the first y of ``ends`` on; a row too high for a slide gives of its white."""
    page, loc = context.page, context.loc
    held = page.section
    plan = _plan(held, loc)
    lines = [_lines(held, row) for row in held.rows]
    shape = context.shapes.add_table(
        2 + sum(lines),
        1 + len(plan.columns),
        Pt(EDGE),
        Pt(ends[0]),
        Pt(_NAMES + plan.wide * len(plan.columns)),
        Pt(100),
    )
    shape.name = loc.label("theme", held.theme)
    figures = "; ".join(summary.named_value(loc, value) for value in held.values)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(figures))
    table = shape.table
    _bare(table)
    table.columns[0].width = Pt(_NAMES)
    for at in range(len(plan.columns)):
        table.columns[at + 1].width = Pt(plan.wide)
    for at, tall in enumerate(plan.heads):
        table.rows[at].height = Pt(tall)
    _headings(table, held, plan, loc)
    heights = [_height(page.whole, held, row, loc) for row in held.rows]
    tight = min(1.0, (ends[1] - ends[0] - sum(plan.heads)) / sum(heights))
    top = 2
    for row, count, height in zip(held.rows, lines, heights, strict=True):
        tall = height * tight / count
        _row(table, page, row, (top, count), plan, loc)
        for at in range(count):
            table.rows[top + at].height = Pt(tall)
        top += count
    for cell in table.iter_cells():
        if not cell.text_frame.text:
            paragraph(cell.text_frame, [("", False)], QUIET_SIZE, LIGHT.ink, first=True)


def _bare(table: Table) -> None:
    table.first_row = True
    table.horz_banding = False
    for style in table._tbl.iter(qn("a:tableStyleId")):
        style.text = _NO_STYLE
    for cell in table.iter_cells():
        cell.margin_left = cell.margin_right = Pt(4)
        cell.margin_top = cell.margin_bottom = Pt(1)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE


def _headings(table: Table, held: Section, plan: _Plan, loc: Localizer) -> None:
    column = 1
    for at, panel in enumerate(held.panels):
        count = len(panel.series)
        cell = table.cell(0, column)
        if count > 1:
            cell.merge(table.cell(0, column + count - 1))
        names, quiet = heading(held, at, loc, plan.wide * count - 8, QUIET_SIZE)
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
        _write(cell, " ".join(names), QUIET_SIZE, bold=True)
        if quiet:
            paragraph(
                cell.text_frame,
                [(" ".join(quiet), False)],
                QUIET_SIZE,
                LIGHT.quiet,
                first=not names,
            )
        for header in panel.series:
            _write(table.cell(1, column), loc.header(header), _COLUMN_SIZE, colour=LIGHT.quiet)
            table.cell(1, column).vertical_anchor = MSO_ANCHOR.BOTTOM
            column += 1


def _row(
    table: Table,
    page: SlidePage,
    row: Row,
    place: tuple[int, int],
    plan: _Plan,
    loc: Localizer,
) -> None:
    """A row from line ``place[0]`` of the table on, ``place[1]`` lines high."""
    (top, count), held = place, page.section
    name, quiet = _name(page.whole, held, row, loc)
    first = table.cell(top, 0)
    if count > 1:
        first.merge(table.cell(top + count - 1, 0))
    first.margin_left = Pt(0)
    _write(first, name, NAME_SIZE)
    if quiet:
        paragraph(first.text_frame, [(quiet, False)], QUIET_SIZE, LIGHT.quiet)
    by_panel = [_by_series(held, cell) for cell in row.cells]
    for column, (panel, header) in enumerate(plan.columns, start=1):
        values = by_panel[panel].get(header, [])
        for at, value in enumerate(values):
            cell = table.cell(top + at, column)
            fill = LIGHT.colour(
                Heat(value.observation.value, ramps(loc)[base_kind(value.observation.base)])
            )
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(fill)
            _write(
                cell,
                brief(loc, value),
                LABEL_SIZE,
                bold=True,
                colour=LIGHT.ink_on(fill),
                align="ctr",
            )
        if not values:
            _write(table.cell(top, column), "–", LABEL_SIZE, colour=LIGHT.quiet, align="ctr")


def _write(
    cell: _Cell,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = LIGHT.ink,
    align: str = "l",
) -> None:
    paragraph(cell.text_frame, [(clean(text), bold)], size, colour, first=True, align=align)
