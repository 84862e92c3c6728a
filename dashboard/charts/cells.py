"""How single values fill the cells of a grid: one under the other, each bar of a page with its figure in a column before it, each dot
and each bar of a picture with its figure right behind it or its interval, and n in a column of its own.

The name of a series stands at its marks: behind them in the whole chart or, where that is too narrow anywhere, on the line of
each mark where it has room, in a bar or left of a dot too; over a mark only where its line has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from dashboard.charts.canvas import INSET, LEADING, Canvas
from dashboard.charts.drawing import Anchor, Bar, Mark, Point, Run
from dashboard.charts.grid_band import Spot
from dashboard.charts.grid_layout import Column
from dashboard.charts.label_fit import SPACE, LabelFit, behind_mark, figure_width
from dashboard.charts.labels import (
    NAME,
    NOTE,
    answers,
    mark_end,
    sign_of,
    spoken,
    written,
)
from dashboard.charts.names import name_of_all, names_at_marks
from dashboard.charts.notes import Differing, noted, said
from dashboard.charts.percent_cells import HALVES, QUARTERS, PercentCells
from dashboard.charts.roles import DOTS, LANE, QUIET, InkOn, Role, Tint
from dashboard.charts.series import alike_sectors, series_of
from dashboard.charts.text import wrap
from dashboard.query import POSSIBLE, Cell, Header, Panel, Section, Value
from dashboard.text.wording import SIGNS

VALUE_HEIGHT, GROWS = 20.0, 4.0
"""Pixels (at scale 1) of a value, and those of them that grow with the room between rows."""


def value_height(canvas: Canvas) -> float:
    """Pixels of a value, whose mark is larger where there is room."""
    return canvas.px(VALUE_HEIGHT - GROWS) + canvas.space(GROWS)


_STUB = 8
"""Pixels (at scale 1) of a lane before a name that are not worth drawing."""
Side = Literal["before", "behind"]
"""Left of the end of a mark, or right of it."""


class Place(NamedTuple):
    """Where on the line of a mark a name stands."""

    x: float
    anchor: Anchor
    colour: Role


class MarkStyle(Protocol):
    """How a mark looks."""

    holds_names: bool
    """Whether names stand in marks rather than behind them."""
    has_lanes: bool
    """Whether a line leads from 0 percent to each mark."""

    def before_end(
        self, canvas: Canvas, column: Column, section: Section, value: Value, low: float
    ) -> tuple[Place, float]:
        """Where a name may stand left of a mark's end, whose interval begins at pixel ``low``, and the pixels that it has there."""

    def shape(
        self, canvas: Canvas, column: Column, section: Section, value: Value, header: Header
    ) -> Bar | Point:
        """The shape of the mark of a value of a series."""

    def interval(
        self, canvas: Canvas, low: float, high: float, mark: Mark, *, possible: bool
    ) -> None:
        """Draw the interval of a mark, or a ``possible`` range, from ``low`` to ``high``, in pixels."""

    def colour(self, section: Section, header: Header) -> Role:
        """The colour of the marks of a series."""

    def mark_room(self, canvas: Canvas) -> float:
        """Pixels that a mark takes right of its value."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What stands in a cell beside its figures."""

    behind: Mapping[int, str]
    """Index of a value in the cell -> the name of its series, where it stands behind the mark."""
    before: Mapping[int, str]
    """The same of names that stand left of the end of the mark."""
    over: Mapping[int, Sequence[str]]
    """The same of names over the mark, in lines."""
    notes_behind: bool
    """Whether what differs from the heading stands behind the marks, not under the name of the row."""


