"""One reader a kind of file: CSV, Parquet, workbook, and what SPSS, Stata and SAS write."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd

from dashboard.intake.answers import statistical
from dashboard.intake.answers.patterns import all_matching
from dashboard.intake.codebook import Answers
from dashboard.intake.faults import Fault, Refused, quoted

LARGEST = 2**30
"""Bytes of a file that is read as a whole: what SPSS, Stata and SAS write, and a workbook."""
_PART = 2**20
"""Bytes or characters that are looked at together."""
_BEGINNINGS: Mapping[str, tuple[tuple[int, bytes], ...]] = {
    ".parquet": ((0, b"PAR1"),),
    ".xlsx": ((0, b"PK\x03\x04"),),
    ".sav": ((0, b"$FL2"),),
    ".zsav": ((0, b"$FL3"),),
    ".por": ((40, b"ASCII SPSS PORT FILE"),),
    ".dta": ((0, b"<stata_dta>"), *((0, bytes([release])) for release in range(0x69, 0x76))),
    ".sas7bdat": ((12, bytes.fromhex("c2ea8160b31411cfbd92080009c7318c")),),
    ".xpt": ((0, b"HEADER RECORD*******LI"),),
}
"""Ending -> (place, bytes) of which a file of that kind has one."""
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_CELLS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file."""

    relation: duckdb.DuckDBPyRelation
    columns: Mapping[str, str]
    """Variable -> its column in SQL."""
    kinds: Mapping[str, str]
    """Variable -> type of the column in SQL."""


def opened(
    connection: duckdb.DuckDBPyConnection,
    answers: Answers,
    variables: Collection[str],
    folder: Path,
) -> Source:
    """A file of answers, at least those of ``variables`` that it has; ``folder`` is for what must be written anew to be read.

    Raises Refused for a file that is not there, is of another kind than its name says, or cannot be read.
    """
    checked(answers)
    with _at_hand(answers.path):
        return _READERS[answers.path.suffix.lower()](connection, answers, variables, folder)


def checked(answers: Answers) -> tuple[Path, ...]:
    """The file of answers, or the parts of Parquet in a folder of that name, in their order.

    Raises Refused for one that is not there, is of no kind that is read, or of another than its name says.
    """
    path, ending = answers.path, answers.path.suffix.lower()
    if ending not in _READERS:
        expected = f"a file that ends in {', '.join(_READERS)}"
        raise Refused([Fault(path.name, quoted(ending), expected)])
    with _at_hand(path):
        held = parts(path)
        if not held:
            raise Refused([Fault(path.name, "no part of Parquet", "files that end in .parquet")])
        for part in held:
            begins_as_named(part, ending)
    return held


def parts(path: Path) -> tuple[Path, ...]:
    """A file, or what of a folder is a part of one table as Spark and others write it, in the order of the names."""
    if path.suffix.lower() != ".parquet" or not path.is_dir():
        return (path,)
    return tuple(sorted(each for each in path.glob("*.parquet") if each.name[0] not in "._"))


