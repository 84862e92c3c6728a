"""How sure the figures are: intervals, small bases, and differences between comparable figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from dashboard import statistics
from dashboard.comparability import NO, Limits, Verdict, verdict
from dashboard.dataset import Dataset, Observation, PublishedTest

LEVEL = 0.05
"""Adjusted p-values below it are called more than chance alone would give."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % Wilson interval in percent."""

    low: float
    high: float
    n: int
    approximate: bool
    """n is not published; the edition's number of innovations stands in for it, the most it can be."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of how sure one figure is."""

    interval: Interval | None
    no_interval: str
    """Why there is none: ``worded`` (about, over, under) or ``n_unknown``; blank where there is one."""
    few: str
    """``very_few`` or ``few`` answers; blank otherwise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two comparable figures of one row. Figures by position; ``first`` has the larger value."""

    first: Observation
    second: Observation
    verdict: Verdict
    published: PublishedTest | None
    """What the publication itself says of the two; it stands above our own test."""
    points: float
    low: float | None
    """Newcombe's 95 % interval of the difference in points; None where n of either is unknown."""
    high: float | None
    p: float | None
    """Two-sided, Holm-adjusted over the tested pairs of the row; None where n of either is unknown."""

    @property
    def across_break(self) -> bool:
        """Whether question, definition or coverage changed between the two, so that the gap may be the change's."""
        return any(ground.kind == "break" for ground in self.verdict.reasons)

    @property
    def clear(self) -> bool | None:
        """Whether the gap is larger than chance alone would give; None where neither we nor the source tested."""
        if self.published:
            return self.published.result == "different"
        return None if self.p is None else self.p < LEVEL


def evidence(dataset: Dataset, limits: Limits) -> tuple[Evidence, ...]:
    """The evidence of every figure, in the order of the observations."""
    known = [(row, *_answers(dataset, row)) for row in dataset.observations]
    tested = [(row, n, approximate) for row, n, approximate in known if n]
    intervals: dict[int, Interval] = {}
    if tested:
        lows, highs = statistics.wilson([row.value for row, _, _ in tested], [n for _, n, _ in tested])
        for (row, n, approximate), low, high in zip(tested, lows, highs, strict=True):
            intervals[row.position] = Interval(float(low), float(high), n, approximate)
    return tuple(_evidence(row, intervals.get(row.position), limits) for row in dataset.observations)


def _answers(dataset: Dataset, row: Observation) -> tuple[int | None, bool]:
    """(answers to reckon with, whether they only stand in for n); None where no interval can be given."""
    if row.qualifier != "exact":
        return None, False
    if row.n is not None:
        return row.n, False
    whole = row.sector == "all" and not row.dimension and row.base == "innovations"
    return (dataset.surveys[row.survey_id].innovations_n, True) if whole else (None, False)


def _evidence(row: Observation, interval: Interval | None, limits: Limits) -> Evidence:
    few = ""
    if row.n is not None:
        few = "very_few" if row.n < limits.very_small else "few" if row.n < limits.small else ""
    reason = "" if interval else "worded" if row.qualifier != "exact" else "n_unknown"
    return Evidence(interval, reason, few)


def differences(dataset: Dataset, rows: Sequence[Sequence[Observation]], limits: Limits) -> tuple[Difference, ...]:
    """Every pair of comparable figures that is tested or on which the publication reports, row by row."""
    published = {(each.survey_id, each.concept, frozenset((each.sector_a, each.sector_b))): each for each in dataset.published_tests}
    found: list[Difference] = []
    for row in rows:
        pairs = []
        for pair in combinations(row, 2):
            first, second = sorted(pair, key=lambda each: -each.value)
            if first.sector != second.sector and first.segment != second.segment:
                continue  # Two things differ at once: the gap would belong to neither.
            judged = verdict(dataset, first, second, limits)
            if judged.kind != NO:
                told = published.get((first.survey_id, first.concept, frozenset((first.sector, second.sector))))
                same = first.survey_id == second.survey_id and not first.dimension and not second.dimension
                pairs.append((first, second, judged, told if same else None))
        found.extend(_tested(pairs))
    return tuple(found)


def _tested(pairs: list[tuple[Observation, Observation, Verdict, PublishedTest | None]]) -> list[Difference]:
    own = [pair for pair in pairs if _testable(pair[0]) and _testable(pair[1])]
    results: dict[tuple[int, int], tuple[float, float, float]] = {}
    if own:
        values = [np.array([getattr(pair[at], name) for pair in own], dtype=float) for at in (0, 1) for name in ("value", "n")]
        _, lows, highs = statistics.newcombe(*values)
        adjusted = statistics.holm(statistics.two_sided_p(*values))
        for pair, low, high, p in zip(own, lows, highs, adjusted, strict=True):
            results[pair[0].position, pair[1].position] = (float(low), float(high), float(p))
    made = []
    for first, second, judged, told in pairs:
        low, high, p = results.get((first.position, second.position), (None, None, None))
        if told or p is not None:
            made.append(Difference(first, second, judged, told, first.value - second.value, low, high, p))
    return made


def _testable(row: Observation) -> bool:
    return row.qualifier == "exact" and row.n is not None


def comparable_set(positions: Sequence[int], may_compare: Callable[[int, int], bool]) -> list[int]:
    """The largest set of figures that may all be compared with each other; figures by position.

    Of equally large sets the one that starts first. A figure alone is no comparison: then the set is empty.
    """
    best: list[int] = []
    for seed in positions:
        members = [seed]
        for position in positions:
            if position != seed and all(may_compare(position, member) for member in members):
                members.append(position)
        if len(members) > len(best):
            best = members
    return sorted(best) if len(best) > 1 else []
