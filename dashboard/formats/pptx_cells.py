"""Slides of a heat table: a native table, each figure on the colour of its percentage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from pptx.enum.text import MSO_ANCHOR
from pptx.table import Table, _Cell
from pptx.util import Pt

from dashboard.charts.editions_together import dated, together
from dashboard.charts.headings import row_name
from dashboard.charts.nowhere import by_series
from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import wrap
from dashboard.formats.cell_look import bare, edge
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
from dashboard.formats.cell_widths import COLUMN_SIZE, INSET, longest_word, share_room
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import empty, paragraph
from dashboard.formats.pptx_sheet import clean
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_grid import differing_note, groups
from dashboard.formats.slide_layout import (
    EDGE,
    LINE_BREAK,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    WIDE,
    RoomOf,
    SlidePage,
    cut,
    evenly,
    name_height,
    numbered,
    panel_name,
    panel_period,
    panel_share,
    quiet_lines,
    rebased,
)
from dashboard.query import Header, Row, Section, View
from dashboard.query.facts import base_kind
from dashboard.text import Localizer, summary

_SPACER = 10.0
"""Points between the columns of two panels."""
_COLUMNS = 8
"""Series that stand side by side at most."""
_WIDEST = 180.0
"""Points of a column at most; a table of few columns is narrower than its slide."""
_STRETCHED = 1.35
"""Times its least height that a row may be high."""
_TALL = LABEL_SIZE * LEADING + 8
"""Points of a line of cells."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading over the columns of some panels side by side: whose they are with the period, and what percentages are of by panel."""

    panels: tuple[int, ...]
    names: tuple[str, ...]
    period: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns of a table: (panel, series) of each or None between panels, points of each, its headings and their heights."""

    columns: tuple[tuple[int, Header] | None, ...]
    found: tuple[_Head, ...]
    wide: tuple[float, ...] = ()
    heads: tuple[float, ...] = ()

    def span(self, panels: Sequence[int]) -> tuple[int, int]:
        """The first and the last column of the table that hold some panels."""
        held = [at for at, each in enumerate(self.columns, start=1) if each and each[0] in panels]
        return held[0], held[-1]


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section, each with a table that has ``room`` there."""
    if not view.selection.comparable:
        section = together(section, by_value=view.selection.sort == "value")
    found: list[SlidePage] = []
    for group in groups(section, _COLUMNS, [len(panel.series) for panel in section.panels], 0.0):
        held = rebased(cut(section, group))
        kinds = {base_kind(value.observation.base) for value in held.values}
        if len(kinds) > 1 and view.selection.sort == "value":
            held = from_highest(held)
        made = _slides(section, held, loc, room)
        if (
            len(made) > 1
            and view.selection.sort == "value"
            and any(is_lone(page.section) for page in made)
        ):
            made = _slides(section, falling(held), loc, room)
        found += made
    return numbered(found)


def _slides(section: Section, held: Section, loc: Localizer, room: RoomOf) -> list[SlidePage]:
    """The slides of some panels, whose rows come in the order of ``held``."""
    found: list[SlidePage] = []
    heights = [_height(section, held, row, loc) for row in held.rows]
    for part in _parts(held, heights, room(held) - _head(held, loc)):
        rows = tuple(held.rows[at] for at in part)
        shown = [at for at in range(len(held.panels)) if any(row.cells[at].values for row in rows)]
        whole = rebased(cut(held, shown, rows))
        tall = sum(heights[at] for at in part)
        # Over fewer columns a heading may take more lines than there is room for.
        narrow = used(whole)
        stood = narrow if tall + _head(narrow, loc) <= room(held) else whole
        found.append(SlidePage(section, stood, table=tall + _head(stood, loc)))
    return found


def _parts(held: Section, heights: Sequence[float], most: float) -> Iterator[range]:
    """Indices of rows slide by slide: what a header has several rows of is parted only where one slide has no room for it."""
    ends = [0, *accumulate(len(list(rows)) for _, rows in groupby(row.header for row in held.rows))]
    blocks = [sum(heights[at:to]) for at, to in pairwise(ends)]
    for part in evenly(blocks, most):
        first, end = ends[part.start], ends[part.stop]
        for rows in evenly(heights[first:end], most):
            yield range(first + rows.start, first + rows.stop)


def _head(held: Section, loc: Localizer) -> float:
    """Points of the headings over the columns."""
    return sum(_plan(held, loc).heads)


def _plan(held: Section, loc: Localizer) -> _Plan:
    columns: list[tuple[int, Header] | None] = []
    for at, panel in enumerate(held.panels):
        columns += [*([None] if at else []), *((at, header) for header in panel.series)]
    plan = _Plan(tuple(columns), tuple(_heads(held, loc)))
    plan = replace(plan, wide=tuple(_widths(plan, loc)))
    names = [
        len(_wrapped(plan, head.panels, " ".join(head.names), bold=True))
        + len(_wrapped(plan, head.panels, head.period))
        for head in plan.found
    ]
    shares = [
        len(_wrapped(plan, [at], text, COLUMN_SIZE))
        for head in plan.found
        for at, text in zip(head.panels, head.shares, strict=True)
    ]
    named = [
        len(wrap(loc.header(column[1]), COLUMN_SIZE, wide - INSET))
        for column, wide in zip(plan.columns, plan.wide, strict=True)
        if column
    ]
    heads = (
        max(names) * QUIET_SIZE * LEADING + 4,
        *([max(shares) * COLUMN_SIZE * LEADING + 2] if any(shares) else []),
        max(named) * COLUMN_SIZE * LEADING + 4,
    )
    return replace(plan, heads=heads)


