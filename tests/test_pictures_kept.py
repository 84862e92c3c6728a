"""The pictures drawn last: drawn once, kept, and named by what they are made of."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import render
from dashboard.render import Kept


def test_a_picture_is_drawn_once_and_kept():
    pictures, drawn = Kept(room=10), []

    def make(name: str) -> bytes:
        drawn.append(name)
        return name.encode() * 5

    for name in "aabab":
        assert pictures.get(name, lambda name=name: make(name)) == name.encode() * 5
    assert drawn == ["a", "b"]
    pictures.get("c", lambda: make("c"))  # "a" is the one that was asked for longest ago
    pictures.get("b", lambda: make("b"))
    assert drawn == ["a", "b", "c"]
    pictures.get("a", lambda: make("a"))
    assert drawn == ["a", "b", "c", "a"]
    assert pictures.taken == 10
    assert pictures.get("large", lambda: b"x" * 11) == b"x" * 11
    assert pictures.taken == 10


def test_who_asks_meanwhile_waits_for_the_same_drawing():
    pictures, go, drawn = Kept(10), threading.Event(), []

    def make() -> bytes:
        drawn.append(1)
        go.wait(60)
        return b"one"

    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(pictures.get, "key", make) for _ in range(8)]
        go.set()
        assert {job.result(60) for job in jobs} == {b"one"}
    assert len(drawn) == 1


def test_a_failed_drawing_is_told_and_forgotten():
    pictures = Kept(10)
    with pytest.raises(render.Busy):
        pictures.get("key", lambda: (_ for _ in ()).throw(render.Busy("full")))
    assert pictures.get("key", lambda: b"fine") == b"fine"


def test_a_digest_tells_every_part_apart():
    assert render.digest("a", "b") == render.digest("a", "b")
    assert (
        len(
            {
                render.digest(*parts)
                for parts in (("a", "b"), ("ab", ""), ("a", "b", ""), ("b", "a"), ("a~b",))
            }
        )
        == 5
    )


class Stopped(render.GivenUp):
    pass


def test_where_the_maker_gives_up_another_who_waits_makes_it() -> None:
    pictures, go = Kept(10), threading.Event()

    def give_up() -> bytes:
        go.wait(60)
        raise Stopped

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(pictures.get, "key", give_up)
        while "key" not in pictures._coming:
            time.sleep(0.005)
        second = pool.submit(pictures.get, "key", lambda: b"mine")
        while pictures.others("key") == 0:
            time.sleep(0.005)
        go.set()
        with pytest.raises(Stopped):
            first.result(60)
        assert second.result(60) == b"mine"
    assert pictures.find("key") == b"mine"
    assert pictures.others("key") == 0


def test_who_waits_may_stop_waiting() -> None:
    pictures, go = Kept(10), threading.Event()

    def stop(_: object) -> bytes:
        raise Stopped

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(pictures.get, "key", lambda: go.wait(60) and b"one")
        while "key" not in pictures._coming:
            time.sleep(0.005)
        with pytest.raises(Stopped):
            pictures.get("key", lambda: b"two", stop)
        assert pictures.others("key") == 0
        go.set()
        assert first.result(60) == b"one"


def test_what_is_kept_again_takes_its_room_once() -> None:
    pictures = Kept(10)
    for _ in range(3):
        pictures.keep("key", b"12345")
    assert (pictures.taken, pictures.find("key"), pictures.find("other")) == (5, b"12345", None)
