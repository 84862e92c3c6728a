"""Slides of comparisons: line by line the figures that may be compared as dots, from the least to the greatest joined by a grey line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pptx.shapes.shapetree import GroupShapes

from dashboard.charts import ladder
from dashboard.charts.dot_labels import Placed, Room, Wanted, placed
from dashboard.charts.drawing import Run
from dashboard.charts.labels import is_exact, symbol_of
from dashboard.charts.palette import LIGHT
from dashboard.charts.roles import CARE
from dashboard.charts.series import series_of, series_role
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width
from dashboard.formats import pptx_scatter
from dashboard.formats.pptx_charts import MARGIN, Frame, Interval, percent_axis, plain_axis
from dashboard.formats.pptx_grid import interval_of, percent_code
from dashboard.formats.pptx_names import row_name
from dashboard.formats.pptx_shapes import Type, box, group_of, rule, text_box
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import (
    EDGE,
    HEAD_SIZE,
    NAMES,
    TICKS,
    WIDE,
    RoomOf,
    SlidePage,
    cut,
    evenly,
    name_height,
    numbered,
)
from dashboard.query import Header, Row, Section, Value, View
from dashboard.text import Localizer, comparisons, summary, texts

DOT = 14.0
"""Points of a dot."""
_LANE = LABEL_SIZE * LEADING
"""Points between two lanes of labels."""
_GAP = 5.0
"""Points between a dot and its label."""
_INSET = 10.0
"""White left of the names, where the edge of care stands."""
_SEEN = 4.0
"""Points by which an interval is wider than its dot, at least: a shorter one would be a fin."""
_LEAST = 34.0
"""Points of a line at least, and at most times this."""
_STRETCHED = 1.9
HUNDRED = WIDE - NAMES - MARGIN
"""Points for 0 to 100 percent."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its name and note, its figures from the least up, their labels and the places of these."""

    row: Row
    name: str
    note: str
    values: tuple[Value, ...]
    labels: tuple[tuple[Run, ...], ...]
    places: tuple[Placed, ...]
    moved: tuple[float, ...]
    """Points that each dot is moved down from where the line runs."""
    stepped: bool
    """Whether its dots stand one below the other."""

    @property
    def title(self) -> str:
        """Its name and its note."""
        return texts.joined(self.name, self.note)

    @property
    def lanes(self) -> tuple[int, int]:
        """Lanes of labels over the dots, and under them."""
        return max(0, *(each.lane for each in self.places)), max(
            0, *(-each.lane for each in self.places)
        )

    @property
    def spread(self) -> float:
        """Points that its dots reach up and down from where one alone would stand."""
        return max(map(abs, self.moved), default=0.0)

    @property
    def height(self) -> float:
        """Points it takes at least."""
        above, below = self.lanes
        dots = (above + below + 1) * _LANE + 10 + 2 * self.spread
        return max(_LEAST, dots, self.name_height)

    @property
    def name_height(self) -> float:
        """Points of its name."""
        return name_height(self.name, self.note, bold=True, inset=_INSET)


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section whose lines have ``room`` there: what has one base stands on slides of its own."""
    found: list[SlidePage] = []
    for panel in range(len(section.panels)):
        held = cut(section, [panel])
        head = _head_height(view, held)
        heights = [line.height for line in _lines(view, held, loc)]
        for part in evenly(heights, room(held) - head):
            rows = tuple(held.rows[at] for at in part)
            shown = cut(replace(held, rows=rows), [0])
            found.append(SlidePage(section, shown))
    return numbered(found)


def _head_height(view: View, held: Section) -> float:
    return TICKS + (HEAD_SIZE * LEADING + 6 if _indicator(view, held) else 0)


def _indicator(view: View, held: Section) -> str:
    """What all lines are about, where several indicators are chosen; of one alone the title says it."""
    alone = len(view.selection.indicators) == 1
    return "" if alone else comparisons.one_indicator(held, 0)


def _lines(view: View, held: Section, loc: Localizer) -> list[_Line]:
    named = bool(comparisons.one_indicator(held, 0))
    return [_line(view, held, row, loc, named=named) for row in held.rows]


def _line(view: View, held: Section, row: Row, loc: Localizer, *, named: bool) -> _Line:
    values = tuple(sorted(row.values, key=lambda value: value.observation.value))
    moved, wanted = tuple(_moved(values)), list[Wanted]()
    for value, down in zip(values, moved, strict=True):
        x = _at(value.observation.value)
        interval = seen_interval(view, value)
        low, high = (x - _at(interval.minus), x + _at(interval.plus)) if interval else (x, x)
        wide = _width(_label(view, loc, values, value, name_first=True))
        wanted.append(Wanted(x, min(low, x - DOT / 2), max(high, x + DOT / 2), wide, down))
    room = Room(-4, HUNDRED + MARGIN, _GAP, _LANE)
    rungs = ladder.ladder(wanted, room) if any(moved) else None
    if rungs:
        moved = tuple(each.down for each in rungs[0])
    places = tuple(rungs[1] if rungs else placed(wanted, room))
    labels = tuple(
        _label(view, loc, values, value, name_first=place.anchor != "left" or place.lane != 0)
        for value, place in zip(values, places, strict=True)
    )
    name, note = comparisons.line_name(loc, row, named=named, beside=held)
    return _Line(row, name, note, values, labels, places, moved, bool(rungs))


def seen_interval(view: View, value: Value) -> Interval | None:
    """The interval of a figure, where it is so much wider than the dot that it is seen."""
    found = interval_of(view, value)
    seen = found and _at(found.minus + found.plus) > DOT + _SEEN
    return found if seen else None


def _at(percent: float) -> float:
    """Points right of 0 percent."""
    return HUNDRED * percent / 100


def _label(
    view: View, loc: Localizer, values: Sequence[Value], value: Value, *, name_first: bool
) -> tuple[Run, ...]:
    """Name and figure; where there is a baseline, how far from it the figure lies."""
    name = comparisons.dot_name(loc, values, value)
    doubt = " ?" if value.observation.status == "inferred" else ""
    figure = Run(loc.value(value) + doubt, bold=True)
    base = next(
        (each for each in values if each.observation.country == view.selection.baseline), None
    )
    apart = ""
    if base is not None and base is not value:
        apart = f"\u00a0({comparisons.points(loc, value.observation, base.observation)})"
    share = comparisons.dot_share(loc, values, value)
    beside = f"{apart}\u00a0{share}" if share else apart
    if name_first:
        colon = ":" if share else ""
        return (Run(f"{name}{colon}\u00a0"), figure, *((Run(beside),) if beside else ()))
    return (figure, Run(f"{beside}{',' if share else ''}\u00a0{name}"))


def _width(runs: Sequence[Run]) -> float:
    return sum(width(each.text, LABEL_SIZE, each.bold) for each in runs)


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The lines of a slide between the y of ``ends``."""
    view, page, loc = context.view, context.page, context.loc
    held, (top, bottom) = page.section, ends
    lines = _lines(view, held, loc)
    first = top + _head_height(view, held)
    least = sum(line.height for line in lines)
    stretched = min(_STRETCHED, (bottom - first) / least)
    left = EDGE + NAMES
    group = group_of(context.shapes, loc.t("Names of the rows"))
    if indicator := _indicator(view, held):
        look = Type(HEAD_SIZE, bold=True)
        label = loc.dataset.indicators[indicator].label
        text_box(group.shapes, EDGE, top, WIDE, HEAD_SIZE * LEADING, [label], look)
    y, middles = first, list[float]()
    for line in lines:
        tall = line.height * stretched
        rule(group.shapes, EDGE, y, EDGE + WIDE, y, LIGHT.rule)
        if line.row.cautions and comparisons.has_edges(held):
            box(group.shapes, EDGE, y + 1, 4, tall - 2, LIGHT.colour(CARE))
        above = (tall - line.name_height) / 2
        row_name(
            group.shapes,
            line.name,
            line.note,
            y + above,
            tall - above,
            bold=True,
            left=EDGE + _INSET,
        )
        over, under = line.lanes
        middles.append(y + tall / 2 + (over - under) * _LANE / 2 - first)
        _leaders(group.shapes, line, middles[-1] + first)
        y += tall
    rule(group.shapes, EDGE, y, EDGE + WIDE, y, LIGHT.rule)
    frame = Frame(
        loc.t("Compare"),
        _description(held, loc),
        left,
        first,
        HUNDRED,
        y - first,
        right=MARGIN,
        over=TICKS,
    )
    dots, joins = _drawn(view, page.whole, lines, middles, loc)
    names = loc.t("95% interval"), frame.name
    chart = pptx_scatter.draw(
        context.shapes, frame, dots, context.known, DOT, joins=joins, names=names
    )
    percent_axis(chart.category_axis, percent_code(loc), 20)
    plain_axis(chart.value_axis, 0, y - first)
    chart.value_axis.reverse_order = True


