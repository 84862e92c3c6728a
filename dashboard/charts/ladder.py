"""Dots that would lie in a heap on one line, one below the other instead: each with its label beside it, all on one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.dot_labels import Placed, Room, Wanted

LEAST = 4
"""Dots that make a heap; fewer find their labels room around them."""


def ladder(wanted: Sequence[Wanted], room: Room) -> tuple[list[Wanted], list[Placed]] | None:
    """Where each dot and its label stand, given from the least figure to the greatest; None where neither side has room for all.

    With labels on the left the greatest figure is on top, with labels on the right the least: what joins a dot to the next
    below it runs down from it and on to the next, past no label.
    """
    to_left = all(each.low - room.gap - each.width >= room.left for each in wanted)
    if not to_left and any(each.high + room.gap + each.width > room.right for each in wanted):
        return None
    middle, sign = (len(wanted) - 1) / 2, -1 if to_left else 1
    moved = [replace(each, down=sign * (at - middle) * room.tall) for at, each in enumerate(wanted)]
    places = [
        Placed(each.low - room.gap, "right", 0)
        if to_left
        else Placed(each.high + room.gap, "left", 0)
        for each in wanted
    ]
    return moved, places
