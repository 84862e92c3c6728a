"""How bars and dots fill the cells of the grid, and what every kind of cell shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from dashboard.figures.column import Column
from dashboard.figures.grid import Lanes
from dashboard.figures.marks import Marks, detail, label_width, reach
from dashboard.figures.parts import SMALL
from dashboard.figures.sheet import LEADING, Sheet
from dashboard.figures.text import wrap
from dashboard.query import Cell, Key, Panel, Section, Value
from dashboard.selection import Selection
from dashboard.wording import Words, missing

LANE = 18.0
LEAST = 0.4
"""Share of a panel that 0 to 100 percent take at least while small type stands behind the labels."""


def series_of(section: Section, value: Value) -> Key:
    """The series of the section a value belongs to."""
    for key in (value.group, value.place, (value.place, value.group)):
        if key in section.series:
            return key
    raise KeyError(value)


def by_base(cell: Cell) -> dict[str, list[Value]]:
    """The values of a cell by base, in order of appearance."""
    found: dict[str, list[Value]] = {}
    for value in cell.values:
        found.setdefault(value.observation.base, []).append(value)
    return found


def base_head(words: Words, cell: Cell, base: str) -> str:
    """What stands over the marks of one base; blank where the panel's or row's heading says it already."""
    told = by_base(cell)
    return (
        words.share(base, short=True)
        if len(told) > 1 or any(value.tell_base for value in told[base])
        else ""
    )


def missing_notes(words: Words, cell: Cell) -> list[str]:
    """Series that have no figure here, by reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for key, blank in cell.missing:
        reasons[missing.blank(words, blank)].append(words.inside(key))
    return [f"{words.some(names)}: {reason}" for reason, names in reasons.items()]


def full(room: float) -> float:
    """The whole width: nothing stands right of the marks."""
    return room


class MarkLanes:
    """Bars or dots, one lane a value, the values of each base under their heading; drawn when all are placed."""

    def __init__(self, sheet: Sheet, section: Section, words: Words, selection: Selection) -> None:
        self._sheet, self._section, self._words = sheet, section, words
        self._lane = sheet.scale.px(LANE)
        self._step = sheet.scale.px(SMALL * LEADING)
        self._room = 0.0
        self._intervals = selection.intervals
        self._marks = Marks(sheet, section, words, selection, self._lane * 0.78)

    def fit(self, room: float) -> float:
        """Width of a panel -> pixels for 0 to 100 percent with which every label fits right of its mark.

        Where that leaves too little of the panel for the marks, small type goes under them.
        """
        beside = self._fit(room, under=False)
        self._marks.under = beside < room * LEAST
        return self._fit(room, under=True) if self._marks.under else beside

    def _fit(self, room: float, under: bool) -> float:
        sheet, intervals, margin = self._sheet, self._intervals, self._sheet.scale.px(10)
        labels = (
            (
                label_width(sheet, self._words, value, intervals, under) + margin,
                reach(value, intervals) / 100,
            )
            for value in self._section.values
        )
        return min(((room - label) / share for label, share in labels if share > 0), default=room)

    def lanes(self, columns: list[Column]) -> Lanes:
        """How the grid is filled."""
        self._room = columns[0].right - columns[0].left - 4
        return Lanes(
            self._height,
            self._draw,
            percent_head(self._sheet, self._words),
            self._sheet.scale.px(16),
        )

    def finish(self) -> None:
        """Put all marks on the sheet."""
        self._marks.draw()

    def _lines(self, content: str) -> list[str]:
        return wrap(content, self._sheet.scale.px(SMALL), self._room)

    def _notes(self, cell: Cell) -> list[str]:
        return [line for note in missing_notes(self._words, cell) for line in self._lines(note)]

    def _height(self, panel: Panel, cell: Cell) -> float:
        heads = sum(len(self._lines(base_head(self._words, cell, base))) for base in by_base(cell))
        small = sum(len(self._small(value)) for value in cell.values)
        return max(
            len(cell.values) * self._lane + (heads + small + len(self._notes(cell))) * self._step,
            self._step,
        )

    def _small(self, value: Value) -> list[str]:
        """The lines under a mark."""
        return self._lines(detail(self._words, value, self._intervals)) if self._marks.under else []

    def _draw(self, column: Column, panel: Panel, cell: Cell, y: float) -> None:
        if cell.blank:
            self._sheet.text(
                column.left + 2,
                y + self._lane / 2,
                missing.blank(self._words, cell.blank),
                11,
                self._sheet.colours.quiet,
            )
        for base, values in by_base(cell).items():
            y = self._write(column, y, self._lines(base_head(self._words, cell, base)))
            for value in values:
                self._marks.add(column, series_of(self._section, value), y + self._lane / 2, value)
                y = self._write(column, y + self._lane, self._small(value))
        self._write(column, y, self._notes(cell))

    def _write(self, column: Column, y: float, lines: list[str]) -> float:
        for line in lines:
            self._sheet.text(
                column.left + 2, y + self._step / 2, line, SMALL, self._sheet.colours.quiet
            )
            y += self._step
        return y


def percent_head(sheet: Sheet, words: Words) -> Callable[[Column, Panel, float], None]:
    """Draws 0, 50 and 100 percent over the rows of a panel."""

    def head(column: Column, panel: Panel, y: float) -> None:
        middle = y + sheet.scale.px(7)
        for percent in (0, 50, 100):
            anchor = "center" if percent else "left"
            sheet.text(
                column.at(percent),
                middle,
                words.percent(percent),
                10,
                sheet.colours.quiet,
                anchor=anchor,
            )

    return head
