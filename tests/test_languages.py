"""Every language of the site: its catalogue and labels are whole, its numbers and lists are its own, and readers get theirs."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections import Counter
from functools import cache
from html import unescape

import openpyxl
import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from dashboard.dataset.translations import code_of
from dashboard.formats.csv import view_csv
from dashboard.formats.records import COLUMNS, headings
from dashboard.formats.xlsx import workbook
from dashboard.selection import LANGUAGES
from dashboard.settings import Settings
from dashboard.text import Localizer, catalogues, collect
from dashboard.web.app import create_app
from tests.support import views

OTHERS = LANGUAGES[1:]
URL = "https://barometer.example"
PATHS = ("/", "/countries", "/country/se", "/sources", "/method", "/accessibility")
PLACEHOLDER = re.compile(r"\{[^}]*\}|%\(\w+\)[a-z]|%%")


def loc(language: str) -> Localizer:
    return Localizer(views.index().dataset, language)


# Catalogues


@cache
def wanted() -> Catalog:
    """Every text of the code."""
    return collect.template()


@cache
def written(language: str) -> Catalog:
    """A catalogue as translators left it."""
    return read_po(io.BytesIO(catalogues.path(language).read_bytes()), locale=language)


def texts(catalog: Catalog) -> dict[str | tuple[str, str], list[str]]:
    """Text of the code, with its plural where it has one -> its translations."""
    return {
        each.id: [*each.string] if each.pluralizable else [each.string]
        for each in catalog
        if each.id
    }


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def edges(text: str) -> tuple[str, str]:
    """White space around a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def faults(found: dict[str | tuple[str, str], list[str]], plurals: int) -> list[str]:
    """What is wrong with translations, one line each."""
    said = []
    for text, translations in found.items():
        one, many = (text, text) if isinstance(text, str) else text
        expected = plurals if isinstance(text, tuple) else 1
        if len(translations) != expected or not all(translations):
            said.append(f"{one!r}: not translated, or not in every number")
            continue
        for at, translation in enumerate(translations):
            allowed = [placeholders(many)] + ([placeholders(one)] if at == 0 else [])
            if placeholders(translation) not in allowed:
                said.append(f"{one!r}: placeholders differ in {translation!r}")
            if edges(translation) != edges(one):
                said.append(f"{one!r}: spaces differ around {translation!r}")
    return said


def test_faults_of_a_catalogue_are_found() -> None:
    sound = {
        "a {b}": ["x {b}"],
        ("{count} c", "{count} d"): ["{count} et", "{count} to"],
        " / ": [" – "],
    }
    assert faults(sound, 2) == []
    for broken in (
        {"a {b}": ["x {c}"]},
        {"a {b}": [""]},
        {"%(a)s b": ["b"]},
        {" / ": ["/"]},
        {("one {n}", "many {n}"): ["et {n}", ""]},
        {("one {n}", "many {n}"): ["et {n}"]},
    ):
        assert len(faults(broken, 2)) == 1, broken


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_has_the_texts_of_the_code_and_no_others(language: str) -> None:
    code, held = set(texts(wanted())), set(texts(written(language)))
    assert len(code) > 500
    assert (sorted(code - held, key=str), sorted(held - code, key=str)) == ([], []), (
        "`make translations` brings both in line"
    )
    assert [each.id for each in written(language) if each.fuzzy and each.id] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_with_its_placeholders(language: str) -> None:
    found = faults(texts(written(language)), written(language).num_plurals)
    assert not found, "\n".join(found)


def test_an_update_keeps_translations_and_drops_what_the_code_no_longer_says() -> None:
    old = b'msgid ""\nmsgstr ""\n"Language: da\\n"\n\nmsgid "Sources"\nmsgstr "Kilder"\n\nmsgid "Gone"\nmsgstr "Borte"\n'
    once = collect.updated(old, "da", wanted())
    held = texts(read_po(io.BytesIO(once), locale="da"))
    assert held.keys() == texts(wanted()).keys()
    assert held["Sources"] == ["Kilder"]
    assert sum(map(any, held.values())) == 1
    assert collect.updated(once, "da", wanted()) == once
    assert not re.search(rb"Gone|fuzzy|\d{4}-\d\d-\d\d|\.py:", once)


@pytest.mark.parametrize("language", OTHERS)
def test_an_update_of_today_changes_no_byte(language: str) -> None:
    text = catalogues.path(language).read_bytes()
    assert collect.updated(text, language, wanted()) == text, (
        "`make translations` writes it as it is kept"
    )


# Labels of the data


