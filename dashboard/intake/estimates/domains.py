"""The cells of one split, from sums that may tell more apart: who is in which cell, stratum and unit, as numbers from 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.intake.estimates.grouping import Floats, Whole, numbered, summed
from dashboard.intake.estimates.strata import Posts, Strata
from dashboard.intake.estimates.sums import Sample, Sums


@dataclass(frozen=True, slots=True)
class Level:
    """One stage of the design. Arrays run over rows, over units in a cell, or over pairs of a cell and a stratum."""

    unit: Whole | None
    """Row -> unit in a cell; None where each respondent is one."""
    unit_pair: Whole
    """Unit in a cell -> pair."""
    pair: Whole
    """Row -> pair."""
    cell: Whole
    """Pair -> cell."""
    units: Floats
    """Pair -> units in the sample of its stratum."""
    sampled: Floats
    """Pair -> what part of its stratum was sampled, 0 to 1."""
    earlier: Floats
    """Pair -> what part was sampled in the stages before."""


@dataclass(frozen=True, slots=True)
class Domains:
    """The sums of one split.

    Arrays run over rows: those of a stratum, unit, cell and answer that occur; of a sample with post-strata also those of everybody
    in each part of them, once for each cell, which count no respondent.
    """

    answer: Whole
    n: Whole
    weight: Floats
    square: Floats
    replicates: Floats
    cell: Whole
    """Row -> cell."""
    cells: Whole
    """Codes, cells by columns of the split, in order."""
    levels: tuple[Level, ...]
    post: Whole | None
    """Row -> post-stratum in a cell."""
    post_weight: Floats
    """Post-stratum in a cell -> sum of the weights of everybody in it."""

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Which rows are of respondents in a cell."""
        inside: NDArray[np.bool_] = self.n > 0
        return inside


def domains(sums: Sums, split: tuple[str, ...], sample: Sample) -> Domains:
    """Give the cells of a split. Who has a negative code in one of its columns is in none."""
    inside = np.ones(len(sums.answer), dtype=bool)
    for name in split:
        inside &= sums.codes[name] >= 0
    stratum = sums.stratum[inside]
    units = [unit[inside] for unit in sums.units]
    place = sample.stages[0].place([stratum])
    pair, pairs = numbered([*(sums.codes[name][inside] for name in split), place])
    of_pair, cells = numbered([*pairs[:, :-1].T]) if split else _all_alike(len(pairs))
    cell = of_pair[pair]
    rows: dict[str, NDArray[Any]] = {
        "answer": sums.answer[inside],
        "n": sums.n[inside],
        "weight": sums.weight[inside],
        "square": sums.square[inside],
        "replicates": sums.replicates[inside],
    }
    post, post_weight = None, np.zeros(0)
    if sample.posts is not None and sums.post is not None:
        code = np.column_stack([stratum, *units, sums.post[inside]])
        rows, code, cell = _with_everybody(rows, code, cell, len(cells), sample.posts)
        post, _ = numbered([cell, code[:, -1]])
        everybody = np.where(rows["n"] > 0, 0, rows["weight"])
        post_weight = summed(post, int(post.max(initial=-1)) + 1, everybody)
        units = [*code[:, 1:-1].T]
        pair, pairs = numbered([cell, sample.stages[0].place([code[:, 0]])])
        of_pair = pairs[:, 0]
    levels = tuple(_levels(pair, pairs[:, -1], of_pair, units, sample.stages))
    return Domains(
        **rows, cell=cell, cells=cells, levels=levels, post=post, post_weight=post_weight
    )


def _with_everybody(
    rows: dict[str, NDArray[Any]], code: Whole, cell: Whole, cells: int, posts: Posts
) -> tuple[dict[str, NDArray[Any]], Whole, Whole]:
    """The rows, their codes and cells, with everybody in each part of the post-strata behind them."""
    parts = cells * len(posts.code)
    further: dict[str, NDArray[Any]] = {
        "answer": np.full(parts, -1),
        "n": np.zeros(parts, dtype=np.int64),
        "weight": np.tile(posts.weight, cells),
        "square": np.tile(posts.square, cells),
        "replicates": np.zeros((parts, rows["replicates"].shape[1])),
    }
    return (
        {name: np.concatenate([values, further[name]]) for name, values in rows.items()},
        np.concatenate([code, np.tile(posts.code, (cells, 1))]),
        np.concatenate([cell, np.repeat(np.arange(cells), len(posts.code))]),
    )


def _levels(
    pair: Whole, place: Whole, cell: Whole, units: Sequence[Whole], stages: Sequence[Strata]
) -> Iterator[Level]:
    """The stages, from the pairs of the first: which rows, strata and cells are theirs."""
    codes = stages[0].code[place]
    for at, strata in enumerate(stages):
        unit, unit_pair, code = None, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        if units:
            unit, found = numbered([pair, units[at]])
            unit_pair, code = found.T
        yield Level(
            unit,
            unit_pair,
            pair,
            cell,
            strata.units[place],
            strata.sampled[place],
            strata.earlier[place],
        )
        if unit is not None and at + 1 < len(stages):
            codes = np.column_stack([codes[unit_pair], code])
            pair, cell = unit, cell[unit_pair]
            place = stages[at + 1].place([*codes.T])


def _all_alike(pairs: int) -> tuple[Whole, Whole]:
    """The one cell of the whole sample; none where nobody answered."""
    return np.zeros(pairs, dtype=np.int64), np.zeros((min(pairs, 1), 0), dtype=np.int64)
