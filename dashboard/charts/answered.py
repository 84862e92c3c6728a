"""On how many answers figures rest beside others of the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.query import Measure, Value


def is_outnumbered(at: int, held_by: Mapping[int, Sequence[Value]], left: Iterable[int]) -> bool:
    """Whether of each indicator and country that panel ``at`` has in common with the others ``left`` its figures rest on fewer answers;
    there is one, and their numbers are known."""
    own = _most(held_by[at])
    beside = _most(value for each in left if each != at for value in held_by[each])
    both = own.keys() & beside.keys()
    return bool(both) and all(own[each] < beside[each] for each in both)


def _most(values: Iterable[Value]) -> dict[tuple[str, Measure], int]:
    """(country, indicator) -> the largest number of answers that one of its figures rests on, as far as that is known."""
    found: dict[tuple[str, Measure], int] = {}
    for value in values:
        if value.observation.n is not None:
            key = value.respondents.country, value.measure
            found[key] = max(found.get(key, 0), value.observation.n)
    return found
