"""Panels side by side with aligned rows: the skeleton of bars, dots, stacked answers and heat tables; see ``grid_layout``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.charts import grid_heads
from dashboard.charts.band_rows import BandRow, of_band
from dashboard.charts.bands import unbroken
from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import RowArea
from dashboard.charts.grid_band import Band, Cells, Spot
from dashboard.charts.grid_layout import Column, Layout, lines_of, says_sectors
from dashboard.charts.headings import row_label, row_name, short_period
from dashboard.charts.labels import NAME, NOTE
from dashboard.charts.roles import FAINT, QUIET
from dashboard.query import Header, Panel
from dashboard.text import texts, unlike

BETWEEN, BELOW, APART = 10, 18, 28
"""Pixels (at scale 1) between the panels of a block, between bands below each other, and between those whose rows are questions of
their own."""
_NEAR = 3
"""Pixels (at scale 1) by which the line of a sector is nearer to the name above it than lines of text are."""
_JOINED = 1.4
"""Of the two grounds between rows: how many of them rows of one name and of different sectors do without."""


def draw(
    context: ChartContext,
    y: float,
    of: Layout,
    across: Sequence[Column],
    cells: Cells,
    above: Panel | None = None,
) -> float:
    """Draw all bands from ``y`` on, each panel in its column, and return the y below.

    ``above`` is the panel over the first one whose headings still hold, as far as they are the same.
    """
    canvas = context.canvas
    for line in lines_of(context.section, of):
        rows, below = list[RowArea](), y
        begun = [block[0] for block in line] if of.lines and len(line) > 1 else []
        first = [
            _Drawn(context, of, tuple(across[at] for at in band), cells, band) for band in begun
        ]
        # Bands side by side begin with their percentages on one line.
        head = max((grid_heads.height(each) for each in first), default=0.0)
        for block in line:
            bottom = y
            for at, band in enumerate(block):
                top = bottom + canvas.px((BETWEEN if of.beside else BELOW) if at else 0)
                drawn = _Drawn(context, of, tuple(across[at] for at in band), cells, band, above)
                named = above is not None and above.header == drawn.panels[0][1].header
                continued = (of.beside > 0 and at > 0) or named
                bottom, found = drawn.draw(top, continued=continued, head=0.0 if at else head)
                if (of.beside or len(line) > 1) and found:
                    # Each heading of a block stays with the row below it.
                    found[0] = replace(found[0], top=top)
                rows += found
            below = max(below, bottom)
        canvas.band(y, below, unbroken(rows), in_blocks=of.beside > 0 or len(line) > 1)
        y = below + canvas.px(APART if of.strong else BELOW)
    return y


@dataclass(frozen=True, slots=True)
class _Drawn(Band):
    """A band that is drawn."""

    def draw(self, y: float, *, continued: bool, head: float = 0.0) -> tuple[float, list[RowArea]]:
        """Draw it from ``y`` on, without the name that the panel above it has where it is ``continued``, its heading ``head`` pixels high
        at least; (the y below, its rows)."""
        canvas, start, panels = self.canvas, y, self.panels
        y = max(grid_heads.draw(self, y, continued=continued), y + head)
        for column, panel in [self._answered] if self.stacked else panels:
            self.cells.head(column, panel, y)
        top = y + self.cells.head_height([panel for _, panel in panels])
        rows = self._rows(top)
        bottom = rows[-1].bottom if rows else top
        if self.has_parts:
            self._part_rules(start, bottom)
        for column in self.columns[:1] if self.stacked else self.columns:
            canvas.uprights(map(column.at, self.cells.ruled), top, bottom)
        for column in self.columns:
            # The names of a panel alone on its line may stand in its column.
            left = max(column.left, self.layout.names)
            canvas.panel(left, top, column.right, bottom, column.zero, column.hundred)
        return bottom, rows

    @property
    def _answered(self) -> tuple[Column, Panel]:
        """The first panel of which the number of answers is known, else the first one."""
        section = self.context.section
        known = (
            (column, panel)
            for column, panel in self.panels
            if any(value.observation.n for value in section.values_of(panel))
        )
        return next(known, self.panels[0])

    def _part_rules(self, top: float, bottom: float) -> None:
        """A dashed upright between neighbours of different bases."""
        for (column, panel), (after, other) in pairwise(self.panels):
            if panel.part != other.part:
                middle = (column.right + after.left) / 2
                self.canvas.rule(middle, top, middle, bottom, FAINT, dash="dash")
                self.canvas.has_walls = True

    def _rows(self, y: float) -> list[RowArea]:
        """Draw the rows that have a figure in this band; those of one panel only stand under a heading that says so."""
        section, drawn = self.context.section, list[RowArea]()
        alone = len({panel.header for _, panel in self.panels}) == 1 or not self.layout.names
        heading: int | None = None
        named: Header | None = None
        by_value, leads = self.context.selection.sort == "value", self.context.leads
        for held in of_band(section, self.indices, by_value=by_value, leads=leads):
            row, top = section.rows[held.at], y
            if not alone and held.alone is not None and held.alone != heading:
                heading, named = held.alone, None
                y = self._only_in(y, heading)
            again = row.header == named
            draw = self._stack if self.stacked else self._row
            y = draw(y, held, again=again)
            if again:
                # On paper rows under one name stay together.
                top = drawn.pop().top
            named = row.header
            drawn.append(RowArea(top, y, tuple(self.indices)))
        return drawn

    def _only_in(self, y: float, panel: int) -> float:
        canvas = self.canvas
        section, loc = self.context.section, self.context.loc
        header = section.panels[panel].header
        content = (
            texts.more_from(loc, loc.header(header))
            if section.sectors_apart
            else texts.only_in(loc, header)
        )
        canvas.text(self.left, y + canvas.px(18), content, NOTE, QUIET, bold=True)
        return y + canvas.px(30)

    @property
    def _says_sectors(self) -> bool:
        return says_sectors(self.context.section, self.layout, self.indices)

    def _label(self, at: int, *, again: bool) -> tuple[str, str]:
        """(name of a row, the quiet line under it); the one above has its name ``again``."""
        section, loc = self.context.section, self.context.loc
        row, notes = section.rows[at], self.cells.notes(self.indices, at)
        values = [value for index in self.indices for value in row.cells[index].values]
        name, quiet = row_name(loc, section, row, values, notes, sector=self._says_sectors)
        if self.layout.unnamed:
            name = ""
        name, sign = unlike.parted(name)
        if section.sectors_apart and not self._is_beside(at):
            sign = ""
        if quiet and (again or self._says_sectors):
            # The sign of the line goes with what is left of its name.
            return "" if again else name, quiet + sign
        return "" if again and section.sectors_apart else name + sign, quiet

    def _is_beside(self, at: int) -> bool:
        """Whether a row has figures of several panels of this band."""
        row = self.context.section.rows[at]
        return sum(bool(row.cells[index].values) for index in self.indices) > 1

    def _stack(self, y: float, held: BandRow, *, again: bool) -> float:
        """Draw a row whose panels stand in each other's place, each with whose figures these are; returns the y below."""
        canvas, loc, section = self.canvas, self.context.loc, self.context.section
        at, row, pad = held.at, section.rows[held.at], canvas.space(5)
        room = self.columns[0].room - canvas.px(12)
        if again:
            y -= pad * _JOINED
        else:
            canvas.rule(self.left, y, self.columns[-1].right, y)
        name, sign = unlike.parted(row_label(loc, section, row))
        shown = "" if again or self.layout.unnamed else name
        below = canvas.block(
            self.left, y + pad, shown, room, self.layout.name, bold=self.layout.strong
        )
        for index, (column, panel) in zip(self.indices, self.panels, strict=True):
            cell, spot = row.cells[index], Spot(column, index, at)
            if not cell.values:
                continue
            _, told = row_name(
                loc,
                section,
                row,
                cell.values,
                self.cells.notes(range(index, index + 1), at),
                sector=len(section.series) > 1,
            )
            country = loc.label("country", cell.values[0].respondents.country)
            # The heading has the periods of all panels; where a panel has several, each figure says its own.
            period = short_period(loc, section.values_of(panel))
            told = texts.joined(country, told, period)
            signed = told + (sign if self._is_beside(at) else "")
            below = canvas.block(self.left, below, signed, room, NOTE, QUIET) + canvas.px(2)
            self.cells.draw(spot, panel, cell, below)
            below += self.cells.height(spot, panel, cell) + canvas.px(4)
        return below + pad

    def _row(self, y: float, held: BandRow, *, again: bool) -> float:
        """Draw a row, without rule and name where the one above has its name ``again``; returns the y below."""
        canvas, names, section = self.canvas, self.layout.names, self.context.section
        at, row, pad = held.at, section.rows[held.at], canvas.space(5)
        lined = self._says_sectors and names > 0
        name, quiet = self._label(at, again=again)
        if again and not name:
            y -= pad * (_JOINED if section.sectors_apart else 1)
        else:
            canvas.rule(self.left, y, self.columns[-1].right, y)
        bare = self.layout.bare[at] if self.layout.bare else 0.0
        room = (names + bare if names else self.columns[0].room) - canvas.px(12)
        size = self.layout.name
        strong = self.layout.strong
        named, noted = canvas.measure(name, room, size, strong), canvas.measure(quiet, room, NOTE)
        places = [
            (Spot(column, index, at), panel, row.cells[index])
            for index, (column, panel) in zip(self.indices, self.panels, strict=True)
        ]
        body = max(self.cells.height(*place) for place in places)
        even = section.sectors_apart
        below = canvas.block(self.left, y + pad, name, room, size, bold=strong, even=even)
        # Where no name stands before it, the first line of what is quiet stands where a name would, level with the marks.
        level = bool(names) and (lined or not name)
        lower = canvas.px((NAME - NOTE) * LEADING / 2) if level else 0.0
        near = canvas.px(_NEAR) if lined else 0.0
        risen = near if name else 0.0
        below -= risen
        beside = below if lined else y + pad
        below = canvas.block(self.left, below + lower, quiet, room, NOTE, QUIET)
        if not names:
            beside = below + canvas.px(2)
        if lined and noted > body:
            # A label of several lines keeps off the next one.
            noted += near
        tall = (max(noted, body) if lined else max(named + noted, body)) if names else body
        for place, panel, cell in places:
            spot = replace(place, tall=tall)
            if cell.values:
                self.cells.draw(spot, panel, cell, beside)
            elif held.alone is None and not again:
                self.cells.dash(spot, panel, beside)
        if not names:
            return y + named + noted + body + 2 * pad + canvas.px(2)
        return y + (named - risen if lined else 0.0) + tall + 2 * pad
