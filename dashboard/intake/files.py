"""Files of answers, whatever their kind, as one table of the variables that a codebook names.

Every value becomes a text as a codebook writes it: whole numbers without decimals, blanks as null. Numbers that are
measured with (weights, sizes) stand beside it as numbers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dashboard.intake import readers
from dashboard.intake.codebook import Answers
from dashboard.intake.faults import Fault, Refused, counted, nearest, quoted
from dashboard.intake.patterns import all_matching, matching

MEMORY = "2GB"
"""What DuckDB may take; beyond it, it uses the disk."""
MOST_ON_PANDAS = 200_000
"""Rows up to which pandas is the quicker engine."""
ENGINES = ("auto", "pandas", "duckdb")
_SHOWN = 5
"""Different values of one column that are told of."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where an import keeps what it reads, in a folder of its own that goes when it ends."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def kept(self, relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """A relation as a table, so that it is worked out once."""
        relation.create("sample")
        return self.connection.table("sample")


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A workspace for one import; nothing of it stays, whatever happens.

    Raises KeyboardInterrupt where a query of DuckDB is broken off by hand, for which DuckDB has errors of its own, and Refused where
    memory and disk do not suffice.
    """
    try:
        with _workspace() as made:
            yield made
    except duckdb.OutOfMemoryException as error:
        expected = f"answers that {MEMORY} of memory and the disk suffice for"
        raise Refused([Fault("the answers", "too many", expected)]) from error
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


@contextmanager
def _workspace() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory(prefix="import-") as made:
        folder = Path(made)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(folder / "answers.duckdb", config=config) as connection:
            yield Workspace(connection, folder)


@dataclass(frozen=True, slots=True)
class Table:
    """The variables of a file; ``frame`` is a DuckDB relation or a pandas data frame of ``rows`` rows."""

    frame: Any
    engine: str
    rows: int
    texts: Mapping[str, str]
    """Variable -> column with its values as texts; the names of columns are letters and digits, whatever the variable's."""
    numbers: Mapping[str, str]
    """Variable -> column with its values as numbers."""


def read(
    space: Workspace,
    answers: Answers,
    variables: Mapping[str, str],
    numbers: Collection[str],
    engine: str = "auto",
) -> Table:
    """The variables of a file, each with the place where the codebook names it; ``numbers`` are wanted as numbers too.

    A name such as ``rw*`` stands for every column that it fits.

    Raises Refused for a file that cannot be read, variables that it lacks, and numbers that are none.
    """
    name = answers.path.name
    try:
        source = readers.opened(space.connection, answers, variables, space.folder)
        _every_variable(name, source.columns, variables)
        there = source.columns
        texts = {name: f"t{at}" for at, name in enumerate(all_matching(variables, there))}
        measured = {name: f"n{at}" for at, name in enumerate(all_matching(numbers, there))}
        cells = [
            *(f"{_text(source, each)} AS {column}" for each, column in texts.items()),
            *(
                f"{_number(source, each, answers.decimal)} AS {column}"
                for each, column in measured.items()
            ),
        ]
        source.relation.project(", ".join(cells)).create("answers")
        table = space.connection.table("answers")
        rows = _count(table)
        if not rows:
            raise Refused([Fault(name, "no row below the header", "answers")])
        _numbers_are_numbers(name, table, texts, measured)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise Refused([readers.unreadable(name, error)]) from error
    chosen = _engine(engine, rows)
    frame = table.df() if chosen == "pandas" else table
    return Table(frame, chosen, rows, texts, measured)


def _engine(engine: str, rows: int) -> str:
    if engine != "auto":
        return engine
    return "pandas" if rows <= MOST_ON_PANDAS else "duckdb"


def _count(table: duckdb.DuckDBPyRelation) -> int:
    found = table.aggregate("count(*)").fetchone()
    return int(found[0]) if found else 0


def _every_variable(name: str, there: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    faults = [
        Fault(place, quoted(variable), f"a column of {name}{nearest(variable, there)}")
        for variable, place in wanted.items()
        if not matching(variable, there)
    ]
    if faults:
        raise Refused(faults)


def _text(source: readers.Source, variable: str) -> str:
    """SQL of a value as a codebook writes it."""
    column = source.columns[variable]
    kind = source.kinds[variable]
    if kind == "VARCHAR":
        whole = rf"regexp_replace(trim({column}), '^([+-]?[0-9]+)[.,]0+$', '\1')"
        return f"nullif({whole}, '')"
    if kind == "BOOLEAN":
        return f"CAST(CAST({column} AS INTEGER) AS VARCHAR)"
    if kind in ("FLOAT", "DOUBLE") or kind.startswith("DECIMAL"):
        whole = f"{column} = floor({column}) AND abs({column}) < 1e15"
        return (
            f"CASE WHEN {_finite(column)} IS NULL THEN NULL"
            f" WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR)"
            f" ELSE CAST({column} AS VARCHAR) END"
        )
    return f"CAST({column} AS VARCHAR)"


def _number(source: readers.Source, variable: str, decimal: str) -> str:
    """SQL of a value as a number; null where it is none."""
    column = source.columns[variable]
    if source.kinds[variable] == "VARCHAR":
        point = (
            f"replace(trim({column}), '{decimal}', '.')" if decimal != "." else f"trim({column})"
        )
        return _finite(f"TRY_CAST({point} AS DOUBLE)")
    return _finite(f"TRY_CAST({column} AS DOUBLE)")


def _finite(number: str) -> str:
    return f"CASE WHEN isfinite(CAST({number} AS DOUBLE)) THEN {number} END"


def _numbers_are_numbers(
    name: str,
    table: duckdb.DuckDBPyRelation,
    texts: Mapping[str, str],
    measured: Mapping[str, str],
) -> None:
    faults = []
    for variable, column in measured.items():
        text = texts[variable]
        odd = table.filter(f"{column} IS NULL AND {text} IS NOT NULL")
        found = odd.aggregate(f"{text}, count(*) AS n", text).order(f"n DESC, {text}")
        faults += [
            Fault(
                f"{name}, column {variable}",
                f"{quoted(value)} in {counted(number, 'row')}",
                "a number",
            )
            for value, number in found.limit(_SHOWN).fetchall()
        ]
    if faults:
        raise Refused(faults)
