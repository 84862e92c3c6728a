"""Lines of a panel of a change over editions whose breaks or names lie on another line: which of them gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dashboard.charts.clearance import Area, Stroke


@dataclass(frozen=True, slots=True)
class Way:
    """A line as it is drawn."""

    steps: Sequence[Stroke]
    breaks: Sequence[Area]
    """What the slashes of its breaks cover."""
    leads: bool
    """Whether it is that of all sectors, which stays."""
    end: Area | None = None
    """The middle of the last mark of one that ends early, by which its name stands."""


def giving_way(ways: Sequence[Way]) -> set[int]:
    """Indices of the lines without which no break lies on another line: of two the one that does not lead, else the later.

    So does one that ends early on a line that leads, which would be read by its name.
    """
    gone = {
        at
        for at, one in enumerate(ways)
        if one.end and not one.leads and any(_ends_on(one.end, other) for other in ways)
    }
    for (first, one), (second, other) in combinations(enumerate(ways), 2):
        if gone.isdisjoint((first, second)) and (_covers(one, other) or _covers(other, one)):
            gone.add(first if other.leads and not one.leads else second)
    return gone


def _ends_on(end: Area, other: Way) -> bool:
    return other.leads and any(end.crossed_by(*step) for step in other.steps)


def _covers(one: Way, other: Way) -> bool:
    """Whether a break of one line lies on the other or a break of it."""
    return any(
        any(ground.crossed_by(*step) for step in other.steps)
        or any(ground.meets(each) for each in other.breaks)
        for ground in one.breaks
    )
