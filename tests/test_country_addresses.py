"""How the pages of countries are reached: their addresses in every spelling and language, the sitemap, and what a browser keeps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from html import escape, unescape
from urllib.parse import urlsplit

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.selection import LANGUAGES
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support.html import Outline
from tests.support.text_pages import COUNTRIES, addresses

URL = "https://barometer.example"
LARGEST = 60_000
"""Bytes that a page may have, compressed as it is sent."""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(url=URL)).test_client()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/country/DK", "/country/dk"),
        ("/country/dk/", "/country/dk"),
        ("/country/Dk/?lang=da&look=dark", "/country/dk?lang=da&look=dark"),
        ("/country", "/countries"),
        ("/country/?lang=fi", "/countries?lang=fi"),
        ("/countries/", "/countries"),
    ],
)
def test_other_spellings_lead_to_the_page(client: FlaskClient, path: str, target: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (308, target)
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    "path", ["/country/xx", "/country/xx/", "/country/%3Cb%3E", "/country/" + "x" * 900]
)
def test_an_unknown_country_names_those_there_are(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?lang=da")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert answer.headers["Content-Language"] == "da"
    page = Outline(answer.text)
    assert "Intet land" in page.text("content")
    assert not page.all("b")
    listed = {href for href in addresses(page) if href.startswith("/country/")}
    assert listed == {f"/country/{code.lower()}?lang=da" for code in COUNTRIES}
    assert '<meta name="robots" content="noindex">' in answer.text
    assert len(answer.text) < 6000


def test_a_page_tells_its_other_languages_and_its_one_address(client: FlaskClient) -> None:
    text = client.get("/country/se?lang=fi&look=dark", headers={"Accept-Language": "da"}).text
    assert '<html lang="fi" data-colour-scheme="dark">' in text
    found = dict(re.findall(r'hreflang="([\w-]+)" href="(https[^"]*)"', text))
    assert {code: urlsplit(unescape(href)).path for code, href in found.items()} == dict.fromkeys(
        (*LANGUAGES, "x-default"), "/country/se"
    )
    assert f'<link rel="canonical" href="{URL}/country/se?lang=fi">' in text
    plain = client.get("/country/se", headers={"Accept-Language": "da"})
    assert "<h1>Sverige</h1>" in plain.text
    assert plain.headers["Content-Language"] == "da"
    assert "Accept-Language" in plain.headers["Vary"]
    assert f'<link rel="canonical" href="{URL}/country/se">' in plain.text


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_page_is_light(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/country/{code.lower()}", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < LARGEST
    assert b"plotly" not in brotli.decompress(answer.data)


def test_the_sitemap_lists_every_page_in_every_language(client: FlaskClient, dataset) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    assert "Content-Language" not in answer.headers
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    entries = Xml.fromstring(answer.text).findall("s:url", names)  # noqa: S314
    paths = ["/", "/countries", "/sources", "/method", "/changes", "/accessibility"]
    paths += [f"/country/{code.lower()}" for code in COUNTRIES]
    located = [entry.findtext("s:loc", "", names) for entry in entries]
    views = [address for address in located if not re.fullmatch(rf"{URL}[\w/]*\?lang=..", address)]
    # What the data ask is worth finding too, under the address that the page itself calls canonical.
    assert len(views) == len(LANGUAGES) * (len(dataset.questions) - 1)
    assert (
        f'rel="canonical" href="{escape(views[-1])}"'
        in client.get(views[-1].removeprefix(URL)).text
    )
    assert sorted(each for each in located if each not in views) == sorted(
        f"{URL}{path}?lang={language}" for path in paths for language in LANGUAGES
    )
    for entry in entries:
        alternate = {link.get("hreflang") for link in entry.findall("x:link", names)}
        assert alternate == {*LANGUAGES, "x-default"}
    for path in paths:
        assert client.get(f"{path}?lang=fi").status_code == 200
    assert f"Sitemap: {URL}/sitemap.xml" in client.get("/robots.txt").text


def test_the_charts_and_the_sources_lead_there(client: FlaskClient) -> None:
    assert 'href="/countries?lang=fi&amp;look=dark"' in client.get("/?lang=fi&look=dark").text
    assert "/country/dk?lang=en" in addresses(Outline(client.get("/sources?lang=en").text))


@pytest.mark.parametrize("path", ["/countries", "/country/dk", "/sources", "/search?q=citizen"])
def test_a_page_of_text_is_not_sent_twice_and_searches_without_scripts(
    client: FlaskClient, path: str
) -> None:
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    tag = {"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{path}{'&' if '?' in path else '?'}lang=da", headers=tag).status_code == 200
    page = Outline(client.get(path).text)
    (form,) = page.all("form")
    assert (form["action"], form["role"]) == ("/search", "search")
    assert [each["name"] for each in page.all("input")] == ["q"]
