"""Bars: one a figure, with its interval."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from dashboard.charts import cells, grid, grid_layout, label_fit, remainders, told
from dashboard.charts.canvas import Canvas
from dashboard.charts.cells import Place
from dashboard.charts.chart import Chart, Sample
from dashboard.charts.context import ChartContext, Scale
from dashboard.charts.drawing import Bar, Dash, Hatch, Mark, Point, Symbol
from dashboard.charts.grid_layout import Column, Layout
from dashboard.charts.labels import NOTE
from dashboard.charts.roles import GROUND, INK, QUIET, InkOn, Role, Tint
from dashboard.charts.series import series_of, series_role
from dashboard.messages import gettext_noop
from dashboard.query import Header, Population, Section, Value
from dashboard.text import Localizer, breaks, key

_THICKNESS = 0.7
"""Of the height of a value."""
_NEARER = 6
"""Pixels (at scale 1) by which what is said below a chart stands nearer to it than another would."""
_EDGE, _WHISKER, _CAP = 3.2, 1.4, 3.5
"""Pixels: the light edge of an interval on a hatched bar and an interval itself; its caps at scale 1."""


class _Placed(NamedTuple):
    """A section with its panels in their places, and how their labels are written."""

    context: ChartContext
    layout: Layout
    fit: label_fit.LabelFit


class ValueChart(Chart):
    """One mark a figure in a grid of panels and rows."""

    wording = "either"
    draws_intervals = True
    draws_dashes = True
    holds_names = False
    figures_at_marks = False
    """Whether figures stand behind their marks on a page too, not in a column before them."""
    parts_bases = True
    parts_sectors = True
    has_lanes = False
    """Whether a line leads from 0 percent to each mark."""
    sorts = ("value", "published", "name")

    def draw(self, context: ChartContext, y: float) -> float:
        """Panels, in which the series are named at their first marks; returns the y below."""
        context, layout, fitted = self._placed(context)
        hundred = fitted.percent_room
        if context.scale:
            hundred = min(hundred, context.scale.hundred)
        columns = grid_layout.columns(context, layout, hundred, fitted.beside, fitted.before)
        below = grid.draw(
            context,
            y,
            replace(layout, bare=label_fit.bare(context, fitted)),
            columns,
            cells.ValueCells(context, layout.bands, fitted, columns[0], self),
        )
        return _bounds(context, below) if fitted.beside else below

    def scale(self, context: ChartContext) -> Scale | None:
        """What its figures and 0 to 100 percent take by themselves."""
        _, _, fitted = self._placed(context)
        return Scale(fitted.before, fitted.percent_room, answers=int(fitted.beside > 0))

    def _placed(self, context: ChartContext) -> _Placed:
        """The panels and their labels."""
        # A picture has no room for a column of figures beside its plots.
        at_marks = self.figures_at_marks or context.in_picture
        plain = label_fit.PlainFit(context, self.mark_room(context.canvas), at_marks=at_marks)
        context, layout = remainders.set_apart(context, _with_answers(context, plain))
        return _Placed(context, layout, label_fit.fit_labels(context, layout, plain))

    def has_dashes(self, section: Section, *, withheld: bool = False) -> bool:
        """None where each indicator has its own rows."""
        if grid_layout.in_blocks(section):
            return False
        return super().has_dashes(section, withheld=withheld)

    def dashes_whole_places(self, section: Section) -> bool:
        """Whether a sector of an indicator has no figure of a panel that has one of another."""
        held = told.places(section)
        return section.sectors_apart and any(
            not cell.values and (row.header, at) in held
            for row in section.rows
            for at, cell in enumerate(row.cells)
        )

    def note_on_surveys(self, loc: Localizer, section: Section) -> str:
        """How questions changed between its rows, where they did."""
        return breaks.in_panels(loc, section)

    def shapes(self, loc: Localizer, section: Section) -> tuple[Sample, ...]:
        """One of each sector or group that occurs, where there are several that look unlike."""
        if section.sectors_apart:
            return ()
        found = {series_of(section, value): value for value in section.values}
        populations = [each for each in section.series if each in found]
        if len(populations) < 2 or not isinstance(populations[0], Population):
            return ()
        samples = (
            Sample(
                self.colour(section, each),
                loc.header(each),
                self.symbol(section, each, found[each]),
            )
            for each in populations
        )
        return tuple({sample.name: sample for sample in samples}.values())

    def colour(self, section: Section, header: Header) -> Role:
        """The colour of the marks of a series."""
        return series_role(section, header)

    def symbol(self, section: Section, header: Header, value: Value) -> Symbol | None:
        """The symbol of a value of a series; None for a bar."""
        return None

    @abstractmethod
    def shape(
        self, canvas: Canvas, column: Column, section: Section, value: Value, header: Header
    ) -> Bar | Point:
        """The shape of the mark of a value of a series."""

    def interval(
        self, canvas: Canvas, low: float, high: float, mark: Mark, *, possible: bool
    ) -> None:
        """Draw the interval of a mark from ``low`` to ``high``, in pixels; a ``possible`` range dotted, without caps."""
        self._line(canvas, low, high, mark, mark.colour, possible=possible)

    def _line(
        self,
        canvas: Canvas,
        low: float,
        high: float,
        mark: Mark,
        colour: Role,
        within: tuple[float, Role] | None = None,
        *,
        possible: bool,
    ) -> None:
        dash: Dash = "dot" if possible else "solid"
        cap = 0.0 if possible else canvas.px(_CAP)
        canvas.interval(low, high, mark.y, colour, _WHISKER, cap, within, dash)

    def mark_room(self, canvas: Canvas) -> float:
        """Pixels that a mark takes right of its value."""
        return 0.0

    @abstractmethod
    def before_end(
        self, canvas: Canvas, column: Column, section: Section, value: Value, low: float
    ) -> tuple[Place, float]:
        """Where a name may stand left of a mark's end, whose interval begins at pixel ``low``, and the pixels that it has there."""