@contextmanager
def _at_hand(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        found = "missing" if isinstance(error, FileNotFoundError) else str(error.strerror)
        expected = "the file of answers that [file] path names"
        raise Refused([Fault(path.name, found, expected)]) from error


def unreadable(name: str, error: duckdb.Error) -> Fault:
    """What DuckDB says of a file, in one line."""
    text = str(error)
    line, cells = _LINE.search(text), _CELLS.search(text)
    place = f"{name}, line {line[1]}" if line else name
    if cells:
        return Fault(place, f"{cells[2]} cells", f"{cells[1]} cells, as in the header")
    return Fault(place, quoted(text.partition("\n")[0]), "a file that can be read")


def begins_as_named(path: Path, ending: str) -> None:
    """Raises Refused for a file that does not begin as files of its ending do, and OSError for one that cannot be read."""
    with path.open("rb") as file:
        begins = file.read(64)
    if any(begins[at : at + len(mark)] == mark for at, mark in _BEGINNINGS.get(ending, ())):
        return
    other = _kind(begins)
    if ending in _BEGINNINGS or other:
        found = f"a file that begins like {other or 'none of this kind'}"
        raise Refused([Fault(path.name, found, f"a file of the kind {ending}, as its name says")])


def _kind(begins: bytes) -> str:
    """The ending that fits the beginning of a file; blank for one that may be text."""
    for ending, marks in _BEGINNINGS.items():
        if any(len(mark) > 1 and begins[at : at + len(mark)] == mark for at, mark in marks):
            return ending
    return ""


def _csv(
    connection: duckdb.DuckDBPyConnection,
    answers: Answers,
    _variables: Collection[str],
    folder: Path,
) -> Source:
    held = text(answers, folder)
    relation = connection.read_csv(
        str(held.path),
        delimiter=answers.separator,
        quotechar='"',
        escapechar='"',
        header=True,
        auto_detect=False,
        columns={f"c{at}": "VARCHAR" for at in range(len(held.variables))},
    )
    columns = {variable: f"c{at}" for at, variable in enumerate(held.variables)}
    return Source(relation, columns, dict.fromkeys(held.variables, "VARCHAR"))


@dataclass(frozen=True, slots=True)
class Text:
    """A CSV file whose bytes are text in UTF-8."""

    path: Path
    """The file itself where it was written so."""
    variables: tuple[str, ...]
    quoted: bool
    """Whether it has quotation marks, between which a cell may run over lines."""


def text(answers: Answers, folder: Path) -> Text:
    """A CSV file, written anew into ``folder`` where it is in another encoding.

    Raises Refused where its bytes are no text in its encoding, or its header does not name each column once.
    """
    path, quotes = answers.path, False
    with _at_hand(path), ExitStack() as stack:
        written = None
        if _codec(answers) != "utf-8":
            path = folder / "answers.csv"
            written = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        for part in _decoded(answers):
            quotes = quotes or '"' in part
            if written is not None:
                written.write(part)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file, delimiter=answers.separator), [])
    return Text(path, tuple(_header(answers.path.name, header)), quotes)


def _codec(answers: Answers) -> str:
    try:
        return codecs.lookup(answers.encoding).name
    except LookupError as error:
        expected = "the name of an encoding, such as utf-8 or windows-1252"
        fault = Fault(f"{answers.path.name}, encoding", quoted(answers.encoding), expected)
        raise Refused([fault]) from error


def _decoded(answers: Answers) -> Iterator[str]:
    """The text of a file in parts; raises Refused where its bytes are no text in its encoding."""
    decoder = codecs.getincrementaldecoder(answers.encoding)()
    done = 0
    with answers.path.open("rb") as file:
        while part := file.read(_PART):
            try:
                text = decoder.decode(part)
            except UnicodeDecodeError as error:
                raise Refused([_not_text(answers, error, done)]) from error
            if "\0" in text:
                raise Refused([Fault(answers.path.name, "bytes that are no text", "a CSV file")])
            done += len(part)
            yield text
    try:
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Refused([_not_text(answers, error, done)]) from error


def _not_text(answers: Answers, error: UnicodeDecodeError, done: int) -> Fault:
    found = f"byte 0x{error.object[error.start]:02X} near position {done + error.start}"
    expected = f"text in {answers.encoding}; name another as [file] encoding"
    return Fault(answers.path.name, found, expected)


def _header(name: str, header: list[str]) -> list[str]:
    """The names of the columns, each once."""
    variables = [variable.strip() for variable in header]
    faults = [
        Fault(f"{name}, header", f"{quoted(variable)} {number} times", "each column once")
        for variable, number in Counter(variables).items()
        if number > 1 and variable
    ]
    if not any(variables):
        faults.append(Fault(name, "empty", "a header with the names of columns"))
    if faults:
        raise Refused(faults)
    return variables


def _parquet(
    connection: duckdb.DuckDBPyConnection,
    answers: Answers,
    _variables: Collection[str],
    _folder: Path,
) -> Source:
    return _source(connection.read_parquet([str(part) for part in parts(answers.path)]))


def _source(relation: duckdb.DuckDBPyRelation) -> Source:
    names = relation.columns
    columns = {name: '"{}"'.format(name.replace('"', '""')) for name in names}
    return Source(relation, columns, dict(zip(names, map(str, relation.types), strict=True)))


