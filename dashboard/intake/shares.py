"""Weighted shares with design-based standard errors, by Taylor linearisation.

The share p of an answer in a domain is A / B, with A the sum of the weights over those who gave the answer and B over all who
answered. The linearised score of PSU i is (A_i - p B_i) / B, so the variance needs only the sums of A_i, A_i^2, A_i B_i and B_i^2
of each stratum. Without PSUs each respondent is one: the squares are then sums of squared weights. A stratum counts the PSUs of
the whole sample, whatever the domain.

Source: Woodruff (1971), Journal of the American Statistical Association 66:411-414; the sum over strata, the lonely PSUs and the
degrees of freedom are those of Lumley's R package ``survey``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.intake import intervals
from dashboard.intake.domains import Domains, domains, summed
from dashboard.intake.sums import BadDesign, Floats, Strata, read, tallies
from dashboard.intake.types import Asked, Design, Share

LONELY = ("fail", "remove", "certainty", "adjust", "average")
_DECIMALS = 12
"""Below these the order in which an engine adds up may show."""


def estimate(
    frame: Any,
    design: Design,
    asked: Sequence[Asked],
    splits: Sequence[tuple[str, ...]],
    *,
    interval: intervals.Method = "logit",
    confidence: float = 0.95,
) -> tuple[Share, ...]:
    """Give the share of every response to every question in every cell of every split that somebody answered in.

    ``frame`` is what `sums.read` takes; ``()`` among ``splits`` is the whole sample, and who has a negative code in a column of a
    split is in none of its cells. Shares come by question, split, cell and response, in the order of ``asked``, ``splits``, codes
    and answers. They and their intervals are rounded to 12 decimals.

    Raises ValueError for a lonely rule, an interval or a confidence that is none, and `sums.BadDesign` for a sample that no error
    can be computed from, as where a stratum has one PSU and the design says ``fail``.
    """
    if design.lonely not in LONELY:
        raise ValueError(f"lonely must be one of {', '.join(LONELY)}, not {design.lonely}")
    intervals.check(interval, confidence)
    columns = [*(each.column for each in asked), *(name for split in splits for name in split)]
    sample = read(frame, design, columns)
    _refuse_lonely(sample.strata, design)
    return tuple(
        _share(each.column, split, figures, interval, confidence)
        for each in asked
        for split, sums in tallies(sample, each.column, splits)
        for figures in _figures(each, domains(sums, split, sample.strata), design.lonely)
    )


def _refuse_lonely(strata: Strata, design: Design) -> None:
    alone = (strata.units == 1) & (strata.sampled < 1)
    if design.lonely == "fail" and alone.any():
        listed = ", ".join(str(code) for code in strata.code[alone].tolist())
        raise BadDesign(f"only one PSU in the sample of stratum {listed}")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A share before it has an interval."""

    response: str
    cell: tuple[int, ...]
    n: int
    n_answer: int
    value: float
    se: float
    df: int


def _share(
    column: str,
    split: tuple[str, ...],
    figure: _Figure,
    method: intervals.Method,
    confidence: float,
) -> Share:
    value, se, n = figure.value, figure.se, figure.n
    low, high = intervals.interval(value, se, n, figure.df, method=method, confidence=confidence)
    return Share(
        column=column,
        response=figure.response,
        split=split,
        cell=figure.cell,
        n=n,
        n_answer=figure.n_answer,
        value=round(value, _DECIMALS),
        se=se,
        df=figure.df,
        low=round(low, _DECIMALS),
        high=round(high, _DECIMALS),
        n_effective=round(intervals.n_effective(value, se, n), _DECIMALS // 2),
    )


def _figures(asked: Asked, groups: Domains, lonely: str) -> Iterator[_Figure]:
    """The shares of one question in one split, cell by cell."""
    cells = len(groups.cells)
    base = _scores(groups, np.ones(len(groups.answer), dtype=bool))
    n = summed(groups.cell[groups.pair], cells, groups.n)
    df = _members(groups) - summed(groups.cell, cells)
    found = []
    for codes in asked.answers.values():
        given = np.logical_or.reduce([groups.answer == code for code in codes])
        n_answer = summed(groups.cell[groups.pair[given]], cells, groups.n[given])
        found.append((n_answer, *_estimates(groups, _scores(groups, given), base, lonely)))
    for at, cell in enumerate(groups.cells.tolist()):
        for response, (n_answer, value, se) in zip(asked.answers, found, strict=True):
            # Counts tell 0 and 1 exactly, sums of weights only nearly.
            alike = n_answer[at] in (0, n[at])
            yield _Figure(
                response=response,
                cell=tuple(cell),
                n=int(n[at]),
                n_answer=int(n_answer[at]),
                value=float(n_answer[at] > 0) if alike else float(value[at]),
                se=0.0 if alike else float(se[at]),
                df=int(df[at]),
            )


@dataclass(frozen=True, slots=True)
class _Scores:
    """Of those who gave an answer, by pairs of cell and stratum; A of a PSU are their weights, B those of all who answered."""

    total: Floats
    """Sum of A."""
    square: Floats
    """Sum of A^2."""
    product: Floats
    """Sum of A B."""


def _scores(groups: Domains, given: NDArray[np.bool_]) -> _Scores:
    pairs = len(groups.cell)
    if groups.unit is None:
        total = summed(groups.pair[given], pairs, groups.weight[given])
        square = summed(groups.pair[given], pairs, groups.square[given])
        return _Scores(total, square, square)
    units = len(groups.unit_pair)
    a = summed(groups.unit[given], units, groups.weight[given])
    b = summed(groups.unit, units, groups.weight)
    return _Scores(*(summed(groups.unit_pair, pairs, each) for each in (a, a * a, a * b)))


def _members(groups: Domains) -> Floats:
    """Per cell the PSUs in which somebody answered."""
    cells = len(groups.cells)
    if groups.unit is None:
        return summed(groups.cell[groups.pair], cells, groups.n)
    return summed(groups.cell[groups.unit_pair], cells)


def _estimates(
    groups: Domains, given: _Scores, base: _Scores, lonely: str
) -> tuple[Floats, Floats]:
    """Per cell the share and its standard error."""
    cells = len(groups.cells)
    whole = summed(groups.cell, cells, base.total)
    value = summed(groups.cell, cells, given.total) / whole
    p = value[groups.cell]
    square = given.square - 2 * p * given.product + p * p * base.square
    variance = _variance(groups, given.total - p * base.total, square, lonely)
    se: Floats = np.sqrt(np.maximum(variance, 0)) / whole
    return value, se


def _variance(groups: Domains, total: Floats, square: Floats, lonely: str) -> Floats:
    """Per cell the variance of the sum of scores, of which each pair gives the sum and the sum of squares over its PSUs."""
    m, left = groups.units, 1 - groups.sampled
    alone = (m == 1) & (left > 0)
    within = left * np.where(m > 1, m / np.maximum(m - 1, 1), 0) * (square - total * total / m)
    if lonely == "adjust":
        # Around the mean of all strata, which is 0 for the scores of a share.
        within = np.where(alone, left * square, within)
    cells = len(groups.cells)
    variance = summed(groups.cell, cells, within)
    if lonely == "average":
        others = np.maximum(summed(groups.cell, cells, ~alone), 1)
        variance = variance * summed(groups.cell, cells) / others
    return variance
