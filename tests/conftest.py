"""Shared fixtures: the published data, a real server in its own process, a real browser that watches every request."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import hypothesis
import pytest

from tests.support import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from dashboard.dataset import Dataset

ROOT = Path(__file__).resolve().parent.parent

os.environ["TZ"] = "UTC"
time.tzset()

# A busy machine is no fault of the code under test.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The data folder of this checkout."""
    from dashboard.dataset import load

    return load(ROOT / "data")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, served as in production by a process of its own."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:dashboard.gunicorn",
        "dashboard.web:create_app()",
    ]
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1"}
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=out
        ) as process,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    program = chromium.find()
    if program is None:
        pytest.fail("No Chromium found; `make test` installs one or says how")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Window size in CSS px; another one by ``@pytest.mark.parametrize("viewport", [...], indirect=True)``."""
    return getattr(request, "param", {"width": 1280, "height": 900})


@pytest.fixture
def page(browser: Browser, server: str, viewport: dict[str, int]) -> Iterator[Page]:
    """A fresh page whose relative addresses are the server's.

    The test fails if the page said anything on the console or asked another host for anything.
    """
    complaints: list[str] = []
    context = browser.new_context(
        base_url=server, locale="en-GB", timezone_id="UTC", viewport=viewport
    )
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.on(
        "console", lambda message: complaints.append(f"console {message.type}: {message.text}")
    )
    opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    opened.on("request", lambda request: complaints.extend(_foreign(request.url, server)))
    yield opened
    context.close()
    assert complaints == []


def _foreign(address: str, server: str) -> list[str]:
    parts = urlsplit(address)
    local = (
        parts.scheme in {"data", "blob", "about"} or f"{parts.scheme}://{parts.netloc}" == server
    )
    return [] if local else [f"request to another host: {address}"]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _wait_for(
    address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60
) -> None:
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(
        f"The server did not answer at {address}:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
    )
