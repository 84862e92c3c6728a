"""The figures of a release as one table of typed columns; a row becomes a value only when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import index
from types import MappingProxyType
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset.types import Observation

Mask = npt.NDArray[np.bool_]
"""A flag for each figure."""
_KEPT = 4096
"""Rows that stay as values once they were asked for."""
_FREE_TEXTS = ("label_in_source", "locator", "note")
COUNTS = ("n", "count")
"""Columns that hold numbers of answers."""
FIELDS = tuple(field.name for field in fields(Observation) if field.name != "position")
"""Columns of the table, in the order of the fields of an Observation."""
CODES = tuple(name for name in FIELDS if name not in (*_FREE_TEXTS, *COUNTS, "value"))
"""Columns that hold codes."""


class Observations(Sequence[Observation]):
    """Figures in the order of ``observations.csv``.

    ``table`` has one row a figure and the columns ``FIELDS``: codes are categories (those that occur, in the order of
    their first figure), percentages ``float64``, counts ``Int64`` and free texts ``str``. It must not be changed.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self._cells: tuple[Callable[[int], Any], ...] = tuple(_cell(table[name]) for name in FIELDS)
        self._made: dict[int, Observation] = {}
        self._coded: dict[str, tuple[npt.NDArray[np.int64], Mapping[str, int]]] = {}

    @classmethod
    def of(cls, rows: Iterable[Observation]) -> Observations:
        """The table of single figures, whose positions are counted anew."""
        held = list(rows)
        return cls(
            pd.DataFrame(
                {name: column(name, [getattr(row, name) for row in held]) for name in FIELDS}
            )
        )

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, position: int) -> Observation: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, position: int | slice) -> Observation | tuple[Observation, ...]:
        """One figure as a value; of a slice each of them."""
        if isinstance(position, slice):
            return tuple(self[at] for at in range(*position.indices(len(self))))
        found = self._made.get(position)
        return self._value(index(position)) if found is None else found

    def _value(self, position: int) -> Observation:
        if not -len(self) <= position < len(self):
            raise IndexError(f"no figure at position {position}")
        position %= len(self)
        if len(self._made) >= _KEPT:
            self._made.clear()
        made = Observation(position, *(cell(position) for cell in self._cells))
        self._made[position] = made
        return made

    def __iter__(self) -> Iterator[Observation]:
        """Every figure, made column by column and not kept."""
        columns = (_values(self.table[name]) for name in FIELDS)
        return map(Observation, range(len(self)), *columns)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Observations):
            return NotImplemented
        return len(self) == len(other) and all(map(Observation.__eq__, self, other))

    # Equal by content, which takes a walk over every figure to hash.
    __hash__ = None  # type: ignore[assignment]

    def codes(self, name: str) -> tuple[npt.NDArray[np.int64], Mapping[str, int]]:
        """(code of each figure in a column of codes, what its code is called -> code)."""
        if name not in self._coded:
            held = self.table[name].cat
            names = {label: code for code, label in enumerate(held.categories)}
            self._coded[name] = held.codes.to_numpy(), MappingProxyType(names)
        return self._coded[name]

    def having(self, name: str, *values: str) -> Mask:
        """Flags of the figures that have one of some codes in a column."""
        codes, code_of = self.codes(name)
        # One more than there are codes, for what is none of them.
        wanted = np.zeros(len(code_of) + 1, dtype=bool)
        wanted[[code_of.get(value, -1) for value in values]] = True
        wanted[-1] = False
        chosen: Mask = wanted[codes]
        return chosen

    def find(self, **codes: str) -> list[int]:
        """Positions of the figures that have the given codes, column by column."""
        flags = np.logical_and.reduce([self.having(name, code) for name, code in codes.items()])
        positions: list[int] = np.flatnonzero(flags).tolist()
        return positions

    def labels(self, *names: str) -> npt.NDArray[np.int64]:
        """For each figure the number of its group: figures that agree in columns of codes share one, counted from 0."""
        groups = self.table.groupby(list(names), sort=False, observed=True)
        labels: npt.NDArray[np.int64] = groups.ngroup().to_numpy()
        return labels

    def distinct(self, name: str) -> tuple[str, ...]:
        """The codes that occur in a column, in the order of their first figure."""
        return tuple(self.table[name].cat.categories)

    def counts(self, *names: str) -> Counter[tuple[str, ...]]:
        """Codes in some columns -> figures that have them, in the order of the first of them."""
        sizes = self.table.groupby(list(names), sort=False, observed=True).size()
        keys = sizes.index if len(names) > 1 else ((key,) for key in sizes.index)
        return Counter(dict(zip(keys, sizes.tolist(), strict=True)))


def column(name: str, values: Sequence[Any]) -> pd.Series:
    """A column of the table from its cells, typed."""
    if name in CODES:
        return pd.Series(pd.Categorical(values, categories=list(dict.fromkeys(values))))
    dtype = "float64" if name == "value" else "Int64" if name in COUNTS else "str"
    return pd.Series(values, dtype=dtype)


def coded(codes: npt.NDArray[np.int32], labels: Sequence[str]) -> pd.Series:
    """A column of codes from indices of labels; equal labels become one, those that do not occur go."""
    names = list(dict.fromkeys(labels))
    index_of = {label: at for at, label in enumerate(names)}
    joined = np.array([index_of[label] for label in labels], dtype=np.int32)[codes]
    used, heads = np.unique(joined, return_index=True)
    ordered = used[np.argsort(heads)]
    ranks = np.zeros(len(names), dtype=np.int32)
    ranks[ordered] = np.arange(len(ordered))
    return pd.Series(pd.Categorical.from_codes(ranks[joined], [names[at] for at in ordered]))


def _values(held: pd.Series) -> list[Any]:
    """The cells of a column as plain values; None where a count is not published."""
    if held.dtype == "Int64":
        return [None if missing else count for count, missing in _counts(held)]
    values: list[Any] = held.tolist()
    return values


def _counts(held: pd.Series) -> Iterator[tuple[int, bool]]:
    counts = held.fillna(0).to_numpy(dtype=np.int64).tolist()
    return zip(counts, held.isna().tolist(), strict=True)


def _cell(held: pd.Series) -> Callable[[int], Any]:
    """What gives one cell of a column; pandas' own way to one cell takes a hundred times as long."""
    if held.dtype == "category":
        labels, code_at = list(held.cat.categories), held.cat.codes.to_numpy()
        return lambda at: labels[code_at[at]]
    if held.dtype == "Int64":
        counts, missing = held.fillna(0).to_numpy(dtype=np.int64), held.isna().to_numpy()
        return lambda at: None if missing[at] else int(counts[at])
    if held.dtype == "float64":
        numbers = held.to_numpy()
        return lambda at: float(numbers[at])
    texts = held.to_numpy(dtype=object)
    return lambda at: str(texts[at])
