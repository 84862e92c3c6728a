"""How what stands one under the other is shared out among slides: as few as can be, and these as evenly filled as can be."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import inf

LEAST_FILLED, SPARSE = 0.5, 2
"""Of the room of a slide that is taken at least, and how many parts of a section on one slide an emptier one counts as."""
Cost = tuple[float, float]
"""What a slide is to be spared first, as parts of a section that it mixes, and the square of the points that it is filled with."""
_Way = tuple[float, float, float, tuple[range, ...]]


def fewest(count: int, cost_of: Callable[[range], Cost | None]) -> list[range]:
    """``count`` things in the fewest slides, of those ways the one that costs least; ``cost_of`` neighbours is None where a slide has no
    room for them, which one alone always has."""

    @cache
    def best(at: int) -> _Way:
        """(slides, first cost, second cost, slides in order) of the things from ``at`` on."""
        if at == count:
            return 0, 0.0, 0.0, ()
        found = list[_Way]()
        for end in range(at + 1, count + 1):
            part = range(at, end)
            own = cost_of(part)
            if own is None and found:
                break
            first, second = own or (0.0, 0.0)
            slides, others, squares, parts = best(end)
            found.append((1 + slides, first + others, second + squares, (part, *parts)))
        # Of two ways alike, the one with more at first.
        return min(reversed(found), key=lambda each: each[:3], default=(inf, inf, inf, ()))

    return list(best(0)[3])
