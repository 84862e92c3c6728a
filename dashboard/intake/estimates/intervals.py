"""Confidence intervals of a share from its design-based standard error: numbers in, numbers out.

Shares run from 0 to 1 in this module. Intervals use Student's t with the degrees of freedom of the design.
"""

from __future__ import annotations

import math
from typing import Literal, TypeAlias, get_args

from scipy.special import betaincinv, stdtrit

Method: TypeAlias = Literal["logit", "korn-graubard"]
METHODS: tuple[Method, ...] = get_args(Method)

FEW_EFFECTIVE = 30
"""Where fewer effective answers stand behind a share, its interval is Korn and Graubard's, whatever was asked for."""


def check(method: str, confidence: float) -> None:
    """Raise ValueError if the method is none of `METHODS` or ``confidence`` not between 0 and 1."""
    if method not in METHODS:
        raise ValueError(f"the interval must be one of {', '.join(METHODS)}, not {method}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")


def n_effective(value: float, se: float, n: int) -> float:
    """Give the size of the simple random sample in which the share would have the same standard error.

    ``value`` and ``se`` are a share and its standard error (0-1), ``n`` the answers behind it, which is the result where the error
    is 0: it then tells nothing of the size.

    Source: Kish (1965), Survey Sampling, chapter 8, as n divided by the design effect.
    """
    if se > 0 and 0 < value < 1:
        return value * (1 - value) / se**2
    return float(n)


def interval(
    value: float,
    se: float,
    n: int,
    df: int,
    *,
    method: Method = "logit",
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Give ``(low, high)`` of a share, each 0-1.

    ``value`` and ``se`` are the share and its standard error (0-1), ``n`` the answers behind it, ``df`` the degrees of freedom and
    ``confidence`` a probability. Korn and Graubard's takes the place of the logit interval where the share is 0 or 1 or its
    effective n is below `FEW_EFFECTIVE`. Without degrees of freedom nothing is known: ``(0, 1)``. A share without error (everybody
    was asked) is its own interval.

    Raises ValueError as `check` does.
    """
    check(method, confidence)
    inside = 0 < value < 1
    if df <= 0:
        return 0.0, 1.0
    if inside and se == 0:
        return value, value
    effective = n_effective(value, se, n)
    if method == "logit" and inside and effective >= FEW_EFFECTIVE:
        return _logit(value, se, df, confidence)
    return _korn_graubard(value, effective, n, df, confidence)


def _logit(value: float, se: float, df: int, confidence: float) -> tuple[float, float]:
    """The interval of the log odds by the delta method, as R's ``svyciprop`` with ``method = "xlogit"``."""
    middle = math.log(value / (1 - value))
    half = _quantile(confidence, df) * se / (value * (1 - value))
    return 1 / (1 + math.exp(half - middle)), 1 / (1 + math.exp(-half - middle))


def _korn_graubard(
    value: float, effective: float, n: int, df: int, confidence: float
) -> tuple[float, float]:
    """Clopper and Pearson's interval of the effective n, which is first made smaller for few degrees of freedom.

    It is at most ``n``; a share of 0 or 1 has no error to tell an effective n from, and takes ``n``.

    Source: Korn and Graubard (1998), Survey Methodology 24:193-201.
    """
    if 0 < value < 1:
        less = _quantile(confidence, n - 1) / _quantile(confidence, df)
        effective = min(effective * less**2, n)
    tail = (1 - confidence) / 2
    yes, no = effective * value, effective * (1 - value)
    low = betaincinv(yes, no + 1, tail) if yes > 0 else 0.0
    high = betaincinv(yes + 1, no, 1 - tail) if no > 0 else 1.0
    return float(low), float(high)


def _quantile(confidence: float, df: int) -> float:
    return float(stdtrit(df, (1 + confidence) / 2))
