"""Stacks of one country on slides: those of a question stand together under its name, each with whose answers it holds beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.charts.headings import row_name
from dashboard.charts.series import stacks
from dashboard.charts.slots import LEADING, Slot, SlotContext, caption
from dashboard.charts.text import wrap
from dashboard.formats import answer_keys
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
from dashboard.query import Row, Section
from dashboard.text import Localizer, unlike

_STEPS = (34.0, 20.0)
"""Points of a slot: two lines of a text, or one."""


def block(whole: Section, held: Section, loc: Localizer, room: float, keyed: Section) -> Block:
    """A block of one panel; of those for which there is ``room`` the one whose questions are most alike, else as low as can be.
    Keys stand in it where questions of ``keyed`` have different scales."""
    held = rebased(held)
    found = [_spaced(whole, held, loc, step, keyed) for step in _STEPS]
    fitting = [each for each in found if each.height <= room]
    return fitting[0] if fitting else min(found, key=lambda each: each.height)


def _spaced(whole: Section, held: Section, loc: Localizer, step: float, keyed: Section) -> Block:
    wide = panel_width(1)
    context = SlotContext(whole, loc, wide, headed=False)
    keys = answer_keys.of_each(loc, keyed, held)
    lines = [
        _line(context, row, answer_keys.slots(key, wide, step), step)
        for row, key in zip(held.rows, keys, strict=True)
    ]
    return Block(held, tuple(lines), head_height(held, loc, wide), step, tallest=TALLEST)


def _line(context: SlotContext, row: Row, key: Sequence[Slot], step: float) -> SlideRow:
    """A question whose ``key`` stands beside its name, in slots ``step`` points high."""
    whole, loc = context.section, context.loc
    name, _ = row_name(loc, whole, row, row.values, signed=unlike.barred(whole))
    tall = len(wrap(name, NAME_SIZE, LEADS)) * NAME_SIZE * LEADING
    lead = max(len(key), _slots_of(tall, step))
    # The key stands close over its stacks.
    found, asides = [*[Slot()] * (lead - len(key)), *key], list[tuple[int, str]]()
    for header, members in stacks(whole, row.cells[0]).items():
        told = caption(context, header, members)
        asides.append((len(found), told))
        slots = _slots_of(len(quiet_lines(told)) * QUIET_SIZE * LEADING, step)
        found += [Slot(tuple(members), header), *[Slot()] * (slots - 1)]
    return SlideRow(row, name, "", (tuple(found),), lined=True, lead=lead, asides=tuple(asides))


def _slots_of(tall: float, step: float) -> int:
    return math.ceil(tall / step)
