"""Where the labels of dots on one line stand, so that none covers another, a dot or what lies between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, permutations

from dashboard.charts.drawing import Anchor

APART = 8.0
"""Pixels between two labels."""
_CLEAR = 2.0
"""Pixels between a leader and a label it passes."""
_TRIED = 120
"""Orders that are tried at most: all of five labels."""
_ANCHORS: tuple[Anchor, ...] = ("left", "center", "right")
_OVERLAP = 6.0
"""Pixels that a label reaches beyond its dot."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dot and its label: where the dot is, and where it begins and ends with its interval; pixels."""

    x: float
    low: float
    high: float
    width: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands: ``lane`` 0 is that of the dots, 1, 2 ... lie above it, -1, -2 ... below."""

    x: float
    anchor: Anchor
    lane: int

    def ends(self, width: float) -> tuple[float, float]:
        """Left and right end of a label of this width."""
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.anchor]
        return left, left + width


def placed(wanted: Sequence[Wanted], left: float, right: float, gap: float) -> list[Placed]:
    """A place for each label, given from the least figure to the greatest.

    The first stands left of all dots and the last right of them, ``gap`` pixels away, where there is room between ``left``
    and ``right``; every other in the nearest lane above or below in which it is free.
    """
    beside: dict[int, Placed] = {}
    if not wanted:
        return []
    low, high = min(each.low for each in wanted), max(each.high for each in wanted)
    last = len(wanted) - 1
    if low - gap - wanted[0].width >= left:
        beside[0] = Placed(low - gap, "right", 0)
    if last and high + gap + wanted[last].width <= right:
        beside[last] = Placed(high + gap, "left", 0)
    # From both ends inwards: outer labels reach outwards, so that those further in find room over their dots.
    inwards = sorted(
        (at for at in range(len(wanted)) if at not in beside), key=lambda at: min(at, last - at)
    )
    orders = chain([inwards], islice(permutations(inwards), _TRIED))
    tried = (_in_order(wanted, beside, order, left, right) for order in orders)
    found = next((each for each in tried if each), None) or {
        **beside,
        **{at: _alone(wanted, at, lane, left, right) for lane, at in enumerate(inwards, start=1)},
    }
    return [found[at] for at in range(len(wanted))]


def _alone(wanted: Sequence[Wanted], at: int, lane: int, left: float, right: float) -> Placed:
    """A place in a lane of its own, where no order leaves every label free."""
    return _candidates(wanted[at], lane, left, right, "right")[0]


def _in_order(
    wanted: Sequence[Wanted],
    beside: dict[int, Placed],
    order: Sequence[int],
    left: float,
    right: float,
) -> dict[int, Placed] | None:
    """Every label in the nearest lane that is free when its turn comes; None where one finds none."""
    found = dict(beside)
    for at in order:
        place = _free(wanted, found, at, left, right)
        if place is None:
            return None
        found[at] = place
    return found


def _free(
    wanted: Sequence[Wanted], found: dict[int, Placed], at: int, left: float, right: float
) -> Placed | None:
    """The nearest free place of a label, in the lanes in use or just beyond; None where leaders leave none."""
    each = wanted[at]
    beyond = max((abs(place.lane) for place in found.values()), default=0) + 1
    outwards: Anchor = "right" if at < len(wanted) / 2 else "left"
    for lane in (sign * distance for distance in range(1, beyond + 1) for sign in (1, -1)):
        for place in _candidates(each, lane, left, right, outwards):
            if _is_free(wanted, found, at, place):
                return place
    return None


def _candidates(
    each: Wanted, lane: int, left: float, right: float, outwards: Anchor
) -> list[Placed]:
    """Places of a label in a lane: reaching outwards from its dot, over it, reaching inwards, else pushed inside the edges."""
    anchors = sorted(_ANCHORS, key=lambda anchor: (anchor != outwards, anchor != "center"))
    overlap = {"left": -_OVERLAP, "center": 0.0, "right": _OVERLAP}
    places = [Placed(each.x + overlap[anchor], anchor, lane) for anchor in anchors]
    fitting = [
        place
        for place in places
        if place.ends(each.width)[0] >= left and place.ends(each.width)[1] <= right
    ]
    pushed = Placed(max(left, min(each.x - each.width / 2, right - each.width)), "left", lane)
    return [*fitting, pushed]


def _is_free(wanted: Sequence[Wanted], found: dict[int, Placed], at: int, place: Placed) -> bool:
    """Whether a label covers no other, no leader of another passes through it, and its own leader through none."""
    start, end = place.ends(wanted[at].width)
    for other, held in found.items():
        same_side = held.lane * place.lane > 0
        other_start, other_end = held.ends(wanted[other].width)
        if held.lane == place.lane and start < other_end + APART and other_start < end + APART:
            return False
        if (
            same_side
            and abs(held.lane) > abs(place.lane)
            and start - _CLEAR < wanted[other].x < end + _CLEAR
        ):
            return False
        if (
            same_side
            and abs(held.lane) < abs(place.lane)
            and other_start - _CLEAR < wanted[at].x < other_end + _CLEAR
        ):
            return False
    return True
