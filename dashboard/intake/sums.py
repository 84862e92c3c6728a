"""The one group-by: what shares and their errors need, as sums that any engine that narwhals speaks can make.

A recoded frame (pandas, polars, a DuckDB relation) has a row a respondent; strata, units, splits and answers are columns of
small whole numbers. Names of columns hold no dot, which DuckDB takes for a table.

Of a group of respondents these sums are made: how many they are, of their weights, of the squares of those, and of each
replicate weight. Sums over parts of the rows add up to the sums over all, in any order.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from dashboard.intake import results, strata
from dashboard.intake.grouping import Floats, Whole
from dashboard.intake.strata import BadDesign as BadDesign
from dashboard.intake.strata import Posts, Strata
from dashboard.intake.types import Design

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"

MOST_CELLS = 500_000
"""Up to so many joint cells of all splits, or so many rows with PSUs, one pass a question serves all splits."""
_WIDEST = 2**62
"""Codes are folded into one whole number of 64 bits up to this many combinations."""
_ROWS, _WEIGHT, _SQUARE, _KEY = "n__", "w__", "ww__", "key__"
_STRATUM, _POST, _BASE = "stratum__", "post__", "base__"


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of the respondents with an answer, by the codes of one group each; arrays of one length."""

    codes: Mapping[str, Whole]
    """Column of the frame -> code of the group, for each column that was asked for."""
    stratum: Whole
    units: tuple[Whole, ...]
    """Of each stage; none where each respondent is one."""
    post: Whole | None
    answer: Whole
    """Never negative: who gave no answer is left out."""
    n: Whole
    weight: Floats
    square: Floats
    """Of the squared weights."""
    replicates: Floats
    """Groups by replicate weights."""

    def only(self, which: NDArray[np.bool_], codes: Mapping[str, Whole]) -> Sums:
        """Some of the groups, told apart by other codes."""
        return Sums(
            {name: code[which] for name, code in codes.items()},
            self.stratum[which],
            tuple(unit[which] for unit in self.units),
            None if self.post is None else self.post[which],
            self.answer[which],
            self.n[which],
            self.weight[which],
            self.square[which],
            self.replicates[which],
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame with the columns that every sum needs, and what is true of the whole of it."""

    frame: Frame
    rows: int
    stages: tuple[Strata, ...]
    posts: Posts | None
    replicates: tuple[str, ...]
    """Columns of replicate weights."""
    greatest: Floats
    """Of each column of replicates as the file has it."""
    base: tuple[str, ...]
    """Columns that every key begins with: stratum, units, post-stratum."""
    ranges: Mapping[str, tuple[int, int]]
    """Column -> its least and its greatest code."""


def read(native: Any, design: Design, columns: Sequence[str]) -> Sample:
    """Look over a frame once before anything is summed.

    ``native`` is any frame that narwhals reads, ``columns`` are those of questions and splits. Raises `BadDesign` where it has
    no row, a weight is not a number above 0, a stratum has two population sizes, or one below the number of its sampled units, and
    where a replicate weight is below 0 or none.
    """
    frame: Frame = nw.from_native(native)
    weight = nw.col(design.weight) if design.weight else nw.lit(1.0)
    stratum = nw.col(design.stratum) if design.stratum else nw.lit(0)
    frame = frame.select(
        weight.cast(nw.Float64).alias(_WEIGHT),
        stratum.cast(nw.Int64).alias(_STRATUM),
        *(nw.col(column).cast(nw.Int64).alias(name) for column, name in _coded(design)),
        *(nw.col(column).cast(nw.Float64).alias(name) for column, name in _measured(design)),
        *dict.fromkeys(columns),
    )
    frame = frame.with_columns((nw.col(_WEIGHT) * nw.col(_WEIGHT)).alias(_SQUARE))
    rows = _counted(frame)
    frame, replicates, greatest = _with_replicates(frame, design)
    base = (_STRATUM, *(name for _, name in _coded(design)))
    ranges = _ranges(frame, [*base, *dict.fromkeys(columns)])
    stages = tuple(_stages(frame, design))
    posts = _posts(frame, base) if design.poststratum else None
    # Every question and split begins its key with these.
    frame = frame.with_columns(_folded(nw.lit(0, nw.Int64), ranges, base).alias(_BASE))
    return Sample(frame, rows, stages, posts, replicates, greatest, base, ranges)


def _units(design: Design) -> list[tuple[str, str]]:
    """(column, its name here) of the units of each stage."""
    held = [design.psu] if design.psu else []
    held += [stage.unit for stage in design.further]
    return [(column, f"unit{at}__") for at, column in enumerate(held)]


def _coded(design: Design) -> list[tuple[str, str]]:
    """(column, its name here) of units and post-strata."""
    return [*_units(design), *([(design.poststratum, _POST)] if design.poststratum else [])]


def _measured(design: Design) -> list[tuple[str, str]]:
    """(column, its name here) of population sizes and replicate weights."""
    sizes = [design.fpc, *(stage.fpc for stage in design.further)]
    found = [(column, _population(at)) for at, column in enumerate(sizes) if column]
    if design.replicates is not None:
        columns = design.replicates.columns
        found += [(column, f"replicate{at}__") for at, column in enumerate(columns)]
    return found


def _population(stage: int) -> str:
    return f"population{stage}__"


def tallies(
    sample: Sample, question: str, splits: Sequence[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], Sums]]:
    """Give each split with sums that tell its cells apart, for one question.

    The sums of all splits come from one pass where that gives few groups: they then tell apart the columns of the other splits as well.
    """
    names = list(dict.fromkeys(name for split in splits for name in split))
    groups = min(sample.rows, _combinations(sample, [*sample.base, *names]))
    if groups * (1 + len(sample.replicates)) < MOST_CELLS:
        joint = _tally(sample, question, names)
        yield from ((split, joint) for split in splits)
    else:
        yield from ((split, _tally(sample, question, split)) for split in splits)


def together(native: Any, columns: Sequence[str]) -> dict[tuple[str, str], set[tuple[int, int]]]:
    """Give for each two of some columns of codes the pairs of codes, none of them negative, that a respondent has."""
    frame: Frame = nw.from_native(native)
    found = {}
    for a, b in combinations(columns, 2):
        got = _collected(frame.group_by(a, b).agg(nw.len().alias(_ROWS)))
        pairs = zip(got[a].tolist(), got[b].tolist(), strict=True)
        found[a, b] = {(int(x), int(y)) for x, y in pairs if x >= 0 and y >= 0}
    return found


def grouped(frame: Frame, keys: Sequence[str], sums: Sequence[nw.Expr]) -> dict[str, NDArray[Any]]:
    """The columns of one group-by; of the whole frame where there are no keys."""
    with warnings.catch_warnings():
        # pandas says so of a hundred sums of a few groups, which narwhals puts in one by one.
        warnings.filterwarnings("ignore", message="DataFrame is highly fragmented")
        return _collected(frame.group_by(*keys).agg(*sums) if keys else frame.select(*sums))


def rows(frame: Frame, columns: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Columns of a frame that is not large."""
    return _collected(frame.select(*columns))


def _tally(sample: Sample, question: str, columns: Sequence[str]) -> Sums:
    keys = [*sample.base, *columns, question]
    summed = (_WEIGHT, _SQUARE, *sample.replicates)
    sums = (nw.len().alias(_ROWS), *(nw.col(name).sum() for name in summed))
    if _combinations(sample, keys) < _WIDEST:
        # Engines group by one key much faster than by five.
        key = _folded(nw.col(_BASE), sample.ranges, [*columns, question])
        got = grouped(sample.frame.select(key.alias(_KEY), *summed), [_KEY], sums)
        codes = _unfolded(sample, keys, got[_KEY].astype(np.int64))
    else:
        got = grouped(sample.frame, keys, sums)
        codes = {name: got[name].astype(np.int64) for name in keys}
    # Few groups are left out more quickly than many rows.
    answered = codes[question] >= 0
    codes = {name: code[answered] for name, code in codes.items()}
    replicates = [got[name][answered].astype(float) for name in sample.replicates]
    return Sums(
        {name: codes[name] for name in columns},
        codes[_STRATUM],
        tuple(codes[name] for name in sample.base if name not in (_STRATUM, _POST)),
        codes.get(_POST),
        codes[question],
        got[_ROWS][answered].astype(np.int64),
        got[_WEIGHT][answered].astype(float),
        got[_SQUARE][answered].astype(float),
        np.stack(replicates, axis=1) if replicates else np.zeros((int(answered.sum()), 0)),
    )


def _counted(frame: Frame) -> int:
    """How many rows there are, all of which have a weight."""
    sound = (nw.col(_WEIGHT) > 0) & (nw.col(_WEIGHT) < math.inf)
    got = grouped(frame, [], [nw.len().alias(_ROWS), _flag(sound).sum().alias("weighted")])
    rows = int(got[_ROWS][0])
    if not rows:
        raise BadDesign("the sample has no rows")
    unweighted = rows - int(got["weighted"][0])
    if unweighted:
        raise BadDesign(f"{unweighted} rows have no weight above 0")
    return rows


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _with_replicates(frame: Frame, design: Design) -> tuple[Frame, tuple[str, ...], Floats]:
    """The frame with columns of replicate weights, their names, and the greatest of each column as it was."""
    if design.replicates is None:
        return frame, (), np.zeros(0)
    names = tuple(f"replicate{at}__" for at in range(len(design.replicates.columns)))
    sound = [_flag((nw.col(name) >= 0) & (nw.col(name) < math.inf)) for name in names]
    sums = [each.sum().alias(f"sound{at}") for at, each in enumerate(sound)]
    sums += [nw.col(name).max() for name in names]
    got = grouped(frame, [], [nw.len().alias(_ROWS), *sums])
    for at, column in enumerate(design.replicates.columns):
        bad = int(got[_ROWS][0]) - int(got[f"sound{at}"][0])
        if bad:
            raise BadDesign(f"{bad} rows have no replicate weight of 0 or above in {column}")
    greatest = np.array([float(got[name][0]) for name in names])
    if not design.replicates.combined:
        frame = frame.with_columns(*(nw.col(name) * nw.col(_WEIGHT) for name in names))
    return frame, names, greatest


def _stages(frame: Frame, design: Design) -> Iterator[Strata]:
    """The strata of each stage."""
    units = [name for _, name in _units(design)]
    before: Strata | None = None
    for at, column in enumerate([design.fpc, *(stage.fpc for stage in design.further)]):
        keys = [_STRATUM, *units[:at]]
        sums = [(nw.col(units[at]).n_unique() if units else nw.len()).alias(strata.UNITS)]
        if column:
            size = _population(at)
            sums += [nw.col(size).min().alias(strata.LOW), nw.col(size).max().alias(strata.HIGH)]
        got = grouped(frame, keys, sums)
        before = strata.stage([got.pop(key).astype(np.int64) for key in keys], got, before)
        yield before


def _posts(frame: Frame, base: Sequence[str]) -> Posts:
    got = grouped(frame, base, [nw.col(_WEIGHT).sum(), nw.col(_SQUARE).sum()])
    code = np.stack([got[name].astype(np.int64) for name in base], axis=1)
    return Posts(code, got[_WEIGHT].astype(float), got[_SQUARE].astype(float))


def _ranges(frame: Frame, columns: Sequence[str]) -> dict[str, tuple[int, int]]:
    low = [nw.col(name).min().alias(f"low{at}") for at, name in enumerate(columns)]
    high = [nw.col(name).max().alias(f"high{at}") for at, name in enumerate(columns)]
    got = _collected(frame.select(*low, *high))
    return {
        name: (int(got[f"low{at}"][0]), int(got[f"high{at}"][0])) for at, name in enumerate(columns)
    }


def _combinations(sample: Sample, columns: Sequence[str]) -> int:
    return math.prod(1 + high - low for low, high in (sample.ranges[name] for name in columns))


def _folded(key: nw.Expr, ranges: Mapping[str, tuple[int, int]], columns: Sequence[str]) -> nw.Expr:
    """A whole number and several small codes as one whole number."""
    for name in columns:
        low, high = ranges[name]
        key = key * (1 + high - low) + (nw.col(name).cast(nw.Int64) - low)
    return key


def _unfolded(sample: Sample, columns: Sequence[str], key: Whole) -> dict[str, Whole]:
    found: dict[str, Whole] = {}
    for name in reversed(columns):
        low, high = sample.ranges[name]
        key, code = np.divmod(key, 1 + high - low)
        found[name] = code + low
    return found


def _collected(frame: Frame) -> dict[str, NDArray[Any]]:
    """The columns of a small result."""
    found = results.held(frame)
    return {name: found[name].to_numpy() for name in found.columns}
