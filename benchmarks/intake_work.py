"""What `benchmarks.intake` measures, each in a process of its own: shares and their errors by us, by svy and by R.

    .venv/bin/python -m benchmarks.intake_work WORK SAMPLE.parquet DESIGN QUESTIONS

prints seconds of the processor, seconds of wall time, a sum of errors and the most MiB that the process held.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import svy

from dashboard.intake import clusters, sums
from dashboard.intake.clusters import Cluster
from dashboard.intake.disclosure import withheld
from dashboard.intake.shares import estimate
from dashboard.intake.types import Asked, Design, Rules, Share

ROOT = Path(__file__).parents[1]
QUESTIONS = 30
YES_OR_NO = 20
"""So many of the questions have two answers, the others four."""
SPLITS: tuple[tuple[str, ...], ...] = (
    (),
    ("sector",),
    ("size",),
    ("field",),
    ("region",),
    ("kind",),
    ("sector", "size"),
)
DESIGNS = {
    "none": Design("weight", "stratum"),
    "psu": Design("weight", "stratum", "psu", "population"),
}
"""Respondents drawn from 12 strata, or 4,000 PSUs of a finite population."""
MEMORY = "2GB"
FEW = 5000
"""So many rows are estimated first, for what a library makes at its first use."""


def asked(count: int) -> list[Asked]:
    """The first of the questions, each answer a response."""
    return [
        Asked(f"q{at}", {str(code): (code,) for code in range(2 if at <= YES_OR_NO else 4)})
        for at in range(1, count + 1)
    ]


def write(path: Path, rows: int) -> None:
    """Write a sample as Parquet: the same bytes for the same number of rows."""

    def drawn(name: str) -> str:
        """Evenly from 0 to 1."""
        return f"((hash(row_number, '{name}') % 1000003) / 1000003)"

    questions = ", ".join(
        f"(CASE WHEN {drawn(f'skip{at}')} < {0.3 if at % 3 == 0 else 0.0} THEN -2 WHEN {drawn(f'miss{at}')} < 0.04 THEN -1"
        f" ELSE floor({2 if at <= YES_OR_NO else 4} * pow({drawn(f'q{at}')}, {0.6 + at / 20})) END)::TINYINT AS q{at}"
        for at in range(1, QUESTIONS + 1)
    )
    duckdb.execute(
        f"""
        COPY (
            SELECT stratum, sector, size, weight, psu, 4 * 334 + stratum AS population,
                (8 * {drawn("field")})::INT % 8 AS field, (21 * {drawn("region")})::INT % 21 AS region,
                (5 * {drawn("kind")})::INT % 5 AS kind, {questions}
            FROM (
                SELECT row_number, (row_number % 12)::INT AS stratum, (row_number % 3)::INT AS sector,
                    ((row_number % 12) // 3)::INT AS size,
                    round(1 + 9 * {drawn("weight")}, 3) AS weight, (333 * {drawn("psu")})::INT AS psu
                FROM range({rows}) AS made(row_number)
            )
        ) TO '{path}' (FORMAT parquet)
        """  # noqa: S608
    )


# What is measured, each in a process of its own: path of a sample, design, number of questions -> seconds and a sum of errors


@dataclass(frozen=True, slots=True)
class Taken:
    """What one measurement took, of one question on average."""

    seconds: float
    """Of the processor."""
    wall: float
    checksum: float
    """Of the standard errors."""
    peak: float
    """MiB that the process held at most."""


def _summed(shares: tuple[Share, ...]) -> float:
    return sum(share.se for share in shares)


def ours_pandas(path: Path, design: str, questions: int) -> float:
    """Shares on pandas, with the file read before."""
    frame = pd.DataFrame(duckdb.read_parquet(str(path)).fetchnumpy())
    return _ours(frame, frame.head(FEW), design, questions)


def ours_duckdb(path: Path, design: str, questions: int) -> float:
    """Shares on DuckDB, which reads the file as it goes, with 2 GB."""
    duckdb.execute(f"SET memory_limit = '{MEMORY}'")
    frame = duckdb.read_parquet(str(path))
    return _ours(frame, frame.limit(FEW), design, questions)


def ours_spark(path: Path, design: str, questions: int) -> float:
    """Shares on Spark with two cores of this machine, with the file read before."""
    with (
        TemporaryDirectory() as folder,
        clusters.session(Cluster("local[2]"), Path(folder)) as spark,
    ):
        frame = spark.kept(spark.native.read.parquet(str(path)))
        frame.count()
        estimate(frame.limit(FEW), DESIGNS[design], asked(1), SPLITS)
        return _timed(
            lambda: _summed(estimate(frame, DESIGNS[design], asked(questions), SPLITS)), _java()
        )


def _java() -> str:
    """The process that Spark works in, which this one has started."""
    for status in Path("/proc").glob("[0-9]*/status"):
        told = status.read_text(encoding="utf-8")
        if f"PPid:\t{os.getpid()}\n" in told and "Name:\tjava\n" in told:
            return status.parent.name
    raise RuntimeError("Spark has started no Java")


def _ours(frame: Any, few: Any, design: str, questions: int) -> float:
    estimate(few, DESIGNS[design], asked(1), SPLITS)
    return _timed(lambda: _summed(estimate(frame, DESIGNS[design], asked(questions), SPLITS)))


def with_svy(path: Path, design: str, questions: int) -> float:
    """The same by svy."""
    import polars as pl

    frame = pl.read_parquet(path)
    of = DESIGNS[design]

    def shares_of(rows: pl.DataFrame, count: int) -> float:
        sample = svy.Sample(
            rows, svy.Design(wgt=of.weight, stratum=of.stratum, psu=of.psu, pop_size=of.fpc)
        )
        found = 0.0
        for each in asked(count):
            answered = svy.col(each.column) >= 0
            for split in SPLITS:
                got: Any = sample.estimation.prop(each.column, by=[*split] or None, where=answered)
                found += sum(one.se for one in got.estimates if one.y_level >= 0)
        return found

    shares_of(frame.head(FEW), 1)
    return _timed(lambda: shares_of(frame, questions))


def with_sql(path: Path, _: str, questions: int) -> float:
    """The group-by of our sums, written by hand."""
    duckdb.execute("CREATE TABLE sample AS SELECT * FROM read_parquet(?)", [str(path)])
    key = "((stratum * 3 + sector) * 4 + size) * 8 + field"

    def all_of_them() -> float:
        return sum(
            len(
                duckdb.execute(
                    f"SELECT ({key}) * 8 + {each.column} AS k, count(*), sum(weight), sum(weight * weight)"  # noqa: S608
                    f" FROM sample WHERE {each.column} >= 0 GROUP BY k"
                ).df()
            )
            for each in asked(questions)
        )

    return _timed(all_of_them)


def with_narwhals(path: Path, _: str, questions: int) -> float:
    """The same group-by as our sums make it."""
    duckdb.execute("CREATE TABLE sample AS SELECT * FROM read_parquet(?)", [str(path)])
    names = [each.column for each in asked(questions)]
    split = ("sector", "size", "field")
    sample = sums.read(duckdb.table("sample"), DESIGNS["none"], [*names, *split])

    def all_of_them() -> float:
        return sum(len(made.n) for name in names for _, made in sums.tallies(sample, name, [split]))

    return _timed(all_of_them)


def _timed(work: Callable[[], float], process: str = "self") -> float:
    """Print what some work took, that of ``process`` with it, and give what it gave."""
    began, ran = time.perf_counter(), _processor(process)
    checksum = work()
    taken = _processor(process) - ran, time.perf_counter() - began, checksum
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps([*taken, peak]))
    return checksum


def _processor(process: str) -> float:
    """Seconds of the processor that this process has had, and another one."""
    if process == "self":
        return time.process_time()
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return time.process_time() + (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


WORK = {
    work.__name__: work
    for work in (ours_pandas, ours_duckdb, ours_spark, with_svy, with_sql, with_narwhals)
}


def taken(work: str, path: Path, design: str, questions: int) -> Taken:
    """Run one measurement."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.intake_work",
        work,
        str(path),
        design,
        str(questions),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)  # noqa: S603
    seconds, wall, checksum, peak = json.loads(done.stdout.splitlines()[-1])
    return Taken(seconds / questions, wall / questions, checksum, peak)


