"""One panel of a change over editions: its lines in a plot, and the labels in it and in the gutter at its right.

Nothing is written over a mark, a line or another label: what finds no room in the plot is left to the card and the table, but
for the last figure of a line, which has its place in the gutter, and the letter of a break, which may stand there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from dashboard.charts.canvas import LEADING
from dashboard.charts.clearance import Area, Clearance, Spot
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Dash, Mark, Point, Run
from dashboard.charts.edition_lines import EditionLine, LinePanel
from dashboard.charts.end_labels import EndLabel, moved_apart
from dashboard.charts.labels import brief, is_plain, spoken
from dashboard.charts.roles import FAINT, GRID, QUIET, RULE, Role
from dashboard.charts.text import wrap
from dashboard.charts.years import Plot

TYPE = 12
"""Type of everything in a panel but its name, at scale 1."""
MARK, STROKE, THIN = 9, 2, 1
"""Pixels of a mark (at scale 1), of a line, and of a line that passes over a break or an edition without a figure."""
LEADER = 18
"""Pixels (at scale 1) between a plot and its gutter, which leaders cross."""
SPACE = 6
"""Pixels (at scale 1) between figure and name."""
_LETTER_DOWN = (7.0, 12.0, 17.0)
"""Pixels (at scale 1) that the letter of a break may stand above or below its slashes' middle."""
_SLASH = (10.0, 12.0)
"""Pixels (at scale 1) that two slashes are wide and high."""
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on the way from one figure to the next slashes may stand."""
_LETTERS = 0.74
"""Height of letters over the size of type."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """The labels at the right of every plot of a section: pixels for a figure, at most, and for the name behind it."""

    figure: float
    name: float
    numbered: bool
    """Whether numbers stand for the names, which are listed under the panel."""

    def wide(self, space: float) -> float:
        """Its width; ``space`` pixels part figure and name."""
        return self.figure + (space + self.name if self.name else 0)


@dataclass(frozen=True, slots=True)
class _Step:
    """The way from one figure of a line to the next."""

    start: Spot
    end: Spot
    letter: str
    """Of the notes on the break between them; blank where there is none."""
    dash: Dash
    thick: float

    def on_way(self, share: float) -> Spot:
        """The spot after a share of the way."""
        (x0, y0), (x1, y1) = self.start, self.end
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


@dataclass(slots=True)
class PanelDrawing:
    """Draws a panel in its plot."""

    context: ChartContext
    panel: LinePanel
    plot: Plot
    gutter: Gutter
    letters: Mapping[tuple[int, int], str]
    """Positions of two neighbouring figures -> the letter of the note on the break between them."""
    _room: Clearance = field(init=False)
    _unplaced: dict[int, str] = field(default_factory=dict)
    """Index of a line -> letters that found no room at its breaks."""
    _breaks: dict[_Step, float] = field(default_factory=dict)
    """Which share of its way a break stands at."""

    def __post_init__(self) -> None:
        plot, edge = self.plot, self.context.canvas.px(TYPE)
        self._room = Clearance(Area(plot.left, plot.top - edge, plot.right, plot.bottom))

    def draw(self) -> list[EditionLine]:
        """Draw it; returns the lines in the order of their labels, from the highest to the lowest."""
        steps = {at: self._steps(line) for at, line in enumerate(self.panel.lines)}
        for line in self.panel.lines:
            self._draw_marks(line)
        self._room.strokes += [(each.start, each.end) for way in steps.values() for each in way]
        self._room.strokes += self._leaders().values()
        broken = {at: [step for step in way if step.letter] for at, way in steps.items()}
        self._place_breaks(step for way in broken.values() for step in way)
        self._write_figures((line, 0) for line in self.panel.lines if len(line.values) > 1)
        for at, way in steps.items():
            self._draw_steps(self.panel.lines[at], way)
            self._write_letters(at, broken[at])
        ordered = self._write_ends()
        self._write_figures(
            (line, index) for line in self.panel.lines for index in range(1, len(line.values) - 1)
        )
        self._write_percentages()
        canvas, plot = self.context.canvas, self.plot
        canvas.panel(plot.left, plot.top, plot.right, plot.bottom, plot.down(0), plot.down(100))
        return ordered

    def _at(self, line: EditionLine, index: int) -> Spot:
        year, value = line.values[index]
        return self.plot.across(year), self.plot.down(value.observation.value)

    def _steps(self, line: EditionLine) -> list[_Step]:
        found = []
        for index, step in enumerate(line.steps):
            positions = tuple(value.observation.position for _, value in line.values[index:][:2])
            letter = self.letters.get((positions[0], positions[1]), "")
            skipped = bool(step and step.skipped)
            found.append(
                _Step(
                    self._at(line, index),
                    self._at(line, index + 1),
                    letter,
                    "dash" if skipped else "solid" if letter else line.dash,
                    THIN if skipped or letter else STROKE,
                )
            )
        return found

    def _draw_marks(self, line: EditionLine) -> None:
        canvas, size = self.context.canvas, self.context.canvas.px(MARK)
        for index, (_, value) in enumerate(line.values):
            x, y = self._at(line, index)
            self._room.areas.append(Area.around(x, y, size, size))
            canvas.mark(
                Mark(
                    position=value.observation.position,
                    percent=value.observation.value,
                    spoken=spoken(self.context.loc, value),
                    panel=self.panel.index,
                    row=line.row,
                    series=line.series,
                    colour=line.colour,
                    x=x,
                    y=y,
                    shape=Point(line.symbol, size, hollow=not is_plain(value)),
                )
            )

    # --- Lines and breaks ---

    def _draw_steps(self, line: EditionLine, steps: list[_Step]) -> None:
        """The line, whole stretches of one look in one; a break is a gap with two slashes and a letter."""
        canvas = self.context.canvas
        plain = [is_plain(value) for _, value in line.values]
        run: list[Spot] = []
        look: tuple[float, Dash] = (STROKE, "solid")
        for index, step in enumerate(steps):
            start, end = self._outside(step, plain[index], plain[index + 1])
            if run and (step.letter or (step.thick, step.dash) != look or not plain[index]):
                canvas.line(run, line.colour, *look)
                run = []
            look = step.thick, step.dash
            if step.letter:
                self._draw_break(step, line.colour, start, end)
            else:
                run = [*(run or [start]), end]
        if run:
            canvas.line(run, line.colour, *look)

    def _outside(self, step: _Step, plain_start: bool, plain_end: bool) -> tuple[Spot, Spot]:
        """Where a stretch starts and ends: at the edge of a mark that is open, else in its middle."""
        (x0, y0), (x1, y1) = step.start, step.end
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        share = min(self.context.canvas.px(MARK) / 2 / length, 0.5) if length else 0.0
        along, down = (x1 - x0) * share, (y1 - y0) * share
        return (
            step.start if plain_start else (x0 + along, y0 + down),
            step.end if plain_end else (x1 - along, y1 - down),
        )

    def _draw_break(self, step: _Step, colour: Role, first: Spot, last: Spot) -> None:
        """Thin stretches from ``first`` and to ``last``, and two slashes in the gap between them."""
        canvas = self.context.canvas
        (x0, y0), (x1, y1) = step.start, step.end
        wide, tall = (canvas.px(each) for each in _SLASH)
        share = self._breaks[step]
        x, y = step.on_way(share)
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        gap = min((wide * 0.5 + canvas.px(2)) / length, share, 1 - share) if length else 0.0
        for start, end in (
            (first, step.on_way(share - gap)),
            (step.on_way(share + gap), last),
        ):
            if end[0] > start[0]:
                canvas.line((start, end), colour, step.thick, step.dash)
        lean, half = wide * 0.2, tall / 2
        for middle in (x - wide * 0.22, x + wide * 0.22):
            canvas.line(((middle - lean, y + half), (middle + lean, y - half)), colour, 1.5)

    def _place_breaks(self, steps: Iterable[_Step]) -> None:
        """Decide where on its way each break stands: clear of everything else and with room for its letter, if there is such a place."""
        wide, tall = (self.context.canvas.px(each) for each in _SLASH)
        for step in steps:
            own = (step.start, step.end)
            others = replace(
                self._room, strokes=[stroke for stroke in self._room.strokes if stroke != own]
            )
            places = {share: Area.around(*step.on_way(share), wide, tall) for share in _PLACES}
            free = [share for share in _PLACES if others.is_free(places[share])]
            lettered = [
                share
                for share in (*free, *_PLACES)
                if any(map(self._room.is_free, self._beside_break(step, share)))
            ]
            share = next(iter((*lettered, *free)), _PLACES[0])
            self._breaks[step] = share
            self._room.areas.append(places[share])

    def _write_letters(self, at: int, steps: Iterable[_Step]) -> None:
        """The letters beside the breaks of a line; those without room there are left for its label."""
        for step in steps:
            found = self._room.first_free(self._beside_break(step, self._breaks[step]))
            if found:
                spot = (found.left + found.right) / 2, (found.top + found.bottom) / 2
                self.context.canvas.text(*spot, step.letter, TYPE, anchor="center")
            else:
                self._unplaced[at] = f"{self._unplaced.get(at, '')}{step.letter}"

    def _beside_break(self, step: _Step, share: float) -> Iterator[Area]:
        """Places of the letter of a break, the nearest first."""
        canvas, (x, y) = self.context.canvas, step.on_way(share)
        letter, high = canvas.text_width(step.letter, TYPE), canvas.px(TYPE * _LETTERS)
        aside = (canvas.px(_SLASH[0]) + letter) / 2 + canvas.px(2)
        for down, side, sign in product(_LETTER_DOWN, (1, -1), (-1, 1)):
            yield Area.around(x + side * aside, y + sign * canvas.px(down), letter, high)

    # --- Labels ---

    def _write_ends(self) -> list[EditionLine]:
        """The last figure of each line with its name, in the gutter, a leader before it where it stands apart from its mark."""
        canvas, lines = self.context.canvas, self.panel.lines
        ends = {at: self._at(line, -1) for at, line in enumerate(lines)}
        ranked = sorted(ends, key=lambda at: (ends[at][1], -ends[at][0], at))
        numbers = {at: number for number, at in enumerate(ranked, start=1)}
        order = [at for at in ranked if not self._write_beside(at, ends[at], numbers[at])]
        leading = canvas.px(TYPE * LEADING)
        names = {at: self._name(at, numbers[at]) for at in order}
        places = moved_apart(
            [EndLabel(ends[at][1], max(1, len(names[at]))) for at in order],
            leading,
            self.plot.top - leading / 2,
            self.plot.bottom + leading / 2,
        )
        left = self.plot.right + canvas.px(LEADER)
        figures = [brief(self.context.loc, lines[at].values[-1][1]) for at in order]
        beside = max((canvas.text_width(each, TYPE, bold=True) for each in figures), default=0.0)
        for at, y, figure in zip(order, places, figures, strict=True):
            self._draw_leader(at, ends[at], y)
            canvas.runs(left, y, (Run(figure, bold=True),), TYPE, inset=0)
            for index, name in enumerate(names[at]):
                x = left + beside + canvas.px(SPACE)
                canvas.runs(x, y + index * leading, (Run(name),), TYPE, inset=0)
        return [lines[at] for at in ranked]

    def _leaders(self) -> dict[int, tuple[Spot, Spot]]:
        """Of each line that ends before the plot does, by its index: the level way from its last mark to the edge."""
        found = {}
        for at, line in enumerate(self.panel.lines):
            x, y = self._at(line, -1)
            if x < self.plot.right - self.plot.outset - self.context.canvas.px(1):
                found[at] = (x + self.context.canvas.px(MARK / 2 + 2), y), (self.plot.right, y)
        return found

    def _write_beside(self, at: int, end: Spot, number: int) -> bool:
        """Write the label of a line that ends early right of its last mark; returns whether there is room for it in the plot."""
        leader = self._leaders().get(at)
        if leader is None or at in self._unplaced:
            return False
        canvas, line = self.context.canvas, self.panel.lines[at]
        name = str(number) if line.name and self.gutter.numbered else line.name
        figure = brief(self.context.loc, line.values[-1][1])
        runs = (Run(figure, bold=True), *([Run(f"  {name}")] if name else []))
        left, half = end[0] + canvas.px(MARK / 2 + 5), canvas.px(TYPE * _LETTERS) / 2
        area = Area(left, end[1] - half, left + canvas.runs_width(runs, TYPE), end[1] + half)
        self._room.strokes.remove(leader)
        if self._room.first_free([area]):
            canvas.runs(left, end[1], runs, TYPE, inset=0)
            return True
        self._room.strokes.append(leader)
        return False

    def _name(self, at: int, number: int) -> list[str]:
        """What stands behind the last figure of a line, line by line of type, with letters that found no room at its breaks."""
        name = self.panel.lines[at].name
        shown = str(number) if name and self.gutter.numbered else name
        content = " ".join(part for part in (shown, self._unplaced.get(at, "")) if part)
        return wrap(content, self.context.canvas.px(TYPE), self.gutter.name)

    def _draw_leader(self, at: int, end: Spot, y: float) -> None:
        """From the last mark of a line to its label, level through the plot and then to the height of the label."""
        canvas, stop = self.context.canvas, self.plot.right + self.context.canvas.px(LEADER - 4)
        leader = self._leaders().get(at)
        if leader:
            (x0, y0), (x1, y1) = leader
            canvas.rule(x0, y0, x1, y1, RULE)
            canvas.rule(x1, y1, stop, y, RULE)
        elif abs(y - end[1]) > canvas.px(1.5):
            canvas.rule(end[0] + canvas.px(MARK / 2 + 2), end[1], stop, y, FAINT)

    def _write_figures(self, wanted: Iterable[tuple[EditionLine, int]]) -> None:
        """The figures of lines, by their indices, above or below their marks where there is room."""
        canvas = self.context.canvas
        high = canvas.px(TYPE * _LETTERS)
        for line, index in wanted:
            x, y = self._at(line, index)
            figure = brief(self.context.loc, line.values[index][1])
            wide = canvas.text_width(figure, TYPE, bold=True)
            found = self._room.first_free(self._beside(x, y, wide, high))
            if found:
                canvas.text(
                    (found.left + found.right) / 2,
                    (found.top + found.bottom) / 2,
                    figure,
                    TYPE,
                    bold=True,
                    anchor="center",
                )

    def _beside(self, x: float, y: float, wide: float, high: float) -> Iterator[Area]:
        """Places above and below a mark, the nearest first, over it and then a little aside."""
        canvas = self.context.canvas
        near = (canvas.px(MARK) + high) / 2
        for further in (3.0, 6.0, 9.0):
            for aside in (0.0, 8.0, -8.0):
                for side in (-1, 1):
                    yield Area.around(
                        x + canvas.px(aside), y + side * (near + canvas.px(further)), wide, high
                    )

    # --- Axes ---

    def _write_percentages(self) -> None:
        """Percentages at the left, and level lines that they are read by."""
        canvas, plot = self.context.canvas, self.plot
        levels = [plot.down(percent) for percent in (0, 25, 50, 75, 100)]
        canvas.levels(levels, plot.left, plot.right)
        for percent in (0, 50, 100):
            canvas.text(
                plot.left - canvas.px(4),
                plot.down(percent),
                self.context.loc.percent(percent),
                TYPE,
                QUIET,
                anchor="right",
            )


def write_periods(context: ChartContext, panel: LinePanel, plot: Plot) -> float:
    """The periods of the editions under a plot, on two lines where they stand close; where that is too much, single years.

    Returns the y below."""
    canvas, loc = context.canvas, context.loc
    periods = {
        loc.short_period(value.survey): year for line in panel.lines for year, value in line.values
    }
    placed = _levels(context, plot, periods)
    if placed is None:
        first, last = plot.timeline.first, plot.timeline.last
        every = next(step for step in (1, 2, 4, 5, 10, 20, 50, 1000) if (last - first) / step < 6)
        years = range(int(-(-first // every)) * every, int(last) + 1, every)
        placed = _levels(context, plot, {str(year): float(year) for year in years}) or []
    for x, level, name in placed:
        canvas.rule(x, plot.bottom, x, plot.bottom + canvas.px(4), GRID)
        y = plot.bottom + canvas.px(13 + TYPE * LEADING * level)
        canvas.text(x, y, name, TYPE, QUIET, anchor="center")
    lowest = max((level for _, level, _ in placed), default=0)
    return plot.bottom + canvas.px(24 + TYPE * LEADING * lowest)


def _levels(
    context: ChartContext, plot: Plot, names: Mapping[str, float]
) -> list[tuple[float, int, str]] | None:
    """(x, line of type, name) of each; None where two lines have no room for all."""
    canvas = context.canvas
    placed, reached = [], [float("-inf")] * 2
    for name, year in sorted(names.items(), key=lambda each: each[1]):
        x, half = plot.across(year), canvas.text_width(name, TYPE) / 2
        level = next((at for at, end in enumerate(reached) if x - half > end), None)
        if level is None:
            return None
        placed.append((x, level, name))
        reached[level] = x + half + canvas.px(6)
    return placed
