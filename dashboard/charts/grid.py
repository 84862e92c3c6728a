"""Panels side by side with aligned rows: the skeleton of bars, dots, stacked answers and heat tables; see ``grid_layout``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from typing import Protocol

from dashboard.charts.bands import unbroken
from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import RowArea
from dashboard.charts.grid_layout import Column, Layout, blocks_of, says_sectors
from dashboard.charts.headings import (
    HeadingLine,
    block_facts,
    is_headed,
    panel_facts,
    panel_lines,
    panel_name,
    row_name,
)
from dashboard.charts.labels import NAME, NOTE
from dashboard.charts.roles import FAINT, INK, QUIET
from dashboard.query import Cell, Header, Panel
from dashboard.query.facts import level_of
from dashboard.text import texts, unlike

BETWEEN, APART = 10, 28
"""Pixels (at scale 1) between the panels of a block, and between those below each other whose rows are questions of their own."""
_NEAR = 3
"""Pixels (at scale 1) by which the line of a sector is nearer to the name above it than lines of text are."""
_JOINED = 1.4
"""Of the two grounds between rows: how many of them rows of one name and of different sectors do without."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands: its column, and the indices of its panel and row in the section."""

    column: Column
    panel: int
    row: int
    tall: float = 0.0
    """Pixels that the row has for it, once they are known."""


class Cells(Protocol):
    """How a chart fills the cells of a grid."""

    def head_height(self, panels: Sequence[Panel]) -> float:
        """Pixels between the headings of panels beside each other and their rows."""

    @property
    def ruled(self) -> tuple[int, ...]:
        """The percentages of the upright lines that stand behind the marks; none without such lines."""

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """Draw what stands between the heading of a panel and its rows."""

    def height(self, spot: Spot, panel: Panel, cell: Cell) -> float:
        """Pixels a cell needs."""

    def dash(self, spot: Spot, panel: Panel, y: float) -> None:
        """Draw that a cell whose top is at ``y`` has no figure, where its figures would stand."""

    def of_all(self, panel: Panel) -> str:
        """What the heading of a panel says of all its figures; blank for nothing."""

    def below_base(self, panel: Panel, ends: tuple[float, float], y: float, text: float) -> float:
        """Draw what stands under the base that a run of panels shares, of which ``panel`` is one, between ``ends``; returns the y
        below. ``text`` are the pixels of the base in one line."""

    def heading_end(self, column: Column, panel: Panel) -> float:
        """Where the line over the name of a panel ends."""

    def notes(self, panels: range, row: int) -> str:
        """What must be said under the name of a row of the figures in some panels; blank for nothing."""

    def draw(self, spot: Spot, panel: Panel, cell: Cell, y: float) -> None:
        """Draw a cell whose top is at ``y``."""


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
    canvas, side = context.canvas, of.beside or 1
    blocks = blocks_of(context.section, of)
    for line in (blocks[at : at + side] for at in range(0, len(blocks), side)):
        rows, below = list[RowArea](), y
        for block in line:
            bottom = y
            for at, band in enumerate(block):
                top = bottom + canvas.px(BETWEEN if at else 0)
                drawn = _Band(context, of, tuple(across[at] for at in band), cells, band, above)
                named = above is not None and above.header == drawn.panels[0][1].header
                bottom, found = drawn.draw(top, continued=at > 0 or named)
                if of.beside and found:
                    # Each heading of a block stays with the row below it.
                    found[0] = replace(found[0], top=top)
                rows += found
            below = max(below, bottom)
        canvas.band(y, below, unbroken(rows), in_blocks=of.beside > 0)
        y = below + canvas.px(APART if of.strong else 18)
    return y


