"""Intervals and tests for published percentages: numbers in, numbers out.

Percentages run from 0 to 100, everywhere in this module. ``n`` is the number of answers behind a percentage. The count
behind it is ``value / 100 * n``, used as is: a printed percentage is rounded, so the count need not be a whole number.

Every function takes scalars or arrays, broadcasts them against each other and returns results of the broadcast shape
(NumPy scalars where all arguments are scalars). The functions after `holm` take scalars only and
return plain Python numbers.

All of it supposes simple random sampling. The weights and designs of the surveys are not published, so every result is
approximate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = np.float64 | NDArray[np.float64]

FEW_ANSWERS = 30
"""Where either share rests on fewer answers than this, `p_value` takes Fisher's exact test."""

FEW_EXPECTED = 5
"""Where a cell of the 2x2 table expects a count below this, `p_value` takes Fisher's exact test."""


def wilson(value: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Give the Wilson score interval of a percentage, without continuity correction.

    ``value`` is in percent (0-100), ``n`` in answers, ``confidence`` a probability (0.95 for a 95 % interval). Returns
    ``(low, high)`` in percent; ``low`` is exactly 0 where ``value`` is 0, ``high`` exactly 100 where it is 100.

    Raises ValueError if ``value`` is outside 0-100, if ``n`` is not positive and finite, if either is NaN, or if
    ``confidence`` is not between 0 and 1.

    Source: Newcombe (1998), Statistics in Medicine 17:857-872, method 3.
    """
    value, n = _figures(value, n)
    weight = _normal_quantile(confidence) ** 2 / n
    return _wilson_low(value, weight), 100 - _wilson_low(100 - value, weight)


def newcombe(
    value_a: ArrayLike, n_a: ArrayLike, value_b: ArrayLike, n_b: ArrayLike, confidence: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Give the difference ``value_a - value_b`` of two independent percentages, with its interval.

    ``value_a`` and ``value_b`` are in percent (0-100), ``n_a`` and ``n_b`` in answers, ``confidence`` is a probability.
    Returns ``(difference, low, high)`` in percentage points, from -100 to 100. The two Wilson intervals are combined by
    squaring and adding, without continuity correction.

    Raises ValueError as `wilson` does.

    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    value_a, n_a, value_b, n_b = _figures(value_a, n_a, value_b, n_b)
    low_a, high_a = wilson(value_a, n_a, confidence)
    low_b, high_b = wilson(value_b, n_b, confidence)
    difference = value_a - value_b
    low = difference - np.hypot(value_a - low_a, high_b - value_b)
    high = difference + np.hypot(high_a - value_a, value_b - low_b)
    return difference, np.clip(low, -100, 100), np.clip(high, -100, 100)


def two_sided_p(value_a: ArrayLike, n_a: ArrayLike, value_b: ArrayLike, n_b: ArrayLike) -> Numbers:
    """Test whether two independent percentages are equal and give the two-sided p-value (0-1).

    This is the score test (z with the pooled variance), the same as Pearson's chi-square test without continuity
    correction. ``value_a`` and ``value_b`` are in percent (0-100), ``n_a`` and ``n_b`` in answers. Where both are 0 or
    both are 100 nothing differs and p is 1. Near the limit it can disagree with the interval of `newcombe`.

    Raises ValueError if a value is outside 0-100, if an ``n`` is not positive and finite, or if any is NaN.

    Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd edition, chapter 3.
    """
    value_a, n_a, value_b, n_b = _figures(value_a, n_a, value_b, n_b)
    share_a = n_a / (n_a + n_b)
    share_b = n_b / (n_a + n_b)
    yes = share_a * value_a + share_b * value_b
    no = share_a * (100 - value_a) + share_b * (100 - value_b)
    variance = yes * no * (1 / n_a + 1 / n_b)
    # The variance is 0 only where both are 0 or both are 100; the difference is then 0, whatever it is divided by.
    z = (value_a - value_b) / np.where(variance > 0, np.sqrt(variance), 1)
    p: Numbers = _erfc(np.abs(z) / math.sqrt(2))[()]
    return p


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """Adjust p-values for the number of tests by Holm's step-down method.

    ``p_values`` is one-dimensional, each from 0 to 1, and may be empty. Returns the adjusted p-values (0-1) in the same
    order: an adjusted value below 0.05 is significant at a family-wise level of 5 %.

    Raises ValueError if ``p_values`` is not one-dimensional or holds NaN or a number outside 0-1.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    p_values = np.asarray(p_values, dtype=float)
    if p_values.ndim != 1:
        raise ValueError(f"p-values must be one-dimensional, not of shape {p_values.shape}")
    if not np.all((p_values >= 0) & (p_values <= 1)):
        raise ValueError("p-values must lie between 0 and 1")
    order = np.argsort(p_values, kind="stable")
    factors = np.arange(p_values.size, 0, -1)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(p_values[order] * factors), 1)
    return adjusted


