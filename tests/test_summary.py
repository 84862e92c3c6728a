"""Each theme in words: no sentence claims what the View does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from dash.development.base_component import Component
from hypothesis import given, settings

from dashboard import answers
from dashboard.query import Section, Value, View, view
from dashboard.selection import Selection, search
from dashboard.wording import verdicts
from dashboard.wording.summary import summary
from tests import rich, views
from tests.views import only_section, show

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
    return views.prepared().dataset.codes[list_name][code].label


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def published(value: Value) -> dict[str, str]:
    return views.published()[value.observation.position]


def worded(row: dict[str, str]) -> str:
    """A figure as its source words it, from the table itself."""
    return (f"{row['qualifier']} " if row["qualifier"] != "exact" else "") + f"{float(row['value']):g}%"


def who(row: dict[str, str]) -> str:
    dimension, _, segment = row["segment"].partition("=")
    return label(f"segment:{dimension}", segment) if dimension else label("sector", row["sector"])


def told(value: Value) -> str:
    """What a sentence may say of a drawn figure, put together from the tables."""
    row = published(value)
    question = views.prepared().dataset.concepts[row["concept"]].label
    if value.item.response:
        question += f": {lower(label('response', row['response']))}"
    country = label("country", views.surveys()[row["survey_id"]]["country"])
    return f"{worded(row)} ({question}; {country}, {lower(who(row))})"


def sentences(shown: View, section: Section) -> tuple[str, ...]:
    return summary(views.words(), shown, section)


def assert_figures_exist(section: Section, sentence: str) -> None:
    """Every percentage of the first sentence is a drawn figure with its indicator, country and sector."""
    known = {told(value) for value in section.values}
    uniform = re.compile(r"all [\d,]+ figures are ")
    for found in PERCENT.finditer(sentence):
        before, after = sentence[: found.start()], sentence[found.start() :]
        if uniform.search(before[-30:]):
            assert any(f"{float(published(value)['value']):g}%" == found[0] for value in section.values)
        else:
            assert any(after.startswith(each) for each in known), after


def assert_extremes(section: Section, sentence: str) -> None:
    """Largest and smallest are right among the base, and the answer, that the sentence names."""
    parts = re.split(r"(?:^A|; a)mong shares of ", sentence.removesuffix("."))[1:]
    assert 0 < len(parts) <= 2
    for part in parts:
        head, _, claim = part.partition(", ")
        graded = head.endswith(" (to a high degree)")
        base = head.removesuffix(" (to a high degree)")
        response = "high" if graded else "yes"
        members = [
            value for value in section.values if (label("base", value.observation.base), published(value)["response"]) == (base, response)
        ]
        numbers = [float(published(value)["value"]) for value in members]
        smallest, largest = min(numbers), max(numbers)
        if claim.startswith("the only figure is "):
            assert [told(value) for value in members] == [claim.removeprefix("the only figure is ")]
        elif claim.startswith("all "):
            assert smallest == largest
            assert claim == f"all {len(members):,} figures are {largest:g}%"
        else:
            assert claim.startswith("the figures run from ")
            low, high = PERCENT.findall(claim)[0], PERCENT.findall(claim)[-1]
            assert smallest < largest
            assert claim in {
                f"the figures run from {told(a)} to {told(b)}"
                for a in members
                if float(published(a)["value"]) == smallest
                for b in members
                if float(published(b)["value"]) == largest
            }, (low, high)


def assert_counts(section: Section, rest: str) -> None:
    """The sentence on differences counts those of the View, save those across a break, and names its widest clear one."""
    tested = [each for each in section.differences if not any(reason.kind == "break" for reason in each.verdict.reasons)]
    clear = [each for each in tested if each.clear]
    if not tested:
        expected = "No two figures here can be tested against each other." if len(section.values) > 1 else ""
        assert rest == expected
    elif not clear:
        one = "The one tested difference is within the margin of error."
        assert rest == (one if len(tested) == 1 else f"All {len(tested):,} tested differences are within the margin of error.")
    else:
        assert rest.startswith(f"{len(clear):,} of {len(tested):,} tested difference")
        widest = max(each.points for each in clear)
        candidates = []
        for each in clear:
            if each.points == widest:
                question = views.prepared().dataset.concepts[each.first.concept].label
                candidates.append(f"on {question}: {verdicts.pair(views.words(), each)}.")
                values = {f"{float(views.published()[row.position]['value']):g}%" for row in (each.first, each.second)}
                assert values == set(PERCENT.findall(verdicts.pair(views.words(), each)))
        assert any(rest.endswith(candidate) for candidate in candidates)


def assert_sound(selection: Selection) -> None:
    shown = view(views.prepared(), selection)
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
        first = said.pop(0) if said and said[0].startswith("Among shares of ") else ""
        primary = [value for value in section.values if published(value)["response"] in ("yes", "high")]
        assert bool(first) == bool(primary)
        if first:
            assert_figures_exist(section, first)
            assert_extremes(section, first)
        assert len(said) <= 1
        assert_counts(section, "".join(said))


@settings(max_examples=30)
@given(rich.selections)
def test_no_sentence_claims_what_the_view_does_not_hold(selection: Selection) -> None:
    assert_sound(selection)


@settings(max_examples=30)
@given(views.selections)
def test_no_sentence_of_a_careless_selection_claims_what_the_view_does_not_hold(selection: Selection) -> None:
    assert_sound(selection)


@pytest.mark.parametrize("query", PICKED)
def test_of_picked_views(query: str) -> None:
    assert_sound(views.select(query))


def test_the_collaboration_of_denmark_and_sweden() -> None:
    shown = show("theme=collaboration&country=DK~SE")
    extremes, differences, barred = sentences(shown, shown.sections[0])
    assert extremes.startswith(
        "Among shares of innovations, the figures run from 3% (Foundations; Denmark, all sectors) "
        "to 69% (Collaborated with anyone outside the workplace; Denmark, all sectors); among shares of "
    )
    assert differences == (
        "7 of 10 tested differences are larger than chance alone would give, the widest on Private companies: "
        "State (60%) and municipal (25%)."
    )
    assert barred == f"{NOT_COMPARABLE}their percentages are shares of different things."


def test_the_grounds_that_bar_a_comparison_are_all_named() -> None:
    shown = show("theme=drivers&country=SE")
    (barred,) = [each for each in sentences(shown, shown.sections[0]) if each.startswith(NOT_COMPARABLE)]
    assert {kind for row in shown.sections[0].rows for kind in row.obstacles} == {"scale", "base", "respondent"}
    for ground in ("shares of different things", "workplaces and management answered", "graded"):
        assert ground in barred


def test_one_difference_within_the_margin_of_error() -> None:
    shown = show("concept=collab_citizens~collab_companies&country=DK&edition=dk-2015&sector=municipal~regional")
    assert len(shown.sections[0].differences) == 1
    assert "The one tested difference is within the margin of error." in sentences(shown, shown.sections[0])


def test_a_lone_figure_has_one_sentence() -> None:
    shown = show("concept=innovative_workplaces&country=FI&sector=municipal")
    assert sentences(shown, shown.sections[0]) == (
        "Among shares of organisations, the only figure is 96% (Introduced at least one innovation; Finland, municipal).",
    )


def test_worded_figures_keep_their_wording() -> None:
    shown = show("theme=effects&country=NO")
    text = " ".join(sentences(shown, shown.sections[0]))
    assert "under 30%" in text
    assert "over 70%" in text


def test_nothing_shown_is_nothing_said() -> None:
    shown = show("theme=collaboration&country=DK~SE")
    empty = replace(shown.sections[0], panels=(), rows=(), differences=())
    assert sentences(shown, empty) == ()
    assert not [each for each in components(page("theme=none")) if getattr(each, "className", "") == "summary"]


def components(tree: object) -> Iterator[Component]:
    """Every component of a tree."""
    if isinstance(tree, list | tuple):
        for each in tree:
            yield from components(each)
    elif isinstance(tree, Component):
        yield tree
        yield from components(getattr(tree, "children", None))


def page(query: str) -> list:
    return answers.update(views.shelf(), f"?{query}", {}, 960, "", "")["content"]


@pytest.mark.parametrize("query", PICKED)
def test_the_summary_is_the_description_of_the_chart(query: str) -> None:
    shown = show(query)
    tree = page(search(shown.selection, views.vocabulary()).removeprefix("?"))
    by_id = {each.id: each for each in components(tree) if isinstance(getattr(each, "id", None), str)}
    charts = [each for each in components(tree) if type(each).__name__ == "Figure"]
    assert len(charts) == len(shown.sections)
    for section, chart in zip(shown.sections, charts, strict=True):
        described = by_id[getattr(chart, "aria-describedby")]
        assert described.children == " ".join(sentences(shown, section))
        assert described.className == "summary"


def test_differences_in_words_name_both_figures() -> None:
    for query in PICKED:
        for section in show(query).sections:
            for each in section.differences:
                text = verdicts.difference(views.words(), each)
                assert not set("{}") & set(text)
                assert "  " not in text
                for row in (each.first, each.second):
                    assert worded(views.published()[row.position]).rpartition(" ")[2] in text


def test_a_gap_within_the_margin_is_not_called_clear() -> None:
    section = only_section("theme=drivers&country=SE&level=central")
    said = {each.clear: verdicts.judgement(views.words(), each) for each in section.differences if not each.published}
    assert said[True].startswith("a larger gap than chance alone would give (")
    assert said[False].startswith("within the margin of error (")
