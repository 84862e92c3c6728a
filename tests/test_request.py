"""One request, one context: its query is parsed once, whoever asks for it; hooks run in the order in which they are listed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import FrozenInstanceError

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboard import render
from dashboard.selection import address
from dashboard.settings import Settings
from dashboard.web import app, callback_guard, create_app, files, log, pictures, security
from dashboard.web.hooks import Hooks
from dashboard.web.request import current_context, page_context
from dashboard.web.site import Site
from dashboard.web.static import serve
from tests.support import views
from tests.support.views import FINDINGS, QUESTIONS

QUERY = "theme=effects&country=DK&lang=da&look=dark"
FRAMED = ("/", "/embed", "/_dash-layout")
"""Pages with the questions at their top."""
QUOTED = "http%3A%2F%2Flocalhost%2F%3Ftheme%3Ddrivers"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of a site that has read the questions of the data, which it does once, whoever asks first."""
    made = create_app(Settings(drawings=0)).test_client()
    made.get("/?theme=drivers&lang=da")
    return made


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Query -> how often it is parsed, anywhere in the house."""
    counts: Counter[str] = Counter()
    whole = address.parse

    def counted(query: str, vocabulary: object) -> object:
        counts[query.removeprefix("?")] += 1
        return whole(query, vocabulary)

    for name, module in list(sys.modules.items()):
        if name.startswith("dashboard") and getattr(module, "parse", None) is whole:
            monkeypatch.setattr(module, "parse", counted)
    return counts


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/", ""),
        ("/embed", ""),
        ("/paper", ""),
        ("/sources", ""),
        ("/nothing-here", ""),
        ("/_dash-layout", ""),
        ("/data.csv", ""),
        ("/slides.pptx", ""),
        ("/chart.png", "&size=og&scale=1"),
        ("/bundle", ""),
        ("/oembed", f"&url={QUOTED}"),
    ],
)
def test_a_query_is_parsed_once(
    client: FlaskClient, parsed: Counter[str], path: str, own: str
) -> None:
    query = QUERY + own
    answer = client.get(f"{path}?{query}", headers={"Accept-Language": "fi"})
    assert answer.status_code == (404 if path == "/nothing-here" else 200)
    assert answer.headers["Content-Language"] == ("da")
    assert answer.data
    # A page leads to the questions of the data, whose addresses are read for it; of another page the one that is quoted.
    led_to = {*QUESTIONS.values(), *FINDINGS.values()} if path in FRAMED else set()
    others = {"theme=drivers": 1} if path == "/oembed" else {}
    assert {each: parsed[each] for each in parsed if each not in led_to} == {query: 1, **others}


def test_a_callback_parses_what_its_page_tells_once(
    client: FlaskClient, parsed: Counter[str]
) -> None:
    asked = {
        "output": "picture.data",
        "outputs": {"id": "picture", "property": "data"},
        "inputs": [
            {
                "id": "picture-wanted",
                "property": "data",
                "value": {"theme": "effects", "size": "slide"},
            }
        ],
        "state": [
            {"id": "location", "property": "search", "value": f"?{QUERY}"},
            {"id": "location", "property": "href", "value": f"https://a.example/?{QUERY}"},
            {"id": "width", "property": "data", "value": 900},
        ],
        "changedPropIds": ["picture-wanted.data"],
    }
    answer = client.post(
        "/_dash-update-component?endId=x", json=asked, headers={"Accept-Language": "fi"}
    )
    assert answer.status_code == 200
    assert "a.example" in answer.text
    assert answer.headers["Content-Language"] == "da"
    assert parsed == {QUERY: 1}


def test_what_is_asked_twice_is_the_same_context_and_frozen() -> None:
    site = Site(Settings(), views.store(), renderer=None)
    with Flask("desk").test_request_context(f"/?{QUERY}&colour=red"):
        context = current_context(site)
        assert current_context(site) is context
        assert (context.language, context.colour_scheme) == ("da", "dark")
        assert (context.query, context.display_query) == (QUERY, "?lang=da&look=dark")
        assert context.url("/embed") == f"http://localhost/embed?{QUERY}"
        assert [part.parameter for part in context.ignored] == ["colour"]
        assert context.view is context.view
        with pytest.raises(FrozenInstanceError):
            context.language = "en"
        moved = page_context(site, "?theme=drivers", "https://a.example/b?theme=drivers")
        assert current_context(site) is moved
        assert moved.url() == "https://a.example/?theme=drivers"


def test_another_selection_keeps_the_reader() -> None:
    context = views.context("theme=effects&colour=red", "sv")
    other = context.at(views.select("theme=drivers"))
    assert (other.language, other.query, other.ignored) == ("sv", "theme=drivers", ())
    assert context.at(views.select("lang=fi")).loc.language == "fi"


# --- Hooks ---


def test_hooks_run_in_the_order_in_which_they_are_listed() -> None:
    ran: list[str] = []

    def before(name: str) -> None:
        ran.append(name)

    def after(name: str, response: Response) -> Response:
        ran.append(name)
        return response

    flask = Flask("desk")
    Hooks(
        (lambda: before("first"), lambda: before("second")),
        (lambda response: after("third", response), lambda response: after("fourth", response)),
    ).install(flask)
    flask.add_url_rule("/", view_func=lambda: "")
    flask.test_client().get("/")
    assert ran == ["first", "second", "third", "fourth"]


def test_the_hooks_of_the_site_run_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    watched = (
        (log, "begin"),
        (serve.StaticFiles, "answer_known"),
        (security.Shield, "refuse"),
        (callback_guard, "validate"),
        (app, "_state_language"),
        (security.Shield, "add_headers"),
        (serve.StaticFiles, "compress"),
        (log, "end"),
    )
    for owner, name in watched:
        whole = getattr(owner, name)

        def noted(*given: object, whole=whole, name: str = name, **more: object) -> object:
            ran.append(name)
            return whole(*given, **more)

        monkeypatch.setattr(owner, name, noted)
    client = create_app(Settings(drawings=0)).test_client()
    ran.clear()
    client.get("/healthz")
    assert ran == [name for _, name in watched]
    ran.clear()
    client.get("/static/bootstrap.min.css")
    assert ran == ["begin", "answer_known", "_state_language", "add_headers", "compress", "end"]


# --- What goes wrong while a file is streamed ---


@pytest.mark.parametrize(
    ("error", "event", "level"),
    [
        (render.Failed, "failed", "error"),
        (render.TooSlow, "refused", "warning"),
        (RuntimeError, "exception", "error"),
    ],
)
def test_a_stream_that_breaks_off_is_logged_with_the_id_of_its_request(
    monkeypatch: pytest.MonkeyPatch,
    lines: list[dict],
    error: type[Exception],
    event: str,
    level: str,
) -> None:
    def broken(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(pictures, "part", broken)
    flask = Flask("desk")
    flask.register_blueprint(files.blueprint(Site(Settings(), views.store(), renderer=None)))
    Hooks((log.begin,)).install(flask)
    answer = flask.test_client().get(f"/bundle?{QUERY}", headers={"X-Request-ID": "abc-1"})
    assert answer.headers["X-Request-ID"] == "abc-1"
    if error is not RuntimeError:
        assert b'"message"' in answer.data.splitlines()[-1]
    else:
        with pytest.raises(RuntimeError):
            assert answer.data
    (line,) = lines
    assert (line["event"], line["level"], line["request"]) == (event, level, "abc-1")
    assert (line["path"], line["query"], line["kind"]) == ("/bundle", QUERY, error.__name__)
    assert ("trace" in line) == (level == "error")
