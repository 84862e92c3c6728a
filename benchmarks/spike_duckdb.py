"""A spike: the figures of a view read from Parquet by DuckDB, beside the same from the index over pandas.

    .venv/bin/python -m benchmarks.spike_duckdb [TIMES...]

Each size (100 and 1,000 times the published data where none is given, as ``benchmarks.growth`` makes them) is measured in two
processes: this program's index in its own environment, DuckDB in one under ``.cache/bench`` with ``spike_duckdb.txt``. Both must
find the same figures. Times are processor time of all threads, medians of RUNS; memory is what the process has grown by.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / ".cache" / "bench" / "spike_duckdb"
REQUIREMENTS = Path(__file__).with_suffix(".txt")
VIEW = "view=bars&theme=drivers&country=DK&edition=dk-2020~dk-2023"
SIZES = (100, 1000)
RUNS = 21


def of_index(folder: Path, csv: Path) -> list[Any]:
    """[positions, ms, MB, s to load] with the index; writes the figures for DuckDB. To be called in a fresh process."""
    from dashboard import charts  # noqa: F401 -- registers the types of charts
    from dashboard.dataset import load
    from dashboard.query import build_index
    from dashboard.query.filtering import filter_mask
    from dashboard.selection import parse

    before, began = _resident(), time.process_time()
    index = build_index(load(folder))
    loaded = time.process_time() - began
    grew = _resident() - before
    selection = parse(VIEW, index.vocabulary).selection
    figures = index.dataset.observations

    def read() -> list[int]:
        found: list[int] = filter_mask(index, selection).nonzero()[0].tolist()
        figures._made.clear()
        for position in found:
            figures[position]
        return found

    times = [_milliseconds(read) for _ in range(RUNS)]
    positions = read()
    # The kinds of figures are told apart in the index, not in the address: the view has the undivided ones of surveys.
    figures.table.to_csv(csv, index_label="position")
    return [positions, statistics.median(times), grew / 1e6, loaded]


WHERE = (
    "theme = 'drivers' AND country = 'DK' AND survey_id IN ('dk-2020', 'dk-2023')"
    " AND coalesce(dimension, '') = ''"
)
"""What VIEW asks for, as a condition on the columns of the figures."""


def to_parquet(csv: Path, parquet: Path) -> list[float]:
    """[s to write, MB of the file]. To be called in the environment with DuckDB, as the next."""
    import duckdb

    began = time.process_time()
    duckdb.execute(
        f"COPY (SELECT * FROM read_csv('{csv}', all_varchar=true)) TO '{parquet}' (FORMAT parquet)"  # noqa: S608
    )
    return [time.process_time() - began, parquet.stat().st_size / 1e6]


def of_duckdb(parquet: Path) -> list[Any]:
    """[positions, ms, MB] of the same figures by DuckDB on one thread, library included. To be called in a fresh process."""
    before = _resident()
    import duckdb

    base = duckdb.connect()
    base.execute("SET threads = 1")

    def read() -> list[int]:
        rows = base.execute(f"SELECT * FROM '{parquet}' WHERE {WHERE}").fetchall()  # noqa: S608
        return sorted(int(row[0]) for row in rows)

    times = [_milliseconds(read) for _ in range(RUNS)]
    return [read(), statistics.median(times), (_resident() - before) / 1e6]


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _milliseconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return 1000 * (time.process_time() - began)


def environment() -> Path:
    """The Python of the environment with DuckDB, made unless it stands already."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        uv = str(Path(sys.executable).with_name("uv"))
        _said([uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)])
        into = ["--python", str(python), "--requirements", str(REQUIREMENTS)]
        _said([uv, "pip", "install", "--quiet", *into])
    return python


def _said(command: list[str]) -> str:
    return subprocess.run(  # noqa: S603
        command, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def compared(times: int) -> str:
    """A row of the table for one size; raises ValueError where both do not find the same."""
    from benchmarks.growth import grown

    with tempfile.TemporaryDirectory() as base:
        folder, csv = Path(base) / "data", Path(base) / "figures.csv"
        grown(folder, times)
        ours = [sys.executable, "-m", "benchmarks.spike_duckdb", "--index", str(folder), str(csv)]
        found, ms, held, loaded = json.loads(_said(ours).splitlines()[-1])
        theirs, parquet = [str(environment()), __file__], str(Path(base) / "figures.parquet")
        written, size = json.loads(_said([*theirs, "--write", str(csv), parquet]))
        also, duck_ms, duck_held = json.loads(_said([*theirs, "--duckdb", parquet]))
        if found != also:
            raise ValueError(f"the index finds {len(found)} figures, DuckDB {len(also)}")
        figures = sum(1 for _ in (folder / "observations.csv").open("rb")) - 1
    return (
        f"| {figures:,} | {len(found)} | {ms:.2f} | {duck_ms:.1f} | {held:.0f} | {duck_held:.0f} | {loaded:.1f}"
        f" | {written:.1f} | {size:.1f} |"
    )


if __name__ == "__main__":
    jobs: Mapping[str, Callable[..., object]] = {
        "--index": of_index,
        "--write": to_parquet,
        "--duckdb": of_duckdb,
    }
    if sys.argv[1:] and sys.argv[1] in jobs:
        print(json.dumps(jobs[sys.argv[1]](*map(Path, sys.argv[2:]))))
    else:
        print(
            "| figures | of the view | index ms | DuckDB ms | index MB | DuckDB MB | load and index s"
            " | to Parquet s | Parquet MB |"
        )
        print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for each in map(int, sys.argv[1:] or SIZES):
            print(compared(each), flush=True)
