"""Slides of a heat table or a table of figures: a native table, each figure on the colour of its percentage or, without colours, in
bold between rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from pptx.table import Table, _Cell
from pptx.util import Pt

from dashboard.charts import registry
from dashboard.charts.editions_together import dated
from dashboard.charts.nowhere import by_series
from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat
from dashboard.charts.slots import LABEL_SIZE
from dashboard.charts.text import width
from dashboard.formats.cell_bounds import Place, beside, draw_bounds, is_bounded, is_outlined
from dashboard.formats.cell_captions import captions
from dashboard.formats.cell_heads import draw_partings, draw_ramps, headings
from dashboard.formats.cell_look import bare, digits_in_line, edge, name_lines, rules, write
from dashboard.formats.cell_pages import OVER_FOOT, height_of, name_of
from dashboard.formats.cell_plan import Plan, plan_of
from dashboard.formats.cell_rows import figure, lines_in, sign
from dashboard.formats.cell_widths import COLUMN_SIZE, WIDER
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import empty, paragraph
from dashboard.formats.pptx_sheet import clean
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import (
    BESIDE_NAMES,
    EDGE,
    LINE_BREAK,
    NAME_SIZE,
    QUIET_SIZE,
    SlidePage,
    quiet_lines,
)
from dashboard.query import Header, Row, Section, Value, View
from dashboard.text import Localizer, summary, unlike

_STRETCHED, _STRETCHED_PLAIN = 2.6, 3.2
"""Times its least height that a row of colours may be high, and one without."""
_ROUNDING = 1e-6
"""Points that are none."""


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The table of a slide between the y of ``ends``; rows share out the room, and one too high for a slide gives of its white."""
    page, loc = context.page, context.loc
    held, plain = page.section, registry.chart_of(context.view.selection).is_table
    plan = plan_of(held, loc, context.signed, coloured=not plain)
    lines = _lines(held)
    shape = context.shapes.add_table(
        len(plan.heads) + sum(lines),
        1 + len(plan.columns),
        Pt(EDGE),
        Pt(ends[0]),
        Pt(plan.names + sum(plan.wide)),
        Pt(100),
    )
    shape.name = loc.label("theme", held.theme)
    figures = "; ".join(summary.named_value(loc, value) for value in held.values)
    barred = unlike.listed(loc, (*held.rows, *held.panels), context.signed)
    told = ". ".join(filter(None, (figures, barred)))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(told))
    table = shape.table
    bare(table)
    table.columns[0].width = Pt(plan.names)
    for at, wide in enumerate(plan.wide, start=1):
        table.columns[at].width = Pt(wide)
    for at, tall in enumerate(plan.heads):
        table.rows[at].height = Pt(tall)
    headings(table, plan, loc)
    tall_each = _tall_each(page, loc, plan, ends[1] - ends[0], plain=plain, signed=context.signed)
    top, y, bounds = len(plan.heads), ends[0] + sum(plan.heads), list[Place]()
    for row, count, height in zip(held.rows, lines, tall_each, strict=True):
        tall = height / count
        _row(table, context, row, (top, count), plan, plain=plain)
        for at in range(count):
            table.rows[top + at].height = Pt(tall)
        bounds += _outlined(held, row, plan, (y, tall), loc)
        top, y = top + count, y + height
    if plain:
        heads, bounds = len(plan.heads), []
        rules(table, [heads - 1, *(heads - 1 + end for end in accumulate(lines))])
    if plan.ramped:
        draw_ramps(context.shapes, plan, loc, ends[0])
    draw_bounds(context.shapes, bounds, loc)
    draw_partings(context.shapes, plan, (ends[0], y))
    for cell in table.iter_cells():
        if not cell.text_frame.text:
            empty(cell.text_frame)


@dataclass(frozen=True, slots=True)
class LineHeights:
    """Points of the lines of cells of a slide."""

    lowest: float
    """Of the lowest, where the slide stands alone."""
    needed: float
    """That the row needs which needs most."""
    most: float
    """That all may have where all are equally high."""


def line_heights(
    view: View, page: SlidePage, loc: Localizer, room: float, signed: Collection[Header]
) -> LineHeights:
    """Heights of the lines of a slide where its table has ``room``; ``signed`` as of ``height_of``."""
    plain, lines = registry.chart_of(view.selection).is_table, _lines(page.section)
    plan = plan_of(page.section, loc, signed, coloured=not plain)
    tall = _tall_each(page, loc, plan, room, plain=plain, signed=signed)
    least = [height_of(page.whole, page.section, row, loc, signed) for row in page.section.rows]
    return LineHeights(
        min(each / count for each, count in zip(tall, lines, strict=True)),
        max(each / count for each, count in zip(least, lines, strict=True)),
        (room - OVER_FOOT - sum(plan.heads)) / sum(lines),
    )


def one_height(slides: Sequence[LineHeights]) -> float:
    """Points of a line on all slides of a deck: of the lowest, or what a row needs where every slide has room for that."""
    lowest = min((each.lowest for each in slides), default=inf)
    needed = max((each.needed for each in slides), default=0.0)
    return max(lowest, needed) if all(needed <= each.most for each in slides) else lowest


def _lines(held: Section) -> list[int]:
    """Lines of cells of each row."""
    return [lines_in(held, row) for row in held.rows]


