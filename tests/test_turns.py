"""Few work, few wait, none for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from dashboard.render import Busy, TooSlow, Turns


def waiting(turns: Turns, count: int) -> None:
    """Return once so many wait in line."""
    while len(turns._line) != count:
        time.sleep(0.005)


def holding(turns: Turns, pool: ThreadPoolExecutor, go: threading.Event) -> Future[None]:
    """Somebody who has a turn until let go."""
    has = threading.Event()

    def hold() -> None:
        with turns.turn():
            has.set()
            go.wait(60)

    job = pool.submit(hold)
    has.wait(60)
    return job


def test_more_than_may_wait_are_turned_away_at_once_and_places_come_back() -> None:
    turns = Turns(working=1, waiting=1, seconds=60)
    with turns.place(), turns.place():
        with pytest.raises(Busy) as turned, turns.place():
            pass
        assert turned.value.retry_after > 0
    with turns.place(), turns.place():
        pass


def test_who_came_first_is_next_even_where_another_asks_again_at_once() -> None:
    turns, go, came = Turns(working=1, waiting=9, seconds=60), threading.Event(), []
    with ThreadPoolExecutor(4) as pool:

        def work(name: str) -> None:
            with turns.turn():
                came.append(name)

        held = holding(turns, pool, go)
        jobs = []
        for at, name in enumerate("abc", start=1):
            jobs.append(pool.submit(work, name))
            waiting(turns, at)
        go.set()
        held.result(60)
        work("again")
        for job in jobs:
            job.result(60)
    assert came[0] == "a"
    assert [name for name in came if name != "again"] == ["a", "b", "c"]


def test_no_more_than_may_work_do() -> None:
    turns, at_work, most, lock = (
        Turns(working=2, waiting=30, seconds=60),
        [0],
        [0],
        threading.Lock(),
    )

    def work(_: int) -> None:
        with turns.turn():
            with lock:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
            time.sleep(0.002)
            with lock:
                at_work[0] -= 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(64)))
    assert most == [2]


def leave() -> None:
    raise ConnectionError


@pytest.mark.parametrize(
    ("seconds", "go_on", "error"), [(0.1, lambda: None, TooSlow), (60, leave, ConnectionError)]
)
def test_who_leaves_the_line_takes_no_turn_with_it(
    seconds: float, go_on: Callable[[], None], error: type[Exception]
) -> None:
    turns, go = Turns(working=1, waiting=9, seconds=seconds), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        held = holding(turns, pool, go)
        with pytest.raises(error), turns.turn(go_on):
            pass
        waiting(turns, 0)
        go.set()
        held.result(60)
    with turns.turn():
        pass


def test_a_turn_that_comes_to_somebody_who_is_leaving_goes_to_the_next() -> None:
    turns, go = Turns(working=1, waiting=9, seconds=60), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        held = holding(turns, pool, go)

        def leave_late() -> None:
            go.set()
            held.result(60)
            raise ConnectionError

        with pytest.raises(ConnectionError), turns.turn(leave_late):
            pass
    with turns.turn():
        pass


def test_a_fault_at_work_gives_the_turn_back() -> None:
    turns = Turns(working=1, waiting=0, seconds=0.1)
    for _ in range(3):
        with pytest.raises(ValueError, match="fault"), turns.place(), turns.turn():
            raise ValueError("fault")