def whole_counts(value: float, n: int, decimals: int = 0) -> range:
    """Give the whole counts out of ``n`` whose percentage is printed as ``value``.

    ``value`` is in percent (0-100), printed with ``decimals`` decimals; a half may have been
    rounded either way. Returns the counts k from 0 to ``n`` with 100 k / n within half a unit of
    the last decimal, exactly and without rounding error; an empty range where none fits.

    Raises ValueError if ``value`` is not from 0 to 100, if ``n`` is not a positive whole number, or
    if ``decimals`` is not a whole number from 0.
    """
    low, high = _rounded(value, decimals)
    _check_counts(0, n)
    return range(math.ceil(low * int(n) / 100), math.floor(high * int(n) / 100) + 1)


def rounded_range(value: float, decimals: int = 0) -> tuple[float, float]:
    """Give the percentages that are printed as ``value`` with ``decimals`` decimals.

    ``value`` is in percent (0-100). Returns ``(low, high)`` in percent: half a unit of the last
    decimal to either side, but not below 0 or above 100.

    Raises ValueError if ``value`` is not from 0 to 100 or ``decimals`` not a whole number from 0.
    """
    low, high = _rounded(value, decimals)
    return float(low), float(high)


def possible_range(count: int, n: int, missing: int) -> tuple[float, float]:
    """Give the lowest and the highest percentage of a census, whatever those missing would say.

    ``count`` of the ``n`` that answered say yes, ``missing`` did not answer. Returns
    ``(low, high)`` in percent (0-100): all that are missing say no, or all say yes.

    Raises ValueError if a count is not a whole number from 0, if ``n`` is 0, or if ``count`` is
    greater than ``n``.

    Source: Manski (1989), Journal of Human Resources 24:343-360, for a yes-or-no answer.
    """
    _check_counts(count, n)
    if not (missing >= 0 and missing % 1 == 0):
        raise ValueError(f"missing must be a whole number from 0, not {missing}")
    everyone = int(n) + int(missing)
    return 100 * int(count) / everyone, 100 * (int(count) + int(missing)) / everyone


