"""As few lines of a section as need to give way for it to fit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
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

    def refilled(self, fits: Fits, held: Collection[int] = ()) -> Cut:
        """With those lines that fit beside what stays, what gave way last first: what gave way for a tall line need not. Those
        ``held`` back stay away."""
        gone = list(self.gone)
        for at in reversed([each for each in self.gone if each not in held]):
            fewer = [each for each in gone if each != at]
            if fits(self.left_by(fewer)):
                gone = fewer
        return replace(self, gone=gone)


def most_left(
    order: Sequence[int],
    left_by: Callable[[Sequence[int]], Section],
    fits: Fits,
    expected: int = 0,
) -> Cut | None:
    """As few of ``order`` give way as need to, from its begin on; None where none of them fits alone.

    ``expected``: how many of them a section of about the same size has room for, where that is known.
    """
    least = _least(len(order), lambda count: fits(left_by(order[:count])), len(order) - expected)
    cut = Cut(left_by, order[:least])
    if least == len(order):
        cut = cut.refilled(fits)
    return cut if len(cut.gone) < len(order) else None


def _least(most: int, fits: Callable[[int], bool], near: int) -> int:
    """The least number below ``most`` that fits, as every greater one does; ``most`` where none does. Tried first are ``near`` and
    the number beside it."""
    low, high = 0, most
    if near < most:
        if fits(near):
            high = near
            if near and not fits(near - 1):
                low = near
        else:
            low = near + 1
            if low < most and fits(low):
                high = low
    return low + bisect_left(range(low, high), x=True, key=fits)
