"""The columns of a heat table or a table of figures on a slide, and the headings over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.slots import LEADING
from dashboard.charts.text import wrap
from dashboard.formats.cell_widths import COLUMN_SIZE, INSET, longest_word, share_room
from dashboard.formats.slide_layout import (
    NAMES,
    QUIET_SIZE,
    WIDE,
    panel_name,
    panel_period,
    panel_share,
)
from dashboard.query import Header, Section
from dashboard.text import Localizer, unlike

_SPACER = 10.0
"""Points between the columns of two panels."""
_WIDEST = 180.0
"""Points of a column at most; a table of few columns is narrower than its slide."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over the columns of some panels side by side: whose they are with the period, and what percentages are of by panel."""

    panels: tuple[int, ...]
    names: tuple[str, ...]
    period: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns of a table: (panel, series) of each or None between panels, points of each, its headings and their heights."""

    columns: tuple[tuple[int, Header] | None, ...]
    found: tuple[Head, ...]
    wide: tuple[float, ...] = ()
    heads: tuple[float, ...] = ()

    def span(self, panels: Sequence[int]) -> tuple[int, int]:
        """The first and the last column of the table that hold some panels."""
        held = [at for at, each in enumerate(self.columns, start=1) if each and each[0] in panels]
        return held[0], held[-1]


def plan_of(held: Section, loc: Localizer, signed: Collection[Header] | None = None) -> Plan:
    """The columns of what stands on a slide, ``signed`` the indicators whose names carry the sign of figures that must not be
    compared; without them all that are barred."""
    plan = Plan(_columns(held), tuple(_heads(held, loc, signed)))
    plan = replace(plan, wide=tuple(_widths(plan, loc)))
    names = [
        len(wrapped(plan, head.panels, " ".join(head.names), bold=True))
        + len(wrapped(plan, head.panels, head.period))
        for head in plan.found
    ]
    shares = [
        len(wrapped(plan, [at], text, COLUMN_SIZE))
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


def breaks_no_word(held: Section, loc: Localizer) -> bool:
    """Whether the columns of some panels have room beside each other for every word over them."""
    plan = Plan(_columns(held), tuple(_heads(held, loc, None)))
    return sum(_least(plan, loc, longest_word)) <= WIDE - NAMES


def _columns(held: Section) -> tuple[tuple[int, Header] | None, ...]:
    """(panel, series) of each column, None between panels."""
    columns: list[tuple[int, Header] | None] = []
    for at, panel in enumerate(held.panels):
        columns += [*([None] if at else []), *((at, header) for header in panel.series)]
    return tuple(columns)


def _widths(plan: Plan, loc: Localizer) -> list[float]:
    """Points of each column: equally many, but more where a word over it needs them."""
    room = WIDE - NAMES
    tried = (_least(plan, loc, each) for each in (share_room, longest_word))
    nothing = [0.0 if column else _SPACER for column in plan.columns]
    least = next((each for each in tried if sum(each) <= room), nothing)
    shared = [at for at, column in enumerate(plan.columns) if column]
    room -= _SPACER * (len(least) - len(shared))
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
        longest_word(loc.header(column[1]), COLUMN_SIZE) + INSET if column else _SPACER
        for column in plan.columns
    ]
    for head in plan.found:
        first, last = plan.span(head.panels)
        held = [at for at in range(first - 1, last) if plan.columns[at]]
        # Left to itself, a line ends within a period.
        name = longest_word(" ".join(head.names), QUIET_SIZE, bold=True)
        words = max(name, longest_word(head.period, QUIET_SIZE) + 2) + INSET
        for at in held:
            least[at] = max(least[at], words / len(held))
        for panel, share in zip(head.panels, head.shares, strict=True):
            left, right = plan.span([panel])
            each = (share_of(share, COLUMN_SIZE) + INSET if share else 0.0) / (right - left + 1)
            for at in range(left - 1, right):
                least[at] = max(least[at], each)
    return least


def _heads(held: Section, loc: Localizer, signed: Collection[Header] | None) -> list[Head]:
    """The headings of a table; what is said of the slide as a whole is not said over each column."""
    one_base = len({value.observation.base for value in held.values}) == 1
    found: list[Head] = []
    for at, panel in enumerate(held.panels):
        name = panel_name(panel, loc, unlike.barred(held) if signed is None else signed)
        period = panel_period(held, at, loc)
        share = "" if one_base else panel_share(held, at, loc)
        before = found[-1] if found else None
        if before and name and (before.names, before.period) == ((name,), period):
            found[-1] = replace(before, panels=(*before.panels, at), shares=(*before.shares, share))
        else:
            found.append(Head((at,), (name,) if name else (), period, (share,)))
    return found


def wrapped(
    plan: Plan, panels: Sequence[int], text: str, size: float = QUIET_SIZE, *, bold: bool = False
) -> list[str]:
    """A text in lines that have room over the columns of some panels."""
    first, last = plan.span(panels)
    wide = sum(plan.wide[first - 1 : last])
    return wrap(text, size, wide - INSET, bold) if text else []
