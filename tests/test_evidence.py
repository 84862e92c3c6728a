"""How sure figures are: intervals, small bases, and what can be said where everybody was asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from dashboard import statistics
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset, Observation, Observations
from dashboard.query import APPROXIMATE, POSSIBLE, WILSON, Evidence
from dashboard.query.evidence import EvidenceOf, evidence
from dashboard.text import verdicts
from tests.support import views
from tests.support.figures import figure

WORDED = ("about", "over", "under")


@cache
def data() -> Dataset:
    return views.index().dataset


def with_figure(row: Observation) -> Dataset:
    """The published data with one figure exchanged."""
    rows = data().observations
    changed = (*rows[: row.position], row, *rows[row.position + 1 :])
    return replace(data(), observations=Observations.of(changed))


def known(row: Observation, thresholds: SmallBaseThresholds | None = None) -> Evidence:
    """The evidence of a figure that takes the place of a published one."""
    return evidence(with_figure(row), row, thresholds or SmallBaseThresholds())


def most(row: dict[str, str]) -> str:
    """The most that n of a figure can be, where the table prints no n; blank where it may not stand in."""
    survey = views.surveys()[row["survey_id"]]
    whole = (row["sector"], row["segment"], row["qualifier"], row["n"], survey["level"]) == (
        "all",
        "",
        "exact",
        "",
        "workplace",
    )
    columns = {"innovations": "innovations_n", "workplaces": "respondents"}
    return survey[columns[row["base"]]] if whole and row["base"] in columns else ""


def share(row: dict[str, str]) -> float:
    """The percentage to reckon with: exact where the count is printed."""
    return 100 * int(row["count"]) / int(row["n"]) if row["count"] else float(row["value"])


class TestIntervals:
    def test_every_published_n_has_its_wilson_interval(self):
        checked = 0
        for row, found in zip(views.published(), views.index().evidence, strict=True):
            if row["n"] and row["qualifier"] == "exact" and found.interval.kind != POSSIBLE:
                low, high = statistics.wilson(share(row), int(row["n"]))
                assert (found.interval.low, found.interval.high) == (low, high)
                assert (found.interval.n, found.interval.kind, found.no_interval) == (
                    int(row["n"]),
                    WILSON,
                    "",
                )
                checked += 1
        assert checked > 300

    def test_an_approximate_one_only_where_the_most_that_n_can_be_stands_in(self):
        counted = Counter()
        for row, found in zip(views.published(), views.index().evidence, strict=True):
            stands_in = most(row)
            if stands_in:
                low, high = statistics.wilson(float(row["value"]), int(stands_in))
                assert (found.interval.low, found.interval.high) == (low, high)
                assert (found.interval.n, found.interval.kind) == (int(stands_in), APPROXIMATE)
            else:
                assert not (found.interval and found.interval.kind == APPROXIMATE)
            counted[bool(stands_in)] += 1
        assert counted[True] > 10

    def test_danish_headlines_get_one_from_the_number_of_respondents(self):
        """80 % of 2015-2016 and 83 % of 2021-2023 print no n; 2,363 and 1,611 answered."""
        for survey, n in (("dk-2017", 2363), ("dk-2023", 1611), ("is-2019", 272)):
            found = (
                views.index()
                .evidence[figure(survey, "all", "innovative_workplaces").position]
                .interval
            )
            assert (found.n, found.kind) == (n, APPROXIMATE)
        assert (
            views.index()
            .evidence[figure("dk-2020", "municipal", "innovative_workplaces").position]
            .interval
            is None
        )

    def test_without_interval_the_reason_is_the_right_one(self):
        reasons = Counter()
        for row, found in zip(views.published(), views.index().evidence, strict=True):
            if row["qualifier"] in WORDED:
                assert (found.interval, found.no_interval) == (None, "worded")
            elif not row["n"] and not most(row):
                assert (found.interval, found.no_interval) == (None, "n_unknown")
            reasons[found.no_interval] += 1
        assert set(reasons) == {"", "worded", "n_unknown"}

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"sector": "municipal"}, "n_unknown"),
            ({"dimension": "size", "segment": "500+"}, "n_unknown"),
            ({"base": "innovative_workplaces"}, "n_unknown"),
            ({"survey_id": "is-2021"}, "n_unknown"),
            ({"level": "central"}, "n_unknown"),
            *(({"qualifier": qualifier}, "worded") for qualifier in WORDED),
            *(({"qualifier": qualifier, "n": 1000}, "worded") for qualifier in WORDED),
        ],
    )
    def test_whatever_is_no_whole_exact_share_has_no_approximate_interval(self, change, reason):
        row = figure("dk-2015", "all", "collab_any")
        assert known(row).interval.kind == APPROXIMATE
        found = known(replace(row, **change))
        assert (found.interval, found.no_interval) == (None, reason)
        assert "none" in verdicts.interval(views.loc(), found)

    def test_a_published_n_stands_above_the_most_it_can_be(self):
        found = known(replace(figure("dk-2015", "all", "collab_any"), n=50))
        assert (found.interval.n, found.interval.kind) == (50, WILSON)

    def test_an_approximate_interval_says_so_in_words(self):
        said = verdicts.interval(views.loc(), known(figure("dk-2015", "all", "collab_any")))
        assert said.startswith("76% to 81%, probably wider")
        assert "the most that n can be" in said

    def test_no_figures_have_no_evidence(self):
        nothing = replace(data(), observations=Observations.of(()))
        assert list(EvidenceOf(nothing, SmallBaseThresholds())) == []


STATE = ("se-2021-workplace", "state", "collab_any")


class TestSmallBases:
    @pytest.mark.parametrize(
        ("n", "few"),
        [
            (1, "very_few"),
            (29, "very_few"),
            (30, "few"),
            (99, "few"),
            (100, ""),
            (5000, ""),
            (None, ""),
        ],
    )
    def test_the_limits_themselves_are_enough(self, n, few):
        assert known(replace(figure(*STATE), n=n)).few == few

    @pytest.mark.parametrize(
        ("n", "few"), [(9, "very_few"), (10, "few"), (30, "few"), (163, "few"), (164, "")]
    )
    def test_other_limits(self, n, few):
        assert known(replace(figure(*STATE), n=n), SmallBaseThresholds(10, 164)).few == few

    def test_of_every_published_figure(self):
        for row, found in zip(views.published(), views.index().evidence, strict=True):
            n = int(row["n"] or 100)
            assert found.few == ("very_few" if n < 30 else "few" if n < 100 else "")


class TestCensus:
    """All Swedish managements were asked; 14 of 20 regions, 164 of 202 or 203 agencies, 190 of 286 to 290 municipalities answered."""

    def test_of_eleven_regions_that_work_systematically(self):
        found = views.index().evidence[
            figure("se-2021-central", "regional", "driver_users", "high").position
        ]
        assert (found.census.count, found.census.n, found.census.answered, found.census.asked) == (
            8,
            11,
            14,
            (20, 20),
        )
        assert found.census.possible == pytest.approx((100 * 8 / 17, 100 * 14 / 17))
        assert (found.interval.kind, found.interval.low, found.interval.high) == (
            POSSIBLE,
            *found.census.possible,
        )

    def test_of_all_regions_that_answered(self):
        found = views.index().evidence[
            figure("se-2021-central", "regional", "systematic_innovation_work").position
        ]
        assert (found.census.count, found.census.n) == (11, 14)
        assert found.census.possible == pytest.approx((55, 85))

    @pytest.mark.parametrize(
        ("survey", "sector", "indicator", "asked"),
        [
            ("se-2021-workplace", "state", "innovative_workplaces", (202, 203)),
            ("se-2021-central", "municipal", "systematic_innovation_work", (286, 290)),
        ],
    )
    def test_asked_are_as_many_as_the_printed_rate_allows(self, survey, sector, indicator, asked):
        found = views.index().evidence[figure(survey, sector, indicator).position]
        assert found.census.asked == asked
        assert found.interval.kind == WILSON  # enough answered for an interval

    def test_a_finite_population_makes_the_interval_narrower_and_the_range_of_the_possible_wider(
        self,
    ):
        checked = 0
        for found in views.index().evidence:
            if found.census and found.interval.kind == WILSON:
                low, high = found.census.finite
                assert found.interval.low <= low <= high <= found.interval.high
                assert (
                    found.census.possible[0]
                    <= 100 * found.census.count / found.census.n
                    <= found.census.possible[1]
                )
                checked += 1
        assert checked > 100

    def test_samples_and_weighted_surveys_have_none(self):
        for row, found in zip(views.published(), views.index().evidence, strict=True):
            if found.census:
                assert row["survey_id"] == "se-2021-central" or (
                    row["survey_id"],
                    row["sector"],
                ) == ("se-2021-workplace", "state")

    def test_words(self):
        found = views.index().evidence[
            figure("se-2021-central", "regional", "driver_users", "high").position
        ]
        said = verdicts.interval(views.loc(), found)
        assert (
            said == "47% to 82%, whatever those who did not answer would say (everybody was asked)"
        )
        assert verdicts.interval_short(views.loc(), found) == "possible range 47% to 82%"
