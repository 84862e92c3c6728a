"""Files of answers, whatever their kind, as one table of the variables that a codebook names.

Every value becomes a text as a codebook writes it: whole numbers without decimals, blanks as null. Numbers that are
measured with (weights, sizes) stand beside it as numbers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw

from dashboard.intake import clusters, readers, results, spark
from dashboard.intake.clusters import Cluster, Session
from dashboard.intake.codebook import Answers
from dashboard.intake.faults import Fault, Refused, counted, nearest, quoted
from dashboard.intake.patterns import all_matching, matching

MEMORY = "2GB"
"""What DuckDB may take; beyond it, it uses the disk."""
MOST_ON_PANDAS = 200_000
"""Rows up to which pandas is the quicker engine."""
SPARK = "spark"
ENGINES = ("auto", "pandas", "duckdb", SPARK)
"""Spark only where it is asked for."""
_SHOWN = 5
"""Different values of one column that are told of."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where an import keeps what it reads, in a folder of its own that goes when it ends."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    spark: Session | None = None
    """Where Spark is the engine."""

    def kept(self, frame: Any) -> Any:
        """A DuckDB relation or a data frame of Spark, so that it is worked out once."""
        if self.spark is not None:
            return self.spark.kept(frame)
        frame.create("sample")
        return self.connection.table("sample")


@contextmanager
def workspace(cluster: Cluster | None = None) -> Iterator[Workspace]:
    """A workspace for one import; nothing of it stays, whatever happens. Spark works in it where a ``cluster`` is given.

    Raises KeyboardInterrupt where a query of DuckDB is broken off by hand, for which DuckDB has errors of its own, and Refused where
    memory and disk do not suffice, or for Spark (see ``clusters.session``).
    """
    try:
        with _workspace(cluster) as made:
            yield made
    except duckdb.OutOfMemoryException as error:
        expected = f"answers that {MEMORY} of memory and the disk suffice for"
        raise Refused([Fault("the answers", "too many", expected)]) from error
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


@contextmanager
def _workspace(cluster: Cluster | None) -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory(prefix="import-") as made, ExitStack() as stack:
        folder = Path(made)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        connection = stack.enter_context(duckdb.connect(folder / "answers.duckdb", config=config))
        session = stack.enter_context(clusters.session(cluster, folder)) if cluster else None
        yield Workspace(connection, folder, session)


@dataclass(frozen=True, slots=True)
class Table:
    """The variables of a file; ``frame`` is a DuckDB relation, or a data frame of pandas or of Spark, of ``rows`` rows."""

    frame: Any
    engine: str
    rows: int
    texts: Mapping[str, str]
    """Variable -> column with its values as texts; the names of columns are letters and digits, whatever the variable's."""
    numbers: Mapping[str, str]
    """Variable -> column with its values as numbers."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the engine, where it is no package of this program."""


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
        if space.spark is None:
            frame, texts, measured = by_duckdb(space, answers, variables, numbers)
        else:
            frame, texts, measured = by_spark(space, space.spark, answers, variables, numbers)
        rows = _looked_over(name, frame, texts, measured)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise Refused([readers.unreadable(name, error)]) from error
    except clusters.errors() as error:
        raise Refused([_unreadable(space, answers, error)]) from error
    if space.spark is not None:
        versions = {SPARK: space.spark.native.version}
        return Table(frame, SPARK, rows, texts, measured, versions)
    chosen = _engine(engine, rows)
    return Table(frame.df() if chosen == "pandas" else frame, chosen, rows, texts, measured)


def by_duckdb(
    space: Workspace, answers: Answers, variables: Mapping[str, str], numbers: Iterable[str]
) -> tuple[duckdb.DuckDBPyRelation, Mapping[str, str], Mapping[str, str]]:
    """A table of the texts and numbers of a file, and variable -> column of each."""
    source = readers.opened(space.connection, answers, variables, space.folder)
    texts, measured = _columns(answers.path.name, source.columns, variables, numbers)
    cells = [
        *(f"{_text(source, each)} AS {column}" for each, column in texts.items()),
        *(
            f"{_number(source, each, answers.decimal)} AS {column}"
            for each, column in measured.items()
        ),
    ]
    source.relation.project(", ".join(cells)).create("answers")
    return space.connection.table("answers"), texts, measured


