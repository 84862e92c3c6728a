"""Where a heat table has no figure: what is missing altogether, and what stands under another heading."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Row, Section, Value


def by_series(section: Section, cell: Cell) -> dict[Header, list[Value]]:
    """The figures of a cell by the series that they are of."""
    found: dict[Header, list[Value]] = {}
    for value in cell.values:
        found.setdefault(series_of(section, value), []).append(value)
    return found


def stands_elsewhere(section: Section, row: Row, at: int, header: Header) -> bool:
    """Whether a series that has no figure in panel ``at`` of a row has one in another row of the indicator, or in another panel of
    the same respondents, of which percentages are shares of something else."""
    owner = section.panels[at].header
    return any(
        header in by_series(section, cell)
        for each in section.rows
        if each.header == row.header
        for panel, cell in zip(section.panels, each.cells, strict=True)
        if panel.header == owner
    )


def is_left_bare(section: Section, row: Row, among: Iterable[int], at: int, header: Header) -> bool:
    """Whether nothing tells in panel ``at`` of a row that it has no figure of a series: it has one elsewhere, maybe in a panel that is
    left out, or that it has none is told in another panel of the same respondents ``among`` those beside it."""
    return (
        stands_elsewhere(section, row, at, header)
        or _may_be_left_out(section, row, at, header)
        or at != _teller(section, row, among, at, header)
    )


def _may_be_left_out(section: Section, row: Row, at: int, header: Header) -> bool:
    """Whether a panel of the same respondents is left out which may have the figure: none that is known to be missing."""
    panel, cell = section.panels[at], row.cells[at]
    left = sum(each.header == panel.header for each in section.panels)
    known = cell.blank is not None or any(each == header for each, _ in cell.missing)
    return left < panel.lines and not known


def _teller(section: Section, row: Row, among: Iterable[int], at: int, header: Header) -> int:
    """The panel of the respondents of panel ``at`` that tells of a series without a figure: one in which that is withheld or which has
    figures of the row, else the one of most series."""
    alike = [
        each
        for each in among
        if section.panels[each].header == section.panels[at].header
        and header in section.panels[each].series
    ]

    def rank(each: int) -> tuple[bool, bool, int]:
        cell = row.cells[each]
        return cell.is_withheld(header), bool(cell.values), len(section.panels[each].series)

    # max takes the first of equals.
    return max(alike, key=rank, default=at)


def empty(section: Section, *, withheld: bool = False) -> set[bool]:
    """Of the places without a figure, whether they are left bare: one, both or, where none is empty, neither; a row under a heading
    that says whose it is has only places of theirs. Of the others those count whose figures are ``withheld``, or are not."""
    places = (
        (is_left_bare(section, row, every, at, header), row.cells[at].is_withheld(header))
        for every in [range(len(section.panels))]
        for row in section.rows
        for at, panel in enumerate(section.panels)
        if row.only_in in (None, at)
        for header in panel.series
        if header not in by_series(section, row.cells[at])
    )
    return {elsewhere for elsewhere, hidden in places if elsewhere or hidden == withheld}
