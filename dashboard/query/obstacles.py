"""What forbids comparing the figures of a row or panel that is one indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from dashboard.comparability import (
    NO,
    VISIBLE_DIFFERENCES,
    ReasonKind,
    SmallBaseThresholds,
    verdict,
)
from dashboard.dataset import Dataset, Observation
from dashboard.query.types import Panel, Row

Line = TypeVar("Line", Row, Panel)


def judged(
    dataset: Dataset, thresholds: SmallBaseThresholds, line: Line, figures: Sequence[Observation]
) -> Line:
    """A row or panel with what forbids comparing its figures."""
    return replace(line, obstacles=_obstacles(dataset, thresholds, figures))


def _obstacles(
    dataset: Dataset, thresholds: SmallBaseThresholds, figures: Sequence[Observation]
) -> tuple[ReasonKind, ...]:
    """Kinds of reasons that forbid some comparison among figures, apart from whose answers they are."""
    kinds: dict[ReasonKind, None] = {}
    for first, second in combinations(figures, 2):
        found = verdict(dataset, first, second, thresholds)
        if found.beyond_visible_differences == NO:
            kinds |= dict.fromkeys(
                reason.kind
                for reason in found.reasons
                if reason.verdict == NO and reason.kind not in VISIBLE_DIFFERENCES
            )
    return tuple(kinds)
