"""A new release of the program and of the data goes out, copy by copy, behind one nginx and one Redis, while readers go on reading."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.proxy import running as nginx
from benchmarks.shipped import configured
from dashboard.dataset import archive_release
from dashboard.web.static.build import digest_of
from tests.support import earlier
from tests.support.folders import Cells, copied, edit, version
from tests.support.redis import running as redis_running
from tests.support.server import JSON, ROOT, UPDATE, Site, free_port, wait_for

OLD, NEW = "2026.2", "2026.3"
VALUES = {OLD: "68", NEW: "60"}
"""Release -> percentage of Danish workplaces with higher quality."""
VIEW = "theme=effects&country=DK&lang=en"
READERS = 3
SECONDS = 3.0
"""Between a copy that is ready and the next that ends, as docs/deploy.md has it."""


def corrected(rows: list[Cells]) -> list[Cells]:
    """The figures of the new release."""
    for row in rows:
        where = (row["survey_id"], row["concept"], row["sector"], row["segment"])
        if where == ("dk-2020", "effect_quality", "all", ""):
            row["value"] = VALUES[NEW]
    return rows


@pytest.fixture(scope="module")
def new_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(tmp_path_factory.mktemp("new"))
    archive_release(folder)
    edit(folder / "observations.csv", corrected)
    version(folder, NEW)
    return folder


@contextmanager
def copy(
    checkout: Path, port: int, log: Path, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A copy of the site from a checkout, with the environment of that."""
    python = sys.executable if checkout == ROOT else str(checkout / ".venv/bin/python")
    given = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1", **settings}
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [python, "-m", "dashboard", "serve"],
            cwd=checkout,
            env={**os.environ, **given},
            stdout=out,
            stderr=out,
            start_new_session=True,
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", process, log)
            yield process
        finally:
            process.terminate()


@dataclass
class Readers:
    """Who open a page with all that it loads, change a filter, and take a file, over and over; what was wrong is noted."""

    site: Site
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(release of a page, whether the change was answered by its build)."""
    faults: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def reading(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._go_on) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopped.set()
            for thread in threads:
                thread.join()

    def _go_on(self) -> None:
        while not self.stopped.is_set():
            try:
                self.visit()
            except Exception as error:  # whatever it is, a reader saw it
                self.faults.append(f"{type(error).__name__}: {error}")

    def visit(self) -> None:
        """One reader's visit."""
        page = self.site.ask(f"/?{VIEW}")
        assert page.status == 200, page.status
        release = re.search(r"release (\d{4}\.\d)\.", page.text)[1]
        build = re.search(r'data-build="(\w+)"', page.text)[1]
        assert figure(page.text) == VALUES[release]
        for address in assets(page.text):
            asset = self.site.ask(address)
            assert asset.status == 200, (asset.status, address)
            assert address.endswith(f"?v={digest_of(asset.body)}"), f"a mixed script at {address}"
        self._change(release, build)
        self._files(release)

    def _change(self, release: str, build: str) -> None:
        """A change of a filter: the page draws what its own build answers, and of any other says that it is old."""
        callback = next(
            each
            for each in json.loads(self.site.ask("/_dash-dependencies").text)
            if "content.children" in each["output"]
        )
        answer = self.site.ask(UPDATE, "POST", json.dumps(first(callback)).encode(), JSON)
        own = answer.headers["X-Build"] == build
        if own:
            assert answer.status == 200, answer.status
            assert figure(answer.text) == VALUES[release]
        else:
            assert answer.status in (200, 400), answer.status
        self.seen[release, "own" if own else "other"] += 1

    def _files(self, release: str) -> None:
        """A file names its release; the one of the earlier release is the same from every copy."""
        told = self.site.ask(f"/data.json?{VIEW}&country=DK").text
        named = re.search(r"Data release: ([\d.]+) ", told)[1]
        assert figure(told) == VALUES[named]
        pinned = self.site.ask(f"/data.json?{VIEW}&release={OLD}")
        assert (pinned.status, figure(pinned.text)) == (200, VALUES[OLD])
        picture = self.site.ask(f"/chart.svg?{VIEW}")
        assert picture.status == 200, picture.status


def figure(text: str) -> str:
    """The percentage of ``VALUES`` that a page, an answer or a file shows."""
    found = r"Higher quality(?:: |, “Yes”\. )Denmark, 2018(?:–|\\u2013)2019: (\d+)%"
    return re.search(found, text)[1]


def assets(page: str) -> list[str]:
    """Addresses of what a page loads: scripts, style sheets, icon and what is to be loaded early."""
    found = re.findall(
        r'<(?:script src|link rel="[^"]+"(?: as="script")? href)="(/[^"]+\?v=[^"]+)"', page
    )
    assert len(found) >= 4
    return found


def first(callback: dict) -> dict:
    """What a page asks for when it opens at the view."""
    given = {"search": f"?{VIEW}", "data": 900}

    def filled(parts: list[dict]) -> list[dict]:
        return [{**part, "value": given.get(part["property"])} for part in parts]

    output = callback["output"]
    return {
        "output": output,
        "outputs": [
            dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
            for part in output.strip(".").split("...")
        ],
        "inputs": filled(callback["inputs"]),
        "state": filled(callback["state"]),
        "changedPropIds": ["location.search"],
    }


def test_a_rolling_deploy_loses_no_page_and_mixes_neither_scripts_nor_figures(
    tmp_path: Path, new_data: Path
) -> None:
    before, port, ports = earlier.checkout(), free_port(), (free_port(), free_port())
    with ExitStack() as held:
        redis = held.enter_context(redis_running(tmp_path))
        shared = {
            "BAROMETER_URL": f"http://127.0.0.1:{port}",
            "BAROMETER_PROXIES": "1",
            "BAROMETER_REDIS_URL": redis.url,
            "BAROMETER_DRAWINGS": "0",
        }
        with ThreadPoolExecutor(len(ports)) as pool:
            logs = [tmp_path / f"old{each}" for each in ports]
            copies = [
                copy(before, each, log, **shared) for each, log in zip(ports, logs, strict=True)
            ]
            old = list(pool.map(held.enter_context, copies))
        held.enter_context(nginx(lambda inside: configured(port, ports, inside), port))
        readers = Readers(Site(f"http://127.0.0.1:{port}"))
        with readers.reading():
            time.sleep(1)
            # The first copy is killed in the midst of what it does, the second lets what it has begun come to its end.
            for each, end in zip((0, 1), (signal.SIGKILL, signal.SIGTERM), strict=True):
                kill(old[each], end)
                log = tmp_path / f"new{each}"
                new = copy(ROOT, ports[each], log, BAROMETER_DATA=str(new_data), **shared)
                held.enter_context(new)
                time.sleep(SECONDS)
    assert readers.faults == []
    assert {release for release, _ in readers.seen} == {OLD, NEW}
    assert {(OLD, "own"), (NEW, "own")} <= readers.seen.keys()


def kill(process: subprocess.Popen[bytes], end: signal.Signals) -> None:
    """End a copy and wait until it is gone: killed, it goes with its workers, as with its machine."""
    if end == signal.SIGKILL:
        os.killpg(process.pid, end)
    else:
        process.send_signal(end)
    process.wait(35)
