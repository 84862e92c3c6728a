"""Rows of one sector each on slides: those of an indicator stand together under its name, each with its sector beside its marks."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dashboard.charts import registry, told
from dashboard.charts.band_rows import lacks
from dashboard.charts.headings import row_name
from dashboard.charts.notes import Differing, differing, said
from dashboard.charts.series import series_of
from dashboard.charts.slots import DASH, LEADING, WITHHELD, Slot, SlotContext
from dashboard.charts.text import wrap
from dashboard.formats.slide_layout import (
    LEADS,
    NAME_SIZE,
    QUIET_SIZE,
    TALLEST,
    Block,
    SlideRow,
    head_height,
    panel_width,
    quiet_lines,
    rebased,
)
from dashboard.query import Row, Section, Value, View
from dashboard.query.since import changed_since
from dashboard.text import Localizer, breaks, texts, unlike

FINE, COARSE = 19.0, 36.0
"""Points of a slot that holds a line of a text, and of one that holds two, so that names of one line and of two take alike."""


def block(
    view: View,
    whole: Section,
    held: Section,
    loc: Localizer,
    step: float = FINE,
    *,
    only: bool = False,
) -> Block:
    """A block of slots ``step`` points high: over the marks of an indicator slots for its name; ``only`` as of a block."""
    held = rebased(held)
    wide = panel_width(len(held.panels))
    since = {
        position: breaks.since(loc, found)
        for position, found in changed_since(loc.dataset, whole).items()
    }
    lines = [
        _line(view, whole, held, at, loc, step, since, again=at > unit[0])
        for unit in told.units(held)
        for at in unit
    ]
    head = head_height(held, loc, wide, only=only)
    return Block(held, tuple(lines), head, step, only, tallest=TALLEST)


def _line(
    view: View,
    whole: Section,
    held: Section,
    at: int,
    loc: Localizer,
    step: float,
    since: Mapping[int, str],
    *,
    again: bool,
) -> SlideRow:
    row, wide = held.rows[at], panel_width(len(held.panels))
    values = row.values
    notes = texts.joined(loc.header(values[0].population), _note(loc, held, at, since))
    name, quiet = row_name(loc, whole, row, values, notes, signed=unlike.barred(whole))
    name, sign = unlike.parted(name)
    quiet += sign if _is_beside(row) else ""
    lead = 0 if again else _slots_of(len(wrap(name, NAME_SIZE, LEADS)), NAME_SIZE, step)
    context = SlotContext(whole, loc, wide, headed=False)
    chart = registry.chart_of(view.selection)
    cells = [
        chart.slots(context, panel, cell)
        if cell.values
        else [_stand_in(whole, held, row, number, again=again)]
        for number, (panel, cell) in enumerate(zip(held.panels, row.cells, strict=True))
    ]
    tall = max(*map(len, cells), _slots_of(len(quiet_lines(quiet)), QUIET_SIZE, step))
    return SlideRow(
        row,
        name,
        quiet,
        tuple((*[Slot()] * lead, *each, *[Slot()] * (tall - len(each))) for each in cells),
        lead=lead,
        again=again,
        lined=True,
    )


def _slots_of(lines: int, size: float, step: float) -> int:
    return math.ceil(lines * size * LEADING / step)


def _stand_in(whole: Section, held: Section, row: Row, at: int, *, again: bool) -> Slot:
    """A dash beside the first sector of an indicator where those whom a panel is about have a figure of none; a letter where it is
    withheld."""
    if row.cells[at].is_withheld():
        return WITHHELD
    panel = held.panels[at]
    place = [(each.header, each.part) for each in whole.panels].index((panel.header, panel.part))
    return DASH if not again and lacks(whole, row.header, place) else Slot()


def _is_beside(row: Row) -> bool:
    """Whether a row of a block has figures of several of its panels."""
    return sum(bool(cell.values) for cell in row.cells) > 1


def _note(loc: Localizer, held: Section, at: int, since: Mapping[int, str]) -> str:
    """What of the figures of a row differs from the headings of their panels, and by position what changed ``since`` earlier ones."""
    band = range(len(held.panels))

    def told(value: Value) -> str:
        parts = differing(loc, held, band, at, value), since.get(value.observation.position)
        return ", ".join(filter(None, parts))

    return said(
        loc,
        [
            Differing(panel.header, series_of(held, value), told(value))
            for panel, cell in zip(held.panels, held.rows[at].cells, strict=True)
            for value in cell.values
        ],
    )
