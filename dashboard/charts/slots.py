"""What stands in each slot of a row of a slide: one mark or stack, or a line of text. Sizes are points (1/72 inch)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.charts.headings import own_period
from dashboard.charts.names import series_period
from dashboard.charts.series import base_head, by_base, series_of, stacks
from dashboard.charts.text import width, wrap
from dashboard.query import Cell, Header, Respondents, Section, Value
from dashboard.text import Localizer, texts
from dashboard.text.missing import BLANK_CODES

SlideKind = Literal["bars", "dots", "stacks", "comparisons", "change", "cells"]
LEADING = 1.2
LEAST = 18.0
"""Height of a slot, so that the labels of two stand clear of each other."""
SMALL_SIZE, LABEL_SIZE = 14, 15


@dataclass(frozen=True, slots=True)
class Slot:
    """One mark (of stacked answers one stack of ``values``), or a ``text`` where none stands.

    A text reaches over ``span`` slots; those after its first are empty.
    """

    values: tuple[Value, ...] = ()
    series: Header | None = None
    text: str = ""
    span: int = 1


DASH = Slot(text="–")
"""Stands where there is no figure."""
WITHHELD = Slot(text=BLANK_CODES["suppressed"])
"""Stands where the figure is withheld."""


@dataclass(frozen=True, slots=True)
class SlotContext:
    """What the slots of a cell depend on: the theme, the localizer, the width of the panel, and whether its marks have headings."""

    section: Section
    loc: Localizer
    wide: float
    headed: bool
    """Whether a base that differs stands over its marks, because neither panel nor row can say it."""


def text(content: str, wide: float) -> list[Slot]:
    """A text in as many slots as its lines need in a panel ``wide`` points wide; none for a blank one."""
    span = math.ceil(len(wrap(content, SMALL_SIZE, wide - 12)) * SMALL_SIZE * LEADING / LEAST)
    return [Slot(text=content, span=span), *[Slot()] * (span - 1)] if content else []


def values(context: SlotContext, cell: Cell) -> list[Slot]:
    """A mark a value; in a row of respondents those of each base under what they are shares of."""
    found = list[Slot]()
    for base, members in by_base(cell).items():
        if context.headed:
            found += text(base_head(context.loc, cell, base), context.wide)
        found += [Slot((value,), series_of(context.section, value)) for value in members]
    return found


def stacked(context: SlotContext, cell: Cell) -> list[Slot]:
    """Of each series a caption and a stack of its answers."""
    found: list[Slot] = []
    for header, members in stacks(context.section, cell).items():
        found += text(caption(context, header, members), context.wide)
        found.append(Slot(tuple(members), header))
    return found


def caption(context: SlotContext, header: Header, members: Sequence[Value]) -> str:
    """Whose answers a stack holds, how many, what differs from the panel's heading, and answers too few for a label."""
    loc, first = context.loc, members[0]
    parts = [loc.header(header)]
    if first.observation.n is not None:
        parts.append(loc.n(first.observation.n))
    period = own_period(loc, context.section.values, first)
    if period:
        parts.append(period)
    if first.base_differs:
        parts.append(loc.share(first.observation.base, short=True))
    narrow = [
        f"{loc.label('response', value.observation.response)} {loc.value(value)}"
        for value in members
        if not fits(loc, value, context.wide)
    ]
    return " · ".join([*parts, *narrow])


def segment_label(loc: Localizer, value: Value) -> str:
    """The figure inside a segment of a stack: without its percent sign, which stands over the bars."""
    doubt = " ?" if value.observation.status == "inferred" else ""
    return loc.value(value).removesuffix("%").rstrip() + doubt


def fits(loc: Localizer, value: Value, wide: float) -> bool:
    """Whether a segment has room for its label in a stack of a panel ``wide`` points wide."""
    return (
        width(segment_label(loc, value), LABEL_SIZE) + 4
        <= stack_width(wide) * value.observation.value / 100
    )


def stack_width(wide: float) -> float:
    """Points for 0 to 100 percent where nothing stands right of the bars: room for half of "100%"."""
    return wide - 18


def series_name(loc: Localizer, section: Section, header: Header) -> str:
    """A series in the legend of a slide; a country with the period and the base of its figures there, where each is one."""
    if not isinstance(header, Respondents):
        return loc.header(header)
    if header.survey_id:
        return loc.respondents(replace(header, survey_id=""))
    own = {value.observation.base for value in section.values if value.respondents == header}
    period = series_period(section, section.values, loc, header)
    said = texts.joined(period, loc.share(own.pop()) if len(own) == 1 else "")
    return f"{loc.respondents(header)} ({said})" if said else loc.respondents(header)
