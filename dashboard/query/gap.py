"""The difference between two figures that stand in no family of tested pairs: its size, and an interval for the pair alone."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import statistics
from dashboard.dataset import Dataset, Observation
from dashboard.query.evidence import answers, share


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference in percentage points, from the second figure to the first."""

    points: float
    interval: tuple[float, float] | None
    """Newcombe's 95 % interval; None where the number of answers is not known for both."""


def gap(dataset: Dataset, first: Observation, second: Observation) -> Gap:
    """The difference between two figures; whether they may be compared is another question."""
    n_first, n_second = (answers(dataset, row)[0] for row in (first, second))
    points = share(first) - share(second)
    if not n_first or not n_second:
        return Gap(points, None)
    _, low, high = statistics.newcombe(share(first), n_first, share(second), n_second)
    return Gap(points, (float(low), float(high)))