def _statistical(
    connection: duckdb.DuckDBPyConnection,
    answers: Answers,
    variables: Collection[str],
    _folder: Path,
) -> Source:
    """What SPSS, Stata and SAS write; what is missing by the file's own word stays as it is written."""
    _not_too_large(answers.path, "`python -m dashboard convert` makes it Parquet")
    encoding = answers.encoding if answers.encoding != "utf-8" else ""
    meta = statistical.metadata(answers.path, encoding)
    wanted = all_matching(variables, meta.column_names)
    frame = statistical.frame(answers.path, meta, wanted, encoding)
    return _with_others(_frame(connection, frame), meta.column_names)


def _with_others(source: Source, names: Iterable[str]) -> Source:
    """A file of which only some variables were read: the others are named, for whoever has misspelled one."""
    others = {name: "NULL" for name in names if name and name not in source.columns}
    return Source(source.relation, {**source.columns, **others}, source.kinds)


def _frame(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> Source:
    """A data frame as a table: DuckDB takes names that differ in upper and lower case only for one."""
    names = list(frame.columns)
    numbered = frame.set_axis([f"c{at}" for at in range(len(names))], axis=1)
    connection.register("given", numbered)
    relation = connection.table("given")
    columns = {name: f"c{at}" for at, name in enumerate(names)}
    return Source(relation, columns, dict(zip(names, map(str, relation.types), strict=True)))


def _not_too_large(path: Path, remedy: str) -> None:
    size = path.stat().st_size
    if size > LARGEST:
        found = f"{size / 2**30:.1f} GB"
        expected = f"at most {LARGEST / 2**30:.0f} GB of this kind; {remedy}"
        raise Refused([Fault(path.name, found, expected)])


def _workbook(
    connection: duckdb.DuckDBPyConnection,
    answers: Answers,
    variables: Collection[str],
    _folder: Path,
) -> Source:
    _not_too_large(answers.path, "write it as Parquet or CSV")
    try:
        header, wanted, cells = _sheet(answers, variables)
    except Refused:
        raise
    except Exception as error:
        # openpyxl lets through what zip, XML and its own classes raise of a damaged file, some of it only at the row that is damaged.
        fault = Fault(answers.path.name, quoted(error), "a workbook that can be read")
        raise Refused([fault]) from error
    frame = pd.DataFrame(cells, columns=wanted, dtype="str")
    return _with_others(_frame(connection, frame), header)


def _sheet(
    answers: Answers, variables: Collection[str]
) -> tuple[Sequence[str], list[str], list[list[str | None]]]:
    """The header of a sheet, the columns of it that are wanted, and their cells row by row."""
    book = openpyxl.load_workbook(answers.path, read_only=True, data_only=True)
    try:
        sheet = answers.sheet or book.sheetnames[0]
        if sheet not in book.sheetnames:
            expected = f"one of {', '.join(book.sheetnames)}"
            raise Refused([Fault(f"{answers.path.name}, sheet", quoted(sheet), expected)])
        rows = book[sheet].iter_rows(values_only=True)
        header = _header(answers.path.name, [_cell(value) or "" for value in next(rows, ())])
        held = set(all_matching(variables, header))
        wanted = [(at, name) for at, name in enumerate(header) if name in held]
        cells = [[_cell(row[at]) for at, _ in wanted] for row in rows if any(map(_held, row))]
    finally:
        book.close()
    return header, [name for _, name in wanted], cells


def _held(value: object) -> bool:
    return value is not None and value != ""


def _cell(value: object) -> str | None:
    """A cell as text; true and false as 1 and 0, as files of answers have them."""
    if value is None:
        return None
    return str(int(value)) if isinstance(value, bool) else str(value)


_READERS: Mapping[
    str,
    Callable[[duckdb.DuckDBPyConnection, Answers, Collection[str], Path], Source],
] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".xlsx": _workbook,
    **dict.fromkeys(statistical.ENDINGS, _statistical),
}
"""Ending -> its reader."""
