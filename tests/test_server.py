"""The site over HTTP: headers, the page's head, what is refused and how, and a start that fails with words."""

from __future__ import annotations

import html
import json
import re
import shutil
import socket
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.text.summary import summary
from dashboard.text.texts import PRODUCT
from tests.support import views
from tests.support.callbacks import assert_no_trace, change
from tests.support.html import Outline
from tests.support.server import ROOT, SERVE, Answer, Site, run
from tests.support.views import READY_VIEWS

SCRIPT = "<script>alert(1)</script>"


ROUTES = (
    "/",
    "/?theme=effects",
    "/healthz",
    "/nothing-here",
    "/_dash-layout",
    "/_dash-dependencies",
    "/static/bootstrap.min.css",
)


def directives(answer: Answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def title(answer: Answer) -> str:
    return html.unescape(re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)[1])


def description(answer: Answer) -> str:
    return html.unescape(
        re.search(r'<meta name="description" content="(.*?)">', answer.text, re.DOTALL)[1]
    )


def test_health_tells_the_data_release(web: Site, dataset) -> None:
    answer = web.ask("/healthz")
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/plain")
    assert answer.text == f"ok {dataset.release}\n"


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/healthz", f"/?theme={'x' * 5000}"])
def test_each_answer_closes_the_browser_down(web: Site, path: str) -> None:
    answer = web.ask(path)
    policy = directives(answer)
    assert policy["default-src"] == ["'none'"]
    assert {"'unsafe-eval'", "'unsafe-inline'"}.isdisjoint(policy["script-src"])
    assert all(
        source == "'self'" or source.startswith("'sha256-") for source in policy["script-src"]
    )
    assert policy["frame-ancestors"] == ["'none'"]
    assert not any(
        source.startswith(("http", "*")) for sources in policy.values() for source in sources
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Permissions-Policy" in answer.headers


@pytest.mark.parametrize("path", ROUTES)
def test_no_route_sets_a_cookie(web: Site, path: str) -> None:
    assert "Set-Cookie" not in web.ask(path).headers


def test_a_change_of_the_view_sets_no_cookie(web: Site) -> None:
    answer = web.update(change(web, "country", country=["DK"]))
    assert answer.status == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("query", ["", "?theme=effects&country=SE", "?theme=none"])
def test_the_page_names_its_language_and_no_other_host(web: Site, query: str) -> None:
    text = web.ask(f"/{query}").text
    assert '<html lang="en">' in text
    own = f"http://{web.place}"
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    outside = text.replace(described[0], "")
    tags = Outline(outside).tags
    loaded = [
        address
        for tag, held in tags
        if tag != "a"
        for name in ("src", "href", "action")
        if (address := held.get(name))
    ]
    assert [each for each in loaded if not re.match(rf"/(?!/)|{re.escape(own)}/", each)] == []
    left = [held for tag, held in tags if tag == "a" and not re.match(r"/(?!/)|#", held["href"])]
    assert {held.get("rel") for held in left} <= {"noopener noreferrer"}
    # In JSON-LD two names of things look like addresses; nothing fetches them.
    data = json.loads(described[1])
    assert (data.pop("@context"), data.pop("license")) == (
        "https://schema.org",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert set(re.findall(r'https?://[^"\s<>/]+', json.dumps(data))) == {own}


def test_the_head_names_the_canonical_address_and_where_previews_are(web: Site) -> None:
    own = f"http://{web.place}"
    text = web.ask("/?country=SE~DK&theme=effects&nonsense=1").text
    canonical = f"{own}/?theme=effects&country=DK~SE"
    tags = {
        html.unescape(key): html.unescape(value)
        for key, value in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    }
    assert html.unescape(re.search(r'<link rel="canonical" href="([^"]*)">', text)[1]) == canonical
    assert tags["og:url"] == canonical
    assert (
        tags["og:image"]
        == tags["twitter:image"]
        == f"{own}/chart.png?theme=effects&country=DK~SE&lang=en&size=og"
    )
    assert tags["og:title"] == tags["twitter:title"]
    embed = html.unescape(re.search(r'type="application/json\+oembed" href="([^"]*)"', text)[1])
    assert embed == f"{own}/oembed?format=json&url={quote(canonical, safe='')}"


def test_title_and_description_follow_the_query(web: Site) -> None:
    first, other, empty = (
        web.ask("/"),
        web.ask("/?theme=effects&country=NO"),
        web.ask("/?theme=effects&country=SE"),
    )
    assert title(first) == f"What drives innovation · Collaboration · Effects – {PRODUCT}"
    assert title(other) == f"Effects – {PRODUCT}"
    assert "Norway" in description(other)
    assert "Denmark" not in description(other)
    assert title(empty) == title(other)
    assert description(empty) == "No figure fits this selection"
    assert "Denmark" in description(first)


@pytest.mark.parametrize("query", ["", *READY_VIEWS.values(), "theme=effects&country=NO"])
def test_the_description_is_the_summary_of_the_first_theme(web: Site, query: str) -> None:
    shown = views.show(query)
    whole = " ".join(summary(views.loc(), shown, shown.sections[0]))
    told = description(web.ask(f"/?{query}"))
    if len(whole) <= 300:
        assert told == whole
    else:
        assert len(told) <= 302
        start, ending = told[:-2], told[-2:]
        assert ending == " …"
        assert whole.startswith(f"{start} ")


@pytest.mark.parametrize(
    "query",
    [
        "theme=none",
        "country=none",
        "theme=none&country=none&sector=none&level=none",
        "view=change&edition=all",
    ],
)
def test_an_empty_choice_still_has_a_title(web: Site, query: str) -> None:
    answer = web.ask(f"/?{query}")
    assert answer.status == 200
    assert PRODUCT in title(answer)
    assert "None" not in title(answer) + description(answer)


@pytest.mark.parametrize(
    "name",
    ["theme", "country", "concept", "edition", "split", "view", "by", "lang", "more", SCRIPT],
)
@pytest.mark.parametrize(
    "text", [SCRIPT, '"><img src=x onerror=alert(1)>', "{0.__class__}{title}", "%"]
)
def test_what_a_query_says_is_never_markup(web: Site, name: str, text: str) -> None:
    raw = f"/?{quote(name)}={text.replace(' ', '+')}"
    for path in (raw, f"/?{quote(name)}={quote(text)}"):
        answer = web.ask(path)
        assert answer.status == 200
        assert SCRIPT not in answer.text
        assert "<img" not in answer.text
        assert not [
            name for _, held in Outline(answer.text).tags for name in held if name.startswith("on")
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
    host, port = web.place.split(":")
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


# --- A start that fails ---


def test_broken_data_stop_the_start_with_the_words_of_the_check(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    (folder / "concepts.csv").unlink()
    lines = (folder / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "observations.csv").write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    checked = run(sys.executable, "-m", "dashboard", "check", str(folder))
    started = run(*SERVE, BAROMETER_DATA=str(folder), PORT="0", WEB_CONCURRENCY="1")
    assert checked.returncode == 1
    assert "concepts.csv" in checked.stdout
    assert started.returncode != 0
    assert checked.stdout.strip() in started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "65536"), ("HOST", "a b"), ("BAROMETER_QUERY_LIMIT", "-1")],
)
def test_a_setting_that_is_not_allowed_stops_the_start_with_one_sentence(
    name: str, value: str
) -> None:
    started = run(*SERVE, **{"PORT": "0", name: value})
    assert started.returncode != 0
    [sentence] = started.stderr.strip().splitlines()
    assert sentence.startswith(f"{name}={value!r} is not allowed; expected ")


def test_a_missing_data_folder_stops_the_start(tmp_path: Path) -> None:
    started = run(*SERVE, BAROMETER_DATA=str(tmp_path / "nowhere"), PORT="0", WEB_CONCURRENCY="1")
    assert started.returncode != 0
    assert str(tmp_path / "nowhere") in started.stderr


# --- What the page's scripts send, sent by somebody else ---

LISTS = (
    "theme",
    "country",
    "sector",
    "level",
    "edition",
    "inferred",
    "interval",
    "only",
    "concept",
)
WORDS = ("edition-mode", "split", "chart", "by")
WRONG = (
    None,
    5,
    True,
    "x",
    {"a": 1},
    [None],
    [5],
    [["x"]],
    [{"a": 1}],
    ["x"],
    [SCRIPT],
    "x" * 100_000,
    ["x" * 100_000],
    ["DK"] * 20_000,
)


def test_a_change_is_answered_with_the_new_address(web: Site) -> None:
    answer = web.update(change(web, "country", country=["DK"]))
    response = json.loads(answer.text)["response"]
    assert response["location"]["search"] == "?theme=effects&country=DK&sector=all&level=workplace"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"{}",
        b'{"output": null}',
        b'{"output": "x.y"}',
        b"[" * 5_000,
    ],
)
def test_a_body_that_is_no_callback_gets_no_stack_trace(web: Site, body: bytes) -> None:
    answer = web.update(body)
    assert 400 <= answer.status < 500
    assert_no_trace(answer)


