"""Where questions of a slide have answers of different scales: what their colours stand for, directly above the stacks of each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts import answer_scales
from dashboard.charts.palette import LIGHT
from dashboard.charts.roles import GROUND
from dashboard.charts.slots import Slot
from dashboard.formats.pptx_legend import LEGEND_STEP, Entry, legend_lines, write_legend
from dashboard.formats.pptx_shapes import group_of
from dashboard.formats.slide_context import SlideContext
from dashboard.query import Section
from dashboard.text import Localizer

_INSET = 6.0
"""Points from the left edge of a panel, as of the captions."""
_LEAST = 17.0
"""Points of a line of a key at least."""
Place = tuple[float, float, float, float]
"""The left upper corner of a slot, the height of a slot and the width of the panel."""


@dataclass(frozen=True, slots=True)
class KeySlot(Slot):
    """The first slot of a key, how many lines it has and how many slots."""

    entries: tuple[Entry, ...] = ()
    lines: int = 1
    slots: int = 1


def keys(loc: Localizer, whole: Section, held: Section) -> Mapping[tuple[int, int], list[Entry]]:
    """(row, panel) of a part of a theme -> the key over its stacks, where the row above it in the panel has another scale; none where
    all questions of the ``whole`` share one."""
    if not answer_scales.several(whole):
        return {}
    return {place: _entries(named) for place, named in answer_scales.legends(loc, held).items()}


def of_each(loc: Localizer, whole: Section, held: Section) -> list[list[Entry]]:
    """The key over the stacks of each row of one panel, blank as of ``keys``."""
    if not answer_scales.several(whole):
        return [[] for _ in held.rows]
    alone = (replace(held, rows=(row,)) for row in held.rows)
    return [_entries(answer_scales.legends(loc, each)[0, 0]) for each in alone]


def _entries(named: answer_scales.Entries) -> list[Entry]:
    # The foot says what a white rest is.
    return [Entry((LIGHT.colour(role),), name) for role, name in named if role != GROUND]


def slots(entries: Sequence[Entry], wide: float, step: float = LEGEND_STEP) -> list[Slot]:
    """A key in a panel ``wide`` points wide, in as many slots ``step`` points high as it needs; none without entries."""
    lines = legend_lines(entries, wide - _INSET)
    taken = math.ceil(round(lines * _LEAST / step, 6)) if step > LEGEND_STEP else lines
    key = KeySlot(entries=tuple(entries), lines=lines, slots=taken)
    return [key, *[Slot()] * (taken - 1)] if lines else []


def write(context: SlideContext, placed: Iterable[tuple[KeySlot, Place]]) -> None:
    """The keys of a slide in one group, each at the bottom of its slots."""
    found = list(placed)
    if not found:
        return
    group = group_of(context.shapes, context.loc.t("Legend"))
    for slot, (left, top, step, wide) in found:
        each = min(slot.slots * step / slot.lines, LEGEND_STEP)
        corner = left + _INSET, top + slot.slots * step - slot.lines * each
        write_legend(group.shapes, corner, slot.entries, wide - _INSET, each, ground=True)
