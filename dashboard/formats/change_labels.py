"""Where figures and words stand in a chart of lines over the years, clear of marks, lines and each other. Points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.labels import figure
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width
from dashboard.formats.slide_layout import QUIET_SIZE
from dashboard.query import Value
from dashboard.text import Localizer

DOT = 9.0
APART = LABEL_SIZE * LEADING
"""Between two figures, one over the other."""
_STEP = 8.0
"""Between the places along a line that are kept free."""


@dataclass(frozen=True, slots=True)
class Box:
    """A text on a slide: its left upper corner, width and height."""

    x: float
    y: float
    wide: float
    tall: float

    def meets(self, other: Box) -> bool:
        """Whether two share a place."""
        return (
            self.x < other.x + other.wide
            and other.x < self.x + self.wide
            and self.y < other.y + other.tall
            and other.y < self.y + self.tall
        )

    def free(self, taken: Sequence[Box]) -> bool:
        """Whether it shares no place with any."""
        return not any(self.meets(other) for other in taken)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands: t or b, over or under its mark, moved ``down`` points by the interval of the mark."""

    position: str
    down: float
    clear: bool = True
    """Whether no line passes through it."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The plot of a chart on the slide: its edges, and the years at them."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float

    def across(self, year: float) -> float:
        """Points of a year from the left edge of the slide."""
        share = (year - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def down(self, percent: float) -> float:
        """Points of a percentage from the upper edge of the slide."""
        return self.bottom - (self.bottom - self.top) * percent / 100


def labels_and_gaps(
    panel: LinePanel, loc: Localizer, plot: Plot, word: str, *, intervals: bool
) -> tuple[dict[int, Spot], list[Box]]:
    """(position of a figure -> where it stands at its mark; where ``word`` stands in the gaps of lines).

    The last figure of a line is left out, since it stands at its end; so is what has no free place.
    """
    lines, found = [line.values for line in panel.lines], dict[int, Spot]()
    marks = [
        Box(plot.across(year) - DOT / 2, top, DOT, bottom - top)
        for dated in lines
        for year, value in dated
        for top, bottom in [_ends(value, plot, intervals)]
    ]
    along = list(_along(panel, plot))
    taken = list(marks)
    inner = [dated[0] for dated in lines if len(dated) > 1]
    inner += [each for dated in lines for each in dated[1:-1]]
    inner.sort(key=lambda dated: (dated[0], -dated[1].observation.value))
    for year, value in inner:
        wide = width(figure(loc, value), LABEL_SIZE, bold=True)
        x, y = plot.across(year) - wide / 2, plot.down(value.observation.value)
        # Over or under all marks that this one meets, not between them.
        own = Box(x + (wide - DOT) / 2, y - DOT / 2, DOT, DOT)
        met = [mark for mark in marks if mark.meets(own)]
        over, under = min(m.y for m in met), max(m.y + m.tall for m in met)
        spots = [
            (spot, Box(x, top, wide, APART - 1))
            for spot, top in (
                (Spot("t", over - (y - DOT / 2)), over - APART),
                (Spot("b", under - (y + DOT / 2)), under + 1),
            )
            if top + APART < plot.bottom + 2
        ]
        clear_of_lines = [each for each in spots if each[1].free([*taken, *along])]
        crossed = [(replace(spot, clear=False), box) for spot, box in spots if box.free(taken)]
        free = clear_of_lines or crossed
        if free:
            found[value.observation.position] = free[0][0]
            taken.append(free[0][1])
    return found, list(_gaps(panel, plot, word, [*taken, *along]))


def _ends(value: Value, plot: Plot, intervals: bool) -> tuple[float, float]:
    """Upper and lower end of a mark, with its interval where ``intervals`` are drawn."""
    y, known = plot.down(value.observation.value), value.evidence.interval
    low, high = (known.low, known.high) if intervals and known else (value.observation.value,) * 2
    return min(y - DOT / 2, plot.down(high)), max(y + DOT / 2, plot.down(low))


def _along(panel: LinePanel, plot: Plot) -> Iterator[Box]:
    """Places along the lines between their marks."""
    for line in panel.lines:
        for ((year, value), (later, after)), step in zip(
            pairwise(line.values), line.steps, strict=True
        ):
            if step and step.broken:
                continue
            x, end = plot.across(year), plot.across(later)
            count = max(1, round((end - x) / _STEP))
            rise = after.observation.value - value.observation.value
            for at in range(count + 1):
                share = at / count
                y = plot.down(value.observation.value + rise * share)
                yield Box(x + (end - x) * share - 1, y - 2, 2, 4)


def _gaps(panel: LinePanel, plot: Plot, word: str, taken: Sequence[Box]) -> Iterator[Box]:
    """Where a word stands between two editions that are not joined; nowhere where others leave no room."""
    wide, tall, used = width(word, QUIET_SIZE) + 8, QUIET_SIZE * LEADING, list[Box]()
    for line in panel.lines:
        for ((year, value), (later, after)), step in zip(
            pairwise(line.values), line.steps, strict=True
        ):
            if not step or not step.broken:
                continue
            percent = (value.observation.value + after.observation.value) / 2
            x, y = plot.across((year + later) / 2) - wide / 2, plot.down(percent) - tall / 2
            spots = (Box(x, y + down, wide, tall) for down in (0, -tall, tall))
            spot = next((each for each in spots if each.free([*taken, *used])), None)
            if spot:
                used.append(spot)
                yield spot


def clear(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Middles of labels from above, moved as little as keeps them clear of each other and between ``top`` and ``bottom``."""
    placed: list[float] = []
    for at, (y, tall) in enumerate(zip(wanted, heights, strict=True)):
        least = placed[-1] + (heights[at - 1] + tall) / 2 if placed else top
        placed.append(max(y, least))
    limit = bottom
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], limit - heights[at] / 2)
        limit = placed[at] - heights[at] / 2
    return placed
