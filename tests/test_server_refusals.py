"""What the site refuses, and how: addresses, paths and methods that cannot be answered."""

from __future__ import annotations

import re
import socket
import sys
from urllib.parse import quote

import pytest

from dashboard.text.texts import PRODUCT
from tests.support.answers import SCRIPT, title
from tests.support.html import Outline
from tests.support.server import Site, run


@pytest.mark.parametrize(
    "name",
    ["theme", "country", "concept", "edition", "split", "view", "by", "lang", "more", SCRIPT],
)
@pytest.mark.parametrize(
    "text", [SCRIPT, '"><img src=x onerror=alert(1)>', "{0.__class__}{title}", "%"]
)
def test_what_a_query_says_is_never_markup(web: Site, name: str, text: str) -> None:
    raw = f"/?{quote(name)}={text.replace(' ', '+')}"
    answers = [web.ask(path) for path in (raw, f"/?{quote(name)}={quote(text)}")]
    assert [answer.status for answer in answers] == [200, 200]
    for page in {answer.text for answer in answers}:
        assert SCRIPT not in page
        assert "<img" not in page
        assert not [
            name for _, held in Outline(page).tags for name in held if name.startswith("on")
        ]


def test_script_text_in_a_path_is_not_reflected(web: Site) -> None:
    answer = web.ask(f"/{quote(SCRIPT)}")
    assert answer.status == 404
    assert "alert" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "theme=%ff%fe",
        "%c3%28=%a0%a1",
        "theme=%00",
        "=&&==&",
        "%",
        "theme=%zz",
        "?",
        "theme=%ed%a0%80",
    ],
)
def test_escapes_that_are_no_text_are_answered(web: Site, query: str) -> None:
    answer = web.ask(f"/?{query}")
    assert answer.status == 200
    assert PRODUCT in title(answer)


@pytest.mark.parametrize(
    "query", [b"\xff\xfe\xfd", b"theme=\xff~drivers", b"theme=drivers\x80&country=DK"]
)
def test_bytes_that_are_no_text_get_no_stack_trace(web: Site, query: bytes) -> None:
    host, port = web.netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=60) as line:
        line.sendall(b"GET /?" + query + b" HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    # Gunicorn refuses such a request line before the site sees it; another server in its place may hand it on.
    assert answer.split()[1] in {b"200", b"400"}
    assert b"Traceback" not in answer


def test_a_query_of_4000_characters_is_answered_and_a_longer_one_refused_with_a_sentence(
    web: Site,
) -> None:
    assert web.ask("/?theme=" + "x" * 3994).status == 200
    answer = web.ask("/?theme=" + "x" * 3995)
    assert answer.status == 414
    assert "The address is too long" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing-here", 404),
        ("GET", "/assets/nothing.js", 404),
        ("GET", "/_dash-component-suites/dash/nothing.js", 404),
        ("GET", "/_dash-component-suites/nothing/nothing.js", 404),
        ("GET", "/static/../data/observations.csv", 404),
        ("GET", "/assets/../data/observations.csv", 404),
        ("GET", "/assets/..%2fdata%2fobservations.csv", 404),
        ("GET", "/assets/" + "x" * 3000, 404),
        ("GET", "/assets/%00", 404),
        ("GET", "/assets/", 404),
        ("GET", "//elsewhere.example", 404),
        ("POST", "/", 405),
        ("PUT", "/healthz", 405),
        ("TRACE", "/", 405),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    web: Site, method: str, path: str, status: int
) -> None:
    answer = web.ask(path, method)
    assert answer.status == status
    assert re.search(r'<p class="lead">[A-Z][^<]+\.</p>', answer.text)
    assert '<html lang="en">' in answer.text
    assert "Location" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/bootstrap.min.css"])
def test_head_answers_without_a_body(web: Site, path: str) -> None:
    answer = web.ask(path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCRIPT_NAME", "/elsewhere"),
        ("X-Forwarded-Prefix", "/elsewhere"),
        ("X-Forwarded-Host", "elsewhere.example"),
        ("Forwarded", "for=192.0.2.1;host=elsewhere.example"),
    ],
)
def test_no_header_moves_the_site(web: Site, name: str, value: str) -> None:
    answer = web.ask("/", headers={name: value})
    assert answer.status == 200
    assert "elsewhere" not in answer.text


def test_head_of_nothing_is_404(web: Site) -> None:
    assert web.ask("/nothing-here", "HEAD").status == 404


def test_there_is_no_endpoint_for_machines_even_where_the_environment_asks_for_it() -> None:
    code = (
        "from dashboard.web import create_app\n"
        "client = create_app().test_client()\n"
        "print(client.get('/_mcp').status_code, client.post('/_mcp', json={}).status_code, client.get('/').status_code)"
    )
    done = run(sys.executable, "-c", code, DASH_MCP_ENABLED="1", DASH_MCP_PATH="_mcp")
    assert done.stdout.split()[-3:] == ["404", "405", "200"], done.stderr
