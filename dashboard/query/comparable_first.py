"""Which indicators stand for a theme where few are shown: those by which most countries can be set side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from dashboard.comparability import NO, SmallBaseThresholds, verdict
from dashboard.dataset import Dataset, Observation


def comparable_first(
    dataset: Dataset,
    thresholds: SmallBaseThresholds,
    indicators: Sequence[str],
    rows: Iterable[Observation],
) -> list[str]:
    """Indicators by how many countries have a figure among ``rows`` that nothing but what is seen, such as its sector, keeps
    apart from one of another country; of equally many in the order given."""
    figures: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        figures[row.indicator].append(row)

    def countries(indicator: str) -> int:
        found: set[str] = set()
        for first, second in combinations(figures[indicator], 2):
            both = {first.country, second.country}
            if len(both) > 1 and not both <= found:
                judged = verdict(dataset, first, second, thresholds)
                if judged.beyond_visible_differences != NO:
                    found |= both
        return len(found)

    return sorted(indicators, key=lambda indicator: -countries(indicator))
