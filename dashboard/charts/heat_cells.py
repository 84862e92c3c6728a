"""The cells of a heat table: a rectangle for each series of their panel, with the figure in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from dashboard.charts import heat_ramp
from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Box, Mark, Run, Tile
from dashboard.charts.editions_together import dated
from dashboard.charts.grid_band import Spot
from dashboard.charts.grid_layout import Column
from dashboard.charts.headings import own_period
from dashboard.charts.labels import NAME, NOTE, brief, figure, spoken
from dashboard.charts.names import series_period
from dashboard.charts.notes import Differing, differing, said
from dashboard.charts.nowhere import by_series
from dashboard.charts.percent_cells import DASH, WITHHELD
from dashboard.charts.roles import GROUND, INK, QUIET, Heat, InkOn, Toned
from dashboard.charts.series import series_of
from dashboard.charts.text import wrap
from dashboard.dataset.types import Qualifier
from dashboard.query import Cell, Header, Panel, Value
from dashboard.text.wording import SIGNS

TALL, HEAD_LINES = 26, 3
"""Pixels (at scale 1) of a rectangle, and lines of the name of a series at most."""
CAPTION = 13
"""Pixels (at scale 1) by which a rectangle is taller that says a period or a base under its figure."""
PAD = 2
"""Pixels between a figure and the edge of its rectangle."""
APART, GAP = 4, 12
"""Pixels between the names of neighbouring series, and between a base and the ramp beside it."""

FLAT, STEPS = 0.58, 14
"""Share of a rectangle that has the colour of a figure that is over or under something, unless that needs more, and pixels (at scale 1)
of the colours that it may have besides, at least."""
BOUNDS: Mapping[Qualifier, Callable[[float], tuple[float, float]]] = MappingProxyType(
    {"over": lambda percent: (percent, 100.0), "under": lambda percent: (0.0, percent)}
)
"""The percentages that such a figure may be, from the least to the greatest."""


class Caption(NamedTuple):
    """What stands under a figure, and whether that says what it is a share of."""

    text: str
    based: bool


@dataclass(frozen=True)
class HeatCells:
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
    by_column: bool = False
    """Whether each series has a heading of its own with the period that its figures share; else each says its own."""
    least: float = 0.0
    """Pixels of what a row holds, at least."""
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
        period = not (self.by_column or dated(section.rows[row]))

        def untold(panel: int, value: Value) -> str:
            based = not self._caption(panel, row, value).based
            return differing(loc, section, panels, row, value, dated=period, based=based)

        return said(
            loc,
            [
                Differing(
                    section.panels[panel].header, series_of(section, value), untold(panel, value)
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
        return max(self._tall(spot) * most - 2 * self._shift, self.least)

    def _tall(self, spot: Spot) -> float:
        """Pixels of a rectangle of a row: taller where something stands under a figure of it."""
        cells = self.context.section.rows[spot.row].cells
        captioned = any(
            self._caption(panel, spot.row, value).text
            for panel in self.band
            for value in cells[panel].values
        )
        return self.context.canvas.px(TALL + (CAPTION if captioned else 0))

    @cached_property
    def _captions(self) -> dict[tuple[int, int, int], Caption]:
        """(panel, row, position) -> what stands under the figure."""
        section, loc = self.context.section, self.context.loc
        found = dict[tuple[int, int, int], Caption]()
        for at, row in enumerate(section.rows):
            beside = [(panel, value) for panel in self.band for value in row.cells[panel].values]
            # A period stands at each figure of a row where no heading says that of one of them.
            untold = dated(row) and any(own_period(loc, section.values, v) for _, v in beside)
            for panel, value in beside:
                if self.by_column:
                    untold = bool(own_period(loc, section.values_of(section.panels[panel]), value))
                period = loc.short_period(value.survey) if untold else ""
                found[panel, at, value.observation.position] = self._captioned(panel, value, period)
        return found

    def _caption(self, panel: int, row: int, value: Value) -> Caption:
        return self._captions[panel, row, value.observation.position]

    def _captioned(self, panel: int, value: Value, period: str) -> Caption:
        """What stands under a figure: what it is a share of where the heading of its panel says another base, its ``period``; as much
        as has room. A base that has none is said under the name of the row, a period in the heading."""
        context, loc = self.context, self.context.loc
        headed, base = context.section.panels[panel], value.observation.base
        names = () if self.narrow or base == headed.base else (loc.label, loc.short)
        shares = [loc.t("of {base}").format(base=name("base", base)) for name in names]
        tried = [
            Caption(", ".join(filter(None, (share, period))), bool(share))
            for share in (*shares, "")
        ]
        if not tried[0].text:
            return tried[0]
        room = self._wide(self.columns[panel], headed) - PAD
        fits = (each for each in tried if context.canvas.text_width(each.text, NOTE) <= room)
        return next(fits, Caption("", False))

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
        """A dash for each series that has no figure; a letter where it is withheld."""
        canvas, section = self.context.canvas, self.context.section
        row, middle = section.rows[spot.row], top + tall / 2
        for header, left, right in self._series(spot.column, panel):
            if header not in found:
                x, half = (left + right) / 2, canvas.px(DASH) / 2
                if row.cells[spot.panel].is_withheld(header):
                    canvas.text(x, middle, WITHHELD, NOTE, QUIET, anchor="center")
                    continue
                canvas.rule(x - half, middle, x + half, middle, QUIET)

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
        place = Box(place.left + 1, place.top + 1, place.right - 1, place.bottom - 1, fill)
        caption = self._caption(spot.panel, spot.row, value).text
        shown, size = self._shown(value, place.right - place.left)
        wide = max(canvas.text_width(shown, size), canvas.text_width(caption, NOTE))
        inner = self._filled(place, value, wide) if self.coloured else place
        x, y = _middle(place, inner, wide), (inner.top + inner.bottom) / 2
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
        ink = InkOn(inner.fill) if self.coloured else INK
        apart = canvas.px(CAPTION) / 2 if caption else 0.0
        if self.coloured:
            canvas.text(x, y - apart, shown, size, ink, anchor="center")
        else:
            end = x + self._half(spot.panel, header) * size / NAME
            canvas.runs(end, y - apart, (Run(shown, True),), size, anchor="right", inset=0)
        if caption:
            quiet = ink if self.coloured else QUIET
            canvas.text(x, y + apart + canvas.px(1), caption, NOTE, quiet, anchor="center")

    def _shown(self, value: Value, room: float) -> tuple[str, float]:
        """A figure as it is written in ``room`` pixels, and its size of type."""
        canvas, loc = self.context.canvas, self.context.loc
        if value.observation.qualifier != "exact" and self._worded:
            return figure(loc, value), NAME
        shown = brief(loc, value)
        canvas.has_signs |= value.observation.qualifier in SIGNS
        if canvas.text_width(shown, NOTE) > room:
            shown = "".join(shown.split())
        return shown, NAME if canvas.text_width(shown, NAME) <= room - 2 * PAD else NOTE

    @cached_property
    def _worded(self) -> bool:
        """Whether about, over and under have room as words in every rectangle of the chart; else each is a sign."""
        section = self.context.section
        return all(
            self._holds_words(value, self._wide(self.columns[at], panel) - 2)
            for at, panel in enumerate(section.panels)
            for value in section.values_of(panel)
            if value.observation.qualifier != "exact"
        )

    def _holds_words(self, value: Value, room: float) -> bool:
        """Whether a figure has its words in ``room`` pixels, beside all colours that it may have."""
        canvas, shown = self.context.canvas, figure(self.context.loc, value)
        wide = canvas.text_width(shown, NAME, bold=not self.coloured) + 2 * PAD
        bounded = self.coloured and value.observation.qualifier in BOUNDS
        return wide + (canvas.px(STEPS) + 2 * PAD if bounded else 0.0) <= room

    def _half(self, panel: int, header: Header) -> float:
        """Pixels from the middle of rectangles without colour to where their figures end: one in words stands in the middle."""
        loc, section, canvas = self.context.loc, self.context.section, self.context.canvas
        worded = (
            figure(loc, value)
            for value in section.values_of(section.panels[panel])
            if self._worded
            and value.observation.qualifier != "exact"
            and series_of(section, value) == header
        )
        shown = (loc.percent(99), *worded)
        return max(canvas.text_width(each, NAME, bold=True) for each in shown) / 2

    def _filled(self, place: Box, value: Value, wide: float) -> Box:
        """What is filled of a rectangle with the colour of its figure: of one that is over or under something the part in which that
        stands, ``wide`` pixels; the rest has the colours of all else that it may be."""
        canvas, row, fill = self.context.canvas, value.observation, place.fill
        if row.qualifier == "exact":
            return place
        span = BOUNDS.get(row.qualifier)
        if not span:
            return replace(place, outline=Toned(fill))
        left, right, top, bottom = place.left, place.right, place.top, place.bottom
        room = right - left
        flat = min(max(room * FLAT, wide + 4 * PAD), room - canvas.px(STEPS))
        flat = max(flat, min(wide, room - PAD))
        over = row.qualifier == "over"
        inner = replace(place, right=left + flat) if over else replace(place, left=right - flat)
        ends = (inner.right, right) if over else (left, inner.left)
        steps = Box(ends[0], top, ends[1], bottom, GROUND)
        heat_ramp.colours(self.context, self.ramps[row.base], steps, *span(row.value))
        for x in (left, right):
            canvas.rule(x, top, x, bottom, Toned(fill))
        for y in (top, bottom):
            canvas.rule(left, y, right, y, Toned(fill))
        return inner


def _middle(place: Box, inner: Box, wide: float) -> float:
    """Pixel of the middle of a text ``wide`` pixels wide in the part of a rectangle that it stands in, or that begins at its edge."""
    half = max(inner.right - inner.left, wide) / 2
    return place.left + half if inner.left == place.left else place.right - half
