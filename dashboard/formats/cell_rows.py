"""Rows of a heat table on slides: one for each indicator, whose cells hold figures of several editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Measure, Row, Section, Value

_NO_FIGURE = ("not_published", "not_collected", "not_asked")
"""Why a dash stands in a cell; one that is blank for another reason has a figure elsewhere."""


def together(section: Section) -> Section:
    """A section with one row for each indicator, whose editions are told apart by what stands in their cells."""
    of_header: dict[Header, list[Row]] = {}
    for row in section.rows:
        of_header.setdefault(row.header, []).append(row)
    rows = tuple(
        rows[0] if len(rows) == 1 else _one_row(section, rows) for rows in of_header.values()
    )
    return replace(section, rows=rows)


def _one_row(section: Section, rows: Sequence[Row]) -> Row:
    """The rows of one indicator as one."""
    cells: list[Cell] = []
    for each in zip(*(row.cells for row in rows), strict=True):
        values = tuple(value for cell in each for value in cell.values)
        held = {series_of(section, value) for value in values}
        missing = {header: why for cell in each for header, why in cell.missing}
        left = tuple((header, why) for header, why in missing.items() if header not in held)
        cells.append(Cell(values, None if values else each[0].blank, left))
    filled = [at for at, cell in enumerate(cells) if cell.values]
    obstacles = dict.fromkeys(kind for row in rows for kind in row.obstacles)
    alone = filled[0] if len(filled) == 1 and len(cells) > 1 else None
    return Row(rows[0].header, tuple(cells), alone, tuple(obstacles))


def dated(row: Row) -> bool:
    """Whether the figures of some respondents in a row are of several periods, each of which stands at its figure."""
    periods = {(value.respondents, value.survey.survey_id) for value in row.values}
    of_several = len(periods) > len({value.respondents for value in row.values})
    return isinstance(row.header, Measure) and row.lines == 1 and of_several


def is_nowhere(held: Section, row: Row, at: int, header: Header) -> bool:
    """Whether nobody has a figure of a series in a panel: neither another edition nor another panel of the country, and no filter
    hides one."""
    owner = held.panels[at].header
    cells = [
        cell for panel, cell in zip(held.panels, row.cells, strict=True) if panel.header == owner
    ]
    if any(header in by_series(held, cell) for cell in cells):
        return False
    reasons = [why for cell in cells for each, why in cell.missing if each == header]
    reasons += [cell.blank for cell in cells if cell.blank]
    return any(why.kind in _NO_FIGURE for why in reasons)


def by_series(held: Section, cell: Cell) -> dict[Header, list[Value]]:
    """The figures of a cell by the series that they are of."""
    found: dict[Header, list[Value]] = {}
    for value in cell.values:
        found.setdefault(series_of(held, value), []).append(value)
    return found


def lines_in(held: Section, row: Row) -> int:
    """Lines of cells in a row: as many as the series with most figures has."""
    return max(len(values) for cell in row.cells for values in by_series(held, cell).values())


def used(held: Section) -> Section:
    """A section whose panels have only the columns in which a figure stands."""
    held_by = [
        {series_of(held, value) for row in held.rows for value in row.cells[at].values}
        for at, _ in enumerate(held.panels)
    ]
    panels = tuple(
        replace(panel, series=tuple(each for each in panel.series if each in kept))
        for panel, kept in zip(held.panels, held_by, strict=True)
    )
    return replace(held, panels=panels)
