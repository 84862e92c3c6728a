"""How bars and dots fill the cells of the grid, and what every kind of cell shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from dashboard.figures import palette
from dashboard.figures.grid import Column, Lanes
from dashboard.figures.marks import Marks, label_width
from dashboard.figures.parts import SMALL
from dashboard.figures.sheet import LEADING, Sheet
from dashboard.figures.text import wrap
from dashboard.query import Cell, Key, Panel, Section, Value
from dashboard.wording import Words, texts

LANE = 18.0


def series_of(section: Section, value: Value) -> Key:
    """The series of the section a value belongs to."""
    for key in (value.group, value.place, (value.place, value.group)):
        if key in section.series:
            return key
    raise KeyError(value)


def _own(value: Value) -> Key:
    return value.group if value.place.survey_id == "" else value.place


def cell_notes(words: Words, cell: Cell) -> list[str]:
    """What must be said under the marks of a cell: another base, and series that have no figure here."""
    notes = []
    for base in dict.fromkeys(value.observation.base for value in cell.values if value.tell_base):
        whose = [value for value in cell.values if value.observation.base == base]
        names = "" if len(whose) == len(cell.values) else f"{words.some(words.inside(_own(value)) for value in whose)}: "
        notes.append(names + words.share(base))
    reasons: dict[str, list[str]] = defaultdict(list)
    for key, blank in cell.missing:
        reasons[texts.blank(words, blank)].append(words.inside(key))
    return notes + [f"{words.some(names)}: {reason}" for reason, names in reasons.items()]


def fitted(sheet: Sheet, section: Section, words: Words) -> Callable[[float], float]:
    """Width of a panel -> pixels for 0 to 100 percent with which every label fits right of its mark."""
    margin = sheet.scale.px(10)
    labels = [(label_width(sheet, words, value) + margin, value.observation.value / 100) for value in section.values]

    def fit(room: float) -> float:
        return min(((room - label) / share for label, share in labels if share > 0), default=room)

    return fit


def full(room: float) -> float:
    """The whole width: nothing stands right of the marks."""
    return room


def mark_lanes(sheet: Sheet, section: Section, words: Words, chart: str) -> tuple[Callable[[list[Column]], Lanes], Marks]:
    """Bars or dots, one lane a value; the marks are drawn when all are placed."""
    lane = sheet.scale.px(LANE)
    marks = Marks(sheet, section, words, chart, lane * 0.78)
    note_step = sheet.scale.px(SMALL * LEADING)
    room = 0.0

    def notes(cell: Cell) -> list[str]:
        return [line for note in cell_notes(words, cell) for line in _wrapped(sheet, note, room)]

    def height(panel: Panel, cell: Cell) -> float:
        if not cell.values:
            return note_step
        return len(cell.values) * lane + len(notes(cell)) * note_step

    def draw(column: Column, panel: Panel, cell: Cell, y: float) -> None:
        if cell.blank:
            sheet.text(column.left + 2, y + lane / 2, texts.blank(words, cell.blank), 11, palette.QUIET)
            return
        for value in cell.values:
            marks.add(column.axis, series_of(section, value), y + lane / 2, value)
            y += lane
        for line in notes(cell):
            sheet.text(column.left + 2, y + note_step / 2, line, SMALL, palette.QUIET)
            y += note_step

    def set_room(columns: list[Column]) -> Lanes:
        nonlocal room
        room = columns[0].right - columns[0].left
        return Lanes(height, draw, percent_head(sheet, words), sheet.scale.px(16))

    return set_room, marks


def _wrapped(sheet: Sheet, content: str, room: float) -> list[str]:

    return wrap(content, sheet.scale.px(SMALL), room)


def percent_head(sheet: Sheet, words: Words) -> Callable[[Column, Panel, float], None]:
    """Draws 0, 50 and 100 percent over the rows of a panel."""

    def head(column: Column, panel: Panel, y: float) -> None:
        middle = y + sheet.scale.px(7)
        for percent in (0, 50, 100):
            anchor = "center" if percent else "left"
            sheet.text(column.at(percent), middle, words.percent(percent), 10, palette.QUIET, anchor=anchor)

    return head
