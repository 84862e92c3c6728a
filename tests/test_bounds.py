"""Bounds: how much of a request is read, whatever its form, and what crawlers are asked to leave alone."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from html import unescape
from pathlib import Path

import pytest
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.web import callback_guard, create_app, files
from tests.support.callbacks import assert_no_trace, change
from tests.support.server import JSON, UPDATE, Answer, Site, started
from tests.support.views import FINDINGS, QUESTIONS

MB = 2**20
TEXT = {"Content-Type": "text/plain"}


def announced(web: Site, path: str, size: int, headers: dict[str, str]) -> Answer:
    """The answer to a request that tells the size of its body and sends none of it."""
    with closing(http.client.HTTPConnection(web.netloc, timeout=30)) as line:
        line.putrequest("POST", path)
        for name, value in (headers | {"Content-Length": str(size)}).items():
            line.putheader(name, value)
        line.endheaders()
        response = line.getresponse()
        return Answer(response.status, response.headers, response.read())


def in_parts(web: Site, path: str, size: int, headers: dict[str, str]) -> Answer:
    """The answer to a body of blanks that does not tell its size."""
    chunks = [b" " * (MB // 2)] * (size // (MB // 2)) + [b" " * (size % (MB // 2))]
    with closing(http.client.HTTPConnection(web.netloc, timeout=30)) as line:
        line.request(
            "POST", path, iter(chunk for chunk in chunks if chunk), headers, encode_chunked=True
        )
        response = line.getresponse()
        return Answer(response.status, response.headers, response.read())


# --- Size ---


@pytest.mark.parametrize("headers", [JSON, TEXT, {}], ids=["json", "text", "untold"])
@pytest.mark.parametrize("send", [announced, in_parts])
def test_a_body_above_1_mb_is_refused_in_a_sentence_that_names_the_limit(
    web: Site, send, headers: dict[str, str]
) -> None:
    assert callback_guard.LARGEST == MB
    answer = send(web, UPDATE, MB + 1, headers)
    assert answer.status == 413
    assert re.search(r'<p class="lead">[A-Z][^<]*\b1 MB\b[^<]*\.</p>', answer.text)


def test_a_change_of_1_mb_is_still_read(web: Site) -> None:
    sound = json.dumps(change(web, "country")).encode()
    assert web.update(sound).status == 200
    assert web.update(sound.ljust(MB)).status == 200


def test_a_change_in_pieces_is_read(web: Site) -> None:
    sound = json.dumps(change(web, "country")).encode()
    with closing(http.client.HTTPConnection(web.netloc, timeout=30)) as line:
        line.request(
            "POST",
            UPDATE,
            iter([sound[:100], sound[100:].ljust(MB // 2)]),
            JSON,
            encode_chunked=True,
        )
        response = line.getresponse()
        assert (response.status, "response" in json.loads(response.read())) == (200, True)


def test_every_route_has_the_limit_unless_it_says_otherwise() -> None:
    with (
        create_app().test_request_context("/oembed", method="POST", data=bytes(MB + 1)),
        pytest.raises(RequestEntityTooLarge),
    ):
        request.get_data()


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """A server whose worker does nothing else, and the worker's folder in /proc."""
    with started(tmp_path / "log.txt") as (address, process):
        (worker,) = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        yield Site(address), Path("/proc") / worker


def memory(worker: Path, name: str) -> float:
    """One of the sizes of a process, in MB."""
    return (
        int(re.search(rf"^{name}:\s+(\d+) kB$", (worker / "status").read_text(), re.MULTILINE)[1])
        / 1024
    )


@pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the peak of a process"
)
@pytest.mark.parametrize("path", [UPDATE, "/healthz"])
def test_50_mb_do_not_show_in_the_memory_of_a_worker(lone: tuple[Site, Path], path: str) -> None:
    web, worker = lone
    assert web.update(change(web, "country")).status == 200
    (worker / "clear_refs").write_text("5")  # The peak counts from here.
    before = memory(worker, "VmRSS")
    for size in ("Content-Length", "Transfer-Encoding"):
        feed(web, path, size)
    assert web.ask("/healthz").status == 200
    assert memory(worker, "VmHWM") - before < 12


def feed(web: Site, path: str, header: str) -> None:
    """Send 50 MB of what is costly to parse, until the site hangs up."""
    chunk = b"[" + b"{}," * (MB // 3)
    chunked = header == "Transfer-Encoding"
    host, port = web.netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line, suppress(ConnectionError):
        length = "chunked" if chunked else str(50 * len(chunk))
        line.sendall(
            f"POST {path} HTTP/1.1\r\nHost: site\r\nContent-Type: application/json\r\n{header}: {length}\r\n\r\n".encode()
        )
        for _ in range(50):
            line.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk) if chunked else chunk)
        line.sendall(b"0\r\n\r\n" if chunked else b"")
        line.recv(1)


# --- Form ---


@pytest.mark.parametrize(
    "mimetype",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "",
    ],
)
def test_what_is_no_json_is_refused(web: Site, mimetype: str) -> None:
    answer = web.ask(UPDATE, "POST", b"--x\r\n", {"Content-Type": mimetype})
    assert answer.status == 415
    assert_no_trace(answer)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_another_method_with_a_body_is_refused(web: Site, method: str) -> None:
    answer = web.ask(UPDATE, method, json.dumps(change(web, "country")).encode(), JSON)
    assert answer.status in {404, 405}
    assert_no_trace(answer)


