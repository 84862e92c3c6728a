"""How sure a figure is: its interval, its small base, and what can be said where everybody was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, overload

from dashboard import statistics
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset, Estimate, Observation, Survey

IntervalKind = Literal["wilson", "approximate", "possible", "design"]
WILSON: Final = "wilson"
APPROXIMATE: Final = "approximate"
POSSIBLE: Final = "possible"
DESIGN: Final = "design"
NoInterval = Literal["", "worded", "n_unknown"]
SmallBase = Literal["", "few", "very_few"]
_KEPT = 4096
"""Figures whose evidence stays once it was asked for."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What is drawn as a thin line, in percent."""

    low: float
    high: float
    n: int
    """Answers it is reckoned with; by the design those of a simple random sample that would be as sure."""
    kind: IntervalKind
    """wilson: a 95 % Wilson interval. approximate: the same, with the most that n can be in place of an n that is not
    published. possible: everybody was asked and few are; the share whatever those who did not answer would say. design: of a
    computed figure, by the design of its survey."""


@dataclass(frozen=True, slots=True)
class Census:
    """A figure of a survey that asked everybody. Percentages 0-100."""

    count: int
    """Answers that make up the percentage."""
    n: int
    answered: int
    """Who answered the survey in this sector; n counts those of them whom the figure is about."""
    asked: tuple[int, int]
    """The fewest and the most that were asked, as far as the printed response rate tells."""
    possible: tuple[float, float]
    """The share whatever those who did not answer would say."""
    finite: tuple[float, float]
    """The 95 % interval if those who did not answer resemble those who did."""

    @property
    def missing(self) -> int:
        """The most that did not answer."""
        return self.asked[1] - self.answered


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of how sure one figure is."""

    interval: Interval | None
    no_interval: NoInterval
    """Why there is none: ``worded`` (about, over, under) or ``n_unknown``; blank where there is one."""
    few: SmallBase
    """``very_few`` or ``few`` answers; blank otherwise."""
    census: Census | None = None

    @property
    def most_answers(self) -> int | None:
        """Where n is not published the most that it can be, if that is known."""
        known = self.interval
        return known.n if known and known.kind == APPROXIMATE else None


class EvidenceOf(Sequence[Evidence]):
    """The evidence of every figure in the order of the observations, each worked out when it is first asked for."""

    def __init__(self, dataset: Dataset, thresholds: SmallBaseThresholds) -> None:
        self._dataset = dataset
        self._thresholds = thresholds
        self._found: dict[int, Evidence] = {}

    def __len__(self) -> int:
        return len(self._dataset.observations)

    @overload
    def __getitem__(self, position: int) -> Evidence: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Evidence, ...]: ...
    def __getitem__(self, position: int | slice) -> Evidence | tuple[Evidence, ...]:
        if isinstance(position, slice):
            return tuple(self[at] for at in range(*position.indices(len(self))))
        found = self._found.get(position)
        if found is None:
            row = self._dataset.observations[position]
            if len(self._found) >= _KEPT:
                self._found.clear()
            found = self._found[row.position] = evidence(self._dataset, row, self._thresholds)
        return found


def evidence(dataset: Dataset, row: Observation, thresholds: SmallBaseThresholds) -> Evidence:
    """The evidence of one figure."""
    n, most = answers(dataset, row)
    estimate = dataset.estimates.get(row.position)
    interval = None
    if estimate:
        interval = Interval(estimate.low, estimate.high, effective(estimate), DESIGN)
    elif n:
        low, high = statistics.wilson(share(row), n)
        interval = Interval(float(low), float(high), n, APPROXIMATE if most else WILSON)
    few: SmallBase = ""
    if row.n is not None:
        few = (
            "very_few"
            if row.n < thresholds.very_small
            else "few"
            if row.n < thresholds.small
            else ""
        )
    reason: NoInterval = "" if interval else "worded" if row.qualifier != "exact" else "n_unknown"
    everybody = _census(dataset, row) if interval and interval.kind == WILSON else None
    if everybody and few == "very_few":
        interval = Interval(*everybody.possible, everybody.n, POSSIBLE)
    return Evidence(interval, reason, few, everybody)


def answers(dataset: Dataset, row: Observation) -> tuple[int | None, bool]:
    """(answers to reckon with, whether they are only the most that n can be); None where no interval can be given."""
    if row.qualifier != "exact":
        return None, False
    estimate = dataset.estimates.get(row.position)
    if estimate:
        return effective(estimate), False
    if row.n is not None:
        return row.n, False
    survey = dataset.surveys[row.survey_id]
    if row.sector != "all" or row.dimension:
        return None, False
    most = {"innovations": survey.innovations_n, "workplaces": survey.respondents}.get(row.base)
    return (most, True) if row.level == "workplace" else (None, False)


def effective(estimate: Estimate) -> int:
    """The effective number of answers of a computed figure, in whole answers; at least 1."""
    return max(1, int(estimate.n_effective))


def share(row: Observation) -> float:
    """The percentage to reckon with: from the printed count where there is one."""
    return 100 * row.count / row.n if row.count is not None and row.n else row.value


def known_count(row: Observation, known: Evidence) -> int | None:
    """Answers that make up a percentage: the printed count, or where everybody was asked the only one that fits; else None."""
    if row.count is not None or not known.census:
        return row.count
    fitting = statistics.whole_counts(row.value, known.census.n)
    return fitting[0] if len(fitting) == 1 else None


def census_of(dataset: Dataset, row: Observation) -> Survey | None:
    """The survey that asked everybody, where a figure comes from one; else None.

    A workplace survey takes its organisations from the survey of managements: same country, same period.
    """
    survey = dataset.surveys[row.survey_id]
    if survey.level == "workplace" and row.base.endswith("organisations"):
        others = (
            other
            for other in dataset.surveys.values()
            if (other.country, other.reference_period, other.level)
            == (survey.country, survey.reference_period, "central")
        )
        survey = next(others, survey)
    return survey if survey.design == "census" else None


def _census(dataset: Dataset, row: Observation) -> Census | None:
    survey = census_of(dataset, row)
    rate = dataset.response_rates.get((survey.survey_id, row.sector)) if survey else None
    n = row.n
    counts = statistics.whole_counts(row.value, n) if n else range(0)
    if rate is None or rate.respondents is None or not n or not counts or n > rate.respondents:
        return None
    asked = _asked(rate.invited or rate.population, rate.respondents, rate.response_rate)
    if asked is None:
        return None
    count = (
        row.count
        if row.count is not None
        else min(counts, key=lambda each: abs(100 * each / n - row.value))
    )
    missing = asked[1] - rate.respondents
    return Census(
        count=count,
        n=n,
        answered=rate.respondents,
        asked=asked,
        possible=statistics.possible_range(count, n, missing),
        finite=statistics.finite_wilson(100 * count / n, n, n * asked[0] / rate.respondents),
    )


@lru_cache
def _asked(printed: int | None, answered: int, rate: float | None) -> tuple[int, int] | None:
    """The fewest and the most that can have been asked: as printed, else every number that gives the printed rate."""
    if printed:
        return printed, printed
    if not rate:
        return None
    around = range(answered, round(answered * 100 / rate * 1.1) + 2)
    fitting = [asked for asked in around if answered in statistics.whole_counts(rate, asked)]
    return (fitting[0], fitting[-1]) if fitting else None
