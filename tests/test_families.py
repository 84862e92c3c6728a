"""Which figures are tested against each other and what came of it: fixed by the data, the same in every view."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings

from dashboard import statistics
from dashboard.comparability import NO, SmallBaseThresholds
from dashboard.dataset import PRIMARY, Dataset, Observation, Observations
from dashboard.query import (
    BORDERLINE,
    CLEAR,
    COUNTRIES,
    EDITIONS,
    LEVEL,
    PARTS,
    SECTORS,
    UNCLEAR,
    Difference,
)
from dashboard.query.evidence import answers, share
from dashboard.query.families import Differences
from tests.support import rich, views
from tests.support.figures import figure
from tests.support.views import only_section


@cache
def data() -> Dataset:
    return views.index().dataset


@cache
def everything() -> tuple[Difference, ...]:
    return views.every_difference(views.index().differences)


def found(*rows: Observation) -> Difference:
    """The one difference of two figures."""
    (each,) = (each for each in everything() if {each.first, each.second} == set(rows))
    return each


def family_of(each: Difference) -> tuple:
    """The question that a family of pairs answers."""
    first, second = each.first, each.second
    own = {
        SECTORS: (first.survey_id,),
        PARTS: (first.survey_id, first.sector, first.dimension),
        EDITIONS: (first.country, first.level, first.sector),
        COUNTRIES: (first.sector, first.level),
    }[each.family]
    assert (first.indicator, first.response) == (second.indicator, second.response)
    return each.family, first.indicator, first.response, *own


def changed(*rows: Observation) -> tuple[Difference, ...]:
    """All differences with some figures exchanged."""
    observations = list(data().observations)
    for row in rows:
        observations[row.position] = row
    dataset = replace(data(), observations=Observations.of(observations))
    return views.every_difference(Differences(dataset, SmallBaseThresholds()))


class TestFamilies:
    def test_only_yes_and_the_upper_step_are_tested(self):
        assert {each.first.response for each in everything()} == set(PRIMARY)
        assert {each.second.response for each in everything()} == set(PRIMARY)

    def test_a_pair_stands_in_one_family(self):
        pairs = Counter(
            frozenset((each.first.position, each.second.position)) for each in everything()
        )
        assert set(pairs.values()) == {1}
        assert all(each.verdict.kind != NO for each in everything())

    def test_what_each_family_holds(self):
        for each in everything():
            first, second = each.first, each.second
            same = first.survey_id == second.survey_id
            if each.family == SECTORS:
                assert (same, first.dimension, second.dimension) == (True, "", "")
                assert first.sector != second.sector
            elif each.family == PARTS:
                assert (same, first.sector == second.sector, first.dimension) == (
                    True,
                    True,
                    second.dimension,
                )
                assert first.segment != second.segment
            elif each.family == EDITIONS:
                assert (first.country, first.sector, first.level) == (
                    second.country,
                    second.sector,
                    second.level,
                )
                ends = [data().surveys[row.survey_id].period_end for row in (first, second)]
                assert ends[0] < ends[1]
            else:
                assert first.country != second.country
                assert first.sector == second.sector
            if each.family != EDITIONS:
                assert first.value >= second.value

    def test_editions_are_consecutive(self):
        editions = [(each.first.survey_id, each.second.survey_id) for each in everything() if each.family == EDITIONS
                and each.first.indicator == "innovative_workplaces"]  # fmt: skip
        assert editions == [("dk-2015", "dk-2017"), ("dk-2017", "dk-2020"), ("dk-2020", "dk-2023")]

    def test_81_to_83_has_a_sentence(self):
        each = found(
            figure("dk-2020", "all", "innovative_workplaces"),
            figure("dk-2023", "all", "innovative_workplaces"),
        )
        assert (each.points, each.test.outcome, each.test.because) == (2, BORDERLINE, "rounding")
        assert each.test.low < 0 < each.test.high

    def test_p_values_are_adjusted_over_the_family_and_by_nothing_else(self):
        families: dict[tuple, list[Difference]] = defaultdict(list)
        for each in everything():
            if each.test:
                families[family_of(each)].append(each)
        assert len(families) > 60
        for members in families.values():
            raw = []
            for each in members:
                numbers = [
                    (share(row), answers(data(), row)[0]) for row in (each.first, each.second)
                ]
                (one, n_one), (other, n_other) = numbers
                raw.append(
                    statistics.p_value(one * n_one / 100, n_one, other * n_other / 100, n_other)
                )
                _, low, high = statistics.newcombe(one, n_one, other, n_other)
                assert (each.test.low, each.test.high) == (low, high)
            assert [each.test.p for each in members] == pytest.approx(list(statistics.holm(raw)))
            assert {each.test.pairs for each in members} == {len(members)}

    @settings(max_examples=40)
    @given(rich.selections)
    def test_no_view_changes_a_p_value_or_a_verdict(self, selection):
        known = {(each.first.position, each.second.position): each for each in everything()}
        for section in views.of(selection).sections:
            drawn = {value.observation.position for value in section.values}
            drawn_pairs = {
                (each.first.position, each.second.position) for each in section.differences
            }
            assert drawn_pairs == {pair for pair in known if set(pair) <= drawn}
            for each in section.differences:
                assert each == known[each.first.position, each.second.position]

    def test_figures_of_few_answers_and_worded_ones(self):
        rows = [
            figure("se-2021-workplace", sector, "collab_any")
            for sector in ("municipal", "regional", "state")
        ]
        for qualifier in ("about", "over", "under"):
            worded = changed(replace(rows[0], qualifier=qualifier))
            assert not [
                each
                for each in worded
                if rows[0].position in (each.first.position, each.second.position)
            ]
        unknown = changed(replace(rows[0], n=None))
        assert not [
            each
            for each in unknown
            if rows[0].position in (each.first.position, each.second.position)
        ]


class TestOutcomes:
    def test_three_swedish_sectors(self):
        section = only_section("concept=collab_any&country=SE")
        differences = [
            (each.first.sector, each.second.sector, each.points, each.test.outcome)
            for each in section.differences
        ]
        assert sorted(differences) == [
            ("regional", "municipal", 9, CLEAR),
            ("state", "municipal", 23, CLEAR),
            ("state", "regional", 14, CLEAR),
        ]

    @pytest.mark.parametrize("view_of", ["bars", "scale", "table", "dots", "heat"])
    def test_the_mirror_image_is_no_second_test(self, view_of):
        """Sweden's agencies 64 and municipal workplaces 54 once had opposite verdicts by chart."""
        section = only_section(
            f"concept=innovative_workplaces&country=SE&edition=se-2021-workplace&view={view_of}"
        )
        outcomes = {
            (each.first.sector, each.second.sector): (each.test.outcome, each.test.pairs)
            for each in section.differences
        }
        assert outcomes[("state", "municipal")] == (CLEAR, 3)
        assert outcomes[("regional", "municipal")] == (CLEAR, 3)
        assert outcomes[("regional", "state")] == (UNCLEAR, 3)

    def test_rounding_decides(self):
        for indicator, sectors in (
            ("type_product", ("state", "municipal")),
            ("type_process", ("state", "regional")),
        ):
            each = found(*(figure("se-2021-workplace", sector, indicator) for sector in sectors))
            assert (each.test.outcome, each.test.because) == (BORDERLINE, "rounding")
            assert not each.clear

    def test_printed_counts_are_used(self):
        """50 of 274 against 156 of 1,222: p .017; the rounded 18 and 13 % would give .031."""
        each = found(
            *(
                figure("se-2021-workplace", sector, "broad_innovators")
                for sector in ("regional", "municipal")
            )
        )
        assert each.test.p == pytest.approx(0.0173, abs=0.0002)
        assert each.test.outcome == CLEAR
        without = [replace(each.first, count=None), replace(each.second, count=None)]
        (rounded,) = (
            other
            for other in changed(*without)
            if {other.first.position, other.second.position} == {row.position for row in without}
        )
        assert rounded.test.outcome == BORDERLINE

    def test_a_weighted_survey_must_be_clear_with_half_of_its_answers(self):
        """Denmark's 63 to 57 is; with fewer answers it would be clear only if every answer counted in full."""
        rows = [figure(survey, "all", "role_citizens") for survey in ("dk-2017", "dk-2020")]
        alone = replace(figure("dk-2015", "all", "role_citizens"), qualifier="about")
        assert found(*rows).test.outcome == CLEAR
        outcomes = {}
        for n in (1900, 1000, 500):
            fewer = changed(*(replace(row, n=n) for row in rows), alone)
            (each,) = (
                other
                for other in fewer
                if {other.first.position, other.second.position} == {row.position for row in rows}
            )
            outcomes[n] = (each.test.outcome, each.test.because)
        assert outcomes == {
            1900: (CLEAR, ""),
            1000: (BORDERLINE, "design"),
            500: (BORDERLINE, "rounding"),
        }

    def test_alone_the_interval_leaves_out_0(self):
        """Of several pairs tested together one may not be clear though its own interval leaves out 0."""
        rows = [replace(figure("se-2021-workplace", sector, "collab_any"), value=value, n=n) for sector, value, n in (
            ("municipal", 40.0, 200), ("regional", 50.0, 200), ("state", 45.0, 200))]  # fmt: skip
        positions = {row.position for row in rows}
        differences = [
            each
            for each in changed(*rows)
            if {each.first.position, each.second.position} <= positions
        ]
        assert {each.test.pairs for each in differences} == {3}
        (held,) = (
            each
            for each in differences
            if {each.first.sector, each.second.sector} == {"municipal", "regional"}
        )
        assert (held.test.alone, held.test.outcome) == (True, UNCLEAR)

    def test_words_and_interval_never_contradict_each_other(self):
        for each in everything():
            if each.test:
                assert each.test.outcome != CLEAR or each.test.alone
                assert each.test.outcome != CLEAR or each.test.p < LEVEL
                assert each.test.outcome != UNCLEAR or each.test.p >= LEVEL

    def test_small_groups_are_tested_exactly(self):
        rows = [
            figure("se-2021-central", sector, "systematic_innovation_work")
            for sector in ("municipal", "regional", "state")
        ]
        assert min(row.n for row in rows) == 14
        for one, other in combinations(rows, 2):
            each = found(one, other)
            counts = [round(row.value * row.n / 100) for row in (one, other)]
            exact = statistics.fisher_p(counts[0], one.n, counts[1], other.n)
            if min(one.n, other.n) < 30:
                assert (
                    statistics.p_value(
                        one.value * one.n / 100, one.n, other.value * other.n / 100, other.n
                    )
                    == exact
                )
            assert each.test.pairs == 3


