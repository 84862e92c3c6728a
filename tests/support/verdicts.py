"""Verdicts between published figures."""

from __future__ import annotations

from itertools import combinations

from dashboard.comparability import (
    SmallBaseThresholds,
    Verdict,
    verdict,
)
from dashboard.dataset import Observation
from tests.support import views

LIMITS = SmallBaseThresholds()


def judge(
    first: Observation, second: Observation, thresholds: SmallBaseThresholds = LIMITS
) -> Verdict:
    return verdict(views.index().dataset, first, second, thresholds)


def kinds(judged: Verdict, weight: str = "") -> set[str]:
    """Kinds of the reasons, of one weight or all."""
    return {reason.kind for reason in judged.reasons if weight in ("", reason.verdict)}


BROAD, OTHERS = "broad-innovators", "others"


def same_indicator() -> list[tuple[Observation, Observation]]:
    """Every two figures of one indicator."""
    by_indicator: dict[str, list[Observation]] = {}
    for row in views.index().dataset.observations:
        by_indicator.setdefault(row.indicator, []).append(row)
    return [pair for rows in by_indicator.values() for pair in combinations(rows, 2)]
