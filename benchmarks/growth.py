"""What grows with the data and what does not: the published figures 1, 10, 100 and 1,000 times, in up to 300 countries.

    .venv/bin/python -m benchmarks.growth [LARGEST]

``LARGEST`` is the most copies, 1,000 where none is given. The copies are like the published data: each survey with figures comes
again, with its breaks, tests and translations, in a country of its own while there are fewer than 300, then with earlier reference
periods. Each size is real CSV files in a temporary folder and is measured in a process of its own. Processor time, not time of the
clock: the machine may be doing something else. ``rows`` gives the table as values.
"""

from __future__ import annotations

import csv
import gc
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
EARLIEST = 1990
"""The first year that a reference period may begin."""
TIMES = (1, 10, 100, 1000)
WORLDS = 50
"""Times that the six countries are there, under other names, before further copies become earlier editions."""
VIEW = "theme=drivers&country=DK&edition=dk-2020~dk-2023"
"""A view that no copy adds a figure to."""
LANGUAGES = ("en", "da", "nb", "sv", "fi")
COLUMNS = (
    "figures",
    "countries",
    "editions",
    "load s",
    "index s",
    "kB RSS a figure",
    "view ms",
    "start to first page s",
    "page ms",
    "page kB",
    "page kB gzip",
    "csv bytes",
)
_TABLES = ("surveys", "observations", "response_rates", "asked", "published_tests")
"""Tables with rows of a survey."""

LONGEST = 300
"""Seconds that a size may take; what would come later is not measured."""

Line = dict[str, str]
Row = tuple[float | None, ...]


class Copy:
    """One copy of the published data, under other names."""

    def __init__(self, number: int, surveys: set[str]) -> None:
        self._number, self._surveys = number, surveys
        self._world, self._years_back = number % WORLDS, number // WORLDS

    def country(self, code: str) -> str:
        """A country, which is another one in each world but the first."""
        return f"{code}{self._world}" if self._world else code

    @property
    def founds(self) -> bool:
        """Whether this is the first copy in its countries."""
        return not self._years_back and self._world > 0

    def name(self, text: str) -> str:
        """The name of a survey or a break."""
        return f"{text}-x{self._number}"

    def of(self, table: str, line: Line) -> Line | None:
        """The row of a table in this copy; None where it has none."""
        if table == "translations":
            return self._translation(line)
        if table == "codes":
            return self._code(line)
        if table == "breaks":
            ends = {name: self.name(line[name]) for name in ("from_survey", "to_survey")}
            known = {line["from_survey"], line["to_survey"]} <= self._surveys
            return {**line, **ends, "break_id": self.name(line["break_id"])} if known else None
        if line["survey_id"] not in self._surveys:
            return None
        return {**self._survey(table, line), "survey_id": self.name(line["survey_id"])}

    def _survey(self, table: str, line: Line) -> Line:
        if table != "surveys":
            return line
        years = {
            name: str(max(int(line[name]) - self._years_back, EARLIEST))
            for name in ("period_start", "period_end")
            if line[name]
        }
        return {**line, **years, "country": self.country(line["country"])}

    def _code(self, line: Line) -> Line | None:
        if line["list"] != "country" or not self.founds:
            return None
        return {
            **line,
            "code": self.country(line["code"]),
            "label_en": f"{line['label_en']} {self._world}",
        }

    def _translation(self, line: Line) -> Line | None:
        survey, _, rest = line["code"].partition("~")
        if line["list"] in ("survey", "published_test") and survey in self._surveys:
            return {**line, "code": self.name(survey) + (rest and f"~{rest}")}
        if line["list"] == "break":
            return {**line, "code": self.name(line["code"])}
        if line["list"] == "country" and self.founds:
            label = f"{line['label']} {self._world}"
            return {**line, "code": self.country(line["code"]), "label": label}
        return None


