"""The cells of one split, from sums that may tell more apart: who is in which cell, stratum and PSU, as numbers from 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.intake.sums import Floats, Strata, Sums, Whole

_DENSEST = 4_000_000
"""Up to so many possible codes, those that occur are found by marking them, without sorting."""
_WIDEST = 2**62


@dataclass(frozen=True, slots=True)
class Domains:
    """The sums of one split.

    Arrays run over rows (those of a stratum, PSU, cell and answer), over PSUs in a cell, over pairs of a cell and a stratum, or over
    cells; only what occurs in the sample is there.
    """

    answer: Whole
    n: Whole
    weight: Floats
    square: Floats
    pair: Whole
    """Row -> pair."""
    unit: Whole | None
    """Row -> PSU in a cell; None where each respondent is one."""
    unit_pair: Whole
    """PSU in a cell -> pair."""
    units: Floats
    """Pair -> PSUs in the sample of its stratum."""
    sampled: Floats
    """Pair -> what part of its stratum was sampled, 0 to 1."""
    cell: Whole
    """Pair -> cell."""
    cells: Whole
    """Codes, cells by columns of the split, in order."""


def domains(sums: Sums, split: tuple[str, ...], strata: Strata) -> Domains:
    """Give the cells of a split. Who has a negative code in one of its columns is in none."""
    inside = np.ones(len(sums.answer), dtype=bool)
    for name in split:
        inside &= sums.codes[name] >= 0
    stratum = np.searchsorted(strata.code, sums.stratum[inside])
    pair, pairs = numbered([*(sums.codes[name][inside] for name in split), stratum])
    cell, cells = numbered([*pairs[:, :-1].T]) if split else _all_alike(len(pairs))
    unit, unit_pair = None, np.zeros(0, dtype=np.int64)
    if sums.psu is not None:
        unit, units = numbered([pair, sums.psu[inside]])
        unit_pair = units[:, 0]
    return Domains(
        answer=sums.answer[inside],
        n=sums.n[inside],
        weight=sums.weight[inside],
        square=sums.square[inside],
        pair=pair,
        unit=unit,
        unit_pair=unit_pair,
        units=strata.units[pairs[:, -1]],
        sampled=strata.sampled[pairs[:, -1]],
        cell=cell,
        cells=cells,
    )


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


def _all_alike(pairs: int) -> tuple[Whole, Whole]:
    """The one cell of the whole sample; none where nobody answered."""
    return np.zeros(pairs, dtype=np.int64), np.zeros((min(pairs, 1), 0), dtype=np.int64)
