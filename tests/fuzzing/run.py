"""Send what the generators make to a site, four at a time, and count what comes back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.fuzzing.generators import Generator
from tests.fuzzing.judge import findings
from tests.fuzzing.messages import Attempt, Reply, send
from tests.support.server import Site

TOGETHER = 4
"""Attempts that are under way at a time."""
BATCH = 500
"""Attempts that are made at a time, after which the clock is looked at."""
TOLD = 10
"""Findings of a generator that are told in full."""


@dataclass
class Row:
    """What has come of the attempts of one generator."""

    name: str
    told: str
    tries: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    """Seconds."""
    longest_refusal: int = 0
    """Bytes."""
    longest: int = 0
    """Bytes of any answer."""
    found: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, attempt: Attempt, reply: Reply) -> None:
        """Count an answer."""
        self.tries += 1
        self.statuses[reply.status] += 1
        self.slowest = max(self.slowest, reply.seconds)
        self.longest = max(self.longest, len(reply.body))
        if reply.status >= 400:
            self.longest_refusal = max(self.longest_refusal, len(reply.body))
        if wrong := findings(attempt, reply):
            self.found += 1
            if len(self.examples) < TOLD:
                self.examples.append(f"{'; '.join(wrong)}\n    {attempt.message[:1500]!r}")


def attack(generator: Generator, web: Site, tries: int, seed: int, seconds: float) -> Row:
    """Send up to ``tries`` attempts of a generator; none after ``seconds``."""
    host, port = web.netloc.split(":")
    ask = partial(send, place=(host, int(port)))
    row, end, batch = Row(generator.name, generator.told), time.monotonic() + seconds, 0
    with ThreadPoolExecutor(TOGETHER) as together:
        while row.tries < tries and time.monotonic() < end:
            attempts = generator.attempts(web, min(BATCH, tries - row.tries), seed + batch)
            if not attempts:
                break
            for attempt, reply in zip(attempts, together.map(ask, attempts), strict=True):
                row.add(attempt, reply)
            batch += 1
    return row


def health(web: Site, process: int, log: Path, before: Sequence[int]) -> list[str]:
    """What is wrong with the site after all: workers lost of those ``before``, exceptions in its log, a home that does not come."""
    found = []
    if web.ask("/healthz").status != 200 or web.ask("/").status != 200:
        found.append("the site does not answer")
    if workers(process, len(before), 1) != before:
        found.append("a worker was lost")
    said = log.read_text(encoding="utf-8", errors="replace")
    wrong = [
        line for line in said.splitlines() if '"event": "exception"' in line or "Traceback" in line
    ]
    found.extend(f"log: {line[:2000]}" for line in wrong[:TOLD])
    return found


def workers(process: int, number: int, seconds: float = 20) -> list[int]:
    """The ``number`` workers of a server, once they have started; none where there are others, or the system does not tell."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    end = time.monotonic() + seconds
    while listed.exists() and time.monotonic() < end:
        found = sorted(map(int, listed.read_text().split()))
        if len(found) == number:
            return found
        time.sleep(0.1)
    return []


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown."""
    head = "| generator | tries | statuses | slowest, s | longest refusal, bytes | findings |"
    lines = [head, "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        statuses = ", ".join(
            f"{status or 'closed'} x {number:,}" for status, number in sorted(row.statuses.items())
        )
        lines.append(
            f"| {row.name}: {row.told} | {row.tries:,} | {statuses} | {row.slowest:.1f} | {row.longest_refusal:,} | {row.found} |"
        )
    return "\n".join(lines)
