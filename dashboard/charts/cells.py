"""How single values fill the cells of a grid: one under the other, each with its figure in a column before its mark, since
behind it an interval may follow, and n in a column of its own.

The name of a series stands at its first mark in a panel and where another goes before: behind the mark or, where that is too
narrow, before or over it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from dashboard.charts.canvas import INSET, LEADING, Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Bar, Mark, Point, Run
from dashboard.charts.grid import HALF_TICK, LEAST_SHARE, Column, PercentCells, Spot, after
from dashboard.charts.labels import (
    NAME,
    NOTE,
    LabelStyle,
    answers,
    mark_end,
    sign_of,
    spoken,
    written,
)
from dashboard.charts.names import first_names
from dashboard.charts.notes import Differing, differing, said
from dashboard.charts.roles import QUIET, Role
from dashboard.charts.series import series_of, series_role
from dashboard.charts.text import wrap
from dashboard.query import Cell, Header, Panel, Section, Value

VALUE_HEIGHT = 20.0
"""Pixels (at scale 1) of a value."""
SPACE = 4
"""Pixels (at scale 1) between a mark and its label, and between a label and n."""
BEFORE = 1
"""Pixels (at scale 1) that the column of figures is further from the marks than that."""


class MarkStyle(Protocol):
    """How a mark looks."""

    @property
    def is_open(self) -> bool:
        """Whether the ground left of a mark is free."""

    def shape(
        self, canvas: Canvas, column: Column, section: Section, value: Value, header: Header
    ) -> Bar | Point:
        """The shape of the mark of a value of a series."""

    def interval(self, canvas: Canvas, low: float, high: float, y: float, colour: Role) -> None:
        """Draw an interval from ``low`` to ``high``, in pixels."""

    def mark_room(self, canvas: Canvas) -> float:
        """Pixels that a mark takes right of its value."""


@dataclass(frozen=True, slots=True)
class LabelFit:
    """How labels are written, so that each fits right of its mark."""

    style: LabelStyle
    percent_room: float
    """Pixels that 0 to 100 percent may take."""
    before: float
    """Pixels of the column of figures."""
    beside: float
    """Pixels of the column of n; 0 where there is none."""


def fit_labels(context: ChartContext, room: float, mark_room: float) -> LabelFit:
    """The fullest figures and labels with which 0 to 100 percent keep their share of panels of ``room`` pixels."""
    wide = _answers_room(context)
    candidates = [
        _fitted(context, room, mark_room, LabelStyle(brief, signed=not beside), beside)
        for brief, beside in ((False, wide), (False, 0.0), (True, wide), (True, 0.0))
    ]
    return next(
        (each for each in candidates if each.percent_room >= room * LEAST_SHARE), candidates[-1]
    )


def _answers_room(context: ChartContext) -> float:
    canvas, loc, intervals = context.canvas, context.loc, context.selection.intervals
    widths = [
        canvas.text_width(answers(loc, value, intervals=intervals, sign=True), NOTE)
        for value in context.section.values
    ]
    return max(widths) + canvas.px(SPACE) if any(widths) else 0.0


def _fitted(
    context: ChartContext, room: float, mark_room: float, style: LabelStyle, beside: float
) -> LabelFit:
    canvas, loc, intervals = context.canvas, context.loc, context.selection.intervals
    space, values = canvas.px(SPACE), context.section.values
    figures = (canvas.text_width(written(loc, value, style), NAME, bold=True) for value in values)
    before = max(figures, default=0.0) + space + canvas.px(BEFORE)
    plot = room - before - beside
    # Labels have what the name of the last tick needs, as long as that leaves the marks their share.
    whole, least = room - before - after(canvas, beside), room * LEAST_SHARE
    rooms = [min(whole, max(least, room - before - max(canvas.px(HALF_TICK), beside)))]
    for value in values:
        sign = sign_of(loc, value, style)
        left = plot - canvas.text_width(sign, NOTE) - (2 * space if sign else 0.0)
        share, end = value.observation.value / 100, mark_end(value, intervals) / 100
        rooms += [(left - mark_room) / share] if share else []
        rooms += [left / end] if end else []
    return LabelFit(style, min(rooms), before, beside)


Place = Literal["behind", "before", "over"]


class Named(NamedTuple):
    """The name of a series: behind the mark, at the edge before it or over it."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Plan:
    """What stands in a cell beside its figures."""

    names: Mapping[int, Named]
    """Index of a value in the cell -> the name of its series, where it is said here."""
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
    ruled: bool = field(default=True, init=False)

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """Percentages, and n over its column."""
        PercentCells.head(self, column, panel, y)
        if self.fit.beside and self._has_answers(panel):
            canvas = self.context.canvas
            n = self.context.loc.t("n")
            canvas.text(column.right, y + canvas.px(8), n, NOTE, QUIET, anchor="right")

    def height(self, spot: Spot, panel: Panel, cell: Cell) -> float:
        """One bar or dot a value, and the lines of names over them."""
        over = sum(len(lines) for lines in self._over(spot, cell).values())
        return max(len(cell.values), 1) * self._value_height + over * self._step

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
        plan, over = self._plans[spot.panel, spot.row], self._over(spot, cell)
        for at, value in enumerate(cell.values):
            for line in over.get(at, ()):
                self.context.canvas.text(spot.column.left, y + self._step / 2, line, NOTE)
                y += self._step
            named = plan.names.get(at)
            name = named.name if named and named.place == "behind" else ""
            note = self._note(spot.panel, spot.row, value) if plan.notes_behind else ""
            middle = y + self._value_height / 2
            self._mark(spot, middle, value, name, note)
            if named and named.place == "before":
                self.context.canvas.text(spot.column.zero, middle, named.name, NOTE)
            y += self._value_height

    def _mark(self, spot: Spot, y: float, value: Value, name: str, note: str) -> None:
        context, column, row = self.context, spot.column, value.observation
        section, canvas, intervals = context.section, context.canvas, context.selection.intervals
        header = series_of(section, value)
        colour, x = series_role(section, header), column.at(row.value)
        canvas.mark(
            Mark(
                position=row.position,
                percent=row.value,
                spoken=spoken(context.loc, value),
                panel=spot.panel,
                row=spot.row,
                series=context.loc.header(header),
                colour=colour,
                x=x,
                y=y,
                shape=self.style.shape(canvas, column, section, value, header),
            )
        )
        known = value.evidence.interval
        if intervals and known:
            self.style.interval(canvas, column.at(known.low), column.at(known.high), y, colour)
        main = Run(written(context.loc, value, self.fit.style), bold=True)
        before = column.zero - canvas.px(SPACE)
        canvas.runs(before, y, (main,), NAME, anchor="right", inset=0)
        label = self._runs(value, name, note)
        if label:
            canvas.runs(self._label_at(column, value), y, label, NOTE, inset=0)
        if self.fit.beside:
            n = answers(context.loc, value, intervals=intervals, sign=True)
            if n:
                canvas.text(column.right, y, n, NOTE, QUIET, anchor="right")

    def _label_at(self, column: Column, value: Value) -> float:
        """Where the label of a value begins."""
        canvas = self.context.canvas
        end = column.at(mark_end(value, self.context.selection.intervals))
        mark = column.at(value.observation.value) + self.style.mark_room(canvas)
        return max(mark, end) + canvas.px(SPACE)

    def _starts(self, value: Value) -> float:
        """Where the mark of a value begins, with its interval."""
        known, column = value.evidence.interval, self.column
        start = column.at(value.observation.value) - self.style.mark_room(self.context.canvas)
        lined = self.context.selection.intervals and known
        return min(start, column.at(known.low)) if known and lined else start

    def _runs(self, value: Value, name: str, note: str) -> tuple[Run, ...]:
        """What stands behind a mark: the sign of a small base, the name of its series, what differs from the heading."""
        sign = sign_of(self.context.loc, value, self.fit.style)
        parts = (Run(sign, colour=QUIET), Run(name), Run(note, colour=QUIET))
        runs = [run for part in parts if part.text for run in (Run("  "), part)]
        return tuple(runs[1:])

    def _has_answers(self, panel: Panel) -> bool:
        loc, intervals = self.context.loc, self.context.selection.intervals
        values = self.context.section.values_of(panel)
        return any(answers(loc, value, intervals=intervals, sign=False) for value in values)

    def _note(self, panel: int, row: int, value: Value) -> str:
        """What of a value differs from the headings of its panel and row."""
        band = next(band for band in self.bands if panel in band)
        return differing(self.context.loc, self.context.section, band, row, value)

    @cached_property
    def _plans(self) -> dict[tuple[int, int], _Plan]:
        """(panel, row) -> what stands in the cell beside its figures."""
        section = self.context.section
        names = first_names(section, self.context.loc)
        return {
            (panel, row): self._plan(panel, row, cell, names.get((panel, row), {}))
            for row, line in enumerate(section.rows)
            for panel, cell in enumerate(line.cells)
        }

    def _plan(self, panel: int, row: int, cell: Cell, names: Mapping[int, str]) -> _Plan:
        notes = [self._note(panel, row, value) for value in cell.values]
        # What differs stands at its figure where it can: before it the name gives way.
        if not all(
            self._fits(value, "", note) for value, note in zip(cell.values, notes, strict=True)
        ):
            notes = [""] * len(notes)
        place = self._place([(cell.values[at], name, notes[at]) for at, name in names.items()])
        named = {at: Named(name, place) for at, name in names.items()}
        shown = {at: each.name for at, each in named.items() if each.place == "behind"}
        noted = all(
            self._fits(value, shown.get(at, ""), self._note(panel, row, value))
            for at, value in enumerate(cell.values)
        )
        return _Plan(named, noted)

    def _place(self, named: Sequence[tuple[Value, str, str]]) -> Place:
        """The place of all names of a cell, each with its value and note: behind the marks; before open ones; over them."""
        if all(self._fits(value, name, note) for value, name, note in named):
            return "behind"
        canvas, zero = self.context.canvas, self.column.zero
        apart = INSET + canvas.px(SPACE)
        free = self.style.is_open and all(
            zero + canvas.text_width(name, NOTE) + apart <= self._starts(value)
            for value, name, _ in named
        )
        return "before" if free else "over"

    def _fits(self, value: Value, name: str, note: str = "") -> bool:
        """Whether a label with a name and a note behind it ends before n."""
        canvas = self.context.canvas
        wide = canvas.runs_width(self._runs(value, name, note), NOTE)
        end = self._label_at(self.column, value) + wide
        return end <= self.column.labels - canvas.px(SPACE)

    @property
    def _value_height(self) -> float:
        return self.context.canvas.px(VALUE_HEIGHT)

    @property
    def _step(self) -> float:
        return self.context.canvas.px(NOTE * LEADING)

    def _over(self, spot: Spot, cell: Cell) -> dict[int, list[str]]:
        """Index of a value in its cell -> the lines over its mark."""
        plan, column, canvas = self._plans[spot.panel, spot.row], spot.column, self.context.canvas
        room = column.right - column.left - 2 * INSET
        return {
            at: wrap(named.name, canvas.px(NOTE), room)
            for at, named in plan.names.items()
            if named.place == "over"
        }
