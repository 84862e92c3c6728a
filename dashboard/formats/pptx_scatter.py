"""Native XY charts of a slide: dots alone, dots joined line by line, and lines over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.chart.chart import Chart
from pptx.chart.data import XyChartData
from pptx.chart.series import XySeries
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Pt

from dashboard.charts.drawing import Run, Symbol
from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LABEL_SIZE
from dashboard.formats import pptx_sheet
from dashboard.formats.pptx_charts import (
    TIGHT,
    Frame,
    Interval,
    add,
    error_bars,
    labels,
    moved,
    rgb,
    run,
    shown,
    solid,
)
from dashboard.formats.pptx_sheet import Entry, Provenance, clean
from dashboard.query import Value

_SYMBOLS: dict[Symbol, XL_MARKER_STYLE] = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.X,
    "cross": XL_MARKER_STYLE.PLUS,
}
_WHISKER, _JOIN = 1.5, 4.0
"""Points of an interval, and of the line that joins dots."""
_OPEN = 0.6
"""Of an open marker that is white: a smaller one lies on it, since not every program draws the edge of a marker."""
OPENINGS = "○"
"""What the series of these is called."""
_OUTLINED, _WITHIN = 3.5, 1.25
"""Points of an open symbol of strokes, and of the white within it."""
_STROKES: tuple[Symbol, ...] = ("cross", "triangle-down")
"""Symbols that are strokes, without a ground; open they have a white one within."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at (x, y) of the axes, with its label: ``position`` (r, l, t, b) of it, and how far it is moved from there, in points."""

    name: str
    value: Value
    x: float
    y: float
    colour: str
    symbol: Symbol = "circle"
    hollow: bool = False
    label: tuple[Run, ...] = ()
    position: str = "r"
    right: float = 0.0
    down: float = 0.0
    interval: Interval | None = None
    ground: bool = True
    """Whether the label stands on white, so that no line of the axis passes through it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points, joined where the line has a colour; None is a gap."""

    name: str
    points: tuple[Point | None, ...]
    colour: str = ""
    wide: float = 2.25
    interval_colour: str = LIGHT.quiet


@dataclass(frozen=True, slots=True)
class Join:
    """A line under points of several lines: (index of a line, index of a point of it) in the order in which they are joined."""

    places: tuple[tuple[int, int], ...]
    y: float | None
    """Where it runs, whatever its dots are moved up or down; None: from dot to dot."""


@dataclass(frozen=True, slots=True)
class _Span:
    """The intervals of a line: from one x to another at each y."""

    name: str
    ends: tuple[tuple[float, float, float], ...]
    colour: str


_Place = tuple[float, float] | None


