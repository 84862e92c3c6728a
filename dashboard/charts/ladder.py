"""Dots that would lie in a heap on one line, one below the other instead: each with its label beside it, all on one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import hypot

from dashboard.charts.dot_labels import Placed, Room, Wanted

CROWDED = 4
"""Dots that stand together before there is no room for a name each over and under them."""


def is_crowded(places: Sequence[float], room: float) -> bool:
    """Whether so many of some dots, from left to right, stand within ``room`` pixels."""
    last = places[CROWDED - 1 :]
    return any(after - before < room for before, after in zip(places, last, strict=False))


def is_near(places: Sequence[float], room: float) -> bool:
    """Whether two neighbours stand within ``room`` pixels."""
    return any(after - before < room for before, after in pairwise(places))


def ladder(wanted: Sequence[Wanted], room: Room) -> tuple[list[Wanted], list[Placed]] | None:
    """Where each dot and its label stand, given from the least figure to the greatest; None where neither side has room for all
    labels, each nearest to its own dot.

    With labels on the left the greatest figure is on top, with labels on the right the least.
    """
    sides = (_left_of(wanted, room), _right_of(wanted, room))
    return next((side for side in sides if side and _near(*side)), None)


def _left_of(wanted: Sequence[Wanted], room: Room) -> tuple[list[Wanted], list[Placed]] | None:
    if any(each.low - room.gap - each.width < room.left for each in wanted):
        return None
    return _moved(wanted, -room.tall), [Placed(each.low - room.gap, "right", 0) for each in wanted]


def _right_of(wanted: Sequence[Wanted], room: Room) -> tuple[list[Wanted], list[Placed]] | None:
    if any(each.high + room.gap + each.width > room.right for each in wanted):
        return None
    return _moved(wanted, room.tall), [Placed(each.high + room.gap, "left", 0) for each in wanted]


def _moved(wanted: Sequence[Wanted], step: float) -> list[Wanted]:
    """The dots, each ``step`` pixels below the one before."""
    middle = (len(wanted) - 1) / 2
    return [replace(each, down=step * (at - middle)) for at, each in enumerate(wanted)]


def _near(moved: Sequence[Wanted], places: Sequence[Placed]) -> bool:
    """Whether the end of each label is nearer to its own dot than to any other."""
    return all(
        abs(place.x - each.x) <= hypot(place.x - other.x, each.down - other.down)
        for each, place in zip(moved, places, strict=True)
        for other in moved
    )