MISSHAPEN = {
    "null": None,
    "list": [],
    "number": 1,
    "text": "x",
    "empty": {},
    "no inputs": {"inputs": ...},
    "inputs no list": {"inputs": {"theme": 1}},
    "inputs of no parts": {"inputs": [5]},
    "inputs without an id": {"inputs": [{"value": 1}]},
    "fewer inputs": {"inputs": []},
    "no outputs": {"outputs": ...},
    "outputs empty": {"outputs": []},
    "outputs a number": {"outputs": 5},
    "changedPropIds a number": {"changedPropIds": 5},
    "no changedPropIds": {"changedPropIds": ...},
    "changedPropIds of no texts": {"changedPropIds": [5]},
    "state no list": {"state": "x"},
    "unknown output": {"output": "nothing.value"},
    "output no text": {"output": 5},
    "no output": {"output": ...},
}
"""What to send, or what to change (``...``: leave out) in a callback of the page."""


BROWSERS = ("width.data", "downloaded.data")
"""Outputs of callbacks that run in the browser; the server has no function for them."""


def misshapen(sound: dict, name: str) -> object:
    spoil = MISSHAPEN[name]
    if not isinstance(spoil, dict) or not spoil:
        return spoil
    return {key: value for key, value in (sound | spoil).items() if value is not ...}