def draw(
    shapes: SlideShapes,
    frame: Frame,
    lines: Sequence[Line],
    known: Provenance,
    dot: float,
    *,
    upright: bool = False,
    joins: Sequence[Join] = (),
    names: tuple[str, str] = ("", ""),
) -> Chart:
    """Put dots of ``dot`` points on a slide, with percent across or ``upright``. The caller sets both axes.

    Upright intervals are error bars. Those across are lines of their own, since LibreOffice draws no such error bars; ``names``
    are what they and the lines that join dots are called.
    """
    spans = [] if upright else _spans(lines, names[0])
    joined = [_joined(lines, joins)] if joins else []
    hollow = _hollow(lines)
    series = [*map(_places, lines), *map(_span_places, spans), *joined]
    titles = [*(line.name for line in lines), *(span.name for span in spans)]
    # LibreOffice leaves out the first series where it is not the longest.
    short = max(map(len, series)) - len(series[0])
    series[0] += [None] * short
    if hollow:
        hollow += [hollow[-1]] * (len(series[0]) - len(hollow))
        held = [lines[at].points[number] for at, number in hollow]
        series.append([(point.x, point.y) for point in held if point])
    titles += [*([names[1]] if joins else []), *([OPENINGS] if hollow else [])]
    data = XyChartData(number_format="0.##")
    for title, places in zip(titles, series, strict=True):
        _add(data, title, places)
    entries = [*map(_entries, lines), *map(_ends, spans)]
    entries[0] += [None] * short
    sheet = pptx_sheet.by_point(list(zip(titles, entries, strict=False)), known)
    chart = add(shapes, XL_CHART_TYPE.XY_SCATTER, frame, data, sheet)
    drawn = list(chart.plots[0].series)
    for line, each in zip(lines, drawn, strict=False):
        _stroke(each, line.colour, line.wide)
        _marks(each, line, dot)
        _labels(each, line, frame)
        intervals = [point.interval if point else None for point in line.points]
        if upright and any(intervals):
            xml = error_bars(intervals, line.interval_colour, _WHISKER, "y")
            each._element.find(qn("c:xVal")).addprevious(xml)
    for span, each in zip(spans, drawn[len(lines) :], strict=False):
        _stroke(each, span.colour, _WHISKER)
        each.marker.style = XL_MARKER_STYLE.NONE
    rows = _rows(lines, short)
    elements = [each._element for each in drawn]
    if joins:
        each = drawn[len(lines) + len(spans)]
        _stroke(each, LIGHT.rule, _JOIN)
        each.marker.style = XL_MARKER_STYLE.NONE
        joined_rows = [[rows[at] + number for at, number in join.places] for join in joins]
        across = [row for held in joined_rows if held for row in (*held, held[-1])]
        _take_from(each, "c:xVal", "A", across[:-1])
        _keep_numbers(each, "c:yVal")
        _call(each, names[1])
    if hollow:
        _open(drawn[-1], [lines[at].points[number] for at, number in hollow], dot)
        for axis, column in (("c:xVal", "A"), ("c:yVal", "B")):
            _take_from(drawn[-1], axis, column, [rows[at] + number for at, number in hollow])
        _call(drawn[-1], OPENINGS)
        elements[0].addprevious(elements[-1])
    last = len(elements) - bool(hollow)
    _put_under(elements[len(lines) : last][::-1], [*elements[: len(lines)], *elements[last:]])
    return chart


