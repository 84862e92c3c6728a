"""The summary of a theme, view by view."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import handlers
from dashboard.selection import search
from tests.support import views
from tests.support.components import components
from tests.support.summaries import NOT_COMPARABLE, PICKED, sentences
from tests.support.views import show


def test_the_collaboration_of_denmark_and_sweden() -> None:
    shown = show("theme=collaboration&country=DK~SE")
    leads, gaps, barred = sentences(shown, shown.sections[0])
    assert leads == (
        "Partner outside the workplace, “Yes”. Denmark, 2021–2023: 69% (workplaces). "
        "Sweden, 2019–2020: from 42% (municipal workplaces) to 51% (regional workplaces). "
        "Private companies as partners, “Yes”. Denmark, 2021–2023: 16% (workplaces)."
    )
    assert gaps == (
        "Tested differences: 9; larger than chance alone would give: 7; the widest: "
        "Partner outside the workplace, Sweden 2019–2020, “Yes”: "
        "regional workplaces (51%) and municipal workplaces (42%). As published: 0 significant, 1 not."
    )
    assert (
        barred
        == f"{NOT_COMPARABLE}their percentages are shares of different things, whole organisations stand beside workplaces "
        "and countries without a common sector stand beside each other. This holds for “Partner outside the "
        "workplace”, “Private companies as partners” and “Voluntary organisations as partners”."
    )


def test_a_pair_of_unlike_units_leads_nothing_however_wide() -> None:
    """80 % of the Swedish agencies and 18 % of the municipal workplaces had agencies as partners: agencies are larger."""
    shown = show("theme=collaboration&country=SE&more=collaboration")
    section = shown.sections[0]
    clear = [each for each in section.differences if each.test and each.test.outcome == "clear"]
    widest = max(clear, key=lambda each: abs(each.points))
    assert {widest.first.value, widest.second.value} == {80, 18}
    leads, gaps, *_ = sentences(shown, section)
    assert "agencies (" not in leads
    assert "(agencies" not in leads
    assert (
        "; the widest: Universities and colleges as partners, Sweden 2019–2020, “Yes”: regional workplaces (40%) and municipal"
        in gaps
    )
    alone = show("concept=collab_agencies&country=SE&sector=state~municipal")
    assert (
        sentences(alone, alone.sections[0])[1]
        == "Tested differences: 1; larger than chance alone would give: 1."
    )


def test_few_answers_lead_nothing() -> None:
    """79 of 100 regions against 36 of 100 municipalities is the widest gap, and rests on 14 regions."""
    shown = show("concept=systematic_innovation_work&country=SE")
    section = shown.sections[0]
    widest = max(
        (each for each in section.differences if each.clear), key=lambda each: abs(each.points)
    )
    assert (widest.first.value, widest.first.n, widest.second.value) == (79, 14, 36)
    leads, gaps = sentences(shown, section)
    assert leads == (
        "Works systematically with innovation, “Yes”. "
        "Sweden, 2019–2020: from 36% (managements of municipalities) to 60% (managements of agencies)."
    )
    assert "79%" not in gaps
    assert "managements of agencies (60%) and managements of municipalities (36%)" in gaps
    regions = show("concept=systematic_innovation_work&country=SE&sector=regional")
    assert sentences(regions, regions.sections[0]) == ()


def test_a_range_never_joins_two_indicators_or_two_countries() -> None:
    """54 % of Swedish workplaces innovated, 91 % of Norwegian ones work with innovation: no figures of one range."""
    shown = show(
        "concept=innovative_workplaces~works_with_innovation&country=NO~SE&view=dots&sort=published"
    )
    (leads, *_) = sentences(shown, shown.sections[0])
    assert "from 54% (municipal workplaces) to 65% (regional workplaces)" in leads
    introduced, works = leads.split("Works with innovation")
    assert "91%" in works
    assert "91%" not in introduced


def test_a_whole_and_its_parts_are_no_range() -> None:
    shown = show("concept=innovative_workplaces&country=DK&edition=dk-2020")
    (leads, *_) = sentences(shown, shown.sections[0])
    assert leads.endswith(
        "“Yes”. Denmark, 2018–2019: from 80% (municipal workplaces) to 85% (regional workplaces)."
    )


def test_editions_that_may_not_be_compared_are_no_series() -> None:
    """Sweden 2018 and 2019-2020 define innovation differently."""
    shown = show("concept=innovative_workplaces&country=SE&edition=all")
    (leads, *_, barred) = sentences(shown, shown.sections[0])
    assert "81%" not in leads
    assert "2019–2020: from 54%" in leads
    assert "innovation is defined differently" in barred


def test_the_grounds_that_bar_a_comparison_are_all_named() -> None:
    shown = show("theme=drivers&country=SE")
    (barred,) = [
        each for each in sentences(shown, shown.sections[0]) if each.startswith(NOT_COMPARABLE)
    ]
    # Rows of bars keep them apart; those of a heat table do not.
    assert not any(row.obstacles for row in shown.sections[0].rows)
    heat = show("theme=drivers&country=SE&view=heat").sections[0]
    assert {kind for row in heat.rows for kind in row.obstacles} == {
        "scale",
        "base",
        "respondent",
        "unit",
    }
    for ground in ("shares of different things", "workplaces and management answered", "graded"):
        assert ground in barred
    assert "whole organisations" not in barred, (
        "that managements speak for organisations is said already"
    )


def test_one_difference_within_the_margin_of_error() -> None:
    shown = show("concept=driver_technology&country=SE&level=workplace")
    assert len(shown.sections[0].differences) == 1
    assert "Tested differences: 1; larger than chance alone would give: 0." in sentences(
        shown, shown.sections[0]
    )


def test_tests_and_published_statements_are_counted_apart() -> None:
    shown = show(
        "concept=collab_citizens~collab_companies&country=DK&edition=dk-2015&sector=municipal~regional"
    )
    assert len(shown.sections[0].differences) == 1
    assert sentences(shown, shown.sections[0])[-1] == "As published: 0 significant, 1 not."
    shown = show("concept=promoted_employees~promoted_technology&country=DK&edition=dk-2015")
    assert len(shown.sections[0].differences) == 6
    assert (
        sentences(shown, shown.sections[0])[-1]
        == "For 6 pairs the publication calls the level the same, without a test."
    )


def test_a_change_across_a_break_is_no_tested_difference() -> None:
    shown = show("concept=collab_companies&country=DK&sector=all&view=change")
    assert [each.test.outcome for each in shown.sections[0].differences] == ["clear"]
    assert sentences(shown, shown.sections[0])[1:] == (
        "Every pair that can be tested here lies across a break: its gap may come from the change of the survey.",
    )


def test_figures_published_together_are_one_sentence() -> None:
    editions = "~".join(f"nordic-2019-{each}" for each in ("dk", "no", "se", "fi", "is"))
    shown = show(f"concept=innovative_workplaces&edition={editions}")
    assert sentences(shown, shown.sections[0])[0] == (
        "Introduced at least one innovation, as the institutions published it together in 2019: "
        "Denmark 80%, Norway 77%, Sweden 81%, Iceland 78%; Finland’s municipalities 95%."
    )


def test_a_lone_figure_has_one_sentence() -> None:
    shown = show("concept=innovative_workplaces&country=FI&sector=municipal")
    assert sentences(shown, shown.sections[0]) == (
        "Introduced at least one innovation, “Yes”. Finland, 2020–2021: 96% (managements of municipalities).",
    )


def test_worded_figures_keep_their_wording() -> None:
    for query, sentence in (
        ("theme=effects&country=NO", "over 70%"),
        ("concept=effect_citizen_involvement&country=NO", "under 30%"),
    ):
        shown = show(query)
        assert sentence in " ".join(sentences(shown, shown.sections[0]))


def test_nothing_shown_is_nothing_said() -> None:
    shown = show("theme=collaboration&country=DK~SE")
    empty = replace(shown.sections[0], panels=(), rows=(), differences=())
    assert sentences(shown, empty) == ()
    assert not [
        each
        for each in components(page("theme=none"))
        if getattr(each, "className", "") == "summary"
    ]


def page(query: str) -> list:
    return handlers.update(views.context(query), {}, 960)["content"]


@pytest.mark.parametrize("query", PICKED)
def test_the_summary_is_the_description_of_the_chart(query: str) -> None:
    shown = show(query)
    tree = page(search(shown.selection, views.vocabulary()).removeprefix("?"))
    by_id = {
        each.id: each for each in components(tree) if isinstance(getattr(each, "id", None), str)
    }
    charts = [each for each in components(tree) if type(each).__name__ == "Figure"]
    assert len(charts) == len(shown.sections)
    for section, chart in zip(shown.sections, charts, strict=True):
        described = by_id[getattr(chart, "aria-describedby")]
        assert described.children == " ".join(sentences(shown, section))
        # What is folded describes nothing in a browser, so that the description is a copy that is hidden.
        assert described.hidden == ""
        told = [each for each in components(tree) if getattr(each, "className", "") == "summary"]
        assert described.children in [each.children for each in told]
