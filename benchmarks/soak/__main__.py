"""What befalls a site that is up, played on real processes of this machine: ``make soak``.

    .venv/bin/python -m benchmarks.soak            # a quarter of an hour
    .venv/bin/python -m benchmarks.soak --quick    # three minutes, to try

Two copies with two workers each, the nginx of ``deploy/`` before them, one Redis; nothing leaves the machine. Prints a table, and ends with
status 1 where a promise of docs/reliability.md did not hold, each of which is named.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

from benchmarks.processes import NotStarted
from benchmarks.proxy import ProxyUnavailable
from benchmarks.soak import data, scenes
from benchmarks.soak.outcome import Outcome, table
from benchmarks.soak.place import Place, put_up
from benchmarks.soak.readers import mix


@dataclass(frozen=True)
class Lengths:
    """Seconds of each scene that has a length, and between two workers that are killed (``every``)."""

    capacity: float
    steady: float
    killed: float
    every: float
    slow: float
    redis: float
    crowd: float
    growth: float
    """Part by which memory of a worker may grow between the halves of the steady scene; in a short one caches still fill."""


FULL = Lengths(60, 300, 180, 20, 90, 60, 60, 0.05)
QUICK = Lengths(10, 20, 16, 5, 12, 10, 10, 0.15)


def play(place: Place, lengths: Lengths) -> Iterator[Outcome]:
    """Every scene, one after the other."""
    changes = mix(place.port)
    first, rate = scenes.capacity(place, changes, lengths.capacity)
    yield first
    others: tuple[Callable[[], Outcome], ...] = (
        lambda: scenes.steady(place, changes, rate, lengths.steady, lengths.growth),
        lambda: scenes.lost_workers(place, changes, rate, lengths.killed, lengths.every),
        lambda: scenes.slow(place, lengths.slow),
        lambda: scenes.redis_lost(place, lengths.redis),
        lambda: scenes.hung_drawing(place),
        lambda: scenes.crowd_of_drawings(place, lengths.crowd),
        lambda: data.data_replaced(place),
        lambda: data.full_disk(place),
    )
    for scene in others:
        yield scene()


def main() -> int:
    """Play and report; 1 where a promise is broken or the place cannot be put up."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description="Try the site.")
    parser.add_argument("--quick", action="store_true", help="three minutes, to try")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    began, outcomes = time.monotonic(), []
    try:
        with put_up() as place:
            for outcome in play(place, QUICK if asked.quick else FULL):
                outcomes.append(outcome)
                minutes = (time.monotonic() - began) / 60
                print(f"{minutes:5.1f} min  {outcome.scene}", file=sys.stderr, flush=True)
    except (NotStarted, ProxyUnavailable) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing is reported.", file=sys.stderr)
        return 130
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{os.cpu_count()} cores, load at the end {load}\n")
    print(table(outcomes))
    return int(any(outcome.broken for outcome in outcomes))


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