def _hollow(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(index of a line, index of a point of it) of each point that is open."""
    return [
        (at, number)
        for at, line in enumerate(lines)
        for number, point in enumerate(line.points)
        if point and point.hollow
    ]


def _add(data: XyChartData, name: str, places: Sequence[_Place]) -> None:
    """A series; a gap stands at the x of the point before it."""
    series = data.add_series(clean(name))
    x = 0.0
    for place in places:
        x = place[0] if place else x
        series.add_data_point(x, place[1] if place else None)


def _places(line: Line) -> list[_Place]:
    return [(point.x, point.y) if point else None for point in line.points]


def _spans(lines: Sequence[Line], name: str) -> list[_Span]:
    """The intervals of each line that has some."""
    found = []
    for line in lines:
        ends = tuple(
            (point.x - point.interval.minus, point.x + point.interval.plus, point.y)
            for point in line.points
            if point and point.interval
        )
        if ends:
            found.append(_Span(f"{line.name}: {name}", ends, line.interval_colour))
    return found


def _span_places(span: _Span) -> list[_Place]:
    places = [place for low, high, y in span.ends for place in ((low, y), (high, y), None)]
    return places[:-1]


def _ends(span: _Span) -> list[Entry | None]:
    return [Entry(span.name, None, place) if place else None for place in _span_places(span)]


def _joined(lines: Sequence[Line], joins: Sequence[Join]) -> list[_Place]:
    places: list[_Place] = []
    for join in joins:
        held = [lines[at].points[number] for at, number in join.places]
        places += [
            *((point.x, point.y if join.y is None else join.y) for point in held if point),
            None,
        ]
    return places[:-1]


def _entries(line: Line) -> list[Entry | None]:
    return [
        Entry(point.name, point.value, (point.x, point.y)) if point else None
        for point in line.points
    ]


def _rows(lines: Sequence[Line], short: int) -> list[int]:
    """Row of the data sheet in which each line begins; ``short`` is the number of gaps behind the first."""
    found, row = list[int](), 2
    for line in lines:
        found.append(row)
        row += len(line.points) + 2 + (0 if len(found) > 1 else short)
    return found


def _take_from(series: XySeries, axis: str, column: str, rows: Sequence[int]) -> None:
    """Let a series take its numbers from the cells of dots, so that it follows them when they are edited."""
    listed = ",".join(f"Sheet1!${column}${row}" for row in rows)
    series._element.find(qn(axis)).find(f".//{qn('c:f')}").text = f"({listed})"


def _keep_numbers(series: XySeries, axis: str) -> None:
    """Let a series hold numbers of its own."""
    numbers = series._element.find(qn(axis))
    known = numbers[0].find(qn("c:numCache"))
    literal = numbers.makeelement(qn("c:numLit"))
    literal.extend(list(known))
    numbers.replace(numbers[0], literal)


def _call(series: XySeries, name: str) -> None:
    """Name a series that has no cells of its own."""
    tx = series._element.find(qn("c:tx"))
    literal = tx.makeelement(qn("c:v"))
    literal.text = clean(name)
    tx.replace(tx[0], literal)


def _put_under(unders: Sequence[BaseOxmlElement], dots: Sequence[BaseOxmlElement]) -> None:
    """Draw some series under the dots: PowerPoint draws them by their order, LibreOffice the first in the file on top."""
    for order, element in enumerate([*unders, *dots]):
        element.find(qn("c:order")).set("val", str(order))


def _stroke(drawn: XySeries, colour: str, wide: float) -> None:
    drawn._element.get_or_add_smooth().val = False
    if not colour:
        drawn.format.line.fill.background()
        return
    drawn.format.line.color.rgb, drawn.format.line.width = rgb(colour), Pt(wide)
    drawn.format.line.dash_style = MSO_LINE.SOLID


def _marks(drawn: XySeries, line: Line, dot: float) -> None:
    """A marker a point."""
    for at, point in enumerate(line.points):
        if point is None:
            continue
        stroke = _OUTLINED if point.hollow else 2.0
        edge = (point.colour, stroke) if point.symbol in _STROKES else (LIGHT.ground, 0.75)
        _mark(drawn, at, point, point.colour, edge, round(dot))


def _open(drawn: XySeries, points: Sequence[Point | None], dot: float) -> None:
    """White on the markers of points that are open."""
    _stroke(drawn, "", 0)
    for at, point in enumerate(points):
        if point:
            edge = _WITHIN if point.symbol in _STROKES else 0.0
            _mark(drawn, at, point, LIGHT.ground, (LIGHT.ground, edge), round(dot * _OPEN))


def _mark(
    drawn: XySeries, at: int, point: Point, fill: str, edge: tuple[str, float], size: int
) -> None:
    marker = drawn.points[at].marker
    marker.style, marker.size = _SYMBOLS[point.symbol], size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(fill)
    marker.format.line.color.rgb, marker.format.line.width = rgb(edge[0]), Pt(edge[1])


def _ground(point: Point) -> str:
    return solid(LIGHT.ground) if point.ground else "<a:noFill/>"


def _labels(drawn: XySeries, line: Line, frame: Frame) -> None:
    every = "".join(
        f'<c:dLbl><c:idx val="{at}"/>{moved(point.right, point.down, frame)}'
        f"<c:tx><c:rich>{TIGHT}<a:lstStyle/><a:p>"
        + "".join(run(each.text, LABEL_SIZE, LIGHT.ink, bold=each.bold) for each in point.label)
        + '<a:endParaRPr lang="en-US"/></a:p></c:rich></c:tx>'
        f"<c:spPr>{_ground(point)}<a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:dLblPos val="{point.position}"/>{shown(Val=True)}</c:dLbl>'
        for at, point in enumerate(line.points)
        if point and point.label
    )
    drawn._element.find(qn("c:xVal")).addprevious(labels(every))