def with_r(path: Path, design: str, questions: int) -> Taken | None:
    """Run R, where it is installed."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    names = [each.column for each in asked(questions)]
    of = DESIGNS["psu"]
    columns = dict.fromkeys(name for split in SPLITS for name in split)
    listed = ", ".join([of.stratum, of.psu, of.fpc, of.weight, *columns, *names])  # type: ignore[list-item]
    sample = path.with_suffix(".csv")
    duckdb.execute(f"COPY (SELECT {listed} FROM '{path}') TO '{sample}'")  # noqa: S608
    script = str(ROOT / "benchmarks" / "intake.R")
    command = [program, "--vanilla", script, str(sample), design, *names]
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    seconds, checksum = map(float, done.stdout.split())
    wall = time.perf_counter() - began
    return Taken(seconds / questions, wall / questions, checksum, float("nan"))


def withholding(tables: int) -> tuple[float, int, int]:
    """Milliseconds a question of protecting one-way splits of 1,000 respondents, shares of all, blocks withheld."""
    random = np.random.default_rng(1)
    sizes = {"sector": 3, "size": 4, "field": 8, "region": 21, "kind": 5}
    spent, given, hidden = 0.0, 0, 0
    for _ in range(tables):
        codes = {
            name: np.minimum(random.geometric(0.3, 1000), size) - 1 for name, size in sizes.items()
        }
        frame = pd.DataFrame({**codes, "q": random.choice(3, 1000, p=[0.6, 0.3, 0.1])})
        one_way = [split for split in SPLITS if len(split) < 2]
        of = [Asked("q", {str(code): (code,) for code in range(3)})]
        shares = estimate(frame, Design(), of, one_way)
        began = time.process_time()
        hidden += len(withheld(shares, Rules(10, 3, 0, True)))
        spent += time.process_time() - began
        given += len({(share.split, share.cell) for share in shares})
    return 1000 * spent / tables, given, hidden


if __name__ == "__main__":
    name, sample_path, design_name, count = sys.argv[1:]
    WORK[name](Path(sample_path), design_name, int(count))
