"""The sample of which R has estimated shares, what is asked of it, and how estimates are told apart."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from dashboard.intake.types import Asked, Share
from tests.reference.sample import rows

ASKED = (
    Asked("yes", {"yes": (1,)}),
    Asked("grade", {"high": (4,), "high_or_some": (3, 4)}),
    Asked("rare", {"rare": (1,)}),
)
SPLITS = ((), ("sector",), ("size",), ("sector", "size"))
EXACT = {"rel": 1e-9, "abs": 1e-15}


@cache
def sample() -> pd.DataFrame:
    return pd.DataFrame(rows())


def key(share: Share) -> tuple[Any, ...]:
    return share.column, share.response, share.split, share.cell


def figures(found: tuple[Share, ...]) -> list[float]:
    return [
        number
        for share in found
        for number in (share.value, share.se, share.low, share.high, share.df)
    ]