@pytest.mark.parametrize("name", MISSHAPEN)
def test_a_misshapen_callback_is_refused(web: Site, name: str) -> None:
    for sound in (
        change(web, "country"),
        other(web, "picture.data", {"theme": "effects"}),
        other(web, "card.is_open", {"figure": 0}),
    ):
        answer = web.update(misshapen(sound, name))
        assert 400 <= answer.status < 500, answer.status
        assert_no_trace(answer)


@pytest.mark.parametrize("output", BROWSERS)
def test_a_callback_of_the_browser_is_refused(web: Site, output: str) -> None:
    callbacks = json.loads(web.ask("/_dash-dependencies").text)
    (callback,) = (each for each in callbacks if each["output"] == output)
    name, prop = output.rsplit(".", 1)
    inputs = [{**part, "value": 1} for part in callback["inputs"]]
    changed = [f"{part['id']}.{part['property']}" for part in inputs]
    sound = {
        "output": output,
        "outputs": {"id": name, "property": prop},
        "inputs": inputs,
        "state": [],
        "changedPropIds": changed,
    }
    answer = web.update(sound)
    assert 400 <= answer.status < 500, answer.status
    assert_no_trace(answer)


def table_asked(theme: object = "effects", **spoil: object) -> dict:
    """The request of the button that shows the table of a theme."""
    toggle = {"type": "table-toggle", "theme": theme}
    return {
        "output": '{"theme":["MATCH"],"type":"table"}.children',
        "outputs": {"id": {"type": "table", "theme": theme}, "property": "children"},
        "inputs": [{"id": toggle, "property": "n_clicks", "value": 1}],
        "state": [{"id": "location", "property": "search", "value": "?theme=effects"}],
        "changedPropIds": [json.dumps(toggle, sort_keys=True, separators=(",", ":")) + ".n_clicks"],
    } | spoil


def test_the_table_of_a_theme_is_answered(web: Site) -> None:
    answer = web.update(table_asked())
    assert answer.status == 200
    (made,) = (held["children"] for held in json.loads(answer.text)["response"].values())
    assert json.loads(made[0]["props"]["data-table"])["rows"]
    assert web.update(table_asked("drivers")).status == 200


@pytest.mark.parametrize(
    "asked",
    [
        table_asked(5),
        table_asked(None),
        table_asked(["MATCH"]),
        table_asked(changedPropIds=[]),
        table_asked(changedPropIds=["location.search"]),
        table_asked(inputs=[{"id": {"type": "table-toggle"}, "property": "n_clicks", "value": 1}]),
        table_asked(inputs=[{"id": "table-toggle", "property": "n_clicks", "value": 1}]),
        table_asked(outputs={"id": "table", "property": "children"}),
        table_asked(state=[]),
    ],
)
def test_a_misshapen_request_for_a_table_is_refused(web: Site, asked: dict) -> None:
    answer = web.update(asked)
    assert 400 <= answer.status < 500, answer.status
    assert_no_trace(answer)


@pytest.mark.parametrize("output", ["picture.data", "card.is_open"])
@pytest.mark.parametrize("state", [..., []], ids=["missing", "empty"])
def test_a_callback_without_its_state_is_refused(web: Site, output: str, state: object) -> None:
    sound = other(web, output, {"theme": "effects", "size": "slide", "figure": 0})
    answer = web.update(
        {key: value for key, value in (sound | {"state": state}).items() if value is not ...}
    )
    assert 400 <= answer.status < 500, answer.status
    assert_no_trace(answer)