SOUND = b'{"output": "x.y"}'
FRAMES = {
    "no length": (b"", SOUND),
    "length no number": (b"Content-Length: abc", SOUND),
    "length negative": (b"Content-Length: -5", SOUND),
    "length too short": (b"Content-Length: 5", SOUND),
    "length too long": (b"Content-Length: 500", SOUND),
    "length without end": (b"Content-Length: " + b"9" * 5000, SOUND),
    "two lengths": (b"Content-Length: 5\r\nContent-Length: 6", SOUND),
    "length and pieces": (b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
    "no piece": (b"Transfer-Encoding: chunked", SOUND),
    "piece cut off": (b"Transfer-Encoding: chunked", b"ff\r\n" + SOUND),
    "piece too long": (b"Transfer-Encoding: chunked", b"2\r\n" + SOUND),
    "no last piece": (b"Transfer-Encoding: chunked", b"2\r\n{}\r\n"),
    "header after the pieces": (
        b"Transfer-Encoding: chunked",
        b"2\r\n{}\r\n0\r\nno header\r\n\r\n",
    ),
}
"""Headers and body of requests of which no server can tell where they end, or that say it wrongly."""


@pytest.mark.parametrize("path", [UPDATE, "/picture"])
@pytest.mark.parametrize("name", FRAMES)
def test_a_body_of_another_length_than_told_is_no_error_of_the_server(
    web: Site, name: str, path: str
) -> None:
    headers, body = FRAMES[name]
    host, port = web.netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        start = f"POST {path} HTTP/1.1\r\nHost: site\r\nConnection: close\r\nContent-Type: application/json\r\n".encode()
        line.sendall(start + headers + b"\r\n" * (2 if headers else 1) + body)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.split()[1] == b"400"
    assert b"Traceback" not in answer


def test_lists_in_lists_are_no_error_of_the_server(web: Site) -> None:
    """At some depth Python can just about read them; whoever reads them again has a little less room."""
    sound = json.dumps(change(web, "country", country="HERE"))
    answers = [
        web.update(sound.replace('"HERE"', "[" * depth + "]" * depth).encode())
        for depth in range(900, 1000)
    ]
    assert {answer.status for answer in answers} <= {200, 400}


# --- Pictures ---


def test_a_picture_of_2_mb_is_read(web: Site) -> None:
    drawn = web.ask("/chart.png?theme=effects&country=DK&size=og").body
    more = b"xxXx" + os.urandom(2 * MB)
    end = drawn.rindex(b"IEND") - 4
    padded = (
        drawn[:end]
        + struct.pack(">I", 2 * MB)
        + more
        + struct.pack(">I", zlib.crc32(more))
        + drawn[end:]
    )
    answer = web.ask("/picture", "POST", padded)
    assert (answer.status, json.loads(answer.text)) == (
        200,
        {"search": "?theme=effects&country=DK"},
    )


def test_a_picture_of_21_mb_is_refused(web: Site) -> None:
    answer = announced(web, "/picture", 21 * MB, {"Content-Type": "image/png"})
    assert (answer.status, "too large" in json.loads(answer.text)["message"]) == (413, True)


# --- Crawlers ---


@pytest.fixture(scope="module")
def may_fetch(web: Site) -> Callable[[str], bool]:
    """What RFC 9309 makes of the rules: of those that fit a path the longest."""
    lines = web.ask("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    rules = [line.split(": ", 1) for line in lines[1:]]

    def fits(pattern: str, path: str) -> bool:
        return re.match(".*".join(map(re.escape, pattern.split("*"))), path) is not None

    def may(path: str) -> bool:
        found = [(len(pattern), kind) for kind, pattern in rules if fits(pattern, path)]
        return max(found, default=(0, "Allow"))[1] == "Allow"

    return may


@pytest.mark.parametrize("query", ["", "?theme=effects&country=DK~SE&lang=da"])
def test_crawlers_leave_files_alone_and_nothing_else(
    may_fetch: Callable[[str], bool], query: str
) -> None:
    closed = [*(file.path for file in files.offered()), "/bundle", "/paper"]
    assert {"/chart.png", "/chart.svg", "/data.csv", "/view.zip"} <= set(closed)
    assert [path for path in closed if may_fetch(f"{path}{query}")] == []
    pages = [
        "/",
        "/embed",
        "/oembed",
        "/sources",
        "/method",
        "/accessibility",
        "/assets/barometer.css",
        UPDATE,
        "/_dash-layout",
    ]
    assert [path for path in pages if not may_fetch(f"{path}{query}")] == []


def test_the_picture_of_a_preview_may_be_fetched(
    web: Site, may_fetch: Callable[[str], bool]
) -> None:
    head = web.ask("/?theme=effects&country=DK").text
    (picture,) = re.findall(r'property="og:image" content="https?://[^/]+([^"]+)"', head)
    assert may_fetch(unescape(picture))
    assert not may_fetch(unescape(picture).replace("size=og", "size=slide"))


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("/", True),
        ("/?lang=da", True),
        ("/?look=dark", True),
        *((f"/?{query}", True) for query in (*QUESTIONS.values(), *FINDINGS.values())),
        ("/?theme=effects", False),
        ("/?theme=effects&country=DK&lang=da", False),
        ("/?release=2026.1", False),
        ("/embed?concept=innovative_workplaces&view=compare", False),
    ],
)
def test_search_engines_list_what_the_data_ask_and_no_filtered_view(
    web: Site, address: str, listed: bool
) -> None:
    answer = web.ask(address)
    assert answer.status == 200
    assert ('<meta name="robots" content="noindex, nofollow">' in answer.text) != listed


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_crawlers_are_told_is_a_text_for_all_that_may_be_kept(web: Site, method: str) -> None:
    answer = web.ask("/robots.txt", method, headers={"Accept-Language": "da"})
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/plain")
    # It names the host that was asked for, since this site has no public address.
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert {"Set-Cookie", "Content-Language"}.isdisjoint(answer.headers.keys())
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    assert bool(answer.body) == (method == "GET")
