"""Heat table: one coloured cell per series with the figure in it, a ramp for each base.

Respondents have a panel for each kind of base; a cell that is a share of something else than its heading says has the ramp of that,
and its row says so. A dash stands where there is no figure, nothing where it stands under another heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts import grid, grid_layout, heat_ramp
from dashboard.charts.canvas import INSET, LEADING
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Box, Mark, Run, Tile
from dashboard.charts.editions_together import dated
from dashboard.charts.grid import Spot
from dashboard.charts.grid_layout import Column
from dashboard.charts.headings import own_period
from dashboard.charts.heat_columns import Placing, parted, placed
from dashboard.charts.labels import NAME, NOTE, brief, spoken
from dashboard.charts.names import series_period
from dashboard.charts.notes import Differing, differing, said
from dashboard.charts.nowhere import by_series, empty, stands_elsewhere
from dashboard.charts.percent_cells import DASH, WITHHELD
from dashboard.charts.ramps import ramps, unheaded
from dashboard.charts.roles import FAINT, GROUND, INK, QUIET, Heat, InkOn, Role, Toned
from dashboard.charts.series import series_of
from dashboard.charts.text import wrap
from dashboard.messages import gettext_noop
from dashboard.query import Cell, Header, Panel, Section, Value

TALL, WIDEST, HEAD_LINES = 26, 220, 3
DATED = 13
"""Pixels (at scale 1) by which a rectangle is taller that names a period under its figure."""
PAD = 2
"""Pixels between a figure and the edge of its rectangle."""
APART, GAP = 4, 12
"""Pixels between the names of neighbouring series, and between a base and the ramp beside it."""
BESIDE = 80
"""Pixels (at scale 1) that the name of a ramp has beside it at least; with less it stands below."""


class HeatTable(Chart):
    """Coloured cells."""

    name = "heat"
    label = gettext_noop("Heat table")
    signs_small_bases = False
    draws_dashes = True
    parts_bases = True
    sample = "tile"
    on_slides = "cells"
    dense_for_more = True
    keeps_wholes = True
    puts_editions_together = True
    sorts = ("value", "published", "name")
    coloured = True
    """Whether a colour stands for each figure."""
    aparts: tuple[int, ...] = (APART,)
    """Pixels between the names of neighbouring series, those that are tried first first."""

    def draw(self, context: ChartContext, y: float) -> float:
        """A key for each ramp, and the panels; returns the y below."""
        layout, columns, wide = self._placed(context)
        if self.coloured:
            y = _keys(context, y, layout.names)
        for band in layout.bands:
            usual = columns[band.start]
            # On a narrow canvas each panel has its own, under headings that hold for the next ones too.
            narrow, names = not layout.names, layout.names or usual.zero
            cells = _HeatCells(
                context,
                columns,
                ramps(context.loc),
                wide,
                band,
                beside=bool(names),
                narrow=narrow,
                coloured=self.coloured,
            )
            size = NOTE if narrow and names else NAME
            of_band = replace(layout, bands=(band,), names=names, name=size)
            above = context.section.panels[band.start - 1 : band.start] if narrow else ()
            y = grid.draw(context, y, of_band, columns, cells, *above)
        return y

    def _placed(self, context: ChartContext) -> Placing:
        """Where the panels stand: with as much ground between the names of series as costs no line of panels and parts none of one base."""
        most = max((len(panel.series) for panel in context.section.panels), default=1)
        found = list[Placing]()
        for apart in self.aparts:
            least = _least(context, apart)
            layout = grid_layout.layout(context, most * least)
            found.append(placed(context, layout, least, context.canvas.px(WIDEST)))
        # min takes the first of equals.
        return min(found, key=lambda each: parted(context.section.panels, each[0].bands))

    def has_dashes(self, section: Section, *, withheld: bool = False) -> bool:
        """Whether a series has no figure anywhere, because it is withheld or for another reason."""
        return False in empty(section, withheld=withheld)

    def leaves_bare(self, section: Section) -> bool:
        """Whether nothing stands where the figure stands elsewhere."""
        return True in empty(section)


def _least(context: ChartContext, apart: float) -> float:
    """Pixels of a rectangle over which no word of the name of a series is broken, nor a period in it that no heading says."""
    loc, section = context.loc, context.section
    words = [word for header in section.series for word in loc.header(header).split()]
    words += {
        own_period(loc, section.values, value)
        for row in section.rows
        if dated(row)
        for value in row.values
    }
    return max((context.canvas.text_width(word, NOTE) for word in words), default=0.0) + apart + 1


def _keys(context: ChartContext, y: float, names: float) -> float:
    """For each ramp that no heading of a part has what it stands for and what of; returns the y below.

    One ramp stands in the corner over the ``names`` of the rows, where there is one; several stand above the panels, in as many
    columns as have room, with brief names on a narrow page, since headings say "% of", and below them on the narrowest.
    """
    canvas = context.canvas
    bases = unheaded(context.section)
    if not bases:
        return y
    found = _names_of_ramps(context, bases)
    shown = [ramps(context.loc)[base] for base in bases]
    space, gap, step = map(canvas.px, (8, 28, NOTE * LEADING))
    if len(found) == 1 and names:
        below = heat_ramp.draw(context, shown[0], 0.0, names - 2 * space, y + canvas.px(6))
        canvas.block(0, below, found[0], names - 2 * space, NOTE)
        return y
    bar = heat_ramp.wide(context)
    if canvas.width - bar - space < canvas.px(BESIDE):
        for ramp, name in zip(shown, found, strict=True):
            y = heat_ramp.draw(context, ramp, 0.0, canvas.width, y)
            y = canvas.block(0, y, name, canvas.width - 2 * INSET, NOTE)
        return y + canvas.px(8)
    lines = [wrap(name, canvas.px(NOTE), canvas.width - bar - space) for name in found]
    longest = max((canvas.text_width(line, NOTE) for each in lines for line in each), default=0)
    wide = bar + space + longest + gap
    across = max(1, int((canvas.width + gap) // wide))
    for start in range(0, len(lines), across):
        beside = lines[start : start + across]
        for column, each in enumerate(beside):
            x = column * wide
            heat_ramp.draw(context, shown[start + column], x, bar, y)
            for at, content in enumerate(each):
                canvas.text(x + bar + space, y + step * (at + 0.5), content, NOTE)
        y += step * max(map(len, beside)) + canvas.px(2)
    return y + canvas.px(8)


def _names_of_ramps(context: ChartContext, bases: Sequence[str]) -> list[str]:
    """What the percentages of each ramp are shares of."""
    canvas, loc = context.canvas, context.loc
    if len(bases) > 1 and canvas.width < grid_layout.NARROW * canvas.zoom.factor:
        return [loc.short("base", base) for base in bases]
    return [loc.share(base) for base in bases]


@dataclass(frozen=True, slots=True)
class _HeatCells:
    """Cells that hold one coloured rectangle for each series of their panel."""

    context: ChartContext
    columns: tuple[Column, ...]
    """Of all panels."""
    ramps: Mapping[str, int]
    wide: float
    """Pixels of a rectangle, the same in every panel that has several in a picture, in all on a page."""
    band: range
    """Indices of the panels beside each other."""
    beside: bool
    """Whether the names of the rows stand beside the rectangles, and in the middle of them."""
    narrow: bool = False
    """Whether each panel stands alone on its line."""
    coloured: bool = True
    """Whether a colour stands for each figure."""
    ruled: tuple[int, ...] = ()

    @property
    def _shift(self) -> float:
        """Pixels by which a rectangle is higher than a line of a name, above and below."""
        px = self.context.canvas.px
        name = NOTE if self.narrow else NAME
        return (px(TALL) - px(name * LEADING)) / 2 if self.beside else 0.0

    def head_height(self, panels: Sequence[Panel]) -> float:
        """The tallest name of a series."""
        canvas = self.context.canvas
        named = (
            self._head(panel, header, right - left)
            for panel in panels
            for header, left, right in self._series(self._column(panel), panel)
        )
        lines = max(map(len, named), default=1)
        return canvas.px(NOTE * LEADING) * lines + canvas.px(4)

    def _head(self, panel: Panel, header: Header, wide: float) -> list[str]:
        """The lines of the name of a series, and of the period that its figures in the panel share."""
        section, canvas, loc = self.context.section, self.context.canvas, self.context.loc
        size, room = canvas.px(NOTE), wide - APART
        period = series_period(section, section.values_of(panel), loc, header)
        name = wrap(loc.header(header), size, room, lines=HEAD_LINES)
        return name + (wrap(period, size, room, lines=HEAD_LINES) if period else [])

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """The names of the series, and of respondents the period."""
        canvas = self.context.canvas
        step = canvas.px(NOTE * LEADING)
        for header, left, right in self._series(column, panel):
            for at, line in enumerate(self._head(panel, header, right - left)):
                middle = (left + right) / 2
                canvas.text(middle, y + step * (at + 0.5), line, NOTE, QUIET, anchor="center")

    def heading_end(self, column: Column, panel: Panel) -> float:
        """At the end of its rectangles."""
        return column.zero + len(panel.series) * self._wide(column, panel)

    def _column(self, panel: Panel) -> Column:
        return self.columns[self.context.section.panels.index(panel)]

    def _wide(self, column: Column, panel: Panel) -> float:
        """Pixels of a rectangle of a panel: in a picture one that stands alone is as wide as the heading over it."""
        if self.narrow or not self.context.in_picture:
            return self.wide
        return max(self.wide, column.room) if len(panel.series) == 1 else self.wide

    def of_all(self, panel: Panel) -> str:
        """Nothing: each column has the name of its series."""
        return ""

    def notes(self, panels: range, row: int) -> str:
        """What differs from the headings, as bars say it."""
        section, loc = self.context.section, self.context.loc
        period = not dated(section.rows[row])
        return said(
            loc,
            [
                Differing(
                    section.panels[panel].header,
                    series_of(section, value),
                    differing(loc, section, panels, row, value, dated=period),
                )
                for panel in panels
                for value in section.rows[row].cells[panel].values
            ],
        )

    def height(self, spot: Spot, panel: Panel, cell: Cell) -> float:
        """As many rectangles as the series with most figures has."""
        most = max(
            (len(values) for values in by_series(self.context.section, cell).values()), default=1
        )
        return self._tall(spot) * most - 2 * self._shift

    def _tall(self, spot: Spot) -> float:
        """Pixels of a rectangle of a row."""
        return self.context.canvas.px(TALL + (DATED if self._dated(spot) else 0))

    def _dated(self, spot: Spot) -> bool:
        """Whether a period stands at each figure of a row: no heading says that of one of them."""
        section, loc = self.context.section, self.context.loc
        row = section.rows[spot.row]
        beside = (value for at in self.band for value in row.cells[at].values)
        return dated(row) and any(own_period(loc, section.values, each) for each in beside)

    def dash(self, spot: Spot, panel: Panel, y: float) -> None:
        """A dash in the place of each series."""
        self._blanks(spot, panel, {}, y - self._shift, self._stretched(spot, 1))

    def below_base(self, panel: Panel, ends: tuple[float, float], y: float, text: float) -> float:
        """The ramp of the base, in a picture where it stands first; of a panel alone on its line at the end of that."""
        context, (left, right) = self.context, ends
        if not self.coloured:
            return y
        ramp, wide = self._ramp(panel), heat_ramp.wide(context)
        before = context.section.panels[: context.section.panels.index(panel)]
        if context.in_picture and ramp in map(self._ramp, before):
            return y
        if self.narrow and text + context.canvas.px(GAP) + wide <= right - left:
            line = context.canvas.px(NOTE * LEADING)
            heat_ramp.draw(context, ramp, right - wide, wide, y - line)
            return y
        return heat_ramp.draw(context, ramp, left, right - left, y)

    def _ramp(self, panel: Panel) -> int:
        return self.ramps[panel.base]

    def draw(self, spot: Spot, panel: Panel, cell: Cell, y: float) -> None:
        """Rectangles, one below the other of a series with several figures."""
        found = by_series(self.context.section, cell)
        most = max(map(len, found.values()), default=1)
        tall = self._stretched(spot, most)
        for header, left, right in self._series(spot.column, panel):
            for at, value in enumerate(found.get(header, ())):
                top = y - self._shift + tall * at
                self._value(spot, Box(left, top, right, top + tall, GROUND), value, header)
        self._blanks(spot, panel, found, y - self._shift, tall)

    def _stretched(self, spot: Spot, most: int) -> float:
        """Pixels of a rectangle of which ``most`` stand below each other: coloured ones are as high as their row, what stands below
        the name of that included."""
        row = spot.tall + 2 * self._shift if self.coloured else 0.0
        return max(self._tall(spot), row / most)

    def _blanks(
        self,
        spot: Spot,
        panel: Panel,
        found: Mapping[Header, list[Value]],
        top: float,
        tall: float,
    ) -> None:
        """A dash for each series that has no figure, here or elsewhere; a letter where it is withheld."""
        canvas, section = self.context.canvas, self.context.section
        row, middle = section.rows[spot.row], top + tall / 2
        for header, left, right in self._series(spot.column, panel):
            if not (header in found or stands_elsewhere(section, row, spot.panel, header)):
                x, half = (left + right) / 2, canvas.px(DASH) / 2
                if row.cells[spot.panel].is_withheld(header):
                    canvas.text(x, middle, WITHHELD, NOTE, QUIET, anchor="center")
                    continue
                canvas.rule(x - half, middle, x + half, middle, FAINT)

    def _series(self, column: Column, panel: Panel) -> list[tuple[Header, float, float]]:
        """(series, left, right) of each rectangle of a row."""
        return [
            (header, column.zero + at * wide, column.zero + (at + 1) * wide)
            for wide in [self._wide(column, panel)]
            for at, header in enumerate(panel.series)
        ]

    def _value(self, spot: Spot, place: Box, value: Value, header: Header) -> None:
        canvas, loc, row = self.context.canvas, self.context.loc, value.observation
        fill = Heat(row.value, self.ramps[row.base]) if self.coloured else GROUND
        outline = Toned(fill) if self.coloured and row.qualifier != "exact" else None
        x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
        inner = Box(place.left + 1, place.top + 1, place.right - 1, place.bottom - 1, fill, outline)
        canvas.mark(
            Mark(
                position=row.position,
                percent=row.value,
                spoken=spoken(loc, value),
                panel=spot.panel,
                row=spot.row,
                series=loc.header(header),
                colour=fill,
                x=x,
                y=y,
                shape=Tile(inner),
            )
        )
        room, ink = place.right - place.left, InkOn(fill) if self.coloured else INK
        shown = brief(loc, value)
        if canvas.text_width(shown, NOTE) > room:
            shown = "".join(shown.split())
        size = NAME if canvas.text_width(shown, NAME) <= room - 2 * PAD else NOTE
        said = loc.short_period(value.survey)
        period = self._dated(spot)
        # One that has no room is said in the heading of its panel.
        period = period and canvas.text_width(said, NOTE) <= room - PAD
        apart = canvas.px(DATED) / 2 if period else 0.0
        self._figure(x, y - apart, shown, size, ink)
        if period:
            quiet = ink if self.coloured else QUIET
            canvas.text(x, y + apart + canvas.px(1), said, NOTE, quiet, anchor="center")

    def _figure(self, x: float, y: float, shown: str, size: float, ink: Role) -> None:
        """A figure in the middle of its rectangle; one without colour in bold, its digits in line with those below it."""
        canvas = self.context.canvas
        if self.coloured:
            canvas.text(x, y, shown, size, ink, anchor="center")
            return
        half = canvas.text_width(self.context.loc.percent(99), size, bold=True) / 2
        canvas.runs(x + half, y, (Run(shown, bold=True),), size, ink, anchor="right", inset=0)
