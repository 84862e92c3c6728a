"""Figures on a line of percentages: where the dot of each stands, and how far its interval reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.dot_labels import Placed, Wanted
from dashboard.query import Row, Value

APART = 1
"""Pixels between two dots that do not touch, more than."""


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
    values: Sequence[Value], at: Callable[[float], float], dot: float, *, intervals: bool
) -> list[Spot]:
    """The spots of figures from the least to the greatest; ``at`` gives the place of a percentage, dots are ``dot`` pixels wide.

    Dots stand on the line; of those that would touch every second one is moved down by half, the one before it up. An interval may
    pass behind the dot of another.
    """
    found: list[Spot] = []
    for value in values:
        x = at(value.observation.value)
        known = value.evidence.interval if intervals else None
        low = min(x - dot / 2, at(known.low) if known else x)
        high = max(x + dot / 2, at(known.high) if known else x)
        near = found and x - found[-1].x <= dot + APART
        down = -found[-1].down or dot / 2 if near else 0.0
        if near and not found[-1].down:
            found[-1] = replace(found[-1], down=-down)
        found.append(Spot(value, x, down, low, high))
    return found