def grown(folder: Path, times: int) -> None:
    """Write the published data ``times`` times; all of it that has no copies once."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("releases"))
    surveys = {each["survey_id"] for each in _read("surveys") if each["has_figures"] == "yes"}
    copies = [Copy(number, surveys) for number in range(1, times)]
    # What is claimed of the published figures need not hold beside others.
    claimed = {each["question_id"] for each in _read("questions") if each["claim"]}
    for table in ("questions", "synonyms", "translations", "codes", "breaks", *_TABLES):
        lines = [each for each in _read(table) if _kept(table, each, claimed)]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
            writer.writeheader()
            more = () if table in ("questions", "synonyms") else _repeated(table, lines, copies)
            written: Iterable[Line] = chain(lines, more)
            if table == "codes":
                # The rows of one list stand together.
                lists = list(dict.fromkeys(line["list"] for line in lines))
                written = sorted(written, key=lambda line: lists.index(line["list"]))
            writer.writerows(written)


def _kept(table: str, line: Line, claimed: set[str]) -> bool:
    if table == "questions":
        return not line["claim"]
    of_question = table in ("synonyms", "translations") and line["list"] == "question"
    return not (of_question and line["code"] in claimed)


def _repeated(table: str, lines: list[Line], copies: list[Copy]) -> Iterator[Line]:
    for copy in copies:
        for line in lines:
            if (made := copy.of(table, line)) is not None:
                yield made


def _read(table: str) -> list[Line]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(folder: Path) -> Iterator[tuple[float, ...]]:
    """One line of the table, for the data of a folder, as far as it is known: first without the site, then whole.

    To be called in a fresh process.
    """
    from dashboard.dataset import load
    from dashboard.query import build_index, view
    from dashboard.selection import parse
    from dashboard.settings import Settings
    from dashboard.web import create_app

    build_index(load(DATA))  # Whatever the libraries make at their first use.
    gc.collect()
    before, began = _resident(), time.process_time()
    dataset = load(folder)
    loaded = time.process_time()
    index = build_index(dataset)
    ready = time.process_time()
    gc.collect()
    grew = _resident() - before
    figures = len(dataset.observations)
    selection = parse(VIEW, index.vocabulary).selection
    view(index, selection)
    viewed = statistics.median(_milliseconds(lambda: view(index, selection)) for _ in range(5))
    of_data = (
        figures,
        len(dataset.codes["country"]),
        len(dataset.surveys),
        loaded - began,
        ready - loaded,
        grew / 1024 / figures,
        viewed,
    )
    yield of_data
    made = time.process_time()
    client = create_app(Settings(data=folder), dataset).test_client()
    started = loaded - began + time.process_time() - made
    # No page is made twice: the time is that of a view that nobody has asked for.
    for language in LANGUAGES:
        client.get(f"/?theme=drivers&country=SE&lang={language}")
    pages = [_milliseconds(partial(client.get, f"/?{VIEW}&lang={each}")) for each in LANGUAGES]
    page = client.get(f"/?{VIEW}").data
    table = client.get(f"/data.csv?{VIEW}").data
    yield (
        *of_data,
        started,
        statistics.median(pages),
        len(page) / 1000,
        len(gzip.compress(page)) / 1000,
        len(table),
    )


def _milliseconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return 1000 * (time.process_time() - began)


def _resident() -> int:
    """Bytes of memory that the process holds."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def rows(largest: int = TIMES[-1]) -> list[Row]:
    """A row of ``COLUMNS`` for each size, each measured in a process of its own; None for what LONGEST ended."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as base:
        for times in (each for each in TIMES if each <= largest):
            folder = Path(base) / str(times)
            grown(folder, times)
            command = [sys.executable, "-m", "benchmarks.growth", "--measure", str(folder)]
            found.append(_measured(command, times))
            shutil.rmtree(folder)
    return found


def _measured(command: list[str], times: int) -> Row:
    """What a process measured, as far as it came in the time that is waited."""
    try:
        said = subprocess.run(  # noqa: S603
            command, check=True, stdout=subprocess.PIPE, timeout=LONGEST
        ).stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    published = sum(1 for _ in _read("observations"))
    lines = [line for line in said.splitlines() if line.startswith(b"[")]
    known = json.loads(lines[-1]) if lines else [published * times]
    return (*known, *(None for _ in COLUMNS[len(known) :]))


def table(found: list[Row]) -> str:
    """The rows as a table of Markdown."""
    numbers = [
        ["–" if cell is None else f"{cell:.3g}" if cell < 1000 else f"{cell:,.0f}" for cell in row]
        for row in found
    ]
    lines = [COLUMNS, ("---:",) * len(COLUMNS), *numbers]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        for known in measure(Path(sys.argv[2])):
            print(json.dumps(known), flush=True)
    else:
        print(table(rows(*map(int, sys.argv[1:2]))))
