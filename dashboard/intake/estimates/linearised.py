"""Standard errors by Taylor linearisation: of a sum of scores, over strata, units, further stages and post-strata.

A score is what the weight of each respondent of a row is multiplied with. In a stratum of m sampled units, of which the sums of
scores are t, the variance is (1 - f) m / (m - 1) sum (t - mean t)^2. A further stage adds the same for the strata that the units of
the stage before are, times the shares f that the earlier stages sampled. With post-strata the mean of the scores of each, over
everybody in it, is taken off first.

Source: Woodruff (1971), Journal of the American Statistical Association 66:411-414; Särndal, Swensson and Wretman (1992), Model
Assisted Survey Sampling, chapters 4 and 7. Lonely units are those of Lumley's R package ``survey``.
"""

from __future__ import annotations

import numpy as np

from dashboard.intake.estimates.domains import Domains, Level
from dashboard.intake.estimates.grouping import Floats, summed

NOTHING = 1e-13
"""A difference that is smaller, as part of what it is the difference of, is 0."""


def standard_errors(groups: Domains, score: Floats, lonely: str) -> Floats:
    """Per cell the standard error of the sum of scores, each given by row."""
    squared = score * score
    if groups.post is not None:
        means = summed(groups.post, len(groups.post_weight), groups.weight * score)
        mean = (means / groups.post_weight)[groups.post]
        # A row of everybody stands for -mean, one of the domain for its score beside it.
        squared = np.where(groups.inside, score * (score - 2 * mean), mean * mean)
        score = np.where(groups.inside, score, -mean)
    variance = np.zeros(len(groups.cells))
    for at, level in enumerate(groups.levels):
        total, square = _totals(groups, level, score, squared)
        within = _within(level, total, square, lonely)
        added = summed(level.cell, len(variance), within * level.earlier)
        if lonely == "average" and at == 0:
            strata = summed(level.cell, len(variance))
            others = summed(level.cell, len(variance), ~_alone(level))
            added = added * strata / np.maximum(others, 1)
        variance += added
    return np.sqrt(np.maximum(variance, 0))


def _totals(groups: Domains, level: Level, score: Floats, squared: Floats) -> tuple[Floats, Floats]:
    """Per pair the sum of the scores of its units, and the sum of the squares of those."""
    pairs, weighted = len(level.cell), groups.weight * score
    if level.unit is None:
        return summed(level.pair, pairs, weighted), summed(
            level.pair, pairs, groups.square * squared
        )
    units = len(level.unit_pair)
    total = summed(level.unit, units, weighted)
    # What is left of equal numbers is nothing.
    total[np.abs(total) <= NOTHING * summed(level.unit, units, np.abs(weighted))] = 0
    return summed(level.unit_pair, pairs, total), summed(level.unit_pair, pairs, total * total)


def _within(level: Level, total: Floats, square: Floats, lonely: str) -> Floats:
    """Per pair the variance of the sum of its scores."""
    m, left = level.units, 1 - level.sampled
    apart = square - total * total / m
    apart = np.where(apart > NOTHING * square, apart, 0)
    within = left * np.where(m > 1, m / np.maximum(m - 1, 1), 0) * apart
    if lonely == "adjust":
        # Around the mean of all strata, which is 0 for the scores of a share.
        within = np.where(_alone(level), left * square, within)
    return within


def _alone(level: Level) -> np.typing.NDArray[np.bool_]:
    alone: np.typing.NDArray[np.bool_] = (level.units == 1) & (level.sampled < 1)
    return alone