@pytest.mark.parametrize("language", OTHERS)
def test_every_label_of_the_data_is_translated(language: str) -> None:
    dataset = views.index().dataset
    translations = dataset.translations[language]
    expected = {
        *((name, code) for name, held in dataset.codes.items() for code in held),
        *(("concept", name) for name in dataset.indicators),
        *(("definition", name) for name in dataset.definitions),
        *(("change", each.change_id) for each in dataset.changes),
        *(("break", each.break_id) for each in dataset.breaks),
        *(("published_test", code_of(each)) for each in dataset.published_tests),
        *(("question", each.question_id) for each in dataset.questions),
        *(
            ("survey", each.survey_id)
            for each in dataset.surveys.values()
            if each.short_title or each.period_kind == "stated"
        ),
    }
    assert translations.keys() == expected
    for (name, code), text in translations.items():
        if name in dataset.codes:
            english = dataset.codes[name][code]
            assert text.label, (name, code)
            assert bool(text.description) == bool(english.description), (name, code)
        elif name == "survey":
            survey = dataset.surveys[code]
            assert bool(text.label) == bool(survey.short_title), code
            assert bool(text.description) == (survey.period_kind == "stated"), code
        else:
            assert text.description, (name, code)
            assert bool(text.label) == (name in ("concept", "definition", "question"))
    for name in dataset.codes["theme"]:
        labels = [
            each.label for each in loc(language).dataset.indicators.values() if each.theme == name
        ]
        assert [label for label, count in Counter(labels).items() if count > 1] == [], (
            "two indicators of one name"
        )


# Numbers and lists


@pytest.mark.parametrize(
    ("language", "number", "share", "whole", "listed"),
    [
        ("en", "12,345.6", "12.5%", "8%", "a, b and c"),
        ("da", "12.345,6", "12,5\u00a0%", "8\u00a0%", "a, b og c"),
        ("nb", "12\u00a0345,6", "12,5\u00a0%", "8\u00a0%", "a, b og c"),
        ("sv", "12\u00a0345,6", "12,5\u00a0%", "8\u00a0%", "a, b och c"),
        ("fi", "12\u00a0345,6", "12,5\u00a0%", "8\u00a0%", "a, b ja c"),
    ],
)
def test_numbers_and_lists_are_written_as_readers_write_them(
    language: str, number: str, share: str, whole: str, listed: str
) -> None:
    said = loc(language)
    assert (said.number(12345.6), said.percent(12.5), said.percent(8)) == (number, share, whole)
    assert said.percent(5.7) == share.replace("12", "5").replace("5,5", "5,7").replace("5.5", "5.7")
    assert said.join(["a", "b", "c"]) == listed
    assert said.percent(79) in said.figure(79, "about")
    assert said.figure(79, "about") != said.figure(79, "over") != said.percent(79)


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_have_the_names_that_readers_know(language: str) -> None:
    said = loc(language)
    assert [said.label("country", code) for code in said.dataset.codes["country"]] == [
        Locale.parse(language).territories[code] for code in said.dataset.codes["country"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_and_two_are_counted_differently(language: str) -> None:
    one, two = (
        loc(language).count_of("{count} theme", "{count} themes", count) for count in (1, 2)
    )
    assert one.replace("1", "") != two.replace("2", "")
    assert "1" in one
    assert "2" in two


# Headings of files


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_files_are_in_the_language_and_codes_are_not(language: str) -> None:
    shown, said = views.show("theme=effects&country=DK"), loc(language)
    columns = headings(said)
    assert tuple(columns) == COLUMNS
    assert len(set(columns.values())) == len(COLUMNS)
    lines = list(csv.reader(io.StringIO(view_csv(shown, said).removeprefix("\ufeff"), newline="")))
    plain = list(
        csv.reader(io.StringIO(view_csv(shown, loc("en")).removeprefix("\ufeff"), newline=""))
    )
    assert lines[0] == list(columns.values())
    assert (lines[0] == list(COLUMNS)) == (language == "en")
    indicator = COLUMNS.index("indicator")
    assert [line[:indicator] + line[indicator + 1 :] for line in lines[1:]] == [
        line[:indicator] + line[indicator + 1 :] for line in plain[1:]
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(shown, said, URL)))
    assert [str(cell.value).removesuffix(" (%)") for cell in book.worksheets[0][1]] == lines[0]
    assert {row[0] for row in book.worksheets[3].iter_rows(min_row=2, values_only=True)} <= {
        *lines[0],
        said.t("dimension"),
    }


# Who gets which language


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(url=URL)).test_client()


