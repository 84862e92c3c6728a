"""Mistakes that readers found, one test each: comparisons and their verdicts."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from dashboard import charts
from dashboard.comparability import CARE, NO, SmallBaseThresholds, verdict
from dashboard.text import differences, missing, verdicts
from dashboard.text.card import card
from tests.support import views
from tests.support.figures import figure
from tests.support.statements import data, facts, judged, lines, loc, summary_of
from tests.support.views import only_section, show


def test_1_partners_outside_the_municipality_are_another_indicator():
    for survey, sector in (("dk-2017", "municipal"), ("no-municipal-2018", "municipal")):
        outside, within = (
            figure(survey, sector, "collab_public_outside"),
            figure(survey, sector, "collab_public_within"),
        )
        assert (outside.value, within.value >= 56) == (20, True)
        assert not any(
            (row.survey_id, row.sector, row.indicator) == (survey, sector, "collab_public")
            for row in data().observations
        )
    assert figure("fi-municipal-2022", "municipal", "collab_public_outside").value == 79


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "To a high or fairly high degree"),
        ("sv", "I hög eller ganska hög grad"),
        ("da", "I høj eller ret høj grad"),
        ("nb", "I stor eller ganske stor grad"),
        ("fi", "Suuressa tai melko suuressa määrin"),
    ],
)
def test_2_the_upper_step_is_labelled_as_the_source_prints_it(language, label):
    assert loc(language).label("response", "high") == label
    section = only_section("theme=drivers&country=SE&level=central")
    assert (
        label.lower()
        in charts.chart("bars")
        .reading(loc(language), section, views.select("theme=drivers"), SmallBaseThresholds())
        .lower()
    )
    assert label in summary_of("theme=drivers&country=SE&level=central", language)


def test_3_only_comparable_never_keeps_what_is_not_comparable():
    """Over all selections of one indicator: see test_sets.py. Here the pairs that were named."""
    assert (
        judged(
            figure("dk-2023", "all", "collab_companies"),
            figure("dk-2015", "state", "collab_companies"),
        )[0]
        == NO
    )
    section = only_section("concept=collab_companies&only=comparable")
    for row in section.rows:
        for first, second in combinations(row.values, 2):
            assert judged(first.observation, second.observation)[0] != NO


@pytest.mark.parametrize("chart", ["bars", "dots", "scale", "heat", "table"])
def test_4_the_chart_changes_no_verdict(chart):
    section = only_section(f"theme=innovation&country=SE&edition=se-2021-workplace&view={chart}")
    outcomes = {(each.first.sector, each.second.sector): each.test.outcome for each in section.differences
                if each.first.indicator == "innovative_workplaces"}  # fmt: skip
    assert outcomes == {
        ("state", "municipal"): "clear",
        ("regional", "municipal"): "clear",
        ("regional", "state"): "unclear",
    }


def test_5_verdict_and_interval_agree():
    shown = [each for found in views.index().differences.values() for each in found if each.test]
    assert len(shown) > 200
    for each in shown:
        said = differences.judgement(loc(), each)
        if said.startswith("a larger gap"):
            assert each.test.alone
        elif said.startswith("within the margin of error"):
            assert not each.test.alone
        else:
            assert said.startswith(("borderline", "not clear"))


def test_6_a_line_names_country_respondents_answer_and_period():
    said = lines(only_section("concept=collab_agencies&country=SE"))
    assert [
        line
        for line in said
        if line.startswith(
            "Sweden 2019–2020, “Yes”: agencies (80%) and municipal workplaces (18%): "
        )
    ]
    section = only_section("concept=effect_quality&country=SE&split=group")
    assert [line.partition(": ")[0] for line in lines(section)] == [
        "Sweden 2019–2020, municipal and regional workplaces, “To a high or fairly high degree”",
        "Sweden 2019–2020, agencies, “To a high or fairly high degree”",
    ]
    every = {each for found in views.index().differences.values() for each in found}
    for each in every:
        line = differences.difference(loc(), each)
        for row in (each.first, each.second):
            assert loc().label("country", row.country) in line
            assert loc().unit_of(row) in line
            assert f"“{loc().label('response', row.response)}”" in line
            assert loc().period(data().surveys[row.survey_id]) in line
    comparisons = card(
        loc(), show("concept=effect_quality&country=SE&split=group"), views.index().evidence[0],
        figure("se-2021-workplace", "state", "effect_quality", "high", "others"), date(2026, 11, 26), "",
    ).comparisons  # fmt: skip
    assert len({each.other for each in comparisons}) == len(comparisons) == 3


def test_7_definitions_cross_borders_and_are_named_first():
    for sector, denmark, sweden in (("municipal", 80, 54), ("regional", 85, 65)):
        first, second = (
            figure("dk-2020", sector, "innovative_workplaces"),
            figure("se-2021-workplace", sector, "innovative_workplaces"),
        )
        assert (first.value, second.value) == (denmark, sweden)
        kind, reasons = judged(first, second)
        assert (kind, reasons[0]) == (NO, "definition")
    within = judged(
        figure("se-2018-workplace", "all", "innovative_workplaces"),
        figure("se-2021-workplace", "state", "innovative_workplaces"),
    )
    assert within[1][0] == "definition"
    unknown = judged(
        figure("dk-2023", "all", "innovative_workplaces"),
        figure("is-2021", "all", "innovative_workplaces"),
    )
    assert (unknown[0], "definition_unknown" in unknown[1]) == (CARE, True)
    asked = facts(
        figure("se-2021-workplace", "state", "innovative_workplaces"),
        "concept=innovative_workplaces",
    )["What was asked"]
    assert "Product and process innovations" in asked
    assert "way of communicating" not in asked
    assert (
        "way of communicating"
        in facts(figure("dk-2020", "all", "innovative_workplaces"))["What was asked"]
    )
    assert (
        "is not known" in facts(figure("is-2021", "all", "innovative_workplaces"))["What was asked"]
    )


def test_8_a_whole_agency_is_larger_than_a_workplace():
    first, second = (
        figure("se-2021-workplace", sector, "collab_any") for sector in ("state", "municipal")
    )
    assert judged(first, second) == (CARE, ["unit"])
    said = verdicts.reasons(
        loc(), verdict(data(), first, second, SmallBaseThresholds()), first, second
    )
    assert said == (
        "A whole agency or other organisation is larger than one workplace and more easily has at least one; "
        "part of the gap comes from size."
    )
    finland = figure("fi-municipal-2022", "municipal", "innovative_workplaces")
    across = judged(finland, figure("dk-2020", "municipal", "innovative_workplaces"))
    assert (across[0], "unit" in across[1]) == (NO, True)
    bridged = judged(
        figure("is-2021", "state", "innovative_workplaces"),
        figure("is-state-2024", "state", "innovative_workplaces"),
    )
    assert (bridged[0], "unit" in bridged[1]) == (CARE, True)
    assert "nearly the same" not in said
    assert "agencies" not in summary_of("theme=collaboration&country=SE").partition("the widest")[2]


def test_9_the_changed_danish_question_touches_everything_that_rests_on_it():
    for indicator, earlier, later in (
        ("collab_companies", "dk-2015", "dk-2023"),
        ("role_citizens", "dk-2017", "dk-2020"),
    ):
        kind, reasons = judged(figure(earlier, "all", indicator), figure(later, "all", indicator))
        assert (kind, "break" in reasons) == (CARE, True)
    (found,) = (each for each in data().breaks if each.break_id == "dk-collaboration-2020")
    rests = {name for name in data().indicators if name.startswith(("collab_", "role_"))} - {
        "collab_any",
        "role_limited_finances",
    }
    assert set(found.indicators) == rests
    said = summary_of("theme=collaboration&country=DK&sector=all&view=change")
    assert (
        "Denmark, workplaces: 79% (2013–2014) and 79% (2015–2016); after a change of the survey: 69% (2018–2019) and 69%"
        in said
    )
    assert "widest" not in said or "compan" not in said.partition("widest")[2].lower()


def test_10_an_empty_view_points_the_other_way_too():
    shown = show("theme=effects&country=SE")
    assert missing.relaxations(loc(), shown.relaxations[0]) == (
        "What is chosen here is published only for broad innovators and others.",
        "Show broad innovators and others (24 figures)",
    )
    assert shown.relaxations[0].selection.split == "group"
    size = show("split=size")
    assert missing.relaxations(loc(), size.relaxations[0]) == (
        "Size of the organisation is published for other themes: Innovation activities.",
        "Show them (7 figures)",
    )
