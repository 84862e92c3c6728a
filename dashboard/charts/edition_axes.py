"""The axes of a plot of a change over editions: percentages over level lines, the periods of the editions under it.

A percentage stands left of the line that it names, on its height, where no mark or figure does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import ceil

from dashboard.charts.canvas import INSET
from dashboard.charts.clearance import Area, Stroke
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import LETTERS, MARK, TYPE
from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.end_labels import EndLabel, moved_apart
from dashboard.charts.roles import GRID, QUIET
from dashboard.charts.years import Plot
from dashboard.dataset import Survey

Periods = Callable[[Survey], str]
"""How the period of an edition is written."""
_BETWEEN = 6
"""Pixels (at scale 1) between two periods."""
_NEAR, _FAR = 0.4, 1.0
"""Share of half its width that a period stands off its tick, where it could be written shorter, and at most."""
_GAP = 3
"""Pixels (at scale 1) from a percentage to its line."""
_LIFTED = 2.5
"""Pixels (at scale 1) that "0%" stands higher, clear of the periods."""
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
    # They end where the lines begin.
    right = plot.left + INSET + canvas.text_width(context.loc.percent(100), TYPE)
    return {
        percent: Area.around(
            right - canvas.text_width(context.loc.percent(percent), TYPE) / 2,
            plot.down(percent) - (0.0 if percent else canvas.px(_LIFTED)),
            canvas.text_width(context.loc.percent(percent), TYPE),
            canvas.px(TYPE * LETTERS),
        )
        for percent in range(0, 101, step)
    }


def levels(context: ChartContext, plot: Plot, end: float) -> list[Stroke]:
    """The lines that percentages are read by, which reach to pixel ``end``."""
    return [((plot.left, y), (end, y)) for y in map(plot.down, percentages(context, plot))]


def write_percentages(context: ChartContext, plot: Plot, end: float) -> None:
    """Percentages, and the level lines behind them, which reach to pixel ``end``."""
    canvas = context.canvas
    placed = percentages(context, plot)
    for percent, area in placed.items():
        name = context.loc.percent(percent)
        canvas.text(*area.middle, name, TYPE, QUIET, anchor="center")
    start = max(area.right for area in placed.values()) + canvas.px(_GAP)
    canvas.levels(map(plot.down, placed), start, end)


def name_periods(
    context: ChartContext, panels: Sequence[LinePanel], plot: Plot, right: float
) -> Periods:
    """How periods are written under all panels: in full if that leaves each near its tick, else in fewer letters.

    ``plot`` is that of a panel at the left edge, which reaches to pixel ``right``.
    """
    loc = context.loc
    wordings: tuple[Periods, ...] = (loc.short_period, loc.tick, partial(loc.tick, brief=True))
    for wording in wordings:
        placed = (_placed(context, plot, right, _of(panel, wording)) for panel in panels)
        if all(_are_near(context, each, _NEAR) for each in placed):
            return wording
    return wordings[-1]


def write_periods(
    context: ChartContext, panel: LinePanel, plot: Plot, right: float, wording: Periods
) -> float:
    """The periods of the editions under a plot, in one line and each over its tick; where that is too much, single years.

    They reach to pixel ``right`` at most. Returns the y below.
    """
    canvas = context.canvas
    placed = _placed(context, plot, right, _of(panel, wording))
    if not _are_near(context, placed, _FAR):
        first, last = plot.timeline.first, plot.timeline.last
        every = next(step for step in (1, 2, 4, 5, 10, 20, 50, 1000) if (last - first) / step < 4)
        years = range(int(-(-first // every)) * every, int(last) + 1, every)
        placed = _placed(context, plot, right, {str(year): float(year) for year in years})
    for x, middle, name in placed:
        canvas.rule(x, plot.bottom, x, plot.bottom + canvas.px(4), GRID)
        canvas.text(middle, plot.bottom + canvas.px(13), name, TYPE, QUIET, anchor="center")
    return plot.bottom + canvas.px(21)


def _of(panel: LinePanel, wording: Periods) -> dict[str, float]:
    """Period -> year of its place."""
    return {wording(value.survey): year for line in panel.lines for year, value in line.values}


def _placed(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[tuple[float, float, str]]:
    """(x of the year, x of the middle of its name, name) of each, the names moved as little as keeps them clear of each other."""
    canvas, gap = context.canvas, context.canvas.px(_BETWEEN)
    ordered = sorted((plot.across(year), name) for name, year in names.items())
    wide = [ceil(canvas.text_width(name, TYPE) + gap) for _, name in ordered]
    labels = [
        EndLabel(x - each / 2 + 0.5, each) for (x, _), each in zip(ordered, wide, strict=True)
    ]
    # A pixel is a line of labels that stand beside each other.
    starts = moved_apart(labels, 1.0, plot.left + INSET - gap / 2, right + gap / 2)
    return [
        (x, start - 0.5 + each / 2, name)
        for (x, name), start, each in zip(ordered, starts, wide, strict=True)
    ]


def _are_near(
    context: ChartContext, placed: Sequence[tuple[float, float, str]], most: float
) -> bool:
    """Whether each name stands over its tick, its middle no further off than ``most`` of half its width."""
    return all(
        abs(middle - x) <= most * context.canvas.text_width(name, TYPE) / 2
        for x, middle, name in placed
    )
