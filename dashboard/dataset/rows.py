"""Rows of one table, kept by column: each distinct cell is stored, typed and checked once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

Value = str | int | float | bool | None
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    """Physical line of the file on which the row begins, counted from 1."""
    texts: Mapping[str, str]
    """The cells as they stand in the file."""
    values: Mapping[str, Any]
    """The cells that are sound, of the type of their column; a blank cell is "" in a text column and None in any other."""


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column."""

    codes: npt.NDArray[np.int32]
    """Row -> index of its text among ``texts``."""
    texts: tuple[str | None, ...]
    """The distinct cells in the order of their first row; None where a row is too short to have one."""
    values: tuple[Value, ...] = ()
    """Text -> its typed value; None where there is none."""
    sound: tuple[bool, ...] = ()
    """Text -> whether it may be used."""

    def where(self, chosen: Sequence[bool]) -> Flags:
        """The rows whose text is chosen, one flag for each of ``texts``."""
        flags: Flags = np.asarray(chosen, dtype=bool)[self.codes]
        return flags

    def numbers(self) -> npt.NDArray[np.float64]:
        """The value of each row as a number; NaN where there is none."""
        values = [np.nan if value is None else float(value) for value in self.values]
        numbers: npt.NDArray[np.float64] = np.array(values, dtype=float)[self.codes]
        return numbers


class ColumnReader:
    """Takes rows of cells one by one and keeps their distinct cells."""

    _AT_ONCE = 4096
    """Rows that wait until they are taken apart."""

    def __init__(self, width: int) -> None:
        self.lines = array("q")
        self._width = width
        self._texts = [_Places() for _ in range(width)]
        self._codes = [array("i") for _ in range(width)]
        self._waiting: list[Sequence[str | None]] = []

    def add(self, line: int, cells: Sequence[str | None]) -> None:
        """One row of exactly as many cells as there are columns."""
        self.lines.append(line)
        self._waiting.append(cells)
        if len(self._waiting) == self._AT_ONCE:
            self._take()

    def columns(self) -> list[Column]:
        """What has been read, column by column."""
        self._take()
        return [
            Column(np.array(codes, dtype=np.int32), tuple(texts))
            for codes, texts in zip(self._codes, self._texts, strict=True)
        ]

    def _take(self) -> None:
        if self._waiting:
            for codes, texts, cells in zip(
                self._codes, self._texts, zip(*self._waiting, strict=True), strict=True
            ):
                codes.extend(map(texts.__getitem__, cells))
            self._waiting.clear()


class _Places(dict[str | None, int]):
    """Text -> its index in the order in which texts were first asked for."""

    def __missing__(self, text: str | None) -> int:
        self[text] = index = len(self)
        return index


class TableRows(Sequence[Row]):
    """The rows of one table; a row is put together when it is asked for."""

    def __init__(self, lines: Sequence[int], columns: Mapping[str, Column]) -> None:
        self.lines = lines
        """Physical line of the file on which each row begins, counted from 1."""
        self.columns = columns

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[position] for position in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        texts: dict[str, str] = {}
        values: dict[str, Any] = {}
        for name, column in self.columns.items():
            code = column.codes[at]
            text = column.texts[code]
            if text is not None:
                texts[name] = text
                if column.sound and column.sound[code]:
                    values[name] = column.values[code]
        return Row(self.lines[at], texts, values)

    def __iter__(self) -> Iterator[Row]:
        columns = self.columns.values()
        if not all(
            None not in column.texts and column.sound and all(column.sound) for column in columns
        ):
            return (self[at] for at in range(len(self)))
        return self._sound_rows()

    def _sound_rows(self) -> Iterator[Row]:
        """Every row of a table without a cell that is missing or not sound."""
        names, columns = tuple(self.columns), self.columns.values()
        codes = [column.codes.tolist() for column in columns]
        texts, values = (
            zip(
                *(map(of.__getitem__, at) for of, at in zip(cells, codes, strict=True)), strict=True
            )
            for cells in ([each.texts for each in columns], [each.values for each in columns])
        )
        for line, of_texts, of_values in zip(self.lines, texts, values, strict=True):
            yield Row(
                line,
                dict(zip(names, of_texts, strict=True)),
                dict(zip(names, of_values, strict=True)),
            )

    def at(self, positions: Iterable[int]) -> Iterator[Row]:
        """Some rows."""
        return (self[position] for position in positions)

    def flagged(self, flags: Flags) -> Iterator[Row]:
        """The rows that have a flag, in their order."""
        return self.at(np.flatnonzero(flags).tolist())

    def without(self, flags: Flags) -> TableRows:
        """The rows that have no flag."""
        if not flags.any():
            return self
        kept = np.flatnonzero(~flags)
        columns = {name: replace(of, codes=of.codes[kept]) for name, of in self.columns.items()}
        return TableRows([self.lines[at] for at in kept.tolist()], columns)

    def cells(self, column: str) -> Column:
        """A column; one in which every row lacks its cell where the file has none of that name."""
        found = self.columns.get(column)
        if found is not None:
            return found
        nothing: tuple[str | None, ...] = (None,) if len(self) else ()
        codes = np.zeros(len(self), dtype=np.int32)
        return Column(codes, nothing, (None,) * len(nothing), (False,) * len(nothing))

    def having(self, column: str, *values: Value) -> Flags:
        """The rows of which a cell is sound and one of some values."""
        found = self.cells(column)
        return found.where(
            [
                sound and value in values
                for value, sound in zip(found.values, found.sound, strict=True)
            ]
        )

    def texts(self, column: str) -> list[str]:
        """The cells of a column as they stand in the file; blank where a row lacks its cell."""
        found = self.cells(column)
        texts = np.array([text or "" for text in found.texts], dtype=object)
        cells: list[str] = texts[found.codes].tolist()
        return cells

    def frame(self, columns: Iterable[str]) -> pd.DataFrame:
        """Some columns as whole numbers, equal where the cells are; a cell that a row lacks counts as blank."""
        return pd.DataFrame({name: _blank_is_absent(self.cells(name)) for name in columns})

    def kinds(
        self, *columns: str, among: Flags | None = None
    ) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
        """(typed cells of some columns, positions of the rows that hold just these); a cell that is not sound is None."""
        cells = [self.cells(name) for name in columns]
        codes = pd.DataFrame({name: of.codes for name, of in zip(columns, cells, strict=True)})
        values = [
            [value if sound else None for value, sound in zip(of.values, of.sound, strict=True)]
            for of in cells
        ]
        for positions in together(codes if among is None else codes[among]):
            head = positions[0]
            kind = tuple(of[each.codes[head]] for of, each in zip(values, cells, strict=True))
            yield kind, positions


def together(frame: pd.DataFrame) -> Iterator[list[int]]:
    """The labels of the rows that agree in every column, those of the first row first; each list rises."""
    if frame.empty:
        return
    labels = frame.groupby(list(frame.columns), sort=False).ngroup().to_numpy()
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order], append=-1)) + 1
    rows = frame.index.to_numpy()[order].tolist()
    start = 0
    for end in ends.tolist():
        yield rows[start:end]
        start = end


def _blank_is_absent(column: Column) -> npt.NDArray[np.int32]:
    if None not in column.texts or "" not in column.texts:
        return column.codes
    absent, blank = column.texts.index(None), column.texts.index("")
    return np.where(column.codes == absent, np.int32(blank), column.codes)
