"""What readers find by typing, in their language, and where it leads."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import quote

import pytest

from dashboard.dataset import load
from dashboard.layout import choices
from dashboard.query.destinations import Thing, destinations, editions
from dashboard.query.filtering import figure_count
from dashboard.selection import LANGUAGES, page_search, parse_page
from dashboard.text import Localizer, matching, search
from dashboard.web import create_app
from tests.support import views
from tests.support.folders import added, copied, found, only

BELOW = len(views.index().dataset.synonyms) + 2
"""Line of synonyms.csv on which an added row stands."""


def loc_of(language: str = "en") -> Localizer:
    return views.store().newest.localizer(language)


@cache
def leads() -> dict[Thing, object]:
    return dict(destinations(views.index()))


def things(query: str, language: str = "en") -> list[tuple[str, str]]:
    return [tuple(thing) for thing in search.find(loc_of(language), query)]


@pytest.fixture(scope="module")
def client():
    return create_app().test_client()


# --- What is found in the published data ---


@pytest.mark.parametrize(
    ("language", "query", "first"),
    [
        ("en", "save money", ("question", "savings")),
        ("en", "does innovation save money", ("question", "savings")),
        ("en", "AI", ("concept", "ai_used")),
        ("en", "who innovates", ("question", "who")),
        ("en", "citizens", ("concept", "collab_citizens")),
        ("en", "obstacles", ("theme", "barriers")),
        ("en", "town hall", ("sector", "municipal")),
        ("en", "kommun", ("sector", "municipal")),
        ("en", "Denmark", ("country", "DK")),
        ("en", "Suomi", ("country", "FI")),
        ("en", "besparing", ("question", "savings")),
        ("en", "qualty", ("concept", "effect_quality")),
        ("da", "besparelse", ("question", "savings")),
        ("da", "borgere", ("concept", "collab_citizens")),
        ("da", "virksomhederne", ("question", "companies")),
        ("da", "ingen har gjort det før", ("concept", "novelty_not_applied_by_others")),
        ("nb", "KI", ("concept", "ai_used")),
        ("nb", "innsparing", ("concept", "driver_savings")),
        ("sv", "medborgare", ("concept", "collab_citizens")),
        ("sv", "kommunen", ("sector", "municipal")),
        ("fi", "säästö", ("question", "savings")),
        ("fi", "kansalaiset", ("concept", "collab_citizens")),
        ("fi", "kunta", ("sector", "municipal")),
        ("fi", "savings and efficiency", ("concept", "driver_savings")),
    ],
)
def test_what_is_meant_comes_first(language, query, first):
    assert things(query, language)[0] == first


def test_editions_that_ask_of_the_pandemic_are_found():
    surveys = views.index().dataset.surveys
    hits = things("covid")
    assert len(hits) > 5
    for name, code in hits:
        assert name == "survey"
        assert surveys[code].period_start <= 2021
        assert surveys[code].period_end >= 2020


def test_the_parts_of_a_comparison_published_together_are_one_result():
    assert ("survey", "nordic-2019-dk") in things("Nordic comparison")
    assert len(editions(views.index().dataset)["nordic-2019-dk"]) == 5
    assert sum(name == "survey" for name, _ in things("Nordic comparison")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_found_by_its_name(language):
    loc = loc_of(language)
    for thing in leads():
        name = search.label(loc, thing)
        assert thing in search.find(loc, name), name
        assert search.kind(loc, thing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_found_by_each_of_its_synonyms(language):
    loc, dataset = loc_of(language), views.index().dataset
    first = {code: ids[0] for ids in editions(dataset).values() for code in ids}
    for each in dataset.synonyms:
        if each.language == language:
            thing = Thing(each.list, first.get(each.code, each.code))
            assert thing in search.find(loc, each.term), each


def test_each_theme_and_country_has_synonyms_in_every_language():
    dataset = views.index().dataset
    for name in ("theme", "country", "sector"):
        for code in dataset.codes[name]:
            for language in LANGUAGES:
                own = [
                    each.term
                    for each in dataset.synonyms
                    if (each.list, each.code, each.language) == (name, code, language)
                ]
                assert len(own) >= 3, (name, code, language)


# --- Where it leads ---


def test_every_indicator_theme_and_question_leads_to_figures():
    index = views.index()
    dataset = index.dataset
    expected = {
        *(Thing("concept", code) for code in dataset.indicators),
        *(Thing("question", each.question_id) for each in dataset.questions),
        *(
            Thing(name, code)
            for name in ("theme", "country", "sector")
            for code in dataset.codes[name]
        ),
        *(Thing("survey", first) for first in editions(dataset)),
    }
    assert set(leads()) == expected
    for thing, opened in leads().items():
        assert opened.figures == figure_count(index, opened.selection) > 0, thing
        written = page_search(opened.selection, index.vocabulary)
        assert parse_page(written, index.vocabulary).selection == opened.selection


def test_an_indicator_opens_as_a_comparison_where_it_has_one():
    opened = leads()
    assert opened[Thing("concept", "effect_quality")].selection.chart == "compare"
    assert opened[Thing("concept", "ai_used")].selection.chart == "bars"
    # Published only by groups.
    assert opened[Thing("concept", "cond_funding")].selection.split == "group"


# --- The answers of the site ---


def asked(client, path: str) -> dict[str, object]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex"
    return json.loads(response.data)


def test_a_list_has_eight_results_at_most_each_with_kind_and_figures(client):
    answer = asked(client, "/search.json?q=money")
    assert answer["said"] == "9 results"
    assert answer["more"] == {"label": "All results", "href": "/search?q=money"}
    assert len(answer["results"]) == 8
    assert answer["results"][1] == {
        "label": "Driven by savings and efficiency",
        "parts": [["Driven by savings and efficiency", False]],
        "also": [["“save ", False], ["money", True], ["”", False]],
        "note": "Indicator · Drivers · 5 figures",
        "href": "/?concept=driver_savings",
        "view": True,
    }
    assert asked(client, "/search.json?q=AI")["more"] is None


def test_links_keep_language_colours_and_release(client):
    answer = asked(client, "/search.json?q=Danmark&lang=da&look=dark&release=2026.1")
    assert answer["results"][0]["label"] == "Danmark"
    for each in answer["results"]:
        assert "release=2026.1" in each["href"]
        assert "lang=da&look=dark" in each["href"]


def test_a_country_leads_to_its_page(client):
    denmark = asked(client, "/search.json?q=Danmark&lang=da&look=dark")["results"][0]
    assert denmark["href"] == "/country/dk?lang=da&look=dark"
    assert not denmark["view"]
    assert client.get(denmark["href"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "language", "label", "address"),
    [
        ("Denmark Iceland", "en", "Compare Denmark and Iceland", "country=DK~IS&view=compare"),
        ("compare Danish and Icelandic", "en", "Compare Denmark and Iceland", "country=DK~IS"),
        ("Danmark Island", "da", "Sammenlign Danmark og Island", "country=DK~IS&view=compare"),
        ("islanti tanska", "fi", "Vertaa: Islanti ja Tanska", "country=DK~IS&view=compare"),
        ("Norge Sverige Danmark", "sv", "Jämför Norge, Sverige och Danmark", "country=DK~NO~SE"),
    ],
)
def test_names_of_countries_offer_first_to_compare_them(client, query, language, label, address):
    first = asked(client, f"/search.json?q={quote(query)}&lang={language}")["results"][0]
    assert first["label"] == label
    assert first["view"]
    assert address in first["href"]
    assert client.get(first["href"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "language"),
    [("denmark companies", "en"), ("Danske virksomheder", "da"), ("yritykset Tanska", "fi")],
)
def test_a_country_beside_another_word_keeps_its_own_figures(client, query, language):
    """The same indicators as without it, each of that country alone."""
    results = asked(client, f"/search.json?q={quote(query)}&lang={language}")["results"]
    assert len(results) > 3
    opened = [views.select(each["href"].partition("?")[2]) for each in results]
    assert all(each.countries == ("DK",) for each in opened)
    assert ("collab_companies",) in [each.indicators for each in opened]


def test_a_theme_comes_first_then_an_indicator_whose_name_begins_with_the_word(client):
    results = asked(client, "/search.json?q=evaluation")["results"]
    labels = ["Spread and evaluation", "Evaluated in any way", "Evaluation under way"]
    assert [each["label"] for each in results[:3]] == labels
    # The only figure that a view shows is told at once.
    (row,) = views.show("concept=evaluated").sections[0].values
    assert results[1]["note"].endswith(f" · Denmark {row.observation.value:g}%")


@pytest.mark.parametrize("query", ["Denmark", "Denmark Danish"])
def test_one_country_offers_no_comparison(client, query):
    results = asked(client, f"/search.json?q={quote(query)}")["results"]
    assert not [each for each in results if each["label"].startswith("Compare")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Nothing found for “xyzzy”."),
        ("da", "Intet fundet for ”xyzzy”."),
        ("nb", "Ingen treff på «xyzzy»."),
        ("sv", "Inget hittades för ”xyzzy”."),
        ("fi", "Haulla ”xyzzy” ei löytynyt mitään."),
    ],
)
def test_where_nothing_fits_three_themes_are_suggested(client, language, said):
    answer = asked(client, f"/search.json?q=xyzzy&lang={language}")
    assert answer["said"] == said
    assert answer["suggested"]
    assert len(answer["results"]) == 3
    assert answer["more"]["href"] == f"/sources?lang={language}#definitions"
    page = client.get(f"/search?q=xyzzy&lang={language}").text
    assert said in page
    assert f'href="/sources?lang={language}#definitions"' in page


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%00%07"])
def test_a_blank_query_gets_the_form(client, query):
    page = client.get(f"/search{query}")
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert "Nothing found" not in page.text
    assert asked(client, f"/search.json{query}")["said"] == ""


def test_a_page_without_scripts_lists_every_result_and_is_not_indexed(client):
    page = client.get("/search?q=money&lang=en")
    assert page.text.count("<li><a href=") >= 9
    assert "9 results" in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert "<script" not in page.text
    assert 'href="/search?lang=da&amp;q=money"' in page.text
    assert 'value="money"' in page.text


def test_what_is_typed_is_bounded_and_escaped(client):
    assert search.read(" a\x00b\n" + "c" * 200) == "a b " + "c" * 76
    page = client.get("/search?q=%3Cscript%3E%22'&lang=en")
    assert "<script" not in page.text
    long = asked(client, f"/search.json?q={'x' * 300}")
    assert f"“{'x' * 80}”" in long["said"]


def test_a_search_takes_apart_what_is_typed_and_no_text_again(monkeypatch):
    loc = loc_of("fi")
    search.find(loc, "warm up")
    taken = []
    forms = matching.forms
    monkeypatch.setattr(matching, "forms", lambda text: taken.append(text) or forms(text))
    for query in ("a", "does innovation save money", "kansalaiset", "xyzzyqq"):
        taken.clear()
        search.find(loc, query)
        assert len(taken) <= 3 * len(query.split()), query


def test_the_search_among_indicators_finds_the_same():
    index, loc = views.index(), views.loc()
    shown = views.show("theme=drivers")
    listed = [each["value"] for each in choices.indicators(shown, index, loc, "AI")]
    assert listed == ["ai_used", "ai_opportunity"]
    assert choices.indicators(shown, index, loc, "xyzzy") == []
    money = [each["value"] for each in choices.indicators(shown, index, loc, "save money")]
    assert money[0] == "driver_savings"


# --- The table of synonyms ---


def test_a_term_for_what_does_not_exist_is_named(tmp_path):
    folder = copied(tmp_path)
    added("synonyms.csv", "country,XX,en,Atlantis")(folder)
    only(
        folder,
        f'synonyms.csv, line {BELOW}, column code: "XX" - expected a country of codes.csv',
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "concept,nothing,en,none",
            'column code: "nothing" - expected a concept of concepts.csv',
        ),
        (
            "question,nothing,en,none",
            'column code: "nothing" - expected a question of questions.csv',
        ),
        ("survey,nothing,en,none", 'column code: "nothing" - expected a survey of surveys.csv'),
        (
            "level,central,en,boss",
            'column list: "level" - expected one of concept, country, question, sector, survey, theme',
        ),
        (
            "country,DK,en,?!",
            'column term: "?!" - expected a word or a few words, at most 60 characters',
        ),
        (
            "country,DK,English,Jutland",
            'column language: "English" - expected two or three lower-case letters, such as en',
        ),
    ],
)
def test_a_term_that_cannot_be_used_is_named(tmp_path, row, expected):
    folder = copied(tmp_path)
    added("synonyms.csv", row)(folder)
    assert found(folder) == [f"synonyms.csv, line {BELOW}, {expected}"]


def test_a_term_that_stands_twice_is_named(tmp_path):
    folder = copied(tmp_path)
    added("synonyms.csv", "country,DK,en,Danish")(folder)
    (fault,) = found(folder)
    assert "a key used once (list, code, language, term)" in fault


def test_another_folder_needs_no_synonyms(tmp_path):
    folder = copied(tmp_path)
    (folder / "synonyms.csv").unlink()
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [
        each for each in descriptor["resources"] if each["name"] != "synonyms"
    ]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert found(folder) == []
    loc = Localizer(load(folder), "da")
    assert search.find(loc, "Borgere")[0] == Thing("concept", "collab_citizens")
    assert search.find(loc, "spare penge") == ()
