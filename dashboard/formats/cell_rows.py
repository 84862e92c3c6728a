"""The cells of a row of a heat table on slides: what stands in each, and where a dash does."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Row, Section, Value

_NO_FIGURE = ("not_published", "not_collected", "not_asked")
"""Why a dash stands in a cell; one that is blank for another reason has a figure elsewhere."""


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
