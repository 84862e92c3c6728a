"""A CSV file whose rows stay as they are written, byte for byte, but for those that are replaced."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One row."""

    cells: Cells
    text: str
    """As it stands in the file, its end of line included."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A header and the rows below it."""

    columns: tuple[str, ...]
    header: str
    records: tuple[Record, ...]

    @property
    def _end(self) -> str:
        return "\r\n" if self.header.endswith("\r\n") else "\n"

    def text(self) -> str:
        """The whole file."""
        return self.header + "".join(record.text for record in self.records)

    def row(self, cells: Cells) -> Record:
        """A new row, with the cells of those columns that there are."""
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=self._end).writerow(
            [cells.get(column, "") for column in self.columns]
        )
        return Record(cells, out.getvalue())

    def replaced(self, gone: Callable[[Cells], bool], new: Iterable[Cells]) -> Lines:
        """New rows where the first of those stood that go; at the end where none does."""
        kept: list[Record] = []
        at = -1
        for record in self.records:
            if gone(record.cells):
                at = len(kept) if at < 0 else at
            else:
                kept.append(record)
        at = len(kept) if at < 0 else at
        kept[at:at] = map(self.row, new)
        return Lines(self.columns, self.header, tuple(kept))

    def beside(self, like: Cells, new: Iterable[Cells]) -> Lines:
        """New rows behind the last of those that have some cells; at the end where none has."""
        places = [
            at
            for at, record in enumerate(self.records, 1)
            if all(record.cells[column] == cell for column, cell in like.items())
        ]
        at = places[-1] if places else len(self.records)
        records = list(self.records)
        records[at:at] = map(self.row, new)
        return Lines(self.columns, self.header, tuple(records))

    def only(self, kept: Callable[[Cells], bool]) -> Lines:
        """Some of the rows."""
        return self.replaced(lambda cells: not kept(cells), ())


def read(path: Path) -> Lines:
    """The rows of a sound table of a data folder."""
    text = path.read_bytes().decode("utf-8")
    if not text.endswith("\n"):
        text += "\n"
    # No other sign ends a line here, such as those that ``str.splitlines`` knows.
    lines = [f"{line}\n" for line in text.split("\n")[:-1]]
    reader = csv.reader(lines)
    header = next(reader)
    columns = tuple(cell.removeprefix("\ufeff") for cell in header)
    start = done = reader.line_num
    records: list[Record] = []
    for cells in reader:
        raw = "".join(lines[done : reader.line_num])
        done = reader.line_num
        records.append(Record(dict(zip(columns, cells, strict=False)), raw))
    return Lines(columns, "".join(lines[:start]), tuple(records))


def write(path: Path, lines: Lines) -> None:
    """Write a table, where it is not there already as it would be written."""
    made = lines.text().encode()
    if not path.exists() or path.read_bytes() != made:
        path.write_bytes(made)


def new(columns: Iterable[str]) -> Lines:
    """A table without rows."""
    named = tuple(columns)
    return Lines(named, ",".join(named) + "\n", ())
