"""Figures on a line of percentages: where the dot of each stands, and how far its interval reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.dot_labels import Placed, Wanted
from dashboard.query import Row, Value

APART = 1
"""Pixels between two dots that do not touch, more than."""
_SEEN = 0.5
"""Share of a dot on a page that another on its line leaves of it at least."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure on its line; pixels."""

    value: Value
    x: float
    down: float
    """Pixels that its dot is moved down, so that dots at one place are both seen."""
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A line laid out: its figures from the least to the greatest, the places of their labels, and its name."""

    index: int
    row: Row
    spots: tuple[Spot, ...]
    wanted: tuple[Wanted, ...]
    places: tuple[Placed, ...]
    name: tuple[str, ...]
    note: tuple[str, ...]
    stepped: bool
    """Whether its dots stand one below the other."""
    based: bool = True
    """Whether labels say what their figures are shares of where these differ in that."""


def spots(
    values: Sequence[Value],
    at: Callable[[float], float],
    dot: float,
    *,
    intervals: bool,
    overlap: bool,
) -> list[Spot]:
    """The spots of figures from the least to the greatest; ``at`` gives the place of a percentage, dots are ``dot`` pixels wide.

    Dots stand on the line; of those that would touch, or where they may ``overlap`` cover more than half of each other, every second
    one is moved down by half, the one before it up. An interval may pass behind the dot of another.
    """
    least = dot * _SEEN if overlap else dot + APART
    found: list[Spot] = []
    for value in values:
        x = at(value.observation.value)
        known = value.evidence.interval if intervals else None
        low = min(x - dot / 2, at(known.low) if known else x)
        high = max(x + dot / 2, at(known.high) if known else x)
        near = found and x - found[-1].x <= least
        down = -found[-1].down or dot / 2 if near else 0.0
        if near and not found[-1].down:
            found[-1] = replace(found[-1], down=-down)
        found.append(Spot(value, x, down, low, high))
    return found


def touches(found: Sequence[Spot], spot: Spot, dot: float) -> bool:
    """Whether a spot stands beside another at the height of which it is, its dot ``dot`` pixels wide, and no further than would touch."""
    return any(
        other is not spot and other.down == spot.down and abs(other.x - spot.x) <= dot + APART
        for other in found
    )
