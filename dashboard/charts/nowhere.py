"""Where a heat table has no figure."""

from __future__ import annotations

from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Section, Value


def by_series(section: Section, cell: Cell) -> dict[Header, list[Value]]:
    """The figures of a cell by the series that they are of."""
    found: dict[Header, list[Value]] = {}
    for value in cell.values:
        found.setdefault(series_of(section, value), []).append(value)
    return found


def empty(section: Section, *, withheld: bool = False) -> bool:
    """Whether a place has no figure and a dash, or where figures are ``withheld`` their letter; a row under a heading that says whose it
    is has only places of theirs."""
    return any(
        row.cells[at].is_withheld(header) == withheld
        for row in section.rows
        for at, panel in enumerate(section.panels)
        if row.only_in in (None, at)
        for header in panel.series
        if header not in by_series(section, row.cells[at])
    )