def by_spark(
    space: Workspace,
    session: Session,
    answers: Answers,
    variables: Mapping[str, str],
    numbers: Iterable[str],
) -> tuple[Any, Mapping[str, str], Mapping[str, str]]:
    """The same as a data frame of Spark; what Spark does not read itself is read by DuckDB and handed over."""
    kind = answers.path.suffix.lower()
    if kind in spark.KINDS:
        frame, columns = spark.opened(session, answers, space.folder)
        texts, measured = _columns(answers.path.name, columns, variables, numbers)
        made = spark.projected(frame, columns, texts, measured, answers.decimal)
        # A text is taken apart once, Parquet column by column where it is wanted.
        return session.kept(made) if kind == ".csv" else made, texts, measured
    readers.checked(answers)
    if not session.here:
        expected = "CSV or Parquet, which Spark elsewhere reads itself"
        raise Refused([Fault(answers.path.name, quoted(kind), expected)])
    path = space.folder / "answers.parquet"
    table, texts, measured = by_duckdb(space, answers, variables, numbers)
    table.write_parquet(str(path))
    return spark.handed_over(session, path), texts, measured


def _columns(
    name: str, there: Mapping[str, str], variables: Mapping[str, str], numbers: Iterable[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The columns of a table, of letters and digits: variable -> its text, and its number."""
    _every_variable(name, there, variables)
    texts = {each: f"t{at}" for at, each in enumerate(all_matching(variables, there))}
    measured = {each: f"n{at}" for at, each in enumerate(all_matching(numbers, there))}
    return texts, measured


def _unreadable(space: Workspace, answers: Answers, error: Exception) -> Fault:
    """What is wrong with a file that Spark does not read: DuckDB tells the line."""
    name = answers.path.name
    if answers.path.suffix.lower() == ".csv":
        try:
            readers.opened(space.connection, answers, (), space.folder).relation.aggregate(
                "count(*)"
            ).fetchall()
        except duckdb.Error as other:
            return readers.unreadable(name, other)
    return Fault(name, clusters.told(error), "a file that can be read")


def _engine(engine: str, rows: int) -> str:
    if engine != "auto":
        return engine
    return "pandas" if rows <= MOST_ON_PANDAS else "duckdb"


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
    if source.kinds[variable] == "FLOAT":
        # The shortest decimal that means the number, as its text has it: 1.6, not 1.60000002.
        return _finite(f"TRY_CAST(CAST({column} AS VARCHAR) AS DOUBLE)")
    return _finite(f"TRY_CAST({column} AS DOUBLE)")


def _finite(number: str) -> str:
    return f"CASE WHEN isfinite(CAST({number} AS DOUBLE)) THEN {number} END"


def _looked_over(
    name: str, frame: Any, texts: Mapping[str, str], measured: Mapping[str, str]
) -> int:
    """How many rows there are; raises Refused where there is none, or a number is none."""
    held: Any = nw.from_native(frame)
    odd = {
        variable: nw.col(column).is_null() & ~nw.col(texts[variable]).is_null()
        for variable, column in measured.items()
    }
    counts = [
        nw.when(flag).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(measured[variable])
        for variable, flag in odd.items()
    ]
    [(rows, *found)] = results.rows(held.select(nw.len().alias("rows"), *counts))
    if not rows:
        raise Refused([Fault(name, "no row below the header", "answers")])
    faults = [
        Fault(
            f"{name}, column {variable}",
            f"{quoted(value)} in {counted(int(number), 'row')}",
            "a number",
        )
        for variable, wrong in zip(odd, found, strict=True)
        if wrong
        for value, number in _most(held.filter(odd[variable]), texts[variable])
    ]
    if faults:
        raise Refused(faults)
    return int(rows)


def _most(frame: Any, column: str) -> list[tuple[str, int]]:
    """The values that most rows have, with the number of those."""
    counts = frame.group_by(column).agg(nw.len().alias("n"))
    found = counts.sort("n", column, descending=[True, False]).head(_SHOWN)
    return [(str(value), int(number)) for value, number in results.rows(found)]
