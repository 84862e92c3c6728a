"""The figures of a drawing in the order of reading, for readers who walk through a chart with the keyboard."""

from __future__ import annotations

from dashboard.charts.drawing import Drawing


def reading_order(drawing: Drawing) -> list[int]:
    """Indices of the marks that are figures: panel by panel, in each row by row, in a row as they were drawn."""
    found = [at for at, mark in enumerate(drawing.marks) if mark.position is not None]
    return sorted(found, key=lambda at: (drawing.marks[at].panel, drawing.marks[at].row))
