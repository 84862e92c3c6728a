"""The ramp of colours of each base: the same in every section, on the page, in pictures and on slides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import count

from dashboard.query import Section
from dashboard.text import Localizer

_LOCALIZERS_KEPT = 16


@lru_cache(maxsize=_LOCALIZERS_KEPT)
def ramps(loc: Localizer) -> Mapping[str, int]:
    """What percentages are shares of -> its ramp, an index; no two that a theme has figures of have the same.

    In the order of the list of bases each takes the first that is left. Data may need more than ``roles.RAMPS``.
    """
    dataset = loc.dataset
    together: dict[str, set[str]] = {}
    for row in dataset.observations:
        theme = dataset.indicators[row.indicator].theme
        together.setdefault(theme, set()).add(row.base)
    found: dict[str, int] = {}
    for base in dataset.codes["base"]:
        beside = set().union(*(bases for bases in together.values() if base in bases))
        taken = {found[each] for each in beside if each in found}
        found[base] = next(ramp for ramp in count() if ramp not in taken)
    return found


def unheaded(section: Section) -> list[str]:
    """What percentages of the section are shares of, in order of appearance, without what stands over a part of its panels."""
    parts = len({panel.part for panel in section.panels})
    headed = {panel.base for panel in section.panels} if parts > 1 else set[str]()
    found = dict.fromkeys(value.observation.base for value in section.values)
    return [base for base in found if base not in headed]
