"""A file of SPSS, Stata or SAS as Parquet, made once for a file that is too large to be read as a whole.

It is read in parts, so that memory does not grow with it; DuckDB keeps them on disk and writes Parquet beside its place, to which it is
moved at the end.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from dashboard.intake.answers import files, readers, statistical
from dashboard.intake.answers.files import Workspace
from dashboard.intake.faults import Fault, Refused, counted, quoted

ENDING = ".parquet"
AT_ONCE = 2**26
"""Bytes of answers that are read together, about."""
MEMORY = "512MB"
"""What DuckDB may take."""
_OF_TEXT = 64
"""Bytes that a text takes beside its characters."""
_TYPES = {"string": "VARCHAR", "float": "FLOAT"}
"""Type of a variable -> type of its column; of all others DOUBLE."""

Progress = Callable[[Iterable[int]], Iterable[int]]
"""Given the rows at which parts begin, hands them on one by one and shows how many are done."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What was written."""

    path: Path
    rows: int
    variables: int

    def __str__(self) -> str:
        held = f"{counted(self.rows, 'row')} of {counted(self.variables, 'variable')}"
        return f"{self.path}: {held}"


def convert(path: Path, into: Path, encoding: str = "", progress: Progress = iter) -> Converted:
    """Write the answers of a file as Parquet, values as they stand: an import gives the same figures of both.

    ``encoding`` is blank for the one that the file names. Raises Refused for a file that cannot be read and a place that is taken;
    nothing is written then, nor where it is broken off.
    """
    _is_place(into)
    meta = _opened(path, encoding)
    with (
        files.workspace() as space,
        tempfile.TemporaryDirectory(dir=into.absolute().parent, prefix=f".{into.name}-") as beside,
    ):
        space.connection.execute(f"SET memory_limit = '{MEMORY}'")
        rows = _kept(space, path, meta, encoding, progress)
        if not rows:
            raise Refused([Fault(path.name, "no row", "answers")])
        names = ", ".join(
            f'c{at} AS "{name.replace(chr(34), chr(34) * 2)}"'
            for at, name in enumerate(meta.column_names)
        )
        made = Path(beside) / "answers.parquet"
        space.connection.sql(f"SELECT {names} FROM converted").write_parquet(str(made))  # noqa: S608
        made.rename(into)
    return Converted(into, rows, len(meta.column_names))


def _is_place(into: Path) -> None:
    if into.suffix.lower() != ENDING:
        raise Refused([Fault(into.name, quoted(into.suffix), f"a name that ends in {ENDING}")])
    if into.exists():
        raise Refused([Fault(str(into), "a file that is there", "a new one")])
    if not into.absolute().parent.is_dir():
        raise Refused([Fault(str(into.parent), "missing", "a folder")])


def _opened(path: Path, encoding: str) -> Any:
    """What pyreadstat tells of the file."""
    ending = path.suffix.lower()
    if ending not in statistical.ENDINGS:
        expected = f"a file that ends in {', '.join(statistical.ENDINGS)}"
        raise Refused([Fault(path.name, quoted(ending), expected)])
    try:
        readers.begins_as_named(path, ending)
    except OSError as error:
        found = "missing" if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise Refused([Fault(path.name, found, "a file that can be read")]) from error
    meta = statistical.metadata(path, encoding)
    _names_differ(path.name, meta.column_names)
    return meta


def _names_differ(file: str, names: Iterable[str]) -> None:
    """In Parquet, names that differ in upper and lower case only are one for DuckDB."""
    spelled: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        spelled[name.casefold()].append(name)
    alike = [each for each in spelled.values() if len(each) > 1]
    if alike:
        expected = "variables whose names differ in more than upper and lower case"
        raise Refused([Fault(file, ", ".join(map(quoted, each)), expected) for each in alike])


def _kept(space: Workspace, path: Path, meta: Any, encoding: str, progress: Progress) -> int:
    """The answers in a table of DuckDB, part by part; the number of rows."""
    names = list(meta.column_names)
    kinds = [_TYPES.get(meta.readstat_variable_types[name], "DOUBLE") for name in names]
    columns = ", ".join(f"c{at} {kind}" for at, kind in enumerate(kinds))
    cells = ", ".join(
        f"CAST(c{at} AS VARCHAR)"
        if kind == "VARCHAR"
        else f"CAST(nullif(CAST(c{at} AS DOUBLE), 'NaN') AS {kind})"
        for at, kind in enumerate(kinds)
    )
    space.connection.execute(f"CREATE TABLE converted ({columns})")
    size = _rows_at_once(meta)
    known = meta.number_rows
    rows = 0
    for start in progress(range(0, known, size) if known is not None else count(0, size)):
        part = statistical.frame(path, meta, names, encoding, row_offset=start, row_limit=size)
        if not len(part):
            break
        numbered = part.set_axis([f"c{at}" for at in range(len(names))], axis=1)
        space.connection.register("given", numbered)
        space.connection.execute(f"INSERT INTO converted SELECT {cells} FROM given")  # noqa: S608
        space.connection.unregister("given")
        rows += len(part)
    return rows


def _rows_at_once(meta: Any) -> int:
    wide = sum(
        _OF_TEXT + meta.variable_storage_width.get(name, 0)
        if meta.readstat_variable_types[name] == "string"
        else 8
        for name in meta.column_names
    )
    return max(1, AT_ONCE // max(1, wide))
