"""As few lines of a section as need to give way for it to fit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.query import Section

Fits = Callable[[Section], bool]


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left where some lines give way."""

    left_by: Callable[[Sequence[int]], Section]
    gone: Sequence[int]
    """Indices of lines, in the order they gave way."""

    @property
    def section(self) -> Section:
        return self.left_by(self.gone)

    def refilled(self, fits: Fits) -> Cut:
        """With those lines that fit beside what stays, what gave way last first: what gave way for a tall line need not."""
        gone = list(self.gone)
        for at in reversed(self.gone):
            fewer = [each for each in gone if each != at]
            if fits(self.left_by(fewer)):
                gone = fewer
        return replace(self, gone=gone)


def most_left(
    order: Sequence[int], left_by: Callable[[Sequence[int]], Section], fits: Fits
) -> Cut | None:
    """As few of ``order`` give way as need to, from its begin on; None where none of them fits alone."""
    least = bisect_left(range(len(order)), x=True, key=lambda count: fits(left_by(order[:count])))
    cut = Cut(left_by, order[:least])
    if least == len(order):
        cut = cut.refilled(fits)
    return cut if len(cut.gone) < len(order) else None