def languages_of(client: FlaskClient, path: str, accepted: str = "") -> tuple[str, str]:
    """(language of the header, language of the page) of an answer."""
    answer = client.get(path, headers={"Accept-Language": accepted} if accepted else {})
    return answer.headers["Content-Language"], re.search(r'<html lang="(\w+)"', answer.text)[1]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        *(
            ("", "en"),
            ("da", "da"),
            ("da-DK,da;q=0.9,en;q=0.8", "da"),
            ("en-US,en;q=0.9,da;q=0.5", "en"),
            ("fi-FI", "fi"),
        ),
        *(
            ("no", "nb"),
            ("nn", "nb"),
            ("nn-NO,nb;q=0.8", "nb"),
            ("nb-NO", "nb"),
            ("sv-FI", "sv"),
            ("SV", "sv"),
        ),
        *(("de", "en"), ("de,sv;q=0.3", "sv"), ("*", "en"), ("da;q=0,sv;q=0.1", "sv")),
        *((";;;", "en"), ("\u00e6\u00f8\u00e5", "en"), ("x" * 3000, "en"), (",,da,,", "da")),
    ],
)
def test_a_reader_gets_the_language_that_the_browser_prefers(
    client: FlaskClient, accepted: str, language: str
) -> None:
    for path in PATHS:
        assert languages_of(client, path, accepted) == (language, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_the_address_decides_before_the_browser(
    client: FlaskClient, path: str, language: str
) -> None:
    assert languages_of(client, f"{path}?lang={language}", "sv,fi;q=0.9") == (language, language)


@pytest.mark.parametrize("path", [*PATHS, "/data.csv?theme=effects", "/nothing-here", "/embed"])
def test_answers_say_that_another_reader_may_get_another(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "da"})
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Content-Language"] == "da"


def test_styles_and_scripts_are_of_no_language(client: FlaskClient) -> None:
    answer = client.get("/static/bootstrap.min.css", headers={"Accept-Language": "da"})
    assert "Content-Language" not in answer.headers
    assert "Accept-Language" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("unknown", ["xx", "danish", "en~da", ""])
def test_an_unknown_language_is_told_in_the_readers_own(client: FlaskClient, unknown: str) -> None:
    assert languages_of(client, f"/?lang={unknown}", "fi") == ("fi", "fi")
    refused = client.get(
        f"/data.csv?theme=effects&lang={unknown}", headers={"Accept-Language": "fi"}
    )
    assert refused.status_code == 400
    assert "“lang”" in refused.text or "lang" in refused.text
    assert refused.headers["Content-Language"] == "fi"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "/"),
        ("/?theme=effects&country=DK", "/?theme=effects&country=DK"),
        ("/?theme=effects&lang=sv", "/?theme=effects"),
        ("/sources", "/sources"),
        ("/countries", "/countries"),
        ("/country/dk?lang=sv", "/country/dk"),
        ("/method?lang=fi", "/method"),
        ("/accessibility", "/accessibility"),
    ],
)
def test_a_page_names_itself_in_every_language(
    client: FlaskClient, path: str, address: str
) -> None:
    found = dict(
        re.findall(
            r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">', client.get(path).text
        )
    )
    joint = "&" if "?" in address else "?"
    assert {code: unescape(href) for code, href in found.items()} == {
        **{code: f"{URL}{address}{joint}lang={code}" for code in LANGUAGES},
        "x-default": f"{URL}{address}",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_app_asks_for_is_in_the_language_of_its_page(
    client: FlaskClient, language: str
) -> None:
    answer = client.get(f"/_dash-layout?lang={language}", headers={"Accept-Language": "en"})
    assert f">{loc(language).t('Show the charts')}<" in json.dumps(answer.json, ensure_ascii=False)
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_no_text_hides_in_an_f_string() -> None:
    """Python before 3.12 reads an f-string as one piece, so what is marked inside would be in no catalogue."""
    hidden = []
    for file in sorted((collect.ROOT / "dashboard").rglob("*.py")):
        for outer in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for call in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
                if (
                    isinstance(call, ast.Call)
                    and call.args
                    and isinstance(call.args[0], ast.Constant)
                ):
                    name = (
                        call.func.attr
                        if isinstance(call.func, ast.Attribute)
                        else getattr(call.func, "id", "")
                    )
                    if name in collect.KEYWORDS and isinstance(call.args[0].value, str):
                        hidden.append((file.name, call.args[0].value))
    assert hidden == []


@pytest.mark.browser
def test_the_app_stands_in_the_language_of_its_address(page) -> None:
    page.goto("/?theme=effects&lang=da&look=dark")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    heading = page.get_by_role("complementary", name=loc("da").t("Filters"), exact=True)
    assert heading.count() == 1
