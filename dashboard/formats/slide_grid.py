"""Panels and rows as slides: which panels stand side by side, which one under the other, and which rows on each slide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from dashboard.charts import registry, slots, told
from dashboard.charts.headings import row_name
from dashboard.charts.notes import Differing, differing, said
from dashboard.charts.series import series_of
from dashboard.charts.slots import DASH, LEAST, Slot, SlotContext
from dashboard.formats import answer_keys, slide_sectors, slide_stacks
from dashboard.formats.pptx_legend import Entry
from dashboard.formats.slide_bands import BandPart, parts_of
from dashboard.formats.slide_layout import (
    Block,
    RoomOf,
    SlidePage,
    SlideRow,
    cut,
    head_height,
    joined,
    name_height,
    numbered,
    panel_width,
    rebased,
)
from dashboard.formats.slide_parts import LEAST_FILLED, SPARSE, Cost, fewest
from dashboard.query import Cell, Panel, Row, Section, View
from dashboard.text import Localizer, unlike

PANELS = 4
"""Panels that fit beside each other."""


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section whose charts with their headings have ``room`` there: as few as can be, evenly filled."""
    parts = _parts_beside(view, section)
    units = [(at, unit) for at, part in enumerate(parts) for unit in told.units(part.section)]

    @cache
    def block(at: int, first: int, last: int) -> Block:
        """The rows of a part of the section from one unit to another."""
        rows = range(units[first][1][0], units[last][1][-1] + 1)
        return _block(view, section, _part(parts[at], rows), loc)

    def blocks(held: range) -> list[Block]:
        runs = (list(run) for _, run in groupby(held, lambda each: units[each][0]))
        return [block(units[run[0]][0], run[0], run[-1]) for run in runs]

    def page(held: range) -> SlidePage:
        found = blocks(held)
        return SlidePage(section, joined([each.section for each in found]), tuple(found))

    def cost_of(held: range) -> Cost | None:
        # As many panels in each, so that all are equally wide.
        alike = len({len(each.section.panels) for each in blocks(held)}) == 1
        if not alike:
            return None
        found = page(held)
        most = room(found.section)
        if len(held) > 1 and found.height > most:
            return None
        sparse = SPARSE if found.height < LEAST_FILLED * most else 0
        return sparse + len(found.blocks) - 1, found.height**2

    shared_out = (page(held) for held in fewest(len(units), cost_of))
    return numbered([_roomy(view, each, loc, room) for each in shared_out])


def _roomy(view: View, page: SlidePage, loc: Localizer, room: RoomOf) -> SlidePage:
    """A slide with blocks for which there is room, the answers that all of it shares named in its legend alone."""
    held = page.section
    stacked = registry.chart_of(view.selection).stacks_answers
    if page.whole.sectors_apart:
        coarse = replace(
            page, blocks=tuple(_coarse(view, page.whole, each, loc) for each in page.blocks)
        )
        return coarse if coarse.height <= room(held) else page
    if len(page.blocks) > 1 and not stacked:
        return page
    own = 0.0 if len(page.blocks) > 1 else room(held)
    parts = (BandPart(each.section) for each in page.blocks)
    blocks = (_block(view, page.whole, part, loc, own, keyed=held) for part in parts)
    return replace(page, blocks=tuple(blocks))


def _coarse(view: View, whole: Section, block: Block, loc: Localizer) -> Block:
    """A block of one sector a row in slots that hold two lines each."""
    return slide_sectors.block(
        view, whole, block.section, loc, slide_sectors.COARSE, only=block.only
    )


def _parts_beside(view: View, section: Section) -> list[BandPart]:
    """Panels that stand side by side, each with the rows that they have there."""
    if section.sectors_apart:
        return list(parts_of(section, PANELS, by_value=view.selection.sort == "value"))
    return [BandPart(cut(section, group)) for group in groups(section, PANELS)]


def groups(section: Section, most: int) -> list[list[int]]:
    """Indices of panels that stand side by side: at most so many neighbours that share rows and of whose places half hold figures."""
    taken: dict[int, set[int]] = {
        at: {n for n, row in enumerate(section.rows) if row.cells[at].values}
        for at in _all(section)
    }
    found: list[list[int]] = []
    for at in _all(section):
        if not taken[at]:
            continue
        group = [*(found[-1] if found else []), at]
        rows = set().union(*(taken[each] for each in group))
        filled = sum(len(taken[each]) for each in group)
        shared = any(taken[each] & taken[at] for each in group[:-1])
        half = 2 * filled >= len(rows) * len(group)
        if len(group) > 1 and shared and len(group) <= most and half:
            found[-1] = group
        else:
            found.append([at])
    return found


def _all(section: Section) -> range:
    return range(len(section.panels))


def _part(of: BandPart, part: range) -> BandPart:
    """Some rows; a panel without figures there gives its room to the others, but where each row is of one sector."""
    held = of.section
    rows = [held.rows[at] for at in part]
    filled = [at for at in _all(held) if any(row.cells[at].values for row in rows)]
    return replace(of, section=cut(held, _all(held) if held.sectors_apart else filled, rows))