def _widths(plan: _Plan, loc: Localizer) -> list[float]:
    """Points of each column: equally many, but more where a word over it needs them."""
    least = [
        longest_word(loc.header(column[1]), COLUMN_SIZE) + INSET if column else _SPACER
        for column in plan.columns
    ]
    for head in plan.found:
        first, last = plan.span(head.panels)
        held = [at for at in range(first - 1, last) if plan.columns[at]]
        words = longest_word(" ".join(head.names), QUIET_SIZE, bold=True) + INSET
        for at in held:
            least[at] = max(least[at], words / len(held))
        for panel, share in zip(head.panels, head.shares, strict=True):
            left, right = plan.span([panel])
            each = share_room(share) / (right - left + 1)
            for at in range(left - 1, right):
                least[at] = max(least[at], each)
    shared = [at for at, column in enumerate(plan.columns) if column]
    room = WIDE - NAMES - _SPACER * (len(least) - len(shared))
    if sum(least[at] for at in shared) > room:
        least = [each if each == _SPACER else 0.0 for each in least]
    # Those that need more than their share take it from the others.
    while wider := [at for at in shared if least[at] > room / len(shared)]:
        room -= sum(least[at] for at in wider)
        shared = [at for at in shared if at not in wider]
    for at in shared:
        least[at] = min(_WIDEST, room / len(shared))
    return least


def _heads(held: Section, loc: Localizer) -> list[_Head]:
    """The headings of a table; what is said of the slide as a whole is not said over each column."""
    one_base = len({value.observation.base for value in held.values}) == 1
    found: list[_Head] = []
    for at, panel in enumerate(held.panels):
        name = panel_name(panel, loc)
        period = panel_period(held, at, loc)
        share = "" if one_base else panel_share(held, at, loc)
        before = found[-1] if found else None
        if before and name and (before.names, before.period) == ((name,), period):
            found[-1] = replace(before, panels=(*before.panels, at), shares=(*before.shares, share))
        else:
            found.append(_Head((at,), (name,) if name else (), period, (share,)))
    return found


def _wrapped(
    plan: _Plan, panels: Sequence[int], text: str, size: float = QUIET_SIZE, *, bold: bool = False
) -> list[str]:
    """A text in lines that have room over the columns of some panels."""
    first, last = plan.span(panels)
    wide = sum(plan.wide[first - 1 : last])
    return wrap(text, size, wide - INSET, bold) if text else []


def _height(whole: Section, held: Section, row: Row, loc: Localizer) -> float:
    name, quiet = _name(whole, held, row, loc)
    tall = _TALL + (COLUMN_SIZE * LEADING if dated(row) else 0)
    return max(lines_in(held, row) * tall, name_height(name, quiet))


def _name(whole: Section, held: Section, row: Row, loc: Localizer) -> tuple[str, str]:
    """(name of a row, what of its figures differs from the headings)."""
    notes = differing_note(loc, whole, held, row, dated=not dated(row))
    return row_name(loc, whole, row, notes=notes)


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The table of a slide between the y of ``ends``; rows share out the room, and one too high for a slide gives of its white."""
    page, loc = context.page, context.loc
    held = page.section
    plan = _plan(held, loc)
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
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(figures))
    table = shape.table
    bare(table)
    table.columns[0].width = Pt(NAMES)
    for at, wide in enumerate(plan.wide, start=1):
        table.columns[at].width = Pt(wide)
    for at, tall in enumerate(plan.heads):
        table.rows[at].height = Pt(tall)
    _headings(table, plan, loc)
    heights = [_height(page.whole, held, row, loc) for row in held.rows]
    room = ends[1] - ends[0] - sum(plan.heads)
    if max(heights) * len(heights) <= room and len(set(lines)) == 1:
        heights = [max(heights)] * len(heights)
    stretched = min(_STRETCHED, room / sum(heights))
    top = len(plan.heads)
    for row, count, height in zip(held.rows, lines, heights, strict=True):
        tall = height * stretched / count
        _row(table, page, row, (top, count), plan, loc)
        for at in range(count):
            table.rows[top + at].height = Pt(tall)
        top += count
    for cell in table.iter_cells():
        if not cell.text_frame.text:
            empty(cell.text_frame)


def _headings(table: Table, plan: _Plan, loc: Localizer) -> None:
    """The headings in the middle over their columns, as figures stand in their cells."""
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
            _write(cell, share, COLUMN_SIZE, colour=LIGHT.quiet, align="ctr")
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
            fill = LIGHT.colour(Heat(value.observation.value, ramps(loc)[value.observation.base]))
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(fill)
            edge(cell)
            _write(
                cell,
                figure(loc, value),
                LABEL_SIZE,
                bold=True,
                colour=LIGHT.ink_on(fill),
                align="ctr",
            )
            if dated(row):
                period = [(loc.short_period(value.survey), False)]
                ink = LIGHT.ink_on(fill)
                paragraph(cell.text_frame, period, COLUMN_SIZE, ink, align="ctr")
        if not values:
            text = sign(row, panel, header, dashed=dashed)
            _write(table.cell(top, column), text, LABEL_SIZE, colour=LIGHT.quiet, align="ctr")


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
