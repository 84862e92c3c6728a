"""The axes of a plot of a change over editions: percentages over level lines, the periods of the editions under it.

A percentage stands left of the line that it names, on its height, where no mark or figure does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import product
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
_Placed = tuple[float, float, bool, str]
"""x of a year and of the middle of its name, whether that stands in a second line, and the name."""
_BETWEEN = 4
"""Pixels (at scale 1) between two periods."""
_NEAR, _NEAR_OF_TWO = 4, 7
"""Pixels (at scale 1) that a period stands off its tick at most, and where there are two alone, which give way to either side."""
_LEANS = 0.3
"""Of the width of a period, that its middle stands off its tick at most where it would else need a second line."""
_ROW = 13
"""Pixels (at scale 1) from one line of periods to the next."""
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


def outset(context: ChartContext) -> float:
    """Pixels right of the last year."""
    return context.canvas.px(MARK / 2 + 2)


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
    context: ChartContext, plots: Sequence[tuple[LinePanel, Plot]], right: float
) -> Periods:
    """How periods are written under all panels: in full if each has room under its tick in one line, else in fewer letters, the fewest
    also a little off it; where that is too much, in two lines if the picture may grow.

    ``plots`` are as if each panel stood at the left edge and reached to pixel ``right``.
    """
    loc = context.loc
    wordings: tuple[Periods, ...] = (loc.short_period, loc.tick, partial(loc.tick, brief=True))
    tried = [*product((_in_line,), wordings), (_leaning, wordings[-1])]
    if not context.fixed:
        tried += product((_in_two_lines,), wordings)
    for lay, wording in tried:
        if all(lay(context, plot, right, _of(panel, wording)) for panel, plot in plots):
            return wording
    return wordings[-1]


def write_periods(
    context: ChartContext, panel: LinePanel, plot: Plot, right: float, wording: Periods
) -> float:
    """The periods of the editions under a plot, each under its tick, in one line, else in two; where that is too much those of the
    first and the last and of others that have room, or single years. No tick stands without a name.

    They reach to pixel ``right`` at most. Returns the y below.
    """
    canvas = context.canvas
    names = _of(panel, wording)
    lays = (_in_line, _leaning, _in_two_lines, _thinned)
    found = (lay(context, plot, right, names) for lay in lays)
    placed = next(filter(None, found), [])
    if not placed:
        first, last = plot.timeline.first, plot.timeline.last
        every = next(step for step in (1, 2, 4, 5, 10, 20, 50, 1000) if (last - first) / step < 4)
        years = range(int(-(-first // every)) * every, int(last) + 1, every)
        placed = _apart(context, plot, right, {str(year): float(year) for year in years})
    for x, middle, lower, name in placed:
        down = canvas.px(_ROW) if lower else 0.0
        canvas.rule(x, plot.bottom, x, plot.bottom + canvas.px(4) + down, GRID)
        canvas.text(middle, plot.bottom + canvas.px(13) + down, name, TYPE, QUIET, anchor="center")
    lines = any(lower for _, _, lower, _ in placed)
    return plot.bottom + canvas.px(21 + _ROW * lines)


def _of(panel: LinePanel, wording: Periods) -> dict[str, float]:
    """Period -> year of its place."""
    return {wording(value.survey): year for line in panel.lines for year, value in line.values}


def _apart(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[_Placed]:
    """The names in one line, moved as little as keeps them clear of each other."""
    canvas, gap = context.canvas, context.canvas.px(_BETWEEN)
    ordered = sorted((plot.across(year), name) for name, year in names.items())
    wide = [ceil(canvas.text_width(name, TYPE) + gap) for _, name in ordered]
    labels = [
        EndLabel(x - each / 2 + 0.5, each) for (x, _), each in zip(ordered, wide, strict=True)
    ]
    # A pixel is a line of labels that stand beside each other.
    starts = moved_apart(labels, 1.0, plot.left + INSET - gap / 2, right + gap / 2)
    return [
        (x, start - 0.5 + each / 2, False, name)
        for (x, name), start, each in zip(ordered, starts, wide, strict=True)
    ]


def _in_line(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[_Placed]:
    """The names in one line; none where one would stand off its tick."""
    placed = _apart(context, plot, right, names)
    near = context.canvas.px(_NEAR if len(names) > 2 else _NEAR_OF_TWO)
    return placed if all(abs(middle - x) <= near for x, middle, _, _ in placed) else []


def _leaning(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[_Placed]:
    """The names in one line, each with its tick well over it; none where one would stand further off."""
    placed = _apart(context, plot, right, names)
    most = {name: context.canvas.text_width(name, TYPE) * _LEANS for name in names}
    return placed if all(abs(middle - x) <= most[name] for x, middle, _, name in placed) else []


def _thinned(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[_Placed]:
    """The first and the last name in one line, and those between for which it has room, each under its tick; none where there are
    none between, or the two have no room."""
    canvas, gap = context.canvas, context.canvas.px(_BETWEEN)
    ordered = sorted((plot.across(year), name) for name, year in names.items())
    half = {name: canvas.text_width(name, TYPE) / 2 for name in names}
    (x0, first), (x1, last) = ordered[0], ordered[-1]
    end, most = plot.left, x1 - half[last] - gap
    if len(ordered) < 3 or x0 + half[first] > most or x1 + half[last] > right + gap:
        return []
    placed = list[_Placed]()
    for x, name in ordered:
        if x - half[name] >= end and (name in (first, last) or x + half[name] <= most):
            placed.append((x, x, False, name))
            end = x + half[name] + gap
    return placed


def _in_two_lines(
    context: ChartContext, plot: Plot, right: float, names: Mapping[str, float]
) -> list[_Placed]:
    """The names each under its tick, in a second line those for which the first has no room and whose tick reaches down to that
    between the names there; none where one has room in neither."""
    canvas, gap = context.canvas, context.canvas.px(_BETWEEN)
    ends, placed = [plot.left, plot.left], list[_Placed]()
    for x, name in sorted((plot.across(year), name) for name, year in names.items()):
        half = canvas.text_width(name, TYPE) / 2
        lower = x - half < ends[0]
        if x - half < ends[lower] or x + half > right + gap or (lower and x < ends[0]):
            return []
        ends[lower] = x + half + gap
        if lower:
            # The next name of the first line keeps clear of the tick.
            ends[0] = max(ends[0], x + gap)
        placed.append((x, x, lower, name))
    return placed
