"""At which names the site answers, what shared caches may keep of it, and what it answers to those who look for faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from dashboard.settings import Settings
from dashboard.web import create_app, security_txt
from dashboard.web.static import serve

URL = "https://barometer.example"
CONTACT = "mailto:security@agency.example"
VIEW = "theme=effects&country=DK"
NO_NAMES = ("xn--", "a..b", "..", "x" * 300, "ex ample", "<b>", "a:b:c")


@pytest.fixture(scope="module")
def anywhere() -> FlaskClient:
    """A site that was not told its address."""
    return create_app(Settings(drawings=0)).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A site that knows its address and whom to write to."""
    return create_app(Settings(url=URL, contact=CONTACT)).test_client()


def asked(client: FlaskClient, path: str, host: str) -> tuple[int, str, str]:
    """Status, caching and body of an answer; Flask's own client does not send a host that is no name."""
    environ = {**create_environ(path), "HTTP_HOST": host}
    body, status, headers = run_wsgi_app(client.application, environ)
    return int(status.split()[0]), headers.get("Cache-Control", ""), b"".join(body).decode()


def status(client: FlaskClient, path: str, host: str) -> int:
    return asked(client, path, host)[0]


# --- Names ---


@pytest.mark.parametrize(
    "host",
    [
        "barometer.example",
        "BAROMETER.example",
        "barometer.example.",
        "barometer.example:8443",
        "localhost",
        "localhost:8050",
        "127.0.0.1:8050",
        "[::1]:8050",
    ],
)
def test_the_site_answers_at_its_address_and_on_its_machine(client: FlaskClient, host: str) -> None:
    assert status(client, "/sources", host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "barometer.example.evil.example", "barometer.example@evil.example", *NO_NAMES],
)
def test_at_any_other_name_it_tells_its_address_and_nothing_else(
    client: FlaskClient, host: str
) -> None:
    for path in ("/", "/api", f"/chart.svg?{VIEW}", "/robots.txt", "/nothing", "/SOURCES"):
        answer = asked(client, path, host)
        assert answer == (400, "no-store", f"This site answers at {URL}.\n")


@pytest.mark.parametrize("host", ["10.0.0.7:8050", "pod-7", "evil.example", "xn--"])
def test_a_probe_is_answered_at_any_name(client: FlaskClient, host: str) -> None:
    assert status(client, "/healthz", host) == 200


@pytest.mark.parametrize("host", NO_NAMES)
def test_a_name_that_is_none_is_no_error_of_the_server(anywhere: FlaskClient, host: str) -> None:
    for path in ("/", "/api", "/oembed?url=x", f"/chart.svg?{VIEW}", "/nothing", "/SOURCES"):
        assert status(anywhere, path, host) == 400


def test_without_an_address_the_site_answers_at_every_name(anywhere: FlaskClient) -> None:
    assert status(anywhere, "/", "xn--brometer-9za.example") == 200


# --- Caches ---

FILES = (f"/data.json?{VIEW}", f"/data.csv?{VIEW}", f"/chart.svg?{VIEW}")


@pytest.mark.parametrize("path", FILES)
def test_with_an_address_shared_caches_keep_files_of_one_language(
    client: FlaskClient, path: str
) -> None:
    assert client.get(path).headers["Cache-Control"] == "private, max-age=3600"
    live = client.get(f"{path}&lang=da").headers["Cache-Control"]
    assert live.startswith("public, max-age=3600")
    pinned = client.get(f"{path}&lang=da&release=2026.1").headers["Cache-Control"]
    assert pinned == "public, max-age=86400"


def test_without_an_address_shared_caches_keep_nothing_that_names_the_host_asked_for(
    anywhere: FlaskClient,
) -> None:
    for path in (*(f"{path}&lang=da" for path in FILES), "/robots.txt", "/sitemap.xml", "/"):
        code, caching, _ = asked(anywhere, path, "evil.example")
        assert code == 200
        assert "public" not in caching


def test_scripts_are_kept_whatever_the_host(anywhere: FlaskClient) -> None:
    assert "public" in anywhere.get(serve.plotly()).headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/data.csv?concept=astrology", "/oembed?url=x", "/?" + "x" * 4001]
)
def test_a_refusal_is_kept_by_nobody(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code >= 400
    assert answer.headers["Cache-Control"] == "no-store"


# --- Headers, and what Dash offers beside its page ---


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/", "same-origin"),
        ("/sources", "same-origin"),
        ("/nothing", "same-origin"),
        ("/embed", "cross-origin"),
        (f"/chart.svg?{VIEW}", "cross-origin"),
    ],
)
def test_other_sites_may_show_pictures_and_frames_only(
    client: FlaskClient, path: str, policy: str
) -> None:
    assert client.get(path).headers["Cross-Origin-Resource-Policy"] == policy


def test_a_site_with_an_address_of_https_asks_for_it_behind_any_proxy(
    client: FlaskClient, anywhere: FlaskClient
) -> None:
    assert client.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in anywhere.get("/").headers


SUITES = "/_dash-component-suites/dash"


@pytest.mark.parametrize(
    "path",
    [
        f"{SUITES}/dash-renderer/build/dash_renderer.min.js.map",
        f"{SUITES}/dcc/async-mathjax.js.map",
        f"{SUITES}/dcc/dash_core_components.js.map",
        "/_reload-hash",
        "/_favicon.ico",
    ],
)
def test_what_no_page_asks_for_is_not_there(anywhere: FlaskClient, path: str) -> None:
    assert anywhere.get(path).status_code == 404


# --- security.txt ---


def test_who_finds_a_weakness_learns_whom_to_tell(client: FlaskClient) -> None:
    answer = client.get(security_txt.PATH)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    told = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert told["Contact"] == CONTACT
    assert told["Canonical"] == f"{URL}{security_txt.PATH}"
    until = datetime.fromisoformat(told["Expires"])
    assert timedelta(days=30) < until - datetime.now(UTC) < timedelta(days=365)


def test_the_file_is_the_same_all_day() -> None:
    told = security_txt.text(CONTACT, URL, date(2026, 11, 27))
    assert "Expires: 2027-05-26T00:00:00Z\n" in told


def test_without_a_contact_that_the_standard_knows_there_is_none(anywhere: FlaskClient) -> None:
    assert anywhere.get(security_txt.PATH).status_code == 404
    assert [
        security_txt.offered(each) for each in ("", "http://a.example", "https://a.example")
    ] == [False, False, True]
