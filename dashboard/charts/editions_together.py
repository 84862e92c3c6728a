"""Rows of a heat table: one for each indicator, whose cells hold figures of several editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Measure, Row, Section


def together(section: Section, *, by_value: bool = False) -> Section:
    """A section with one row for each indicator, whose editions are told apart by what stands in their cells.

    ``by_value``: the greatest figure that comes first in a row is on top, as in ``query.slots``, whose rows are of one edition.
    """
    of_header: dict[Header, list[Row]] = {}
    for row in section.rows:
        of_header.setdefault(row.header, []).append(row)
    rows = tuple(
        rows[0] if len(rows) == 1 else _one_row(section, rows) for rows in of_header.values()
    )
    if by_value:
        rows = tuple(sorted(rows, key=lambda row: _rank(section, row)))
    return replace(section, rows=rows)


def _rank(section: Section, row: Row) -> tuple[bool, int, float]:
    """Whether a row is of one panel alone, its first panel, and less than nothing by the figure that it begins with."""
    filled = [at for at, cell in enumerate(row.cells) if cell.values]
    alone = len({section.panels[at].header for at in filled}) == 1
    order = list(section.panels[filled[0]].series)
    values = row.cells[filled[0]].values
    first = min(values, key=lambda value: order.index(series_of(section, value)))
    return isinstance(row.header, Measure) and alone, filled[0], -first.observation.value


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