def _tall_each(
    page: SlidePage,
    loc: Localizer,
    plan: Plan,
    room: float,
    *,
    plain: bool,
    signed: Collection[Header],
) -> list[float]:
    """Points of each row of a table with its headings in ``room``, a line of cells as high as the slide says where that has room, and no
    higher unless a row needs it; ``signed`` as of ``height_of``."""
    held, lines = page.section, _lines(page.section)
    least = [height_of(page.whole, held, row, loc, signed) for row in held.rows]
    left = room - OVER_FOOT - sum(plan.heads)
    wanted = [max(each, page.tall * count) for each, count in zip(least, lines, strict=True)]
    if sum(wanted) <= left:
        return wanted
    shared = heights(
        least,
        left,
        _STRETCHED_PLAIN if plain else _STRETCHED,
        alike=len(set(lines)) == 1,
    )
    return [min(each, most) for each, most in zip(shared, wanted, strict=True)]


def heights(least: Sequence[float], room: float, stretched: float, *, alike: bool) -> list[float]:
    """Points of each row that needs at ``least`` so many, none more than ``stretched`` times as high as it needs on average: as alike
    as can be or, where some have more lines of figures, each as much higher as the others."""
    needed = sum(least)
    if room < needed:
        return [each * room / needed for each in least]
    most = min(room, stretched * needed)
    if not alike:
        return [each + (most - needed) / len(least) for each in least]
    shared = sorted(least)
    # Those that need more than their share take it from the others.
    while shared[-1] > (share := (most - needed + sum(shared)) / len(shared)) + _ROUNDING:
        shared.pop()
    return [max(share, each) for each in least]


def _outlined(
    held: Section, row: Row, plan: Plan, place: tuple[float, float], loc: Localizer
) -> Iterator[Place]:
    """The figures of a row of which the source says about, over or under, in their cells. ``place``: the y of the row, and how high each
    of its lines is."""
    under = _under(plan, held, row, loc)
    lefts, (y, tall) = accumulate(plan.wide, initial=EDGE + plan.names), place
    by_panel = [by_series(held, cell) for cell in row.cells]
    for column, left, wide in zip(plan.columns, lefts, plan.wide, strict=False):
        for at, value in enumerate(by_panel[column[0]].get(column[1], []) if column else []):
            if is_outlined(value):
                words = _words(loc, value, under[value.observation.position])
                yield Place(value, left, y + at * tall, wide, tall, words)


def _under(plan: Plan, held: Section, row: Row, loc: Localizer) -> Mapping[int, str]:
    """Position -> what stands under each figure of a row; blank for nothing."""
    of_row = {
        value.observation.position: loc.short_period(value.survey) if dated(row) else ""
        for value in row.values
    }
    return {**of_row, **captions(plan, held, row, loc)}


def _words(loc: Localizer, value: Value, told: str) -> float:
    """Points of a figure, or of what is ``told`` of it below where that is wider."""
    return max(width(figure(loc, value), LABEL_SIZE, bold=True), width(told, COLUMN_SIZE))


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
    under, based = _under(plan, held, row, loc), not captions(plan, held, row, loc)
    name, quiet = name_of(context.page.whole, held, row, loc, context.signed, based=based)
    first = table.cell(top, 0)
    if count > 1:
        first.merge(table.cell(top + count - 1, 0))
    first.margin_left = Pt(0)
    told = LINE_BREAK.join(name_lines(name, NAME_SIZE, plan.names - BESIDE_NAMES))
    write(first, told, NAME_SIZE)
    if quiet:
        told = LINE_BREAK.join(quiet_lines(quiet, WIDER))
        paragraph(first.text_frame, [(told, False)], QUIET_SIZE, LIGHT.quiet)
    by_panel = [by_series(held, cell) for cell in row.cells]
    for column, place_of in enumerate(plan.columns, start=1):
        if place_of is None:
            continue
        panel, header = place_of
        values = by_panel[panel].get(header, [])
        for at, value in enumerate(values):
            cell = table.cell(top + at, column)
            figured = _plain_figure if plain else _coloured_figure
            told = under[value.observation.position]
            figured(cell, value, loc, plan.wide[column - 1], told)
        if not values:
            text = sign(row, panel, header)
            write(table.cell(top, column), text, LABEL_SIZE, colour=LIGHT.quiet, align="ctr")


def _coloured_figure(cell: _Cell, value: Value, loc: Localizer, room: float, told: str) -> None:
    """A figure on the colour of its percentage, beside all that it may have where it may be many, what is ``told`` of it below."""
    fill = LIGHT.colour(Heat(value.observation.value, ramps(loc)[value.observation.base]))
    if is_bounded(value):
        over, words = value.observation.qualifier == "over", _words(loc, value, told)
        cell.margin_left, cell.margin_right = (
            Pt(each) for each in _margins(beside(room, words), over=over)
        )
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(fill)
    edge(cell)
    ink = LIGHT.ink_on(fill)
    write(cell, figure(loc, value), LABEL_SIZE, bold=True, colour=ink, align="ctr")
    _told(cell, told, ink)


def _margins(most: float, *, over: bool) -> tuple[float, float]:
    """Points left and right of a figure that stands beside ``most`` points of the colours that it may have."""
    least = 1.0
    return (least, most) if over else (most, least)


def _plain_figure(cell: _Cell, value: Value, loc: Localizer, room: float, told: str) -> None:
    """A figure in a column ``room`` points wide without colour: in line with those over and under it, or what is ``told`` of it below."""
    shown = figure(loc, value)
    if told:
        write(cell, shown, LABEL_SIZE, bold=True, align="ctr")
        _told(cell, told, LIGHT.quiet)
        return
    digits_in_line(cell, shown, LABEL_SIZE, room, loc.percent(99))
    write(cell, shown, LABEL_SIZE, bold=True, align="r")


def _told(cell: _Cell, told: str, ink: str) -> None:
    """What stands under a figure; nothing where it is blank."""
    if told:
        paragraph(cell.text_frame, [(told, False)], COLUMN_SIZE, ink, align="ctr")
