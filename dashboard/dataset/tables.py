"""Reads the tables of a data folder and holds every cell, key and reference against the descriptor."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import numpy as np

from dashboard.dataset.descriptor import (
    KNOWN_CODES,
    MAY_BE_EMPTY,
    Descriptor,
    Field,
    Reference,
    Table,
    encoding_fault,
)
from dashboard.dataset.faults import Fault
from dashboard.dataset.rows import ColumnReader, Row, TableRows, Value

CODES_FILE = "codes.csv"
_NAMED_CODES = 12
"""Code lists up to this length are printed in full where a code is unknown."""

# At most 12 digits, so that no number overflows; no exponent, no infinity, ASCII digits only.
_INTEGER = re.compile(r"-?[0-9]{1,12}")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")

Rows = Mapping[str, TableRows]
"""Table name -> its rows; a table that cannot be read has none."""

CodeLists = Mapping[str, tuple[str, ...]]


def read_tables(folder: Path, descriptor: Descriptor) -> tuple[Rows, list[Fault]]:
    """Every table of ``folder``, each file read once, and all faults of files, cells, keys and references.

    A table that is missing or has no usable header gives one fault, and nothing that refers to it gives another.
    """
    faults: list[Fault] = []
    raw = {name: _read_rows(folder, table, faults) for name, table in descriptor.tables.items()}
    lists = _code_lists(raw.get("codes"))
    rows = {
        name: _typed(found or TableRows((), {}), descriptor.tables[name], lists, faults)
        for name, found in raw.items()
    }
    readable = {name for name, found in raw.items() if found is not None}
    for name in readable:
        table = descriptor.tables[name]
        faults += _key_faults(table, rows[name])
        for reference in table.references:
            if reference.table in readable:
                target = descriptor.tables[reference.table]
                faults += _reference_faults(
                    table, rows[name], reference, target, rows[reference.table]
                )
    return rows, faults


def _read_rows(folder: Path, table: Table, faults: list[Fault]) -> TableRows | None:
    """The untyped rows of one file, or None where there is nothing to go by."""
    text = _opened(folder, table.file, faults)
    if text is None:
        return None
    lines = _csv_lines(text, table.file, faults)
    _, header = next(lines, (1, []))
    if not _header_is_usable(header, table, faults):
        return None
    reader = ColumnReader(len(header))
    for line, cells in lines:
        if len(cells) == len(header):
            reader.add(line, cells)
        else:
            reader.add(line, _whole(line, cells, len(header), table.file, faults))
    # Of two columns of one name, which is a fault already, the last is taken.
    rows = TableRows(reader.lines, dict(zip(header, reader.columns(), strict=True)))
    if not rows and table.name not in MAY_BE_EMPTY:
        faults.append(Fault(table.file, None, "", "no row below the header", "at least one row"))
    return rows


def _opened(folder: Path, file: str, faults: list[Fault]) -> TextIO | None:
    """The text of a file; what is not UTF-8 is a fault and replaced, so that the rest can still be checked."""
    try:
        data = (folder / file).read_bytes()
    except FileNotFoundError:
        faults.append(Fault(file, None, "", None, "this file in the data folder"))
        return None
    except OSError as error:
        faults.append(
            Fault(file, None, "", error.strerror or "unreadable", "a file that can be read")
        )
        return None
    if not data.strip():
        faults.append(Fault(file, None, "", "empty file", "a header line and at least one row"))
        return None
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        found = f"byte 0x00 at position {data.index(0)}"
        faults.append(Fault(file, line, "", found, "text in UTF-8"))
        return None
    if not _is_utf8(data):
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            faults.append(encoding_fault(file, error))
    # A spreadsheet may put a byte order mark in front. As a whole the text would take four times the memory of the file.
    return io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors="replace", newline="")


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are text, decoded part by part."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    part = 1 << 20
    try:
        for start in range(0, len(data), part):
            decoder.decode(data[start : start + part], final=start + part >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _csv_lines(text: TextIO, file: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """(line on which the row begins, cells) of every row that is not blank."""
    reader = csv.reader(text, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(
                Fault(
                    file,
                    begins,
                    "",
                    str(error),
                    "comma-separated cells, each quotation mark closed",
                )
            )
            return
        if cells:
            yield begins, cells


def _header_is_usable(header: list[str], table: Table, faults: list[Fault]) -> bool:
    """Records missing, unknown and repeated columns; False where no column of the table is there at all."""
    wanted = [field.name for field in table.fields]
    faults += [
        Fault(table.file, 1, column, None, "a column of this name")
        for column in wanted
        if column not in header
    ]
    for i, column in enumerate(header):
        if column not in wanted:
            faults.append(Fault(table.file, 1, "", column, "a column named in datapackage.json"))
        elif column in header[:i]:
            faults.append(Fault(table.file, 1, "", column, "each column once"))
    return any(column in wanted for column in header)


def _whole(
    line: int, cells: list[str], width: int, file: str, faults: list[Fault]
) -> list[str | None]:
    """The cells of a row that has not one for every column of the header, which is a fault, cut or filled up."""
    found = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
    faults.append(Fault(file, line, "", found, f"{width} cells, as in the header"))
    # Which cell is missing is unknown: only those in front, which hold the keys, are kept.
    return [*cells[:width], *[None] * (width - len(cells))]


def _code_lists(codes: TableRows | None) -> CodeLists | None:
    """List name -> its codes in their order; None where the code lists cannot be read."""
    lists: dict[str, tuple[str, ...]] = {}
    for row in codes or ():
        if "list" in row.texts and "code" in row.texts:
            lists[row.texts["list"]] = (*lists.get(row.texts["list"], ()), row.texts["code"])
    return lists or None


def _typed(
    rows: TableRows, table: Table, lists: CodeLists | None, faults: list[Fault]
) -> TableRows:
    """The rows with their cells typed; every distinct cell of a column is checked once."""
    columns = dict(rows.columns)
    found: list[tuple[int, Fault]] = []
    for field in table.fields:
        if field.name not in columns:
            continue
        column = columns[field.name]
        known = KNOWN_CODES.get(table.name, {}).get(field.name, ())
        checked = [
            (None, "") if text is None else _cell(text, field, lists, known)
            for text in column.texts
        ]
        columns[field.name] = replace(
            column,
            values=tuple(value for value, _ in checked),
            sound=tuple(
                text is not None and not expected
                for text, (_, expected) in zip(column.texts, checked, strict=True)
            ),
        )
        if any(expected for _, expected in checked):
            found += _cell_faults(table, rows, field.name, [sentence for _, sentence in checked])
    faults += (fault for _, fault in sorted(found, key=lambda each: each[0]))
    return TableRows(rows.lines, columns)


def _cell_faults(
    table: Table, rows: TableRows, name: str, expected: list[str]
) -> Iterator[tuple[int, Fault]]:
    """(row, fault) of every cell of a column for whose text something else was expected."""
    column = rows.columns[name]
    for at in np.flatnonzero(column.where([bool(sentence) for sentence in expected])).tolist():
        code = column.codes[at]
        yield at, Fault(table.file, rows.lines[at], name, column.texts[code], expected[code])


def _cell(
    text: str, field: Field, lists: CodeLists | None, known: tuple[str, ...]
) -> tuple[Value, str]:
    """(typed value, "") of a sound cell, or (None, what was expected); ``known`` are the only codes, none where any will do."""
    if text == "":
        blank = "" if field.type == "string" else None
        return blank, (_expected(field) if field.required or known else "")
    if field.type != "string":
        value = _PARSERS[field.type](text)
        sound = isinstance(value, float | int) and _within(value, field)
        return value, ("" if sound else _expected(field))
    if (field.enum and text not in field.enum) or (
        field.pattern and not field.pattern.fullmatch(text)
    ):
        return None, _expected(field)
    expected = "" if lists is None else _code_expected(text, field, lists)
    if not expected and known and text not in known:
        return None, f"one of {', '.join(known)}"
    return text, expected


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _boolean(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


_PARSERS: Mapping[str, Callable[[str], Value]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}


def _within(value: float, field: Field) -> bool:
    low = field.minimum is None or value >= field.minimum
    return low and (field.maximum is None or value <= field.maximum)


def _expected(field: Field) -> str:
    """What a cell of ``field`` must be, in words."""
    if field.type == "boolean":
        return "yes or no"
    if field.type == "string":
        return _text_expected(field)
    noun = {"integer": "a whole number", "number": "a number"}[field.type]
    noun = "a percentage" if field.unit == "percent" else noun
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return f"{noun} from {low:g} to {high:g}"
    if low is not None:
        return f"{noun} of at least {low:g}"
    return noun if high is None else f"{noun} of at most {high:g}"


def _text_expected(field: Field) -> str:
    if field.enum:
        return f"one of {', '.join(field.enum)}"
    if field.pattern:
        return field.pattern_words or f"text of the form {field.pattern.pattern}"
    return f"a code of the list {field.code_list}" if field.code_list else "a text, not blank"


def _code_expected(text: str, field: Field, lists: CodeLists) -> str:
    """Blank where every code in the cell is known, else what was expected."""
    if field.split:
        separator, first, second = field.split
        dimension, found, value = text.partition(separator)
        if not found:
            return f"dimension{separator}value"
        return _unknown(dimension, first, lists) or _unknown(value, second + dimension, lists)
    if not field.code_list:
        return ""
    codes = text.split(field.separator) if field.separator else [text]
    if len(codes) != len(set(codes)):
        return "each code once"
    return next(
        (sentence for code in codes if (sentence := _unknown(code, field.code_list, lists))), ""
    )


def _unknown(code: str, list_name: str, lists: CodeLists) -> str:
    known = lists.get(list_name, ())
    if code in known:
        return ""
    named = f": {', '.join(known)}" if 0 < len(known) <= _NAMED_CODES else ""
    return f"a code of the list {list_name} in {CODES_FILE}{named}"


def _key_faults(table: Table, rows: TableRows) -> Iterator[Fault]:
    """A key that stands twice, and whether the two rows agree; likewise columns whose cells must differ."""
    keys = [
        (name,)
        for name in (field.name for field in table.fields if field.unique)
        if (name,) != table.key
    ]
    for columns in filter(None, (table.key, *keys)):
        repeated = rows.frame(columns).duplicated(keep=False).to_numpy()
        seen: dict[tuple[str, ...], Row] = {}
        for row in rows.flagged(repeated):
            if not all(
                column in row.texts for column in columns
            ):  # a fault of its own already, as is a blank key
                continue
            key = tuple(row.texts[column] for column in columns)
            if key in seen and any(key):
                expected = (
                    f"a key used once ({', '.join(columns)}); {_relation(table, seen[key], row)}"
                )
                yield Fault(table.file, row.line, "", ", ".join(key), expected)
            seen.setdefault(key, row)


def _relation(table: Table, first: Row, second: Row) -> str:
    """Whether two rows with one key say the same: for figures the percentage decides, else every cell."""
    figures = [field.name for field in table.fields if field.unit == "percent"]
    compared = figures or [field.name for field in table.fields]
    for column in compared:
        one, other = first.texts.get(column, ""), second.texts.get(column, "")
        if one != other:
            return f'line {first.line} has it with {column} "{one}", and this line contradicts it with "{other}"'
    return f"line {first.line} has it too, and the two agree"


def _reference_faults(
    table: Table, rows: TableRows, reference: Reference, target: Table, targets: TableRows
) -> Iterator[Fault]:
    known = set(targets.cells(reference.target).texts) - {None}
    column = rows.cells(reference.column)
    dangling = [bool(text and known and text not in known) for text in column.texts]
    for at in np.flatnonzero(column.where(dangling)).tolist():
        yield Fault(
            table.file,
            rows.lines[at],
            reference.column,
            column.texts[column.codes[at]],
            f"a {reference.target} of {target.file}",
        )
