"""Slides of a heat table or a table of figures: a native table, each figure on the colour of its percentage or, without colours, in
bold between rules."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, chain, groupby, pairwise

from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import SlideShapes
from pptx.table import Table, _Cell
from pptx.util import Pt

from dashboard.charts import registry
from dashboard.charts.editions_together import dated, together
from dashboard.charts.headings import row_name
from dashboard.charts.nowhere import by_series
from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.formats.cell_look import bare, digits_in_line, edge, rules
from dashboard.formats.cell_plan import Plan, breaks_no_word, plan_of
from dashboard.formats.cell_rows import (
    dashes,
    falling,
    figure,
    from_highest,
    is_lone,
    lines_in,
    sign,
    used,
)
from dashboard.formats.cell_widths import COLUMN_SIZE
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import empty, paragraph, rule
from dashboard.formats.pptx_sheet import clean
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_grid import differing_note, groups
from dashboard.formats.slide_layout import (
    EDGE,
    LINE_BREAK,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    RoomOf,
    SlidePage,
    cut,
    evenly,
    in_parts,
    name_height,
    numbered,
    quiet_lines,
    rebased,
)
from dashboard.query import Header, Row, Section, Value, View
from dashboard.query.facts import base_kind
from dashboard.text import Localizer, summary, unlike

_COLUMNS = 8
"""Series that stand side by side at most."""
_STRETCHED = 1.7
"""Times its least height that a row may be high."""
_OVER_FOOT = 4.0
"""Points of white over the foot, more than under other charts: a table ends in a rule."""
_PARTING = 1.0
"""Points of the line between two bases."""
_TALL = LABEL_SIZE * LEADING + 8
"""Points of a line of cells."""


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section, each with a table that has ``room`` there."""
    if not view.selection.comparable:
        section = together(section, by_value=view.selection.sort == "value")
    found: list[SlidePage] = []
    for group in _beside(section, loc):
        held = rebased(cut(section, group))
        kinds = {base_kind(value.observation.base) for value in held.values}
        if len(kinds) > 1 and view.selection.sort == "value":
            held = from_highest(held)
        if is_lone(held) and view.selection.sort == "value":
            held = falling(held)
        made = _slides(section, held, loc, room)
        if (
            len(made) > 1
            and view.selection.sort == "value"
            and any(is_lone(page.section) for page in made)
        ):
            made = _slides(section, falling(held), loc, room)
        found += made
    return numbered(found)


def _beside(section: Section, loc: Localizer) -> Iterator[list[int]]:
    """Indices of panels that stand side by side: as many as break no word over them, those of one country together, and the columns
    shared out evenly."""
    wide = [len(panel.series) for panel in section.panels]
    for group in groups(section, _COLUMNS, wide, 0.0):
        runs = [list(run) for _, run in groupby(group, key=lambda at: section.panels[at].header)]
        columns = [float(sum(wide[at] for at in run)) for run in runs]
        for count in range(1, len(runs) + 1):
            parts = [
                list(chain.from_iterable(runs[part.start : part.stop]))
                for part in in_parts(columns, count, math.inf)
            ]
            if all(breaks_no_word(rebased(cut(section, part)), loc) for part in parts):
                break
        yield from parts


def _slides(section: Section, held: Section, loc: Localizer, room: RoomOf) -> list[SlidePage]:
    """The slides of some panels, whose rows come in the order of ``held``: as few as their own headings let them be."""
    heights = [_height(section, held, row, loc) for row in held.rows]
    ends = [0, *accumulate(len(list(rows)) for _, rows in groupby(row.header for row in held.rows))]
    blocks = [sum(heights[at:to]) for at, to in pairwise(ends)]
    most = room(held) - _OVER_FOOT

    def page(part: range) -> SlidePage:
        return _page(section, held, loc, [(held.rows[at], heights[at]) for at in part], most)

    parts = list(_parts(ends, blocks, heights, most - _head(held, loc)))
    for count in range(max(1, math.ceil(sum(heights) / most)), len(parts)):
        shared = in_parts(blocks, count, math.inf)
        found = [page(range(ends[part.start], ends[part.stop])) for part in shared]
        if all(each.table <= most for each in found):
            return found
    return [page(part) for part in parts]


