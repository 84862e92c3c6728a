"""Asking servers: what they may do wrong is told in one sentence each; nothing is sent but the query."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from dashboard.intake.faults import Refused
from dashboard.intake.web import addresses
from dashboard.intake.web.client import Client, Limits
from tests.support import misbehaviour as bad
from tests.support.misbehaviour import SOON, refused
from tests.support.statistics_office import Office, asked, cell, jsonstat, keys, office


@pytest.fixture
def server() -> Iterator[Office]:
    with office() as held:
        yield held


# --- what comes in -----------------------------------------------------------------------------------------------------------------


def test_any_server_that_gives_json_stat_is_read(server: Office) -> None:
    document = jsonstat({"Region": ["01", "02"]})
    body = json.dumps(document).encode()
    server.pages["/table"] = bad.reply(body)
    read = asked("jsonstat", f"{server.base}/table")
    wanted = {key: cell(key) for key in keys({"Region": ["01", "02"]})}
    found = {
        key: str(held.value) if held.value is not None else held.status
        for key, held in read.cube.cells.items()
    }
    assert found == {key: text.removesuffix(".0") for key, text in wanted.items()}
    (answer,) = read.answers
    assert answer.address == f"{server.base}/table"
    assert answer.sha256 == hashlib.sha256(body).hexdigest()
    assert answer.size == len(body)


def test_numbers_stay_as_they_are_written(server: Office) -> None:
    server.pages["/table"] = bad.reply(b"[93, 12.5, 0.1]")
    assert Client().json(f"{server.base}/table") == [93, Decimal("12.5"), Decimal("0.1")]


@pytest.mark.parametrize("kind", ["text/json", "application/vnd.api+json", "text/plain", ""])
def test_types_of_json(server: Office, kind: str) -> None:
    server.pages["/table"] = bad.reply(bad.WHOLE, headers={"Content-Type": kind} if kind else {})
    assert Client().json(f"{server.base}/table")["class"] == "dataset"


def test_gzip_chunks_and_a_body_without_length_are_read_alike(server: Office) -> None:
    pages = [bad.packed(bad.WHOLE), bad.chunked(bad.WHOLE, end=True), bad.until_closed(bad.WHOLE)]
    hashes = set()
    for page in pages:
        server.pages["/table"] = page
        client = Client()
        client.json(f"{server.base}/table")
        hashes |= {each.sha256 for each in client.answers}
    assert hashes == {hashlib.sha256(bad.WHOLE).hexdigest()}


def test_what_is_sent_says_who_asks_and_nothing_else(server: Office) -> None:
    server.pages["/table"] = bad.reply(
        bad.WHOLE, headers={**bad.JSON, "Set-Cookie": "seen=1; Path=/"}
    )
    client = Client()
    client.json(f"{server.base}/table")
    client.json(f"{server.base}/table")
    for sent in server.headers:
        assert sent["User-Agent"].startswith("innovation-barometer-dashboard/")
        assert sent["Accept-Encoding"] == "gzip"
        assert not {"Cookie", "Authorization", "Referer"} & set(sent)


def test_letters_of_an_address_are_sent_in_its_own_way(server: Office) -> None:
    server.pages["/område/a b"] = bad.reply(bad.WHOLE)
    Client().json(f"{server.base}/område/a b?køn=æ")
    assert server.asked[0][1] == "/omr%C3%A5de/a%20b?k%C3%B8n=%C3%A6"


# --- what is refused before it is asked --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://api.scb.se/table",
        "http://127.0.0.1.example.org/table",
        "http://10.0.0.1/table",
        "ftp://localhost/table",
        "file:///etc/hosts",
        "data:application/json,{}",
        "table.json",
        "https://",
        "https://host:99999/",
        "https://[::1/",
        f"https://{'a' * 70}.se/",
        "",
    ],
)
def test_only_https_and_http_of_this_machine(address: str) -> None:
    with pytest.raises(
        Refused, match=r"^the address: .* - expected an address that begins with https://"
    ):
        Client().json(address)


def test_an_address_holds_no_password() -> None:
    with pytest.raises(Refused) as error:
        Client().json("https://user:secret@example.org/")
    assert "secret" not in str(error.value)
    assert "a name or a password within" in str(error.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_this_machine_may_be_asked_in_plain_http(host: str) -> None:
    assert addresses.checked(f"http://{host}:8050/a") == f"http://{host}:8050/a"


# --- what a server does wrong ------------------------------------------------------------------------------------------------------


def test_a_web_page(server: Office) -> None:
    said = refused(
        server, bad.reply(b"<html>", headers={"Content-Type": "text/html; charset=utf-8"})
    )
    assert said == f"{server.base}/table: a web page (HTML) - expected JSON of an API"


def test_another_type(server: Office) -> None:
    said = refused(server, bad.reply(b"a;b", headers={"Content-Type": "text/csv"}))
    assert said == f'{server.base}/table: "text/csv" - expected JSON'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"error": "Too many values selected"}', '403 Forbidden, "Too many values selected"'),
        (
            b'{"type": "Parameter error", "title": "Non-existent table", "status": 404}',
            '403 Forbidden, "Non-existent table"',
        ),
        (
            b'{"errorTypeCode": "EXTRACT-NOTFOUND", "message": "Tabellen blev ikke fundet"}',
            '403 Forbidden, "Tabellen blev ikke fundet"',
        ),
        (b'{"error": {"status": 403, "label": "-", "message": "No"}}', '403 Forbidden, "No"'),
        (b"Server\n  is  down\n", '403 Forbidden, "Server is down"'),
        (b"<html><body>Denied</body></html>", "403 Forbidden"),
        (b"", "403 Forbidden"),
        (b"x" * 100_000, f'403 Forbidden, "{"x" * 80}…"'),
        (gzip.compress(b'{"error": "packed"}', mtime=0), '403 Forbidden, "packed"'),
    ],
)
def test_an_error_in_the_servers_own_words(server: Office, body: bytes, told: str) -> None:
    headers = {**bad.JSON, **({"Content-Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {})}
    said = refused(server, bad.reply(body, 403, headers))
    assert said == f"{server.base}/table: {told} - expected an answer without an error"


def test_an_error_with_text(server: Office) -> None:
    said = refused(server, bad.reply(b"boom", 500, {"Content-Type": "text/plain"}))
    assert '500 Internal Server Error, "boom"' in said


def test_half_an_answer(server: Office) -> None:
    half = bad.WHOLE[: len(bad.WHOLE) // 2]
    said = refused(server, bad.reply(half, length=len(bad.WHOLE)))
    told = f"half an answer: {len(half)} of {len(bad.WHOLE)} bytes"
    assert said == f"{server.base}/table: {told} - expected the whole answer"


@pytest.mark.parametrize(
    "page",
    [
        bad.chunked(bad.WHOLE, end=False),
        bad.reply(gzip.compress(bad.WHOLE)[:-20], headers={**bad.JSON, "Content-Encoding": "gzip"}),
    ],
)
def test_half_an_answer_in_chunks_or_packed(server: Office, page: bad.Page) -> None:
    assert "half an answer" in refused(server, page)


@pytest.mark.parametrize("body", [bad.WHOLE[:-200], b"", b"{'a': 1}", b"[" * 100_000, b"\xff\xfe{"])
def test_no_json(server: Office, body: bytes) -> None:
    said = refused(server, bad.until_closed(body), Limits(size=200_000))
    assert said.startswith(f"{server.base}/table: half a document, or no JSON: ")
    assert said.endswith(" - expected the whole of a JSON document")


def test_half_a_table(server: Office) -> None:
    document = jsonstat({"Region": ["01"]})
    document["value"] = document["value"][:-3]
    server.pages["/table"] = bad.reply(json.dumps(document).encode())
    with pytest.raises(Refused, match="33 values - expected 36"):
        asked("jsonstat", f"{server.base}/table")


def test_too_much(server: Office) -> None:
    said = refused(server, bad.endless)
    assert (
        said
        == f"{server.base}/table: more than 100,000 bytes - expected less; narrow it under [select]"
    )


def test_a_little_that_unpacks_to_too_much(server: Office) -> None:
    assert "more than 100,000 bytes" in refused(server, bad.packed(b" " * 50_000_000))


@pytest.mark.parametrize("packing", ["br", "deflate", "gzip, gzip"])
def test_another_packing(server: Office, packing: str) -> None:
    said = refused(server, bad.reply(bad.WHOLE, headers={**bad.JSON, "Content-Encoding": packing}))
    assert f'packed as "{packing}" - expected gzip, or not packed' in said


def test_what_is_not_packed_as_it_says(server: Office) -> None:
    page = bad.reply(bad.WHOLE, headers={**bad.JSON, "Content-Encoding": "gzip"})
    assert "packed wrongly" in refused(server, page)


def test_a_connection_that_is_cut(server: Office) -> None:
    said = refused(server, bad.cut)
    assert said == f"{server.base}/table: cut off - expected the whole answer"


def test_another_protocol(server: Office) -> None:
    assert "no HTTP" in refused(server, bad.no_http)


def test_a_server_without_https(server: Office) -> None:
    with pytest.raises(
        Refused, match=r"^127\.0\.0\.1: no https - expected a server that speaks https"
    ):
        Client(SOON).json(server.base.replace("http:", "https:"))


def test_nobody_there() -> None:
    with office() as gone:
        pass
    with pytest.raises(Refused, match=r'^127\.0\.0\.1: out of reach: "Connection refused"'):
        Client(SOON).json(f"{gone.base}/table")


def test_a_name_that_is_none() -> None:
    with pytest.raises(Refused, match=r"^statistics\.invalid: no such name - expected"):
        Client(SOON).json("https://statistics.invalid/table")
