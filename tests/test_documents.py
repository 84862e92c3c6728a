"""Pages that were opened before: who has one gets 304, who asks for it again waits for nothing, and nobody gets another's."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.dataset import Dataset
from dashboard.settings import Settings
from dashboard.web import create_app, documents, prerender

URL = "https://barometer.example"
COUNTED = "/?theme=drivers&utm_source=news"
"""With what other sites add to links, to count by."""
PATHS = ("/", "/?theme=effects&country=DK", "/embed?theme=effects", COUNTED)
CARD = "/?theme=effects&figure=dk-2020:effect_quality:all"


@pytest.fixture(scope="module")
def client(dataset: Dataset) -> FlaskClient:
    return create_app(Settings(url=URL), dataset).test_client()


def opened(client: FlaskClient, path: str, tag: str = "", **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=given | ({"If-None-Match": tag} if tag else {}))


def tag(client: FlaskClient, path: str, **headers: str) -> str:
    return opened(client, path, **headers).headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_who_has_a_page_gets_no_other(client: FlaskClient, path: str, coding: str) -> None:
    first = opened(client, path, Accept_Encoding=coding)
    again = opened(client, path, first.headers["ETag"], Accept_Encoding=coding)
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert again.headers[name] == first.headers[name], name
    assert first.headers["Cache-Control"] == "no-cache"
    for answer in (first, again):
        assert {"accept-encoding", "accept-language"} <= set(answer.vary.as_set())


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_in_every_coding_and_every_time(client: FlaskClient, path: str) -> None:
    plain = opened(client, path, Accept_Encoding="identity").data
    assert brotli.decompress(opened(client, path, Accept_Encoding="br").data) == plain
    assert gzip.decompress(opened(client, path, Accept_Encoding="gzip").data) == plain
    assert opened(client, path, Accept_Encoding="identity").data == plain
    told = client.head(path)
    assert (told.data, told.headers["ETag"]) == (b"", tag(client, path))


def test_pages_that_differ_have_names_that_differ(client: FlaskClient) -> None:
    tags = [
        *(tag(client, path) for path in (*PATHS, "/?theme=effects", CARD)),
        tag(client, "/", Accept_Language="da"),
        tag(client, "/?lang=da"),
        tag(client, "/?look=dark"),
        tag(client, "/?release=2026.1"),
        tag(client, "/?theme=astrology"),
        tag(client, "/?theme=alchemy"),
    ]
    assert len(set(tags)) == len(tags)
    assert opened(client, "/", tags[0], Accept_Language="da").status_code == 200


def test_a_link_that_is_counted_leads_to_the_very_page(client: FlaskClient) -> None:
    assert tag(client, COUNTED) == tag(client, "/?theme=drivers")


def test_without_an_address_of_its_own_the_site_tells_hosts_apart(dataset: Dataset) -> None:
    anywhere = create_app(Settings(), dataset).test_client()
    found = {
        anywhere.get("/", base_url=f"{scheme}://{host}").headers["ETag"]
        for scheme in ("http", "https")
        for host in ("one.example", "other.example")
    }
    assert len(found) == 4


def test_copies_of_a_site_give_a_page_the_same_name_and_other_settings_another(
    client: FlaskClient, dataset: Dataset
) -> None:
    def other(**more: object) -> str:
        return tag(create_app(Settings(url=URL, **more), dataset).test_client(), "/")

    assert other() == tag(client, "/") != other(n_small=90)


def test_a_page_that_is_kept_is_not_made_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/?theme=barriers&country=SE"
    first = opened(client, path)
    monkeypatch.setattr(prerender, "page", None)
    assert opened(client, path).data == first.data


def test_a_page_on_which_a_figure_is_quoted_is_of_one_day(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(2031, 5, 6, tzinfo=UTC)

    card, plain = tag(client, CARD), tag(client, "/?theme=effects")
    monkeypatch.setattr(documents, "datetime", Later)
    assert tag(client, "/?theme=effects") == plain
    assert tag(client, CARD) != card


def test_below_a_path_a_kept_page_leads_below_it(dataset: Dataset) -> None:
    client = create_app(Settings(url=f"{URL}/barometer"), dataset).test_client()
    for coding in ("identity", "br"):
        for _ in range(2):
            page = opened(client, "/barometer/", Accept_Encoding=coding).data
            text = (brotli.decompress(page) if coding == "br" else page).decode()
            assert 'data-root="/barometer/"' in text
            assert 'href="/sources' not in text
