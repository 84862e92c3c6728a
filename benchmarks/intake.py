"""What an import costs: shares with their errors beside R's survey and svy, many rows on DuckDB, and what is withheld.

    .venv/bin/python -m benchmarks.intake [--quick]

Writes docs/import-performance.md. Every measurement is a process of its own (`benchmarks.intake_work`), which tells its seconds of the
processor (other work on the machine makes wall time longer) and the most memory that it held. R is left out where there is no Rscript
with the package survey. `--quick` asks R and svy fewer questions.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import numpy as np

from benchmarks.intake_work import QUESTIONS, ROOT, Taken, taken, with_r, withholding, write
from dashboard.intake import clusters
from dashboard.intake.faults import Refused

PAGE = ROOT / "docs" / "import-performance.md"
SPARK = ROOT / "benchmarks" / "intake_spark.md"
"""What was measured of Spark beside this, and the plan that follows from it."""
SMALL, LARGE, LARGEST = 40_000, 1_000_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised, and what was measured."""

    what: str
    measured: float | None
    unit: str
    limit: float
    least: bool
    """Whether the limit is the least that will do, and not the most."""

    def row(self) -> str:
        """A line of the table."""
        if self.measured is None:
            return f"| {self.what} | not run: no R with survey | {self._limit} | |"
        kept = self.measured >= self.limit if self.least else self.measured <= self.limit
        return f"| {self.what} | {_number(self.measured)}{self.unit} | {self._limit} | {'yes' if kept else 'NO'} |"

    @property
    def _limit(self) -> str:
        return f"{'at least' if self.least else 'at most'} {_number(self.limit)}{self.unit}"


def _number(value: float) -> str:
    if 0 < value < 0.001:
        return f"{value:.0e}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main(quick: bool) -> None:
    """Measure all and write the page."""
    few, fewer, many = (3, 1, 5) if quick else (QUESTIONS, 5, QUESTIONS)
    lines: list[str] = []
    targets: list[Target] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {rows: Path(folder) / f"{rows}.parquet" for rows in (SMALL, LARGE, LARGEST)}
        for rows, path in paths.items():
            write(path, rows)
        for rows, questions, factor in ((SMALL, few, 20), (LARGE, fewer, 40)):
            for design, words in (("none", "no PSUs"), ("psu", "4,000 PSUs")):
                what = f"{rows:,} rows, {words}"
                made = {
                    "ours, pandas": taken("ours_pandas", paths[rows], design, questions),
                    "ours, DuckDB": taken("ours_duckdb", paths[rows], design, questions),
                    "ours, Spark": _spark(paths[rows], design, questions),
                    "svy": taken("with_svy", paths[rows], design, questions),
                    "R survey": with_r(paths[rows], design, questions),
                }
                lines += [_line(what, questions, name, each) for name, each in made.items()]
                targets += _against(what, made, factor)
        growing = {
            rows: taken("ours_duckdb", paths[rows], "psu", many) for rows in (LARGE, LARGEST)
        }
        for rows, each in growing.items():
            lines.append(_line(f"{rows:,} rows, 4,000 PSUs", many, "ours, DuckDB, 2 GB", each))
        plain = taken("ours_duckdb", paths[LARGEST], "none", many)
        lines.append(_line(f"{LARGEST:,} rows, no PSUs", many, "ours, DuckDB, 2 GB", plain))
        grown = growing[LARGEST].seconds / growing[LARGE].seconds
        by_hand = taken("with_sql", paths[LARGE], "none", 10)
        by_narwhals = taken("with_narwhals", paths[LARGE], "none", 10)
    lines.append(_line(f"{LARGE:,} rows, one group-by", 10, "narwhals on DuckDB", by_narwhals))
    lines.append(_line(f"{LARGE:,} rows, one group-by", 10, "SQL by hand", by_hand))
    most = max(growing[LARGEST].peak, plain.peak)
    milliseconds, blocks, hidden = withholding(10 if quick else 100)
    targets += [
        Target(f"{LARGEST:,} rows on DuckDB with 2 GB, most memory", most, " MiB", 1024, False),
        Target(f"{LARGEST:,} rows beside {LARGE:,}", grown, " times", 12, False),
        Target(
            "narwhals beside SQL by hand",
            by_narwhals.seconds / by_hand.seconds,
            " times",
            1.2,
            False,
        ),
        Target("disclosure, one-way splits, a question", milliseconds, " ms", 100, False),
    ]
    told = f"Of {blocks:,} cells of the tables for disclosure {hidden:,} were withheld."
    PAGE.write_text(_page(quick, targets, lines, told), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")


def _spark(path: Path, design: str, questions: int) -> Taken | None:
    """On Spark, where Java is."""
    try:
        clusters.java()
    except Refused:
        return None
    return taken("ours_spark", path, design, questions)


def _against(what: str, made: dict[str, Taken | None], factor: float) -> list[Target]:
    ours, judge, r = made["ours, pandas"], made["svy"], made["R survey"]
    assert ours is not None  # noqa: S101
    assert judge is not None  # noqa: S101
    found = [
        Target(
            f"{what}: R survey beside ours",
            r.seconds / ours.seconds if r else None,
            " times",
            factor,
            True,
        ),
        Target(f"{what}: svy beside ours", judge.seconds / ours.seconds, " times", 4, True),
    ]
    others = [each.checksum for each in made.values() if each is not None]
    apart = max(abs(each / ours.checksum - 1) for each in others)
    found.append(Target(f"{what}: sums of all errors differ by", apart, "", 1e-9, False))
    return found


def _line(what: str, questions: int, name: str, each: Taken | None) -> str:
    if each is None:
        return f"| {what} | {questions} | {name} | not run | | |"
    peak = "" if np.isnan(each.peak) else f"{each.peak:,.0f}"
    return f"| {what} | {questions} | {name} | {_number(each.seconds)} | {_number(each.wall)} | {peak} |"


def _page(quick: bool, targets: list[Target], lines: list[str], told: str) -> str:
    versions = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("narwhals", "duckdb", "pandas", "svy")
    )
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    made = (
        "`python -m benchmarks.intake --quick`, which asks R and svy fewer questions than `make bench-intake` does,"
        if quick
        else "`make bench-intake`"
    )
    return f"""# What an import costs

{made} wrote this page on {datetime.now(UTC):%Y-%m-%d},
with Python {platform.python_version()}, {versions}, R's survey as Rscript finds it.
Times are seconds of the processor for one question by seven splits (the whole, sector, size, field of 8, region of 21, kind of 5, sector by
size), without the first use of a library, and without reading the file where it is read before (DuckDB reads it as it goes). Every
measurement is a process of its own; the samples are made by `benchmarks/intake_work.py`. Load of the machine: {load}.

| | measured | target | kept |
|---|---|---|---|
{chr(10).join(each.row() for each in targets)}

| sample | questions | by | s a question | wall | MiB at most |
|---|---|---|---|---|---|
{chr(10).join(lines)}

{told} The rules were ten answers behind a share, three behind an answer, and nothing unanimous.

Shares need only sums by stratum (and PSU), cell and answer, and sums of parts of the rows add up: that is why many rows cost the one
group-by that an engine makes of them and nothing else, and why memory follows the number of groups. Without PSUs one pass a question
serves all splits; with PSUs it is one a split.

{SPARK.read_text(encoding="utf-8")}"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="ask R and svy fewer questions")
    main(parser.parse_args().quick)
