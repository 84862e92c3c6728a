"""What whoever runs the site relies on: signs of life and readiness, counts, a line for each request, an end that loses nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.gunicorn import threads
from tests.support.html import Outline
from tests.support.server import Answer, Site, started

TOKEN = "a-token-of-some-length"  # noqa: S105 - of a test
LARGE = "/view.zip?theme=drivers~effects~collaboration"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("operation") / "log"


@pytest.fixture(scope="module")
def running(log: Path) -> Iterator[tuple[str, int]]:
    """(address, process id) of a site with two workers that tells all that it can."""
    settings = {
        "WEB_CONCURRENCY": "2",
        "BAROMETER_METRICS": TOKEN,
        "BAROMETER_LOG": "requests",
        "BAROMETER_PROXIES": "1",
    }
    with started(log, **settings) as found:
        yield found


def test_a_site_whose_threads_are_all_at_work_says_that_it_lives(tmp_path: Path) -> None:
    with started(tmp_path / "log") as (address, _), ExitStack() as lines:
        place = (urlsplit(address).hostname, urlsplit(address).port)
        for _ in range(threads + 10):
            line = lines.enter_context(socket.create_connection(place))
            line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        time.sleep(1)
        for _ in range(3):
            answer = Site(address).ask("/healthz")
            assert (answer.status, answer.text) == (200, "ok busy\n")


def test_who_is_ready_has_drawn(running: tuple[str, int], dataset) -> None:
    answer = Site(running[0]).ask("/readyz")
    assert (answer.status, answer.text) == (200, f"ready {dataset.release}\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_counts_are_those_of_all_workers_and_for_who_has_the_token(
    running: tuple[str, int],
) -> None:
    web = Site(running[0])
    asked = 12
    for _ in range(asked):
        web.ask("/countries")
    assert web.ask("/metrics").status == 401
    assert web.ask("/metrics", headers={"Authorization": "Bearer other"}).status == 401
    for _ in range(4):
        told = web.ask("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert told.status == 200
        [count] = re.findall(
            r'barometer_request_seconds_count\{route="/countries",status="200"\} (\S+)', told.text
        )
        assert float(count) == asked


def test_each_request_has_a_line_with_its_id_and_nothing_of_its_reader(
    running: tuple[str, int], log: Path
) -> None:
    headers = {
        "X-Request-ID": "given-by-a-proxy",
        "X-Forwarded-For": "203.0.113.9",
        "User-Agent": "Me",
    }
    answer = Site(running[0]).ask("/data.csv?theme=drivers&mail=someone", headers=headers)
    assert answer.headers["X-Request-ID"] == "given-by-a-proxy"
    [line] = [text for text in log.read_text().splitlines() if "given-by-a-proxy" in text]
    said = json.loads(line)
    assert {name: said[name] for name in ("event", "path", "status")} == {
        "event": "request",
        "path": "/data.csv",
        "status": 400,
    }
    assert not re.search(r"203\.0|127\.0|Me\b|someone", line)


def test_what_is_no_http_leaves_a_line_without_its_sender(
    running: tuple[str, int], log: Path
) -> None:
    place = (urlsplit(running[0]).hostname, urlsplit(running[0]).port)
    for said in (b"someone\r\n\r\n", b"GET / HTTP/1.1\r\nsomeone\r\n\r\n"):
        with socket.create_connection(place, timeout=30) as line:
            line.sendall(said)
            assert line.recv(65536).startswith(b"HTTP/1.1 400 ")
    told = [text for text in log.read_text().splitlines() if "Invalid request" in text]
    assert len(told) == 2
    assert all(
        re.fullmatch(r"\[[^]]+\] \[\d+\] \[WARNING\] Invalid request", each) for each in told
    )


def test_crawlers_are_asked_to_list_no_file_but_the_pictures_of_previews(
    running: tuple[str, int],
) -> None:
    web = Site(running[0])
    files = {
        path: web.ask(f"{path}?theme=drivers").headers.get("X-Robots-Tag")
        for path in ("/data.csv", "/data.xlsx", "/chart.svg", "/slides.pptx")
    }
    assert set(files.values()) == {"noindex"}
    assert "X-Robots-Tag" not in web.ask("/chart.png?theme=drivers&size=og").headers
    links = [held for tag, held in Outline(web.ask("/").text).tags if tag == "a"]
    followed = {held["href"].partition("?")[0] for held in links if held.get("rel") != "nofollow"}
    assert not followed & {"/chart.png", "/chart.svg", "/view.zip", *files}


def test_what_has_begun_is_finished_when_the_site_is_ended(tmp_path: Path) -> None:
    answers: list[Answer] = []
    with started(tmp_path / "log") as (address, process):
        asking = threading.Thread(target=lambda: answers.append(Site(address).ask(LARGE)))
        asking.start()
        time.sleep(1)
        os.kill(process, signal.SIGTERM)
        asking.join()
    [answer] = answers
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["Content-Length"])
