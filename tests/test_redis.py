"""Several copies of the site with one Redis: what one has made all have, clients are counted together; without it, slower, never wrong."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis as client
from flask import Flask

from dashboard.settings import Settings
from dashboard.web import shared
from tests.support.files import SMALL, Pen
from tests.support.redis import Redis, running
from tests.test_limits import ask
from tests.test_workshop import COSTLY, desk


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A Redis that nobody else uses."""
    with running(tmp_path) as started:
        yield started


def copy(redis: Redis, a_minute: int = 0, **settings: object) -> tuple[Flask, Pen]:
    """One machine of the site."""
    pen = Pen()
    return desk(pen, Settings(drawings=a_minute, redis_url=redis.url, **settings))[0], pen


def stored(redis: Redis) -> client.Redis:
    return client.Redis(port=redis.port, protocol=2)


@pytest.mark.parametrize("path", COSTLY)
def test_what_one_copy_has_made_another_gives(redis: Redis, path: str) -> None:
    here, made = copy(redis)
    there, spared = copy(redis)
    first = ask(here, f"{path}?{SMALL}")
    second = ask(there, f"{path}?{SMALL}")
    assert (first.status_code, second.data) == (200, first.data)
    assert first.headers["ETag"] == second.headers["ETag"]
    assert spared.asked == []
    assert len(made.asked) == (path in {"/chart.png", "/chart.svg", "/view.zip"})


def test_a_stream_gives_what_another_copy_has_made(redis: Redis) -> None:
    here, _ = copy(redis)
    there, spared = copy(redis)
    whole = ask(here, f"/view.zip?{SMALL}").data
    assert ask(there, f"/bundle?{SMALL}").data.endswith(whole)
    assert spared.asked == []


def test_other_data_are_other_files(redis: Redis, folder: Path) -> None:
    here, _ = copy(redis)
    text = (folder / "sources.csv").read_text(encoding="utf-8")
    (folder / "sources.csv").write_text(f"{text}\n", encoding="utf-8")
    there, drawn = copy(redis, data=folder)
    first, second = (ask(each, f"/chart.png?{SMALL}") for each in (here, there))
    assert first.headers["ETag"] != second.headers["ETag"]
    assert len(drawn.asked) == 1


@pytest.mark.parametrize("spoilt", [b"", b"x", b"x" * 500])
def test_what_is_damaged_is_made_anew(redis: Redis, spoilt: bytes) -> None:
    here, _ = copy(redis)
    first = ask(here, f"/chart.png?{SMALL}")
    held = stored(redis)
    (key,) = held.keys("barometer:file:*")
    assert 0 < held.ttl(key) <= shared.KEPT
    held.set(key, spoilt)
    there, drawn = copy(redis)
    assert ask(there, f"/chart.png?{SMALL}").data == first.data
    assert len(drawn.asked) == 1
    held.delete(key)
    held.lpush(key, "a list")
    third, again = copy(redis)
    assert ask(third, f"/chart.png?{SMALL}").data == first.data
    assert len(again.asked) == 1


def test_clients_are_counted_over_all_copies(redis: Redis) -> None:
    copies = [copy(redis, a_minute=2)[0] for _ in range(3)]
    themes = ("drivers", "effects", "innovation")
    answers = [
        ask(each, f"/chart.svg?theme={theme}&country=DK").status_code
        for each, theme in zip(copies, themes, strict=True)
    ]
    assert answers == [200, 200, 429]
    assert ask(copies[0], f"/chart.svg?{SMALL}&view=dots", "192.0.2.2").status_code == 200
    assert all(0 < stored(redis).ttl(key) <= 60 for key in stored(redis).keys("LIMITS*"))


def test_without_redis_files_are_made_and_each_copy_counts_until_it_is_back(
    redis: Redis, monkeypatch: pytest.MonkeyPatch, lines: list[dict]
) -> None:
    monkeypatch.setattr(shared, "REST", 0.0)
    here, _ = copy(redis, a_minute=3)
    whole = ask(here, f"/chart.svg?{SMALL}").data
    redis.stop()
    views = ("dots", "heat", "compare", "bars&split=group", "change")
    lost = [ask(here, f"/chart.svg?theme=innovation&country=DK~SE&view={each}") for each in views]
    assert [answer.status_code for answer in lost] == [200, 200, 200, 429, 429]
    assert ask(here, f"/chart.svg?{SMALL}").data == whole
    assert {line["event"] for line in lines} == {"redis"}
    assert not [line for line in lines if "127.0.0.1" in str(line)]
    redis.start()
    assert ask(here, f"/chart.png?{SMALL}", "192.0.2.9").status_code == 200
    there, spared = copy(redis)
    assert ask(there, f"/chart.png?{SMALL}").status_code == 200
    assert spared.asked == []


def test_a_redis_that_answers_nothing_holds_nobody_up_for_long(redis: Redis) -> None:
    here, _ = copy(redis, a_minute=3)
    first = ask(here, f"/chart.svg?{SMALL}").data
    redis.hang()
    try:
        with ThreadPoolExecutor(4) as pool:
            paths = [f"/chart.svg?theme={each}&country=DK" for each in ("drivers", "innovation")]
            answers = list(pool.map(lambda path: ask(here, path).status_code, paths))
        assert answers == [200, 200]
        assert ask(here, f"/chart.svg?{SMALL}").data == first
    finally:
        redis.wake()


def test_a_start_without_redis_serves(tmp_path: Path) -> None:
    flask, pen = copy(Redis(tmp_path), a_minute=1)
    assert ask(flask, f"/chart.png?{SMALL}").status_code == 200
    assert ask(flask, f"/chart.png?{SMALL}&view=dots").status_code == 429
    assert len(pen.asked) == 1
