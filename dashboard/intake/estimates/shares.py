"""Weighted shares with the standard errors of the design of their sample, and the difference of two of them.

The share p of an answer in a domain is A / B, with A the sum of the weights over those who gave the answer and B over all who
answered. Its linearised score is (1 - p) / B for who gave the answer and -p / B for who gave another (`linearised`); of replicate
weights the share of each is taken (`replicates`). A stratum counts the units of the whole sample, whatever the domain.

Source: Woodruff (1971), Journal of the American Statistical Association 66:411-414; the degrees of freedom are those of Lumley's R
package ``survey``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.intake.estimates import intervals, linearised, replicates
from dashboard.intake.estimates.domains import Domains, domains
from dashboard.intake.estimates.grouping import Floats, Whole, summed
from dashboard.intake.estimates.strata import BadDesign
from dashboard.intake.estimates.sums import Sample, read, tallies
from dashboard.intake.types import LONELY, Asked, Design, Share

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

    Raises ValueError for a lonely rule, an interval or a confidence that is none, and `BadDesign` for a sample that no error can
    be computed from, as where a stratum has one PSU and the design says ``fail``.
    """
    intervals.check(interval, confidence)
    columns = [*(each.column for each in asked), *(name for split in splits for name in split)]
    known = _known(frame, design, columns)
    return tuple(
        _share(each.column, split, figures, interval, confidence)
        for each in asked
        for split, sums in tallies(known.sample, each.column, splits)
        for figures in _figures(known, each, split, domains(sums, split, known.sample))
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """How much greater the share of a response is in one cell than in another, -1 to 1."""

    value: float
    se: float
    df: int
    """Of those who are in one of both."""


def difference(
    frame: Any,
    design: Design,
    asked: Asked,
    response: str,
    split: tuple[str, ...],
    cells: tuple[tuple[int, ...], tuple[int, ...]],
) -> Difference:
    """Give the share in the first of two cells of a split less that in the second: cells of one sample are not independent.

    Raises as `estimate` does, and ValueError where nobody answered in one of the cells. As R's ``svycontrast`` of
    ``svyby(covmat = TRUE)``.
    """
    known = _known(frame, design, [asked.column, *split])
    [(_, sums)] = tallies(known.sample, asked.column, [split])
    which = np.full(len(sums.answer), -1)
    for at, cell in enumerate(cells):
        codes = [sums.codes[name] == code for name, code in zip(split, cell, strict=True)]
        which[np.logical_and.reduce(codes)] = at
    sums = sums.only(which >= 0, {"which": which})
    apart = domains(sums, ("which",), known.sample)
    if len(apart.cells) < len(cells):
        raise ValueError(f"nobody answered {asked.column} in one of the cells {cells}")
    given = _given(apart, asked.answers[response])
    value = _values(apart, given)
    both = domains(sums, (), known.sample)
    if design.replicates is None:
        rows = len(sums.answer)
        score = np.zeros(len(both.answer))
        score[:rows] = (_scores(apart, given, value) * np.where(apart.cell == 0, 1, -1))[:rows]
        [se] = linearised.standard_errors(both, score, design.lonely)
        [df] = _degrees_of_freedom(both)
    else:
        found = replicates.shares(apart, given)
        [se] = replicates.standard_errors(
            design.replicates, value[:1] - value[1:], found[:1] - found[1:], known.sample.greatest
        )
        both_cells = np.array(cells)
        df = replicates.rank_together(known.sample, known.rows, asked.column, split, both_cells) - 1
    return Difference(float(value[0] - value[1]), float(se), int(df))


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds of every share of a sample."""

    sample: Sample
    design: Design
    rows: replicates.Rows | None
    """Of a sample with few replicate weights."""
    rank: int
    """Of all replicate weights."""


def _known(frame: Any, design: Design, columns: Sequence[str]) -> _Known:
    if design.lonely not in LONELY:
        raise ValueError(f"lonely must be one of {', '.join(LONELY)}, not {design.lonely}")
    sample = read(frame, design, columns)
    for at, strata in enumerate(sample.stages):
        alone = strata.alone()
        # The mean of the other units of a further stage is that of none: they are one stratum.
        if alone.any() and (design.lonely == "fail" or (design.lonely == "average" and at)):
            unit = "PSU" if at == 0 else "unit"
            raise BadDesign(f"only one {unit} in the sample of {strata.named(alone)}")
    if design.replicates is None:
        return _Known(sample, design, None, 0)
    replicates.scales(design.replicates, sample.greatest)
    rows = replicates.rows_of(sample, columns)
    return _Known(sample, design, rows, replicates.rank_of_all(sample, rows))


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


def _figures(
    known: _Known, asked: Asked, split: tuple[str, ...], groups: Domains
) -> Iterator[_Figure]:
    """The shares of one question in one split, cell by cell."""
    cells = len(groups.cells)
    n = summed(groups.cell, cells, groups.n)
    if known.design.replicates is None:
        df = _degrees_of_freedom(groups)
    else:
        rank = replicates.ranks(known.sample, known.rows, known.rank, asked.column, split, groups)
        df = rank - 1
    found = []
    for codes in asked.answers.values():
        given = _given(groups, codes)
        n_answer = summed(groups.cell[given], cells, groups.n[given])
        value = _values(groups, given)
        found.append((n_answer, value, _standard_errors(known, groups, given, value)))
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


def _given(groups: Domains, codes: Sequence[int]) -> NDArray[np.bool_]:
    """Which rows are of an answer."""
    given: NDArray[np.bool_] = np.logical_or.reduce([groups.answer == code for code in codes])
    return given


def _weights(groups: Domains) -> Floats:
    """Per cell the weights of those who answered."""
    return summed(groups.cell, len(groups.cells), np.where(groups.inside, groups.weight, 0))


def _values(groups: Domains, given: NDArray[np.bool_]) -> Floats:
    """Per cell the share of an answer."""
    part = summed(groups.cell[given], len(groups.cells), groups.weight[given])
    return part / _weights(groups)


def _scores(groups: Domains, given: NDArray[np.bool_], value: Floats) -> Floats:
    """Per row the linearised score; 0 for rows that are of no respondent."""
    score: Floats = (given - value[groups.cell]) / _weights(groups)[groups.cell]
    return np.where(groups.inside, score, 0)


def _standard_errors(
    known: _Known, groups: Domains, given: NDArray[np.bool_], value: Floats
) -> Floats:
    """Per cell the standard error of the share of an answer."""
    design = known.design
    if design.replicates is None:
        score = _scores(groups, given, value)
        return linearised.standard_errors(groups, score, design.lonely)
    found = replicates.shares(groups, given)
    return replicates.standard_errors(design.replicates, value, found, known.sample.greatest)


def _degrees_of_freedom(groups: Domains) -> Whole:
    """Per cell the units of the first stage in which somebody answered, less the strata of those."""
    cells, level = len(groups.cells), groups.levels[0]
    there = summed(level.pair, len(level.cell), groups.n) > 0
    if level.unit is None:
        units = summed(groups.cell, cells, groups.n)
    else:
        member = summed(level.unit, len(level.unit_pair), groups.n) > 0
        units = summed(level.cell[level.unit_pair[member]], cells)
    return (units - summed(level.cell[there], cells)).astype(np.int64)
