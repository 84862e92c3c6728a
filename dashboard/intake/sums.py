"""The one group-by: what shares and their errors need, as sums that any engine that narwhals speaks can make.

A recoded frame (pandas, polars, a DuckDB relation) has a row a respondent; strata, PSUs, splits and answers are columns of
small whole numbers. Names of columns hold no dot, which DuckDB takes for a table.

Of a group of respondents three sums are made: how many they are, of their weights, and of the squares of those. Sums over
parts of the rows add up to the sums over all, in any order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from dashboard.intake import results
from dashboard.intake.types import Design

Whole: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"

MOST_CELLS = 500_000
"""Up to so many joint cells of all splits, or so many rows with PSUs, one pass a question serves all splits."""
_WIDEST = 2**62
"""Codes are folded into one whole number of 64 bits up to this many combinations."""
_ROWS, _WEIGHT, _SQUARE, _KEY = "n__", "w__", "ww__", "key__"
_STRATUM, _PSU, _POPULATION, _BASE = "stratum__", "psu__", "population__", "base__"


class BadDesign(ValueError):
    """Weights, strata or population sizes that no error can be computed from."""


@dataclass(frozen=True, slots=True)
class Strata:
    """The strata of the whole sample, sorted by code; arrays of one length."""

    code: Whole
    units: Floats
    """PSUs in the sample; respondents where the design has no PSUs."""
    sampled: Floats
    """Their share of the population, 0 where its size is not given."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of the respondents with an answer, by the codes of one group each; arrays of one length."""

    codes: Mapping[str, Whole]
    """Column of the frame -> code of the group, for each column that was asked for."""
    stratum: Whole
    psu: Whole | None
    answer: Whole
    """Never negative: who gave no answer is left out."""
    n: Whole
    weight: Floats
    square: Floats
    """Of the squared weights."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame with the columns that every sum needs, and what is true of the whole of it."""

    frame: Frame
    rows: int
    design: Design
    strata: Strata
    ranges: Mapping[str, tuple[int, int]]
    """Column -> its least and its greatest code."""


def read(native: Any, design: Design, columns: Sequence[str]) -> Sample:
    """Look over a frame once before anything is summed.

    ``native`` is any frame that narwhals reads, ``columns`` are those of questions and splits. Raises `BadDesign` where it has
    no row, a weight is not a number above 0, a stratum has two population sizes, or one below the number of its sampled units.
    """
    frame: Frame = nw.from_native(native)
    weight = nw.col(design.weight) if design.weight else nw.lit(1.0)
    stratum = nw.col(design.stratum) if design.stratum else nw.lit(0)
    made = [weight.cast(nw.Float64).alias(_WEIGHT), stratum.cast(nw.Int64).alias(_STRATUM)]
    if design.psu:
        made.append(nw.col(design.psu).cast(nw.Int64).alias(_PSU))
    if design.fpc:
        made.append(nw.col(design.fpc).cast(nw.Float64).alias(_POPULATION))
    frame = frame.with_columns(*made)
    frame = frame.with_columns((nw.col(_WEIGHT) * nw.col(_WEIGHT)).alias(_SQUARE))
    rows, strata = _strata(frame, design)
    base = _base(design)
    ranges = _ranges(frame, [*base, *dict.fromkeys(columns)])
    # Every question and split begins its key with these.
    frame = frame.with_columns(_folded(nw.lit(0, nw.Int64), ranges, base).alias(_BASE))
    return Sample(frame, rows, design, strata, ranges)


def _base(design: Design) -> list[str]:
    return [_STRATUM, _PSU] if design.psu else [_STRATUM]


def tallies(
    sample: Sample, question: str, splits: Sequence[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], Sums]]:
    """Give each split with sums that tell its cells apart, for one question.

    The sums of all splits come from one pass where that gives few groups: they then tell apart the columns of the other splits as well.
    """
    names = list(dict.fromkeys(name for split in splits for name in split))
    groups = sample.rows
    if not sample.design.psu:
        groups = min(groups, _combinations(sample, [_STRATUM, *names]))
    if groups < MOST_CELLS:
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


def _tally(sample: Sample, question: str, columns: Sequence[str]) -> Sums:
    keys = [*_base(sample.design), *columns, question]
    sums = (
        nw.len().alias(_ROWS),
        nw.col(_WEIGHT).sum(),
        nw.col(_SQUARE).sum(),
    )
    if _combinations(sample, keys) < _WIDEST:
        # Engines group by one key much faster than by five.
        key = _folded(nw.col(_BASE), sample.ranges, [*columns, question])
        folded = sample.frame.select(key.alias(_KEY), _WEIGHT, _SQUARE)
        got = _collected(folded.group_by(_KEY).agg(*sums))
        codes = _unfolded(sample, keys, got[_KEY].astype(np.int64))
    else:
        got = _collected(sample.frame.group_by(keys).agg(*sums))
        codes = {name: got[name].astype(np.int64) for name in keys}
    # Few groups are left out more quickly than many rows.
    answered = codes[question] >= 0
    codes = {name: code[answered] for name, code in codes.items()}
    return Sums(
        {name: codes[name] for name in columns},
        codes[_STRATUM],
        codes.get(_PSU),
        codes[question],
        got[_ROWS][answered].astype(np.int64),
        got[_WEIGHT][answered].astype(float),
        got[_SQUARE][answered].astype(float),
    )


def _strata(frame: Frame, design: Design) -> tuple[int, Strata]:
    """How many rows there are, and the strata."""
    units = nw.col(_PSU).n_unique() if design.psu else nw.len()
    sound = (nw.col(_WEIGHT) > 0) & (nw.col(_WEIGHT) < math.inf)
    sums = [
        nw.len().alias(_ROWS),
        units.alias("units"),
        nw.col("sound").sum().alias("weighted"),
    ]
    if design.fpc:
        sums += [nw.col(_POPULATION).min().alias("low"), nw.col(_POPULATION).max().alias("high")]
    checked = frame.with_columns(nw.when(sound).then(nw.lit(1)).otherwise(nw.lit(0)).alias("sound"))
    got = _collected(checked.group_by(_STRATUM).agg(*sums))
    order = np.argsort(got[_STRATUM])
    found = {name: values[order].astype(float) for name, values in got.items()}
    code = got[_STRATUM][order].astype(np.int64)
    if not len(code):
        raise BadDesign("the sample has no rows")
    unweighted = int(np.sum(found[_ROWS] - found["weighted"]))
    if unweighted:
        raise BadDesign(f"{unweighted} rows have no weight above 0")
    sampled = _sampled(code, found) if design.fpc else np.zeros(len(code))
    return int(found[_ROWS].sum()), Strata(code, found["units"], sampled)


def _sampled(code: Whole, found: Mapping[str, Floats]) -> Floats:
    """The sampled share of each stratum."""
    low, high, units = found["low"], found["high"], found["units"]
    mixed = ~(low == high)
    if mixed.any():
        raise BadDesign(f"stratum {code[mixed][0]} has more than one population size")
    short = high < units
    if short.any():
        raise BadDesign(
            f"stratum {code[short][0]} has {units[short][0]:.0f} units in the sample and {high[short][0]:g} in the population"
        )
    return units / high


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