def _leaders(shapes: GroupShapes, line: _Line, y: float) -> None:
    """Thin lines from dots to their labels where another lane lies between."""
    for value, place, down in zip(line.values, line.places, line.moved, strict=True):
        if place.led:
            sign = 1 if place.lane > 0 else -1
            x = EDGE + NAMES + _at(value.observation.value)
            end = y - sign * (DOT / 2 + line.spread + (abs(place.lane) - 1) * _LANE)
            rule(shapes, x, y + down - sign * DOT / 2, x, end, LIGHT.faint)


def _drawn(
    view: View, whole: Section, lines: Sequence[_Line], middles: Sequence[float], loc: Localizer
) -> tuple[list[pptx_scatter.Line], list[pptx_scatter.Join]]:
    """The dots by colour, and a grey line from the least to the greatest of those that are about the same population."""
    points: dict[Header, list[pptx_scatter.Point]] = {}
    for line, middle in zip(lines, middles, strict=True):
        for number, down in enumerate(line.moved):
            header = series_of(whole, line.values[number])
            point = _point(view, whole, line, number, (middle, down), loc)
            points.setdefault(header, []).append(point)
    order = [header for header in whole.series if header in points]
    taken, joins = dict.fromkeys(order, 0), []
    for line, middle in zip(lines, middles, strict=True):
        places, alike = [], comparisons.alike(line.values)
        for value in line.values:
            header = series_of(whole, value)
            if value in alike:
                places.append((order.index(header), taken[header]))
            taken[header] += 1
        # Dots one below the other would look like a course.
        if not line.stepped:
            joins.append(pptx_scatter.Join(tuple(places), middle))
    dots = [
        pptx_scatter.Line(
            loc.header(header),
            tuple(points[header]),
            interval_colour=LIGHT.colour(series_role(whole, header)),
        )
        for header in order
    ]
    return dots, joins


