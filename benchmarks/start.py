"""How long a start takes and what a figure costs, for the published data and for the same data grown 10 and 100 times.

    .venv/bin/python -m benchmarks.start

The grown data have more editions of the same shape: each survey with figures comes again under other names and with earlier
reference periods, its texts made different, as real CSV files in a temporary folder that must pass ``python -m dashboard check``. Each
size is measured in a process of its own. *load* is from the folder to the validated Dataset, *index* from there to what every
request needs; neither holds the import of the program. *kB a figure* is what the Python objects and arrays of both hold
(tracemalloc), with everything that is read beside the figures, and how much the process has grown in memory (RSS).
"""

from __future__ import annotations

import csv
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from dashboard import charts  # noqa: F401 -- registers the types of charts that an address may name
from dashboard.dataset import load
from dashboard.query import DatasetIndex, build_index, view
from dashboard.selection import Selection, parse

DATA = Path(__file__).parents[1] / "data"
TIMES = (1, 10, 100)
RUNS = 5
EARLIEST = 1990
"""The first year that a reference period may begin."""
VIEW = "theme=drivers~collaboration~effects&country=DK&edition=dk-2020~dk-2023"
ONLY = f"{VIEW}&only=comparable"
_TABLES = ("surveys", "observations", "response_rates", "asked", "published_tests")
"""Tables with rows of a survey."""
_TEXTS = ("label_in_source_en", "locator", "note")

Line = dict[str, str]


def grown(folder: Path, times: int) -> None:
    """Write the published data with ``times`` editions in place of each."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("releases"))
    for table in (*_TABLES, "translations"):
        path = folder / f"{table}.csv"
        lines = _read(path)
        having = {
            line["survey_id"]
            for line in _read(DATA / "surveys.csv")
            if line["has_figures"] == "yes"
        }
        more = _translated if table == "translations" else _repeated
        _write(
            path,
            [*lines, *(again for copy in range(1, times) for again in more(lines, having, copy))],
        )
    # Editions in between change which neighbours are tested: what is claimed of the published ones need not hold.
    questions = _read(DATA / "questions.csv")
    _write(folder / "questions.csv", [line for line in questions if not line["claim"]])
    claimed = {line["question_id"] for line in questions if line["claim"]}
    for name in ("translations.csv", "synonyms.csv"):
        told = _read(folder / name)
        left = [line for line in told if line["list"] != "question" or line["code"] not in claimed]
        _write(folder / name, left)


def _repeated(lines: list[Line], having: set[str], copy: int) -> Iterator[Line]:
    """The rows of one more edition of each survey that has figures."""
    for line in lines:
        if line["survey_id"] in having:
            marked = {name: f"{line[name]} ({copy})" for name in _TEXTS if line.get(name)}
            yield {**_earlier(line, copy), **marked, "survey_id": f"{line['survey_id']}-x{copy}"}


def _earlier(line: Line, copy: int) -> Line:
    """A survey with its reference period some years before; any other row as it is."""
    years = {
        name: str(max(int(line[name]) - copy % 25, EARLIEST))
        for name in ("period_start", "period_end")
        if line.get(name)
    }
    return {**line, **years}


def _translated(lines: list[Line], having: set[str], copy: int) -> Iterator[Line]:
    for line in lines:
        survey, _, rest = line["code"].partition("~")
        if line["list"] in ("survey", "published_test") and survey in having:
            yield {**line, "code": f"{survey}-x{copy}" + (rest and f"~{rest}")}


def _read(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, lines: list[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def measure(folder: Path) -> str:
    """One line of the report, for the data of a folder; to be called in a fresh process."""
    build_index(load(DATA))  # Whatever the libraries make at their first use.
    gc.collect()
    before = _resident()
    began = time.perf_counter()
    dataset = load(folder)
    loaded = time.perf_counter()
    index = build_index(dataset)
    ready = time.perf_counter()
    gc.collect()
    grew = _resident() - before
    figures = len(dataset.observations)
    views = [parse(query, index.vocabulary).selection for query in (VIEW, ONLY)]
    made = [each for selection in views for each in _first_and_again(index, selection)]
    drawn = view(index, views[0]).figures
    del dataset, index
    gc.collect()
    tracemalloc.start()
    held = build_index(load(folder))
    gc.collect()
    kilobytes = tracemalloc.get_traced_memory()[0] / 1024 / held.size
    return (
        f"{figures:7,} | {loaded - began:6.2f} | {ready - loaded:6.2f} | {ready - began:6.2f} | {kilobytes:6.2f} | "
        f"{grew / 1024 / figures:6.2f} | {drawn:5} | " + " | ".join(f"{each:8.1f}" for each in made)
    )


def _first_and_again(index: DatasetIndex, selection: Selection) -> tuple[float, float]:
    """Milliseconds for the first view of a selection, and the median of those after it."""
    times = []
    for _ in range(1 + RUNS):
        began = time.perf_counter()
        view(index, selection)
        times.append(1000 * (time.perf_counter() - began))
    return times[0], statistics.median(times[1:])


def _resident() -> int:
    """Bytes of memory that the process holds."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Write the data of each size, check them and print what was measured."""
    print(
        "figures | load s | index s | together | kB a figure | kB RSS | drawn | view ms, first and again | only comparable"
    )
    with tempfile.TemporaryDirectory() as base:
        for times in TIMES:
            folder = Path(base) / str(times)
            grown(folder, times)
            for arguments in (["dashboard", "check"], ["benchmarks.start"]):
                subprocess.run([sys.executable, "-m", *arguments, str(folder)], check=True)  # noqa: S603


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(measure(Path(sys.argv[1])))
    else:
        main()
