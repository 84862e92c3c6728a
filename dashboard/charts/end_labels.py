"""The figures beside the marks of a change over editions, moved clear of each other."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.canvas import INSET
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Anchor, Run
from dashboard.charts.roles import QUIET
from dashboard.charts.years import Dated, Plot, dated_lines
from dashboard.query import Header, Stratum
from dashboard.text import Localizer

NAMED = 4
"""Lines up to which a panel names each at its end; more could not be distinguished."""
LONGEST = 24
"""Letters of the name of a sector at the end of a line; of a longer one the short form is written."""
LABEL = 12
"""Type of a figure, at scale 1, and a pixel."""
NAME_SIZE = 9.5
Box = tuple[float, float, float]
"""Left, right and middle of a label."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A figure, and whose line it ends."""

    dated: Dated
    ends: Header | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Label:
    """What a label says, and which part of it stays at its mark."""

    value: str
    name: str
    anchor: Anchor


def write_labels(context: ChartContext, index: int, plot: Plot, crowded: bool) -> None:
    """The figures of a panel: above a mark that stands alone, else at the right.

    Where a panel has a few lines, or is ``crowded`` and has the width to itself, the last mark of each also tells whose it
    is; a crowded one tells no other.
    """
    marks = _marks(context, index, plot, crowded)
    apart = context.canvas.px(LABEL + 1)
    clusters = _clusters(marks, context.canvas.px(38))
    alone = {id(each[0]) for each in clusters if len(each) == 1 and each[0].ends is None}
    labels: list[_Label] = []
    wanted: list[Box] = []
    for mark in sorted(marks, key=lambda mark: mark.dated[1].observation.value):
        label, box = _wanted(context, plot, mark, marks, id(mark) in alone)
        labels.append(label)
        wanted.append(box)
    for label, (start, end, y) in zip(
        labels, _apart(wanted, apart, plot.down(100) - apart / 2), strict=True
    ):
        x = {"center": (start + end) / 2, "left": start, "right": end}[label.anchor]
        _write(context, label, x, y)


def _marks(context: ChartContext, index: int, plot: Plot, crowded: bool) -> list[_Mark]:
    """The marks that have a label."""
    lines = dated_lines(context.section, index)
    named = 1 < len(lines) <= NAMED or crowded
    marks = [
        _Mark(
            each,
            header if named and each is dated[-1] else None,
            plot.across(each[0]),
            plot.down(each[1].observation.value),
        )
        for _, header, dated in lines
        for each in dated
    ]
    return [mark for mark in marks if mark.ends] if crowded else marks


def _wanted(
    context: ChartContext, plot: Plot, mark: _Mark, marks: list[_Mark], alone: bool
) -> tuple[_Label, Box]:
    """The label of a mark and where it would stand if there were no others."""
    canvas, loc, value = context.canvas, context.loc, mark.dated[1]
    apart, x = canvas.px(LABEL + 1), mark.x
    name = _short(loc, mark.ends) if mark.ends else ""
    shown = f"{loc.value(value)} {name}" if name else loc.value(value)
    long = canvas.text_width(shown, LABEL - 1, bold=True)
    # A label that would pass the edge of the panel ends there, above its mark; below it where another mark is above.
    beside: Anchor = "left" if x + apart * 0.7 + long <= plot.right else "right"
    anchor: Anchor = "center" if alone else beside
    start = {"center": x - long / 2, "left": x + apart * 0.7, "right": plot.right - long}[anchor]
    higher = any(
        other.x == x and other.dated[1].observation.value > value.observation.value
        for other in marks
    )
    beyond = apart if anchor == "right" and higher else -apart
    y = mark.y if anchor == "left" else mark.y + beyond
    return _Label(loc.value(value), name, anchor), (start, start + long, y)


def _write(context: ChartContext, label: _Label, x: float, y: float) -> None:
    canvas = context.canvas
    name = (Run(" "), Run(label.name, size=canvas.px(NAME_SIZE), colour=QUIET))
    runs = (Run(label.value, bold=True), *(name if label.name else ()))
    canvas.runs(x, y, runs, LABEL - 1, anchor=label.anchor, veiled=True, inset=INSET)


def _apart(wanted: list[Box], apart: float, ceiling: float) -> list[Box]:
    """Labels from the lowest figure to the highest, moved as little as keeps them clear of each other and in this order.

    Each moves up clear of those below that it would touch; where one passes the ceiling, it and those below move down.
    """
    placed: list[Box] = []
    for box in wanted:
        left, right, y = box
        highest = [other[2] - apart for other in placed if _meet(other, box)]
        placed.append((left, right, min([y, *highest])))
    for at in range(len(placed) - 1, -1, -1):
        left, right, y = placed[at]
        lowest = [other[2] + apart for other in placed[at + 1 :] if _meet(other, placed[at])]
        placed[at] = (left, right, max([y, ceiling, *lowest]))
    return placed


def _meet(one: Box, other: Box) -> bool:
    """Whether two labels share an upright line."""
    return one[0] < other[1] and other[0] < one[1]


def _clusters(marks: list[_Mark], near: float) -> list[list[_Mark]]:
    """Marks whose labels could touch: those of one edition, joined with the next where the two stand close together."""
    clusters: list[list[_Mark]] = []
    reached = float("-inf")
    for mark in sorted(marks, key=lambda mark: mark.dated[0]):
        crowded = bool(clusters) and (len(clusters[-1]) > 1 or mark.x == reached)
        if clusters and (mark.x == reached or (crowded and mark.x - reached < near)):
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
        reached = mark.x
    return clusters


def _short(loc: Localizer, header: Header) -> str:
    """Whose line it is, short: country code and sector."""
    if not isinstance(header, Stratum):
        return loc.header(header)
    respondents, population = header
    name = loc.lower_population(population)
    if len(name) > LONGEST and not population.dimension:
        name = loc.short("sector", population.sector)
    return f"{respondents.country} {name[:1].lower()}{name[1:]}"