@dataclass(frozen=True)
class ValueCells(PercentCells):
    """Cells that hold one mark a value."""

    bands: tuple[range, ...]
    """The panels that stand side by side."""
    fit: LabelFit
    column: Column
    """Any of the columns, which are equally wide."""
    style: MarkStyle

    @property
    def ruled(self) -> tuple[int, ...]:
        """Fewer where marks sit on lanes."""
        return HALVES if self.style.has_lanes else QUARTERS

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """Percentages, and n over its column."""
        PercentCells.head(self, column, panel, y)
        if self.fit.beside and self._has_answers(panel):
            canvas = self.context.canvas
            n = self.context.loc.t("n")
            canvas.text(column.right, y + canvas.px(8), n, NOTE, QUIET, anchor="right")

    def ticks_end(self, column: Column, panel: Panel) -> float:
        """Left of n, where it stands there."""
        if not (self.fit.beside and self._has_answers(panel)):
            return column.right
        canvas = self.context.canvas
        return column.right - canvas.text_width(self.context.loc.t("n"), NOTE) - canvas.px(12)

    def height(self, spot: Spot, panel: Panel, cell: Cell) -> float:
        """One bar or dot a value, and the lines of names over them."""
        plan = self._plans.get((spot.panel, spot.row))
        over = sum(map(len, plan.over.values())) if plan else 0
        return max(len(cell.values), 1) * self._value_height + over * self._step - self._raised

    def of_all(self, panel: Panel) -> str:
        """The series that all its figures are of, where rows do not say it; in a picture that of most, where marks look alike."""
        context = self.context
        if self.fit.sectors and max(map(len, self.bands)) > 1:
            return ""
        sparing = context.names_sparingly and not self.fit.sectors
        return name_of_all(context.section, context.loc, panel, sparing=sparing)

    def notes(self, panels: range, row: int) -> str:
        """What differs from the headings, where it does not stand behind the figures."""
        section = self.context.section
        found = [
            Differing(section.panels[panel].header, series_of(section, value), note)
            for panel in panels
            for value in section.rows[row].cells[panel].values
            for behind_all in [self._plans[panel, row].notes_behind]
            for note in ["" if behind_all else self._note(panel, row, value)]
        ]
        return said(self.context.loc, found)

    def draw(self, spot: Spot, panel: Panel, cell: Cell, y: float) -> None:
        """Marks with their labels."""
        plan = self._plans[spot.panel, spot.row]
        # The first mark stays level with the name of its row, whatever its height.
        y -= self._raised / 2
        for at, value in enumerate(cell.values):
            for line in plan.over.get(at, ()):
                left = self._over(spot.column, value, line)
                self.context.canvas.text(left, y + self._step / 2, line, NOTE)
                y += self._step
            note = self._note(spot.panel, spot.row, value) if plan.notes_behind else ""
            middle = y + self._value_height / 2
            name = plan.behind.get(at, "")
            self._mark(spot, middle, value, name, note)
            if self.style.has_lanes:
                self._lane(spot.column, middle, value, plan.before.get(at, ""))
            if at in plan.before:
                place, _ = self._before(spot.column, value)
                self.context.canvas.runs(
                    place.x,
                    middle,
                    (Run(plan.before[at]),),
                    NOTE,
                    place.colour,
                    anchor=place.anchor,
                    inset=0,
                )
            y += self._value_height

    def _mark(self, spot: Spot, y: float, value: Value, name: str, note: str) -> None:
        context, column, row = self.context, spot.column, value.observation
        section, canvas, intervals = context.section, context.canvas, context.selection.intervals
        header = series_of(section, value)
        colour, x = self.style.colour(section, header), column.at(row.value)
        shape = self.style.shape(canvas, column, section, value, header)
        if self._alike:
            colour, shape = DOTS, _plain(shape)
        mark = Mark(
            position=row.position,
            percent=row.value,
            spoken=spoken(context.loc, value),
            panel=spot.panel,
            row=spot.row,
            series=context.loc.header(header),
            colour=colour,
            x=x,
            y=y,
            shape=shape,
        )
        canvas.mark(mark)
        known = value.evidence.interval
        if intervals and known:
            low, high = column.at(known.low), column.at(known.high)
            self.style.interval(canvas, low, high, mark, possible=known.kind == POSSIBLE)
        main = Run(written(context.loc, value, self.fit.style), bold=True)
        canvas.has_signs |= self.fit.style.brief and value.observation.qualifier in SIGNS
        if self.fit.at_marks:
            canvas.runs(self._mark_end(column, value), y, (main,), NAME, inset=0)
        else:
            before = column.zero - canvas.px(SPACE)
            canvas.runs(before, y, (main,), NAME, anchor="right", inset=0)
        label = self._runs(value, name, note)
        if label:
            canvas.runs(self._label_at(column, value), y, label, NOTE, inset=0)
        if self.fit.beside:
            n = answers(context.loc, value, intervals=intervals, sign=True)
            if n:
                canvas.text(column.right, y, n, NOTE, QUIET, anchor="right")

    def _lane(self, column: Column, y: float, value: Value, before: str) -> None:
        """The line from 0 percent to a mark, or to the name ``before`` it where more than a stub is left."""
        canvas = self.context.canvas
        end = column.at(value.observation.value)
        if before:
            # Left of a dot names end where it begins.
            end = self._before(column, value)[0].x - canvas.text_width(before, NOTE) - INSET
        if end - column.zero > (canvas.px(_STUB) if before else 0):
            canvas.rule(column.zero, y, end, y, LANE)

    def _label_at(self, column: Column, value: Value) -> float:
        """Where the label of a value begins, behind the figure where that stands there."""
        end = self._mark_end(column, value)
        if not self.fit.at_marks:
            return end
        figure = figure_width(self.context, value, self.fit.style)
        return end + figure + self.context.canvas.px(SPACE)

    def _mark_end(self, column: Column, value: Value) -> float:
        """Where what stands behind the mark of a value and its interval begins."""
        canvas = self.context.canvas
        end = column.at(mark_end(value, self.context.selection.intervals))
        mark = column.at(value.observation.value) + self.style.mark_room(canvas)
        return max(mark, end) + canvas.px(SPACE)

    def _has_answers(self, panel: Panel) -> bool:
        loc, intervals = self.context.loc, self.context.selection.intervals
        values = self.context.section.values_of(panel)
        return any(answers(loc, value, intervals=intervals, sign=False) for value in values)

    def _note(self, panel: int, row: int, value: Value) -> str:
        """What of a value differs from the headings of its panel and row."""
        return self._notes[panel, row, value.observation.position]

    @cached_property
    def _notes(self) -> dict[tuple[int, int, int], str]:
        """(panel, row, position) -> what of the figure differs from the headings there."""
        return noted(self.context.loc, self.context.section, self.bands)

    @cached_property
    def _plans(self) -> dict[tuple[int, int], _Plan]:
        """(panel, row) -> what stands in a cell that has figures beside them."""
        section = self.context.section
        names = {}
        if not self.fit.sectors:
            names = names_at_marks(section, self.context.loc, sparing=self.context.names_sparingly)
        sides = [self._side(at, names) for at in range(len(section.panels))]
        plans = {
            (panel, row): self._plan(panel, row, cell, names.get((panel, row), {}), sides[panel])
            for row, line in enumerate(section.rows)
            for panel, cell in enumerate(line.cells)
            if cell.values
        }
        # What differs stands in one place in the whole chart: under the names too where the lines of an indicator say there
        # what each holds.
        several = any(row.lines > 1 for row in section.rows) or self.context.introduced
        noted = not several and all(plan.notes_behind for plan in plans.values())
        return {
            place: plan if plan.notes_behind == noted else replace(plan, notes_behind=noted)
            for place, plan in plans.items()
        }

    def _side(self, panel: int, names: Mapping[tuple[int, int], Mapping[int, str]]) -> Side | None:
        """On which side of its marks most names of a panel have room: none stands on the other that has room there; None where marks
        hold names."""
        if self.style.holds_names or self.fit.behind:
            return None
        rows = self.context.section.rows
        held = fits = 0
        for (at, row), found in names.items():
            for index, name in found.items() if at == panel else ():
                value = rows[row].cells[panel].values[index]
                held += self._held(value, name)
                fits += self._fits(value, name, "")
        return "behind" if fits >= held else "before"

    def _held(self, value: Value, name: str) -> bool:
        """Whether a name has room left of the end of its mark."""
        wide = self.context.canvas.text_width(name, NOTE)
        return wide <= self._before(self.column, value)[1]

    def _plan(
        self, panel: int, row: int, cell: Cell, names: Mapping[int, str], side: Side | None
    ) -> _Plan:
        behind, before, over = dict[int, str](), dict[int, str](), dict[int, Sequence[str]]()
        for at, name in names.items():
            value = cell.values[at]
            held = self._held(value, name)
            fits = self.fit.behind or self._fits(value, name, "")
            first = side == "before" or self.style.holds_names
            # In a picture no name of a panel stands on the other side of its mark than most do.
            strict = self.context.in_picture and side is not None and not self.fit.behind
            if fits and not (held and first and not self.fit.behind) and not (strict and first):
                behind[at] = name
            elif held and not (strict and not first):
                before[at] = name
            else:
                over[at] = wrap(name, self.context.canvas.px(NOTE), self.column.room - 2 * INSET)
        noted = all(
            self._fits(value, behind.get(at, ""), self._note(panel, row, value))
            for at, value in enumerate(cell.values)
        )
        return _Plan(behind, before, over, noted)

    def _over(self, column: Column, value: Value, name: str) -> float:
        """Where a name over a mark begins: over the middle of a dot, else from 0 percent on where it has room there."""
        wide = self.context.canvas.text_width(name, NOTE) + 2 * INSET
        if self.fit.at_marks and not self.style.holds_names:
            middle = column.at(value.observation.value) - wide / 2
            return max(column.left, min(middle, column.right - wide))
        return column.zero if wide <= column.right - column.zero else column.left

    def _before(self, column: Column, value: Value) -> tuple[Place, float]:
        """Where left of the end of its mark the name of a value may stand, and the pixels that it has there."""
        known = value.evidence.interval if self.context.selection.intervals else None
        low = column.at(known.low if known else value.observation.value)
        canvas, section = self.context.canvas, self.context.section
        place, room = self.style.before_end(canvas, column, section, value, low)
        if self._alike and isinstance(place.colour, InkOn):
            place = place._replace(colour=InkOn(DOTS))
        return place, room

    def _runs(self, value: Value, name: str, note: str) -> tuple[Run, ...]:
        return behind_mark(sign_of(self.context.loc, value, self.fit.style), name, note)

    def _fits(self, value: Value, name: str, note: str) -> bool:
        """Whether a label with a name and a note behind it ends before n, or where there is none before the next panel.

        A pixel of the gap before the panel counts as room, so that no name leaves its line for less.
        """
        canvas = self.context.canvas
        wide = canvas.runs_width(self._runs(value, name, note), NOTE)
        end = self._label_at(self.column, value) + wide
        return end <= self.column.labels + (-canvas.px(SPACE) if self.fit.beside else canvas.px(1))

    @cached_property
    def _alike(self) -> bool:
        """Whether marks of all sectors look alike: where rows tell them, and in a picture whose headings and names do, where a colour or
        a shape in each panel would seem to be its country's."""
        section = self.context.section
        return section.sectors_apart or (self.context.in_picture and alike_sectors(section))

    @property
    def _value_height(self) -> float:
        return value_height(self.context.canvas)

    @property
    def _raised(self) -> float:
        """Pixels by which a value is higher than usual."""
        return self._value_height - self.context.canvas.px(VALUE_HEIGHT)

    @property
    def _step(self) -> float:
        return self.context.canvas.px(NOTE * LEADING)


def _plain(shape: Bar | Point) -> Bar | Point:
    """A shape that tells nothing but its figure."""
    if isinstance(shape, Point):
        return replace(shape, symbol="circle")
    fill = Tint(DOTS) if isinstance(shape.fill, Tint) else DOTS
    return replace(
        shape, fill=fill, edge=DOTS, hatch=shape.hatch and replace(shape.hatch, colour=fill)
    )