@pytest.mark.parametrize(
    "spoil",
    [
        {"output": "nothing.value"},
        {"outputs": []},
        {"inputs": []},
        {"inputs": "x"},
        {"inputs": [{"id": "nothing", "property": "value", "value": 1}]},
        {"changedPropIds": 5},
        {"changedPropIds": ["nothing"]},
        {"changedPropIds": ["nothing.value", "country.value"]},
    ],
    ids=str,
)
def test_a_spoilt_callback_gets_no_stack_trace(web: Site, spoil: dict) -> None:
    assert_no_trace(web.update(change(web, "country") | spoil))


@pytest.mark.parametrize("name", [*LISTS, *WORDS, "search", "width", "concept-search"])
def test_a_value_of_a_wrong_kind_is_no_error_of_the_server(web: Site, name: str) -> None:
    failed = []
    for value in WRONG:
        answer = web.update(change(web, name, **{name: value}))
        assert_no_trace(answer)
        if answer.status >= 500:
            failed.append(str(value)[:40])
    assert failed == []


@pytest.mark.parametrize("name", [*LISTS, *WORDS])
def test_an_unknown_code_as_a_filter_value_is_left_out(web: Site, name: str) -> None:
    value = ["astrology"] if name in LISTS else "astrology"
    answer = web.update(change(web, name, **{name: value}))
    assert answer.status == 200, f"{name}={value!r} was answered with status {answer.status}"
    assert "astrology" not in json.loads(answer.text)["response"].get("location", {}).get(
        "search", ""
    )


def other(
    web: Site,
    output: str,
    value: object,
    search: object = "?theme=effects",
    href: object = "http://site/",
    width: object = 900,
) -> dict:
    """The request behind one of the page's smaller callbacks, found by a part of its output."""
    callbacks = json.loads(web.ask("/_dash-dependencies").text)
    callback = next(
        each for each in callbacks if output in each["output"] and not each["clientside_function"]
    )
    [heard] = callback["inputs"]
    told = {"search": search, "href": href, "data": width}
    parts = callback["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
    return {
        "output": callback["output"],
        "outputs": outputs if len(parts) > 1 else outputs[0],
        "inputs": [{**heard, "value": value}],
        "state": [{**part, "value": told[part["property"]]} for part in callback["state"]],
        "changedPropIds": [f"{heard['id']}.{heard['property']}"],
    }


def test_what_is_typed_into_the_indicator_search_is_answered_with_its_list_alone(web: Site) -> None:
    answer = web.update(other(web, "concept.options@", "artificial"))
    assert answer.status == 200
    assert "Uses artificial intelligence" in answer.text
    assert len(answer.text) < 2_000
    for value in WRONG:
        answer = web.update(other(web, "concept.options@", value))
        assert answer.status < 500
        assert_no_trace(answer)


def test_a_picture_and_a_card_are_answered(web: Site) -> None:
    picture = web.update(other(web, "picture.data", {"theme": "effects", "size": "slide", "at": 1}))
    made = json.loads(picture.text)["response"]["picture"]["data"]
    assert (made["width"], made["height"]) == (1600, 900)
    card = web.update(other(web, "card.is_open", {"figure": 0, "at": 1}))
    assert json.loads(card.text)["response"]["card"]["is_open"] is True


SPOILT = (
    *(
        {"value": value}
        for value in (
            None,
            5,
            "x",
            [],
            {},
            {"theme": "x", "size": "x"},
            {"theme": ["x"], "size": 5},
            {"figure": -1},
        )
    ),
    *({"value": {"figure": value}} for value in (10**9, 1.5, True, "0", None, [0])),
    *(
        {name: value}
        for name in ("search", "href", "width")
        for value in (None, 5, ["x"], {"a": 1}, "x" * 50_000)
    ),
)


@pytest.mark.parametrize("output", ["picture.data", "card.is_open"])
def test_a_spoilt_picture_or_card_is_no_error_of_the_server(web: Site, output: str) -> None:
    sound = {"value": {"theme": "effects", "size": "slide", "figure": 0, "at": 1}}
    failed = []
    for spoil in SPOILT:
        answer = web.update(other(web, output, **(sound | spoil)))
        assert_no_trace(answer)
        if answer.status >= 500:
            failed.append(str(spoil)[:60])
    assert failed == []


def test_a_very_long_address_inside_a_callback_is_answered_with_a_message(web: Site) -> None:
    answer = web.update(change(web, "search", search="?theme=" + "x" * 100_000))
    assert answer.status == 200
    assert "too long" in json.dumps(json.loads(answer.text)["response"]["messages"])
