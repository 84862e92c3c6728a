"""How single values fill the cells of a grid: one under the other, those of each base under a heading, each with its label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Bar, Mark, Point
from dashboard.charts.grid import Column, PercentCells, Spot
from dashboard.charts.headings import SMALL
from dashboard.charts.labels import LABEL, detail, label, label_width, mark_end, spoken
from dashboard.charts.roles import QUIET, Role
from dashboard.charts.series import base_head, by_base, missing_notes, series_of, series_role
from dashboard.charts.text import wrap
from dashboard.query import Cell, Panel, Value
from dashboard.text import missing

VALUE_HEIGHT = 18.0
"""Pixels (at scale 1) of a value."""
SPACE = 3
"""Pixels (at scale 1) between a mark and its label."""
LEAST = 0.4
"""Share of a panel that 0 to 100 percent take at least while small type stands behind the labels."""


@dataclass(frozen=True, slots=True)
class LabelFit:
    """Pixels that 0 to 100 percent may take, so that every label fits right of its mark."""

    percent_room: float
    under: bool
    """Whether the small type stands under the marks, not behind their labels."""


def fit_labels(context: ChartContext, room: float) -> LabelFit:
    """What fits into panels of ``room`` pixels; where labels leave too little of them, small type goes under the marks."""
    beside = _percent_room(context, room, under=False)
    if beside >= room * LEAST:
        return LabelFit(beside, under=False)
    return LabelFit(_percent_room(context, room, under=True), under=True)


def _percent_room(context: ChartContext, room: float, under: bool) -> float:
    canvas, intervals = context.canvas, context.selection.intervals
    labels = (
        (
            label_width(canvas, context.loc, value, intervals, under) + canvas.px(10),
            mark_end(value, intervals) / 100,
        )
        for value in context.section.values
    )
    return min(((room - label) / share for label, share in labels if share > 0), default=room)


class MarkStyle(Protocol):
    """How a mark looks."""

    def shape(self, canvas: Canvas, column: Column, value: Value, colour: Role) -> Bar | Point:
        """The shape of the mark of a value."""

    def interval(self, canvas: Canvas, low: float, high: float, y: float, colour: Role) -> None:
        """Draw an interval from ``low`` to ``high``, in pixels."""

    def mark_room(self, canvas: Canvas) -> float:
        """Pixels that a mark takes right of its value."""


@dataclass(frozen=True, slots=True)
class ValueCells(PercentCells):
    """Cells that hold one mark a value."""

    room: float
    """Pixels of a panel for texts."""
    under: bool
    style: MarkStyle
    ruled: bool = True

    def height(self, panel: Panel, cell: Cell) -> float:
        """One bar or dot a value, and the lines of headings, small type and notes."""
        heads = sum(len(self._head_lines(cell, base)) for base in by_base(cell))
        small = sum(len(self._small(value)) for value in cell.values)
        lines = heads + small + len(self._notes(cell))
        return max(len(cell.values) * self._value_height + lines * self._step, self._step)

    def draw(self, spot: Spot, panel: Panel, cell: Cell, y: float) -> None:
        """Marks with their labels, or why there is none."""
        if cell.blank:
            reason = missing.blank(self.context.loc, cell.blank)
            self.context.canvas.text(
                spot.column.left + 2, y + self._value_height / 2, reason, 11, QUIET
            )
        for base, values in by_base(cell).items():
            y = self._write(spot.column, y, self._head_lines(cell, base))
            for value in values:
                self._mark(spot, y + self._value_height / 2, value)
                y = self._write(spot.column, y + self._value_height, self._small(value))
        self._write(spot.column, y, self._notes(cell))

    def _mark(self, spot: Spot, y: float, value: Value) -> None:
        context, column, row = self.context, spot.column, value.observation
        header, canvas, intervals = (
            series_of(context.section, value),
            context.canvas,
            context.selection.intervals,
        )
        colour, x = series_role(context.section, header), column.at(row.value)
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
                shape=self.style.shape(canvas, column, value, colour),
            )
        )
        known = value.evidence.interval
        if intervals and known:
            self.style.interval(canvas, column.at(known.low), column.at(known.high), y, colour)
        end = max(x + self.style.mark_room(canvas), column.at(mark_end(value, intervals)))
        runs = label(canvas, context.loc, value, intervals, self.under)
        canvas.runs(end + canvas.px(SPACE), y, runs, LABEL, inset=0)

    @property
    def _value_height(self) -> float:
        return self.context.canvas.px(VALUE_HEIGHT)

    @property
    def _step(self) -> float:
        return self.context.canvas.px(SMALL * LEADING)

    def _lines(self, content: str) -> list[str]:
        return wrap(content, self.context.canvas.px(SMALL), self.room)

    def _head_lines(self, cell: Cell, base: str) -> list[str]:
        return self._lines(base_head(self.context.loc, cell, base))

    def _notes(self, cell: Cell) -> list[str]:
        notes = missing_notes(self.context.loc, cell)
        return [line for note in notes for line in self._lines(note)]

    def _small(self, value: Value) -> list[str]:
        """The lines under a mark."""
        intervals = self.context.selection.intervals
        return self._lines(detail(self.context.loc, value, intervals)) if self.under else []

    def _write(self, column: Column, y: float, lines: list[str]) -> float:
        for line in lines:
            self.context.canvas.text(column.left + 2, y + self._step / 2, line, SMALL, QUIET)
            y += self._step
        return y
