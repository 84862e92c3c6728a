"""Where questions of a slide have answers of different scales: what their colours stand for, directly above the stacks of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
Place = tuple[float, float, float, float]
"""The left upper corner of a slot, the height of a slot and the width of the panel."""


@dataclass(frozen=True, slots=True)
class KeySlot(Slot):
    """The first slot of a key, and of how many."""

    entries: tuple[Entry, ...] = ()
    lines: int = 1


def keys(loc: Localizer, whole: Section, held: Section) -> Mapping[tuple[int, int], list[Entry]]:
    """(row, panel) of a part of a theme -> the key over its stacks; none where all questions of the theme share one scale."""
    if not answer_scales.several(whole):
        return {}
    return {
        # The foot says what a white rest is.
        place: [Entry((LIGHT.colour(role),), name) for role, name in named if role != GROUND]
        for place, named in answer_scales.legends(loc, held).items()
    }


def slots(entries: Sequence[Entry], wide: float) -> list[Slot]:
    """A key in as many slots as it has lines in a panel ``wide`` points wide; none without entries."""
    lines = legend_lines(entries, wide - _INSET)
    return [KeySlot(entries=tuple(entries), lines=lines), *[Slot()] * (lines - 1)] if lines else []


def write(context: SlideContext, placed: Iterable[tuple[KeySlot, Place]]) -> None:
    """The keys of a slide in one group, each at the bottom of its slots."""
    found = list(placed)
    if not found:
        return
    group = group_of(context.shapes, context.loc.t("Legend"))
    for slot, (left, top, step, wide) in found:
        each = min(step, LEGEND_STEP)
        corner = left + _INSET, top + slot.lines * (step - each)
        write_legend(group.shapes, corner, slot.entries, wide - _INSET, each, ground=True)
