"""Standard errors by replicate weights: how far the shares of the replicates lie apart.

The variance is scale times the sum of rscales (share of the replicate - centre)^2. A replicate in which nobody of a domain has a
weight is left out. The degrees of freedom are one less than the rank of the replicate weights of the domain, found from their
products: a column that the others leave less than `_TOLERANCE` of is one of theirs.

Source: Lumley's R package ``survey``, ``svrepdesign`` and ``degf``; Fay and Dippo (1989), Proceedings of the Survey Research Methods
Section, American Statistical Association, for SDR.
"""

from __future__ import annotations

import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from dashboard.intake.domains import Domains
from dashboard.intake.grouping import Floats, Whole, summed, summed_rows
from dashboard.intake.linearised import NOTHING
from dashboard.intake.strata import BadDesign
from dashboard.intake.sums import Frame, Sample, grouped, rows
from dashboard.intake.types import Replicates

_TOLERANCE = 1e-5
"""As of R's ``degf``."""
MOST_NUMBERS = 20_000_000
"""Replicate weights that are multiplied here."""
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


def ranks(
    sample: Sample, whole: int, question: str, split: tuple[str, ...], groups: Domains
) -> Whole:
    """Per cell the rank of the replicate weights of those who answered; ``whole`` is that of the sample.

    Sums of groups have no greater rank than the rows that they are of: the rows are asked for only in cells in which those of sums
    do not reach the rank of the sample.
    """
    cells = len(groups.cells)
    n = summed(groups.cell, cells, groups.n)
    least = [_least_rank(groups.replicates[groups.cell == at]) for at in range(cells)]
    found = np.array(least, dtype=np.int64)
    left = np.flatnonzero(found < np.minimum(whole, n))
    if len(left):
        made = _products(sample, question, split, groups.cells[left], int(n[left].sum()))
        found[left] = [_rank(each) for each in made]
    return found


def rank_of_all(sample: Sample) -> int:
    """The rank of the replicate weights of everybody."""
    [made] = _products(sample, "", (), np.zeros((1, 0), dtype=np.int64), sample.rows)
    return _rank(made)


def rank_together(
    sample: Sample, question: str, split: tuple[str, ...], cells: Whole, n: int
) -> int:
    """The rank of the replicate weights of the ``n`` who answered a question in one of some cells of a split."""
    return _rank(_products(sample, question, split, cells, n).sum(axis=0))


def _products(
    sample: Sample, question: str, split: tuple[str, ...], cells: Whole, n: int
) -> Floats:
    """Of some cells, in which ``n`` answered a question (or are, where it is blank), the products of any two columns of replicate weights.

    Few rows are multiplied here, many where they are.
    """
    frame = sample.frame
    if question:
        frame = frame.filter(nw.col(question) >= 0)
    for at, name in enumerate(split):
        frame = frame.filter(nw.col(name).is_in(np.unique(cells[:, at]).tolist()))
    if n * len(sample.replicates) > MOST_NUMBERS:
        return _products_of_many(sample, frame, split, cells)
    got = rows(frame, [*split, *sample.replicates])
    weights = np.stack([got[name] for name in sample.replicates], axis=1).astype(float)
    found = np.zeros((len(cells), weights.shape[1], weights.shape[1]))
    for at, cell in enumerate(cells.tolist()):
        same = [got[name] == code for name, code in zip(split, cell, strict=True)]
        inside = weights[np.logical_and.reduce(same)] if same else weights
        found[at] = inside.T @ inside
    return found


def _products_of_many(sample: Sample, frame: Frame, split: tuple[str, ...], cells: Whole) -> Floats:
    """The same as sums that an engine makes."""
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
