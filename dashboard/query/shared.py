"""Which countries may be compared with each other, and on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from itertools import combinations, permutations

import numpy as np

from dashboard.dataset.types import frozen
from dashboard.query.arrange import compared_position
from dashboard.query.filtering import filter_mask
from dashboard.query.index import DatasetIndex
from dashboard.query.row_sets import comparisons
from dashboard.selection import Selection

Shared = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Country -> other country -> indicators of which figures of both may be compared, in the order of the data."""


def shared_indicators(index: DatasetIndex, selection: Selection) -> Shared:
    """What countries share on the lines of a selection that compares countries; who shares nothing is not in it."""
    figures = index.dataset.observations
    rows = [figures[at] for at in np.flatnonzero(filter_mask(index, selection)).tolist()]
    on_line: dict[Hashable, set[tuple[str, str]]] = defaultdict(set)
    for position, lines in comparisons(index.dataset, selection, rows, index.may_compare).items():
        row = figures[position]
        header = compared_position(row, selection, index.dataset).row
        for line in lines:
            on_line[header, line].add((row.country, row.indicator))
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for members in on_line.values():
        for (country, indicator), (other, _) in permutations(members, 2):
            found[country][other].add(indicator)
    order = {indicator: at for at, indicator in enumerate(index.vocabulary.indicators)}
    return frozen(
        {
            country: frozen(
                {
                    other: tuple(sorted(shared, key=order.__getitem__))
                    for other in index.vocabulary.countries
                    if (shared := others.get(other))
                }
            )
            for country, others in found.items()
        }
    )


def of_several(shared: Shared, countries: tuple[str, ...]) -> tuple[str, ...]:
    """Indicators that any two of some countries share; those of the first two come first."""
    pairs = combinations(countries, 2)
    return tuple(
        dict.fromkeys(each for one, other in pairs for each in shared.get(one, {}).get(other, ()))
    )