def _bounds(context: ChartContext, y: float) -> float:
    """Below a chart with a column of n what a sign of the most says that one can be, where it occurs; returns the y below. A picture
    and a page of one country say so in words of their own."""
    canvas, intervals = context.canvas, context.selection.intervals
    found = (value.evidence.most_answers for value in context.section.values)
    canvas.has_bounds = intervals and any(found)
    if not canvas.has_bounds or context.in_picture or context.introduced:
        return y
    return canvas.block(
        0, y - canvas.px(_NEARER), key.bounds(context.loc), canvas.width, NOTE, QUIET
    )


def _with_answers(context: ChartContext, plain: label_fit.PlainFit) -> Layout:
    """The panels; on a page of rows of sectors, where names have lines enough, with less room for these where n has a column so."""
    layout = partial(grid_layout.layout, context, blocks=True)
    usual = layout()
    told = context.in_picture or context.introduced or not context.section.sectors_apart
    if told or not (usual.names and plain.answers) or plain.of(usual.room).beside:
        return usual
    *shares, least = (layout(share=each) for each in grid_layout.FEWER_NAMES)
    if not plain.of(least.room).beside:
        return usual
    return next((each for each in shares if plain.of(each.room).beside), least)


class Bars(ValueChart):
    """Bars, hatched where a figure is in doubt, outlined where the source says about, over or under."""

    name = "bars"
    label = gettext_noop("Bars")
    holds_names = True

    def shape(
        self, canvas: Canvas, column: Column, section: Section, value: Value, header: Header
    ) -> Bar | Point:
        """A bar from 0 to the value."""
        colour = series_role(section, header)
        worded = value.observation.qualifier != "exact"
        fill = Tint(colour) if worded else colour
        hatched = value.observation.status == "inferred"
        return Bar(
            left=column.zero,
            right=column.at(value.observation.value),
            thickness=cells.value_height(canvas) * _THICKNESS,
            fill=fill,
            edge=colour,
            edge_width=1.5 if worded else 0.0,
            hatch=Hatch("stripes", 5, 0.35, fill) if hatched else None,
        )

    def interval(
        self, canvas: Canvas, low: float, high: float, mark: Mark, *, possible: bool
    ) -> None:
        """In ink, and on the bar in what can be read there; on a hatched one in ink over a light edge."""
        bar = mark.shape
        if not isinstance(bar, Bar) or bar.hatch:
            canvas.interval(low, high, mark.y, GROUND, _EDGE)
            self._line(canvas, low, high, mark, INK, possible=possible)
            return
        within = bar.right, InkOn(bar.fill)
        self._line(canvas, low, high, mark, INK, within, possible=possible)

    def before_end(
        self, canvas: Canvas, column: Column, section: Section, value: Value, low: float
    ) -> tuple[Place, float]:
        """In the bar, at its begin; nowhere in a hatched one."""
        colour, space = series_role(section, series_of(section, value)), canvas.px(label_fit.SPACE)
        ink = INK if value.observation.qualifier != "exact" else InkOn(colour)
        place = Place(column.zero + space, "left", ink)
        hatched = value.observation.status == "inferred"
        return place, 0.0 if hatched else low - column.zero - space - canvas.px(1)
