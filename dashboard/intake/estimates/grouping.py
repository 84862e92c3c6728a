"""Arrays of codes as groups numbered from 0, and sums by group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_DENSEST = 4_000_000
"""Up to so many possible codes, those that occur are found by marking them, without sorting."""
_WIDEST = 2**62


def numbered(columns: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Number the combinations of codes that occur, in their order.

    ``columns`` are one or more arrays of one length. Returns the number of each row, and the codes of each number (numbers by
    columns).
    """
    if not len(columns[0]):
        return np.zeros(0, dtype=np.int64), np.zeros((0, len(columns)), dtype=np.int64)
    low = [int(column.min()) for column in columns]
    size = [1 + int(column.max()) - least for column, least in zip(columns, low, strict=True)]
    width = math.prod(size)
    if width > _WIDEST:
        codes, number = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
        return number.reshape(-1), codes
    shifted = tuple(column - least for column, least in zip(columns, low, strict=True))
    key = np.ravel_multi_index(shifted, size)
    if width > _DENSEST:
        present, number = np.unique(key, return_inverse=True)
    else:
        seen = np.zeros(width, dtype=bool)
        seen[key] = True
        present, number = np.flatnonzero(seen), (np.cumsum(seen) - 1)[key]
    return number, np.stack(np.unravel_index(present, size), axis=1) + np.array(low)


def summed(at: Whole, size: int, values: NDArray[Any] | None = None) -> Floats:
    """Add up ``values`` (1 each where there are none) into an array of ``size``, each at its place in ``at``."""
    return np.bincount(at, values, size).astype(float)


def summed_rows(at: Whole, size: int, values: Floats) -> Floats:
    """Add up the rows of ``values`` into ``size`` rows, each at its place in ``at``."""
    found = np.zeros((size, values.shape[1]))
    np.add.at(found, at, values)
    return found
