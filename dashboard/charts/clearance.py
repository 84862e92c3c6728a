"""Room for texts in a plot: what stands there already, and whether a text would lie on it. Places are in pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Spot = tuple[float, float]
"""x and y of a point."""
Stroke = tuple[Spot, Spot]
"""The ends of a straight line."""
CLEAR = 1.5
"""Pixels kept free around a text."""


class Area(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, wide: float, tall: float) -> Area:
        """A rectangle whose middle is at (x, y)."""
        return cls(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)

    @property
    def middle(self) -> Spot:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: Area) -> bool:
        """Whether the two share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crossed_by(self, start: Spot, end: Spot) -> bool:
        """Whether a straight line passes through (Liang and Barsky's clipping, 1984)."""
        along, across = end[0] - start[0], end[1] - start[1]
        enters, leaves = 0.0, 1.0
        for step, room in (
            (-along, start[0] - self.left),
            (along, self.right - start[0]),
            (-across, start[1] - self.top),
            (across, self.bottom - start[1]),
        ):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                enters = max(enters, room / step)
            else:
                leaves = min(leaves, room / step)
        return enters < leaves

    def grown(self, pixels: float) -> Area:
        """The rectangle with ``pixels`` more on each side."""
        return Area(
            self.left - pixels, self.top - pixels, self.right + pixels, self.bottom + pixels
        )


@dataclass(slots=True)
class Clearance:
    """What texts must keep clear of, within ``bounds``."""

    bounds: Area
    areas: list[Area] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    def is_free(self, area: Area) -> bool:
        """Whether a text in ``area`` lies within the bounds and on nothing."""
        bounds, wanted = self.bounds, area.grown(CLEAR)
        return (
            bounds.left <= area.left
            and bounds.top <= area.top
            and area.right <= bounds.right
            and area.bottom <= bounds.bottom
            and not any(wanted.meets(other) for other in self.areas)
            and not any(wanted.crossed_by(*stroke) for stroke in self.strokes)
        )

    def first_free(self, candidates: Iterable[Area]) -> Area | None:
        """The first of several places that is free, taken from now on; None where none is."""
        found = next(filter(self.is_free, candidates), None)
        if found:
            self.areas.append(found)
        return found


def by_rank(places: Iterable[Area], rank: Callable[[Area], int]) -> Iterator[Area]:
    """Places in the order of their ranks, 0 or more, those of one as they came: one of rank 0 without a look at those behind it."""
    later: dict[int, list[Area]] = {}
    for place in places:
        if at := rank(place):
            later.setdefault(at, []).append(place)
        else:
            yield place
    for at in sorted(later):
        yield from later[at]
