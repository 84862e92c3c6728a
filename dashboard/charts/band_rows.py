"""Which rows a band of panels has, in which order, and which of them are of one of its panels alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.query import Header, Panel, Row, Section
from dashboard.query.facts import level_of


@dataclass(frozen=True, slots=True)
class BandRow:
    """One row of a band."""

    at: int
    """Its index in the section."""
    alone: int | None
    """Index of the panel that alone has figures of what the row is about; None where several have, or the band has one panel."""


def of_band(
    section: Section, band: range, *, by_value: bool = False, leads: Collection[Header] = ()
) -> list[BandRow]:
    """The rows that have a figure in a band.

    Where each is of one sector, what several panels of the band have comes first, then what one alone has, panel by panel; ``by_value``
    the greatest first, apart from what several of the first band have, which is in the order of the section, what ``leads`` before
    the others. Else rows stand as in the section.
    """
    held = [at for at, row in enumerate(section.rows) if _is_filled(row, band)]
    if not section.sectors_apart:
        return [BandRow(at, section.rows[at].only_in) for at in held]
    holders, greatest = _holders(section.rows, band), _greatest(section.rows, held, band)
    found = [BandRow(at, _alone(holders[section.rows[at].header], band)) for at in held]

    def rank(each: BandRow) -> tuple[float, ...]:
        header, alone = section.rows[each.at].header, -1 if each.alone is None else each.alone
        sorts = by_value and (band.start > 0 or alone >= 0)
        return alone, *(greatest[header] if sorts else (header not in leads,))

    return sorted(found, key=rank)


def dashed(section: Section) -> Iterator[tuple[Row, int]]:
    """Each row and panel where a dash stands, or the letter of a withheld figure: others beside the panel have figures of what the row
    is about, and those whom the panel is about have none in any row and panel."""
    for band in runs(section) if section.sectors_apart else [range(len(section.panels))]:
        for each in of_band(section, band):
            row = section.rows[each.at]
            if each.alone is None:
                yield from ((row, at) for at in band if lacks(section, row.header, at))


def lacks(section: Section, header: Header, panel: int) -> bool:
    """Whether those whom a panel is about have no figure in any of the rows of a name, nor one under another base in a panel that a
    picture leaves out: a dash would deny it."""
    whose = section.panels[panel].header
    held = [at for at, each in enumerate(section.panels) if each.header == whose]
    cells = [row.cells[at] for row in section.rows if row.header == header for at in held]
    known = len(held) == section.panels[panel].lines or any(cell.blank for cell in cells)
    return known and not any(cell.values for cell in cells)


def runs(section: Section) -> list[range]:
    """The panels that follow each other of shares of one thing, as answered by one kind of respondents; each alone where no two have
    figures of the same."""
    found, start = list[range](), 0
    for _, members in groupby(section.panels, key=_kind):
        run = range(start, start + len(list(members)))
        start = run.stop
        shared = any(len(held) > 1 for held in _holders(section.rows, run).values())
        found += [run] if shared else [range(at, at + 1) for at in run]
    return found


def alone_in(section: Section, band: range) -> Mapping[int, frozenset[Header]]:
    """Panels of a band -> what rows are about of which each alone has figures, nor has another withheld ones."""
    held = _holders(section.rows, band)
    return {
        panel: frozenset(
            row.header
            for row in section.rows
            if row.cells[panel].values and held[row.header] == {panel}
        )
        for panel in band
    }


def _kind(panel: Panel) -> tuple[object, int]:
    return level_of(panel.header), panel.part


def _is_filled(row: Row, band: range) -> bool:
    return any(row.cells[at].values for at in band)


def _holders(rows: Sequence[Row], band: range) -> Mapping[Header, set[int]]:
    """What rows are about -> the panels of a band that have figures of it, or withheld ones."""
    found: dict[Header, set[int]] = {}
    for row in rows:
        held, cells = found.setdefault(row.header, set()), row.cells
        held.update(at for at in band if cells[at].values or cells[at].is_withheld())
    return found


def _alone(holders: set[int], band: range) -> int | None:
    return min(holders) if len(holders) == 1 and len(band) > 1 else None


def _greatest(
    rows: Sequence[Row], held: Sequence[int], band: range
) -> Mapping[Header, tuple[int, float]]:
    """What rows are about -> the first panel of a band that has figures of it, and the first of these, negative for sorting."""
    found: dict[Header, tuple[int, float]] = {}
    for at in held:
        cells = rows[at].cells
        filled = next(each for each in band if cells[each].values)
        first = filled, -cells[filled].values[0].observation.value
        known = found.setdefault(rows[at].header, first)
        if filled < known[0]:
            found[rows[at].header] = first
    return found
