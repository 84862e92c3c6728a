"""The columns of a heat table or a table of figures on a slide, and the headings over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from dashboard.charts.editions_together import dated
from dashboard.charts.nowhere import by_series
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width, wrap
from dashboard.formats.cell_rows import figure
from dashboard.formats.cell_widths import (
    COLUMN_SIZE,
    INSET,
    NAMES,
    RAMP_ROOM,
    bold_word,
    longest_word,
    share_room,
)
from dashboard.formats.slide_layout import (
    HEAD_SIZE,
    LINE_BREAK,
    QUIET_SIZE,
    WIDE,
    evened,
    panel_name,
    panel_period,
    panel_share,
)
from dashboard.query import Header, Section
from dashboard.text import Localizer, unlike

_SPACER, _PARTING = 10.0, 20.0
"""Points between the columns of two panels, and of two of which percentages are of different things."""
_WIDEST, _NAMES = 240.0, 400.0
"""Points of a column of figures and of names at most; a table of one column is narrower than its slide."""
_RAMP_TALL = 20.0
"""Points of the line of ramps."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over the columns of some panels side by side: whose they are, with the period."""

    panels: tuple[int, ...]
    names: tuple[str, ...]
    period: str


@dataclass(frozen=True, slots=True)
class Part:
    """Panels side by side of which percentages are of the same thing, what of, and the base of their ramp, blank for one that stands
    before it."""

    panels: tuple[int, ...]
    share: str
    base: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns of a table: (panel, series) of each or None between panels, points of each, its headings and their heights."""

    columns: tuple[tuple[int, Header] | None, ...]
    parts: tuple[Part, ...]
    """None where the line under the title says what all percentages are of."""
    found: tuple[Head, ...]
    ramped: bool
    """Whether each part has its ramp."""
    begun: tuple[int, ...] = ()
    """Panels before which a dashed line parts what must not be compared."""
    texts: tuple[float, ...] = ()
    """Points of the longest text in the cells of each column."""
    wide: tuple[float, ...] = ()
    heads: tuple[float, ...] = ()

    @property
    def names(self) -> float:
        """Points of the column of names, which takes what the others leave."""
        return max(NAMES, min(_NAMES, WIDE - sum(self.wide)))

    @property
    def named(self) -> int:
        """The line of the table in which the names of panels stand."""
        return bool(self.parts) + self.ramped

    def span(self, panels: Sequence[int]) -> tuple[int, int]:
        """The first and the last column of the table that hold some panels."""
        held = [at for at, each in enumerate(self.columns, start=1) if each and each[0] in panels]
        return held[0], held[-1]

    def between(self, panels: Sequence[int]) -> tuple[float, float]:
        """Points from the left edge of the first column to the ends of some panels."""
        first, last = self.span(panels)
        return sum(self.wide[: first - 1]), sum(self.wide[:last])


def plan_of(
    held: Section, loc: Localizer, signed: Collection[Header] | None = None, *, coloured: bool
) -> Plan:
    """The columns of what stands on a slide, ``signed`` the indicators whose names carry the sign of figures that must not be
    compared; without them all that are barred."""
    plan = _bare_plan(held, loc, signed, coloured=coloured)
    plan = replace(plan, wide=tuple(_widths(plan, loc)))
    names = [
        len(wrapped(plan, head.panels, " ".join(head.names), HEAD_SIZE, bold=True)) * HEAD_SIZE
        + len(wrapped(plan, head.panels, head.period)) * QUIET_SIZE
        for head in plan.found
    ]
    shares = [len(wrapped(plan, part.panels, part.share, bold=True)) for part in plan.parts]
    named = [
        len(wrap(loc.header(column[1]), COLUMN_SIZE, wide - INSET))
        for column, wide in zip(plan.columns, plan.wide, strict=True)
        if column
    ]
    heads = (
        *([max(shares) * QUIET_SIZE * LEADING + 6] if shares else []),
        *([_RAMP_TALL] if plan.ramped else []),
        max(names) * LEADING + 6,
        max(named) * COLUMN_SIZE * LEADING + 4,
    )
    return replace(plan, heads=heads)


def _bare_plan(
    held: Section, loc: Localizer, signed: Collection[Header] | None, *, coloured: bool
) -> Plan:
    parts = tuple(_parts(held, loc))
    begun = [each.panels[0] for each in parts[1:]]
    if not parts:
        beside = pairwise(held.panels)
        begun = [at for at, (one, other) in enumerate(beside, start=1) if one.part != other.part]
    ramped = coloured and bool(ramped_bases(held))
    columns = _columns(held)
    texts = tuple(_longest(held, loc, column) if column else 0.0 for column in columns)
    return Plan(columns, parts, tuple(_heads(held, loc, signed)), ramped, tuple(begun), texts)


def breaks_no_word(held: Section, loc: Localizer, *, coloured: bool) -> bool:
    """Whether the columns of some panels have room beside each other for every word over them."""
    plan = _bare_plan(held, loc, None, coloured=coloured)
    return sum(_least(plan, loc, bold_word)) <= WIDE - NAMES


def ramped_bases(held: Section) -> frozenset[str]:
    """What the percentages are of that have a ramp over their columns: nothing where no base parts these."""
    parted = len({panel.part for panel in held.panels}) > 1 and _has_several_bases(held)
    return frozenset(panel.base for panel in held.panels) if parted else frozenset()


def _has_several_bases(held: Section) -> bool:
    return len({value.observation.base for value in held.values}) > 1


def _columns(held: Section) -> tuple[tuple[int, Header] | None, ...]:
    """(panel, series) of each column, None between panels."""
    columns: list[tuple[int, Header] | None] = []
    for at, panel in enumerate(held.panels):
        columns += [*([None] if at else []), *((at, header) for header in panel.series)]
    return tuple(columns)


def _longest(held: Section, loc: Localizer, column: tuple[int, Header]) -> float:
    """Points of the longest figure of a column, or period under one, which must not be broken."""
    panel, header = column
    found = [
        (value, dated(row))
        for row in held.rows
        for value in by_series(held, row.cells[panel]).get(header, ())
    ]
    figures = (width(figure(loc, value), LABEL_SIZE, bold=True) for value, _ in found)
    periods = (
        width(loc.short_period(each.survey), COLUMN_SIZE) + 2 for each, told in found if told
    )
    return max((*figures, *periods), default=0.0)


def _spacers(plan: Plan) -> list[float]:
    """Points of each column without figures, 0 of the others."""
    afters = [*plan.columns[1:], None]
    return [
        0.0 if column else _PARTING if after and after[0] in plan.begun else _SPACER
        for column, after in zip(plan.columns, afters, strict=True)
    ]


def _widths(plan: Plan, loc: Localizer) -> list[float]:
    """Points of each column: equally many, but more where a word over it needs them."""
    room, white = WIDE - NAMES, _spacers(plan)
    tried = (_least(plan, loc, each) for each in (share_room, bold_word))
    least = next((each for each in tried if sum(each) <= room), white)
    shared = [at for at, column in enumerate(plan.columns) if column]
    room -= sum(white)
    # Those that need more than their share take it from the others.
    while wider := [at for at in shared if least[at] > room / len(shared)]:
        room -= sum(least[at] for at in wider)
        shared = [at for at in shared if at not in wider]
    for at in shared:
        least[at] = min(_WIDEST, room / len(shared))
    return least


def _least(plan: Plan, loc: Localizer, share_of: Callable[[str, float], float]) -> list[float]:
    """Points that each column takes for the words over it, with what ``share_of`` tells of what percentages are of."""
    least = [
        max(longest_word(loc.header(column[1]), COLUMN_SIZE), text) + INSET if column else white
        for column, text, white in zip(plan.columns, plan.texts, _spacers(plan), strict=True)
    ]
    for head in plan.found:
        # Left to itself, a line ends within a period.
        name = longest_word(" ".join(head.names), HEAD_SIZE, bold=True)
        _widen(plan, least, head.panels, max(name, longest_word(head.period, QUIET_SIZE)))
    for part in plan.parts:
        needed = share_of(part.share, QUIET_SIZE)
        _widen(plan, least, part.panels, max(needed, RAMP_ROOM if plan.ramped else 0.0))
    return least


def _widen(plan: Plan, least: list[float], panels: Sequence[int], words: float) -> None:
    """Give the columns of some panels together what a text over them needs with its white."""
    first, last = plan.span(panels)
    held = [at for at in range(first - 1, last) if plan.columns[at]]
    white = sum(least[at] for at in range(first - 1, last) if not plan.columns[at])
    for at in held:
        # Not every program sets a word as narrow as it is measured.
        least[at] = max(least[at], (words + 2 + INSET - white) / len(held))


def _heads(held: Section, loc: Localizer, signed: Collection[Header] | None) -> list[Head]:
    """The names over the columns, of panels of one name side by side once."""
    found: list[Head] = []
    for at, panel in enumerate(held.panels):
        name = panel_name(panel, loc, unlike.barred(held) if signed is None else signed)
        period = panel_period(held, at, loc)
        before = found[-1] if found else None
        parted = at and panel.part != held.panels[at - 1].part
        if before and name and not parted and (before.names, before.period) == ((name,), period):
            found[-1] = replace(before, panels=(*before.panels, at))
        else:
            found.append(Head((at,), (name,) if name else (), period))
    return found


def _parts(held: Section, loc: Localizer) -> list[Part]:
    """What percentages are of over the columns, where a slide has them of several things."""
    if not _has_several_bases(held):
        return []
    told = [(panel_share(held, at, loc), panel) for at, panel in enumerate(held.panels)]
    found, at, ramps = list[Part](), 0, set[str]()
    for (share, _), run in groupby(told, key=lambda each: (each[0], each[1].part)):
        panels = [panel for _, panel in run]
        base = panels[0].base
        found.append(Part(tuple(range(at, at + len(panels))), share, "" if base in ramps else base))
        at += len(panels)
        ramps.add(base)
    return found


def wrapped(
    plan: Plan, panels: Sequence[int], text: str, size: float = QUIET_SIZE, *, bold: bool = False
) -> list[str]:
    """A text in lines that have room over the columns of some panels."""
    left, right = plan.between(panels)
    return wrap(text, size, right - left - INSET, bold) if text else []


def share_over(plan: Plan, part: Part) -> str:
    """What percentages are of over the columns of a part, broken where left to itself it would end in a word or two."""
    left, right = plan.between(part.panels)
    found = evened(part.share, QUIET_SIZE, right - left - INSET, bold=True)
    left_alone = found == wrapped(plan, part.panels, part.share, bold=True)
    return part.share if left_alone else LINE_BREAK.join(found)
