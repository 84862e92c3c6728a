"""Questions and findings are rows of the data: one that does not open as meant, or says what does not hold, is a fault."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.comparability import NO, verdict
from dashboard.dataset import Observation, load
from dashboard.dataset.questions import MAX_WORDS, FigureName, claims, placeholders, words
from dashboard.layout.choices import findings, ready_views
from dashboard.layout.page import page
from dashboard.query import View
from dashboard.releases import Release
from dashboard.selection import LANGUAGES, Vocabulary, default, home
from dashboard.text import Localizer
from dashboard.text.findings import finding, title_of
from tests.support import views
from tests.support.folders import all_of, cell, copied, line_of, rows

EVERY = tuple(row["question_id"] for row in views.questions())


def line(name: str) -> int:
    return line_of("questions.csv", question_id=name)


def said(folder: Path) -> str:
    return CliRunner().invoke(main, ["check", str(folder)]).output


def changed(tmp_path: Path, name: str, **cells: str) -> Path:
    """A copy of the data with cells of one question changed."""
    folder = copied(tmp_path)
    all_of(*(cell("questions.csv", line(name), column, text) for column, text in cells.items()))(
        folder
    )
    return folder


def release() -> Release:
    return views.store().newest


def view_of(name: str) -> View:
    return views.show({**views.QUESTIONS, **views.FINDINGS}[name])


# --- What the data hold ---


def test_there_are_six_questions_and_more_than_five_findings() -> None:
    assert list(views.QUESTIONS) == ["who", "drivers", "partners", "effects", "helps", "time"]
    assert len(views.FINDINGS) >= 5
    every = [*views.QUESTIONS.values(), *views.FINDINGS.values()]
    assert len({views.select(query) for query in every}) == len(every)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_every_finding_is_true_and_short_in_every_language(name: str, language: str) -> None:
    """Read off the figures again, with none of the code that fills a sentence."""
    loc, shown = release().localizer(language), view_of(name)
    question = next(each for each in loc.dataset.questions if each.question_id == name)
    told = finding(loc, shown, question)
    assert told
    assert words(told) <= MAX_WORDS
    assert told == title_of(loc, shown)
    published, drawn = views.published(), [v.observation for s in shown.sections for v in s.values]
    rows_of_finding: list[Observation] = []
    for text in question.figures.split("~"):
        survey, sector, indicator, *more = text.split(":")
        (row,) = (
            each
            for each in drawn
            if (each.survey_id, each.sector, each.indicator) == (survey, sector, indicator)
            and (f"{each.dimension}={each.segment}" if each.dimension else "") == (more or [""])[0]
            and each.response in ("yes", "high")
        )
        assert float(published[row.position]["value"]) == row.value
        rows_of_finding.append(row)
    for first, second in combinations(rows_of_finding, 2):
        assert verdict(loc.dataset, first, second, shown.thresholds).kind != NO
    differences = [each for section in shown.sections for each in section.differences]
    for larger, smaller in claims(question.claim):
        one, other = rows_of_finding[larger], rows_of_finding[smaller]
        (tested,) = (
            each
            for each in differences
            if {each.first.position, each.second.position} == {one.position, other.position}
        )
        assert tested.clear
        assert not tested.across_break
        assert one.value > other.value
    for number in placeholders(question.finding):
        row = rows_of_finding[number - 1]
        assert loc.figure(row.value, row.qualifier) in told
    assert set(placeholders(question.finding)) == set(range(1, len(rows_of_finding) + 1))
    assert "{" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_typed_into_a_sentence(language: str) -> None:
    for each in release().localizer(language).dataset.questions:
        bare = each.finding
        for number in placeholders(bare):
            bare = bare.replace(f"{{{number}}}", "")
        assert not any(character.isdigit() for character in bare + each.title + each.text)


def test_the_first_question_is_the_nordic_comparison() -> None:
    shown = view_of("who")
    first = shown.sections[0].rows[0].values
    assert [(v.observation.country, v.observation.value) for v in first] == [
        ("DK", 80),
        ("NO", 77),
        ("SE", 81),
        ("FI", 95),
        ("IS", 78),
    ]
    told = views.store().findings("en")["who"]
    assert told.endswith("Denmark 80%, Norway 77%, Sweden 81%, Iceland 78%")


# --- Words ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_findings_are_told_in_the_language_of_the_page(language: str) -> None:
    dataset, known = views.index().dataset, views.vocabulary()
    loc, usual = Localizer(dataset, language), default(known)
    asked = ready_views(known, loc, usual)
    # The first is where the site opens, whose address is blank.
    queries = ["", *(f"?{query}" for query in list(views.QUESTIONS.values())[1:])]
    assert [search for search, _, _ in asked] == queries
    english = [
        (row["question_en"], row["text_en"])
        for row in views.questions()
        if row["kind"] == "question"
    ]
    assert ([(title, text) for _, title, text in asked] == english) == (language == "en")
    cards = findings(known, loc, usual, views.store().findings(language))
    assert [search for search, _, _ in cards] == [f"?{each}" for each in views.FINDINGS.values()]
    assert all(title and text for _, title, text in cards)


def test_a_figure_is_worded_as_its_source_does() -> None:
    told = {language: views.store().findings(language)["drivers"] for language in LANGUAGES}
    assert "over 50%" in told["en"]
    assert "yli 50\xa0%" in told["fi"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (f"{views.QUESTIONS['helps']}&lang=da&look=dark", "More broad innovators have"),
        (f"{views.QUESTIONS['helps']}&interval=hide&sort=name", "More broad innovators have"),
        (f"{views.QUESTIONS['time']}&country=IS~DK", "Introduced at least one innovation"),
        ("theme=drivers~effects", "What drives innovation · Effects"),
        ("theme=none", ""),
    ],
)
def test_a_view_is_titled_by_the_finding_of_its_question_else_by_what_it_is_about(
    query: str, title: str
) -> None:
    told = title_of(views.loc(), view_of("who") if not query else views.context(query).view)
    assert told.startswith(title)
    assert bool(told) == bool(title)


def test_a_finding_that_does_not_hold_in_a_view_is_not_told() -> None:
    loc, questions = views.loc(), {q.question_id: q for q in views.index().dataset.questions}
    assert finding(loc, views.show("theme=effects"), questions["goals"]) == ""
    assert finding(loc, view_of("goals"), questions["goals"])
    # Calling the smaller one larger makes the same sentence untrue.
    assert finding(loc, view_of("goals"), replace(questions["goals"], claim="2>1")) == ""
    torn = (
        "se-2018-workplace:all:innovative_workplaces~se-2021-workplace:state:innovative_workplaces"
    )
    apart = replace(questions["regions"], figures=torn, claim="")
    assert finding(loc, views.show("country=SE&concept=innovative_workplaces"), apart) == ""


# --- Names of figures ---


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dk-2023:all:collab_any", FigureName("dk-2023", "all", "collab_any")),
        (
            "se:all:x:group=others",
            FigureName("se", "all", "x", dimension="group", segment="others"),
        ),
        ("se:all:x:some", FigureName("se", "all", "x", response="some")),
        ("se:all:x:size=500+:no", FigureName("se", "all", "x", "size", "500+", "no")),
    ],
)
def test_a_figure_is_named_by_survey_sector_and_concept(text: str, name: FigureName) -> None:
    assert FigureName.read(text) == name


@pytest.mark.parametrize("text", ["", "a:b", "a::c", "a:b:c:", "a:b:c:no:d=e", "a:b:c:d=e:f:g"])
def test_what_does_not_name_a_figure_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$" if text else "^$"):
        FigureName.read(text)


def test_every_figure_has_one_name() -> None:
    observations = views.index().dataset.observations
    for at in range(0, len(observations), 7):
        row = observations[at]
        split = f":{row.dimension}={row.segment}" if row.dimension else ""
        text = f"{row.survey_id}:{row.sector}:{row.indicator}{split}:{row.response}"
        assert [each.position for each in observations if FigureName.read(text).names(each)] == [at]


# --- What a check says ---


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
            {"figures": "dk-1999:all:evaluated~dk-2020:all:evaluated"},
            "figures",
            "dk-1999:all:evaluated",
            "a figure of observations.csv",
        ),
        (
            {"figures": "dk-2017:all:collab_any~dk-2020:all:evaluated", "claim": ""},
            "figures",
            "dk-2017:all:collab_any",
            "a figure that the view of the query draws",
        ),
        (
            {"figures": "dk-2017~dk-2020:all:evaluated"},
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
            {"figures": "dk-2015:all:evaluated~dk-2017:all:evaluated", "claim": "1<2"},
            "claim",
            "1<2",
            "a difference that is tested or published, clear and not across a break: "
            "dk-2017:all:evaluated larger than dk-2015:all:evaluated",
        ),
        ({"claim": "1>3"}, "claim", "1>3", "two different figures of the row, which names 2"),
        ({"claim": "1>1"}, "claim", "1>1", "two different figures of the row, which names 2"),
        (
            {"claim": "more"},
            "claim",
            "more",
            "two numbers of figures with > or < between them, several joined by ~",
        ),
        (
            {"finding_en": "Fewer are evaluated: {1}, then {3}"},
            "finding_en",
            "Fewer are evaluated: {1}, then {3}",
            "placeholders of its figures: {1} to {2}",
        ),
        (
            {"finding_en": "Fewer are evaluated: {1}, then {two}"},
            "finding_en",
            "Fewer are evaluated: {1}, then {two}",
            "placeholders of its figures: {1} to {2}",
        ),
        (
            {"finding_en": "a b c d e f g h i j {1} then {2}"},
            "finding_en",
            "a b c d e f g h i j {1} then {2}",
            "at most 12 words",
        ),
        ({"kind": "card"}, "kind", "card", "one of question, finding"),
    ],
)
def test_a_finding_that_does_not_hold_is_named(tmp_path, cells, column, value, expected):
    folder = changed(tmp_path, "evaluation", **cells)
    at = f"questions.csv, line {line('evaluation')}, column {column}"
    assert f'{at}: "{value}" - expected {expected}' in said(folder).splitlines()


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
    folder = changed(tmp_path, "companies", claim="1>2")
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
