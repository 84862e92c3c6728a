"""The site opens on its first question; a file whose address names no view keeps the view of a first visit."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard import selection as addresses
from dashboard.context import BELOW_HOME
from dashboard.selection import (
    Selection,
    default,
    display_query,
    home,
    names_view,
    narrowed,
    page_query,
    page_search,
    parse,
    parse_page,
    restored,
    search,
)
from dashboard.selection import format as query_of
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support import views
from tests.support.answers import title
from tests.support.views import FIRST_VISIT, QUESTIONS

KNOWN = views.vocabulary()
HOME = "concept=innovative_workplaces&view=compare"
TRACKED = (
    "utm_source=letter&utm_campaign=spring",
    "fbclid=1",
    "gclid=1",
    "msclkid=1",
    "mc_cid=1&mc_eid=2",
    "igshid=1",
    "UTM_Medium=x",
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(url="https://barometer.example")).test_client()


# --- Two pairs of reader and writer ---


@given(views.selections)
def test_a_page_and_a_canonical_query_each_restore_their_selection(selection: Selection) -> None:
    assert parse_page(page_query(selection, KNOWN), KNOWN) == addresses.Parsed(selection)
    assert parse(query_of(selection, KNOWN), KNOWN) == addresses.Parsed(selection)
    # A canonical query names its view, so that a page may be asked for it too.
    assert parse_page(search(selection, KNOWN), KNOWN) == addresses.Parsed(selection)


@pytest.mark.parametrize("of", [home, default])
@pytest.mark.parametrize("language", ["", "da"])
@pytest.mark.parametrize("colour_scheme", ["", "dark"])
@pytest.mark.parametrize("release", ["", *KNOWN.releases])
def test_home_and_first_visit_are_restored_in_every_language(
    of, language, colour_scheme, release
) -> None:
    selection = replace(of(KNOWN), language=language, colour_scheme=colour_scheme, release=release)
    assert parse_page(page_query(selection, KNOWN), KNOWN) == addresses.Parsed(selection)
    assert parse(query_of(selection, KNOWN), KNOWN) == addresses.Parsed(selection)


def test_data_without_questions_open_on_the_view_of_a_first_visit() -> None:
    bare = replace(KNOWN, home="")
    assert home(bare) == default(bare) == parse_page("", bare).selection
    assert page_query(default(bare), bare) == ""
    assert query_of(default(bare), bare) == FIRST_VISIT
    assert parse_page("lang=da", bare) == parse("lang=da", bare)
    assert parse_page(HOME, bare).selection == home(KNOWN)
    assert page_query(home(KNOWN), bare) == HOME


def test_the_home_is_the_first_question() -> None:
    assert next(iter(QUESTIONS.values())) == HOME == query_of(home(KNOWN), KNOWN)
    assert page_search(home(KNOWN), KNOWN) == ""
    assert narrowed(home(KNOWN), KNOWN) == ()


# --- What addresses mean ---


@pytest.mark.parametrize("query", ["", "?", "lang=da", "look=dark", "lang=da&look=dark", *TRACKED])
def test_an_address_that_names_no_view_is_home_and_of_a_file_the_first_visit(query: str) -> None:
    page, file = parse_page(query, KNOWN), parse(query, KNOWN)
    assert (page.ignored, file.ignored) == ((), ())
    language = "da" if "lang=da" in query else ""
    dark = "dark" if "dark" in query else ""
    assert page.selection == replace(home(KNOWN), language=language, colour_scheme=dark)
    assert file.selection == replace(default(KNOWN), language=language, colour_scheme=dark)
    assert not names_view(query)


@pytest.mark.parametrize(
    "query",
    [
        "release=2026.1",
        "release=2026.1&lang=da",
        "theme=drivers~collaboration~effects",
        "country=DK",
        "interval=hide",
        "more=drivers",
        "view=bars",
        "view=",
        "colour=red",
        f"x={'y' * 4_000}",
        f"{HOME}&country=DK&utm_source=x",
    ],
)
def test_every_other_address_means_what_it_meant(query: str) -> None:
    assert names_view(query)
    assert parse_page(query, KNOWN) == parse(query, KNOWN)
    if "concept" not in query and "country" not in query:
        assert parse(query, KNOWN).selection.themes == default(KNOWN).themes
        assert parse(query, KNOWN).selection.chart == "bars"


@given(st.sampled_from(TRACKED), views.selections)
def test_what_tells_where_a_reader_came_from_changes_nothing(
    tracked: str, selection: Selection
) -> None:
    for read, written in ((parse, query_of), (parse_page, page_query)):
        query = written(selection, KNOWN)
        assert read(f"{tracked}&{query}", KNOWN) == addresses.Parsed(selection)


@pytest.mark.parametrize(
    ("query", "search"),
    [
        ("", f"?{FIRST_VISIT}"),
        ("lang=da", f"?{FIRST_VISIT}&lang=da"),
        ("theme=effects&lang=da", "?theme=effects&lang=da"),
        (HOME, f"?{HOME}"),
    ],
)
def test_a_picture_of_any_age_restores_its_view(query: str, search: str) -> None:
    found = restored(query, KNOWN)
    assert found == search
    assert parse_page(found, KNOWN) == parse(query, KNOWN)


def test_links_home_keep_language_and_colours_only() -> None:
    selection = parse("theme=effects&country=DK&lang=da&look=dark", KNOWN).selection
    assert display_query(selection, KNOWN) == "?lang=da&look=dark"
    assert display_query(default(KNOWN), KNOWN) == ""


# --- What the site answers ---


def canonical(text: str) -> str:
    return re.search(r'<link rel="canonical" href="([^"]*)">', text)[1].replace("&amp;", "&")


@pytest.mark.parametrize("query", ["", "?utm_source=letter", "?fbclid=abc"])
def test_the_first_page_is_the_first_question(client: FlaskClient, query: str) -> None:
    text = client.get(f"/{query}").text
    assert canonical(text) == "https://barometer.example/"
    assert 'hreflang="da" href="https://barometer.example/?lang=da"' in text
    assert (
        'content="https://barometer.example/chart.png?theme=innovation&amp;'
        'concept=innovative_workplaces&amp;view=compare&amp;lang=en&amp;size=og"'
    ) in text
    assert quote("https://barometer.example/", safe="") in text
    assert title(client.get(f"/{query}")).startswith(
        "Public workplaces that innovate: Denmark\u00a080%"
    )
    assert "Not everything in the address could be used." not in text


def test_files_offered_at_home_are_those_of_the_home(client: FlaskClient) -> None:
    text = client.get("/").text
    files = re.findall(r'href="(/(?:data|slides|view)\.[a-z]+[^"]*)"', text)
    assert any(unescape(address).endswith(f"?{HOME}") for address in files)
    # Themes may stand below the first question: whatever is offered names its view.
    assert all(names_view(address.partition("?")[2]) for address in files)
    # In components or in finished HTML: either way the app is told to copy addresses that name the home.
    answered = unescape(told(client, "/").replace('\\"', '"'))
    copied = re.findall(r'data-address"?[:=] ?"([^"]*)"', answered)
    assert copied
    assert any(HOME in address for address in copied)
    assert all(names_view(address.partition("?")[2]) for address in copied)


def test_the_old_opening_view_has_an_address(client: FlaskClient) -> None:
    text = client.get(f"/?{FIRST_VISIT}").text
    assert canonical(text) == f"https://barometer.example/?{FIRST_VISIT}"
    assert "/chart.png?theme=drivers&amp;" in text


@pytest.mark.parametrize("query", ["", "?lang=en", "?utm_source=x", "?lang=en&gclid=1"])
def test_a_bare_file_keeps_its_meaning(client: FlaskClient, query: str) -> None:
    bare, named = (
        client.get(f"/data.csv{more}", headers={"Accept-Language": "en"})
        for more in (query, f"?{FIRST_VISIT}")
    )
    assert bare.status_code == named.status_code == 200
    body = [line for line in bare.text.splitlines() if "barometer.example" not in line]
    assert body == [line for line in named.text.splitlines() if "barometer.example" not in line]
    assert client.get("/data.csv?foo=1").status_code == 400


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("https://barometer.example/", HOME),
        ("https://barometer.example", HOME),
        ("https://barometer.example/?lang=da", f"{HOME}&lang=da"),
        ("https://barometer.example/embed", FIRST_VISIT),
        ("https://barometer.example/?release=2026.1", "release=2026.1"),
    ],
)
def test_an_embedded_view_names_itself(client: FlaskClient, address: str, query: str) -> None:
    answer = client.get(
        "/oembed", query_string={"url": address}, headers={"Accept-Language": "en"}
    ).json
    framed = re.search(r'src="([^"]*)"', answer["html"])[1].replace("&amp;", "&")
    language = "" if "lang=" in query else "&lang=en"
    assert framed == f"https://barometer.example/embed?{query}{language}"


def test_a_frame_without_a_view_shows_the_first_visit_before_and_after_its_scripts(
    client: FlaskClient,
) -> None:
    text = client.get("/embed").text
    assert canonical(text) == f"https://barometer.example/?{FIRST_VISIT}"
    framed, home_page = (
        set(re.findall(r'data-values"?[:=] ?"([a-z]+)"', told(client, path).replace('\\"', '"')))
        for path in ("/embed", "/")
    )
    assert framed == {section.theme for section in views.show(FIRST_VISIT).sections}
    assert "innovation" in home_page - framed


def told(client: FlaskClient, path: str) -> str:
    """What the app of a page with a blank search is answered."""
    callbacks = client.get("/_dash-dependencies").json
    callback = next(each for each in callbacks if "content.children" in each["output"])
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in callback["output"].strip(".").split("...")
    ]
    given = {"search": "", "href": f"https://barometer.example{path}"}

    def filled(part: dict) -> dict:
        return {**part, "value": given.get(part["property"])}

    asked = {
        "output": callback["output"],
        "outputs": outputs,
        "inputs": [filled(part) for part in callback["inputs"]],
        "state": [filled(part) for part in callback["state"]],
        "changedPropIds": ["location.search"],
    }
    answer = client.post("/_dash-update-component", json=asked)
    assert answer.status_code == 200
    return json.dumps(answer.json, ensure_ascii=False)


def test_paper_is_that_of_the_page(client: FlaskClient) -> None:
    assert unquote(client.get("/paper").text).count(HOME.replace("&", "&amp;")) >= 1


@pytest.mark.parametrize(
    ("query", "said", "words"),
    [
        (
            "",
            "Drivers, Collaboration and Effects: countries, sectors and edition as above.",
            "Open",
        ),
        ("&lang=da", "Drivkræfter, Samarbejde og Effekter: lande, sektorer og udgave", "Åbn"),
    ],
)
def test_the_themes_below_the_home_say_which_they_are_and_open_as_one_view(
    client: FlaskClient, query: str, said: str, words: str
) -> None:
    text = client.get(f"/?{query.removeprefix('&')}").text
    address = f"/?theme=drivers~collaboration~effects{query}".replace("&", "&amp;")
    assert said in text
    assert re.search(rf'<a href="{re.escape(address)}" [^>]*>{words} ', text)


def test_themes_below_the_home_open_with_a_few_indicators_and_count_them_all():
    _, below = views.context(HOME).views
    whole = views.of(replace(below.selection, expanded=below.selection.themes))
    for section in below.sections:
        (all_of_it,) = (each for each in whole.sections if each.theme == section.theme)
        assert section.indicators_shown == BELOW_HOME < section.indicators_total
        assert section.indicators_total == all_of_it.indicators_shown


def test_of_few_indicators_those_come_first_by_which_countries_can_be_set_side_by_side():
    """Employees drive innovation in Denmark and in Norway; what users need is asked in Sweden alone."""
    drivers = views.context(HOME).views[1].sections[0]
    shown = {row.header.indicator for row in drivers.rows}
    assert {"driver_employees", "promoted_employees", "promoted_internal_collaboration"} <= shown
    assert "driver_users" not in shown