def _page(
    section: Section,
    held: Section,
    loc: Localizer,
    found: Sequence[tuple[Row, float]],
    most: float,
) -> SlidePage:
    """The slide of some rows, each with its height, that has ``most`` points."""
    rows = tuple(row for row, _ in found)
    shown = [at for at in range(len(held.panels)) if any(row.cells[at].values for row in rows)]
    whole = rebased(cut(held, shown, rows))
    tall = sum(height for _, height in found)
    # Over fewer columns a heading may take more lines than there is room for.
    narrow = used(whole)
    stood = narrow if tall + _head(narrow, loc) <= most else whole
    return SlidePage(section, stood, table=tall + _head(stood, loc))


def _parts(
    ends: Sequence[int], blocks: Sequence[float], heights: Sequence[float], most: float
) -> Iterator[range]:
    """Indices of rows slide by slide: what a header has several rows of, up to its end among ``ends``, is parted only where one slide
    has no room for it."""
    for part in evenly(blocks, most):
        first, end = ends[part.start], ends[part.stop]
        for rows in evenly(heights[first:end], most):
            yield range(first + rows.start, first + rows.stop)


def _head(held: Section, loc: Localizer) -> float:
    """Points of the headings over the columns."""
    return sum(plan_of(held, loc).heads)


def _height(whole: Section, held: Section, row: Row, loc: Localizer) -> float:
    name, quiet = _name(whole, held, row, loc, unlike.barred(whole))
    tall = _TALL + (COLUMN_SIZE * LEADING if dated(row) else 0)
    return max(lines_in(held, row) * tall, name_height(name, quiet))


