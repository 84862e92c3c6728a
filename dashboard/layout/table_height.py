"""How tall a table is in a frame on another page, where its rows are blocks."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from dashboard.charts.text import width, wrap
from dashboard.query import Section
from dashboard.tables import Cell, Line, Table
from dashboard.text import Localizer, missing, unlike

# Sizes of type, heights of lines, gaps and edges in CSS pixels, as assets/table.css has them.
_NAME, _FACT = 14, 13
_NAME_LINE, _FACT_LINE = 18.9, 17.55
_ORDER, _ORDER_BELOW, _LEGEND_ABOVE = 44.0, 8.4, 6.4
_GAP = 12.0
_ROW, _RULE = 11.2, 1.0
_NOTES_AROUND, _BELOW = 20.0, 16.0
_LETTER, _MARKER = 20.0, 16.0
_LEAST = 24.0
_TWO_COLUMNS, _BETWEEN = 800.0, 32.0
_SUMMARY, _SUMMARY_BELOW = 6.4, 5.6
_TIGHT = 1.03
"""Texts take that much less than charts leave them."""


def height(made: Table, section: Section, loc: Localizer, room: float) -> float:
    """Pixels of a table ``room`` pixels wide, less than a table in columns takes, with its notes, blanks folded and margin below."""
    rows = (
        _row(made, line, room, before)
        for before, line in zip((None, *made.lines), made.lines, strict=False)
    )
    below = _notes(made, room) + (_blanks(section, loc, room) if made.blanks else 0.0)
    return _head(made, room) + sum(rows) + below + _BELOW


def _head(made: Table, room: float) -> float:
    """The list of orders, and what the name of intervals means."""
    legend = _LEGEND_ABOVE + _lines(made.legend, _FACT, room) * _FACT_LINE if made.legend else 0.0
    return _ORDER + legend + _ORDER_BELOW


def _row(made: Table, line: Line, room: float, before: Line | None) -> float:
    """A row: the name of its indicator where the one ``before`` has another, place and figure, below them the facts, each in one
    piece."""
    named = before is None or before.indicator != line.indicator
    indicator = line.indicator + (unlike.SIGNED if line.signed else "")
    name = _RULE + 2.4 + _lines(indicator, _NAME, room, bold=True) * _NAME_LINE
    figure = max(_wide(line.figure.text, 16, bold=True), _LEAST)
    place = _lines(line.place, _NAME, room - figure - _GAP) * _NAME_LINE
    based = not line.says_base_of(before)
    facts = [_wide(told, _FACT) for told in _facts(made, line, based=based)]
    return _ROW + (name if named else 0.0) + place + _flowed(facts, room, _GAP) * _FACT_LINE


def _facts(made: Table, line: Line, *, based: bool) -> Iterable[str]:
    """What stands small below a figure, as it is written there, ``based`` with what it is a percentage of."""
    for column in made.columns:
        if column.field == "of" and not based:
            continue
        held = getattr(line, column.field)
        if column.field == "period":
            yield line.period.text
        elif column.field == "notes":
            yield f"{column.heading} {', '.join(line.notes)}"
        elif column.field not in ("indicator", "place", "figure"):
            absent = isinstance(held, Cell) and held.absent
            text = held.text if isinstance(held, Cell) else held
            own = held.name if isinstance(held, Cell) else None
            if not absent:
                yield f"{column.heading if own is None else own} {text}".lstrip()


def _notes(made: Table, room: float) -> float:
    columns = 2 if room >= _TWO_COLUMNS else 1
    column = (room - _BETWEEN * (columns - 1)) / columns
    tall = [
        _lines(note.text, _FACT, column - (_LETTER if note.letter else 0.0)) * _FACT_LINE + 4
        for note in (*made.key, *made.notes)
    ]
    return _NOTES_AROUND + sum(tall) / columns if tall else 0.0


def _blanks(section: Section, loc: Localizer, room: float) -> float:
    """The line that unfolds what is missing."""
    lines = _lines(missing.tally(loc, section), _NAME, room - _MARKER)
    return _SUMMARY + lines * _NAME_LINE + _SUMMARY_BELOW


def _flowed(wide: Iterable[float], room: float, gap: float) -> int:
    """Lines of pieces side by side; one that is wider than a line has several of its own."""
    lines, x = 0, room + 1
    for each in wide:
        if x + gap + each > room:
            lines, x = lines + max(1, ceil(each / room)), each
        else:
            x += gap + each
    return lines


def _lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    return len(wrap(text, size, room * _TIGHT, bold))


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    return width(text, size, bold) / _TIGHT
