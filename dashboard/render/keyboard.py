"""The figures of a drawing in the order of reading, for readers who walk through a chart with the keyboard."""

from __future__ import annotations

from dashboard.charts.drawing import Drawing


def reading_order(drawing: Drawing) -> list[int]:
    """Indices of the marks that are figures: panel by panel, in each row by row from the top, in a row as they were drawn. Panels in
    each other's place are one."""
    found = [at for at, mark in enumerate(drawing.marks) if mark.position is not None]
    place = {at: drawing.panels.index(area) for at, area in enumerate(drawing.panels)}
    begun: dict[tuple[int, int], int] = {}
    for order, at in enumerate(found):
        mark = drawing.marks[at]
        begun.setdefault((place[mark.panel], mark.row), order)

    def rank(at: int) -> tuple[int, int]:
        where = place[drawing.marks[at].panel], drawing.marks[at].row
        return where[0], begun[where]

    return sorted(found, key=rank)
