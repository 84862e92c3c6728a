"""A sample of workplaces, the same at every call: strata, units of three stages, post-strata, weights and replicate weights, answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

SIZES = (150, 120, 90, 60)
"""Respondents of each stratum."""
PSUS = (10, 8, 6, 3)
"""PSUs of each stratum, which are numbered from 1 in each."""
FAY = 0.3
POSTS = {1: 1.3, 2: 0.8, 3: 1.1}
"""Post-stratum -> what its weights were multiplied with."""
_SIGNS = tuple(
    tuple(1 - 2 * ((row & column).bit_count() % 2) for column in range(8)) for row in range(8)
)
"""Rows of signs of which each two differ in half their places: a Hadamard matrix."""


def rows() -> list[dict[str, float]]:
    """Give the respondents, each a value for every column.

    ``h`` is a stratum, ``i`` a PSU in it, ``m_h`` and ``n_h`` how many PSUs and respondents the population of the stratum has, ``w`` a
    weight. ``lone`` are strata of which two have one PSU, ``m_lone`` the PSUs of their population, of which one is sampled whole.
    ``sector`` is part of the strata, ``size`` lies across them and is -1 where it is not known. Of the answers ``yes`` is 1 or 0, ``grade``
    1 to 4, ``rare`` 1 for few; -1 is none, -2 not asked.

    Within a PSU ``j`` are units, of which the population has ``n_i``, within these ``k`` respondents, of whom it has ``n_j``; ``hi``
    numbers the PSUs through, of ``m`` in the population. Of ``one`` some PSUs have one unit, which some of them are whole
    (``n_one``). ``g`` are post-strata to which ``wp`` are the weights. Replicate weights are those of `_replicates`.
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
    further = random.Random(20202).random  # noqa: S311
    counts = [[_drawn(further, psus) for psus in PSUS] for _ in range(12)]
    for k, row in enumerate(found):
        j, g = 1 + int(3 * further()), 1 + int(3 * further())
        row |= {
            "j": j,
            "n_i": 4 + row["i"],
            "k": k,
            "n_j": 40,
            "hi": 100 * row["h"] + row["i"],
            "m": 90,
            "one": 1 if row["i"] in (2, 3) else j,
            "n_one": 1 if row["i"] == 3 else 4 + row["i"],
            "g": g,
            "wp": row["w"] * POSTS[g],
            **_replicates(int(row["h"]), int(row["i"]), row["w"], counts),
        }
    return found


def _drawn(draw: Callable[[], float], psus: int) -> list[int]:
    """How often each PSU of a stratum is among one less than there are, drawn with replacement."""
    found = [0] * psus
    for _ in range(psus - 1):
        found[int(psus * draw())] += 1
    return found


def _replicates(
    h: int, i: int, weight: float, counts: Sequence[Sequence[Sequence[int]]]
) -> dict[str, float]:
    """The replicate weights of a respondent, as columns of their kind and number.

    ``jk1`` leaves out the PSUs of one number, ``jkn``, which are factors, one PSU; ``brr`` takes one half of each stratum, odd or even, and
    ``fay`` damps that by `FAY`; ``boot`` draws PSUs as often as ``counts`` says, and is rounded as in print; ``sdr`` sets each PSU
    against the next.
    """
    psus = PSUS[h - 1]
    half = [_SIGNS[h][at] * (1 if i % 2 else -1) for at in range(8)]
    apart = [_SIGNS[(i + h) % 8][at] - _SIGNS[(i + h + 1) % 8][at] for at in range(8)]
    left_out = [(s, u) for s, units in enumerate(PSUS, 1) for u in range(1, units + 1)]
    kinds = {
        "jk1": [0 if i == at else weight * 10 / 9 for at in range(1, 11)],
        "jkn": [1.0 if s != h else (0.0 if u == i else psus / (psus - 1)) for s, u in left_out],
        "brr": [weight * (1 + sign) for sign in half],
        "fay": [weight * (1 + (1 - FAY) * sign) for sign in half],
        "boot": [round(weight * drawn[h - 1][i - 1] * psus / (psus - 1), 3) for drawn in counts],
        "sdr": [weight * (1 + 2**-1.5 * each) for each in apart],
    }
    return {
        f"{kind}_{at:02}": value
        for kind, values in kinds.items()
        for at, value in enumerate(values, 1)
    }
