"""A heat table of respondents on a narrow canvas: under each base its countries beside each other, a sector at a time.

Each column holds one sector of one country; columns of few rows in common stand in bands of their own, so that few cells are empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, combinations, groupby

from dashboard.charts import heat_ramp
from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import RowArea
from dashboard.charts.grid_band import Spot
from dashboard.charts.grid_layout import Column
from dashboard.charts.headings import row_name, short_period
from dashboard.charts.heat_cells import HeatCells
from dashboard.charts.labels import NAME, NOTE
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import FAINT, INK, QUIET
from dashboard.charts.series import series_of
from dashboard.charts.text import wrap
from dashboard.query import Cell, Header, Panel, Respondents, Row, Section
from dashboard.query.facts import Owner
from dashboard.query.types import respondents_in

LEAST, MOST = 78, 120
"""Pixels (at scale 1) of a column at least and at most."""
NAMES = 150
"""Pixels (at scale 1) that the names of rows have beside the columns of a band; where less is left they stand above."""
FILLED = 0.33
"""Of the cells of a band that hold figures at least, where it is of several sectors."""
BETWEEN, PAD = 14, 5
"""Pixels (at scale 1) between bands, and around a row."""

_Column = tuple[int, Header]
"""(panel, series)."""


def takes(section: Section) -> bool:
    """Whether all panels are of respondents."""
    return all(isinstance(panel.header, Owner) for panel in section.panels)


def draw(context: ChartContext, y: float, *, coloured: bool) -> float:
    """All bands from ``y`` on; returns the y below."""
    canvas = context.canvas
    bands = _bands(context.section, max(1, int(canvas.width // canvas.px(LEAST))))
    section = _apart(context.section, tuple(chain.from_iterable(bands)))
    context = replace(context, section=section)
    wide = min(canvas.width / max(map(len, bands)), canvas.px(MOST))
    columns = list[Column]()
    for band in bands:
        left = _names(context, len(band), wide)
        for at in range(len(band)):
            x = left + at * wide
            columns.append(Column(x, x + wide, x, x + wide, x + wide))
    part = None
    parted = len({panel.part for panel in section.panels}) > 1
    for held in _ranges(bands):
        cells = HeatCells(
            context,
            tuple(columns),
            ramps(context.loc),
            wide,
            held,
            beside=columns[held.start].left > 0,
            narrow=True,
            coloured=coloured,
            by_column=True,
        )
        drawn = _Band(context, cells, held)
        top, opens = y, parted and section.panels[held.start].part != part
        part = section.panels[held.start].part
        y, rows = drawn.draw(drawn.base(y) if opens else y)
        canvas.band(top, y, rows)
        y += canvas.px(BETWEEN)
    return y


def has_dashes(section: Section, columns: int) -> bool:
    """Whether a dash stands anywhere, where so many columns have room beside each other."""
    bands = _bands(section, columns)
    whole = _apart(section, tuple(chain.from_iterable(bands)))
    return any(
        _is_dashed(whole, row, at)
        for held in _ranges(bands)
        for row in whole.rows
        if any(row.cells[each].values for each in held)
        for at in held
    )


def _is_dashed(section: Section, row: Row, at: int) -> bool:
    """Whether a dash stands in column ``at`` of a row with figures in its band."""
    (header,) = section.panels[at].series
    cell = row.cells[at]
    return not (cell.values or cell.is_withheld(header))


def _ranges(bands: Sequence[tuple[_Column, ...]]) -> list[range]:
    """The indices of the columns of each band, counted through all of them."""
    ends = list(accumulate(map(len, bands)))
    return [range(end - len(band), end) for end, band in zip(ends, bands, strict=True)]


def _names(context: ChartContext, count: int, wide: float) -> float:
    """Pixels of the names of rows beside so many columns; 0 where they stand above."""
    left = context.canvas.width - count * wide
    return left if left >= context.canvas.px(NAMES) else 0.0


def _bands(section: Section, most: int) -> list[tuple[_Column, ...]]:
    """The columns of each band: those of one part and sector together, with others of the part whose rows are nearly theirs."""
    found = list[tuple[_Column, ...]]()
    for _, run in groupby(enumerate(section.panels), key=lambda each: each[1].part):
        panels = list(run)
        of_sector = (
            tuple((at, header) for at, panel in panels if header in panel.series)
            for header in section.series
        )
        pieces = [
            group[start : start + most]
            for group in of_sector
            for start in range(0, len(group), most)
        ]
        found += _joined(section, pieces, most)
    return found


def _joined(
    section: Section, pieces: Sequence[tuple[_Column, ...]], most: int
) -> list[tuple[_Column, ...]]:
    """Pieces put together two by two, those first that leave fewest cells empty, in the order in which they begin."""
    found = list(pieces)
    while True:
        pairs = [
            (_filled(section, one + other), -at, one, other)
            for at, (one, other) in enumerate(combinations(found, 2))
            if len(one) + len(other) <= most
        ]
        share, _, one, other = max(pairs, key=lambda each: each[:2], default=(0.0, 0, (), ()))
        if share < FILLED:
            return found
        at = found.index(one)
        found.remove(other)
        found[at] = one + other


def _filled(section: Section, columns: Sequence[_Column]) -> float:
    """Share of the cells of columns that hold figures, in the rows that have one there."""
    held = [[_has(section, row, column) for column in columns] for row in section.rows]
    rows = [row for row in held if any(row)]
    return sum(map(sum, rows)) / (len(rows) * len(columns)) if rows else 0.0


def _has(section: Section, row: Row, column: _Column) -> bool:
    at, header = column
    return any(series_of(section, value) == header for value in row.cells[at].values)


def _apart(section: Section, columns: Sequence[_Column]) -> Section:
    """The section with a panel for each of the columns, in their order."""

    def cell(row: Row, column: _Column) -> Cell:
        at, header = column
        held = row.cells[at]
        return replace(
            held,
            values=tuple(each for each in held.values if series_of(section, each) == header),
            missing=tuple(each for each in held.missing if each[0] == header),
        )

    return replace(
        section,
        panels=tuple(replace(section.panels[at], series=(header,)) for at, header in columns),
        rows=tuple(
            replace(row, cells=tuple(cell(row, column) for column in columns), only_in=None)
            for row in section.rows
        ),
    )


@dataclass(frozen=True, slots=True)
class _Band:
    """Columns side by side with their rows."""

    context: ChartContext
    cells: HeatCells
    indices: range

    @property
    def _panels(self) -> list[tuple[Column, Panel]]:
        return [(self.cells.columns[at], self.context.section.panels[at]) for at in self.indices]

    def base(self, y: float) -> float:
        """What percentages are shares of, with the ramp of that, and who answered; returns the y below."""
        canvas, loc = self.context.canvas, self.context.loc
        (_, panel), *_ = self._panels
        facts = self.context.section.facts_of(panel.header)
        share = loc.share(panel.base)
        if facts and facts.answer == "high":
            share += loc.t(", graded answers")
        canvas.box(0, y, canvas.width, y + canvas.px(3), FAINT)
        y += canvas.px(4)
        ramp = heat_ramp.wide(self.context) if self.cells.coloured else 0.0
        beside = canvas.text_width(share, NOTE, bold=True) + ramp + canvas.px(12) <= canvas.width
        below = canvas.block(0, y, share, canvas.width, NOTE, bold=True)
        if ramp:
            left, top = (canvas.width - ramp, y) if beside else (0.0, below)
            drawn = heat_ramp.draw(self.context, self.cells.ramps[panel.base], left, ramp, top)
            below = max(below, drawn)
        if not isinstance(panel.header, Owner):
            return below
        who = loc.t("answered by {who}").format(
            who=loc.lower("level", respondents_in(panel.header).level)
        )
        return canvas.block(0, below, who, canvas.width, NOTE, QUIET)

    def draw(self, y: float) -> tuple[float, list[RowArea]]:
        """The heads and the rows that have a figure in the band, from ``y`` on; (the y below, its rows)."""
        section, rows = self.context.section, list[RowArea]()
        below = y + self.context.canvas.px(PAD)
        heads = [self._head(panel) for _, panel in self._panels]
        tallest = max(map(len, heads))
        step = self.context.canvas.px(NOTE * LEADING)
        for (column, _), lines in zip(self._panels, heads, strict=True):
            middle = (column.left + column.right) / 2
            for at, (line, bold) in enumerate(lines):
                self.context.canvas.text(
                    middle,
                    below + step * (at + 0.5),
                    line,
                    NOTE,
                    INK if bold else QUIET,
                    bold=bold,
                    anchor="center",
                )
        below += step * tallest + self.context.canvas.px(4)
        top = below
        for at, row in enumerate(section.rows):
            if any(row.cells[index].values for index in self.indices):
                after = self._row(below, at)
                rows.append(RowArea(below, after, tuple(self.indices)))
                below = after
        for column, _ in self._panels:
            self.context.canvas.panel(
                column.left, top, column.right, below, column.zero, column.hundred
            )
        return below, rows

    def _head(self, panel: Panel) -> list[tuple[str, bool]]:
        """The lines over a column, and whether each is bold: whose it is, the sector, and the period that its figures share."""
        section, loc, canvas = self.context.section, self.context.loc, self.context.canvas
        (series,) = panel.series
        at = section.panels.index(panel)
        values = [value for row in section.rows for value in row.cells[at].values]
        told = [(_owner(self.context, panel.header), True), (loc.header(series), False)]
        told.append((short_period(loc, values), False))
        return [
            (line, bold)
            for text, bold in told
            if text
            for line in wrap(text, canvas.px(NOTE), self.cells.wide - 4, bold)
        ]

    def _row(self, y: float, at: int) -> float:
        """A row under a rule, its name above its cells or beside them; returns the y below."""
        canvas, section, row = (
            self.context.canvas,
            self.context.section,
            self.context.section.rows[at],
        )
        values = [value for index in self.indices for value in row.cells[index].values]
        name, quiet = row_name(
            self.context.loc, section, row, values, self.cells.notes(self.indices, at)
        )
        left, pad = self._panels[0][0].left, canvas.px(PAD)
        canvas.rule(0, y, canvas.width if not left else self._panels[-1][0].right, y)
        room, size = (left or canvas.width) - canvas.px(8), NOTE if left else NAME
        below = canvas.block(0, y + pad, name, room, size)
        below = canvas.block(0, below, quiet, room, NOTE, QUIET)
        beside = y + pad if left else below + canvas.px(2)
        places = [
            (Spot(column, index, at), panel, row.cells[index])
            for index, (column, panel) in zip(self.indices, self._panels, strict=True)
        ]
        body = max(self.cells.height(*place) for place in places)
        tall = max(body, below - beside) if left else body
        for place, panel, cell in places:
            spot = replace(place, tall=tall)
            if cell.values:
                self.cells.draw(spot, panel, cell, beside)
            else:
                self.cells.dash(spot, panel, beside)
        return beside + tall + pad


def _owner(context: ChartContext, header: Header) -> str:
    """Whose a column is: the country, where its base says who answered."""
    if isinstance(header, Respondents) and not (header.compilation or header.survey_id):
        return context.loc.label("country", header.country)
    return context.loc.header(header)
