"""Each theme in words: no sentence claims what the View does not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from dashboard import handlers
from dashboard.comparability import NO, SmallBaseThresholds, Verdict, verdict
from dashboard.query import Difference, Section, Value, View, view
from dashboard.selection import Selection, search
from dashboard.text import differences
from dashboard.text.summary import summary
from tests.support import rich, views
from tests.support.components import components
from tests.support.views import show

PERCENT = re.compile(r"(?:about |over |under )?\d+(?:\.\d+)?%")
NOT_COMPARABLE = "Not all figures of an indicator may be compared: "
PICKED = (
    "",
    "theme=collaboration&country=DK~SE",
    "theme=collaboration&country=SE&by=indicator&more=collaboration",
    "theme=effects&country=SE&split=group",
    "theme=innovation~effects~strategy&country=NO&edition=all",
    "concept=novelty&view=scale",
    "theme=collaboration&country=DK&edition=dk-2015",
    "theme=collaboration~innovation&country=DK&sector=all&view=change",
    "theme=drivers~collaboration&only=comparable&view=dots",
    "theme=strategy&view=table&edition=all",
    "concept=innovative_workplaces&country=FI",
)


def label(list_name: str, code: str) -> str:
    return views.index().dataset.codes[list_name][code].label


def question(row: dict[str, str]) -> str:
    return views.index().dataset.indicators[row["concept"]].label


def published(value: Value) -> dict[str, str]:
    return views.published()[value.observation.position]


def worded(row: dict[str, str]) -> str:
    """A figure as its source words it, from the table itself."""
    return (
        f"{row['qualifier']} " if row["qualifier"] != "exact" else ""
    ) + f"{float(row['value']):g}%"


def country(row: dict[str, str]) -> str:
    return views.surveys()[row["survey_id"]]["country"]


def unit(row: dict[str, str]) -> str:
    """Workplaces, whole organisations, or managements that speak for theirs."""
    if views.surveys()[row["survey_id"]]["level"] == "central":
        return "management"
    return "organisation" if row["base"].endswith("organisations") else "workplace"


def who(row: dict[str, str]) -> str:
    respondents = label("unit", f"{unit(row)}-{row['sector']}")
    dimension, _, segment = row["segment"].partition("=")
    group = label(f"segment:{dimension}", segment) if dimension else ""
    return f"{group[0].lower()}{group[1:]}, {respondents}" if group else respondents


def period(row: dict[str, str]) -> str:
    return views.loc().period(views.index().dataset.surveys[row["survey_id"]])


def many(row: dict[str, str]) -> bool:
    """Whether a figure may lead a sentence: it does not rest on fewer than 30 answers, as far as is known."""
    return not row["n"] or int(row["n"]) >= 30


def sentences(shown: View, section: Section) -> tuple[str, ...]:
    return summary(views.loc(), shown, section)


Lead = tuple[str, str, str, str]
"""Indicator, answer, country and level of what a range is about."""


def allowed(section: Section) -> Iterator[tuple[str, Lead]]:
    """Every range that may be said of a section: one country, answer and kind of unit, groups of one edition or editions of one group."""
    rows = [
        published(value)
        for value in section.values
        if published(value)["response"] in ("yes", "high")
    ]
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in filter(many, rows):
        lead = (
            row["concept"],
            row["response"],
            country(row),
            views.surveys()[row["survey_id"]]["level"],
        )
        whole = (
            row["sector"]
            if row["sector"] in ("all", "municipal_regional") or row["segment"]
            else ""
        )
        dimension = row["segment"].partition("=")[0]
        groups.setdefault(
            (*lead, row["survey_id"], row["base"], unit(row), whole, dimension), []
        ).append(row)
        lines.setdefault((*lead, row["sector"], row["segment"]), []).append(row)
    for (*lead, _, _, _, _, _), members in groups.items():
        yield from ((text, tuple(lead)) for text in ranges(members))
    for (*lead, _, _), members in lines.items():
        in_time = sorted(
            members, key=lambda row: int(views.surveys()[row["survey_id"]]["period_end"] or 0)
        )
        for first, last in combinations(range(len(in_time)), 2):
            if any(judged(*pair).kind == NO for pair in pairwise(in_time[first : last + 1])):
                continue
            runs: list[list[str]] = [[]]
            for before, row in pairwise([None, *in_time[first : last + 1]]):
                runs += (
                    [[]]
                    if before and "break" in {reason.kind for reason in judged(before, row).reasons}
                    else []
                )
                runs[-1].append(f"{worded(row)} ({period(row)})")
            told = "; after a change of the survey: ".join(map(views.loc().join, runs))
            yield f"{label('country', lead[2])}, {who(members[0])}: {told}.", tuple(lead)


def judged(first: dict[str, str], second: dict[str, str]) -> Verdict:
    """Whether two editions of one group may be compared at all, and why."""
    dataset = views.index().dataset
    return verdict(
        dataset,
        *(dataset.observations[views.published().index(row)] for row in (first, second)),
        SmallBaseThresholds(),
    )


def ranges(members: list[dict[str, str]]) -> Iterator[str]:
    """What may be said of groups of one edition: the smallest and the largest, the same of each, or the only one."""
    head = f"{label('country', country(members[0]))}, {period(members[0])}"
    numbers = [float(row["value"]) for row in members]
    if len(members) == 1:
        yield f"{head}: {worded(members[0])} ({who(members[0])})."
    elif min(numbers) == max(numbers):
        yield f"{head}: {worded(members[0])} each of {views.loc().join(map(who, members))}."
    for small in members:
        for large in members:
            if float(small["value"]) == min(numbers) < max(numbers) == float(large["value"]):
                yield f"{head}: from {worded(small)} ({who(small)}) to {worded(large)} ({who(large)})."


def assert_ranges(section: Section, text: str) -> None:
    """The first sentences are ranges that may be said, each under its indicator and answer, at most one for each country."""
    known, said = list(allowed(section)), []
    heads = {
        f"{question(row)}, “{label('response', row['response'])}”.": row
        for row in map(published, section.values)
    }
    of: dict[str, str] = {}
    while text:
        head = next((head for head in heads if text.startswith(head)), "")
        if head:
            of, text = heads[head], text.removeprefix(head).lstrip()
            continue
        fitting = [
            (told, lead)
            for told, lead in known
            if text.startswith(told) and lead[:2] == (of["concept"], of["response"])
        ]
        assert fitting, text
        told, lead = max(fitting, key=lambda each: len(each[0]))
        assert not text.removeprefix(told) or text.removeprefix(told).startswith(" ")
        said.append((lead[0], *lead[2:]))
        text = text.removeprefix(told).lstrip()
    assert 0 < len(said) <= 3
    assert len(set(said)) == len(said), (
        "one range for each indicator, country and kind of respondent"
    )


def of_unlike_units(found: Difference) -> bool:
    units = [unit(views.published()[row.position]) for row in (found.first, found.second)]
    return units[0] != units[1] and "workplace" in units


def counts(section: Section) -> list[str]:
    """What may be said of the differences of a section: several where gaps are equally wide."""
    across = {
        id(each)
        for each in section.differences
        if any(reason.kind == "break" for reason in each.verdict.reasons)
    }
    tested = [each for each in section.differences if each.test and id(each) not in across]
    results = Counter(each.published.result for each in section.differences if each.published)
    parts, ends = [], [""]
    if tested:
        clear = [each for each in tested if each.test.outcome == "clear"]
        borderline = sum(each.test.outcome == "borderline" for each in tested)
        text = f"Tested differences: {len(tested):,}; larger than chance alone would give: {len(clear):,}"
        parts.append(text + (f"; borderline: {borderline}" if borderline else ""))
        sure = [
            each
            for each in clear
            if all(many(views.published()[row.position]) for row in (each.first, each.second))
        ]
        leading = [each for each in sure if not of_unlike_units(each)]
        widest = max((abs(each.points) for each in leading), default=0)
        ends = [
            f"; the widest: {question(views.published()[each.first.position])}, {differences.pair(views.loc(), each)}."
            for each in leading
            if abs(each.points) == widest
        ] or ["."]
    elif across:
        parts.append(
            "What can be tested here lies across a break, so that a gap may come from the change of the survey."
        )
    after = []
    if results["different"] or results["not_different"]:
        after.append(
            f"As published: {results['different']} significant, {results['not_different']} not."
        )
    if results["same_level"]:
        pairs = "1 pair" if results["same_level"] == 1 else f"{results['same_level']} pairs"
        after.append(f"For {pairs} the publication calls the level the same, without a test.")
    if not parts and not after and len(section.values) > 1:
        after.append("No two figures here can be tested against each other.")
    return [" ".join(filter(None, ("".join(parts) + end, *after))) for end in ends]


def assert_sound(selection: Selection) -> None:
    shown = view(views.index(), selection)
    for section in shown.sections:
        said = list(sentences(shown, section))
        assert len(said) <= 3
        for sentence in said:
            assert sentence.endswith(".")
            assert not set("{}") & set(sentence)
            assert "  " not in sentence
            assert sentence == sentence.strip()
            assert sentence[:1] == sentence[:1].upper()
        barred = any(line.obstacles for line in (*section.rows, *section.panels))
        last = said.pop() if said and said[-1].startswith(NOT_COMPARABLE) else ""
        assert bool(last) == barred
        assert not PERCENT.search(last)
        rows = [published(value) for value in section.values]
        if rows and {views.surveys()[row["survey_id"]]["kind"] for row in rows} == {"compilation"}:
            first = said.pop(0)
            assert "as the institutions published it together in 2019" in first
            assert sorted(PERCENT.findall(first)) == sorted(map(worded, rows))
        elif any(row["response"] in ("yes", "high") and many(row) for row in rows):
            assert_ranges(section, said.pop(0))
        assert len(said) <= 1
        assert "".join(said) in counts(section)


@settings(max_examples=30)
@given(rich.selections)
def test_no_sentence_claims_what_the_view_does_not_hold(selection: Selection) -> None:
    assert_sound(selection)


@settings(max_examples=30)
@given(views.selections)
def test_no_sentence_of_a_careless_selection_claims_what_the_view_does_not_hold(
    selection: Selection,
) -> None:
    assert_sound(selection)


@pytest.mark.parametrize("query", PICKED)
def test_of_picked_views(query: str) -> None:
    assert_sound(views.select(query))


def test_the_collaboration_of_denmark_and_sweden() -> None:
    shown = show("theme=collaboration&country=DK~SE")
    leads, gaps, barred = sentences(shown, shown.sections[0])
    assert leads == (
        "Collaborated with anyone outside the workplace, “Yes”. Denmark, 2021–2023: 69% (workplaces). "
        "Sweden, 2019–2020: from 42% (municipal workplaces) to 51% (regional workplaces). "
        "Private companies, “Yes”. Denmark, workplaces: 22% (2013–2014); after a change of the survey: 16% (2021–2023)."
    )
    assert gaps == (
        "Tested differences: 9; larger than chance alone would give: 7; the widest: "
        "Collaborated with anyone outside the workplace, Sweden 2019–2020, “Yes”: "
        "regional workplaces (51%) and municipal workplaces (42%). As published: 0 significant, 1 not."
    )
    assert (
        barred
        == f"{NOT_COMPARABLE}their percentages are shares of different things and whole organisations stand beside workplaces."
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
        "; the widest: Universities and colleges, Sweden 2019–2020, “Yes”: regional workplaces (40%) and municipal"
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
    shown = show("concept=innovative_workplaces~works_with_innovation&country=NO~SE&view=dots")
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
    assert {kind for row in shown.sections[0].rows for kind in row.obstacles} == {
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
        "What can be tested here lies across a break, so that a gap may come from the change of the survey.",
    )


def test_figures_published_together_are_one_sentence() -> None:
    editions = "~".join(f"nordic-2019-{each}" for each in ("dk", "no", "se", "fi", "is"))
    shown = show(f"concept=innovative_workplaces&edition={editions}")
    assert sentences(shown, shown.sections[0])[0] == (
        "Introduced at least one innovation, as the institutions published it together in 2019: "
        "Denmark 80%, Norway 77%, Sweden 81%, Iceland 78%; Finland's municipalities 95%."
    )


def test_a_lone_figure_has_one_sentence() -> None:
    shown = show("concept=innovative_workplaces&country=FI&sector=municipal")
    assert sentences(shown, shown.sections[0]) == (
        "Introduced at least one innovation, “Yes”. Finland, 2020–2021: 96% (managements of municipalities).",
    )


def test_worded_figures_keep_their_wording() -> None:
    for query, told in (
        ("theme=effects&country=NO", "over 70%"),
        ("concept=effect_citizen_involvement&country=NO", "under 30%"),
    ):
        shown = show(query)
        assert told in " ".join(sentences(shown, shown.sections[0]))


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
        assert described.className == "summary"
