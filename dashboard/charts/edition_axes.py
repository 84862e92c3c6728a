"""The axes of a plot of a change over editions: percentages over level lines, the periods of the editions under it.

A percentage stands on the line that it names, at the left end, so that the plot is as wide as its panel lets it be.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.canvas import INSET, LEADING
from dashboard.charts.clearance import Area, Stroke
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import LETTERS, MARK, TYPE
from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.roles import GRID, QUIET
from dashboard.charts.years import Plot

_ABOVE = 8.5
"""Pixels (at scale 1) from a level line to the middle of its percentage."""
_TALL = 200
"""Pixels (at scale 1) from which a plot has a line every 25 percent."""


def inset(context: ChartContext) -> float:
    """Pixels left of the first year of a plot: room for percentages, clear of the first marks."""
    canvas = context.canvas
    return INSET + canvas.text_width(context.loc.percent(100), TYPE) + canvas.px(MARK / 2 + 3)


def percentages(context: ChartContext, plot: Plot) -> dict[int, Area]:
    """Percent -> the ground of its text, for every line that percentages are read by."""
    canvas = context.canvas
    step = 25 if plot.tall >= canvas.px(_TALL) else 50
    return {
        percent: Area.around(
            plot.left + INSET + canvas.text_width(context.loc.percent(percent), TYPE) / 2,
            plot.down(percent) - canvas.px(_ABOVE),
            canvas.text_width(context.loc.percent(percent), TYPE),
            canvas.px(TYPE * LETTERS),
        )
        for percent in range(0, 101, step)
    }


def levels(context: ChartContext, plot: Plot) -> list[Stroke]:
    """The lines that percentages are read by."""
    return [((plot.left, y), (plot.right, y)) for y in map(plot.down, percentages(context, plot))]


def write_percentages(context: ChartContext, plot: Plot) -> None:
    """Percentages, and the level lines under them."""
    canvas = context.canvas
    placed = percentages(context, plot)
    for percent, area in placed.items():
        canvas.text(plot.left, area.middle[1], context.loc.percent(percent), TYPE, QUIET)
    canvas.levels(map(plot.down, placed), plot.left, plot.right)


def write_periods(context: ChartContext, panel: LinePanel, plot: Plot, right: float) -> float:
    """The periods of the editions under a plot, on two lines where they stand close; where that is too much, single years.

    They reach to pixel ``right`` at most. Returns the y below.
    """
    canvas, loc = context.canvas, context.loc
    periods = {
        loc.short_period(value.survey): year for line in panel.lines for year, value in line.values
    }
    placed = _levels(context, plot, right, periods)
    if placed is None:
        first, last = plot.timeline.first, plot.timeline.last
        every = next(step for step in (1, 2, 4, 5, 10, 20, 50, 1000) if (last - first) / step < 6)
        years = range(int(-(-first // every)) * every, int(last) + 1, every)
        placed = _levels(context, plot, right, {str(year): float(year) for year in years}) or []
    for x, middle, level, name in placed:
        canvas.rule(x, plot.bottom, x, plot.bottom + canvas.px(4), GRID)
        y = plot.bottom + canvas.px(13 + TYPE * LEADING * level)
        canvas.text(middle, y, name, TYPE, QUIET, anchor="center")
    lowest = max((level for _, _, level, _ in placed), default=0)
    return plot.bottom + canvas.px(21 + TYPE * LEADING * lowest)


def _levels(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[tuple[float, float, int, str]] | None:
    """(x of the year, x of the middle of its name, line of type, name) of each; None where two lines have no room for all."""
    canvas = context.canvas
    placed, reached = [], [float("-inf")] * 2
    for name, year in sorted(names.items(), key=lambda each: each[1]):
        x, half = plot.across(year), canvas.text_width(name, TYPE) / 2
        middle = max(plot.left + INSET + half, min(x, right - half))
        level = next((at for at, end in enumerate(reached) if middle - half > end), None)
        if level is None:
            return None
        placed.append((x, middle, level, name))
        reached[level] = middle + half + canvas.px(6)
    return placed
