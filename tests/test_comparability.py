"""The verdict between two figures, pair by pair."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.comparability import (
    CARE,
    NO,
    YES,
    SmallBaseThresholds,
)
from tests.support import views
from tests.support.figures import figure
from tests.support.verdicts import BROAD, OTHERS, judge, kinds, same_indicator

DK_COLLAB_2015 = ("dk-2015", "all", "collab_any")
DK_COLLAB_2017 = ("dk-2017", "all", "collab_any")
SE_COLLAB = ("se-2021-workplace", "municipal", "collab_any")
NO_2018 = ("no-municipal-2018", "municipal_regional", "innovative_workplaces")
JOINT = ("se-2021-workplace", "municipal_regional")
PAIRS = {
    "Danish innovations and Swedish workplaces": (DK_COLLAB_2015, 79, SE_COLLAB, 42, NO, "base"),
    "the question changed": (DK_COLLAB_2017, 79, ("dk-2020", "all", "collab_any"), 69, CARE, "break"),
    "nothing changed": (DK_COLLAB_2015, 79, DK_COLLAB_2017, 79, YES, "no_change"),
    "changed before, not between": (("dk-2020", "all", "collab_any"), 69, ("dk-2023", "all", "collab_any"), 69, YES, "no_change"),
    "state and municipal companies": (
        ("dk-2015", "state", "collab_companies"), 34, ("dk-2015", "municipal", "collab_companies"), 20, YES, "same_survey",
    ),
    "regional and municipal companies": (
        ("dk-2015", "regional", "collab_companies"), 31, ("dk-2015", "municipal", "collab_companies"), 20, YES, "same_survey",
    ),
    "works with innovation and introduced one": (
        ("no-state-2021-workplace", "state", "works_with_innovation"), 91,
        ("no-municipal-2020", "municipal_regional", "innovative_workplaces"), 74, NO, "definition",
    ),
    "two fields and five": (NO_2018, 74, ("no-municipal-2020", "municipal_regional", "innovative_workplaces"), 74, CARE, "break"),
    "agencies and municipal workplaces of one survey": (
        ("se-2021-workplace", "state", "collab_any"), 65, SE_COLLAB, 42, CARE, "unit",
    ),
    "two kinds of workplaces of one survey": (("se-2021-workplace", "regional", "collab_any"), 51, SE_COLLAB, 42, YES, "same_survey"),
    "wide and narrow": (("dk-2015", "all", "role_citizens"), 63, ("dk-2015", "all", "collab_citizens"), 20, NO, "indicator"),
    "a compilation and its national source": (
        ("nordic-2019-dk", "all", "innovative_workplaces"), 80, ("dk-2017", "all", "innovative_workplaces"), 80, NO, "compilation",
    ),
    "whole and part": (("dk-2015", "all", "collab_companies"), 22, ("dk-2015", "municipal", "collab_companies"), 20, NO, "part"),
    "a few answers": (
        ("se-2021-central", "regional", "driver_legislation", "high"), 9,
        ("se-2021-central", "municipal", "driver_legislation", "high"), 17, CARE, "small_n",
    ),
    "two worded figures": (
        (*NO_2018, "yes", "education"), 80, (*NO_2018, "yes", "health"), 70, CARE, "wording",
    ),
    "two answers": (SE_COLLAB, 42, (*SE_COLLAB, "no"), 58, NO, "answer"),
    "two steps of a scale": (
        ("se-2021-central", "municipal", "driver_legislation", "high"), 17,
        ("se-2021-central", "municipal", "driver_legislation", "some"), 58, NO, "answer",
    ),
    "a graded and a yes-or-no answer": (
        ("se-2021-central", "municipal", "driver_legislation", "high"), 17,
        ("se-2021-workplace", "municipal", "driver_legislation"), 13, NO, "scale",
    ),
    "two Swedish definitions": (
        ("se-2018-workplace", "all", "innovative_workplaces"), 81,
        ("se-2021-workplace", "regional", "innovative_workplaces"), 65, NO, "definition",
    ),
    "two definitions across a border": (
        ("dk-2020", "municipal", "innovative_workplaces"), 80,
        ("se-2021-workplace", "municipal", "innovative_workplaces"), 54, NO, "definition",
    ),
    "kinds of innovation under two definitions": (
        ("dk-2023", "all", "type_product"), 22, ("se-2021-workplace", "municipal", "type_product"), 37, NO, "definition",
    ),
    "agencies and state workplaces of two surveys": (
        ("se-2021-workplace", "state", "innovative_workplaces"), 64,
        ("is-2021", "state", "innovative_workplaces"), 82, NO, "unit",
    ),
    "two sectors of two surveys": (
        ("dk-2015", "state", "collab_companies"), 34, ("dk-2023", "all", "collab_companies"), 16, NO, "sector",
    ),
    "a share that rests on the question that changed": (
        ("dk-2015", "all", "collab_companies"), 22, ("dk-2023", "all", "collab_companies"), 16, CARE, "break",
    ),
    "a role that holds the question that changed": (
        ("dk-2017", "all", "role_citizens"), 63, ("dk-2020", "all", "role_citizens"), 57, CARE, "break",
    ),
    "published together": (
        ("nordic-2019-dk", "all", "innovative_workplaces"), 80, ("nordic-2019-no", "all", "innovative_workplaces"), 77, CARE, "together",
    ),
    "one edition alone has a known definition": (
        ("dk-2015", "all", "innovative_workplaces"), 86, ("is-2019", "all", "innovative_workplaces"), 78, CARE, "definition_unknown",
    ),
    "broad innovators and others": (
        (*JOINT, "innovative_workplaces", "yes", BROAD), 92, (*JOINT, "innovative_workplaces", "yes", OTHERS), 51, CARE, "by_construction",
    ),
    "a segment and the whole": (NO_2018, 74, (*NO_2018, "yes", "health"), 70, NO, "segment"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_verdict_and_deciding_reason(name: str) -> None:
    first, value, second, other, kind, deciding = PAIRS[name]
    one, two = figure(*first), figure(*second)
    assert (one.value, two.value) == (value, other)
    for judged in (judge(one, two), judge(two, one)):
        assert (judged.kind, judged.reasons[0].kind) == (kind, deciding)


def test_whether_a_unit_works_with_innovation_is_another_question_too() -> None:
    judged = judge(
        figure("no-state-2021-workplace", "state", "works_with_innovation"),
        figure("no-municipal-2020", "municipal_regional", "innovative_workplaces"),
    )
    assert kinds(judged, NO) == {"definition", "indicator", "sector"}


def test_the_recorded_change_of_the_danish_question_is_the_only_reason() -> None:
    judged = judge(figure(*DK_COLLAB_2017), figure("dk-2020", "all", "collab_any"))
    assert [reason.found.break_id for reason in judged.reasons] == ["dk-collab-any-2020"]
    across = judge(figure(*DK_COLLAB_2015), figure("dk-2023", "all", "collab_any"))
    assert [reason.found.break_id for reason in across.reasons] == ["dk-collab-any-2020"]


def test_workplaces_and_management_of_sweden_differ_in_respondent_and_scale() -> None:
    for sector in ("municipal", "regional"):
        judged = judge(
            figure("se-2021-central", sector, "driver_legislation", "high"),
            figure("se-2021-workplace", sector, "driver_legislation"),
        )
        assert judged.kind == judged.beyond_visible_differences == NO
        assert kinds(judged, NO) == {"scale", "respondent", "base", "unit"}


def test_iceland_2021_and_the_state_bodies_of_2024() -> None:
    later = figure("is-state-2024", "state", "innovative_workplaces")
    whole = judge(figure("is-2021", "all", "innovative_workplaces"), later)
    assert whole.kind == NO
    assert kinds(whole, NO) == {"break", "sector"}
    assert "is-coverage-2024" in {
        reason.found.break_id for reason in whole.reasons if reason.found and reason.verdict == NO
    }
    state = judge(figure("is-2021", "state", "innovative_workplaces"), later)
    assert (state.kind, kinds(state)) == (
        CARE,
        {"unit", "respondent", "break", "definition_unknown"},
    )
    assert {reason.found.break_id for reason in state.reasons if reason.found} == {
        "is-state-bodies-2024"
    }


@pytest.mark.parametrize("qualifier", ["about", "over", "under"])
def test_a_worded_figure_is_compared_with_care(qualifier: str) -> None:
    first, second = (
        figure("dk-2015", "all", "innovative_workplaces"),
        figure("dk-2017", "all", "innovative_workplaces"),
    )
    assert judge(first, second).kind == YES
    judged = judge(replace(first, qualifier=qualifier), second)
    assert (judged.kind, kinds(judged)) == (CARE, {"wording"})


def test_an_inferred_figure_is_compared_with_care() -> None:
    first, second = (
        figure("dk-2015", "all", "innovative_workplaces"),
        figure("dk-2017", "all", "innovative_workplaces"),
    )
    judged = judge(first, replace(second, status="inferred"))
    assert (judged.kind, kinds(judged)) == (CARE, {"inferred"})


def test_very_few_answers_are_those_below_the_limit() -> None:
    first, second = (
        figure("dk-2015", "all", "innovative_workplaces"),
        figure("dk-2017", "all", "innovative_workplaces"),
    )
    for n, limit, found in (
        (29, 30, {"small_n"}),
        (30, 30, {"no_change"}),
        (30, 31, {"small_n"}),
        (None, 30, {"no_change"}),
    ):
        assert kinds(judge(replace(first, n=n), second, SmallBaseThresholds(limit, 100))) == found


def test_bodies_asked_in_iceland_differ_between_2018_and_2021() -> None:
    judged = judge(
        figure("is-2019", "all", "innovative_workplaces"),
        figure("is-2021", "all", "innovative_workplaces"),
    )
    assert (judged.kind, kinds(judged)) == (CARE, {"break", "definition_unknown"})
    assert [reason.found.break_id for reason in judged.reasons if reason.found] == [
        "is-bodies-2021"
    ]


def test_figures_published_together_may_stand_together_with_care_and_beside_no_others() -> None:
    rows = [
        row
        for row in views.index().dataset.observations
        if row.survey_id.startswith("nordic-2019-")
    ]
    assert {row.country: row.value for row in rows} == {
        "DK": 80,
        "NO": 77,
        "SE": 81,
        "FI": 95,
        "IS": 78,
    }
    for first, second in combinations(rows, 2):
        judged = judge(first, second)
        assert (judged.kind, kinds(judged) >= {"together", "country"}) == (CARE, True)
        assert ("unit" in kinds(judged)) == ("FI" in (first.country, second.country))
        assert judge(first, replace(second, indicator="works_with_innovation")).kind == NO
    for row in rows:
        for other in views.index().dataset.observations:
            assert other in rows or judge(row, other).kind == NO


def test_a_definition_parts_only_what_depends_on_it() -> None:
    """The Danish and the Swedish definition part who innovates and the kinds, in whatever year, and nothing else."""
    dataset = views.index().dataset
    assert {name for name, indicator in dataset.indicators.items() if indicator.by_definition} >= {
        "innovative_workplaces",
        "type_product",
    }
    for first, second in same_indicator():
        found = kinds(judge(first, second)) & {"definition", "definition_unknown"}
        definitions = {views.surveys()[row.survey_id]["definition"] for row in (first, second)}
        if (
            first.survey_id == second.survey_id
            or not dataset.indicators[first.indicator].by_definition
        ):
            assert found == set()
        elif "" in definitions:
            assert found == {"definition_unknown"}
        else:
            assert found == ({"definition"} if len(definitions) > 1 else set())


def test_unlike_units_of_one_survey_are_compared_with_care_and_of_two_not_at_all() -> None:
    for first, second in same_indicator():
        reason = next(
            (reason for reason in judge(first, second).reasons if reason.kind == "unit"), None
        )
        whole = ["organisations" in row.base or row.level == "central" for row in (first, second)]
        assert (reason is not None) == (whole[0] != whole[1])
        if reason and first.survey_id == second.survey_id:
            assert reason.verdict == CARE
            assert "base_near" not in kinds(judge(first, second))
        elif reason and first.country != second.country and first.kind == second.kind == "national":
            assert reason.verdict == NO


def test_broad_innovators_differ_from_others_by_construction_on_every_theme() -> None:
    by_theme: dict[str, set[bool]] = {}
    rows = [row for row in views.index().dataset.observations if row.segment in (BROAD, OTHERS)]
    for first, second in combinations(rows, 2):
        same = (first.indicator, first.response, first.sector) == (
            second.indicator,
            second.response,
            second.sector,
        )
        if same and first.segment != second.segment:
            judged = judge(first, second)
            by_theme.setdefault(first.theme, set()).add("by_construction" in kinds(judged))
            assert judged.kind == CARE
    assert set(by_theme) >= {
        "activities",
        "effects",
        "conditions",
        "drivers",
        "innovation",
        "collaboration",
    }
    assert all(found == {True} for found in by_theme.values())


def test_parts_and_sectors_are_told_apart_from_what_is_counted() -> None:
    judged = judge(
        figure("dk-2015", "all", "collab_companies"), figure("dk-2015", "state", "collab_companies")
    )
    assert (judged.kind, judged.beyond_visible_differences) == (NO, YES)
    judged = judge(figure("dk-2015", "all", "collab_any"), figure(*SE_COLLAB))
    assert judged.beyond_visible_differences == NO


def test_distant_periods_of_two_countries_are_a_reason_and_of_one_country_none() -> None:
    later, earlier = (
        figure("is-2021", "all", "innovative_workplaces"),
        figure("dk-2015", "all", "innovative_workplaces"),
    )
    assert kinds(judge(earlier, later)) == {"country", "period", "definition_unknown"}
    assert kinds(judge(earlier, figure("dk-2023", "all", "innovative_workplaces"))) == {"no_change"}
    assert "period" not in kinds(judge(later, figure("dk-2020", "all", "innovative_workplaces")))
