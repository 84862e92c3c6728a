"""Places of the figure of a mark in a plot of a change over editions, those that are tried first at the begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from dashboard.charts.canvas import Canvas
from dashboard.charts.clearance import Area, Spot, by_rank
from dashboard.charts.edition_gutter import MARK, TYPE


def over_end(canvas: Canvas, spot: Spot, wide: float) -> Area:
    """Where a label so wide stands over the last mark of a line."""
    x, y = spot
    left = x - canvas.px(MARK / 2)
    return Area(left, y - canvas.px(2 * TYPE), left + wide, y)


def outer_side(percents: Sequence[float], index: int) -> int:
    """Of joined figures the side of one that its line leaves free: under the mark (1) in a valley and where it rises from, else above
    (-1)."""
    beside = [percents[at] for at in (index - 1, index + 1) if 0 <= at < len(percents)]
    here = percents[index]
    return 1 if beside and here < max(beside) and here <= min(beside) else -1


@dataclass(frozen=True, slots=True)
class FigurePlaces:
    """Where a figure so wide and high may stand by the mark at a spot."""

    canvas: Canvas
    spot: Spot
    wide: float
    high: float

    def sides_of_first(self, better: int, begun: Sequence[Spot]) -> Sequence[int]:
        """Above (-1), below (1): the first figure of a line stands on the side where no other of those ``begun`` is as near as it is
        wide, on the ``better`` one where that leaves both."""
        x, y = self.spot
        others = [down - y for across, down in begun if abs(across - x) < self.wide and down != y]
        higher, lower = any(each < 0 for each in others), any(each > 0 for each in others)
        return (better, -better) if higher == lower else (1,) if higher else (-1,)

    def over_and_under(
        self, on_level: Callable[[Area], bool], sides: Sequence[int]
    ) -> Iterator[Area]:
        """Above (-1) and below (1) the mark: of each side the nearest first, over it and then a little aside, those on no level line
        before the others."""
        ways = [*product((3.0, 6.0, 9.0), (0.0, 8.0, -8.0, 12.0))]
        for side in sides:
            yield from by_rank((self._at(side, *way) for way in ways), on_level)

    def of_first(self, on_level: Callable[[Area], bool], sides: Sequence[int]) -> Iterator[Area]:
        """Those of the first figure of a line: above it also further right, before it would stand below, and then beside the mark."""
        for side in sides:
            yield from self.over_and_under(on_level, (side,))
            if side < 0:
                yield from self.after()
        yield from self.before()
        yield from self.after()

    def before(self) -> Iterator[Area]:
        """Left of the mark, level with it and then a little above or below."""
        (x, y), px = self.spot, self.canvas.px
        middle = x - px(MARK / 2 + 3) - self.wide / 2
        for down in (0.0, 3.0, -3.0, 6.0, -6.0):
            yield Area.around(middle, y + px(down), self.wide, self.high)

    def after(self) -> Iterator[Area]:
        """Above the mark and right of it: beside the figure of another that begins there."""
        for further, aside in product((3.0, 6.0), (14.0, 18.0, 22.0)):
            yield self._at(-1, further, aside)

    def _at(self, side: int, further: float, aside: float) -> Area:
        (x, y), px = self.spot, self.canvas.px
        middle = y + side * ((px(MARK) + self.high) / 2 + px(further))
        return Area.around(x + px(aside), middle, self.wide, self.high)