class TestPublished:
    def test_what_the_publication_says_stands_above_our_own_test(self):
        section = only_section("concept=collab_companies&country=DK&edition=dk-2015")
        outcomes = {frozenset((each.first.sector, each.second.sector)): (each.published.result, each.clear, each.test)
                for each in section.differences}  # fmt: skip
        assert outcomes == {
            frozenset(("state", "municipal")): ("different", True, None),
            frozenset(("regional", "municipal")): ("not_different", False, None),
            frozenset(("state", "regional")): ("not_different", False, None),
        }

    @pytest.mark.parametrize("n", [5, 100_000])
    def test_also_where_n_were_known(self, n):
        rows = [
            replace(figure("dk-2015", sector, "collab_companies"), n=n)
            for sector in ("municipal", "regional", "state")
        ]
        positions = {row.position for row in rows}
        differences = [
            each
            for each in changed(*rows)
            if {each.first.position, each.second.position} <= positions
        ]
        assert len(differences) == 3
        assert all(
            each.test is None and each.clear == (each.published.result == "different")
            for each in differences
        )

    def test_a_heading_is_no_test(self):
        results = Counter(each.published.result for each in everything() if each.published)
        assert results == {"same_level": 6, "not_different": 2, "different": 1}
        assert not any(
            each.clear
            for each in everything()
            if each.published and each.published.result == "same_level"
        )
