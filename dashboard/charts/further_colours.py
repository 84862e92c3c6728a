"""Colours for countries and sectors that have none of their own, each told apart from all others in the data.

What has a colour of its own keeps it. Then come the spare colours of the palette, those that the data leaves free, and
after them whatever is furthest from everything in use, among colours that are seen on the ground. The same codes of the
data give the same colours; a code that comes last changes no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from dashboard.charts.colour import SEEN, Seen, contrast, distances, mixed, seen

Shades = tuple[str, ...]
"""The colour of a code, and of a country a second one for its managements: the same hue."""
APART = 0.08
"""Distance in OKLab that two codes need, and the two shades of one; about four just noticeable differences."""
SHADES_APART = 0.03
"""Distance that any two shades of two codes need: workplaces and managements differ in the shape of their marks, too."""
_LEVELS = range(0, 256, 24)
"""Of red, green and blue in the colours that are looked through."""
_COLOURED = 0.05
"""Distance in OKLab from grey that they need."""
_MIXTURES = (0.2, 0.35, 0.5, 0.65, 0.8)
"""How much of a country's colour that of its managements may have; the rest is black or white."""
_TOLD_APART = 64
"""Codes that have colours of their own."""
_KEPT = 64


@lru_cache(maxsize=_KEPT)
def given(
    held: tuple[tuple[str, Shades], ...],
    spare: tuple[Shades, ...],
    known: tuple[str, ...],
    ground: str,
) -> Mapping[str, Shades]:
    """Code -> shades of every code in ``known``: those it holds, else some that are apart from all others.

    Of each code there are as many shades as of the spare ones. Where no colour is far enough from all in use, the
    furthest is taken; of more than _TOLD_APART codes the last have the colours of the first of them again.
    """
    own = dict(held)
    made = {code: own[code] for code in known if code in own}
    offered = [*spare, *(shades for code, shades in held if code not in known)]
    furthest: _Furthest | None = None
    for code in known:
        if code in made:
            continue
        if len(made) >= _TOLD_APART:
            # Far more than anyone tells apart: each goes as far as the others.
            made[code] = [*made.values()][len(made) % _TOLD_APART]
            continue
        used = tuple(made.values())
        found = next((each for each in offered if _room([each], used)[0] >= 1), None)
        if found is None:
            furthest = furthest or _Furthest(_candidates(len(spare[0]), ground))
            found = furthest.from_all(used)
        else:
            offered.remove(found)
        made[code] = found
    return MappingProxyType(made)


class _Furthest:
    """Finds the candidate with most room; what is in use is measured once, however many more come to it."""

    def __init__(self, candidates: Sequence[Shades]) -> None:
        self._candidates = candidates
        self._shades = [seen(of_all) for of_all in zip(*candidates, strict=True)]
        self._room = _own_room(self._shades)
        self._measured = 0

    def from_all(self, used: Sequence[Shades]) -> Shades:
        """The first candidate with most room; ``used`` begins with those of the call before."""
        room = _room_beside(self._shades, used[self._measured :])
        self._room, self._measured = np.minimum(self._room, room), len(used)
        return self._candidates[int(self._room.argmax())]


def _room(candidates: Sequence[Shades], used: Sequence[Shades]) -> npt.NDArray[np.float64]:
    """For each candidate the least of its distances, as a multiple of the distance needed: 1 or more is enough."""
    shades = [_seen(of_all) for of_all in zip(*candidates, strict=True)]
    room: npt.NDArray[np.float64] = np.minimum(_own_room(shades), _room_beside(shades, used))
    return room


def _own_room(shades: Sequence[Seen]) -> npt.NDArray[np.float64]:
    """The same between the first shade and each other of one candidate, whatever is in use."""
    apart = [np.linalg.norm(shades[0] - each, axis=-1).min(axis=-1) / APART for each in shades[1:]]
    room: npt.NDArray[np.float64] = np.min([np.full(len(shades[0]), np.inf), *apart], axis=0)
    return room


def _room_beside(shades: Sequence[Seen], used: Sequence[Shades]) -> npt.NDArray[np.float64]:
    """The same between candidates and what is in use."""
    firsts = _seen(tuple(each[0] for each in used))
    every = _seen(tuple(shade for each in used for shade in each))
    nearest = [_nearest(shades[0], firsts) / APART]
    nearest += [_nearest(each, every) / SHADES_APART for each in shades]
    room: npt.NDArray[np.float64] = np.min(nearest, axis=0)
    return room


def _nearest(colours: Seen, used: Seen) -> npt.NDArray[np.float64]:
    """For each colour the distance of the nearest used one; infinite where none is used."""
    nearest: npt.NDArray[np.float64] = distances(colours, used).min(axis=1, initial=np.inf)
    return nearest


@lru_cache(maxsize=_KEPT)
def _seen(colours: tuple[str, ...]) -> Seen:
    return seen(colours)


@lru_cache(maxsize=4)
def _candidates(shades: int, ground: str) -> tuple[Shades, ...]:
    """Colours that are seen on a ground, each alone or with every second shade that is seen there, too."""
    firsts = _coloured(ground)
    if shades == 1:
        return tuple((own,) for own in firsts)
    return tuple(
        (own, second)
        for own in firsts
        for end, share in product(("#000000", "#ffffff"), _MIXTURES)
        if contrast(second := mixed(own, end, share), ground) >= SEEN
    )


def _coloured(ground: str) -> Iterator[str]:
    names = [
        "#" + "".join(f"{each:02x}" for each in levels) for levels in product(_LEVELS, repeat=3)
    ]
    from_grey = np.linalg.norm(seen(names)[:, 0, 1:], axis=-1)
    for name, distance in zip(names, from_grey.tolist(), strict=True):
        if distance >= _COLOURED and contrast(name, ground) >= SEEN:
            yield name
