"""Lines of a panel of a change over editions whose breaks lie on another line: which of them gives way."""

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


def giving_way(ways: Sequence[Way]) -> set[int]:
    """Indices of the lines without which no break lies on another line: of two the one that does not lead, else the later."""
    gone: set[int] = set()
    for (first, one), (second, other) in combinations(enumerate(ways), 2):
        if gone.isdisjoint((first, second)) and (_covers(one, other) or _covers(other, one)):
            gone.add(first if other.leads and not one.leads else second)
    return gone


def _covers(one: Way, other: Way) -> bool:
    """Whether a break of one line lies on the other or a break of it."""
    return any(
        any(ground.crossed_by(*step) for step in other.steps)
        or any(ground.meets(each) for each in other.breaks)
        for ground in one.breaks
    )
