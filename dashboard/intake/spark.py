"""A file of answers read by Spark: the same texts and numbers as ``files`` has of DuckDB.

CSV and Parquet are read where Spark works; other kinds are read here and handed over as Parquet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dashboard.intake import readers
from dashboard.intake.clusters import Session
from dashboard.intake.codebook import Answers
from dashboard.intake.faults import Fault, Refused, quoted

KINDS = (".csv", ".parquet")
"""What Spark reads itself."""
_TEXTS = ("string", "varchar", "char")
_FRACTIONS = ("float", "double")
_BLANKS = r"r'^\p{Zs}+|\p{Zs}+\z'"
_NUMBER = r"r'^\s*[+-]?([0-9](_?[0-9])*\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*\z'"
_PLAIN = (1e-4, 1e16)
"""Numbers from the first to below the second are written without an exponent."""


def opened(session: Session, answers: Answers, folder: Path) -> tuple[Any, dict[str, str]]:
    """A CSV or Parquet file as a data frame of Spark, and variable -> its column in it.

    Raises Refused for a file that is not there or of another kind, and for one that would have to be written anew, into ``folder``,
    where Spark does not reach it.
    """
    parts = readers.checked(answers)
    if answers.path.suffix.lower() == ".parquet":
        frame = session.native.read.parquet(*map(_place, parts))
        return frame, {name: name for name in frame.columns}
    text = readers.text(answers, folder)
    if text.path != answers.path and not session.here:
        found = f"{quoted(answers.encoding)}, which Spark elsewhere is not given"
        raise Refused([Fault(f"{answers.path.name}, encoding", found, "utf-8")])
    columns = {variable: f"c{at}" for at, variable in enumerate(text.variables)}
    # With fewer columns than there are, no row is looked at as a whole.
    frame = session.native.read.option("columnPruning", "false").csv(
        _place(text.path),
        schema=", ".join(f"{column} STRING" for column in columns.values()),
        header=True,
        sep=answers.separator,
        quote='"',
        escape='"',
        mode="FAILFAST",
        multiLine=text.quoted,
        enforceSchema=True,
    )
    return frame, columns


def handed_over(session: Session, path: Path) -> Any:
    """What was read here and written as Parquet."""
    return session.native.read.parquet(_place(path))


def projected(
    frame: Any,
    columns: Mapping[str, str],
    texts: Mapping[str, str],
    numbers: Mapping[str, str],
    decimal: str,
) -> Any:
    """The data frame of ``files.Table``: variable -> column for those wanted as texts, and as numbers."""
    kinds = dict(frame.dtypes)
    cells = [
        *(f"{_text(columns[each], kinds)} AS {column}" for each, column in texts.items()),
        *(
            f"{_number(columns[each], kinds, decimal)} AS {column}"
            for each, column in numbers.items()
        ),
    ]
    return frame.selectExpr(*cells)


def _place(path: Path) -> str:
    """A path of this machine for Spark, which takes some signs for patterns."""
    escaped = re.sub(r"([\\\[\]{}*?])", r"\\\1", str(path.absolute()))
    return f"file://{escaped}"


def _named(column: str) -> str:
    return "`{}`".format(column.replace("`", "``"))


def _text(name: str, kinds: Mapping[str, str]) -> str:
    """SQL of a value as a codebook writes it."""
    column, kind = _named(name), kinds[name]
    if kind.startswith(_TEXTS):
        whole = rf"regexp_replace({_trimmed(column)}, r'^([+-]?[0-9]+)[.,]0+\z', '$1')"
        return f"nullif({whole}, '')"
    if kind == "boolean":
        return f"CAST(CAST({column} AS INT) AS STRING)"
    if kind in _FRACTIONS or kind.startswith("decimal"):
        other = _written(column) if kind in _FRACTIONS else f"CAST({column} AS STRING)"
        whole = f"{column} = rint({column}) AND abs({column}) < 1e15D"
        return (
            f"CASE WHEN {_finite(column)} IS NULL THEN NULL"
            f" WHEN {whole} THEN CAST(try_cast({column} AS BIGINT) AS STRING) ELSE {other} END"
        )
    return f"CAST({column} AS STRING)"


def _number(name: str, kinds: Mapping[str, str], decimal: str) -> str:
    """SQL of a value as a number; null where it is none."""
    column = _named(name)
    if kinds[name] == "float":
        # The shortest decimal that means it, as its text.
        return _finite(f"try_cast(CAST({column} AS STRING) AS DOUBLE)")
    if not kinds[name].startswith(_TEXTS):
        return _finite(f"try_cast({column} AS DOUBLE)")
    point = _trimmed(column)
    if decimal != ".":
        point = f"replace({point}, '{decimal}', '.')"
    number = _finite(f"try_cast(replace({point}, '_', '') AS DOUBLE)")
    # Java takes 1d for a number, DuckDB 1_000.
    return f"CASE WHEN {point} RLIKE {_NUMBER} THEN {number} END"


def _trimmed(column: str) -> str:
    return f"regexp_replace({column}, {_BLANKS}, '')"


def _finite(number: str) -> str:
    return f"CASE WHEN abs(CAST({number} AS DOUBLE)) < CAST('Infinity' AS DOUBLE) THEN {number} END"


def _written(column: str) -> str:
    """SQL of a fraction as DuckDB and Python write it: 0.5, 1e-05; Java before 19 gives some large numbers of four bytes more digits."""
    java = f"CAST({column} AS STRING)"
    plain = f"CAST(try_cast({java} AS DECIMAL(38, 22)) AS STRING)"
    plain = rf"regexp_replace({plain}, r'(\.[0-9]+?)0+\z', '$1')"
    power = rf"regexp_replace({java}, r'\.0E', 'E')"
    power = rf"regexp_replace({power}, r'E([0-9])', 'E+$1')"
    power = rf"lower(regexp_replace({power}, r'E-([0-9])\z', 'E-0$1'))"
    least, most = _PLAIN
    size = f"abs(CAST({java} AS DOUBLE))"
    return f"CASE WHEN {size} >= {least!r}D AND {size} < {most!r}D THEN {plain} ELSE {power} END"
