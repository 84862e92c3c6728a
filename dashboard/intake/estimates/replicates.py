"""Standard errors by replicate weights: how far the shares of the replicates lie apart.

The variance is scale times the sum of rscales (share of the replicate - centre)^2. A replicate in which nobody of a domain has a
weight is left out. The degrees of freedom are one less than the rank of the replicate weights of the domain, found from their
products: a column that the others leave less than `_TOLERANCE` of is one of theirs.

Source: Lumley's R package ``survey``, ``svrepdesign`` and ``degf``; Fay and Dippo (1989), Proceedings of the Survey Research Methods
Section, American Statistical Association, for SDR.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from dashboard.intake.estimates.domains import Domains
from dashboard.intake.estimates.grouping import Floats, Whole, numbered, summed, summed_rows
from dashboard.intake.estimates.linearised import NOTHING
from dashboard.intake.estimates.strata import BadDesign
from dashboard.intake.estimates.sums import Frame, Sample, grouped, rows
from dashboard.intake.types import Replicates

_TOLERANCE = 1e-5
"""As of R's ``degf``."""
MOST_NUMBERS = 20_000_000
"""Replicate weights that are fetched to be multiplied here; of more the engine multiplies."""
_AT_ONCE = 500
"""Sums that one query makes."""


def scales(replicates: Replicates, greatest: Floats) -> tuple[float, Floats]:
    """Give scale and rscales: those that the design names, else those of the method.

    ``greatest`` are the greatest values of the columns: factors of the jackknife tell its scale, its weights do not. Raises
    `BadDesign` for weights of ``JKn`` without rscales.
    """
    count = len(replicates.columns)
    factors = not replicates.combined
    defaults = {
        "JK1": 1 / greatest[0] if factors else (count - 1) / count,
        "BRR": 1 / count,
        "Fay": 1 / (count * (1 - replicates.fay) ** 2),
        "bootstrap": 1 / max(count - 1, 1),
        "SDR": 4 / count,
        "JKn": 1.0,
    }
    scale = defaults[replicates.method] if replicates.scale is None else replicates.scale
    if replicates.rscales:
        return scale, np.array(replicates.rscales)
    if replicates.method != "JKn":
        return scale, np.ones(count)
    if not factors:
        raise BadDesign("replicate weights of JKn have no rscales")
    return scale, 1 / greatest


def shares(groups: Domains, given: NDArray[np.bool_]) -> Floats:
    """Cells by replicates: the share of the rows that gave an answer; NaN where nobody has a weight."""
    cells = len(groups.cells)
    part = summed_rows(groups.cell[given], cells, groups.replicates[given])
    whole = summed_rows(groups.cell, cells, groups.replicates)
    found: Floats = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return found


def standard_errors(
    replicates: Replicates, estimate: Floats, found: Floats, greatest: Floats
) -> Floats:
    """Per cell the standard error of an estimate of which ``found`` are the replicates, cells by replicates."""
    scale, rscales = scales(replicates, greatest)
    there = ~np.isnan(found)
    centre = estimate
    if replicates.centre == "mean":
        counted = there & (rscales > 0)
        sums = np.where(counted, found, 0).sum(axis=1)
        centre = sums / np.maximum(counted.sum(axis=1), 1)
    apart = np.where(there, found - centre[:, None], 0)
    apart = np.where(np.abs(apart) > NOTHING, apart, 0)
    variance: Floats = scale * (apart * apart * rscales).sum(axis=1)
    return np.sqrt(variance)


@dataclass(frozen=True, slots=True)
class Rows:
    """The replicate weights of a sample that has few, and the codes of its questions and splits."""

    weights: Floats
    """Respondents by replicates."""
    codes: Mapping[str, Whole]

    def cells(self, question: str, split: tuple[str, ...]) -> tuple[Sequence[Whole], Whole]:
        """The respondents of each cell of a split who answered, and the codes of the cells in their order."""
        inside = np.flatnonzero(
            np.logical_and.reduce([self.codes[name] >= 0 for name in (question, *split)])
        )
        if not split:
            return [inside], np.zeros((1, 0), dtype=np.int64)
        cell, codes = numbered([self.codes[name][inside] for name in split])
        order = np.argsort(cell, kind="stable")
        return np.split(inside[order], np.cumsum(np.bincount(cell))[:-1]), codes


def rows_of(sample: Sample, columns: Sequence[str]) -> Rows | None:
    """The rows of a sample; None where they are too many to be fetched."""
    if sample.rows * len(sample.replicates) > MOST_NUMBERS:
        return None
    got = rows(sample.frame, [*dict.fromkeys(columns), *sample.replicates])
    weights = np.stack([got.pop(name).astype(float) for name in sample.replicates], axis=1)
    return Rows(weights, {name: code.astype(np.int64) for name, code in got.items()})


