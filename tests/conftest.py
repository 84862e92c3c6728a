"""Shared fixtures: the published data, a real server in its own process, a real browser that watches every request."""

from __future__ import annotations

import gc
import json
import logging
import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import hypothesis
import pytest

from tests.support import chromium
from tests.support.server import ROOT, Site, started

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from dashboard.dataset import Dataset
    from dashboard.query import DatasetIndex
    from dashboard.releases import ReleaseStore
    from dashboard.text import Localizer
    from tests.support.html import Outline
    from tests.support.pseudo import Reader


os.environ["TZ"] = "UTC"
time.tzset()

# Most of what tests make stays, so that looking through all of it for garbage so often finds little.
gc.set_threshold(50_000, 20, 20)

# A busy machine is no fault of the code under test.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The data folder of this checkout."""
    from dashboard.dataset import load

    return load(ROOT / "data")


@pytest.fixture(scope="session")
def index() -> DatasetIndex:
    """The published data, ready for requests."""
    from tests.support import views

    return views.index()


@pytest.fixture(scope="session")
def loc() -> Localizer:
    """The texts of the site in English."""
    from tests.support import views

    return views.loc()


@pytest.fixture(scope="session")
def store() -> ReleaseStore:
    """The published release and those before it."""
    from tests.support import views

    return views.store()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Who reads the language of ``tests.support.pseudo`` and no other."""
    from tests.support import pseudo, views

    return pseudo.Reader(views.index().dataset)


@pytest.fixture(scope="session")
def documents() -> dict[str, Outline]:
    """The pages of text in English, by their names."""
    from tests.support import text_pages

    return text_pages.documents()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data that a test may break."""
    from tests.support.folders import copied

    return copied(tmp_path)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, served as in production by a process of its own."""
    with started(tmp_path_factory.mktemp("server") / "log.txt") as (address, _):
        yield address


@pytest.fixture(scope="module")
def web(server: str) -> Iterator[Site]:
    """The running site; at the end it must still be well."""
    running = Site(server)
    yield running
    assert running.ask("/healthz").status == 200


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


@pytest.fixture
def lines() -> Iterator[list[dict]]:
    """What is written to the site's log, line by line."""
    from dashboard.web.log import LOGGER, JsonLines

    written: list[dict] = []
    handler = logging.Handler()
    handler.setFormatter(JsonLines())
    handler.emit = lambda record: written.append(json.loads(handler.format(record)))
    LOGGER.addHandler(handler)
    yield written
    LOGGER.removeHandler(handler)
