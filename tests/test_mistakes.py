"""Twenty mistakes of release 2026.1, each with what is right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations

import pytest

from dashboard import charts
from dashboard.comparability import CARE, NO, YES, SmallBaseThresholds, verdict
from dashboard.dataset import Dataset, Observation
from dashboard.query import APPROXIMATE, BORDERLINE, Section
from dashboard.text import Localizer, differences, missing, texts, verdicts
from dashboard.text.card import card
from dashboard.text.summary import leads, summary
from tests.support import views
from tests.support.drawings import in_full
from tests.support.figures import figure
from tests.support.views import only_section, show


@cache
def data() -> Dataset:
    return views.index().dataset


@cache
def loc(language: str = "en") -> Localizer:
    return Localizer(data(), language)


def judged(first: Observation, second: Observation) -> tuple[str, list[str]]:
    """(verdict, kinds of its reasons in order)."""
    found = verdict(data(), first, second, SmallBaseThresholds())
    return found.kind, [reason.kind for reason in found.reasons]


def told(query: str, language: str = "en") -> str:
    """The summary of the one theme of a view."""
    shown = show(query)
    return " ".join(summary(loc(language), shown, shown.sections[0]))


def lines(section: Section, language: str = "en") -> list[str]:
    return [differences.difference(loc(language), each) for each in section.differences]


def facts(row: Observation, query: str = "") -> dict[str, str]:
    made = card(
        loc(),
        show(query),
        views.index().evidence[row.position],
        row,
        date(2026, 11, 26),
        "https://example.org/",
    )
    return {fact.term: f"{fact.text} {fact.quoted}".strip() for fact in made.facts}


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
    assert label in told("theme=drivers&country=SE&level=central", language)


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
    assert "agencies" not in told("theme=collaboration&country=SE").partition("the widest")[2]


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
    said = told("theme=collaboration&country=DK&sector=all&view=change")
    assert (
        "Denmark, workplaces: 79% (2013–2014) and 79% (2015–2016); after a change of the survey: 69% (2018–2019) and 69%"
        in said
    )
    assert "widest" not in said or "compan" not in said.partition("widest")[2].lower()


def test_10_an_empty_view_points_the_other_way_too():
    shown = show("theme=effects&country=SE")
    assert missing.relaxations(loc(), shown.relaxations[0]) == (
        "Published only for broad innovators and others.",
        "Show them (24 figures)",
    )
    assert shown.relaxations[0].lifted.split == "group"
    size = show("split=size")
    assert missing.relaxations(loc(), size.relaxations[0]) == (
        "Size of the organisation is published for other themes: Activities.",
        "Show them (7 figures)",
    )


def test_11_no_range_crosses_indicators_countries_or_definitions():
    for theme in data().codes["theme"]:
        for section in show(f"theme={theme}").sections:
            for values in leads(loc(), show(f"theme={theme}"), section):
                rows = [value.observation for value in values]
                assert len({(row.indicator, row.country, row.response) for row in rows}) == 1
                assert all(judged(*pair)[0] != NO for pair in combinations(rows, 2))
                assert all(row.n is None or row.n >= 30 for row in rows)
    said = told("concept=innovative_workplaces&country=DK~SE")
    assert (
        "Sweden, 2019–2020: from 54% (municipal workplaces) to 65% (regional workplaces)." in said
    )
    assert "to 91%" not in told(
        "concept=innovative_workplaces~works_with_innovation&view=dots&by=indicator"
    )


def test_12_one_in_five_started_by_the_nearest_political_leadership():
    row = figure("dk-2015", "all", "initiated_political_leadership")
    assert (row.value, row.qualifier, row.base, row.status) == (
        20,
        "about",
        "innovations",
        "printed",
    )
    assert row.source_id == "coi-2015-infographic"
    assert ("dk-2015", "initiated_political_leadership") not in data().asked


@pytest.mark.parametrize(
    "theme", ["innovation", "effects", "conditions", "activities", "diffusion", "collaboration"]
)
def test_13_broad_innovators_differ_by_construction_on_every_theme(theme):
    section = only_section(f"theme={theme}&country=SE&split=group")
    rows = [value.observation for value in section.values]
    pairs = [
        pair
        for pair in combinations(rows, 2)
        if pair[0].sector == pair[1].sector and pair[0].indicator == pair[1].indicator
    ]
    pairs = [pair for pair in pairs if pair[0].response == pair[1].response]
    assert pairs
    for pair in pairs:
        kind, reasons = judged(*pair)
        assert (kind, "by_construction" in reasons) == (CARE, True)
    said = charts.chart("bars").reading(
        loc(), section, views.select(f"theme={theme}&country=SE&split=group"), SmallBaseThresholds()
    )
    assert said.count("by construction") == 1


def test_14_sweden_is_unweighted_and_denmark_weighted():
    section = only_section("concept=collab_any&country=DK~SE")
    assert verdicts.weighting(loc(), section) == (
        "Weighted, the weights are not published: Denmark (2021–2023). "
        "Unweighted shares of those who answered: Sweden (2019–2020, workplaces: response rate 29%)."
    )
    assert "weights" not in differences.caveat(loc())


def test_15_a_heading_is_no_test():
    section = only_section(
        "concept=promoted_employees~promoted_technology&country=DK&edition=dk-2015"
    )
    assert {each.published.result for each in section.differences} == {"same_level"}
    assert "the same level, as published; no test is reported." in lines(section)[0]
    said = told("concept=promoted_employees~promoted_technology&country=DK&edition=dk-2015")
    assert "For 6 pairs the publication calls the level the same, without a test." in said
    assert "Tested differences" not in said


def test_16_no_total_above_its_parts_of_another_edition():
    rows = only_section("concept=innovative_workplaces&country=SE").rows
    assert [[value.observation.value for value in row.values] for row in rows] == [
        [54, 65, 64],
        [81],
    ]
    assert [texts.line(loc(), row.values, row.line) for row in rows] == [
        "Sweden, 2019–2020",
        "Sweden, all sectors, two years to 2018",
    ]
    for row in rows:
        assert "definition" not in row.obstacles


def test_17_norway_is_in_the_comparison_that_was_published_together():
    section = only_section("concept=innovative_workplaces&country=NO")
    assert [row.value for row in section.together] == [80, 95, 78, 77, 81]
    assert (
        "Denmark 80%, Iceland 78%, Norway 77%, Sweden 81%; Finland's municipalities 95%"
        in texts.together(loc(), section.together)
    )
    nordic = [row for row in data().observations if row.survey_id.startswith("nordic")]
    for first, second in combinations(nordic, 2):
        kind, reasons = judged(first, second)
        assert (kind, "together" in reasons) == (CARE, True)
    assert ("no-state-2018-workplace", "innovative_workplaces") not in data().asked


def test_18_danish_headlines_have_an_interval_and_81_to_83_a_sentence():
    known = views.index().evidence[figure("dk-2023", "all", "innovative_workplaces").position]
    assert (known.interval.n, known.interval.kind) == (1611, APPROXIMATE)
    section = only_section("concept=innovative_workplaces&country=DK&sector=all&view=change")
    (last,) = (each for each in section.differences if each.second.survey_id == "dk-2023")
    assert last.test.outcome == BORDERLINE
    assert (
        differences.pair(loc(), last)
        == "Denmark, workplaces, “Yes”: from 81% (2018–2019) to 83% (2021–2023)"
    )
    assert "Of those asked 50% answered, then 36%." in differences.difference(loc(), last)
    assert texts.response_rates(loc(), section) == (
        "Response rates: Denmark 35% (2013–2014), 50% (2015–2016), 50% (2018–2019), 36% (2021–2023)."
    )


def test_19_iceland_asked_other_bodies_in_2021():
    kind, reasons = judged(
        figure("is-2019", "all", "innovative_workplaces"),
        figure("is-2021", "all", "innovative_workplaces"),
    )
    assert (kind, "break" in reasons) == (CARE, True)
    same = judged(
        figure("dk-2017", "all", "innovative_workplaces"),
        figure("dk-2020", "all", "innovative_workplaces"),
    )
    assert same == (YES, ["no_change"])
    pair = (
        figure("dk-2017", "all", "innovative_workplaces"),
        figure("dk-2020", "all", "innovative_workplaces"),
    )
    said = verdicts.reasons(loc(), verdict(data(), *pair, SmallBaseThresholds()), *pair)
    assert said == "No change of question or coverage is recorded."


def test_20_a_translated_label_says_so_and_no_place_is_a_line_of_a_private_copy():
    row = figure("se-2021-workplace", "state", "effect_quality", "high", "others")
    assert facts(row)["Label in the source (translated)"] == "Increased quality"
    assert not [row for row in data().observations if re.search(r"\blines? \d", row.locator)]
    assert not [each for each in data().published_tests if re.search(r"\blines? \d", each.locator)]


class TestDataAroundTheFigures:
    def test_the_norwegian_state_survey_names_no_years_that_are_not_printed(self):
        survey = data().surveys["no-state-2018-workplace"]
        assert survey.reference_period == "two years before the survey (autumn 2018)"
        assert loc().period(survey) == "two years to 2018"

    def test_the_doubt_is_named_figure_by_figure(self):
        doubts = {
            row.position: row.doubt for row in data().observations if row.status == "inferred"
        }
        assert all(doubts.values())
        assert sorted(doubts.values()).count("edition") == 7
        said = in_full(loc(), only_section("concept=collab_public_outside&country=DK").values[0])
        assert "Inferred: the edition" in said

    def test_plural_forms_of_points(self):
        found = only_section("concept=driver_technology&country=SE").differences
        (each,) = (one for one in found if one.first.survey_id == "se-2021-workplace")
        for gap, said in ((1, "1 point,"), (2, "2 points,")):
            changed = replace(each, first=replace(each.first, value=each.second.value + gap))
            assert differences.points(loc(), changed, each.test).startswith(said)

    def test_nothing_empty_is_printed(self):
        shown = show("theme=innovation&country=SE&view=change")
        (section,) = shown.sections
        assert [
            texts.bases(loc(), section),
            texts.numbers_of_answers(loc(), section),
            texts.source_line(loc(), section),
        ] == [""] * 3
        assert "product and process innovations" in missing.single_editions(loc(), section)
