"""Rows of a CSV file or a workbook as a cube: long, one row a figure, or wide, one column a category."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import openpyxl
from openpyxl.utils.cell import range_boundaries

from dashboard.intake.codebook import From
from dashboard.intake.cubes import MOST_CELLS, Cell, Cube, Dimension, number, plain
from dashboard.intake.faults import Fault, Refused, counted, nearest, quoted

Value: TypeAlias = str | Decimal
"""A cell as it is written, blank where there is none, or a number of a workbook."""
Row: TypeAlias = tuple[int, Sequence[Value]]
"""Number of the row in its file, from 1, and its cells."""
_SHOWN = 20
"""Faults of one kind that are told of a file; the rest is counted."""


def csv_rows(origin: From, held: bytes) -> list[Row]:
    """The rows of a CSV file that are not blank; raises Refused where it is no text in its encoding or a row is too short."""
    text = _text(origin, held)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=origin.separator)
        rows: list[Row] = [(reader.line_num, [*map(str.strip, cells)]) for cells in reader]
    except (csv.Error, TypeError) as error:
        raise Refused([Fault(origin.name, quoted(error), "a CSV file")]) from error
    rows = [row for row in rows if any(row[1])]
    width = len(rows[0][1]) if rows else 0
    odd = [
        Fault(f"{origin.name}, line {at}", f"{len(cells)} cells", f"{width}, as in the header")
        for at, cells in rows
        if len(cells) != width
    ]
    if odd:
        raise Refused(_some(odd, origin.name))
    return rows


def _text(origin: From, held: bytes) -> str:
    try:
        codecs.lookup(origin.encoding)
        text = held.decode("utf-8-sig" if origin.encoding == "utf-8" else origin.encoding)
    except LookupError as error:
        expected = "the name of an encoding, such as utf-8 or windows-1252"
        fault = Fault(f"{origin.name}, encoding", quoted(origin.encoding), expected)
        raise Refused([fault]) from error
    except UnicodeDecodeError as error:
        found = f"byte 0x{held[error.start]:02X} at position {error.start}"
        expected = f"text in {origin.encoding}; name another as [from] encoding"
        raise Refused([Fault(origin.name, found, expected)]) from error
    if "\0" in text:
        raise Refused([Fault(origin.name, "bytes that are no text", "a CSV file")])
    return text


def workbook_rows(origin: From, held: bytes) -> list[Row]:
    """The rows of a sheet, or of a range of it, that are not blank; each cell of a merged range has what the range shows.

    Raises Refused where it is no workbook, or has no such sheet or range.
    """
    try:
        book = openpyxl.load_workbook(io.BytesIO(held), data_only=True)
    except Exception as error:
        # openpyxl lets through what zip, XML and its own classes raise of a damaged file.
        fault = Fault(origin.name, quoted(error), "a workbook that can be read")
        raise Refused([fault]) from error
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    name = origin.sheet or next(iter(sheets), "")
    if name not in sheets:
        expected = f"one of {', '.join(sheets)}{nearest(name, sheets)}"
        raise Refused([Fault(f"{origin.name}, sheet", quoted(name), expected)])
    sheet = sheets[name]
    left, top, right, bottom = _bounds(origin, sheet)
    merged = {
        (row, column): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    rows: list[Row] = []
    for at in range(top, bottom + 1):
        cells = [
            _value(merged.get((at, column), sheet.cell(at, column).value))
            for column in range(left, right + 1)
        ]
        if any(cell != "" for cell in cells):
            rows.append((at, cells))
    return rows


def _bounds(origin: From, sheet: Any) -> tuple[int, int, int, int]:
    whole = (1, 1, sheet.max_column, sheet.max_row)
    if origin.range:
        try:
            found = range_boundaries(origin.range)
        except ValueError:
            found = (None,)
        if None in found or len(found) != 4:
            expected = "the corners of a range, such as A3:F20"
            fault = Fault(f"{origin.name}, range", quoted(origin.range), expected)
            raise Refused([fault])
        whole = found
    left, top, right, bottom = whole
    cells = (right - left + 1) * (bottom - top + 1)
    if cells > MOST_CELLS:
        raise Refused([Fault(origin.name, f"{cells} cells", f"at most {MOST_CELLS}; give a range")])
    return left, top, right, bottom


def _value(held: object) -> Value:
    """A cell of a workbook: numbers without noise, dates as 2026-11-28."""
    if held is None:
        return ""
    if isinstance(held, int | float) and not isinstance(held, bool):
        return plain(number(held))
    if isinstance(held, datetime) and not (held.hour or held.minute or held.second):
        return held.date().isoformat()
    return held.isoformat() if isinstance(held, date) else str(held).strip()


def cube(origin: From, rows: Sequence[Row], keys: Collection[str], across: str) -> Cube:
    """The cube of rows below a header: columns that ``keys`` names are dimensions, the others are categories of ``across``.

    Raises Refused with every fault: no such columns, blanks where a category is expected, rows with the same categories.
    """
    if len(rows) < 2:
        raise Refused([Fault(origin.name, "no row below the header", "a table with a header")])
    header = _header(origin, rows[0][1], keys)
    places = [at for at, name in enumerate(header) if name in keys]
    others = [at for at, name in enumerate(header) if name and name not in keys]
    if len(rows) * len(header) > MOST_CELLS:
        found = f"{len(rows) * len(header)} cells"
        raise Refused([Fault(origin.name, found, f"at most {MOST_CELLS}")])
    faults: list[Fault] = []
    lines: dict[tuple[str, ...], int] = {}
    cells: dict[tuple[str, ...], Cell] = {}
    for line, row in rows[1:]:
        key = tuple(str(row[at]) for at in places)
        place = f"{origin.name}, line {line}"
        faults += (
            Fault(f"{place}, column {header[at]}", "blank", "a category")
            for at in places
            if row[at] == ""
        )
        if key in lines:
            expected = f"other categories than line {lines[key]}"
            faults.append(Fault(place, quoted(", ".join(key)), expected))
        lines.setdefault(key, line)
        cells |= {(*key, header[at]): cell_of(row[at], origin.decimal) for at in others}
    if faults:
        raise Refused(_some(faults, origin.name))
    dimensions = [
        Dimension(header[at], header[at], {key[place]: key[place] for key in lines})
        for place, at in enumerate(places)
    ]
    dimensions.append(Dimension(across, across, {header[at]: header[at] for at in others}))
    return Cube(tuple(dimensions), cells)


def cell_of(value: Value, decimal: str = ".") -> Cell:
    """What is written in a cell: a number, or else a symbol."""
    if isinstance(value, Decimal):
        return Cell(value)
    try:
        return Cell(number(value.replace(decimal, ".") if decimal != "." else value))
    except ValueError:
        return Cell(None, value)


def _header(origin: From, cells: Sequence[Value], keys: Collection[str]) -> list[str]:
    header = [str(cell) for cell in cells]
    faults = [
        Fault(f"{origin.name}, header", f"{quoted(name)} {times} times", "each column once")
        for name, times in Counter(header).items()
        if times > 1 and name
    ]
    faults += _without(origin, header, keys)
    if faults:
        raise Refused(faults)
    return header


def _without(origin: From, header: Sequence[str], keys: Collection[str]) -> Iterator[Fault]:
    for key in keys:
        if key not in header:
            named = [name for name in header if name]
            expected = f"a column of {origin.name}, one of {', '.join(named)}{nearest(key, named)}"
            yield Fault("[columns] or [select]", quoted(key), expected)


def _some(faults: Sequence[Fault], name: str) -> list[Fault]:
    more = len(faults) - _SHOWN
    if more <= 0:
        return [*faults]
    return [*faults[:_SHOWN], Fault(name, f"{counted(more, 'more fault')} of this kind", "none")]


def labelled(header: str) -> tuple[str, str]:
    """Code and label of ``SEX: Sex``, as SDMX-CSV writes both; the same twice where there is only one."""
    code, colon, label = header.partition(":")
    return (code.strip(), label.strip()) if colon and label.strip() else (header, header)
