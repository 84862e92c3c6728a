"""Where figures and words stand in a chart of lines over the years, clear of marks, lines and each other. Points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from dashboard.charts.drawing import Run
from dashboard.charts.edition_breaks import share_of_break
from dashboard.charts.edition_lines import EditionLine, LinePanel
from dashboard.charts.labels import figure
from dashboard.charts.roles import Role
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width
from dashboard.formats.change_names import named_at_first, with_names_left
from dashboard.query import Value
from dashboard.text import Localizer

DOT = 9.0
APART = LABEL_SIZE * LEADING
"""Between two figures, one over the other."""
_ASIDE = 10.0
"""Between two marks side by side."""
_LINES = 25, 50, 75, 100
"""Percentages at level lines."""
_STEP = 8.0
"""Between the places along a line that are kept free."""
_BESIDE_FIGURE = 6.0
"""White between a figure and a sign beside it."""
_RAISED = 1.6
"""Heights of a line of letters over its mark that a name stands where others are close."""
SLASHES = "//"
"""The sign of a break."""
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on the way from one mark to the next the sign may stand, if not midway between the editions of the break,"""
_LEVELS = (0, 1, -1, 2, -2)
"""on it or else so many times its height lower."""


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

    def widened(self, by: float) -> Box:
        """With so many points more at its left and at its right."""
        return replace(self, x=self.x - by, wide=self.wide + 2 * by)

    def free(self, taken: Sequence[Box]) -> bool:
        """Whether it shares no place with any."""
        return not any(self.meets(other) for other in taken)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands: t, b or l, over, under or left of its mark, moved ``down`` points by the interval of the mark."""

    position: str
    down: float
    clear: bool = True
    """Whether no line passes through it."""
    name: str = ""
    """Whose line it is, behind its first figure, where that or that of another line stands apart from the others."""

    def runs(self, shown: str) -> tuple[Run, ...]:
        """A figure as it is ``shown``, with the name."""
        return Run(shown, bold=True), *([Run(f" {self.name}")] if self.name else [])


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

    def crosses_level(self, box: Box) -> bool:
        """Whether one of the level lines that percentages are read by passes through a text."""
        return any(box.y < self.down(level) < box.y + box.tall for level in _LINES)


@dataclass(frozen=True, slots=True)
class Gap:
    """The way between two marks that a break parts, with its sign and the letters of its reasons (None where there is no room), or
    that passes over an edition."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: Role
    sign: Box | None
    text: str
    """Blank where nothing changed."""

    @property
    def on_way(self) -> bool:
        """Whether its sign stands on the straight way from one mark to the other."""
        if self.sign is None:
            return False
        (x0, y0), (x1, y1) = self.start, self.end
        middle = self.sign.x + self.sign.wide / 2
        level = y0 + (y1 - y0) * (middle - x0) / (x1 - x0)
        return self.sign.y <= level <= self.sign.y + self.sign.tall


def beside(lines: Sequence[EditionLine], plot: Plot) -> tuple[EditionLine, ...]:
    """The lines of a chart, of which one whose marks would cover those of another stands a mark's width to the side."""
    found: list[EditionLine] = []
    step = _ASIDE * (plot.last - plot.first) / (plot.right - plot.left)
    for line in lines:
        moved = (
            replace(line, values=tuple((year + by * step, value) for year, value in line.values))
            for by in (0, 1, -1, 2, -2)
        )
        found.append(next((each for each in moved if _uncovered(each, found, plot)), line))
    return tuple(found)


def _uncovered(line: EditionLine, others: Sequence[EditionLine], plot: Plot) -> bool:
    """Whether no mark of a line meets one of the others."""
    own, rest = (
        [
            Box(plot.across(year), plot.down(value.observation.value), DOT, DOT)
            for each in held
            for year, value in each.values
        ]
        for held in ([line], others)
    )
    return all(each.free(rest) for each in own)


