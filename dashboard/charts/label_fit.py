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


class PlainFit:
    """How labels without the names of series and without what differs from headings are written in panels of any room: the fullest
    with which 0 to 100 percent keep their share of a panel."""

    def __init__(self, context: ChartContext, mark_room: float, *, at_marks: bool = False) -> None:
        self._context, self._mark_room, self._at_marks = context, mark_room, at_marks
        self.answers = answers_room(context)
        """Pixels that a column of n takes; 0 where none is known."""
        self._measured: dict[LabelStyle, _Measured] = {}

    def of(self, room: float) -> LabelFit:
        """In panels of so many pixels."""
        wide = self.answers
        # On a page n has a column before what is not exact is said in words.
        scale = self._context.scale
        worded = () if scale and scale.brief else ((False, wide), (False, 0.0))
        ways = (*worded, (True, wide), (True, 0.0))
        for brief, beside in ways if self._at_marks else sorted(ways, key=lambda way: not way[1]):
            found = self.named(room, LabelStyle(brief, signed=not beside), beside)
            if found.percent_room >= room * LEAST_SHARE:
                break
        return found

    def named(
        self,
        room: float,
        style: LabelStyle,
        beside: float,
        behind: Mapping[int, tuple[str, str]] = MappingProxyType({}),
    ) -> LabelFit:
        """In one style, ``behind`` marks by the positions of their figures the names of series and what differs; that gives way to the
        marks."""
        if style not in self._measured:
            self._measured[style] = _measured(self._context, style, at_marks=self._at_marks)
        measured = self._measured[style]
        return _fitted(self._context, measured, room, self._mark_room, beside, behind)


def fit_labels(context: ChartContext, of: Layout, plain: PlainFit) -> LabelFit:
    """The labels of a section of the figures that ``plain`` is of; where all names of series have room behind the marks when the
    share of 0 to 100 percent is smaller, they stand there."""
    room = of.room
    found = plain.of(room)
    behind = {each.position: (each.name, each.note) for each in _behind(context, of)}
    named = plain.named(room, found.style, found.beside, behind)
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


class _Labelled(NamedTuple):
    """A figure, and its label without name and note."""

    position: int
    share: float
    """Of 0 to 100 percent, as also ``end``, where its mark with its interval ends."""
    end: float
    figure: float
    """Pixels of a figure that stands behind its mark."""
    sign: str
    runs: float
    """Pixels of the sign."""


class _Measured(NamedTuple):
    """The labels of all figures in a style."""

    style: LabelStyle
    before: float
    """Pixels of the column of figures."""
    at_marks: bool
    labels: tuple[_Labelled, ...]


def _measured(context: ChartContext, style: LabelStyle, *, at_marks: bool) -> _Measured:
    canvas, loc, intervals = context.canvas, context.loc, context.selection.intervals
    values, labels = context.section.values, list[_Labelled]()
    for value in values:
        sign = sign_of(loc, value, style)
        labels.append(
            _Labelled(
                value.observation.position,
                value.observation.value / 100,
                mark_end(value, intervals) / 100,
                figure_width(context, value, style) + canvas.px(SPACE) if at_marks else 0.0,
                sign,
                canvas.runs_width(behind_mark(sign, ""), NOTE),
            )
        )
    before = 0.0 if at_marks else _figures_room(context, values, style)
    return _Measured(style, before, at_marks, tuple(labels))


def _fitted(
    context: ChartContext,
    of: _Measured,
    room: float,
    mark_room: float,
    beside: float,
    behind: Mapping[int, tuple[str, str]],
) -> LabelFit:
    canvas, before = context.canvas, of.before
    if context.scale:
        before = max(before, context.scale.before)
    space, plot = canvas.px(SPACE), room - before - beside
    whole = room - before - after(canvas, beside)

    def left(label: _Labelled, runs: float) -> float:
        labelled = runs + label.figure
        free = plot - labelled - ((2 if runs else 1) * space if labelled else 0.0)
        at_mark = (free - mark_room) / label.share if label.share else whole
        return min(at_mark, free / label.end if label.end else whole)

    rooms = [whole]
    for label in of.labels:
        name, note = behind.get(label.position, ("", ""))
        if not (name or note):
            rooms.append(left(label, label.runs))
            continue
        noted = left(label, canvas.runs_width(behind_mark(label.sign, name, note), NOTE))
        if noted < room * _LEAST_NAMED:
            noted = left(label, canvas.runs_width(behind_mark(label.sign, name), NOTE))
        rooms.append(noted)
    return LabelFit(of.style, min(rooms), before, beside, bool(behind), of.at_marks)


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