def rank_of_all(sample: Sample, held: Rows | None) -> int:
    """The rank of the replicate weights of everybody."""
    if held is not None:
        return _rank(held.weights.T @ held.weights)
    nobody = np.zeros((1, 0), dtype=np.int64)
    return _rank(_product_sums(sample, sample.frame, (), nobody)[0])


def ranks(
    sample: Sample,
    held: Rows | None,
    whole: int,
    question: str,
    split: tuple[str, ...],
    groups: Domains,
) -> Whole:
    """Per cell the rank of the replicate weights of those who answered; ``whole`` is that of the sample, ``held`` its rows.

    Neither some of the rows nor sums of them have a greater rank than all: all are looked at only in cells in which those do not reach
    the rank of the sample.
    """
    if held is not None:
        parts, _ = held.cells(question, split)
        return np.array([_rank_of_rows(held.weights, part, whole) for part in parts], np.int64)
    cells = len(groups.cells)
    n = summed(groups.cell, cells, groups.n)
    least = [_least_rank(groups.replicates[groups.cell == at]) for at in range(cells)]
    found = np.array(least, dtype=np.int64)
    left = np.flatnonzero(found < np.minimum(whole, n))
    if len(left):
        made = _products(sample, question, split, groups.cells[left])
        found[left] = [_rank(each) for each in made]
    return found


def rank_together(
    sample: Sample, held: Rows | None, question: str, split: tuple[str, ...], cells: Whole
) -> int:
    """The rank of the replicate weights of those who answered a question in one of some cells of a split."""
    if held is None:
        return _rank(_products(sample, question, split, cells).sum(axis=0))
    parts, codes = held.cells(question, split)
    wanted = [
        part for part, code in zip(parts, codes.tolist(), strict=True) if code in cells.tolist()
    ]
    inside = held.weights[np.concatenate(wanted)]
    return _rank(inside.T @ inside)


def _rank_of_rows(weights: Floats, part: Whole, whole: int) -> int:
    """The rank of the weights of some respondents, at most ``whole``."""
    some = weights[part[:: max(1, len(part) // (4 * weights.shape[1]))]]
    if len(some) >= whole and _least_rank(some) >= whole:
        return whole
    inside = weights[part]
    return _rank(inside.T @ inside)


def _products(sample: Sample, question: str, split: tuple[str, ...], cells: Whole) -> Floats:
    """Of some cells the products of any two columns of replicate weights of those who answered a question."""
    frame = sample.frame.filter(nw.col(question) >= 0)
    for at, name in enumerate(split):
        frame = frame.filter(nw.col(name).is_in(np.unique(cells[:, at]).tolist()))
    return _product_sums(sample, frame, split, cells)


def _product_sums(sample: Sample, frame: Frame, split: tuple[str, ...], cells: Whole) -> Floats:
    """Cells by columns by columns: sums that an engine makes."""
    count = len(sample.replicates)
    found = np.zeros((len(cells), count, count))
    place = {tuple(cell): at for at, cell in enumerate(cells.tolist())}
    pairs = [*zip(*np.tril_indices(count), strict=True)]
    for start in range(0, len(pairs), _AT_ONCE):
        part = {f"p{at}": pair for at, pair in enumerate(pairs[start : start + _AT_ONCE])}
        products = [
            (nw.col(sample.replicates[a]) * nw.col(sample.replicates[b])).alias(name)
            for name, (a, b) in part.items()
        ]
        sums = [nw.col(name).sum() for name in part]
        got = grouped(frame.select(*split, *products), split, sums)
        codes = np.stack([got[name] for name in split], axis=1).tolist() if split else [()]
        for row, code in enumerate(codes):
            at = place.get(tuple(code))
            if at is not None:
                for name, (a, b) in part.items():
                    found[at, a, b] = found[at, b, a] = got[name][row]
    return found


def _rank(products: Floats) -> int:
    """The rank of a matrix from the products of its columns, taken in their order as R's ``qr`` takes them."""
    left, length, found = products.copy(), np.diag(products), 0
    for at in range(len(left)):
        if left[at, at] > _TOLERANCE**2 * length[at]:
            left -= np.outer(left[:, at], left[at] / left[at, at])
            found += 1
    return found


def _least_rank(rows: Floats) -> int:
    """A rank that the columns have at least, found faster."""
    products = rows.T @ rows
    held = np.diag(products) > 0
    if not held.any():
        return 0
    length = np.sqrt(np.diag(products)[held])
    scaled = products[np.ix_(held, held)] / np.outer(length, length)
    _, _, found, _ = lapack.dpstrf(scaled, tol=_TOLERANCE**2)
    return int(found)
