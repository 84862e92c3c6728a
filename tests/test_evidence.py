"""How sure figures are: intervals, small bases, differences within an indicator, and the filter of what may be compared."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from dashboard import statistics
from dashboard.comparability import NO, Limits, verdict
from dashboard.dataset import Dataset, Observation
from dashboard.query import Difference, Item, Section, Value, view
from dashboard.query.evidence import LEVEL, differences, evidence
from dashboard.wording import texts, verdicts
from tests import rich, views
from tests.views import only_section, show

WORDED = ("about", "over", "under")


@cache
def data() -> Dataset:
    return views.prepared().dataset


def figure(survey: str, sector: str, concept: str, response: str = "yes") -> Observation:
    """The one undivided figure of a key."""
    (found,) = (
        row
        for row in data().observations
        if (row.survey_id, row.sector, row.concept, row.response, row.dimension) == (survey, sector, concept, response, "")
    )
    return found


def with_figure(row: Observation) -> Dataset:
    """The published data with one figure exchanged."""
    rows = data().observations
    return replace(data(), observations=(*rows[: row.position], row, *rows[row.position + 1 :]))


def known(row: Observation, limits: Limits | None = None):
    """The evidence of a figure that takes the place of a published one."""
    return evidence(with_figure(row), limits or Limits())[row.position]


def innovations(row: dict[str, str]) -> str:
    """The number of innovations that may stand in for n of a figure as the table has it; blank where none may."""
    whole = (row["sector"], row["segment"], row["base"], row["qualifier"], row["n"]) == ("all", "", "innovations", "exact", "")
    return views.surveys()[row["survey_id"]]["innovations_n"] if whole else ""


class TestIntervals:
    def test_every_published_n_has_its_wilson_interval(self):
        checked = 0
        for row, found in zip(views.published(), views.prepared().evidence, strict=True):
            if row["n"] and row["qualifier"] == "exact":
                low, high = statistics.wilson(float(row["value"]), int(row["n"]))
                assert (found.interval.low, found.interval.high) == (low, high)
                assert (found.interval.n, found.interval.approximate, found.no_interval) == (int(row["n"]), False, "")
                checked += 1
        assert checked > 300

    def test_an_approximate_one_only_where_the_number_of_innovations_stands_in(self):
        counted = Counter()
        for row, found in zip(views.published(), views.prepared().evidence, strict=True):
            stands_in = innovations(row)
            if stands_in:
                low, high = statistics.wilson(float(row["value"]), int(stands_in))
                assert (found.interval.low, found.interval.high) == (low, high)
                assert (found.interval.n, found.interval.approximate) == (int(stands_in), True)
            else:
                assert not (found.interval and found.interval.approximate)
            counted[bool(stands_in)] += 1
        assert counted[True] > 10

    def test_without_interval_the_reason_is_the_right_one(self):
        reasons = Counter()
        for row, found in zip(views.published(), views.prepared().evidence, strict=True):
            if row["qualifier"] in WORDED:
                assert (found.interval, found.no_interval) == (None, "worded")
            elif not row["n"] and not innovations(row):
                assert (found.interval, found.no_interval) == (None, "n_unknown")
            reasons[found.no_interval] += 1
        assert set(reasons) == {"", "worded", "n_unknown"}

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"sector": "municipal"}, "n_unknown"),
            ({"dimension": "size", "segment": "500+"}, "n_unknown"),
            ({"base": "workplaces"}, "n_unknown"),
            ({"base": "innovative_workplaces"}, "n_unknown"),
            ({"survey_id": "is-2021"}, "n_unknown"),
            *(({"qualifier": qualifier}, "worded") for qualifier in WORDED),
            *(({"qualifier": qualifier, "n": 1000}, "worded") for qualifier in WORDED),
        ],
    )
    def test_whatever_is_not_the_whole_exact_share_of_innovations_has_no_approximate_interval(self, change, reason):
        row = figure("dk-2015", "all", "collab_any")
        assert known(row).interval.approximate
        found = known(replace(row, **change))
        assert (found.interval, found.no_interval) == (None, reason)
        assert "none" in verdicts.interval(views.words(), found)

    def test_a_published_n_stands_above_the_number_of_innovations(self):
        found = known(replace(figure("dk-2015", "all", "collab_any"), n=50))
        assert (found.interval.n, found.interval.approximate) == (50, False)

    def test_an_approximate_interval_says_so_in_words(self):
        said = verdicts.interval(views.words(), known(figure("dk-2015", "all", "collab_any")))
        assert said.startswith("about 76% to 81%")
        assert "n is not published" in said
        assert "1,093" in said

    def test_no_figures_have_no_evidence(self):
        assert evidence(replace(data(), observations=()), Limits()) == ()


class TestSmallBases:
    @pytest.mark.parametrize(("n", "few"), [(1, "very_few"), (29, "very_few"), (30, "few"), (99, "few"), (100, ""), (5000, ""), (None, "")])
    def test_the_limits_themselves_are_enough(self, n, few):
        assert known(replace(figure(*STATE), n=n)).few == few

    @pytest.mark.parametrize(("n", "few"), [(9, "very_few"), (10, "few"), (30, "few"), (163, "few"), (164, "")])
    def test_other_limits(self, n, few):
        assert known(replace(figure(*STATE), n=n), Limits(10, 164)).few == few

    def test_of_every_published_figure(self):
        for row, found in zip(views.published(), views.prepared().evidence, strict=True):
            n = int(row["n"] or 100)
            assert found.few == ("very_few" if n < 30 else "few" if n < 100 else "")


STATE = ("se-2021-workplace", "state", "collab_any")
Published = dict[tuple[str, str, frozenset[str]], str]


@cache
def published_results() -> Published:
    return {(each.survey_id, each.concept, frozenset((each.sector_a, each.sector_b))): each.result for each in data().published_tests}


def told(first: Observation, second: Observation) -> str:
    """What the publication says of two figures: different, not_different or nothing."""
    alike = (first.survey_id, first.concept) == (second.survey_id, second.concept) and not first.dimension and not second.dimension
    key = (first.survey_id, first.concept, frozenset((first.sector, second.sector)))
    return published_results().get(key, "") if alike else ""


def may_test(row: Observation) -> bool:
    return row.qualifier == "exact" and row.n is not None


def by_item(section: Section) -> dict[Item, list[Value]]:
    items: dict[Item, list[Value]] = defaultdict(list)
    for value in section.values:
        items[value.item].append(value)
    return items


def assert_differences(rows: list[Observation], found: Iterable[Difference]) -> None:
    """The differences of one indicator are those of its comparable figures, their p-values adjusted together."""
    expected = {}
    for first, second in combinations(rows, 2):
        two_things = first.sector != second.sector and first.segment != second.segment
        allowed = verdict(data(), first, second, Limits()).kind != NO and not two_things
        if allowed and (told(first, second) or (may_test(first) and may_test(second))):
            expected[frozenset((first.position, second.position))] = (first, second)
    by_pair = {frozenset((each.first.position, each.second.position)): each for each in found}
    assert set(by_pair) == set(expected)
    own = [by_pair[key] for key, pair in expected.items() if all(map(may_test, pair))]
    if own:
        raw = [raw_p(each.first, each.second) for each in own]
        assert np.allclose([each.p for each in own], holm(raw), rtol=1e-6, atol=1e-12)
        firsts, seconds = ([[getattr(getattr(each, at), name) for each in own] for name in ("value", "n")] for at in ("first", "second"))
        _, lows, highs = statistics.newcombe(*firsts, *seconds)
        assert np.allclose([(each.low, each.high) for each in own], np.column_stack((lows, highs)))
    for each in by_pair.values():
        assert_difference(each)


def holm(raw: list[float]) -> list[float]:
    """Holm's adjustment by its definition; statsmodels' own collects garbage at each call, too slow for many views."""
    order = sorted(range(len(raw)), key=raw.__getitem__)
    steps = {at: min(1.0, raw[at] * (len(raw) - rank)) for rank, at in enumerate(order)}
    return [max(steps[other] for other in order[: order.index(at) + 1]) for at in range(len(raw))]


def raw_p(first: Observation, second: Observation) -> float:
    """The unadjusted p-value of the pooled z test, two-sided."""
    if first.value == second.value:
        return 1.0
    pooled = (first.value * first.n + second.value * second.n) / (first.n + second.n) / 100
    error = math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n))
    return math.erfc((first.value - second.value) / 100 / error / math.sqrt(2))


def assert_difference(each: Difference) -> None:
    result = told(each.first, each.second)
    assert each.verdict.kind != NO
    assert (each.published.result if each.published else "") == result
    assert each.points == each.first.value - each.second.value >= 0
    if may_test(each.first) and may_test(each.second):
        assert each.low <= each.points <= each.high
    else:
        assert (each.low, each.high, each.p) == (None, None, None)
        assert result
    assert each.clear == (result == "different" if result else each.p < LEVEL)


class TestDifferences:
    def test_three_swedish_sectors_are_adjusted_together(self):
        section = only_section("concept=collab_any&country=SE")
        rows = [value.observation for value in section.values]
        assert {row.sector: (row.value, row.n) for row in rows} == {"municipal": (42, 1222), "regional": (51, 274), "state": (65, 164)}
        assert_differences(rows, section.differences)
        raw = [raw_p(each.first, each.second) for each in section.differences]
        adjusted = multipletests(raw, alpha=LEVEL, method="holm")
        assert [each.p for each in section.differences] == pytest.approx(list(adjusted[1]), rel=1e-6)
        assert [each.clear for each in section.differences] == list(adjusted[0])
        assert [(each.first.sector, each.second.sector, each.points, each.clear) for each in section.differences] == [
            ("regional", "municipal", 9, True),
            ("state", "municipal", 23, True),
            ("state", "regional", 14, True),
        ]

    def test_what_the_publication_says_is_shown_where_n_is_unknown(self):
        section = only_section("concept=collab_companies&country=DK&edition=dk-2015")
        found = {
            frozenset((each.first.sector, each.second.sector)): (each.published.result, each.clear, each.p) for each in section.differences
        }
        assert found == {
            frozenset(("state", "municipal")): ("different", True, None),
            frozenset(("regional", "municipal")): ("not_different", False, None),
            frozenset(("state", "regional")): ("not_different", False, None),
        }
        words = views.words()
        for each in section.differences:
            assert "as published" in verdicts.judgement(words, each)
            assert verdicts.difference(words, each).endswith(each.published.statement)

    @pytest.mark.parametrize(("n", "own"), [(5, False), (100_000, True)])
    def test_what_the_publication_says_stands_above_our_own_test(self, n, own):
        rows = [replace(figure("dk-2015", sector, "collab_companies"), n=n) for sector in ("municipal", "regional", "state")]
        found = differences(data(), [rows], Limits())
        assert len(found) == 3
        for each in found:
            assert (each.p < LEVEL) == own
            assert each.clear == (each.published.result == "different")
        assert {each.clear for each in found} == {True, False}

    def test_each_row_is_adjusted_for_itself(self):
        first = [figure("se-2021-workplace", sector, "collab_any") for sector in ("municipal", "regional", "state")]
        second = [figure("se-2021-workplace", sector, "collab_companies") for sector in ("municipal", "regional", "state")]
        together = differences(data(), [first, second], Limits())
        assert together == (*differences(data(), [first], Limits()), *differences(data(), [second], Limits()))
        assert [each.first.concept for each in together] == ["collab_any"] * 3 + ["collab_companies"] * 3

    def test_worded_figures_and_unknown_n_are_never_tested(self):
        rows = [figure("se-2021-workplace", sector, "collab_any") for sector in ("municipal", "regional")]
        assert len(differences(data(), [rows], Limits())) == 1
        for qualifier in WORDED:
            assert differences(data(), [[rows[0], replace(rows[1], qualifier=qualifier)]], Limits()) == ()
        assert differences(data(), [[rows[0], replace(rows[1], n=None)]], Limits()) == ()
        approximate = [figure("dk-2015", "all", "collab_any"), figure("dk-2017", "all", "collab_any")]
        assert differences(data(), [approximate], Limits()) == ()

    def test_what_must_not_be_compared_is_never_tested(self):
        whole = replace(figure("dk-2015", "all", "collab_companies"), n=1000)
        assert differences(data(), [[whole, replace(figure("dk-2015", "state", "collab_companies"), n=1000)]], Limits()) == ()
        assert differences(data(), [[], [whole]], Limits()) == ()

    @settings(max_examples=25)
    @given(rich.selections)
    def test_of_every_view(self, selection):
        for section in view(views.prepared(), selection).sections:
            of_concept: dict[Item, list[Difference]] = defaultdict(list)
            items = {value.observation.position: value.item for value in section.values}
            for each in section.differences:
                assert items[each.first.position] == items[each.second.position]
                of_concept[items[each.first.position]].append(each)
            for item, members in by_item(section).items():
                assert_differences([value.observation for value in members], of_concept[item])


everything_comparable = st.deferred(
    lambda: rich.selections_of(lambda each: replace(each, comparable=True, expanded=views.vocabulary().themes))
)


class TestOnlyComparable:
    @settings(max_examples=50)
    @given(everything_comparable)
    def test_no_two_figures_of_an_indicator_are_in_conflict_and_none_is_alone(self, selection):
        for section in view(views.prepared(), selection).sections:
            for members in by_item(section).values():
                assert len(members) > 1
                for first, second in combinations(members, 2):
                    assert verdict(data(), first.observation, second.observation, Limits()).in_kind != NO
            assert not any(row.obstacles for row in section.rows)
            assert not any(panel.obstacles for panel in section.panels)

    def test_of_the_collaboration_view_one_side_remains(self):
        section = only_section("concept=collab_any&country=DK~SE&only=comparable")
        assert {(value.observation.sector, value.observation.value) for value in section.values} == {
            ("municipal", 42),
            ("regional", 51),
            ("state", 65),
        }

    def test_an_emptied_view_offers_to_lift_it(self):
        shown = show("theme=strategy&country=FI&only=comparable")
        assert (shown.figures, shown.sections) == (0, ())
        (found,) = (each for each in shown.emptied if each.parameters == ("only",))
        assert not found.lifted.comparable
        assert view(views.prepared(), found.lifted).figures == found.figures == 3
        sentence, button = texts.emptied(views.words(), found)
        assert sentence == "No two figures here may be compared."
        assert button == "Show all figures (3 figures)"

    def test_every_way_out_of_an_emptied_comparison_brings_what_it_promises(self):
        shown = show("theme=strategy&country=FI&only=comparable")
        promised = {each.parameters: each.figures for each in shown.emptied}
        assert promised == {each.parameters: view(views.prepared(), each.lifted).figures for each in shown.emptied}

    def test_a_scale_keeps_every_answer_of_the_figures_it_keeps(self):
        """The answers of one question are parts of one bar; they are not in conflict with each other."""
        section = only_section("concept=novelty&country=DK&view=scale&edition=dk-2015~dk-2023&only=comparable")
        kept = {(value.observation.survey_id, value.observation.response) for value in section.values}
        assert {response for survey, response in kept if survey == "dk-2023"} == {"first_of_its_kind", "inspired", "copied", "dont_know"}


class TestParts:
    def test_denmark_and_sweden_are_parted_by_base_and_the_rows_say_so(self):
        section = only_section("theme=collaboration&country=DK~SE")
        assert [(panel.key.country, panel.part) for panel in section.panels] == [("DK", 0), ("SE", 1)]
        for row in section.rows:
            shared = all(cell.values for cell in row.cells)
            assert ("base" in row.obstacles) == shared
            if shared:
                assert {value.observation.base for value in row.cells[0].values}.isdisjoint(
                    value.observation.base for value in row.cells[1].values
                )
                said = verdicts.obstacles(views.words(), row.obstacles, row.bases)
                assert said.startswith("Not comparable: share of innovations / of ")

    def test_workplaces_and_management_are_parted(self):
        section = only_section("theme=drivers&country=SE")
        assert [panel.part for panel in section.panels] == [0, 1]
        both = [row for row in section.rows if all(cell.values for cell in row.cells)]
        assert both
        assert all({"base", "respondent", "scale"} <= set(row.obstacles) for row in both)

    @pytest.mark.parametrize(
        "query",
        ["theme=collaboration&country=DK&edition=dk-2023", "theme=activities&country=SE&split=group", "concept=collab_any&country=SE"],
    )
    def test_what_may_be_compared_has_no_obstacles_and_one_part(self, query):
        section = only_section(query)
        assert {panel.part for panel in section.panels} == {0}
        assert not any(row.obstacles for row in section.rows)
        assert verdicts.obstacles(views.words(), section.rows[0].obstacles, section.rows[0].bases) == ""

    def test_by_indicator_the_panels_say_so(self):
        section = only_section("concept=collab_any&country=DK~SE&by=indicator")
        assert [panel.obstacles for panel in section.panels] == [("base",)]
        assert section.panels[0].bases == ("innovations", "workplaces")

    @settings(max_examples=30)
    @given(rich.selections)
    def test_obstacles_are_exactly_what_forbids_a_comparison(self, selection):
        shown = view(views.prepared(), selection)
        for section in shown.sections:
            lines = {line.key: line for line in (*section.rows, *section.panels) if isinstance(line.key, Item)}
            for item, members in by_item(section).items():
                if selection.chart == "scale":
                    continue
                expected = {
                    reason.kind
                    for first, second in combinations(members, 2)
                    for reason in verdict(data(), first.observation, second.observation, Limits()).reasons
                    if reason.verdict == NO and reason.kind not in ("sector", "part")
                }
                assert set(lines[item].obstacles) == (expected if selection.chart != "change" else set())
