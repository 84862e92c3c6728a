"""Headlines that a view bears: their figures exist, may be compared, and are worded in every language."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from dashboard.comparability import COMPILATION, NO, verdict
from dashboard.dataset import PRIMARY
from dashboard.query import DONT_KNOW
from dashboard.selection import LANGUAGES
from dashboard.text import Localizer, courses, lead, pictures, statements
from tests.support import rich, views
from tests.support.folders import added, found, last

VIEWS = (
    "theme=drivers~collaboration~effects",
    "theme=collaboration&view=dots",
    "theme=effects&view=heat",
    "theme=conditions&country=SE&split=group&view=scale",
    "theme=innovation&view=scale",
    "theme=collaboration&view=table",
    "theme=drivers&view=change",
    "theme=strategy",
)


def localizer(language: str) -> Localizer:
    return views.store().newest.localizer(language)


@settings(max_examples=60, deadline=None)
@given(rich.selections)
def test_a_headline_names_figures_of_its_section_that_may_be_compared(selection):
    loc, shown = views.loc(), views.of(selection)
    for section in shown.sections:
        stated = statements.of_section(loc, shown, section)
        rows = [value.observation for value in stated.values]
        drawn = {value.observation.position for value in section.values}
        assert bool(rows) == bool(stated.forms)
        assert drawn >= {row.position for row in rows}
        for row in rows:
            assert courses.figure(loc, row).casefold() in stated.text.casefold()
            assert row.status != "inferred"
            assert row.kind != COMPILATION
            assert row.response != DONT_KNOW
        if "change" in selection.chart:
            continue
        assert len({(row.base, row.indicator, row.response) for row in rows}) <= 1 or (
            selection.chart == "compare"
        )
        for first, second in combinations(rows, 2):
            assert verdict(loc.dataset, first, second, shown.thresholds).kind != NO


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", VIEWS)
def test_a_headline_is_a_sentence_in_every_language(query, language):
    loc, shown = localizer(language), views.show(query)
    section = shown.sections[0]
    stated = statements.of_section(loc, shown, section)
    assert stated.text
    assert "{" not in "".join(stated.forms)
    assert stated.text == pictures.title(loc, shown, section)
    first = stated.values[0].observation
    said = [
        each.label
        for code, each in loc.dataset.codes["predicate"].items()
        if code.replace("+", "-").split("-")[0] == first.indicator
    ]
    assert any(each in stated.text for each in said)
    country = loc.dataset.codes["in_country"][first.country].label
    assert country in stated.text
    # The shortest form names the first figure alone.
    assert len(stated.forms[-1]) <= len(stated.text)
    title, shares = lead.lead(loc, shown, section)
    themes = [loc.label("theme", each.theme) for each in shown.sections]
    assert title == (stated.text if len(themes) == 1 else " · ".join(themes))
    # Of several themes each has a heading of its own.
    assert (themes[0] in shares) == (len(themes) == 1)


def test_every_answer_that_stands_for_its_question_has_words():
    dataset = views.index().dataset
    known = dataset.codes["predicate"]
    for row in dataset.observations:
        if row.response in PRIMARY:
            assert {row.indicator, f"{row.indicator}-{row.base}"} & known.keys(), row.indicator
    assert set(dataset.codes["in_country"]) == {*dataset.codes["country"]}


def test_of_figures_that_may_not_be_compared_a_headline_names_the_first():
    shown = views.show("theme=drivers&country=DK~NO")
    told = statements.of_section(views.loc(), shown, shown.sections[0]).text
    assert told.startswith("93% of innovations in Denmark were started or promoted by employees")
    assert "86%" not in told


def test_figures_in_doubt_make_no_headline():
    shown = views.show("theme=activities&country=SE&split=group")
    assert all(value.observation.status == "inferred" for value in shown.sections[0].values)
    assert statements.of_section(views.loc(), shown, shown.sections[0]).forms == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "predicate,collab_nobody,had nobody,,",
            "a concept of concepts.csv, with + and a response",
        ),
        (
            "predicate,novelty+stolen,are stolen,,",
            "a concept of concepts.csv, with + and a response",
        ),
        (
            "predicate,collab_any-wishes,had wishes,,",
            "a concept of concepts.csv, with + and a resp",
        ),
        ("in_country,EE,in Estonia,,", "a code of the list country"),
    ],
)
def test_words_of_a_headline_for_what_does_not_exist_are_a_fault(folder, line, expected):
    code, at = line.split(",")[1], last("codes.csv") + 1
    added("codes.csv", line)(folder)
    told = f'codes.csv, line {at}, column code: "{code}" - expected {expected}'
    assert any(each.startswith(told) for each in found(folder))
