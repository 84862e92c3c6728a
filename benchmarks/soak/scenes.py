"""Scenes that are played on one place, one after the other: load, lost workers, slow clients, a lost Redis, drawings that hang, crowds."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks.service import Mix
from benchmarks.soak.outcome import Outcome, none_failed, percentile, promised, quick
from benchmarks.soak.place import WORKERS, Place, sampled, until
from benchmarks.soak.readers import Reply, asking, mixed, new_pages, pages, pictures
from benchmarks.soak.slow import slow_clients
from dashboard.render.renderer import TIMEOUT

READERS = 8
"""Who ask at the same time when capacity is measured; twice as many keep up a rate."""
PACE = 20.0
"""Pages a second that are read where something else is the matter."""
SHARE = 0.8
"""Of the capacity, that is asked for steadily."""
GIVEN = 250.0
"""Megabytes that no worker may come to: what docs/running.md has it given, and its part of what all share."""
SLOW = 400
PROMPT = 200.0
"""Milliseconds within which 95 of 100 pages come while others have pictures drawn."""
CROWD = 30


def capacity(place: Place, changes: Mix, seconds: float) -> tuple[Outcome, float]:
    """How much is answered a second when readers ask without a pause, once half of the time has filled the caches."""
    with asking(place.port, mixed(changes), READERS) as replies:
        time.sleep(seconds / 2)
        warm, began = len(replies), time.monotonic()
        time.sleep(seconds / 2)
        rate = (len(replies) - warm) / (time.monotonic() - began)
    seen = f"{rate:.0f} requests of all kinds a second, {READERS} readers"
    return Outcome("as much as it can", replies, seen, none_failed(replies)), rate


def steady(place: Place, changes: Mix, rate: float, seconds: float, growth: float) -> Outcome:
    """``SHARE`` of the capacity: nobody is let down, memory of no worker grows by more than the part ``growth`` between the halves."""
    with (
        sampled(place, seconds / 40) as memory,
        asking(place.port, mixed(changes, 7), 2 * READERS, SHARE * rate) as replies,
    ):
        time.sleep(seconds)
    broken = (
        *none_failed(replies),
        *promised(
            memory.grown() <= growth,
            f"Memory of a worker grew by {memory.grown():.0%} between the halves.",
        ),
        *promised(memory.largest <= GIVEN, f"A worker came to {memory.largest:.0f} MB."),
    )
    seen = f"{SHARE * rate:.0f} a second asked for, {len(memory.resident)} workers, greatest growth {memory.grown():+.1%}"
    return Outcome(f"{SHARE:.0%} of that", replies, seen, broken, memory.largest)


def lost_workers(
    place: Place, changes: Mix, rate: float, seconds: float, every: float = 20
) -> Outcome:
    """Workers are killed one after the other, in the midst of what they do."""
    killed = 0
    with (
        sampled(place, seconds / 40) as memory,
        asking(place.port, mixed(changes, 11), 2 * READERS, SHARE / 2 * rate) as replies,
    ):
        end = time.monotonic() + seconds
        while time.monotonic() + every < end:
            time.sleep(every)
            copy = place.copies[killed % len(place.copies)]
            os.kill(copy.workers()[0], signal.SIGKILL)
            killed += 1
        time.sleep(max(end - time.monotonic(), 0))
    pages_only = [each for each in replies if not each.costly]
    back = until(lambda: all(len(each.workers()) == WORKERS for each in place.copies), 30)
    broken = (*none_failed(pages_only), *promised(back, "A killed worker did not come back."))
    lost = sum(each.failed for each in replies) - sum(each.failed for each in pages_only)
    seen = f"{killed} workers killed, {lost} files lost in the making"
    return Outcome("workers killed", replies, seen, broken, memory.largest)


def slow(place: Place, seconds: float) -> Outcome:
    """Slow clients through nginx, while others read."""
    with (
        slow_clients(place.port, SLOW) as let_go,
        asking(place.port, pages(), READERS, PACE) as replies,
    ):
        time.sleep(seconds)
    seen = f"{SLOW} slow clients all the time, {let_go[0]} let go"
    return Outcome("slow clients", replies, seen, none_failed(replies))


def redis_lost(place: Place, seconds: float) -> Outcome:
    """Redis is gone, back, hangs, and answers again, while files and pages are asked for."""
    with (
        asking(place.port, pages(13), READERS, PACE) as read,
        asking(place.port, pictures(seed=13), 2, 4) as drawn,
    ):
        for change in (
            place.redis.stop,
            place.redis.start,
            place.redis.hang,
            place.redis.wake,
            lambda: None,
        ):
            time.sleep(seconds / 5)
            change()
    replies = [*read, *drawn]
    made = sum(each.status == 200 for each in drawn)
    broken = (
        *none_failed(replies),
        *promised(made > 0, "No picture was made."),
        *promised(
            any("redis" in copy.said() for copy in place.copies), "No copy said that Redis is gone."
        ),
    )
    slowest = percentile([each.seconds for each in drawn], 1)
    seen = (
        f"gone, back, hung, awake; {made} of {len(drawn)} pictures made, slowest {slowest:,.0f} ms"
    )
    return Outcome("Redis lost", replies, seen, broken)


def hung_drawing(place: Place) -> Outcome:
    """Every helper stops: who waits for its drawing is told in time, it is ended, and others draw."""
    with asking(place.port, pictures(seed=17), READERS):
        until(lambda: all(len(copy.helpers()) > WORKERS for copy in place.copies), 20)
    stopped = [helper for copy in place.copies for helper in copy.helpers()]
    for helper in stopped:
        os.kill(helper, signal.SIGSTOP)
    began = time.monotonic()
    with asking(place.port, pages(19), READERS, PACE) as read:
        with asking(place.port, pictures(seed=19), 2 * READERS, PACE / 4) as hung:
            ended = until(lambda: not _left(place, stopped), 2 * TIMEOUT)
            waited = time.monotonic() - began
        with asking(place.port, islice(pictures(seed=23), 4), 2) as after:
            until(lambda: len(after) == 4, TIMEOUT)
    for helper in _left(place, stopped):
        os.kill(helper, signal.SIGKILL)
    told = sum(each.status == 503 for each in hung)
    broken = (
        *none_failed((*read, *hung, *after)),
        *promised(ended, "A helper that hangs was not ended."),
        *promised(told > 0, "Nobody was told that a drawing takes too long."),
        *promised(
            [each.status for each in after] == [200] * 4, "Nothing was drawn when they had ended."
        ),
    )
    seen = f"{len(stopped)} helpers stopped, ended within {waited:.0f} s; {told} of {len(hung)} asked to try again, then 4 drawn"
    return Outcome("drawings that hang", read, seen, broken)


def _left(place: Place, helpers: list[int]) -> set[int]:
    """Which of these helpers still live."""
    return {helper for copy in place.copies for helper in copy.helpers()} & set(helpers)


def crowd_of_drawings(place: Place, seconds: float) -> Outcome:
    """Clients ask one copy for the largest pictures without a pause, while two readers open known pages and new ones.

    The same two read alone before: where the machine is so busy with other things that half of what is promised passes then,
    nothing is judged.
    """
    port, new = place.copies[0].port, new_pages(29)
    alone = _two_readers(port, new, seconds / 2)
    with asking(port, pictures(4, 29), CROWD) as drawn:
        read = _two_readers(port, new, seconds)
    before, p95 = ([percentile(quick(each), 0.95) for each in part] for part in (alone, read))
    made = sum(each.status == 200 for each in drawn)
    judged = max(before) <= PROMPT / 2
    broken = (
        *none_failed((*read[0], *read[1], *drawn)),
        *promised(
            not judged or max(p95) < PROMPT, f"95 of 100 pages came within {max(p95):.0f} ms."
        ),
    )
    seen = (
        f"{CROWD} clients, {made} pictures made, {len(drawn) - made:,} refused; p95 of known pages {p95[0]:.0f} ms "
        f"(alone {before[0]:.0f}), of new ones {p95[1]:.0f} ms (alone {before[1]:.0f})"
        f"{'' if judged else '; the machine is too busy to judge'}"
    )
    return Outcome("pictures of 33 megapixels", [*read[0], *read[1]], seen, broken)


def _two_readers(
    port: int, new: Iterator[str], seconds: float
) -> tuple[Sequence[Reply], Sequence[Reply]]:
    """What one reader was answered who opens known pages, and one who opens new ones."""
    with asking(port, pages(29), 1) as known, asking(port, new, 1) as fresh:
        time.sleep(seconds)
    return known, fresh
