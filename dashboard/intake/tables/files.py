"""Official tables from a file: JSON-stat, SDMX-CSV, CSV, workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from dashboard.intake import cubes
from dashboard.intake.cubes import Answer, Cube, Read
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.tables import sdmx, sheets
from dashboard.intake.tables.codebook import MEASURE, TableBook

LARGEST = 200 * 2**20
"""Bytes of a file that is read."""


def read(book: TableBook) -> Read:
    """The table of the file that a codebook names.

    Raises Refused for a file that is not there, too large, or of another kind than the codebook says.
    """
    path = book.origin.path
    if path is None:
        raise ValueError("no file")
    held = _bytes(path)
    cube = _READERS[book.origin.format](book, held)
    return Read(cube, (Answer(path.name, hashlib.sha256(held).hexdigest(), len(held)),))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            expected = f"at most {LARGEST // 2**20} MB; narrow the table"
            raise Refused([Fault(path.name, f"{size / 2**20:.0f} MB", expected)])
        return path.read_bytes()
    except OSError as error:
        found = "missing" if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise Refused([Fault(path.name, found, "the table that [from] file names")]) from error


def _jsonstat(book: TableBook, held: bytes) -> Cube:
    name = book.origin.name
    try:
        document = cubes.document(held)
    except (ValueError, RecursionError) as error:
        raise Refused([Fault(name, quoted(error), "JSON")]) from error
    return cubes.jsonstat(document, named=book.origin.named, name=name)


def _sdmx(book: TableBook, held: bytes) -> Cube:
    rows = sheets.csv_rows(book.origin, held)
    return sdmx.cube(book.origin, rows, _keys(book), book.measure.skip)


def _csv(book: TableBook, held: bytes) -> Cube:
    return _sheet(book, sheets.csv_rows(book.origin, held))


def _xlsx(book: TableBook, held: bytes) -> Cube:
    return _sheet(book, sheets.workbook_rows(book.origin, held))


def _sheet(book: TableBook, rows: list[sheets.Row]) -> Cube:
    across = book.origin.wide or MEASURE
    keys = [name for name in _keys(book) if name != across]
    if not book.origin.wide and book.measure.dimension != MEASURE:
        keys.append(book.measure.dimension)
    return sheets.cube(book.origin, rows, keys, across)


def _keys(book: TableBook) -> list[str]:
    """The dimensions that a codebook names."""
    return list(
        dict.fromkeys((*(column.dimension for column in book.columns), *book.origin.select))
    )


_READERS: Mapping[str, Callable[[TableBook, bytes], Cube]] = {
    "jsonstat": _jsonstat,
    "sdmx-csv": _sdmx,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""Format -> its reader."""
