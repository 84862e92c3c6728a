"""Stacks of one country on slides: those of a question stand together under its name, each with whose answers it holds beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dashboard.charts.headings import row_name
from dashboard.charts.series import stacks
from dashboard.charts.slots import LEADING, Slot, SlotContext, caption
from dashboard.charts.text import wrap
from dashboard.formats import answer_keys
from dashboard.formats.pptx_legend import Entry
from dashboard.formats.slide_layout import (
    BESIDE_NAMES,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    Block,
    SlideRow,
    head_height,
    panel_width,
    quiet_lines,
    rebased,
)
from dashboard.query import Row, Section
from dashboard.text import Localizer, unlike

_STEP = 20.0
"""Points of a slot."""


def block(whole: Section, held: Section, loc: Localizer) -> Block:
    """A block of one panel as low as can be."""
    held = rebased(held)
    wide = panel_width(1)
    keys: Mapping[tuple[int, int], Sequence[Entry]] = answer_keys.keys(loc, whole, held)
    context = SlotContext(whole, loc, wide, headed=False)
    lines = [
        _line(context, row, answer_keys.slots(keys.get((at, 0), ()), wide))
        for at, row in enumerate(held.rows)
    ]
    return Block(held, tuple(lines), head_height(held, loc, wide), _STEP)


def _line(context: SlotContext, row: Row, key: Sequence[Slot]) -> SlideRow:
    """A question whose ``key`` stands beside its name."""
    whole, loc = context.section, context.loc
    name, _ = row_name(loc, whole, row, row.values, signed=unlike.barred(whole))
    lead = max(len(key), _slots_of(len(wrap(name, NAME_SIZE, NAMES - BESIDE_NAMES)), NAME_SIZE))
    # The key stands close over its stacks.
    found, asides = [*[Slot()] * (lead - len(key)), *key], list[tuple[int, str]]()
    for header, members in stacks(whole, row.cells[0]).items():
        told = caption(context, header, members)
        asides.append((len(found), told))
        tall = _slots_of(len(quiet_lines(told)), QUIET_SIZE)
        found += [Slot(tuple(members), header), *[Slot()] * (tall - 1)]
    return SlideRow(row, name, "", (tuple(found),), lined=True, lead=lead, asides=tuple(asides))


def _slots_of(lines: int, size: float) -> int:
    return math.ceil(lines * size * LEADING / _STEP)
