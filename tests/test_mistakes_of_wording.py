"""Mistakes that readers found, one test each: ranges, headings, labels and what is printed."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.comparability import CARE, NO, YES, SmallBaseThresholds, verdict
from dashboard.layout import notes
from dashboard.query import APPROXIMATE, BORDERLINE
from dashboard.text import differences, missing, texts, verdicts
from dashboard.text.summary import leads
from tests.support import views
from tests.support.drawings import in_full
from tests.support.figures import figure
from tests.support.statements import data, facts, judged, lines, loc, summary_of
from tests.support.views import only_section, show


def test_11_no_range_crosses_indicators_countries_or_definitions():
    for theme in data().codes["theme"]:
        for section in show(f"theme={theme}").sections:
            for values in leads(loc(), show(f"theme={theme}"), section):
                rows = [value.observation for value in values]
                assert len({(row.indicator, row.country, row.response) for row in rows}) == 1
                assert all(judged(*pair)[0] != NO for pair in combinations(rows, 2))
                assert all(row.n is None or row.n >= 30 for row in rows)
    said = summary_of("concept=innovative_workplaces&country=DK~SE")
    assert (
        "Sweden, 2019–2020: from 54% (municipal workplaces) to 65% (regional workplaces)." in said
    )
    assert "to 91%" not in summary_of(
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
    shown = show(f"theme={theme}&country=SE&split=group")
    (section,) = shown.sections
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
    said = " ".join((*notes.cautions(shown, section, loc()), *notes.reading(shown, section, loc())))
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
    said = summary_of("concept=promoted_employees~promoted_technology&country=DK&edition=dk-2015")
    assert "For 6 pairs the publication calls the level the same, without a test." in said
    assert "Tested differences" not in said


def test_16_no_total_above_its_parts_of_another_edition():
    rows = only_section("concept=innovative_workplaces&country=SE").rows
    assert [value.observation.value for row in rows for value in row.values] == [54, 65, 64, 81]
    assert [texts.line(loc(), row.values, row.line) for row in rows] == [
        "Sweden, municipal, 2019–20",
        "Sweden, regional, 2019–20",
        "Sweden, state, 2019–20",
        "Sweden, all sectors, 2016–18",
    ]
    for row in rows:
        assert "definition" not in row.obstacles


def test_17_norway_is_in_the_comparison_that_was_published_together():
    section = only_section("concept=innovative_workplaces&country=NO")
    assert [row.value for row in section.together] == [80, 95, 78, 77, 81]
    assert (
        "Denmark 80%, Iceland 78%, Norway 77%, Sweden 81%; Finland’s municipalities 95%"
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
        section = only_section("concept=collab_public_outside&country=DK")
        (doubted,) = (v for v in section.values if v.observation.status == "inferred")
        said = in_full(loc(), doubted)
        assert "Inferred; in doubt: which year it is from" in said

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
