"""One panel of a change over editions: its lines in a plot, and the labels in it and in the gutter at its right.

Nothing is written over a mark, a line or another label: what finds no room in the plot is left to the card and the table, but
for the last figure of a line, which has its place in the gutter, and the letter of a break, which may stand there too. Names
stand behind those figures, or over or under them in the plot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from dashboard.charts.canvas import LEADING
from dashboard.charts.clearance import Area, Clearance, Spot, Stroke
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Mark, Point, Run
from dashboard.charts.edition_axes import levels, percentages, write_percentages
from dashboard.charts.edition_breaks import Breaks, Step, share_of_break
from dashboard.charts.edition_crowds import Way, giving_way
from dashboard.charts.edition_figures import FigurePlaces, outer_side, over_end
from dashboard.charts.edition_gutter import (
    LEADER,
    LETTERS,
    MARK,
    NEAR,
    SPACE,
    TYPE,
    Ended,
    Gutter,
)
from dashboard.charts.edition_lines import EditionLine, LinePanel
from dashboard.charts.edition_marks import asides
from dashboard.charts.edition_strokes import draw_strokes
from dashboard.charts.end_labels import EndLabel, moved_apart
from dashboard.charts.labels import figure as worded
from dashboard.charts.labels import is_plain, spoken
from dashboard.charts.roles import FAINT
from dashboard.charts.text import wrap
from dashboard.charts.years import SAME, Plot
from dashboard.comparability import ALL

_APART = 3
"""Pixels (at scale 1) from a figure to a percentage of the axis, and to the line of it where there is another place."""


@dataclass(slots=True)
class PanelDrawing:
    """Draws a panel in its plot."""

    context: ChartContext
    panel: LinePanel
    plot: Plot
    gutter: Gutter
    letters: Mapping[tuple[int, int], str]
    """Positions of two neighbouring figures -> the letter of the note on the break between them; blank for slashes alone."""
    names_inside: bool = False
    """Whether names stand over or under the last figures, not behind them in the gutter."""
    _room: Clearance = field(init=False)
    _asides: Mapping[int, float] = field(init=False)
    _unplaced: dict[int, str] = field(default_factory=dict)
    """Index of a line -> letters that found no room at its breaks."""
    _levels: list[Stroke] = field(init=False)
    """The lines that percentages are read by."""
    _breaks: Breaks = field(init=False)
    _said: set[tuple[float, float, str]] = field(default_factory=set)
    """(x, y, figure) of what is written already: a figure stands once at its mark."""

    def __post_init__(self) -> None:
        plot, canvas = self.plot, self.context.canvas
        bounds = Area(plot.left, plot.top - canvas.px(TYPE), self._edge, plot.bottom)
        named = percentages(self.context, plot).values()
        self._room = Clearance(bounds, [area.grown(canvas.px(_APART)) for area in named])
        self._levels = levels(self.context, plot, plot.right)
        self._asides = asides(self.panel, plot, canvas.px(MARK))
        early = [
            over_end(canvas, self._at(line, -1), canvas.runs_width(self._runs(at), TYPE))
            for at, line in enumerate(self.panel.lines)
            if self._ends_early(line)
        ]
        self._breaks = Breaks(canvas, self._room, self._levels, [*early, *self._figures_best()])

    @property
    def _edge(self) -> float:
        """Where the labels of lines that go on to the latest figure of the panel begin."""
        return self.plot.across(self.panel.last) + self.plot.outset

    def draw(self) -> tuple[bool, bool]:
        """Draw it; whether every name and whether every figure found room."""
        canvas, steps = self.context.canvas, dict(enumerate(map(self._steps, self.panel.lines)))
        for line in self.panel.lines:
            self._draw_marks(line)
        self._room.strokes += [each.stroke for way in steps.values() for each in way]
        broken = {at: [step for step in way if step.broken] for at, way in steps.items()}
        self._breaks.place(step for way in broken.values() for step in way)
        self._room.strokes += [
            stub for way in broken.values() for step in way for stub in self._breaks.stubs(step)
        ]
        self._tell_crowded(steps, broken)
        for line in self.panel.lines:
            if not self._ends_early(line):
                self._said.add(self._spot_of(line, -1))
        first = [(line, 0) for line in self.panel.lines if len(line.values) > 1]
        # Of two that begin together the higher has its figure above.
        first.sort(key=lambda begun: self._at(*begun)[1])
        # In a low plot of a picture names have the room that there is.
        begun = self.context.in_picture or self._write_figures(first)
        for at, way in steps.items():
            line = self.panel.lines[at]
            plain = [is_plain(value) for _, value in line.values]
            draw_strokes(canvas, way, self._breaks, line.colour, plain)
            self._write_letters(at, broken[at])
        named = self._write_ends()
        begun = self._write_figures(first) and begun
        passed = self._write_figures(
            (line, index) for line in self.panel.lines for index in range(1, len(line.values) - 1)
        )
        plot = self.plot
        write_percentages(self.context, plot, plot.right)
        canvas.panel(plot.left, plot.top, plot.right, plot.bottom, plot.down(0), plot.down(100))
        return named, begun and passed

    def _tell_crowded(
        self, steps: Mapping[int, Sequence[Step]], broken: Mapping[int, Sequence[Step]]
    ) -> None:
        """Tell the canvas which lines have breaks that lie on another line, and give way."""
        ways = [
            Way(
                [step.stroke for step in steps[at]],
                [self._breaks.ground(step) for step in broken[at]],
                leads=line.values[0][1].observation.sector == ALL,
                end=self._end(line),
            )
            for at, line in enumerate(self.panel.lines)
        ]
        self.context.canvas.crowded |= {
            value.observation.position
            for at in giving_way(ways)
            for _, value in self.panel.lines[at].values
        }

    def _end(self, line: EditionLine) -> Area | None:
        """The middle of the last mark of a line that ends before others do."""
        size = self.context.canvas.px(MARK) / 2
        return Area.around(*self._at(line, -1), size, size) if self._ends_early(line) else None

    def _at(self, line: EditionLine, index: int) -> Spot:
        year, value = line.values[index]
        figure = value.observation
        x = self.plot.across(year) + self._asides.get(figure.position, 0.0)
        return x, self.plot.down(figure.value)

    def _steps(self, line: EditionLine) -> list[Step]:
        found, surveys = [], self.context.loc.dataset.surveys
        for index, step in enumerate(line.steps):
            positions = tuple(value.observation.position for _, value in line.values[index:][:2])
            letter = self.letters.get((positions[0], positions[1]))
            skipped = bool(step and step.skipped)
            found.append(
                Step(
                    self._at(line, index),
                    self._at(line, index + 1),
                    letter or "",
                    "dash" if skipped else "solid",
                    share_of_break(surveys, step, line.values[index][0], line.values[index + 1][0]),
                    broken=letter is not None,
                    clear=line.clear[index],
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

    def _write_letters(self, at: int, steps: Iterable[Step]) -> None:
        """The letters beside the breaks of a line; those without room there are left for its label."""
        for step in steps:
            if not self._breaks.write_letter(step):
                self._unplaced[at] = ", ".join(
                    each for each in (self._unplaced.get(at, ""), step.letter) if each
                )

    # --- Labels ---

    def _figures_best(self) -> Iterator[Area]:
        """Where the figures over or under marks stand best, with the ground beside them."""
        for line in self.panel.lines:
            for index, _ in enumerate(line.values[:-1]):
                place = self._places(line, index).best(outer_side(*line.joined(index)))
                aside = self.context.canvas.px(SPACE)
                yield place._replace(left=place.left - aside, right=place.right + aside)

    def _places(self, line: EditionLine, index: int) -> FigurePlaces:
        """Where a figure of a line may stand."""
        canvas = self.context.canvas
        wide = canvas.text_width(worded(self.context.loc, line.values[index][1]), TYPE, bold=True)
        return FigurePlaces(canvas, self._at(line, index), wide, canvas.px(TYPE * LETTERS))

    def _write_ends(self) -> bool:
        """The last figure of each line with its name: in the gutter, or at its mark where the line ends before others do.

        Whether there was room for all of it.
        """
        lines, canvas = self.panel.lines, self.context.canvas
        ends = {at: self._at(line, -1) for at, line in enumerate(lines)}
        ranked = sorted(ends, key=lambda at: (ends[at][1], -ends[at][0], at))
        early = [at for at in ranked if self._ends_early(lines[at])]
        order = [at for at in ranked if at not in early]
        wanted = len(order)
        while True:
            # What finds no room at its mark goes to the gutter, whose labels then stand elsewhere.
            tried, gutter = self._copy(), self._gutter(order)
            tried.areas += [label.area for label in gutter]
            tried.strokes += [stroke for label in gutter for stroke in self._way(label)]
            found = {at: self._beside_end(at, tried) for at in early if at not in order}
            left_over = [at for at, area in found.items() if area is None]
            if not left_over:
                break
            order = [at for at in ranked if at in {*order, *left_over}]
        self._room = tried
        for at, area in found.items():
            if area:
                canvas.runs(area.left, (area.top + area.bottom) / 2, self._runs(at), TYPE, inset=0)
        for label in gutter:
            for (x0, y0), (x1, y1) in self._way(label):
                canvas.rule(x0, y0, x1, y1, FAINT)
            label.draw(canvas, self.panel.lines[label.at].tone)
        if not self.names_inside:
            return True
        # Without names the gutter has no room for what found none in the plot.
        return (
            len(order) == wanted
            and not any(self._unplaced.get(at) for at in order)
            and all(self._write_name(label) for label in gutter)
        )

    def _write_name(self, label: Ended) -> bool:
        """The name of a line behind its last figure, else over or under that, ending where it ends; whether there was room."""
        canvas, line = self.context.canvas, self.panel.lines[label.at]
        if not line.name:
            return True
        wide, high = canvas.text_width(line.name, TYPE), canvas.px(TYPE * LETTERS)
        right, (x, y) = label.left + label.beside, label.end
        behind = right + canvas.px(SPACE)
        places = list[Area]()
        for further, side in product((0.0, 3.0, 6.0), (-1, 1)):
            middle = label.y + side * (self._leading + canvas.px(further - 2))
            # No line passes between the mark and the name.
            way = Area(x - 1, min(y + side, middle), x + 1, max(y + side, middle))
            if not any(way.crossed_by(*stroke) for stroke in self._passing(label.at)):
                places.append(Area(right - wide, middle - high / 2, right, middle + high / 2))
        in_line = Area(behind, label.y - high / 2, behind + wide, label.y + high / 2)
        found = self._room.first_free([in_line, *sorted(places, key=self._on_level)])
        if found:
            name = Run(line.name, colour=line.tone)
            canvas.runs(found.left, found.middle[1], (name,), TYPE, inset=0)
        return found is not None

    def _passing(self, at: int) -> list[Stroke]:
        """The ways of all lines but one."""
        others = (line for index, line in enumerate(self.panel.lines) if index != at)
        return [step.stroke for line in others for step in self._steps(line)]

    def _copy(self) -> Clearance:
        """What texts keep clear of up to now, with the gutter as ground to stand on too."""
        room = self._room
        bounds = room.bounds._replace(right=self._edge + self.gutter.wide)
        return Clearance(bounds, [*room.areas], [*room.strokes])

    def _gutter(self, order: Sequence[int]) -> list[Ended]:
        """The labels of some lines in the gutter, from the highest to the lowest."""
        canvas, lines, leading = self.context.canvas, self.panel.lines, self._leading
        ends = {at: self._at(lines[at], -1) for at in order}
        figures = [worded(self.context.loc, lines[at].values[-1][1]) for at in order]
        # Names begin below each other.
        beside = max((canvas.text_width(each, TYPE, bold=True) for each in figures), default=0.0)
        room = min(self.gutter.name, self.gutter.wide - beside - canvas.px(LEADER + SPACE))
        names = {at: [] if self.names_inside else self._name(at, room) for at in order}
        places = moved_apart(
            [EndLabel(ends[at][1], max(1, len(names[at]))) for at in order],
            leading,
            self.plot.top - leading / 2,
            self.plot.bottom + leading / 2,
        )
        apart = any(
            abs(y - ends[at][1]) > canvas.px(1.5) for at, y in zip(order, places, strict=True)
        )
        left = self._edge + canvas.px(LEADER if apart else NEAR)
        return [
            Ended(at, ends[at], left, y, figure, beside, tuple(names[at]), self.gutter, leading)
            for at, y, figure in zip(order, places, figures, strict=True)
        ]

    @property
    def _leading(self) -> float:
        return self.context.canvas.px(TYPE * LEADING)

    def _ends_early(self, line: EditionLine) -> bool:
        """Whether other lines of the panel go on after its last figure."""
        return line.values[-1][0] < self.panel.last - SAME

    def _spot_of(self, line: EditionLine, index: int) -> tuple[float, float, str]:
        """Where a figure belongs, to the pixel, and what it says."""
        x, y = self._at(line, index)
        return round(x), round(y), worded(self.context.loc, line.values[index][1])

    def _runs(self, at: int) -> tuple[Run, ...]:
        """Figure and name of a line in one, with letters that found no room at its breaks."""
        line = self.panel.lines[at]
        name = " ".join(filter(None, (line.name, self._unplaced.get(at, ""))))
        figure = Run(worded(self.context.loc, line.values[-1][1]), bold=True, colour=line.tone)
        return (figure, *([Run(f"  {name}", colour=line.tone)] if name else []))

    def _beside_end(self, at: int, room: Clearance) -> Area | None:
        """Where the label of a line that ends early stands: right of its last mark, else above or below it; None where there is no room."""
        canvas, (x, y) = self.context.canvas, self._at(self.panel.lines[at], -1)
        wide, high = canvas.runs_width(self._runs(at), TYPE), canvas.px(TYPE * LETTERS)
        right = x + canvas.px(MARK / 2 + 5)
        near, aside = (canvas.px(MARK) + high) / 2, canvas.px(MARK / 2)
        places = [Area(right, y - high / 2, right + wide, y + high / 2)]
        for side in (-1, 1):
            edge = y + side * canvas.px(MARK / 2 + 2)
            for further in (3.0, 6.0, 9.0, 12.0, 15.0):
                middle = y + side * (near + canvas.px(further))
                # No line passes between the mark and its label.
                if not any(
                    Area(x - 1, min(edge, middle), x + 1, max(edge, middle)).crossed_by(*stroke)
                    for stroke in room.strokes
                ):
                    # A figure before a name stands at its mark.
                    places.append(Area.around(x - aside + wide / 2, middle, wide, high))
        return room.first_free(places)

    def _name(self, at: int, room: float) -> list[str]:
        """What stands behind the last figure of a line, in lines of ``room`` pixels, with letters that found no room.

        A line whose label stands apart from an early end names the period of its last figure.
        """
        line = self.panel.lines[at]
        period = f"({self.context.loc.short_period(line.values[-1][1].survey)})"
        early = period if self._ends_early(line) else ""
        content = " ".join(part for part in (line.name, early, self._unplaced.get(at, "")) if part)
        return wrap(content, self.context.canvas.px(TYPE), room)

    def _way(self, label: Ended) -> list[Stroke]:
        """The leader from the last mark of a line to its label where that stands higher or lower; none over years without figures."""
        canvas, (x, y) = self.context.canvas, label.end
        moved = abs(label.y - y) > canvas.px(1.5)
        if not moved or self._ends_early(self.panel.lines[label.at]):
            return []
        return [((x + canvas.px(MARK / 2 + 2), y), (label.left - canvas.px(4), label.y))]

    def _write_figures(self, wanted: Iterable[tuple[EditionLine, int]]) -> bool:
        """The figures of lines, by their indices, above or below their marks where there is room; whether there was for all."""
        canvas, complete = self.context.canvas, True
        begun = [self._at(each, 0) for each in self.panel.lines if len(each.values) > 1]
        for line, index in wanted:
            spot = self._spot_of(line, index)
            if spot in self._said:
                continue
            figure, by = spot[2], self._places(line, index)
            better = outer_side(*line.joined(index))
            sides = (better, -better) if index else by.sides_of_first(better, begun)
            found = self._room.first_free(
                by.over_and_under(self._on_level, sides)
                if index
                else by.of_first(self._on_level, sides)
            )
            if found:
                self._said.add(spot)
                canvas.text(*found.middle, figure, TYPE, bold=True, anchor="center")
            complete = complete and found is not None
        return complete

    def _on_level(self, place: Area) -> bool:
        ground = place.grown(self.context.canvas.px(_APART))
        return any(ground.crossed_by(*level) for level in self._levels)
