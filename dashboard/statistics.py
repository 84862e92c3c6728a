"""Intervals and tests for published percentages: numbers in, numbers out.

Percentages run from 0 to 100, everywhere in this module. ``n`` is the number of answers behind a percentage. The count
behind it is ``value / 100 * n``, used as is: a printed percentage is rounded, so the count need not be a whole number.

Every function takes scalars or arrays, broadcasts them against each other and returns results of the broadcast shape
(NumPy scalars where all arguments are scalars).

All of it supposes simple random sampling. The weights and designs of the surveys are not published, so every result is
approximate.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = np.float64 | NDArray[np.float64]


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
    return _erfc(np.abs(z) / math.sqrt(2))[()]


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
