"""What one panel alone has among those beside it: a panel of its own, where such stand in two columns.

Under rows that several panels share it would leave the columns of all others empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from dashboard.charts import grid_layout
from dashboard.charts.band_rows import alone_in, of_band, runs
from dashboard.charts.context import ChartContext
from dashboard.charts.grid_layout import Layout
from dashboard.charts.series import series_of
from dashboard.query import Cell, Header, Panel, Row, Section
from dashboard.query.facts import level_of


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
    in further bands, is a panel of its own behind them, and two where nothing else has room beside it. Nothing changes where no two
    panels would stand in two columns."""
    section, by_value = context.section, context.selection.sort == "value"
    places, bands = _placed(section, of.bands, by_value) if of.lines else ([], of.bands)
    if not any(place.only for place in places):
        return context, of
    found = _section(section, places)
    only = frozenset(at for at, place in enumerate(places) if place.only)
    lines = grid_layout.in_lines(found, bands)
    return replace(context, section=found), replace(of, bands=bands, lines=lines, only=only)


def _placed(
    section: Section, bands: Sequence[range], by_value: bool
) -> tuple[list[_Place], tuple[range, ...]]:
    """The panels that are drawn in their order, and the bands of these."""
    everything = frozenset(row.header for row in section.rows)
    places, found = list[_Place](), list[range]()
    for run in runs(section):
        alone = _apart(section, run, bands, by_value)
        gone = {at: frozenset[Header]() for at in run}
        for place in alone:
            gone[place.panel] |= place.held
        for band in bands:
            if band.start in run:
                found.append(range(len(places), len(places) + len(band)))
                places += [_Place(at, everything - gone[at]) for at in band]
        for place in alone:
            found.append(range(len(places), len(places) + 1))
            places.append(place)
    return places, tuple(found)


def _apart(section: Section, run: range, bands: Sequence[range], by_value: bool) -> list[_Place]:
    """What panels beside others have alone; not of one that has nothing else, whose column would be empty."""
    found, owned = list[_Place](), alone_in(section, run)
    for at in run:
        headers = owned[at]
        beside = any(at in band and len(band) > 1 for band in bands)
        if headers and beside and _has_others(section, at, headers):
            found.append(_Place(at, headers, only=True))
    if len(found) > 1:
        return found
    behind = _behind(section, run, bands)
    halved = [half for each in found for half in _halves(section, run, each, behind, by_value)]
    return halved or (found if behind else [])


def _behind(section: Section, run: range, bands: Sequence[range]) -> int:
    """Rows that the panels take, with their headings and names, that stand in two columns with what one of a run has alone."""
    level = level_of(section.panels[run.start].header)

    def single(band: range) -> bool:
        return len(band) == 1 and level_of(section.panels[band.start].header) == level

    within = takewhile(single, (band for band in reversed(bands) if band.start in run))
    after = takewhile(single, (band for band in bands if band.start >= run.stop))
    tall = 0
    for band in (*within, *after):
        names = [row.header for row in section.rows if row.cells[band.start].values]
        tall += grid_layout.HEAD_ROWS + len(names) + len(set(names))
    return tall


def _halves(
    section: Section, run: range, place: _Place, behind: int, by_value: bool
) -> list[_Place]:
    """What a panel has alone in two panels, in the order of reading, the second over others that take so many rows ``behind``; nothing
    where that spares no more than the second heading takes."""
    rows = [section.rows[each.at].header for each in of_band(section, run, by_value=by_value)]
    headers = [header for header in dict.fromkeys(rows) if header in place.held]
    tall = [0, *accumulate(rows.count(header) + 1 for header in headers)]
    taller = {at: max(tall[at], tall[-1] - tall[at] + behind) for at in range(1, len(headers))}
    half = min(taller, key=taller.__getitem__, default=0)
    if not half or taller[half] + grid_layout.HEAD_ROWS > max(tall[-1], behind):
        return []
    parts = headers[:half], headers[half:]
    return [_Place(place.panel, frozenset(part), only=True) for part in parts]


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
    return replace(cell, values=()) if cell.values and row.header not in place.held else cell
