"""The axes of a plot of a change over editions: percentages at its left, the periods of the editions under it."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.canvas import LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import TYPE
from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.roles import GRID, QUIET
from dashboard.charts.years import Plot


def write_percentages(context: ChartContext, plot: Plot) -> None:
    """Percentages at the left, and level lines that they are read by."""
    canvas = context.canvas
    levels = [plot.down(percent) for percent in (0, 25, 50, 75, 100)]
    canvas.levels(levels, plot.left, plot.right)
    for percent in (0, 50, 100):
        canvas.text(
            plot.left - canvas.px(4),
            plot.down(percent),
            context.loc.percent(percent),
            TYPE,
            QUIET,
            anchor="right",
        )


def write_periods(context: ChartContext, panel: LinePanel, plot: Plot) -> float:
    """The periods of the editions under a plot, on two lines where they stand close; where that is too much, single years.

    Returns the y below.
    """
    canvas, loc = context.canvas, context.loc
    periods = {
        loc.short_period(value.survey): year for line in panel.lines for year, value in line.values
    }
    placed = _levels(context, plot, periods)
    if placed is None:
        first, last = plot.timeline.first, plot.timeline.last
        every = next(step for step in (1, 2, 4, 5, 10, 20, 50, 1000) if (last - first) / step < 6)
        years = range(int(-(-first // every)) * every, int(last) + 1, every)
        placed = _levels(context, plot, {str(year): float(year) for year in years}) or []
    for x, level, name in placed:
        canvas.rule(x, plot.bottom, x, plot.bottom + canvas.px(4), GRID)
        y = plot.bottom + canvas.px(13 + TYPE * LEADING * level)
        canvas.text(x, y, name, TYPE, QUIET, anchor="center")
    lowest = max((level for _, level, _ in placed), default=0)
    return plot.bottom + canvas.px(24 + TYPE * LEADING * lowest)


def _levels(
    context: ChartContext, plot: Plot, names: Mapping[str, float]
) -> list[tuple[float, int, str]] | None:
    """(x, line of type, name) of each; None where two lines have no room for all."""
    canvas = context.canvas
    placed, reached = [], [float("-inf")] * 2
    for name, year in sorted(names.items(), key=lambda each: each[1]):
        x, half = plot.across(year), canvas.text_width(name, TYPE) / 2
        level = next((at for at, end in enumerate(reached) if x - half > end), None)
        if level is None:
            return None
        placed.append((x, level, name))
        reached[level] = x + half + canvas.px(6)
    return placed
