"""Memory of the processes of the site, after start and after many requests of every kind."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.changes import Change, Client, NotRecorded
from benchmarks.service import Mix

REQUESTS = 5000
READERS = 4
SECONDS = 150
"""For REQUESTS; what takes longer is given up."""
LANGUAGES = ("en", "da", "nb", "sv", "fi")
THEMES = ("drivers", "collaboration", "effects", "innovation", "conditions", "barriers")
VIEWS = ("compare", "bars", "dots", "scale", "change", "heat", "table")
COUNTRIES = ("DK", "NO", "SE", "FI", "IS", "DK~SE", "DK~NO", "DK~NO~SE~IS")
TEXTS = ("/countries", "/country/dk", "/country/se", "/sources", "/method", "/changes")
FILES = ("/data.csv", "/data.json", "/data.xlsx", "/slides.pptx", "/view.zip")
KINDS = {"change": 45, "page": 40, "text": 8, "picture": 4, "file": 3}
"""Kind of request -> how many of a hundred."""
WEIGHTS = (40, 30, 20, 8, 2)
"""Of FILES."""


@dataclass(frozen=True)
class Held:
    """Megabytes of the largest worker, and of all processes of the site together."""

    resident: float
    proportional: float
    together: float


def held(server: int) -> Held:
    """Memory of the site whose server has this process number; FileNotFoundError where the system does not tell."""
    workers = children(server)
    family = [server]
    for member in family:
        family.extend(children(member))
    return Held(
        max(megabytes(worker, "Rss") for worker in workers),
        max(megabytes(worker, "Pss") for worker in workers),
        sum(megabytes(member, "Pss") for member in family),
    )


def children(process: int) -> list[int]:
    """Process numbers of those that a process has started and that live."""
    return [child for child, parent in _parents().items() if parent == process]


def _parents() -> dict[int, int]:
    """Process -> the one that started it."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = folder.joinpath("stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    return found


def megabytes(process: int, kind: str) -> float:
    """Memory of a process, ``Rss`` or ``Pss``; FileNotFoundError where it is gone."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(rf"^{kind}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def requests(mixed: Mix, number: int, seed: int) -> Iterator[Change | str]:
    """Changes of filters and addresses of pages, pictures and files, in every language."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    kinds = chance.choices(list(KINDS), list(KINDS.values()), k=number)
    changes = (*mixed.common, *mixed.tail)
    for kind in kinds:
        theme, view = chance.choice(THEMES), chance.choice(VIEWS[:-1])
        where = f"theme={theme}&view={view}&country={chance.choice(COUNTRIES)}&lang={chance.choice(LANGUAGES)}"
        if kind == "change":
            yield chance.choice(changes)
        elif kind == "page":
            yield f"/?{where}"
        elif kind == "text":
            yield f"{chance.choice(TEXTS)}?lang={chance.choice(LANGUAGES)}"
        elif kind == "picture":
            yield f"/chart.png?{where}&scale={chance.choice((1, 2))}"
        else:
            yield f"{chance.choices(FILES, WEIGHTS)[0]}?{where}"


def ask(port: int, asked: Sequence[Change | str]) -> int:
    """Ask for all of it by several readers at a time; how many were not answered with a view or file.

    NotRecorded where it takes too long.
    """
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(READERS) as pool:
        parts = [asked[reader::READERS] for reader in range(READERS)]
        done = list(pool.map(lambda part: _read(port, part, end), parts))
    read = sum(number for number, _ in done)
    if read < len(asked):
        raise NotRecorded(f"{read:,} of {len(asked):,} requests were answered in {SECONDS} seconds")
    return sum(refused for _, refused in done)


def _read(port: int, asked: Sequence[Change | str], end: float) -> tuple[int, int]:
    """(answers, answers that refuse: a view may have no figure to draw)."""
    refused = 0
    with Client(port) as client:
        for number, each in enumerate(asked):
            if time.monotonic() > end:
                return number, refused
            try:
                if isinstance(each, str):
                    client.get(each)
                else:
                    client.post(each)
            except NotRecorded:
                refused += 1
    return len(asked), refused
