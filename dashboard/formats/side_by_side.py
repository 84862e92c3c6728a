"""Middles of labels in one direction, moved as little as keeps them clear of each other."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    wanted: Sequence[float], wide: Sequence[float], first: float, last: float
) -> list[float]:
    """Middles of labels side by side, moved as little to the left as to the right, clear of each other between two ends."""
    to_right = clear(wanted, wide, first, last)
    to_left = [-x for x in clear([-x for x in wanted[::-1]], wide[::-1], -last, -first)[::-1]]
    return [(one + other) / 2 for one, other in zip(to_right, to_left, strict=True)]


def clear(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Middles of labels from above, moved as little as keeps them clear of each other and between ``top`` and ``bottom``."""
    placed: list[float] = []
    for at, (y, tall) in enumerate(zip(wanted, heights, strict=True)):
        least = placed[-1] + (heights[at - 1] + tall) / 2 if placed else top
        placed.append(max(y, least))
    limit = bottom
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], limit - heights[at] / 2)
        limit = placed[at] - heights[at] / 2
    return placed
