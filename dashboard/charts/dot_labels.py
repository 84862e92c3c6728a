"""Where the labels of dots on one line stand, so that none covers another, a dot or what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot, inf

from dashboard.charts.drawing import Anchor

APART = 8.0
"""Pixels between two labels."""
_PASSES = ((5.0, True), (2.0, True), (2.0, False))
"""Pixels between a leader and a label it passes, and whether a label stands on the side to which its dot is moved, as wanted
and where that leaves no place."""
_DOT = 6.0
"""Pixels beside the middle of a dot that another dot's leader keeps clear of."""
_MOST = 30
"""Labels of a line that are placed at its dots; more have no room there in any width."""
_LOOKS = 10_000
"""Times that it is looked whether a place is free, at most, before labels of a line count as having none."""
_ANCHORS: tuple[Anchor, ...] = ("center", "left", "right")
_OVERLAPS = (6.0, 0.0)
"""Pixels that a label reaches beyond the middle of its dot, in the order in which they are tried."""
_FURTHER, _LED = 1.5, 0.5
"""What a lane further out counts for, and a leader, beside a label that stands at its dot."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dot and its label: where the dot is, and where it begins and ends with its interval; pixels."""

    x: float
    low: float
    high: float
    width: float
    down: float = 0.0
    """Pixels that the dot stands below the line; its label is on the side to which it is moved."""
    lines: int = 1
    """Lines of the label in a list under the dots."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands: ``lane`` 0 is that of the dots, 1, 2 ... lie above it, -1, -2 ... below."""

    x: float
    anchor: Anchor
    lane: int
    led: bool = False
    """Whether a leader joins it to its dot: other dots lie nearer, or other labels between."""
    keyed: bool = False
    """Whether it stands in a list under the dots, behind a key in their colour, since leaders would cross labels."""

    def ends(self, width: float) -> tuple[float, float]:
        """Left and right end of a label of this width."""
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.anchor]
        return left, left + width


@dataclass(frozen=True, slots=True)
class Room:
    """Where labels may stand: from ``left`` to ``right``, ``gap`` from dots, in lanes ``tall`` pixels high; pixels."""

    left: float
    right: float
    gap: float
    tall: float


def placed(wanted: Sequence[Wanted], room: Room) -> list[Placed]:
    """A place for each label, given from the least figure to the greatest.

    The first stands left of all dots and the last right of them, where there is room, an only one on either side; every other
    above or below its dot, in the lanes that are few and near. A label whose own dot is not the nearest has a leader. Where leaders
    would cross labels, these are listed under the dots; all are where one is wider than there is room, or where there are more than
    _MOST.
    """
    beside: dict[int, Placed] = {}
    if not wanted:
        return []
    if len(wanted) > _MOST or any(each.width > room.right - room.left for each in wanted):
        listed = _listed(wanted, range(len(wanted)), room)
        return [listed[at] for at in range(len(wanted))]
    low, high = min(each.low for each in wanted), max(each.high for each in wanted)
    last = len(wanted) - 1
    if low - room.gap - wanted[0].width >= room.left:
        beside[0] = Placed(low - room.gap, "right", 0)
    if (last or not beside) and high + room.gap + wanted[last].width <= room.right:
        beside[last] = Placed(high + room.gap, "left", 0)
    # From both ends inwards: outer labels reach outwards, so that those further in find room over their dots.
    inwards = sorted(
        (at for at in range(len(wanted)) if at not in beside), key=lambda at: min(at, last - at)
    )
    for clear, strict in _PASSES:
        found = _Search(wanted, room, clear, strict).best(beside, inwards)
        if found:
            return [found[at] for at in range(len(wanted))]
    beside |= _listed(wanted, inwards, room)
    return [beside[at] for at in range(len(wanted))]


def _listed(wanted: Sequence[Wanted], indices: Iterable[int], room: Room) -> dict[int, Placed]:
    """A list under the dots, the greatest figure first."""
    found, lane = dict[int, Placed](), 1
    for at in sorted(indices, reverse=True):
        found[at] = Placed(room.left + room.tall, "left", -lane, keyed=True)
        lane += wanted[at].lines
    return found


