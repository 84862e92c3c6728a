"""Processes that make pixels: they start late, end in time, fail alone, and never outlive their worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from dashboard import render
from dashboard.render import Renderer, raster, renderer
from dashboard.render.helper import Helper
from tests.support.pictured import BARS, helper_of, pictured, small
from tests.support.waiting import until

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def drawing() -> Iterator[Renderer]:
    """One renderer for all tests of this file."""
    made = Renderer(timeout=120)
    yield made
    made.close()


def gone(process: int) -> bool:
    """Whether a process of anyone's ends within ten seconds."""

    def ended() -> bool:
        try:
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    return until(ended, 10)


def test_no_helper_runs_before_it_is_needed_and_none_for_an_svg():
    held = Renderer(helpers=2)
    held.render(small("x"), format="svg")
    assert helper_of(held) is None
    held.render(small("x"))
    first = helper_of(held)
    held.render(small("y"))
    assert helper_of(held) is first
    assert held._idle.qsize() == 2
    held.close()
    assert helper_of(held) is None
    assert first.process.returncode is not None
    assert held.render(small("x"))  # it may be asked again, and starts another
    held.close()


def test_a_helper_that_dies_at_work_fails_one_picture_and_is_replaced():
    held = Renderer(helpers=1)
    made = held.render(small("x"))
    killed = helper_of(held).process
    killed.send_signal(signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(held.render, small("x"))
        while not held._idle.empty():
            time.sleep(0.01)
        time.sleep(0.3)
        killed.kill()
        with pytest.raises(render.Failed, match="ended"):
            job.result(60)
    assert held.render(small("x")) == made
    assert helper_of(held).process.pid != killed.pid
    held.close()


def test_a_helper_that_died_idle_is_replaced_unnoticed():
    held = Renderer(helpers=1)
    made = held.render(small("x"))
    killed = helper_of(held).process
    killed.kill()
    killed.wait(10)
    assert held.render(small("x")) == made
    assert helper_of(held).process.pid != killed.pid
    held.close()


def test_a_helper_that_hangs_is_ended_in_time_and_replaced():
    held = Renderer(helpers=1, timeout=2)
    made = held.render(small("x"))
    hung = helper_of(held).process
    hung.send_signal(signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(render.TooSlow, match="2 seconds"):
        held.render(small("x"))
    assert time.monotonic() - started < 4
    assert hung.returncode == -signal.SIGKILL
    assert held.render(small("x")) == made
    held.close()


@pytest.mark.parametrize(
    "end", ["pass", "sys.exit(1)", "os._exit(1)", "os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_no_helper_outlives_its_worker_however_that_ends(end):
    code = (
        "import os, signal, sys; from dashboard.render import Renderer\n"
        "from tests.support.pictured import helper_of, small\n"
        f"held = Renderer(); held.render(small('x')); print(helper_of(held).process.pid, flush=True); {end}"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        helper = int(worker.stdout.readline())
        worker.wait(20)
    assert gone(helper)


def test_a_forgotten_renderer_leaves_no_process():
    held = Renderer(helpers=1)
    held.render(small("x"))
    process = helper_of(held).process
    del held
    assert process.wait(10) is not None


def test_other_threads_go_on_while_a_large_picture_is_drawn(drawing):
    shown, done, waits = pictured(BARS)[0].drawing, threading.Event(), []

    def tick() -> None:
        last = time.monotonic()
        while not done.is_set():
            time.sleep(0.002)
            waits.append(time.monotonic() - last)
            last = time.monotonic()

    with ThreadPoolExecutor(1) as pool:
        ticking = pool.submit(tick)
        drawing.render(shown, 3)
        done.set()
        ticking.result(10)
    assert np.median(waits) < 0.05
    assert sum(waits) > 0.2
    assert max(waits) < sum(waits) / 2


def test_what_is_larger_than_a_screen_comes_after_all_else_and_nothing_after_it_does():
    held = Renderer(helpers=1, timeout=120)
    held.render(small("x"))
    process = helper_of(held).process.pid
    usual = niceness(process)
    with ThreadPoolExecutor(1) as pool:
        large = pool.submit(held.render, pictured(BARS)[0].drawing, 3)
        seen = set()
        while not large.done():
            seen |= niceness(process)
            time.sleep(0.005)
        assert large.result()
    assert seen == {*usual, *(each + raster.LAST - raster.USUAL for each in usual)}
    held.render(small("y"))
    # A thread that gives way is also slow to end: on a busy machine it is still listed after its picture has come.
    assert until(lambda: niceness(process) == usual)
    held.close()


def niceness(process: int) -> set[int]:
    """How far the threads of a process give way."""
    found = set()
    for stat in Path(f"/proc/{process}/task").glob("*/stat"):
        try:
            found.add(int(stat.read_text().rpartition(")")[2].split()[16]))
        except OSError:
            continue
    return found


def test_many_at_once_each_get_their_own_picture(drawing):
    figures = [small(f"Title {number}") for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(drawing.render, figures))
    assert together == [drawing.render(figure) for figure in figures]
    assert len(set(together)) == 16


def test_too_many_pixels_are_refused_with_the_limit(drawing):
    for kind in ("png", "svg"):
        with pytest.raises(render.TooLarge, match="40,000,000"):
            drawing.render(small(width=5000, height=5000), 2, kind)
    width, height = render.SIZES["wide"]
    assert width * height * max(render.SCALES) ** 2 <= render.MAX_PIXELS


class Slow:
    """Stands in for a helper; draws once it is let go."""

    alive = True

    def __init__(self, go: threading.Event) -> None:
        self._go = go

    def draw(self, svg: str, scale: float, seconds: float, go_on: object) -> bytes:
        self._go.wait(60)
        return b"drawn"


def test_who_waits_too_long_for_a_helper_is_told(monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(renderer, "Helper", lambda: Slow(go))
    held = Renderer(helpers=1, timeout=0.2)
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(held.render, small())
        while not held._idle.empty():
            time.sleep(0.01)
        for _ in range(2):
            with pytest.raises(render.TooSlow, match=r"No turn came within 0\.\d+ seconds"):
                held.render(small())
        go.set()
        assert job.result(60) == b"drawn"
    assert held.render(small()) == b"drawn"


@pytest.mark.parametrize(("own", "limit"), [({0}, 40), ({0, 1}, 20), (set(range(16)), 20)])
def test_a_drawing_may_take_longer_where_helpers_share_processors(monkeypatch, own, limit):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: own)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    given = []

    class Noting(Slow):
        def draw(self, svg, scale, seconds, go_on):
            given.append(seconds)
            return b"drawn"

    monkeypatch.setattr(renderer, "Helper", lambda: Noting(threading.Event()))
    Renderer(helpers=2, timeout=20).render(small())
    assert given == [limit]


def test_a_drawing_that_nobody_waits_for_is_ended():
    class Left(Exception):
        pass

    def leave() -> None:
        raise Left

    held = Renderer(helpers=1)
    made = held.render(small("x"))
    process = helper_of(held).process
    process.send_signal(signal.SIGSTOP)
    with pytest.raises(Left):
        held.render(small("x"), go_on=leave)
    assert process.returncode == -signal.SIGKILL
    assert held.render(small("x")) == made
    held.close()


def test_a_helper_that_cannot_start_fails_the_picture(monkeypatch):
    def refuse() -> Helper:
        raise OSError("no more processes")

    held = Renderer(helpers=1)
    with monkeypatch.context() as poor:
        poor.setattr(renderer, "Helper", refuse)
        with pytest.raises(render.Failed):
            held.render(small())
    assert held.render(small())
    held.close()


def test_a_picture_that_cannot_be_drawn_harms_no_other(drawing, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(renderer, "svg", lambda *_, **__: "no SVG")
        with pytest.raises(render.Failed, match="could not be drawn"):
            drawing.render(small("x"))
    assert drawing.render(small("ok"))
