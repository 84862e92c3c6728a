"""How labels beside marks are written so that all of a chart have room: figures in a column before bars and behind dots, n in a
column of its own, the names of the series behind the marks where that leaves the marks enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Run
from dashboard.charts.grid_layout import LEAST_SHARE, Layout, after
from dashboard.charts.labels import NAME, NOTE, LabelStyle, answers, mark_end, sign_of, written
from dashboard.charts.names import names_at_marks
from dashboard.charts.notes import differing
from dashboard.charts.roles import QUIET
from dashboard.query import Value

SPACE = 4
"""Pixels (at scale 1) between a mark and its label, and between a label and n."""
BEFORE = 1
"""Pixels (at scale 1) that the column of figures is further from the marks than that."""
_LEAST_NAMED = 0.7
"""Share of a panel that 0 to 100 percent keep where the names of the series stand behind the marks."""


@dataclass(frozen=True, slots=True)
class LabelFit:
    """How labels are written, so that each fits right of its mark."""

    style: LabelStyle
    percent_room: float
    """Pixels that 0 to 100 percent may take."""
    before: float
    """Pixels of the column of figures."""
    beside: float
    """Pixels of the column of n; 0 where there is none."""
    behind: bool = False
    """Whether the names of the series stand behind the marks, not over them."""
    at_marks: bool = False
    """Whether figures stand behind their marks, not in a column before them."""
    sectors: bool = False
    """Whether rows say their sector, not marks or headings."""


def fit_labels(
    context: ChartContext, of: Layout, mark_room: float, *, at_marks: bool = False
) -> LabelFit:
    """The fullest figures and labels with which 0 to 100 percent keep their share of a panel, the figures behind their marks where
    they stand ``at_marks``.

    Where all names of series have room behind the marks when that share is smaller, they stand there.
    """
    room = of.room
    wide = answers_room(context)
    # On a page n has a column before what is not exact is said in words.
    worded = () if context.scale and context.scale.brief else ((False, wide), (False, 0.0))
    ways = (*worded, (True, wide), (True, 0.0))
    for brief, beside in ways if at_marks else sorted(ways, key=lambda way: not way[1]):
        style = LabelStyle(brief, signed=not beside)
        found = _fitted(context, room, mark_room, style, beside, at_marks=at_marks)
        if found.percent_room >= room * LEAST_SHARE:
            break
    behind = {each.position: (each.name, each.note) for each in _behind(context, of)}
    named = _fitted(context, room, mark_room, found.style, found.beside, behind, at_marks=at_marks)
    best = named if named.percent_room >= room * _LEAST_NAMED else found
    return replace(best, sectors=of.sectors)


def answers_room(context: ChartContext) -> float:
    """Pixels of a column of n; 0 where none is known."""
    canvas, loc, intervals = context.canvas, context.loc, context.selection.intervals
    widths = [
        canvas.text_width(answers(loc, value, intervals=intervals, sign=True), NOTE)
        for value in context.section.values
    ]
    return max(widths) + canvas.px(SPACE) if any(widths) else 0.0


def bare(context: ChartContext, fit: LabelFit) -> tuple[float, ...]:
    """Of each row the pixels that its figures leave at the left of their column; none where the chart has a scale of its own."""
    if not context.scale or fit.at_marks:
        return ()
    return tuple(
        fit.before - _figures_room(context, row.values, fit.style) for row in context.section.rows
    )


def figure_width(context: ChartContext, value: Value, style: LabelStyle) -> float:
    """Pixels of a figure."""
    return context.canvas.text_width(written(context.loc, value, style), NAME, bold=True)


def _figures_room(context: ChartContext, values: Iterable[Value], style: LabelStyle) -> float:
    canvas = context.canvas
    figures = (figure_width(context, value, style) for value in values)
    return max(figures, default=0.0) + canvas.px(SPACE) + canvas.px(BEFORE)


def _fitted(
    context: ChartContext,
    room: float,
    mark_room: float,
    style: LabelStyle,
    beside: float,
    behind: Mapping[int, tuple[str, str]] = MappingProxyType({}),
    *,
    at_marks: bool,
) -> LabelFit:
    """``behind`` has of each figure by its position the name of its series and what differs; that gives way to the marks."""
    canvas, loc, intervals = context.canvas, context.loc, context.selection.intervals
    space, values = canvas.px(SPACE), context.section.values
    before = 0.0 if at_marks else _figures_room(context, values, style)
    if context.scale:
        before = max(before, context.scale.before)
    plot = room - before - beside
    whole = room - before - after(canvas, beside)
    rooms = [whole]
    for value in values:
        name, note = behind.get(value.observation.position, ("", ""))
        sign = sign_of(loc, value, style)
        share, end = value.observation.value / 100, mark_end(value, intervals) / 100
        figure = figure_width(context, value, style) + space if at_marks else 0.0

        def left(
            runs: tuple[Run, ...],
            share: float = share,
            end: float = end,
            figure: float = figure,
        ) -> float:
            labelled = canvas.runs_width(runs, NOTE) + figure
            free = plot - labelled - ((2 if runs else 1) * space if labelled else 0.0)
            return min((free - mark_room) / share if share else whole, free / end if end else whole)

        noted = left(behind_mark(sign, name, note))
        rooms.append(noted if noted >= room * _LEAST_NAMED else left(behind_mark(sign, name)))
    return LabelFit(style, min(rooms), before, beside, bool(behind), at_marks)


class _Behind(NamedTuple):
    """What may stand behind the mark of a figure: the name of its series, and what differs from the headings."""

    position: int
    name: str
    note: str


def _behind(context: ChartContext, of: Layout) -> Iterator[_Behind]:
    section = context.section
    names = {}
    if not of.sectors:
        names = names_at_marks(section, context.loc, sparing=context.names_sparingly)
    for row, line in enumerate(section.rows):
        for band in of.bands:
            for panel in band:
                named = names.get((panel, row), {})
                for at, value in enumerate(line.cells[panel].values):
                    note = differing(context.loc, section, band, row, value)
                    yield _Behind(value.observation.position, named.get(at, ""), note)


@lru_cache(maxsize=1024)
def behind_mark(sign: str, name: str, note: str = "") -> tuple[Run, ...]:
    """What stands behind a mark: the name of its series, the sign of a small base, what differs from the heading."""
    parts = (("  ", Run(name)), (" ", Run(sign, colour=QUIET)), ("  ", Run(note, colour=QUIET)))
    runs = [run for gap, part in parts if part.text for run in (Run(gap), part)]
    return tuple(runs[1:])