def _block(
    view: View,
    section: Section,
    of: BandPart,
    loc: Localizer,
    room: float = 0.0,
    *,
    keyed: Section | None = None,
) -> Block:
    """A block as low as can be: its rows a slot each, as high as the highest name, or several with white between rows. Of those for
    which there is ``room`` the one whose rows are most alike, as they have the fewest slots beside those of their marks. Keys of
    answers stand over stacks where the scales of ``keyed`` differ, without it those of the section."""
    held, keyed = of.section, keyed or section
    if held.sectors_apart:
        return slide_sectors.block(view, section, held, loc, only=of.only)
    stacked = registry.chart_of(view.selection).stacks_answers
    if stacked and len(held.panels) == 1 and not section.facts_of(held.rows[0].header):
        return slide_stacks.block(section, held, loc, room, keyed)
    held = rebased(held)
    wide = panel_width(len(held.panels))
    head = head_height(held, loc, wide)
    keys = answer_keys.keys(loc, keyed, held) if stacked else {}
    rows = [_line(view, section, held, at, loc, keys) for at in range(len(held.rows))]
    tall = [name_height(line.name, line.quiet) for line in rows]
    steps = {
        LEAST,
        *(each / slots for each in tall for slots in (1, 2, 3, 4) if each > LEAST * slots),
    }
    found = [_spaced(held, rows, tall, head, step) for step in sorted(steps, reverse=True)]
    if all(line.height == 1 for line in rows):
        found.insert(0, Block(held, tuple(rows), head, max(LEAST, *tall)))
    marks = sum(line.height for line in rows)
    fitting = [block for block in found if block.height <= room]
    if not fitting:
        return min(found, key=lambda block: block.height)
    return min(fitting, key=lambda block: (_within_rows(block) - marks, block.height))


def _within_rows(block: Block) -> int:
    """Slots of its rows, without those between them."""
    return sum(line.height for line in block.lines)


def _spaced(
    held: Section, rows: Sequence[SlideRow], tall: Sequence[float], head: float, step: float
) -> Block:
    """A block of slots ``step`` points high, an empty one between two rows, of which each has half."""
    lines = (
        _filled(line, math.ceil(round(each / step, 6)) - 1)
        for line, each in zip(rows, tall, strict=True)
    )
    return Block(held, tuple(lines), head, step, between=1)


def _filled(line: SlideRow, height: int) -> SlideRow:
    """A row at least ``height`` slots high, the marks of each panel in its middle; one slot higher where that is between two."""
    tall = max(height, line.height)
    tall += (tall - line.height) % 2
    return replace(line, slots=tuple(_centred(each, tall) for each in line.slots))


def _centred(found: tuple[Slot, ...], tall: int) -> tuple[Slot, ...]:
    """Slots of a panel without the empty ones at their end, in the middle of ``tall`` slots."""
    held = list(found)
    while len(held) > 1 and held[-1] == Slot():
        held.pop()
    over = (tall - len(held)) // 2
    return (*[Slot()] * over, *held, *[Slot()] * (tall - len(held) - over))


def _line(
    view: View,
    whole: Section,
    held: Section,
    at: int,
    loc: Localizer,
    keys: Mapping[tuple[int, int], Sequence[Entry]],
) -> SlideRow:
    row, wide = held.rows[at], panel_width(len(held.panels))
    # Over each stack stands what differs of it.
    stacks = registry.chart_of(view.selection).stacks_answers
    notes = "" if stacks else differing_note(loc, whole, held, row)
    name, quiet = row_name(loc, whole, row, notes=notes, signed=unlike.barred(whole))
    context = SlotContext(whole, loc, wide, bool(whole.facts_of(row.header)))
    cells = [
        [
            *answer_keys.slots(keys.get((at, number), ()), wide),
            *_slots(view, context, held.panels[number], cell),
        ]
        for number, cell in enumerate(row.cells)
    ]
    height = max(len(each) for each in cells)
    return SlideRow(
        row, name, quiet, tuple(tuple(each) + (Slot(),) * (height - len(each)) for each in cells)
    )


def differing_note(
    loc: Localizer,
    whole: Section | None,
    held: Section,
    row: Row,
    *,
    dated: bool = True,
    based: bool = True,
) -> str:
    """What of the figures of a row differs from the headings of its panels, which say what those of the ``whole`` share, without one
    what the figures of the panel do; not ``dated`` where each figure says its period, not ``based`` where it says what it is a share
    of."""
    named = whole.values if whole else None
    at, band = held.rows.index(row), range(len(held.panels))
    return said(
        loc,
        [
            Differing(
                panel.header,
                series_of(held, value),
                differing(loc, held, band, at, value, named, dated=dated, based=based),
            )
            for panel, cell in zip(held.panels, row.cells, strict=True)
            for value in cell.values
        ],
    )


def has_dash(page: SlidePage) -> bool:
    """Whether a dash stands on a slide; on one that is not yet shared out, whether one may."""
    if page.blocks:
        lines = [line for block in page.blocks for line in block.lines]
        return any(slot == DASH for line in lines for each in line.slots for slot in each)
    return any(
        not cell.values and not cell.is_withheld()
        for row in page.section.rows
        for cell in row.cells
    )


def _slots(view: View, context: SlotContext, panel: Panel, cell: Cell) -> list[Slot]:
    """The slots of a cell: its figures, or a dash where it has none, also where another edition has one."""
    if not cell.values:
        return [slots.WITHHELD if cell.is_withheld() else DASH]
    return registry.chart_of(view.selection).slots(context, panel, cell)
