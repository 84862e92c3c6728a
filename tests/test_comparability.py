"""May two figures be compared? The pairs the project is held to, and what holds for every pair."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.comparability import (
    CARE,
    NO,
    YES,
    SmallBaseThresholds,
    Verdict,
    breaks_between,
    common_ground,
    equivalent_bases,
    verdict,
)
from dashboard.dataset import Observation
from dashboard.query import Measure
from dashboard.text import verdicts
from tests.support import views
from tests.support.figures import figure
from tests.support.views import only_section

LIMITS = SmallBaseThresholds()
Header = tuple[str, ...]


def judge(
    first: Observation, second: Observation, thresholds: SmallBaseThresholds = LIMITS
) -> Verdict:
    return verdict(views.index().dataset, first, second, thresholds)


def kinds(judged: Verdict, weight: str = "") -> set[str]:
    """Kinds of the reasons, of one weight or all."""
    return {reason.kind for reason in judged.reasons if weight in ("", reason.verdict)}


DK_COLLAB_2015 = ("dk-2015", "all", "collab_any")
DK_COLLAB_2017 = ("dk-2017", "all", "collab_any")
SE_COLLAB = ("se-2021-workplace", "municipal", "collab_any")
NO_2018 = ("no-municipal-2018", "municipal_regional", "innovative_workplaces")
BROAD, OTHERS = "broad-innovators", "others"
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
        told = {views.surveys()[row.survey_id]["definition"] for row in (first, second)}
        if (
            first.survey_id == second.survey_id
            or not dataset.indicators[first.indicator].by_definition
        ):
            assert found == set()
        elif "" in told:
            assert found == {"definition_unknown"}
        else:
            assert found == ({"definition"} if len(told) > 1 else set())


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


@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
@pytest.mark.parametrize("chart", ["bars", "heat", "table"])
def test_norwegian_state_and_municipal_indicators_never_share_a_row(by: str, chart: str) -> None:
    section = only_section(
        f"concept=works_with_innovation~innovative_workplaces&country=NO&edition=all&by={by}&view={chart}&more=innovation"
    )
    assert {value.observation.indicator for value in section.values} == {
        "works_with_innovation",
        "innovative_workplaces",
    }
    lines = [
        (row.header, [value for cell in row.cells for value in cell.values]) for row in section.rows
    ]
    lines += [
        (panel.header, [value for row in section.rows for value in row.cells[at].values])
        for at, panel in enumerate(section.panels)
    ]
    of_indicator = [(key, values) for key, values in lines if isinstance(key, Measure)]
    assert of_indicator
    assert all(
        {value.observation.indicator for value in values} == {key.indicator}
        for key, values in of_indicator
    )


def test_a_break_of_the_norwegian_municipal_survey_never_touches_the_state() -> None:
    rows = [row for row in views.index().dataset.observations if row.country == "NO"]
    state = [row for row in rows if row.sector == "state"]
    assert state
    for row in state:
        for other in rows:
            found = breaks_between(views.index().dataset, row, other)
            assert not [each for each in found if each.from_survey.startswith("no-municipal")], (
                row,
                other,
            )


def test_a_break_parts_all_earlier_from_all_later_editions_in_either_direction() -> None:
    rows = [figure(f"dk-{year}", "all", "collab_any") for year in (2015, 2017, 2020, 2023)]
    for at, first in enumerate(rows):
        for other, second in enumerate(rows):
            found = {each.break_id for each in breaks_between(views.index().dataset, first, second)}
            assert found == ({"dk-collab-any-2020"} if (at < 2) != (other < 2) else set())


def test_bases_are_alike_in_both_directions() -> None:
    for base in views.index().dataset.codes["base"]:
        assert base in equivalent_bases(base)
        assert all(
            equivalent_bases(other) == equivalent_bases(base) for other in equivalent_bases(base)
        )
    assert "workplaces" not in equivalent_bases("innovations")
    assert "innovative_workplaces" not in equivalent_bases("workplaces")


def same_indicator() -> list[tuple[Observation, Observation]]:
    """Every two figures of one indicator."""
    by_indicator: dict[str, list[Observation]] = {}
    for row in views.index().dataset.observations:
        by_indicator.setdefault(row.indicator, []).append(row)
    return [pair for rows in by_indicator.values() for pair in combinations(rows, 2)]


def assert_sound(first: Observation, second: Observation) -> None:
    """What holds for the verdict on any two figures."""
    forth, back = judge(first, second), judge(second, first)
    assert (forth.kind, forth.beyond_visible_differences, set(forth.reasons)) == (
        back.kind,
        back.beyond_visible_differences,
        set(back.reasons),
    )
    assert forth.reasons
    assert len(set(forth.reasons)) == len(forth.reasons)
    weights = [(YES, CARE, NO).index(reason.verdict) for reason in forth.reasons]
    assert weights == sorted(weights, reverse=True)
    assert forth.kind == forth.reasons[0].verdict
    assert (forth.kind == YES) == (kinds(forth) <= {"same_survey", "no_change"})
    if first.base != second.base:
        assert forth.kind != YES
    if first.indicator != second.indicator or first.kind != second.kind:
        assert forth.kind == NO


def test_every_two_figures_of_an_indicator_are_judged_alike_in_both_directions() -> None:
    for first, second in same_indicator():
        assert_sound(first, second)


def test_comparable_figures_share_a_ground() -> None:
    """A search for partners that only looks on common ground misses none."""
    for first, second in same_indicator():
        if judge(first, second).kind != NO:
            assert set(common_ground(first)) & set(common_ground(second))


def test_an_activity_and_another_theme_are_judged_alike_in_both_directions() -> None:
    first = figure("se-2021-workplace", "state", "innovative_workplaces", segment=BROAD)
    assert_sound(
        first, figure("se-2021-workplace", "state", "act_ideas_with_users", segment=OTHERS)
    )


@settings(max_examples=300)
@given(st.data())
def test_any_two_figures_are_judged_alike_in_both_directions(data: st.DataObject) -> None:
    some = st.sampled_from(views.index().dataset.observations)
    first, second = data.draw(some), data.draw(some)
    changed = st.builds(
        lambda row, n, qualifier, status, sector, response: replace(
            row, n=n, qualifier=qualifier, status=status, sector=sector, response=response
        ),
        st.sampled_from((first, second)),
        st.sampled_from((None, 1, 29, 30, 5000)),
        st.sampled_from(("exact", "about", "over", "under")),
        st.sampled_from(("printed", "ordered", "inferred")),
        st.sampled_from(tuple(views.index().dataset.codes["sector"])),
        st.sampled_from(("yes", "no", "high", "some", "copied")),
    )
    assert_sound(first, second)
    assert_sound(data.draw(changed), data.draw(changed))


def test_every_reason_has_a_sentence() -> None:
    loc = views.loc()
    told: dict[str, str] = {}
    other = (figure("dk-2015", "all", "role_citizens"), figure("dk-2015", "all", "collab_citizens"))
    for first, second in [*same_indicator(), other]:
        judged = judge(first, second)
        text = verdicts.reasons(loc, judged, first, second)
        for ground in judged.reasons:
            told[ground.kind] = verdicts.reason(loc, ground, first, second)
            assert told[ground.kind] in text
            assert told[ground.kind].endswith(".")
        assert not set("{}") & set(text)
        assert "  " not in text
        assert verdicts.verdict_title(loc, judged.kind)
    assert set(told) == {
        "same_survey", "no_change", "definition", "definition_unknown", "indicator", "scale", "answer", "base", "base_near", "unit",
        "together", "respondent", "compilation", "country", "sector", "part", "segment", "by_construction", "break", "period",
        "period_unknown", "wording", "inferred", "small_n",
    }  # fmt: skip


def test_obstacles_name_both_bases_or_the_ground() -> None:
    loc = views.loc()
    assert verdicts.obstacles(loc, (), ("innovations",)) == ""
    said = verdicts.obstacles(loc, ("base", "respondent"), ("innovations", "workplaces"))
    assert said == "Not comparable: share of innovations / of workplaces"
    grounds = {
        kind for first, second in same_indicator() for kind in kinds(judge(first, second), NO)
    } - {"base", "sector", "part"}
    for kind in grounds:
        assert len(verdicts.obstacles(loc, (kind,), ())) > len("Not comparable: "), kind
