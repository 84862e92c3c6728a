"""What a check says of a question that does not open as meant, and of a finding that does not hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.dataset import load
from dashboard.layout.page import page
from dashboard.selection import Vocabulary, default, home
from dashboard.text import Localizer
from tests.support import views
from tests.support.folders import all_of, cell, copied, line_of, rows


def line(name: str) -> int:
    return line_of("questions.csv", question_id=name)


def cell_of(name: str, column: str) -> str:
    return next(row[column] for row in views.questions() if row["question_id"] == name)


def said(folder: Path) -> str:
    return CliRunner().invoke(main, ["check", str(folder)]).output


def changed(tmp_path: Path, name: str, **cells: str) -> Path:
    """A copy of the data with cells of one question changed."""
    folder = copied(tmp_path)
    all_of(*(cell("questions.csv", line(name), column, text) for column, text in cells.items()))(
        folder
    )
    return folder


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=drivers&contry=DK", "parameters and values of this data; contry cannot be used"),
        ("theme=drivers&country=XX", "parameters and values of this data; XX cannot be used"),
        ("country=DK&theme=drivers", "the address as the page writes it: theme=drivers&country=DK"),
        ("theme=drivers&country=none", "a view with at least one figure"),
        (
            "lang=da",
            "the address as the page writes it: theme=drivers~collaboration~effects&lang=da",
        ),
    ],
)
def test_a_question_that_does_not_open_as_meant_is_named(tmp_path, query, expected):
    folder = changed(tmp_path, "drivers", query=query)
    at = f"questions.csv, line {line('drivers')}, column query"
    assert said(folder) == f'{at}: "{query}" - expected {expected}\n'


@pytest.mark.parametrize(
    ("cells", "column", "value", "expected"),
    [
        (
            {"figures": "dk-1999:all:evaluated~dk-2020:all:evaluated~dk-2023:all:evaluated"},
            "figures",
            "dk-1999:all:evaluated",
            "a figure of observations.csv",
        ),
        (
            {
                "figures": "dk-2017:all:collab_any~dk-2020:all:evaluated~dk-2023:all:evaluated",
                "claim": "",
            },
            "figures",
            "dk-2017:all:collab_any",
            "a figure that the view of the query draws",
        ),
        (
            {"figures": "dk-2017~dk-2020:all:evaluated~dk-2023:all:evaluated"},
            "figures",
            "dk-2017",
            "a figure as survey:sector:concept, then :dimension=segment or :response where it has one",
        ),
        (
            {"claim": "2>1"},
            "claim",
            "2>1",
            "a difference that is tested or published, clear and not across a break: "
            "dk-2020:all:evaluated larger than dk-2017:all:evaluated",
        ),
        (
            {
                "figures": "dk-2015:all:evaluated~dk-2017:all:evaluated~dk-2023:all:evaluated",
                "claim": "1<2",
            },
            "claim",
            "1<2",
            "a difference that is tested or published, clear and not across a break: "
            "dk-2017:all:evaluated larger than dk-2015:all:evaluated",
        ),
        ({"claim": "1>4"}, "claim", "1>4", "two different figures of the row, which names 3"),
        ({"claim": "1>1"}, "claim", "1>1", "two different figures of the row, which names 3"),
        (
            {"claim": "more"},
            "claim",
            "more",
            "two numbers of figures with > or < between them, several joined by ~",
        ),
        (
            {"finding_en": "Fewer are evaluated: {1}, then {4}"},
            "finding_en",
            "Fewer are evaluated: {1}, then {4}",
            "placeholders of its figures: {1} to {3}",
        ),
        (
            {"finding_en": "Fewer are evaluated: {1}, then {two}"},
            "finding_en",
            "Fewer are evaluated: {1}, then {two}",
            "placeholders of its figures: {1} to {3}",
        ),
        (
            {"finding_en": "a b c d e f g h i j {1} then {2}"},
            "finding_en",
            "a b c d e f g h i j {1} then {2}",
            "at most 12 words",
        ),
        (
            {"figures": "dk-2017:all:evaluated~dk-2020:all:evaluated~dk-2015:all:evaluated"},
            "figures",
            "dk-2017:all:evaluated~dk-2020:all:evaluated~dk-2015:all:evaluated",
            "the newest figure of a series over time; dk-2023:all:evaluated is missing",
        ),
        ({"kind": "card"}, "kind", "card", "one of question, finding"),
    ],
)
def test_a_finding_that_does_not_hold_is_named(tmp_path, cells, column, value, expected):
    folder = changed(tmp_path, "evaluation", **cells)
    at = f"questions.csv, line {line('evaluation')}, column {column}"
    assert f'{at}: "{value}" - expected {expected}' in said(folder).splitlines()


def test_a_figure_left_out_of_its_line_is_named(tmp_path):
    """Of one group a finding chooses no countries."""
    whole = cell_of("who", "figures").split("~")
    named = [*whole[:3], "nordic-2019-fi:municipal:innovative_workplaces"]
    (found,) = said(changed(tmp_path, "who", figures="~".join(named))).splitlines()
    assert found.endswith(
        "expected every figure of the line that is about the same group; "
        "nordic-2019-is:all:innovative_workplaces is missing"
    )


def test_figures_that_must_not_be_compared_are_named(tmp_path):
    """Sweden changed its definition of innovation between the two editions."""
    first, second = (
        "se-2018-workplace:all:innovative_workplaces",
        "se-2021-workplace:state:innovative_workplaces",
    )
    folder = changed(
        tmp_path,
        "regions",
        query="country=SE&concept=innovative_workplaces",
        figures=f"{first}~{second}",
        claim="",
    )
    (fault,) = said(folder).splitlines()
    assert fault.startswith(
        f'questions.csv, line {line("regions")}, column figures: "{first}~{second}"'[:100]
    )
    assert "expected figures that may be compared; these two may not: " in fault


def test_a_claim_across_a_break_is_not_clear(tmp_path):
    """22 to 16 % is tested and more than chance, but the question changed in between."""
    folder = changed(
        tmp_path,
        "effects",
        query="country=DK&sector=all&concept=collab_companies&view=change",
        figures="dk-2015:all:collab_companies~dk-2023:all:collab_companies",
        claim="1>2",
    )
    assert "column claim" in said(folder)
    assert "not across a break" in said(folder)


def test_a_worded_figure_takes_a_word_more(tmp_path):
    eleven = "a b c d e f g h i j {1} {2}"
    folder = changed(tmp_path, "drivers", finding_en=eleven)
    assert said(folder) == (
        f'questions.csv, line {line("drivers")}, column finding_en: "{eleven}"'
        " - expected at most 12 words with its figures\n"
    )


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"finding_en": ""}, "finding_en", "a sentence, since this row is a finding"),
        ({"figures": ""}, "figures", "the figures that the sentence rests on"),
    ],
)
def test_a_finding_needs_its_sentence_and_its_figures(tmp_path, cells, column, expected):
    folder = changed(tmp_path, "employees", **cells)
    at = f"questions.csv, line {line('employees')}, column {column}"
    assert f"{at}: missing - expected {expected}" in said(folder).splitlines()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Medarbejdere {2}", "placeholders of its figures: {1} to {1}"),
        ("a b c d e f g h i j k l {1}", "at most 12 words"),
        ("", "a text, since the English one is not blank"),
    ],
)
def test_a_translated_finding_is_held_to_the_same(tmp_path, text, expected):
    folder = copied(tmp_path)
    at = line_of("translations.csv", language="da", list="question", code="employees")
    cell("translations.csv", at, "short", text)(folder)
    assert said(folder) == (
        f'translations.csv, line {at}, column short: "{text}" - expected {expected}\n'
    )


def test_a_question_needs_its_words_in_every_language(tmp_path):
    folder = changed(tmp_path, "drivers", question_id="unheard")
    assert "a row for unheard of question in da" in said(folder)
    assert "a code or id of question in the tables" in said(folder)


# --- Data without questions ---


def without_questions(parent: Path) -> Path:
    folder = copied(parent)
    (folder / "questions.csv").unlink()
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [
        each for each in descriptor["resources"] if each["name"] != "questions"
    ]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    rows("translations.csv", lambda table: [row for row in table if row[1] != "question"])(folder)
    return folder


def test_a_package_may_have_no_questions(tmp_path):
    folder = without_questions(tmp_path)
    assert "no faults" in said(folder)
    dataset = load(folder)
    assert dataset.questions == ()
    assert "ready-heading" not in str(page(dataset, Localizer(dataset), ()))
    known = Vocabulary.of(dataset)
    assert known.home == ""
    assert home(known) == default(known)
