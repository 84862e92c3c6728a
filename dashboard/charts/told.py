"""How much a section tells, and a row with less of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import replace

from dashboard.charts.series import series_of
from dashboard.comparability import ALL
from dashboard.dataset import Dataset
from dashboard.query import Comparison, Header, Panel, Row, Section, Value
from dashboard.query.facts import part_of
from dashboard.query.types import about


def leading(dataset: Dataset) -> frozenset[str]:
    """The first indicator of each theme."""
    themes = {each.theme: name for name, each in reversed(list(dataset.indicators.items()))}
    return frozenset(themes.values())


def filled(row: Row) -> int:
    """How many panels it has figures of."""
    return sum(bool(cell.values) for cell in row.cells)


def places(section: Section) -> set[tuple[Header, int]]:
    """(what a row is about, index of a panel) of all that have a figure."""
    return {
        (row.header, at) for row in section.rows for at, cell in enumerate(row.cells) if cell.values
    }


def to_read(section: Section) -> int:
    """How many there are to read, those of each panel counted."""
    return sum(
        len({value.measure for value in section.values_of(panel)}) for panel in section.panels
    )


def unbroken(section: Section, values: Sequence[Value]) -> int:
    """How many steps between editions can be read along."""
    positions = set(map(position, values))
    return sum(
        not step.broken and {position(step.earlier), position(step.later)} <= positions
        for step in section.edition_steps
    )


def countries(values: Sequence[Value]) -> set[str]:
    return {value.respondents.country for value in values}


def parts(section: Section) -> set[int]:
    """Positions of figures of a sector that stand in a panel and unit with one of all sectors of the same respondents."""
    found = set[int]()
    for unit in units(section):
        for cells in zip(*(section.rows[at].cells for at in unit), strict=True):
            values = [value for cell in cells for value in cell.values]
            wholes = {each.respondents for each in values if each.observation.sector == ALL}
            found |= {
                position(each)
                for each in values
                if each.observation.sector != ALL and each.respondents in wholes
            }
    return found


def units(section: Section) -> list[tuple[int, ...]]:
    """Indices of the rows that give way together: those of an indicator where each is of one sector, without lines of several
    countries; else each alone."""
    if not section.sectors_apart:
        return [(at,) for at in range(len(section.rows))]
    found: dict[tuple[Header, int], list[int]] = {}
    for at, row in enumerate(section.rows):
        joins = isinstance(row.header, Comparison) and len(countries(row.values)) > 1
        found.setdefault((about(row.header), at if joins else -1), []).append(at)
    return list(map(tuple, found.values()))


def unit_values(section: Section) -> list[tuple[Value, ...]]:
    """The figures of each unit."""
    return [
        tuple(value for at in unit for value in section.rows[at].values) for unit in units(section)
    ]


def headed_values(section: Section) -> list[tuple[Value, ...]]:
    """The figures of each unit; of lines, whose panels stand below each other, those in each panel by themselves."""
    if not any(isinstance(row.header, Comparison) for row in section.rows):
        return unit_values(section)
    return [
        tuple(value for at in unit for value in section.rows[at].cells[panel].values)
        for unit in units(section)
        for panel in range(len(section.panels))
    ]


def keeping_countries(section: Section, order: Sequence[int]) -> list[int]:
    """Indices of units, what gives way first at the begin: of each country the one that stays longest after those of no other."""
    values, seen, kept = unit_values(section), set[str](), list[int]()
    for at in reversed(order):
        found = countries(values[at])
        if not found <= seen:
            kept.append(at)
            seen |= found
    return [at for at in order if at not in kept] + kept[::-1]


def title_first(section: Section, named: Set[int]) -> Section:
    """The section with the rows of the indicator before others that has figures which the title names, where no heading over them says
    whose they are."""
    held = (row.header for row in section.rows if named & set(map(position, row.values)))
    indicators = set(map(about, held))

    def follows(row: Row) -> tuple[bool, int]:
        away = about(row.header) not in indicators or row.only_in is not None
        on_line = isinstance(row.header, Comparison) and not away
        return away, -len(named & set(map(position, row.values))) if on_line else 0

    return replace(section, rows=tuple(sorted(section.rows, key=follows)))


def doubted(values: Sequence[Value]) -> bool:
    """Whether one of the figures is in doubt."""
    return any(value.observation.status == "inferred" for value in values)


def position(value: Value) -> int:
    return value.observation.position


def panels(section: Section, left: Sequence[int], rows: Sequence[Row]) -> list[Panel]:
    """Those of the panels that are ``left``, with what they have in some rows, whose cells are theirs in this order.

    One of respondents none of whose figures is a share of what its heading says any more stands under what all of them are shares
    of, in one part with others of that.
    """
    found = [_panel(section, at, rows, place) for place, at in enumerate(left)]
    if all(panel.base == section.panels[at].base for panel, at in zip(found, left, strict=True)):
        return found
    keys = [part_of(panel.header, section.facts, panel.base) or (panel.part,) for panel in found]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return [replace(panel, part=numbers[key]) for panel, key in zip(found, keys, strict=True)]


def _panel(section: Section, at: int, rows: Sequence[Row], place: int) -> Panel:
    """One of the panels, with the series that it has in some rows; ``place`` is its index in their cells."""
    values = [value for row in rows for value in row.cells[place].values]
    series = {series_of(section, value) for value in values}
    found = section.panels[at]
    bases = {value.observation.base for value in values}
    moved = bool(section.facts_of(found.header)) and len(bases) == 1
    return replace(
        found,
        series=tuple(header for header in found.series if header in series),
        count=len(values),
        base=bases.pop() if moved else found.base,
    )


def without(row: Row, gone: Collection[int]) -> Row:
    """A row without the figures at some positions."""
    return replace(
        row,
        cells=tuple(
            replace(cell, values=tuple(each for each in cell.values if position(each) not in gone))
            for cell in row.cells
        ),
    )
