"""What one panel alone has among those beside it: a panel of its own, where such stand in two columns.

Under rows that several panels share it would leave the columns of all others empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts import grid_layout
from dashboard.charts.band_rows import alone_in, runs
from dashboard.charts.context import ChartContext
from dashboard.charts.grid_layout import Layout
from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Panel, Row, Section
from dashboard.query.facts import level_of

_PAIR = 2
"""Panels that two columns need."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A panel of the section that is drawn."""

    panel: int
    """Index in the section that it is made of."""
    held: frozenset[Header]
    """What its rows may be about."""
    only: bool = False


def set_apart(context: ChartContext, of: Layout) -> tuple[ChartContext, Layout]:
    """A section and its layout where what a panel alone has of the shares that panels beside it count, and they too as far as they stand
    in further bands, is a panel of its own behind them. Nothing changes where no two panels would stand in two columns."""
    section = context.section
    places, bands = _placed(section, of.bands) if of.lines else ([], of.bands)
    if not any(place.only for place in places):
        return context, of
    found = _section(section, places)
    only = frozenset(at for at, place in enumerate(places) if place.only)
    lines = grid_layout.in_lines(found, bands)
    return replace(context, section=found), replace(of, bands=bands, lines=lines, only=only)


def _placed(section: Section, bands: Sequence[range]) -> tuple[list[_Place], tuple[range, ...]]:
    """The panels that are drawn in their order, and the bands of these."""
    everything = frozenset(row.header for row in section.rows)
    places, found = list[_Place](), list[range]()
    for run in runs(section):
        own = [band for band in bands if band.start in run]
        alone = _apart(section, run, bands)
        for band in own:
            start = len(places)
            places += [_Place(at, everything - alone.get(at, frozenset())) for at in band]
            found.append(range(start, len(places)))
        for at, headers in alone.items():
            found.append(range(len(places), len(places) + 1))
            places.append(_Place(at, headers, only=True))
    return places, tuple(found)


def _apart(section: Section, run: range, bands: Sequence[range]) -> Mapping[int, frozenset[Header]]:
    """Index of a panel beside others -> what it has alone; not of one that has nothing else, whose column would be empty."""
    found = dict[int, frozenset[Header]]()
    for at in run:
        headers = alone_in(section, run, at)
        beside = any(at in band and len(band) > 1 for band in bands)
        if headers and beside and _has_others(section, at, headers):
            found[at] = headers
    level = level_of(section.panels[run.start].header)
    single = [
        band
        for band in bands
        if len(band) == 1 and level_of(section.panels[band.start].header) == level
    ]
    return found if len(found) + len(single) >= _PAIR else {}


def _has_others(section: Section, panel: int, headers: Collection[Header]) -> bool:
    return any(row.cells[panel].values for row in section.rows if row.header not in headers)


def _section(section: Section, places: Sequence[_Place]) -> Section:
    rows = tuple(
        replace(row, cells=tuple(_cell(row, place) for place in places)) for row in section.rows
    )
    owners = [section.panels[place.panel].header for place in places]
    more = Counter(owner for owner, place in zip(owners, places, strict=True) if place.only)
    # Of panels of one name none has the number of another.
    last = {panel.header: panel.lines for panel in section.panels}
    panels = list[Panel]()
    for at, place in enumerate(places):
        panel = section.panels[place.panel]
        line = panel.line
        if place.only:
            line = last[panel.header]
            last[panel.header] += 1
        values = [value for row in rows for value in row.cells[at].values]
        held = {series_of(section, value) for value in values}
        panels.append(
            replace(
                panel,
                series=tuple(header for header in panel.series if header in held),
                count=len(values),
                line=line,
                lines=panel.lines + more[panel.header],
            )
        )
    return replace(section, rows=rows, panels=tuple(panels))


def _cell(row: Row, place: _Place) -> Cell:
    cell = row.cells[place.panel]
    return cell if row.header in place.held else replace(cell, values=())
