"""No sentence of a summary claims what the view does not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from dashboard.comparability import NO, SmallBaseThresholds, Verdict, verdict
from dashboard.query import Difference, Section, Value
from dashboard.query.obstacles import by_indicator
from dashboard.selection import Selection, chart_type
from dashboard.text import differences
from tests.support import rich, views
from tests.support.summaries import NOT_COMPARABLE, PICKED, sentences

PERCENT = re.compile(r"(?:about |over |under )?\d+(?:\.\d+)?%")


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
            figures = "; after a change of the survey: ".join(map(views.loc().join, runs))
            yield f"{label('country', lead[2])}, {who(members[0])}: {figures}.", tuple(lead)


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
            (sentence, lead)
            for sentence, lead in known
            if text.startswith(sentence) and lead[:2] == (of["concept"], of["response"])
        ]
        assert fitting, text
        sentence, lead = max(fitting, key=lambda each: len(each[0]))
        assert not text.removeprefix(sentence) or text.removeprefix(sentence).startswith(" ")
        said.append((lead[0], *lead[2:]))
        text = text.removeprefix(sentence).lstrip()
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
        uncounted = sum(bool(each.test) and id(each) in across for each in section.differences)
        if uncounted:
            lie = "1 more lies" if uncounted == 1 else f"{uncounted} more lie"
            is_not = "is not" if uncounted == 1 else "are not"
            ends = [f"{end} {lie} across a break and {is_not} counted." for end in ends]
    elif across:
        parts.append(
            "Every pair that can be tested here lies across a break: its gap may come from the change of the survey."
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


def assert_lines(section: Section, said: list[str]) -> None:
    """Of comparisons the first lines are told: every pair may be compared, figures as worded, from the largest down."""
    (text,) = said
    told = PERCENT.findall(text)
    for row in section.rows:
        figures = sorted(map(published, row.values), key=lambda figure: -float(figure["value"]))
        own, told = told[: len(figures)], told[len(figures) :]
        assert own == list(map(worded, figures))
        assert all(judged(*pair).kind != NO for pair in combinations(figures, 2))
        assert question(figures[0]) in text
        if not told:
            break
    assert told == []


def assert_sound(selection: Selection) -> None:
    shown = views.of(selection)
    for section in shown.sections:
        said = list(sentences(shown, section))
        assert len(said) <= 3
        if chart_type(selection.chart).compares:
            assert_lines(section, said)
            continue
        for sentence in said:
            assert sentence.endswith(".")
            assert not set("{}") & set(sentence)
            assert "  " not in sentence
            assert sentence == sentence.strip()
            assert sentence[:1] == sentence[:1].upper()
        # Words tell what rows of sectors keep apart, too.
        whole = by_indicator(views.index().dataset, shown.thresholds, section)
        barred = any(line.obstacles for line in (*whole.rows, *whole.panels))
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
