"""The ramp of colours of each base: the same in every section, on the page, in pictures and on slides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import count

from dashboard.query import Section
from dashboard.query.facts import BaseKind, base_kind
from dashboard.text import Localizer

_LOCALIZERS_KEPT = 16


@lru_cache(maxsize=_LOCALIZERS_KEPT)
def ramps(loc: Localizer) -> Mapping[BaseKind, int]:
    """What percentages are shares of -> its ramp, an index; no two that a theme has figures of have the same.

    In the order of the list of bases each takes the first that is left. Data may need more than ``roles.RAMPS``.
    """
    dataset = loc.dataset
    together: dict[str, set[BaseKind]] = {}
    for row in dataset.observations:
        theme = dataset.indicators[row.indicator].theme
        together.setdefault(theme, set()).add(base_kind(row.base))
    found: dict[BaseKind, int] = {}
    for kind in dict.fromkeys(map(base_kind, dataset.codes["base"])):
        beside = set().union(*(kinds for kinds in together.values() if kind in kinds))
        taken = {found[each] for each in beside if each in found}
        found[kind] = next(ramp for ramp in count() if ramp not in taken)
    return found


def bases_of(section: Section) -> dict[BaseKind, list[str]]:
    """What percentages of the section are shares of -> its bases, in order of appearance."""
    found: dict[BaseKind, list[str]] = {}
    for base in dict.fromkeys(value.observation.base for value in section.values):
        found.setdefault(base_kind(base), []).append(base)
    return found
