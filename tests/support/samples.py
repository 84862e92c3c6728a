"""Counts and sizes on which the statistics are tried."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
from hypothesis import strategies as st

SIZES = (1, 2, 3, 5, 11, 14, 30, 76, 99, 164, 1_000, 4_321, 10**5, 10**6)
GRID = sorted({(k, n) for n in SIZES for k in (0, 1, n - 1, n)})
PAIRS = list(combinations_with_replacement(GRID, 2))
sizes = st.integers(1, 10**6)


@st.composite
def tables(draw, most=400):
    """Draw the four arguments yes_a, n_a, yes_b, n_b, whole."""
    n_a, n_b = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, n_a)), n_a, draw(st.integers(0, n_b)), n_b


def percent(count, n):
    return 100 * np.asarray(count) / np.asarray(n)


def columns(pairs):
    """Turn ((count_a, n_a), (count_b, n_b)) rows into the four arguments value_a, n_a, value_b, n_b."""
    count_a, n_a, count_b, n_b = np.array([(*a, *b) for a, b in pairs]).T
    return percent(count_a, n_a), n_a, percent(count_b, n_b), n_b
