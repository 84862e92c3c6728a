"""Data that change on disk under a running site: nothing does before the site is told, and then all of it or nothing."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fuzzing.run import workers
from tests.support.server import Site, started
from tests.support.waiting import until

VIEW = "/data.json?theme=effects&country=DK&lang=en"


@pytest.fixture
def running(folder: Path, tmp_path: Path) -> Iterator[tuple[Site, int, Path]]:
    """(site with two workers, process id, its log); its data are ``folder``."""
    log = tmp_path / "log"
    with started(log, BAROMETER_DATA=str(folder), WEB_CONCURRENCY="2") as (address, process):
        yield Site(address), process, log


@contextmanager
def readers(web: Site) -> Iterator[list[int]]:
    """Statuses of pages that are asked for meanwhile; 0 for none."""
    found: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                found.append(web.ask("/sources").status)
            except OSError:
                found.append(0)

    reading = threading.Thread(target=read)
    reading.start()
    try:
        yield found
    finally:
        done.set()
        reading.join()


def answers(web: Site) -> set[bytes]:
    """What is answered, by whichever worker."""
    return {web.ask(VIEW).body for _ in range(12)}


def test_faulty_data_change_nothing_and_sound_ones_all(
    running: tuple[Site, int, Path], folder: Path
) -> None:
    web, process, log = running
    first, before = answers(web), workers(process, 2)
    assert len(first) == 1
    file = folder / "observations.csv"
    sound = file.read_text(encoding="utf-8")

    file.write_text(f"{sound}broken\n", encoding="utf-8")
    os.kill(before[0], signal.SIGKILL)
    assert until(lambda: before[0] not in (now := workers(process, 2)) and bool(now))
    assert answers(web) == first

    with readers(web) as statuses:
        os.kill(process, signal.SIGHUP)
        assert until(lambda: "observations.csv" in log.read_text(encoding="utf-8"))
        time.sleep(1)
    assert answers(web) == first

    file.write_text(sound, encoding="utf-8")
    changed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    changed["version"] = "2099.1"
    (folder / "datapackage.json").write_text(json.dumps(changed), encoding="utf-8")
    with readers(web) as after:
        os.kill(process, signal.SIGHUP)
        assert until(lambda: web.ask("/healthz").text == "ok 2099.1\n")
        time.sleep(2)
    assert {web.ask("/healthz").text for _ in range(12)} == {"ok 2099.1\n"}
    assert set(statuses) == set(after) == {200}