@dataclass(slots=True)
class _Search:
    """The places that cost least: label by label, giving up a way as soon as it costs as much as one that is known."""

    wanted: Sequence[Wanted]
    room: Room
    clear: float
    strict: bool
    _looks: int = 0
    _found: dict[int, list[Placed]] = field(default_factory=dict)

    def best(
        self, held: Mapping[int, Placed], left: Sequence[int], bound: float = inf
    ) -> dict[int, Placed] | None:
        """The places of those ``held`` and of the labels that are ``left``; None where none cost less than ``bound``."""
        if not left:
            return dict(held)
        found, at, rest = None, left[0], left[1:]
        # Each label that is left costs 1 at least.
        spent = _cost(held) + len(rest)
        for place in self._places(at):
            if spent + _cost({at: place}) >= bound or self._looks > _LOOKS:
                break
            further = {**held, at: place}
            if self._is_free(held, at, place) and self._leaves_room(further, rest):
                whole = self.best(further, rest, bound)
                if whole:
                    found, bound = whole, _cost(whole)
        return found

    def _is_free(self, held: Mapping[int, Placed], at: int, place: Placed) -> bool:
        self._looks += 1
        return _is_free(self.wanted, held, at, place, self.clear)

    def _leaves_room(self, held: Mapping[int, Placed], left: Sequence[int]) -> bool:
        """Whether each label that is left still has a place."""
        return all(any(self._is_free(held, at, place) for place in self._places(at)) for at in left)

    def _places(self, at: int) -> list[Placed]:
        """Where a label may stand, the best first."""
        if at not in self._found:
            down = self.wanted[at].down
            sides: tuple[int, ...] = (1, -1)
            if down and (self.strict or not self._may_pass(at)):
                sides = (-1,) if down > 0 else (1,)
            lanes = (side * lane for lane in range(1, len(self.wanted) + 1) for side in sides)
            places = (
                place for lane in lanes for place in _candidates(self.wanted, at, lane, self.room)
            )
            self._found[at] = sorted(places, key=lambda place: _cost({at: place}))
        return self._found[at]

    def _may_pass(self, at: int) -> bool:
        """Whether a leader may leave a dot on either side: no other dot is in the way."""
        x = self.wanted[at].x
        return all(abs(each.x - x) > _DOT for index, each in enumerate(self.wanted) if index != at)


def _cost(found: Mapping[int, Placed]) -> float:
    """What lanes and leaders count for."""
    return sum(
        1 + _FURTHER * (abs(place.lane) - 1) + _LED * place.led
        for place in found.values()
        if place.lane
    )


def _candidates(wanted: Sequence[Wanted], at: int, lane: int, room: Room) -> list[Placed]:
    """Places of a label in a lane: over its dot, reaching outwards, reaching inwards, else pushed inside the edges."""
    each = wanted[at]
    outwards: Anchor = "right" if at < len(wanted) / 2 else "left"
    anchors = sorted(_ANCHORS, key=lambda anchor: (anchor != "center", anchor != outwards))
    places = [
        Placed(each.x + {"left": -overlap, "center": 0.0, "right": overlap}[anchor], anchor, lane)
        for overlap in _OVERLAPS
        for anchor in anchors
    ]
    fitting = [
        place
        for place in places
        if place.ends(each.width)[0] >= room.left and place.ends(each.width)[1] <= room.right
    ]
    pushed = max(room.left, min(each.x - each.width / 2, room.right - each.width))
    return [
        replace(place, led=_is_led(wanted, at, place, room))
        for place in (*fitting, Placed(pushed, "left", lane))
    ]


def _is_led(wanted: Sequence[Wanted], at: int, place: Placed, room: Room) -> bool:
    """Whether a label above or below stands further out than at the dots, or nearer to another dot than to its own."""
    if abs(place.lane) > 1:
        return True
    start, end = place.ends(wanted[at].width)
    middle, down = (start + end) / 2, height(wanted, place.lane, room.tall)
    far = [hypot(each.x - middle, each.down - down) for each in wanted]
    return any(other <= far[at] for index, other in enumerate(far) if index != at)


def height(wanted: Sequence[Wanted], lane: int, tall: float) -> float:
    """Pixels from the line down to the middle of a lane of labels, ``tall`` pixels high."""
    moved = max((abs(each.down) for each in wanted), default=0.0)
    sign = (lane < 0) - (lane > 0)
    return sign * moved - lane * tall


def _is_free(
    wanted: Sequence[Wanted], found: Mapping[int, Placed], at: int, place: Placed, clear: float
) -> bool:
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
            and start - clear < wanted[other].x < end + clear
        ):
            return False
        if (
            same_side
            and abs(held.lane) < abs(place.lane)
            and other_start - clear < wanted[at].x < other_end + clear
        ):
            return False
    return True
