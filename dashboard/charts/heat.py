"""Heat table: one coloured cell per series with the figure in it, a ramp for each base.

Respondents have a panel for each base; elsewhere a cell that is a share of something else than its heading says has the ramp of that
and says what, or its row does where it has no room. A dash stands where there is no figure, but for rows under a heading that says whose
they are.
On a narrow canvas respondents stand as ``heat_narrow`` has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts import grid, grid_layout, heat_narrow, heat_ramp
from dashboard.charts.canvas import INSET, LEADING
from dashboard.charts.chart import ABOVE_PHONE, BROAD, Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.editions_together import dated, together
from dashboard.charts.grid_band import Spot
from dashboard.charts.grid_layout import Layout
from dashboard.charts.headings import own_period, row_name
from dashboard.charts.heat_cells import APART, BOUNDS, HeatCells
from dashboard.charts.heat_columns import Placing, parted, placed
from dashboard.charts.labels import NAME, NOTE
from dashboard.charts.nowhere import by_series, empty
from dashboard.charts.ramps import ramps, unheaded
from dashboard.charts.text import wrap
from dashboard.comparability import SmallBaseThresholds
from dashboard.messages import gettext_noop
from dashboard.query import Row, Section
from dashboard.selection import Selection
from dashboard.text import Localizer
from dashboard.text.key import Entry, no_figure, walls

WIDEST = 220
"""Pixels (at scale 1) of a rectangle at most."""
PHONE, TABLET = (3, 4), 7
"""Columns that have room beside each other on a telephone, and on a page that is wider and yet narrow."""
BESIDE = 80
"""Pixels (at scale 1) that the name of a ramp has beside it at least; with less it stands below."""


class HeatTable(Chart):
    """Coloured cells."""

    name = "heat"
    wording = "either"
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
        if not layout.names and heat_narrow.takes(context.section):
            return heat_narrow.draw(context, y, coloured=self.coloured)
        for band in layout.bands:
            usual = columns[band.start]
            # On a narrow canvas each panel has its own, under headings that hold for the next ones too.
            narrow, names = not layout.names, layout.names or usual.zero
            cells = HeatCells(
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
            cells = replace(cells, least=_alike(context, of_band, cells))
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

    def key(
        self,
        loc: Localizer,
        section: Section,
        selection: Selection,
        thresholds: SmallBaseThresholds,
    ) -> tuple[Entry, ...]:
        """As of every chart, with what the colours beside a figure are and what parts columns; of rows as they are drawn."""
        section = section if selection.comparable else together(section)
        found = super().key(loc, section, selection, thresholds)
        told = self.note_on_marks(loc, section).removesuffix(".")
        bound = [Entry("bound", told[:1].lower() + told[1:])] if told else []
        at = next((at for at, each in enumerate(found) if each.sign == "blank"), len(found))
        least = _least_dashed(section)
        blank = [
            replace(each, least=least) if each.sign == "blank" else each for each in found[at:]
        ]
        if least < BROAD and at == len(found):
            blank = [Entry("blank", no_figure(loc), slim=True)]
        parted = walls(loc, section)
        return (*found[:at], *bound, *blank, *([Entry("wall", parted, BROAD)] if parted else []))

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What the colours beside a figure are; blank where none is over or under something."""
        bounded = any(value.observation.qualifier in BOUNDS for value in section.values)
        return loc.t("Over, under: all colours it may have.") if self.coloured and bounded else ""

    def has_dashes(self, section: Section, *, withheld: bool = False) -> bool:
        """Whether a series has no figure anywhere, because it is withheld or for another reason."""
        return empty(section, withheld=withheld)


def _least_dashed(section: Section) -> int:
    """Pixels of the narrowest chart in which a dash stands, as the key counts them; where none does on a narrow page, of a wide one."""
    if _has_dashes_on_phone(section):
        return 0
    tablet = heat_narrow.takes(section) and heat_narrow.has_dashes(section, TABLET)
    return ABOVE_PHONE if tablet else BROAD


def _has_dashes_on_phone(section: Section) -> bool:
    """Whether a dash stands in a chart that is as wide as a telephone."""
    if heat_narrow.takes(section):
        return any(heat_narrow.has_dashes(section, columns) for columns in PHONE)
    return any(
        _is_dashed(section, row, panel)
        for row in section.rows
        for panel in range(len(section.panels))
    )


def _is_dashed(section: Section, row: Row, panel: int) -> bool:
    """Whether a row with figures of a panel that stands alone has a dash there: for a series of which it has none, and which is not
    withheld."""
    held = by_series(section, cell := row.cells[panel])
    series = section.panels[panel].series
    return bool(held) and any(not (each in held or cell.is_withheld(each)) for each in series)


def _alike(context: ChartContext, of: Layout, cells: HeatCells) -> float:
    """Pixels of what each row of a band holds, so that all are equally high as far as their names take few lines; 0 where rows are
    not even, and where names stand over the rectangles."""
    canvas, section, band = context.canvas, context.section, of.bands[0]
    if not (context.even and of.names):
        return 0.0
    room, tallest = of.names - canvas.px(12), 0.0
    for at, row in enumerate(section.rows):
        values = [value for index in band for value in row.cells[index].values]
        if values:
            name, quiet = row_name(context.loc, section, row, values, cells.notes(band, at))
            label = canvas.measure(name, room, of.name) + canvas.measure(quiet, room, NOTE)
            places = ((Spot(cells.columns[each], each, at), row.cells[each]) for each in band)
            body = (cells.height(spot, section.panels[spot.panel], cell) for spot, cell in places)
            tallest = max(tallest, label, *body)
    return min(tallest, canvas.px(context.even * of.name * LEADING))


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
    headed = len(context.section.panels) > 1 or not context.in_picture
    if len(found) == 1 and names and headed:
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
