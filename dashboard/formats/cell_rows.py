"""The cells of a row of a heat table on slides: what stands in each, and where a dash does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby

from dashboard.charts.labels import brief
from dashboard.charts.nowhere import by_series
from dashboard.charts.series import series_of
from dashboard.query import Header, Row, Section, Value
from dashboard.text import Localizer
from dashboard.text.missing import BLANK_CODES


def blanks(held: Section) -> Iterator[tuple[Row, int, Header]]:
    """Row, panel and series of each cell without a figure that is not withheld."""
    for row in held.rows:
        for at, panel in enumerate(held.panels):
            found = by_series(held, row.cells[at])
            for header in panel.series:
                if header not in found and not row.cells[at].is_withheld(header):
                    yield row, at, header


def figure(loc: Localizer, value: Value) -> str:
    """A figure as its cell has it, with the sign of few answers."""
    return f"{brief(loc, value)} {loc.small_base(value.evidence.few)}".rstrip()


def sign(row: Row, at: int, header: Header) -> str:
    """What stands in a cell without a figure: the letter of a withheld one, else a dash."""
    return BLANK_CODES["suppressed"] if row.cells[at].is_withheld(header) else "–"


def is_lone(held: Section) -> bool:
    """Whether a slide has one column: what the others left over."""
    return sum(len(panel.series) for panel in held.panels) == 1


def falling(held: Section) -> Section:
    """Its indicators in falling order of the figures of its first column, whoever shares them, so that none are left over."""
    blocks = [tuple(rows) for _, rows in groupby(held.rows, key=lambda row: row.header)]
    blocks.sort(key=lambda rows: -_leading(held, rows[0]))
    return replace(held, rows=tuple(chain.from_iterable(blocks)))


def from_highest(held: Section) -> Section:
    """Its indicators in falling order of their highest figures, where no column has one of each."""
    blocks = [tuple(rows) for _, rows in groupby(held.rows, key=lambda row: row.header)]
    blocks.sort(
        key=lambda rows: -max(each.observation.value for row in rows for each in row.values)
    )
    return replace(held, rows=tuple(chain.from_iterable(blocks)))


def _leading(held: Section, row: Row) -> float:
    """The first figure of a row from the left."""
    found = (
        by_series(held, cell).get(header, [])
        for panel, cell in zip(held.panels, row.cells, strict=True)
        for header in panel.series
    )
    return next(values[0].observation.value for values in found if values)


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


def empties(held: Section) -> int:
    """Cells of a table that hold no figure."""
    return sum(
        header not in by_series(held, row.cells[at])
        for row in held.rows
        for at, panel in enumerate(held.panels)
        for header in panel.series
    )
