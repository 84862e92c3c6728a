"""A sample of workplaces, the same at every call: strata, PSUs within them, sizes of the population, weights, answers that are missing."""

from __future__ import annotations

import random

SIZES = (150, 120, 90, 60)
"""Respondents of each stratum."""
PSUS = (10, 8, 6, 3)
"""PSUs of each stratum, which are numbered from 1 in each."""


def rows() -> list[dict[str, float]]:
    """Give the respondents, each a value for every column.

    ``h`` is a stratum, ``i`` a PSU in it, ``m_h`` and ``n_h`` how many PSUs and respondents the population of the stratum has, ``w`` a
    weight. ``lone`` are strata of which two have one PSU, ``m_lone`` the PSUs of their population, of which one is sampled whole.
    ``sector`` is part of the strata, ``size`` lies across them and is -1 where it is not known. Of the answers ``yes`` is 1 or 0, ``grade``
    1 to 4, ``rare`` 1 for few; -1 is none, -2 not asked.
    """
    # Of the generator only the stream of random() is promised to stay as it is.
    draw = random.Random(20201).random  # noqa: S311
    found = []
    for h, (size, psus) in enumerate(zip(SIZES, PSUS, strict=True), 1):
        liking = [0.2 + 0.6 * draw() for _ in range(psus)]
        for _ in range(size):
            i = 1 + int(psus * draw() ** 1.5)
            big = 1 + int(4 * draw() ** (1 + h / 4))
            yes = int(draw() < liking[i - 1])
            lone = {(1, 1): 5, (4, 3): 6}.get((h, i), h)
            found.append(
                {
                    "h": h,
                    "i": i,
                    "m_h": 3 * psus + h,
                    "n_h": 4 * size + 10 * h,
                    "w": round(0.5 + 4 * draw() * h, 3),
                    "lone": lone,
                    "m_lone": 1 if lone == 6 else 40,
                    "sector": min(h, 3),
                    "size": -1 if draw() < 0.03 else big,
                    "yes": -1 if draw() < 0.05 else yes,
                    "grade": (1 + int(4 * draw() ** (0.5 + yes)) if yes or draw() < 0.5 else -2),
                    "rare": int(draw() < 0.03 * (big > 1)),
                }
            )
    return found
