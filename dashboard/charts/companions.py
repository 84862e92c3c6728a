"""Which figures of a line stand beside one that they go with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from dashboard.comparability import NO, SmallBaseThresholds, verdict
from dashboard.dataset import Dataset
from dashboard.query import Value

SEEN, ALIKE = 2, 3
"""How well figures go together that only what is seen keeps apart, and figures that may be compared."""


def of(
    dataset: Dataset,
    thresholds: SmallBaseThresholds,
    values: Sequence[Value],
    *,
    across_countries: bool,
    near: bool = False,
) -> dict[int, int]:
    """Position -> how well it goes with another, of the figures that nothing but what is seen keeps apart from another of them: of
    another country, or else of the same answer; ``near``: shares of nearly the same thing too."""
    found: dict[int, int] = {}
    for first, second in combinations(values, 2):
        one, other = first.observation, second.observation
        alike = one.country == other.country if across_countries else one.response != other.response
        if alike:
            continue
        between = verdict(dataset, one, other, thresholds)
        apart = not near and any(reason.kind == "base_near" for reason in between.reasons)
        if between.beyond_visible_differences == NO or apart:
            continue
        rank = SEEN if between.kind == NO else ALIKE
        for position in (one.position, other.position):
            found[position] = max(rank, found.get(position, rank))
    return found
