"""What deploy/ holds, with the programs that read it: the site behind its nginx, its units, its container recipe."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.proxy import running
from benchmarks.shipped import configured
from dashboard.settings import VARIABLES, from_env, warnings
from tests.support.server import ROOT, Site, free_port, run, started

DEPLOY = ROOT / "deploy"
SLOW = 400
_CHANGE = b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
BEGINNINGS = {
    "header": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"a"),
    "body": (_CHANGE + b"Content-Length: 1000\r\n\r\n", b" "),
    "body in pieces": (_CHANGE + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "nothing": (b"", b""),
}
"""What a slow client sends -> how it begins, and what follows each second."""


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def site(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site behind nginx, as readers reach it."""
    folder = tmp_path_factory.mktemp("deploy")
    url = f"http://127.0.0.1:{port}"
    with (
        started(folder / "log", BAROMETER_URL=url, BAROMETER_PROXIES="1") as (behind, _),
        running(lambda inside: configured(port, [urlsplit(behind).port], inside, news=True), port),
    ):
        yield Site(url)


def test_pages_and_files_come_through(site: Site) -> None:
    page = site.ask("/?theme=drivers")
    assert (page.status, page.headers["X-Frame-Options"]) == (HTTPStatus.OK, "DENY")
    assert page.headers["Server"] == "nginx"
    for script in re.findall(r'src="(/[^"]+)"', page.text):
        assert site.ask(script).status == HTTPStatus.OK
    assert site.ask("/chart.png?theme=drivers&scale=1").body.startswith(b"\x89PNG")


def test_what_may_be_kept_is_kept_under_its_host(site: Site, port: int) -> None:
    path = "/data.csv?theme=drivers&lang=en"
    hosts = (f"127.0.0.1:{port}", f"127.0.0.1:{port}", f"localhost:{port}", "evil.example")
    answers = [site.ask(path, headers={"Host": host}) for host in hosts]
    assert [each.headers["X-Cache"] for each in answers] == ["MISS", "HIT", "MISS", "MISS"]
    assert [each.status for each in answers] == [200, 200, 200, 400]
    assert answers[1].body == answers[0].body
    known = {"If-None-Match": answers[0].headers["ETag"]}
    assert site.ask(path, headers=known).status == HTTPStatus.NOT_MODIFIED


def test_what_depends_on_the_reader_is_not_kept(site: Site) -> None:
    asked = [site.ask("/data.csv?theme=effects").headers for _ in range(2)]
    assert [each["X-Cache"] for each in asked] == ["MISS", "MISS"]


def test_in_a_news_story_a_page_is_kept_for_each_language(site: Site) -> None:
    heads = [{"Accept-Language": language} for language in ("da", "da", "fi", "fi")]
    pages = [site.ask("/?theme=barriers", headers=head) for head in heads]
    assert [each.headers["X-Cache"] for each in pages] == ["MISS", "HIT", "MISS", "HIT"]
    assert [re.findall(r'<html[^>]* lang="(\w+)"', each.text) for each in pages] == [
        ["da"],
        ["da"],
        ["fi"],
        ["fi"],
    ]
    assert {each.headers["Cache-Control"] for each in pages} == {"no-cache"}
    for head, page in zip(heads, pages, strict=True):
        known = {**head, "If-None-Match": page.headers["ETag"]}
        assert site.ask("/?theme=barriers", headers=known).status == HTTPStatus.NOT_MODIFIED


def test_only_a_picture_may_be_large(site: Site) -> None:
    large = b"x" * 2_000_000
    assert site.ask("/_dash-update-component", "POST", large).status == 413
    assert site.ask("/picture", "POST", large).status == HTTPStatus.BAD_REQUEST
    assert site.ask("/picture", "POST", b"x" * 21_000_000).status == 413


def test_how_far_an_archive_is_comes_through_while_it_is_made(site: Site) -> None:
    with closing(http.client.HTTPConnection(site.netloc, timeout=60)) as line:
        line.request("GET", "/bundle?theme=drivers~barriers~effects")
        told = line.getresponse()
        began = time.monotonic()
        first = json.loads(told.readline())
        told.read()
        whole = time.monotonic() - began
        assert (first["done"], told.headers["Cache-Control"]) == (0, "no-store")
        # What is made after that is not there yet.
        assert first["total"] > 1
        assert whole > 0.2


def test_what_is_for_its_operator_is_not_for_readers(site: Site) -> None:
    assert [site.ask(path).status for path in ("/metrics", "/readyz", "/healthz")] == [
        404,
        404,
        200,
    ]


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_who_sends_slowly_keeps_no_page_from_others(site: Site, port: int, kind: str) -> None:
    begin, more = BEGINNINGS[kind]
    with ExitStack() as open_ones:
        slow = []
        for number in range(SLOW):
            # Of many addresses, as a flood has them: from one the proxy takes 200.
            source = (f"127.0.0.{2 + number // 50}", 0)
            place = ("127.0.0.1", port)
            line = socket.create_connection(place, source_address=source)
            slow.append(open_ones.enter_context(line))
        for each in slow:
            each.sendall(begin)
        for _ in range(3):
            for each in slow:
                each.sendall(more)
            began = time.monotonic()
            page = site.ask("/sources")
            assert (page.status, page.headers["X-Cache"]) == (HTTPStatus.OK, "MISS")
            assert time.monotonic() - began < 5
            time.sleep(1)


def test_the_units_are_ones_that_systemd_takes(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    unit = DEPLOY / "systemd/barometer@.service"
    copy = tmp_path / "barometer@8050.service"
    shutil.copy(unit, copy)
    told = run(program, "verify", "--man=no", str(copy))
    assert (told.returncode, told.stderr) == (0, "")


def test_the_settings_that_are_shipped_are_ones_of_the_site() -> None:
    lines = (DEPLOY / "barometer.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert given.keys() <= set(VARIABLES.values())
    assert not warnings(given)
    assert from_env(given).url == "https://barometer.example"


def test_each_file_is_in_the_guide() -> None:
    guide = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    shipped = [
        each for each in DEPLOY.rglob("*") if each.is_file() and each.suffix not in {".py", ".pyc"}
    ]
    assert len(shipped) >= 5
    assert [each for each in shipped if f"`{each.relative_to(ROOT)}`" not in guide] == []


def test_the_container_has_all_that_the_site_reads_and_is_nobodys() -> None:
    recipe = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    _, final = recipe.split("\nFROM ${PYTHON}\n")
    copied = re.findall(r"^COPY --from=build /srv/barometer/(\S+) \1$", final, re.MULTILINE)
    assert set(copied) == {".venv", ".cache/static", "assets", "dashboard", "data"}
    assert re.findall(r"^USER (\d+):", final, re.MULTILINE) == ["65532"]
    procfile = (ROOT / "Procfile").read_text(encoding="utf-8").removeprefix("web: ").split()
    [command] = re.findall(r'^CMD \["\.venv/bin/(.*)"\]$', final, re.MULTILINE)
    assert command.split('", "') == procfile
