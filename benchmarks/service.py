"""How long the server works on a change of a filter, and how many changes a second it answers."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks import tools
from benchmarks.changes import Change, Client, NotRecorded, Recorded, first_changes, walk
from benchmarks.processes import HOST, ended, last_line

COMMON = 50
SHARE = 0.8
"""Of the requests, for the commonest addresses."""
TAIL = 1200
SECONDS_TO_WALK = 45
CONNECTIONS = (1, 2, 4, 8, 16)
SLOWEST = 100
"""Milliseconds that 99 of 100 answers may take."""
SEED = 20261127


@dataclass(frozen=True)
class Mix:
    """Changes that many readers ask for, and those that hardly anyone does."""

    common: tuple[Change, ...]
    tail: tuple[Change, ...]


@dataclass(frozen=True)
class Rate:
    """Changes a second with so many connections, and milliseconds within which 99 of 100 are answered."""

    connections: int
    rate: float
    p99: float


def mix(port: int, recorded: Recorded, tail: int = TAIL) -> Mix:
    """The single changes of the home, and as many of the changes that follow them as there is time for."""
    with Client(port) as client:
        common = tuple(islice(first_changes(client, recorded), COMMON))
        known = {change.body for change in common}
        found: dict[str, Change] = {}
        end = time.monotonic() + SECONDS_TO_WALK
        for change in walk(client, recorded, random.Random(SEED)):  # noqa: S311 -- repeatable
            if change.body not in known:
                found.setdefault(change.body, change)
            if len(found) >= tail or time.monotonic() > end:
                break
        return Mix(common, tuple(found.values()))


def times(port: int, changes: Sequence[Change]) -> tuple[list[float], list[float]]:
    """Milliseconds of each change on one connection: when it is new to the server, and when it is known.

    From the request to the end of its answer, over loopback, one after the other.
    """
    new: list[float] = []
    known: list[float] = []
    with Client(port) as client:
        client.get("/")
        for change in changes:
            for found in (new, known):
                began = time.perf_counter()
                client.post(change)
                found.append(1000 * (time.perf_counter() - began))
    return new, known


def rates(port: int, mixed: Mix, folder: Path, seconds: int) -> list[Rate]:
    """Changes a second for each number of connections, 80 of 100 for the commonest addresses."""
    tools.install()
    chance = random.Random(SEED)  # noqa: S311 -- repeatable
    tail = list(range(COMMON, COMMON + len(mixed.tail)))
    chance.shuffle(tail)
    _run(port, mixed, [_turns(chance, [], 200) for _ in range(4)], folder, seconds)
    found = []
    for number, connections in enumerate(CONNECTIONS):
        mine = tail[number :: len(CONNECTIONS)]
        turns = [
            _turns(chance, mine[connection::connections], 2000) for connection in range(connections)
        ]
        found.append(_run(port, mixed, turns, folder, seconds))
    return found


def best(found: Sequence[Rate]) -> Rate:
    """The most changes a second of which 99 in 100 come in time; NotRecorded where none do."""
    fit = [rate for rate in found if rate.p99 < SLOWEST]
    if not fit:
        least = min(found, key=lambda rate: rate.p99)
        told = f"{least.rate:.0f} a second, 99 of 100 within {least.p99:.0f} ms"
        raise NotRecorded(f"no number of connections keeps within {SLOWEST} ms; best: {told}")
    return max(fit, key=lambda rate: rate.rate)


def _turns(chance: random.Random, tail: Sequence[int], length: int) -> list[int]:
    """Which change follows which on one connection; each of the tail once, then the next time round."""
    turns: list[int] = []
    rare = 0
    for _ in range(length):
        if tail and chance.random() >= SHARE:
            turns.append(tail[rare % len(tail)])
            rare += 1
        else:
            turns.append(chance.randrange(COMMON))
    return turns


def _run(port: int, mixed: Mix, turns: list[list[int]], folder: Path, seconds: int) -> Rate:
    plan = {
        "modules": str(tools.FOLDER),
        "url": f"http://{HOST}:{port}",
        "seconds": seconds,
        "turns": turns,
        "changes": [
            {"path": change.path, "headers": dict(change.headers), "body": change.body}
            for change in (*mixed.common, *mixed.tail)
        ],
    }
    path = folder / "load.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    command = [tools.node(), str(tools.LISTED / "load.cjs"), str(path)]
    done = ended(command, seconds + 60)
    if not done.well:
        raise NotRecorded(f"load.cjs: {last_line(done.err)}")
    told = json.loads(done.out)
    if told["bad"]:
        raise NotRecorded(f"{told['bad']} requests were not answered with success")
    return Rate(len(turns), told["rate"], told["p99"])
