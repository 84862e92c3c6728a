"""Which figures are tested against each other, and what came of it: fixed when the data are read.

A family holds the pairs that a reader would compare with one question in mind: the sectors of one survey, the parts of
one split within a sector, consecutive editions of one country and sector, the newest figures of the countries within one
sector. Each family is about one indicator and one answer of it, yes or the upper step of a scale; its p-values are
adjusted together. No filter, chart or arrangement changes them: a view only picks the pairs whose figures it draws.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from typing import Final, Literal

import numpy as np

from dashboard import statistics
from dashboard.comparability import NO, SmallBaseThresholds, Verdict, ground_abroad, verdict
from dashboard.dataset import PRIMARY, Dataset, Observation, PublishedTest
from dashboard.dataset.observations import Mask
from dashboard.query.evidence import answers, share
from dashboard.query.groups import Groups

LEVEL = 0.05
"""Adjusted p-values below it are called more than chance alone would give."""
FamilyKind = Literal["sectors", "parts", "editions", "countries"]
SECTORS: Final = "sectors"
PARTS: Final = "parts"
EDITIONS: Final = "editions"
COUNTRIES: Final = "countries"
Outcome = Literal["clear", "borderline", "unclear"]
CLEAR: Final = "clear"
BORDERLINE: Final = "borderline"
UNCLEAR: Final = "unclear"
Because = Literal["", "rounding", "design", "interval"]
DESIGN_EFFECT = 2
"""By how much weights and design may plausibly shrink the number of answers where they are not published."""
_FAMILIES_KEPT = 4096
"""Families whose figures stay known once they were asked for."""
_DIFFERENCES_KEPT = 200_000
"""Differences that stay tested, of the families that were asked for last; a family of 300 countries has 45,000."""


@dataclass(frozen=True, slots=True)
class Test:
    """Our own test of a difference."""

    low: float
    """Newcombe's 95 % interval of the difference in points, of this pair alone."""
    high: float
    p: float
    """Two-sided, from the figures as printed, adjusted by Holm over the family."""
    pairs: int
    """Pairs tested together."""
    outcome: Outcome
    """clear: more than chance alone would give, however the percentages were rounded, and with half the answers where
    weights are unknown. unclear: not so, however they were rounded. borderline: it depends."""
    because: Because = ""
    """What a borderline outcome hangs on; blank for any other."""

    @property
    def alone(self) -> bool:
        """Whether the interval of the pair alone leaves out 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Two comparable figures that are tested, or on which the publication reports.

    Editions stand in the order of time, all others with the larger value first.
    """

    first: Observation
    second: Observation
    family: FamilyKind
    verdict: Verdict
    published: PublishedTest | None
    """What the publication itself says of the two; it stands above our own test."""
    test: Test | None
    """None where no number of answers is known for either figure, or where the publication speaks."""

    @property
    def points(self) -> float:
        """From the second to the first in percentage points; over editions from the first to the second."""
        gap = share(self.first) - share(self.second)
        return -gap if self.family == EDITIONS else gap

    @property
    def across_break(self) -> bool:
        """Whether question, definition or coverage changed between the two, so that the gap may be the change's."""
        return any(ground.kind == "break" for ground in self.verdict.reasons)

    @property
    def of_unlike_units(self) -> bool:
        """Whether one is about whole organisations and the other about workplaces: part of the gap is their size."""
        return any(ground.kind == "unit" for ground in self.verdict.reasons)

    @property
    def clear(self) -> bool:
        """Whether the gap is larger than chance alone would give, as published or by our own test."""
        if self.published:
            return self.published.result == "different"
        return self.test is not None and self.test.outcome == CLEAR


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair of a family before it is tested."""

    first: Observation
    second: Observation
    verdict: Verdict
    published: PublishedTest | None


_Couple = tuple[int, int]
"""Positions of two figures."""
_LINES: Mapping[FamilyKind, tuple[str, ...]] = {
    SECTORS: ("survey_id", "indicator", "response"),
    PARTS: ("survey_id", "sector", "dimension", "indicator", "response"),
    EDITIONS: ("country", "level", "sector", "indicator", "response"),
    COUNTRIES: ("sector", "level", "indicator", "response"),
}
"""Kind of family -> the columns in which all its figures agree."""


class Differences(Mapping[int, tuple[Difference, ...]]):
    """Position of a figure -> every difference it has a part in, by the positions of its two figures.

    Which pairs make a family is fixed by the data. A family is tested, as a whole, when one of its pairs is first asked for.
    """

    def __init__(self, dataset: Dataset, thresholds: SmallBaseThresholds) -> None:
        self._dataset = dataset
        self._thresholds = thresholds
        self._members = lru_cache(maxsize=_FAMILIES_KEPT)(self._members_of)
        self._tested: OrderedDict[tuple[FamilyKind, int], tuple[Difference, ...]] = OrderedDict()
        self._held = 0

    def __getitem__(self, position: int) -> tuple[Difference, ...]:
        if not 0 <= position < len(self):
            raise KeyError(position)
        found = [
            each
            for kind, groups in self._families.items()
            if (group := int(groups.labels[position])) >= 0
            and position in (members := self._members(kind, group))
            and len(members) > 1
            for each in self._tests_of(kind, group)
            if position in _couple(each)
        ]
        return tuple(sorted(found, key=_couple))

    def among(self, positions: Collection[int]) -> tuple[Difference, ...]:
        """Those between figures at some positions, in the order of the positions; no other family is tested."""
        chosen = frozenset(positions)
        found: dict[int, list[Difference]] = {position: [] for position in positions}
        for kind, group in self._shared(chosen):
            for each in self._tests_of(kind, group):
                couple = _couple(each)
                if chosen.issuperset(couple):
                    for position in couple:
                        found[position].append(each)
        return tuple(
            dict.fromkeys(each for of in found.values() for each in sorted(of, key=_couple))
        )

    def _shared(self, chosen: frozenset[int]) -> Iterator[tuple[FamilyKind, int]]:
        """The families that have a pair among some figures."""
        at = np.array(sorted(chosen), dtype=np.int64)
        for kind, groups in self._families.items():
            labels = groups.labels[at]
            for group in np.flatnonzero(np.bincount(labels[labels >= 0]) > 1).tolist():
                if self._is_paired(kind, group, chosen):
                    yield kind, group

    def _tests_of(self, kind: FamilyKind, group: int) -> tuple[Difference, ...]:
        """The differences of one family, kept while there is room."""
        tested = self._tested.pop((kind, group), None)
        if tested is None:
            tested = self._tested_family(kind, group)
            self._held += len(tested)
        self._tested[kind, group] = tested
        while self._held > _DIFFERENCES_KEPT and len(self._tested) > 1:
            self._held -= len(self._tested.popitem(last=False)[1])
        return tested

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))

    def __len__(self) -> int:
        return len(self._dataset.observations)

    @cached_property
    def _families(self) -> Mapping[FamilyKind, Groups]:
        """Kind of family -> its families."""
        figures = self._dataset.observations
        tested = figures.having("response", *PRIMARY)
        whole = tested & figures.having("dimension", "")
        national = whole & figures.having("kind", "national")
        members: dict[FamilyKind, Mask] = {
            SECTORS: whole,
            PARTS: tested & ~whole,
            EDITIONS: national,
            COUNTRIES: national,
        }
        return {
            kind: Groups(np.where(members[kind], figures.labels(*columns), -1))
            for kind, columns in _LINES.items()
        }

    def _couples(self, kind: FamilyKind, group: int) -> Iterator[_Couple]:
        """The pairs of one family, in the order in which sentences name them."""
        figures = [self._dataset.observations[at] for at in self._members(kind, group)]
        paired: Iterator[tuple[Observation, Observation]] = (
            pairwise(figures) if kind == EDITIONS else map(_larger_first, combinations(figures, 2))
        )
        return ((first.position, second.position) for first, second in paired)

    def _members_of(self, kind: FamilyKind, group: int) -> tuple[int, ...]:
        """The figures of one family: of editions in the order of time, of countries the newest of each."""
        figures = [self._dataset.observations[at] for at in self._families[kind].of(group)]
        if kind in (EDITIONS, COUNTRIES):
            figures = self._in_time(figures)
        if kind == COUNTRIES:
            figures = list({row.country: row for row in figures}.values())
        return tuple(row.position for row in figures)

    def _is_paired(self, kind: FamilyKind, group: int, chosen: frozenset[int]) -> bool:
        """Whether a family holds two of some figures as a pair."""
        members = [position in chosen for position in self._members(kind, group)]
        return any(map(all, pairwise(members))) if kind == EDITIONS else sum(members) > 1

    def _in_time(self, rows: list[Observation]) -> list[Observation]:
        surveys = self._dataset.surveys
        return sorted(rows, key=lambda row: surveys[row.survey_id].period_end or 0)

    def _tested_family(self, kind: FamilyKind, group: int) -> tuple[Difference, ...]:
        """The pairs of one family that may be compared and are tested or published."""
        judged = []
        for first, second, comparison in self._verdicts(self._couples(kind, group)):
            stated = self._published.get(_stated(first, second)) if kind == SECTORS else None
            if comparison.kind != NO:
                judged.append(_Pair(first, second, comparison, stated))
        return tuple(_tested(self._dataset, kind, judged))

    def _verdicts(
        self, couples: Iterable[_Couple]
    ) -> Iterator[tuple[Observation, Observation, Verdict]]:
        """Pairs with what they come to; judged once for all of two countries that stand alike."""
        dataset, thresholds = self._dataset, self._thresholds
        standing: dict[Hashable, int] = {}
        alike: dict[int, int] = {}
        known: dict[_Couple, Verdict] = {}
        for at in couples:
            first, second = (dataset.observations[position] for position in at)
            if first.country == second.country:
                yield first, second, verdict(dataset, first, second, thresholds)
                continue
            for row in (first, second):
                if row.position not in alike:
                    ground = ground_abroad(dataset, row, thresholds)
                    alike[row.position] = standing.setdefault(ground, len(standing))
            both = alike[at[0]], alike[at[1]]
            if both not in known:
                known[both] = verdict(dataset, first, second, thresholds)
            yield first, second, known[both]

    @cached_property
    def _published(self) -> Mapping[tuple[str, str, frozenset[str]], PublishedTest]:
        return {
            (each.survey_id, each.indicator, frozenset((each.sector_a, each.sector_b))): each
            for each in self._dataset.published_tests
        }


def _couple(difference: Difference) -> _Couple:
    return difference.first.position, difference.second.position


def _stated(first: Observation, second: Observation) -> tuple[str, str, frozenset[str]]:
    """What a publication states its own test of."""
    return first.survey_id, first.indicator, frozenset((first.sector, second.sector))


def _larger_first(pair: tuple[Observation, Observation]) -> tuple[Observation, Observation]:
    first, second = pair
    return (first, second) if first.value >= second.value else (second, first)


def _tested(dataset: Dataset, family: FamilyKind, pairs: list[_Pair]) -> list[Difference]:
    """The pairs of one family, those with answers on both sides tested together."""
    rows = {row.position: row for pair in pairs for row in (pair.first, pair.second)}
    samples = {position: _sample(dataset, row) for position, row in rows.items()}
    own: list[_Pair] = []
    sampled: list[tuple[_Sample, _Sample]] = []
    for pair in pairs:
        one, other = samples[pair.first.position], samples[pair.second.position]
        if one and other and not pair.published:
            own.append(pair)
            sampled.append((one, other))
    of_pair = {id(pair): test for pair, test in zip(own, _tests(sampled), strict=True)}
    return [
        Difference(
            pair.first, pair.second, family, pair.verdict, pair.published, of_pair.get(id(pair))
        )
        for pair in pairs
        if pair.published or id(pair) in of_pair
    ]


@dataclass(frozen=True, slots=True)
class _Sample:
    """A figure as a test sees it: percentages 0-100."""

    value: float
    n: int
    range: tuple[float, float]
    """What the share behind the printed percentage may be."""
    sure: bool
    """Whether n is the number of answers and they are unweighted, or the effective number; else it may count for less."""

    @property
    def halved(self) -> _Sample:
        """The same with the answers that a design effect of 2 leaves, where weights or n are not known."""
        return self if self.sure else replace(self, n=max(1, self.n // DESIGN_EFFECT))


def _sample(dataset: Dataset, row: Observation) -> _Sample | None:
    n, at_most = answers(dataset, row)
    if not n:
        return None
    computed = row.position in dataset.estimates
    unweighted = not computed and dataset.surveys[row.survey_id].weighted == "no"
    decimals = 0 if row.value == int(row.value) else len(repr(row.value).partition(".")[2])
    if row.count is not None:
        span = (share(row), share(row))
    else:
        counts = (
            statistics.whole_counts(row.value, n, decimals)
            if unweighted and not at_most
            else range(0)
        )
        span = (
            (100 * counts[0] / n, 100 * counts[-1] / n)
            if counts
            else statistics.rounded_range(row.value, decimals)
        )
    return _Sample(share(row), n, span, computed or (unweighted and not at_most))


def _tests(pairs: list[tuple[_Sample, _Sample]]) -> list[Test]:
    """The family tested as printed, as rounding may have made it at the least and at the most, and with fewer answers."""
    if not pairs:
        return []
    ranges = statistics.p_ranges([(one.range, one.n, other.range, other.n) for one, other in pairs])
    least, greatest = (statistics.holm([each[at] for each in ranges]).tolist() for at in (0, 1))
    printed = statistics.holm(statistics.p_values(map(_counts, pairs))).tolist()
    halved = statistics.holm(
        statistics.p_values(_counts((one.halved, other.halved)) for one, other in pairs)
    )
    values = np.array([(one.value, one.n, other.value, other.n) for one, other in pairs])
    intervals = np.transpose(statistics.newcombe(*values.T)[1:]).tolist()
    tests = []
    for at, (low, high) in enumerate(intervals):
        outcome: tuple[Outcome, Because] = (UNCLEAR, "")
        if least[at] < LEVEL <= greatest[at]:
            outcome = (BORDERLINE, "rounding")
        elif greatest[at] < LEVEL <= halved[at]:
            outcome = (BORDERLINE, "design")
        elif greatest[at] < LEVEL:
            outcome = (CLEAR, "") if low > 0 or high < 0 else (BORDERLINE, "interval")
        tests.append(Test(low, high, printed[at], len(pairs), *outcome))
    return tests


def _counts(pair: tuple[_Sample, _Sample]) -> tuple[float, int, float, int]:
    one, other = pair
    return one.value * one.n / 100, one.n, other.value * other.n / 100, other.n