def labels_and_gaps(
    panel: LinePanel,
    loc: Localizer,
    plot: Plot,
    letters: Mapping[tuple[int, int], str],
    *,
    intervals: bool,
) -> tuple[dict[int, Spot], list[Gap]]:
    """(position of a figure -> where it stands at its mark; the gaps of lines).

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
    taken, boxes = list(marks), dict[int, Box]()
    first = min(year for dated in lines for year, _ in dated)
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
        if year == first:
            left, top = x - (wide + DOT) / 2 - 3, y - (APART - 1) / 2
            crowded = any(
                dated[0][0] == year and 0 < plot.down(dated[0][1].observation.value) - y < APART
                for dated in lines
            )
            spots += [
                (Spot("l", down), Box(left, top + down, wide, APART - 1))
                for down in ((-APART / 2, 0.0, APART / 2) if crowded else (0.0, APART / 2))
            ]
        spots.sort(key=lambda each: plot.crosses_level(each[1]))
        clear_of_lines = [each for each in spots if each[1].free([*taken, *along])]
        crossed = [(replace(spot, clear=False), box) for spot, box in spots if box.free(taken)]
        free = clear_of_lines or crossed
        if free:
            found[value.observation.position], boxes[value.observation.position] = free[0]
            taken.append(free[0][1])
    for line in named_at_first(panel):
        year, value = line.values[0]
        spot = found.get(value.observation.position)
        if spot and spot.position != "l":
            own, told = boxes[value.observation.position], replace(spot, name=line.name)
            named = _place(told, year, value, loc, plot)
            if named.free([each for each in (*taken, *along) if each is not own]):
                found[value.observation.position] = told
                taken.append(named)
    whose = with_names_left(panel, {at for at, spot in found.items() if spot.name})
    return found, list(_gaps(whose, loc, plot, letters, [*taken, *along]))


def at_earlier_ends(
    panel: LinePanel,
    loc: Localizer,
    plot: Plot,
    spots: Mapping[int, Spot],
    gaps: Sequence[Gap],
    *,
    intervals: bool,
) -> list[tuple[EditionLine, Box]]:
    """The lines that end before the newest edition of a chart, and where their last figure with their name stands at its mark;
    with them a line that ends there alone.

    At the right the others would be read as figures of that edition; a line without a free place is left out.
    """
    panel = with_names_left(panel, {at for at, spot in spots.items() if spot.name})
    newest = max(line.values[-1][0] for line in panel.lines)
    taken = [gap.sign for gap in gaps if gap.sign]
    for line in panel.lines:
        for year, value in line.values:
            top, bottom = _ends(value, plot, intervals)
            taken.append(Box(plot.across(year) - DOT / 2, top, DOT, bottom - top))
            spot = spots.get(value.observation.position)
            if spot:
                taken.append(_place(spot, year, value, loc, plot))
        for (year, value), (later, after) in pairwise(line.values):
            taken += _way(year, value, later, after, plot)
    found: list[tuple[EditionLine, Box]] = []
    last = [line for line in panel.lines if newest - line.values[-1][0] < 1]
    at_right = last if len(last) > 1 or len(panel.lines) == 1 else []
    for line in panel.lines:
        year, value = line.values[-1]
        if line in at_right:
            continue
        wide, (top, bottom) = width_of_end(loc, line), _ends(value, plot, intervals)
        x, end = plot.across(year), plot.right + DOT
        places = [
            Box(left, y, wide, APART)
            for y in (top - APART - 1, bottom + 1, top - _RAISED * APART)
            for left in (x - wide / 2, min(x - DOT / 2, end - wide), x + DOT / 2 - wide)
            if plot.left < left <= end - wide and y + APART < plot.bottom
        ]
        places.sort(key=plot.crosses_level)
        # Close to the mark of another line it would be read as the figure of that.
        apart = (each for each in places if each.widened(_BESIDE_FIGURE).free(taken))
        free = next(chain(apart, (each for each in places if each.free(taken))), None)
        if free:
            found.append((line, free))
            taken.append(free)
    return found


def all_within(
    panel: LinePanel,
    loc: Localizer,
    plot: Plot,
    letters: Mapping[tuple[int, int], str],
    *,
    intervals: bool,
) -> bool:
    """Whether all lines of a chart have their last figures at their marks, so that its plot is as wide as that of one line."""
    labelled, gaps = labels_and_gaps(panel, loc, plot, letters, intervals=intervals)
    early = at_earlier_ends(panel, loc, plot, labelled, gaps, intervals=intervals)
    return len(early) == len(panel.lines)


def width_of_last(loc: Localizer, panel: LinePanel) -> float:
    """Points of the newest figure of a chart."""
    newest = max(panel.lines, key=lambda line: line.values[-1][0])
    return width(figure(loc, newest.values[-1][1]), LABEL_SIZE, bold=True)


def width_of_end(loc: Localizer, line: EditionLine) -> float:
    """Points of the last figure of a line with its name."""
    name = width(f" {line.name}", LABEL_SIZE) if line.name else 0.0
    return width(figure(loc, line.values[-1][1]), LABEL_SIZE, bold=True) + name + 4


def _place(spot: Spot, year: float, value: Value, loc: Localizer, plot: Plot) -> Box:
    """Where a figure stands at its mark."""
    wide = width(figure(loc, value), LABEL_SIZE, bold=True)
    wide += width(f" {spot.name}", LABEL_SIZE) if spot.name else 0.0
    x, y = plot.across(year) - wide / 2, plot.down(value.observation.value) + spot.down
    if spot.position == "l":
        return Box(x - (wide + DOT) / 2 - 3, y - (APART - 1) / 2, wide, APART - 1)
    top = y - DOT / 2 - APART if spot.position == "t" else y + DOT / 2 + 1
    return Box(x, top, wide, APART - 1)


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
            yield from _way(year, value, later, after, plot)


def _way(year: float, value: Value, later: float, after: Value, plot: Plot) -> Iterator[Box]:
    """Places from one mark to the next."""
    x, end = plot.across(year), plot.across(later)
    count = max(1, round((end - x) / _STEP))
    rise = after.observation.value - value.observation.value
    for at in range(count + 1):
        share = at / count
        y = plot.down(value.observation.value + rise * share)
        yield Box(x + (end - x) * share - 1, y - 2, 2, 4)


def _gaps(
    panel: LinePanel,
    loc: Localizer,
    plot: Plot,
    letters: Mapping[tuple[int, int], str],
    taken: Sequence[Box],
) -> Iterator[Gap]:
    """The gaps between editions that are not joined; where others leave no room, without a sign."""
    tall, used = LABEL_SIZE * LEADING, list[Box]()
    names = list(_ended(panel, loc, plot))
    for line in panel.lines:
        for ((year, value), (later, after)), step in zip(
            pairwise(line.values), line.steps, strict=True
        ):
            if not step or not (step.broken or step.skipped):
                continue
            pair = value.observation.position, after.observation.position
            text = f"{SLASHES}{letters.get(pair, '')}"
            wide = width(text, LABEL_SIZE) + 4
            x, end = plot.across(year), plot.across(later)
            y, low = plot.down(value.observation.value), plot.down(after.observation.value)
            if not step.broken:
                yield Gap((x, y), (end, low), line.colour, None, "")
                continue
            at = share_of_break(loc.dataset.surveys, step, year, later)
            shares = sorted({at, *_SHARES}, key=lambda share: abs(share - at))
            places = [
                Box(
                    x + (end - x) * share - wide / 2,
                    y + (low - y) * share + (level - 0.5) * tall,
                    wide,
                    tall,
                )
                for level in _LEVELS
                for share in shares
            ]
            kept = [*taken, *used, Box(plot.left, plot.bottom - 1, plot.right - plot.left, tall)]
            # Close behind a figure a letter would be read as a part of it.
            apart = [each for each in places if each.widened(_BESIDE_FIGURE).free(kept)]
            # Over or under the name of another line it would be read as a break of that.
            own = [each for each in apart if each.free(names)]
            sign = next(chain(own, apart, (each for each in places if each.free(kept))), None)
            used += [sign] if sign else []
            yield Gap((x, y), (end, low), line.colour, sign, text)


def _ended(panel: LinePanel, loc: Localizer, plot: Plot) -> Iterator[Box]:
    """Where the names of lines may stand that end before the newest edition of a chart."""
    newest = max(line.values[-1][0] for line in panel.lines)
    for line in panel.lines:
        year, value = line.values[-1]
        if line.name and newest - year >= 1:
            x, y = plot.across(year) - DOT / 2, plot.down(value.observation.value)
            yield Box(x, y - 1.5 * APART, width_of_end(loc, line), 3 * APART)
