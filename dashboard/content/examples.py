"""The worked examples of the page on method: figures, intervals, tests and verdicts looked up in the dataset or computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from dashboard import statistics
from dashboard.comparability import SmallBaseThresholds, Verdict, verdict
from dashboard.content.urls import PageUrls, ViewUrls
from dashboard.dataset import PRIMARY, Asked, Break, Dataset, Observation, PublishedTest, Survey
from dashboard.query import Census, Difference
from dashboard.query.evidence import evidence
from dashboard.query.families import Differences

K = TypeVar("K")
V = TypeVar("V")

_PAIRS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "base": (("dk-2015", "all", "collab_any"), ("se-2021-workplace", "municipal", "collab_any")),
    "question": (("dk-2017", "all", "collab_any"), ("dk-2020", "all", "collab_any")),
    "respondent": (
        ("se-2021-central", "municipal", "driver_users", "high"),
        ("se-2021-workplace", "municipal", "driver_users"),
    ),
    "different": (
        ("dk-2015", "state", "collab_companies"),
        ("dk-2015", "municipal", "collab_companies"),
    ),
    "not_different": (
        ("dk-2015", "regional", "collab_companies"),
        ("dk-2015", "municipal", "collab_companies"),
    ),
    "units": (
        ("se-2021-workplace", "state", "collab_any"),
        ("se-2021-workplace", "municipal", "collab_any"),
    ),
    "indicator": (("dk-2015", "all", "role_citizens"), ("dk-2015", "all", "collab_citizens")),
    "coverage": (
        ("is-2021", "all", "innovative_workplaces"),
        ("is-state-2024", "state", "innovative_workplaces"),
    ),
    "fields": (
        ("no-municipal-2018", "municipal_regional", "innovative_workplaces"),
        ("no-municipal-2020", "municipal_regional", "innovative_workplaces"),
    ),
}
"""Name -> keys of the two figures, for each pair in the table of verdicts."""


class ExampleError(LookupError):
    """A worked example of the method page needs a figure that the data does not have (or has, where it needs a blank)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures and whether they may be compared."""

    first: Observation
    second: Observation
    verdict: Verdict
    address: str


class Examples:
    """Figures, intervals, tests and verdicts of the worked examples, found in the dataset by their keys."""

    def __init__(self, dataset: Dataset, urls: PageUrls, thresholds: SmallBaseThresholds) -> None:
        self.dataset = dataset
        self._views = ViewUrls(dataset, urls)
        self.thresholds = thresholds

    def view(self, *, indicators: tuple[str, ...] = (), **changes: Any) -> str:
        """Address of a view; raises ExampleError where the data does not know its indicators."""
        for indicator in indicators:
            self._found(self.dataset.indicators, indicator)
        return self._views(indicators=indicators, **changes)

    def figure(
        self, survey: str, sector: str, indicator: str, response: str = "yes", segment: str = ""
    ) -> Observation:
        """One published figure; raises ExampleError where the data has none."""
        found = self._figures(survey, sector, indicator, response, segment)
        if not found:
            raise ExampleError(
                f"no figure of {survey}, {sector}, {indicator}, {response}{segment and ', ' + segment}"
            )
        return self.dataset.observations[found[-1]]

    def _figures(
        self, survey: str, sector: str, indicator: str, response: str, segment: str = ""
    ) -> list[int]:
        return self.dataset.observations.find(
            survey_id=survey, sector=sector, segment=segment, indicator=indicator, response=response
        )

    def computed(self) -> Observation:
        """The first figure that was computed from answers; raises ExampleError where the data has none."""
        for position in self.dataset.estimates:
            return self.dataset.observations[position]
        raise ExampleError("no computed figure")

    def blank(self, survey: str, sector: str, indicator: str) -> Survey:
        """The survey, where it has no undivided figure; raises ExampleError where it has one."""
        if any(self._figures(survey, sector, indicator, response) for response in PRIMARY):
            raise ExampleError(
                f"{survey}, {sector}, {indicator} has a figure and is no example of a blank"
            )
        return self.survey(survey)

    def survey(self, survey: str) -> Survey:
        """One survey; raises ExampleError where the data has none."""
        return self._found(self.dataset.surveys, survey)

    def uncollected(self, survey: str) -> Survey:
        """A survey that is known and has no figures here."""
        found = self.survey(survey)
        if found.has_figures:
            raise ExampleError(f"{survey} has figures and is no example of a survey not collected")
        return found

    def not_asked(self, survey: str, indicator: str) -> Asked:
        """The record that a survey did not ask a question."""
        found = self._found(self.dataset.asked, (survey, indicator))
        if found.asked:
            raise ExampleError(
                f"{survey} asked {indicator}, which is no example of a question not asked"
            )
        return found

    def drawn(self, survey: str, indicator: str) -> Asked:
        """The record that a survey drew a question without printing its values."""
        found = self._found(self.dataset.asked, (survey, indicator))
        if not found.drawn:
            raise ExampleError(f"{survey} does not draw {indicator} without values")
        return found

    def census(self, row: Observation) -> Census:
        """What is known of a figure of a survey that asked everybody."""
        found = evidence(self.dataset, row, self.thresholds).census
        if found is None:
            raise ExampleError(
                f"{row.survey_id}, {row.sector} is no example of a survey that asked everybody"
            )
        return found

    def recorded_break(self, name: str) -> Break:
        """One known break."""
        return self._found({found.break_id: found for found in self.dataset.breaks}, name)

    def published_test(self, survey: str, indicator: str, *sectors: str) -> PublishedTest:
        """What a publication states on two sectors."""
        tests = {
            (test.survey_id, test.indicator, frozenset((test.sector_a, test.sector_b))): test
            for test in self.dataset.published_tests
        }
        return self._found(tests, (survey, indicator, frozenset(sectors)))

    def interval(self, row: Observation, n: int | None = None) -> tuple[float, float]:
        """95 % Wilson interval in percent; ``n`` stands in where the figure has none of its own."""
        answers = row.n or n
        if not answers:
            raise ExampleError(f"{row.survey_id}, {row.sector}, {row.indicator} has no n")
        low, high = statistics.wilson(row.value, answers)
        return float(low), float(high)

    def pair(self, first: Observation, second: Observation) -> Pair:
        """Two figures with their verdict, and a view that shows both."""
        indicators = (first.indicator, second.indicator)
        view = self.view(
            indicators=indicators,
            countries=(first.country, second.country),
            editions=(first.survey_id, second.survey_id),
        )
        return Pair(first, second, verdict(self.dataset, first, second, self.thresholds), view)

    def named(self, name: str) -> Pair:
        """A pair of the table of verdicts; raises ExampleError where the data has not both its figures."""
        return self._found(self.pairs, name)

    def gaps(self, *rows: Observation) -> tuple[Difference, ...]:
        """Every tested pair of the figures; raises ExampleError where one is not tested."""
        positions = [row.position for row in rows]
        found = Differences(self.dataset, self.thresholds).among(positions)
        if len(found) != len(rows) * (len(rows) - 1) // 2 or not all(each.test for each in found):
            raise ExampleError("not every pair of these figures is tested")

        def falling(each: Difference) -> tuple[float, float, int, int]:
            first, second = each.first, each.second
            return -first.value, -second.value, first.position, second.position

        return tuple(sorted(found, key=falling))

    @cached_property
    def pairs(self) -> Mapping[str, Pair]:
        """The pairs in the table of verdicts of which the data has both figures, by name."""
        found = {}
        for name, keys in _PAIRS.items():
            with suppress(ExampleError):
                found[name] = self.pair(*(self.figure(*key) for key in keys))
        return found

    @staticmethod
    def _found(records: Mapping[K, V], key: K) -> V:
        if key not in records:
            raise ExampleError(f"nothing is recorded under {key}")
        return records[key]