def finite_wilson(
    value: float, n: int, population: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Give the Wilson score interval of a percentage, with the finite population correction.

    As `wilson`, but drawn without replacement from ``population`` units: ``n`` is replaced by
    n (population - 1) / (population - n). Returns ``(low, high)`` in percent; ``(value, value)``
    where the population is no greater than ``n``, as nobody is left to ask.

    Raises ValueError as `wilson` does, and if ``population`` is not positive and finite.

    Source: Cochran (1977), Sampling Techniques, 3rd edition, chapters 2 (the correction) and 3
    (the variance of a proportion).
    """
    low, high = wilson(value, n, confidence)  # Refuses what is wrong, whatever the population.
    if not 0 < population < math.inf:
        raise ValueError(f"population must be a positive number of units, not {population}")
    if population <= n:
        return float(value), float(value)
    low, high = wilson(value, n * (population - 1) / (population - n), confidence)
    return float(low), float(high)


def fisher_p(yes_a: int, n_a: int, yes_b: int, n_b: int) -> float:
    """Give the two-sided p-value (0-1) of Fisher's exact test of two independent shares.

    ``yes_a`` of ``n_a`` answers and ``yes_b`` of ``n_b`` are whole counts. The p-value is the sum
    of the hypergeometric probabilities that are not larger than that of the observed table; those
    within a factor of 1 + 1e-7 count as equal, as in SciPy.

    Raises ValueError if a count is not a whole number, if an ``n`` is not positive, or if a ``yes``
    is not from 0 to its ``n``.

    Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd
    edition, chapter 3.
    """
    _check_counts(yes_a, n_a)
    _check_counts(yes_b, n_b)
    yes = int(yes_a) + int(yes_b)
    support = range(max(0, yes - int(n_b)), min(int(n_a), yes) + 1)
    logs = [_log_choose(n_a, k) + _log_choose(n_b, yes - k) for k in support]
    # Over the greatest, so that nothing overflows; the denominator all terms share drops out.
    greatest = max(logs)
    limit = logs[int(yes_a) - support.start] + math.log1p(1e-7)
    as_rare = math.fsum(math.exp(log - greatest) for log in logs if log <= limit)
    return as_rare / math.fsum(math.exp(log - greatest) for log in logs)


def p_value(yes_a: float, n_a: int, yes_b: float, n_b: int) -> float:
    """Test whether two independent shares are equal and give the two-sided p-value (0-1).

    ``yes_a`` of ``n_a`` answers and ``yes_b`` of ``n_b`` are counts, not necessarily whole. Takes
    Fisher's exact test (`fisher_p`) of the counts rounded to the nearest whole where either ``n``
    is below `FEW_ANSWERS` or these counts make any expected count of the 2x2 table fall below
    `FEW_EXPECTED`; else the score test (`two_sided_p`) of the counts as they are.

    Raises ValueError if an ``n`` is not a positive whole number or a ``yes`` not from 0 to its
    ``n``.
    """
    return p_values([(yes_a, n_a, yes_b, n_b)])[0]


def p_values(tables: Iterable[tuple[float, int, float, int]]) -> list[float]:
    """Give `p_value` of many pairs of shares, each ``(yes_a, n_a, yes_b, n_b)``, all score tests at once."""
    yes_a, n_a, yes_b, n_b = columns = np.reshape(np.array([*tables], dtype=float), (-1, 4)).T
    _check_all_counts(yes_a, n_a)
    _check_all_counts(yes_b, n_b)
    small = _is_small(np.round(yes_a), n_a, np.round(yes_b), n_b)
    found = np.empty(len(yes_a))
    found[~small] = _scores(*columns[:, ~small])
    found[small] = [
        fisher_p(round(a), n, round(b), m) for a, n, b, m in columns[:, small].T.tolist()
    ]
    p: list[float] = found.tolist()
    return p


def p_range(
    first: tuple[float, float], n_first: int, second: tuple[float, float], n_second: int
) -> tuple[float, float]:
    """Give the least and the greatest p-value (0-1) of two shares known only within ranges.

    ``first`` and ``second`` are ``(low, high)`` in percent (0-100): what the share behind a rounded
    percentage may be, as from `rounded_range`. ``n_first`` and ``n_second`` are in answers. Returns
    ``(least, greatest)`` of `p_value` over all shares within the two ranges; the greatest is 1
    where the ranges overlap or touch.

    The score test has its least and, if the ranges are apart, its greatest p where one share is
    lowest and the other highest. Fisher's exact test goes up and down with the counts, so where it
    has a part every whole count in the ranges is gone through, with the corners of what rounds to
    it: the four corners of the ranges alone would miss some.

    Raises ValueError if a range is not from a lower to a higher percentage, or if an ``n`` is not a
    positive whole number.
    """
    return p_ranges([(first, n_first, second, n_second)])[0]


def p_ranges(
    pairs: Iterable[tuple[tuple[float, float], int, tuple[float, float], int]],
) -> list[tuple[float, float]]:
    """Give `p_range` of many pairs, each ``(first, n_first, second, n_second)``, all score tests at once."""
    listed = [(*first, n_first, *second, n_second) for first, n_first, second, n_second in pairs]
    from_a, to_a, n_a, from_b, to_b, n_b = np.reshape(np.array(listed, dtype=float), (-1, 6)).T
    low_a, high_a = _count_ranges(from_a, to_a, n_a)
    low_b, high_b = _count_ranges(from_b, to_b, n_b)
    # The least expected count in the ranges is where both shares are lowest or both are highest.
    small = _is_small(np.round(low_a), n_a, np.round(low_b), n_b)
    small |= _is_small(np.round(high_a), n_a, np.round(high_b), n_b)
    whole = np.flatnonzero(~small)
    # Of which pair each score test is, and its table.
    at = [whole, whole]
    tables = [
        np.array([low_a, n_a, high_b, n_b])[:, whole],
        np.array([high_a, n_a, low_b, n_b])[:, whole],
    ]
    least, greatest = np.ones(len(n_a)), np.zeros(len(n_a))
    for pair in np.flatnonzero(small).tolist():
        first, second = (low_a[pair], high_a[pair]), (low_b[pair], high_b[pair])
        exact, corners = _corners(first, int(n_a[pair]), second, int(n_b[pair]))
        least[pair], greatest[pair] = min(exact, default=1.0), max(exact, default=0.0)
        at.append(np.full(len(corners), pair))
        tables.append(np.reshape(np.array(corners, dtype=float), (-1, 4)).T)
    scores = _scores(*np.hstack(tables))
    np.minimum.at(least, np.hstack(at), scores)
    np.maximum.at(greatest, np.hstack(at), scores)
    greatest[(from_a <= to_b) & (from_b <= to_a)] = 1.0
    return list(zip(least.tolist(), greatest.tolist(), strict=True))


def _corners(
    first: tuple[float, float], n_a: int, second: tuple[float, float], n_b: int
) -> tuple[list[float], list[tuple[float, int, float, int]]]:
    """What decides the range of p where counts are small: values of Fisher's exact test, and tables for the score test."""
    exact: list[float] = []
    corners: list[tuple[float, int, float, int]] = []
    for whole_a, least_a, most_a in _areas(*first):
        for whole_b, least_b, most_b in _areas(*second):
            if _is_small(whole_a, n_a, whole_b, n_b):
                exact.append(fisher_p(whole_a, n_a, whole_b, n_b))
            else:
                corners += [(least_a, n_a, most_b, n_b), (most_a, n_a, least_b, n_b)]
    return exact, corners


def _scores(yes_a: Numbers, n_a: Numbers, yes_b: Numbers, n_b: Numbers) -> NDArray[np.float64]:
    """Give `two_sided_p` of counts."""
    return np.atleast_1d(two_sided_p(100 * yes_a / n_a, n_a, 100 * yes_b / n_b, n_b))


_erfc = np.vectorize(math.erfc, otypes=[float])


def _figures(*figures: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    """Check alternating values and ns and broadcast them to one shape."""
    arrays = np.broadcast_arrays(*(np.asarray(figure, dtype=float) for figure in figures))
    for value in arrays[::2]:
        if not np.all((value >= 0) & (value <= 100)):
            raise ValueError("a percentage must lie between 0 and 100")
    for n in arrays[1::2]:
        if not np.all((n > 0) & np.isfinite(n)):
            raise ValueError("n must be a positive number of answers")
    return tuple(arrays)


def _normal_quantile(confidence: float) -> float:
    """Give the z that a standard normal deviate stays within, either side of 0, with probability ``confidence``."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _wilson_low(value: NDArray[np.float64], weight: NDArray[np.float64]) -> Numbers:
    """Give the lower Wilson limit in percent; ``weight`` is z squared over n.

    The limits are the roots of a quadratic. The lower one is written as the product of the roots over the upper one,
    which subtracts nothing and so keeps its precision near 0.
    """
    p, q = value / 100, (100 - value) / 100
    return value * (2 * p / (2 * p + weight + np.sqrt(weight * (weight + 4 * p * q))))


def _rounded(value: float, decimals: int) -> tuple[Fraction, Fraction]:
    """Give the exact limits in percent between which a number is printed as ``value``."""
    if not 0 <= value <= 100:
        raise ValueError(f"a percentage must lie between 0 and 100, not {value}")
    if not (decimals >= 0 and decimals % 1 == 0):
        raise ValueError(f"decimals must be a whole number from 0, not {decimals}")
    # What is printed is the shortest decimal number, not the binary fraction that stands for it.
    printed, half = Fraction(repr(float(value))), Fraction(1, 2 * 10 ** int(decimals))
    return max(printed - half, Fraction(0)), min(printed + half, Fraction(100))


def _check_counts(yes: float, n: float, whole: bool = True) -> None:
    """Refuse an ``n`` that is no positive whole number and a ``yes`` that cannot be out of it."""
    if not (n >= 1 and n % 1 == 0):
        raise ValueError(f"n must be a positive whole number of answers, not {n}")
    if not (0 <= yes <= n and (yes % 1 == 0 or not whole)):
        raise ValueError(f"{yes} cannot be a count out of {n}")


def _log_choose(n: int, k: int) -> float:
    """Give the natural logarithm of the number of ways to choose ``k`` out of ``n``."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _check_all_counts(yes: NDArray[np.float64], n: NDArray[np.float64]) -> None:
    """`_check_counts` of many, not necessarily whole."""
    sound = (n >= 1) & np.isfinite(n) & (np.floor(n) == n) & (yes >= 0) & (yes <= n)
    for at in np.flatnonzero(~sound)[:1].tolist():
        _check_counts(float(yes[at]), float(n[at]), whole=False)


def _is_small(
    yes_a: ArrayLike, n_a: ArrayLike, yes_b: ArrayLike, n_b: ArrayLike
) -> NDArray[np.bool_]:
    """Tell whether a 2x2 table is too small for the score test, of numbers or of arrays."""
    yes_a, n_a, yes_b, n_b = (np.asarray(each) for each in (yes_a, n_a, yes_b, n_b))
    yes, everyone = yes_a + yes_b, n_a + n_b
    fewest, rarest = np.minimum(n_a, n_b), np.minimum(yes, everyone - yes)
    small: NDArray[np.bool_] = (fewest < FEW_ANSWERS) | (fewest * rarest < FEW_EXPECTED * everyone)
    return small


def _count_ranges(
    low: NDArray[np.float64], high: NDArray[np.float64], n: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn ranges in percent into ranges in answers, not necessarily whole."""
    _check_all_counts(np.zeros(len(n)), n)
    for at in np.flatnonzero(~((low >= 0) & (low <= high) & (high <= 100)))[:1].tolist():
        shares = (float(low[at]), float(high[at]))
        raise ValueError(f"a percentage range must rise within 0 and 100, not {shares}")
    return low * n / 100, high * n / 100


def _areas(low: float, high: float) -> Iterator[tuple[int, float, float]]:
    """Cut a range of counts where the rounding changes; give each whole number and its part."""
    for whole in range(round(low), round(high) + 1):
        yield whole, max(low, whole - 0.5), min(high, whole + 0.5)
