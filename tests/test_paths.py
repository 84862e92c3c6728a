"""A path that got a slash, a bracket or a capital on its way leads to the page it meant."""

from __future__ import annotations

import pytest

from dashboard.formats import registry
from dashboard.settings import Settings
from dashboard.web import create_app


@pytest.fixture(scope="module")
def client():
    """A client of the whole site."""
    return create_app(Settings(drawings=0)).test_client()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/sources/", "/sources"),
        ("/sources.", "/sources"),
        ("/method),", "/method"),
        ("/Sources", "/sources"),
        ("/method%E2%80%8B", "/method"),
        ("/method%20", "/method"),
        ("/embed/", "/embed"),
        ("/data.csv)", "/data.csv"),
        ("/chart.png;", "/chart.png"),
        ("/.", "/"),
        ("/%E2%80%9D", "/"),
        ("/%EF%BB%BF", "/"),
        ("/index.html", "/"),
        ("/sources%0A", "/sources"),
        ("/sources%E2%80", "/sources"),
        ("/%5Csources%C2%AD", "/sources"),
        ("/%EF%BC%8Fsources%EF%BC%8F", "/sources"),
        ("/country/DK).", "/country/dk"),
        ("/country/dk%E2%80%8B", "/country/dk"),
        ("/country//dk/", "/country/dk"),
        ("/DATA.CSV", "/data.csv"),
    ],
)
def test_a_changed_path_is_sent_on_with_its_query(client, written, meant):
    answer = client.get(f"http://localhost{written}?theme=drivers&country=DK~SE")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{meant}?theme=drivers&country=DK~SE"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/%3Ftheme%3Ddrivers%26country%3DDK~SE", "/?theme=drivers&country=DK~SE"),
        ("/data.csv&theme=drivers", "/data.csv?theme=drivers"),
        ("/country/dk%3Flang=da?look=dark", "/country/dk?lang=da&look=dark"),
        ("/sources;jsessionid=1", "/sources?jsessionid=1"),
        ("/chart.svg&amp;theme=a%20b%0Ac", "/chart.svg?amp%3Btheme=a%20bc"),
    ],
)
def test_a_query_whose_sign_was_encoded_or_left_out_is_one_again(client, written, meant):
    answer = client.get(f"http://localhost{written}")
    assert (answer.status_code, answer.headers["Location"]) == (308, meant)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("da;q=0", "en"),
        ("en;q=0,da;q=0.1", "da"),
        ("da;q=abc", "en"),
        ("nn-NO,nb;q=0.9,en;q=0.1", "nb"),
        ("sr-Latn,fi;q=0.3", "fi"),
        ("*;q=0.5", "en"),
        (",;q=1, sv ;q=0.2,", "sv"),
        ("da;q=0.3,sv;q=0.8", "sv"),
    ],
)
def test_a_reader_gets_the_language_that_the_browser_wants_most(client, asked, answered):
    answer = client.get("/sources", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == answered


@pytest.mark.parametrize(
    "path",
    [
        "/nosuch",
        "/nosuch/",
        "/sources/more",
        "/evil.example/",
        "/data.exe",
        "/💥",
        "/sources.html",
        "/nosuch%3Flang=da",
    ],
)
def test_another_path_is_refused(client, path):
    assert client.get(path).status_code == 404


def test_nobody_is_sent_to_another_host(client):
    answer = client.get("/", environ_overrides={"PATH_INFO": "//evil.example/sources."})
    assert answer.status_code == 404
    answer = client.get("/", environ_overrides={"PATH_INFO": "//sources/"})
    assert answer.headers["Location"] == "/sources"


@pytest.mark.parametrize(
    "query",
    [
        "theme=drivers&utm_source=x",
        "theme=drivers.",
        "Theme=drivers&amp;lang=en-GB",
        "theme=drivers&fbclid=1)",
    ],
)
def test_a_file_has_the_same_bytes_whatever_its_address_went_through(client, query):
    plain = client.get("/data.csv?theme=drivers&lang=en")
    changed = client.get(f"/data.csv?{query}", headers={"Accept-Language": "en"})
    assert (changed.status_code, changed.data) == (200, plain.data)


def test_parameters_of_a_file_are_read_like_those_of_a_view(client):
    plain = client.get("/chart.svg?theme=drivers&size=square&lang=en")
    changed = client.get("/chart.svg?theme=drivers&amp;SIZE=Square.&lang=en-GB")
    assert (changed.status_code, changed.data) == (200, plain.data)


def test_a_misspelt_parameter_of_a_file_is_named(client):
    answer = client.get("/data.csv?theme=drivers&contry=DK")
    assert answer.status_code == 400
    assert "contry" in answer.text


@pytest.mark.parametrize(
    "path", [*(kind.path for kind in registry.every()), "/chart.png", "/chart.svg"]
)
def test_every_file_of_an_empty_view_says_so(client, path):
    answer = client.get(f"{path}?theme=effects&country=none&lang=en")
    assert (answer.status_code, answer.text) == (404, "No figure fits this selection.\n")