def _name(
    whole: Section, held: Section, row: Row, loc: Localizer, signed: Collection[Header]
) -> tuple[str, str]:
    """(name of a row, with the sign of figures that must not be compared where it is among those ``signed``, what of its figures
    differs from the headings)."""
    notes = differing_note(loc, whole, held, row, dated=not dated(row))
    return row_name(loc, whole, row, notes=notes, signed=signed)


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The table of a slide between the y of ``ends``; rows share out the room, and one too high for a slide gives of its white."""
    page, loc = context.page, context.loc
    held, plain = page.section, registry.chart(context.view.selection.chart).is_table
    plan = plan_of(held, loc, context.signed)
    lines = [lines_in(held, row) for row in held.rows]
    shape = context.shapes.add_table(
        len(plan.heads) + sum(lines),
        1 + len(plan.columns),
        Pt(EDGE),
        Pt(ends[0]),
        Pt(NAMES + sum(plan.wide)),
        Pt(100),
    )
    shape.name = loc.label("theme", held.theme)
    figures = "; ".join(summary.named_value(loc, value) for value in held.values)
    barred = unlike.listed(loc, (*held.rows, *held.panels), context.signed)
    told = ". ".join(filter(None, (figures, barred)))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(told))
    table = shape.table
    bare(table)
    table.columns[0].width = Pt(NAMES)
    for at, wide in enumerate(plan.wide, start=1):
        table.columns[at].width = Pt(wide)
    for at, tall in enumerate(plan.heads):
        table.rows[at].height = Pt(tall)
    _headings(table, plan, loc, plain=plain)
    heights = [_height(page.whole, held, row, loc) for row in held.rows]
    room = ends[1] - _OVER_FOOT - ends[0] - sum(plan.heads)
    if max(heights) * len(heights) <= room and len(set(lines)) == 1:
        heights = [max(heights)] * len(heights)
    stretched = min(_STRETCHED, room / sum(heights))
    top = len(plan.heads)
    for row, count, height in zip(held.rows, lines, heights, strict=True):
        tall = height * stretched / count
        _row(table, context, row, (top, count), plan, plain=plain)
        for at in range(count):
            table.rows[top + at].height = Pt(tall)
        top += count
    if plain:
        heads = len(plan.heads)
        rules(table, [heads - 1, *(heads - 1 + end for end in accumulate(lines))])
        tall = sum(heights) * stretched
        _parted(context.shapes, held, plan, (ends[0], tall))
    for cell in table.iter_cells():
        if not cell.text_frame.text:
            empty(cell.text_frame)


def _parted(shapes: SlideShapes, held: Section, plan: Plan, place: tuple[float, float]) -> None:
    """A dashed line between columns of which percentages are of different things; ``place``: the y of the table, and points of its
    rows."""
    top, tall = place
    first, last = top + plan.heads[0], top + sum(plan.heads) + tall
    for at, x in enumerate(accumulate(plan.wide, initial=EDGE + NAMES)):
        if at < len(plan.columns) and plan.columns[at] is None:
            before, after = plan.columns[at - 1], plan.columns[at + 1]
            if before and after and held.panels[before[0]].part != held.panels[after[0]].part:
                x += plan.wide[at] / 2
                rule(shapes, x, first, x, last, LIGHT.faint, _PARTING, MSO_LINE.DASH)


def _headings(table: Table, plan: Plan, loc: Localizer, *, plain: bool) -> None:
    """The headings in the middle over their columns, as figures stand in their cells; what percentages are of stands out where no
    colour tells it."""
    for head in plan.found:
        cell = _spanned(table, 0, plan.span(head.panels))
        _write(cell, " ".join(head.names), QUIET_SIZE, bold=True, align="ctr")
        if head.period:
            runs, first = [(head.period, False)], not head.names
            paragraph(cell.text_frame, runs, QUIET_SIZE, LIGHT.quiet, first=first, align="ctr")
        for at, share in zip(head.panels, head.shares, strict=True):
            if not share:
                continue
            cell = _spanned(table, 1, plan.span([at]))
            ink = LIGHT.ink if plain else LIGHT.quiet
            _write(cell, share, COLUMN_SIZE, colour=ink, align="ctr")
    last = len(plan.heads) - 1
    for at, column in enumerate(plan.columns, start=1):
        if column:
            name, cell = loc.header(column[1]), table.cell(last, at)
            _write(cell, name, COLUMN_SIZE, colour=LIGHT.quiet, align="ctr")
            cell.vertical_anchor = MSO_ANCHOR.BOTTOM


def _spanned(table: Table, row: int, columns: tuple[int, int]) -> _Cell:
    """A cell of a line of headings, from one column to another."""
    cell = table.cell(row, columns[0])
    if columns[1] > columns[0]:
        cell.merge(table.cell(row, columns[1]))
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM
    return cell


def _row(
    table: Table,
    context: SlideContext,
    row: Row,
    place: tuple[int, int],
    plan: Plan,
    *,
    plain: bool,
) -> None:
    """A row from line ``place[0]`` of the table on, ``place[1]`` lines high."""
    (top, count), loc, held = place, context.loc, context.page.section
    name, quiet = _name(context.page.whole, held, row, loc, context.signed)
    first = table.cell(top, 0)
    if count > 1:
        first.merge(table.cell(top + count - 1, 0))
    first.margin_left = Pt(0)
    _write(first, name, NAME_SIZE)
    if quiet:
        told = LINE_BREAK.join(quiet_lines(quiet))
        paragraph(first.text_frame, [(told, False)], QUIET_SIZE, LIGHT.quiet)
    dashed = dashes(held)
    by_panel = [by_series(held, cell) for cell in row.cells]
    for column, place_of in enumerate(plan.columns, start=1):
        if place_of is None:
            continue
        panel, header = place_of
        values = by_panel[panel].get(header, [])
        for at, value in enumerate(values):
            cell = table.cell(top + at, column)
            write = _plain_figure if plain else _coloured_figure
            write(cell, value, loc, plan.wide[column - 1], is_dated=dated(row))
        if not values:
            text = sign(row, panel, header, dashed=dashed)
            _write(table.cell(top, column), text, LABEL_SIZE, colour=LIGHT.quiet, align="ctr")


def _coloured_figure(
    cell: _Cell, value: Value, loc: Localizer, room: float, *, is_dated: bool
) -> None:
    """A figure on the colour of its percentage, its period below it where it ``is_dated``."""
    fill = LIGHT.colour(Heat(value.observation.value, ramps(loc)[value.observation.base]))
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(fill)
    edge(cell)
    ink = LIGHT.ink_on(fill)
    _write(cell, figure(loc, value), LABEL_SIZE, bold=True, colour=ink, align="ctr")
    if is_dated:
        _period(cell, value, loc, ink)


def _plain_figure(
    cell: _Cell, value: Value, loc: Localizer, room: float, *, is_dated: bool
) -> None:
    """A figure in a column ``room`` points wide without colour: in line with those over and under it, or its period below it."""
    told = figure(loc, value)
    if is_dated:
        _write(cell, told, LABEL_SIZE, bold=True, align="ctr")
        _period(cell, value, loc, LIGHT.quiet)
        return
    digits_in_line(cell, told, LABEL_SIZE, room, loc.percent(99))
    _write(cell, told, LABEL_SIZE, bold=True, align="r")


def _period(cell: _Cell, value: Value, loc: Localizer, ink: str) -> None:
    period = [(loc.short_period(value.survey), False)]
    paragraph(cell.text_frame, period, COLUMN_SIZE, ink, align="ctr")


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