@dataclass(frozen=True, slots=True)
class _Band:
    """One line of panels."""

    context: ChartContext
    layout: Layout
    columns: tuple[Column, ...]
    cells: Cells
    indices: range
    """Of its panels in the section."""
    above: Panel | None = None
    """The panel whose headings still hold."""

    @property
    def canvas(self) -> Canvas:
        return self.context.canvas

    @property
    def panels(self) -> list[tuple[Column, Panel]]:
        members = (self.context.section.panels[index] for index in self.indices)
        return list(zip(self.columns, members, strict=True))

    @property
    def left(self) -> float:
        """Pixel at which the names of the rows begin."""
        return 0.0 if self.layout.names else self.columns[0].left

    def draw(self, y: float, *, continued: bool) -> tuple[float, list[RowArea]]:
        """Draw it from ``y`` on, without the name that the panel above it has where it is ``continued``; (the y below, its rows)."""
        canvas, start, panels = self.canvas, y, self.panels
        parts = len({panel.part for panel in self.context.section.panels}) > 1
        named = self._block_head(y)
        if parts:
            y = self._part_heads(y)
        y = max(self._heads(y, continued=continued), named)
        for column, panel in panels:
            self.cells.head(column, panel, y)
        top = y + self.cells.head_height([panel for _, panel in panels])
        rows = self._rows(top)
        bottom = rows[-1].bottom if rows else top
        if parts:
            self._part_rules(start, bottom)
        for column in self.columns:
            canvas.uprights(map(column.at, self.cells.ruled), top, bottom)
            left = max(column.left, self.layout.names)
            canvas.panel(left, top, column.right, bottom, column.zero, column.hundred)
        return bottom, rows

    def _block_head(self, y: float) -> float:
        """Over the names of the rows, which the next band repeats, whose panels these are; returns the y below."""
        canvas, room = self.canvas, self.layout.names - self.canvas.px(12)
        # A chart without percent lines has the ramp of its colours there; a panel alone on its band says it in its heading.
        several = any(len(band) > 1 for band in self.layout.bands)
        if len(self.layout.bands) == 1 or not (several and self.layout.names and self.cells.ruled):
            return y
        whose, answering = block_facts(self.context, [panel for _, panel in self.panels])
        y = canvas.block(0, y + canvas.px(6), whose, room, NOTE, bold=True)
        return canvas.block(0, y, answering, room, NOTE, QUIET) + canvas.px(4)

    def _heads(self, y: float, *, continued: bool) -> float:
        """Over each run of panels of one name and base this name, over each panel what else its heading says, if any; returns the y
        below."""
        canvas, context, below = self.canvas, self.context, y
        if not any(is_headed(context, each, self.cells.of_all(each)) for _, each in self.panels):
            return y
        for _, members in groupby(self.panels, key=lambda pair: (pair[1].header, pair[1].part)):
            run = list(members)
            left, right = run[0][0].left, run[-1][0].right
            end = self.cells.heading_end(*run[-1])
            canvas.rule(left, y, end, y, FAINT if continued else INK)
            name = "" if continued else panel_name(self.context, run[0][1])
            named = y + canvas.px(6)
            if name:
                named = canvas.block(left, named, name, right - left, NAME, bold=True)
            lines = [panel_lines(context, each, self.cells.of_all(each)) for _, each in run]
            if self.indices.start and self._continues(lines):
                if self.above:
                    return y
                below = max(below, named)
                continue
            if all(each == lines[0] for each in lines):
                below = max(below, panel_facts(canvas, lines[0], left, named, right - left))
                continue
            for (column, _), own in zip(run, lines, strict=True):
                below = max(below, panel_facts(canvas, own, column.left, named, column.room))
        return below + canvas.px(4)

    def _continues(self, lines: Sequence[Sequence[HeadingLine]]) -> bool:
        """Whether the panel above, of the same name, has the ``lines`` of the only panel of this band."""
        above = self.context.section.panels[self.indices.start - 1]
        (_, panel), *others = self.panels
        return (
            not others
            and above.header == panel.header
            and panel_lines(self.context, above, self.cells.of_all(above)) == lines[0]
        )

    def _part_heads(self, y: float) -> float:
        """Over each run of panels that share a base: what their percentages are shares of; returns the y below."""
        below, loc, canvas = y, self.context.loc, self.canvas
        if self.above and self.above.part == self.panels[0][1].part:
            return y
        runs = list[tuple[Panel, tuple[float, float], float]]()
        for _, members in groupby(self.panels, key=lambda pair: pair[1].part):
            run = list(members)
            first = run[0][1]
            text = loc.share(first.base)
            facts = self.context.section.facts_of(first.header)
            if facts and facts.answer == "high":
                text += loc.t(", graded answers")
            left, right = run[0][0].left, run[-1][0].right
            canvas.box(left, y, right, y + canvas.px(3), FAINT)
            head = canvas.block(left, y + canvas.px(4), text, right - left, NOTE, bold=True)
            below = max(below, head)
            runs.append((first, (left, right), canvas.text_width(text, NOTE, bold=True)))
        return max(
            self.cells.below_base(panel, ends, below, wide) for panel, ends, wide in runs
        ) + canvas.px(1 if self.cells.ruled else 5)

    def _part_rules(self, top: float, bottom: float) -> None:
        """A dashed upright between neighbours of different bases."""
        for (column, panel), (after, other) in pairwise(self.panels):
            if panel.part != other.part:
                middle = (column.right + after.left) / 2
                self.canvas.rule(middle, top, middle, bottom, FAINT, dash="dash")

    def _rows(self, y: float) -> list[RowArea]:
        """Draw the rows that have a figure in this band; those of one panel only stand under a heading that says so."""
        section, drawn = self.context.section, list[RowArea]()
        alone = len({panel.header for _, panel in self.panels}) == 1 or not self.layout.names
        heading: int | None = None
        named: Header | None = None
        for at, row in enumerate(section.rows):
            if not any(row.cells[index].values for index in self.indices):
                continue
            top = y
            if not alone and row.only_in is not None and row.only_in != heading:
                heading, named = row.only_in, None
                y = self._only_in(y, heading)
            again = row.header == named
            y = self._row(y, at, again=again)
            if again:
                # On paper rows under one name stay together.
                top = drawn.pop().top
            named = row.header
            drawn.append(RowArea(top, y, tuple(self.indices)))
        return drawn

    def _only_in(self, y: float, panel: int) -> float:
        canvas = self.canvas
        content = texts.only_in(self.context.loc, self.context.section.panels[panel].header)
        canvas.text(0, y + canvas.px(18), content, NOTE, QUIET, bold=True)
        return y + canvas.px(30)

    def _has_figure(self, header: Header, panel: int) -> bool:
        """Whether a panel has a figure in one of the rows of a name: then a dash in another of them would deny it."""
        rows = self.context.section.rows
        return any(row.cells[panel].values for row in rows if row.header == header)

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
        """Whether a figure of a row has another beside it of a panel of the same kind of respondents, in this band or another."""
        levels = {level_of(panel.header) for _, panel in self.panels}
        filled = (
            panel
            for panel, cell in zip(
                self.context.section.panels, self.context.section.rows[at].cells, strict=True
            )
            if cell.values and level_of(panel.header) in levels
        )
        return len(list(islice(filled, 2))) > 1

    def _row(self, y: float, at: int, *, again: bool) -> float:
        """Draw a row, without rule and name where the one above has its name ``again``; returns the y below."""
        canvas, names, section = self.canvas, self.layout.names, self.context.section
        row, pad = section.rows[at], canvas.space(5)
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
        below = canvas.block(self.left, y + pad, name, room, size, bold=strong)
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
            elif not (again or row.only_in is not None or self._has_figure(row.header, spot.panel)):
                self.cells.dash(spot, panel, beside)
        if not names:
            return y + named + noted + body + 2 * pad + canvas.px(2)
        return y + (named - risen if lined else 0.0) + tall + 2 * pad