def _point(
    view: View,
    whole: Section,
    line: _Line,
    number: int,
    place_of: tuple[float, float],
    loc: Localizer,
) -> pptx_scatter.Point:
    """The dot of a figure, ``place_of``: the y of its line and how far it is moved down from there."""
    y, moved = place_of
    value, label, place = line.values[number], line.labels[number], line.places[number]
    x = _at(value.observation.value)
    position, right, lower = _position(place, x, _width(label))
    if place.lane:
        # Lanes are reckoned from the outermost dots, wherever the own one stands.
        lower -= moved + (line.spread if place.lane > 0 else -line.spread)
    name = comparisons.dot_name(loc, line.values, value)
    return pptx_scatter.Point(
        f"{line.title}: {name}",
        value,
        value.observation.value,
        y + moved,
        LIGHT.colour(series_role(whole, series_of(whole, value))),
        symbol_of(value),
        not is_exact(value),
        label,
        position,
        right,
        lower,
        seen_interval(view, value),
    )


def _moved(values: Sequence[Value]) -> list[float]:
    """Points that each dot is moved down, so that of dots at one place each is seen."""
    moved = [0.0] * len(values)
    gaps = [
        _at(after.observation.value - each.observation.value) for each, after in pairwise(values)
    ]
    # As little as keeps the two that stand closest from covering each other.
    far = math.sqrt(max(0.0, DOT**2 - min(gaps, default=DOT) ** 2)) / 2
    for at, gap in enumerate(gaps, start=1):
        if gap < DOT:
            moved[at] = -moved[at - 1] or far
            moved[at - 1] = moved[at - 1] or -far
    return moved


def _position(place: Placed, x: float, wide: float) -> tuple[str, float, float]:
    """Where PowerPoint puts a label by itself, and how far it is moved from there, to the right and down, in points."""
    if place.lane == 0:
        middle = {"left": place.x, "right": place.x - wide}[place.anchor]
        usual = x + DOT / 2 + _GAP if place.anchor == "left" else x - DOT / 2 - _GAP - wide
        return ("r" if place.anchor == "left" else "l"), middle - usual, 0.0
    start, end = place.ends(wide)
    lanes = abs(place.lane) - 1
    return (
        ("t" if place.lane > 0 else "b"),
        (start + end) / 2 - x,
        (-lanes if place.lane > 0 else lanes) * _LANE,
    )


def _description(held: Section, loc: Localizer) -> str:
    """Text alternative: every line and its figures."""
    return "; ".join(summary.named_value(loc, value) for value in held.values)
