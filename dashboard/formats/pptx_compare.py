"""Slides of comparisons: line by line the figures that may be compared as dots, from the least to the greatest joined by a grey line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import GroupShapes

from dashboard.charts.dot_labels import Placed
from dashboard.charts.labels import is_exact, symbol_of
from dashboard.charts.palette import LIGHT
from dashboard.charts.roles import CARE
from dashboard.charts.series import series_of, series_role
from dashboard.charts.slots import LEADING
from dashboard.formats import pptx_scatter
from dashboard.formats.pptx_charts import MARGIN, Frame, percent_axis, plain_axis
from dashboard.formats.pptx_grid import percent_code
from dashboard.formats.pptx_names import row_name
from dashboard.formats.pptx_shapes import Type, box, group_of, paragraph, rule, text_box
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import (
    EDGE,
    HEAD_SIZE,
    LINE_BREAK,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    TICKS,
    WIDE,
    RoomOf,
    SlidePage,
    cut,
    numbered,
    quiet_lines,
)
from dashboard.formats.slide_lines import (
    DOT,
    GAP,
    HEAD_ROOM,
    HUNDRED,
    INSET,
    LANE,
    LOW_STRETCHED,
    STRETCHED,
    Line,
    at_percent,
    head_height,
    height_of,
    lines_of,
    seen_interval,
    shared_indicator,
    width_of,
)
from dashboard.formats.slide_parts import LEAST_FILLED, SPARSE, Cost, fewest
from dashboard.query import Header, Row, Section, View
from dashboard.selection import chart_of
from dashboard.text import Localizer, comparisons, summary


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section whose lines have ``room`` there: what has one base stands on slides of its own, but where that takes more
    slides or leaves one all but blank."""
    units = _units(view, section, loc, room)

    def page(part: range) -> SlidePage:
        held = _held(section, [units[at] for at in part])
        return SlidePage(section, held, table=height_of(view, held, loc))

    def cost_of(part: range) -> Cost | None:
        found = page(part)
        most = room(found.section)
        if len(part) > 1 and found.table > most:
            return None
        sparse = SPARSE if found.table < LEAST_FILLED * most else 0
        return sparse + len(found.section.panels) - 1, found.table**2

    return numbered([page(part) for part in fewest(len(units), cost_of)])


@dataclass(frozen=True, slots=True)
class _Unit:
    """Rows of a panel that stand together, by index."""

    panel: int
    rows: tuple[int, ...]


def _units(view: View, section: Section, loc: Localizer, room: RoomOf) -> list[_Unit]:
    """What stands together, panel by panel: low lines of one indicator, where a slide has room for all of them."""
    found = list[_Unit]()
    for panel in range(len(section.panels)):
        rows = [at for at, row in enumerate(section.rows) if row.cells[panel].values]
        lines = lines_of(view, _held(section, [_Unit(panel, tuple(rows))]), loc)
        named = zip(rows, lines, strict=True)
        for _, members in groupby(named, lambda each: each[1].of or each[0]):
            unit = _Unit(panel, tuple(at for at, _ in members))
            held = _held(section, [unit])
            fits = height_of(view, held, loc) <= room(held)
            found += [unit] if fits else [_Unit(panel, (at,)) for at in unit.rows]
    return found


def _held(section: Section, units: Sequence[_Unit]) -> Section:
    """What of a section stands on a slide of some units."""
    panels = list(dict.fromkeys(unit.panel for unit in units))
    rows = [_of_panel(section.rows[at], unit.panel) for unit in units for at in unit.rows]
    return cut(section, panels, rows)


def _of_panel(row: Row, panel: int) -> Row:
    """A row without its figures in other panels."""
    cells = (cell if at == panel else replace(cell, values=()) for at, cell in enumerate(row.cells))
    return replace(row, cells=tuple(cells))


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The lines of a slide between the y of ``ends``."""
    view, page, loc = context.view, context.page, context.loc
    held, (top, bottom) = page.section, ends
    lines = lines_of(view, held, loc)
    first = top + head_height(view, held)
    heads = sum(line.head for line in lines)
    least = sum(line.height for line in lines) - heads
    most = LOW_STRETCHED if held.sectors_apart else STRETCHED
    stretched = min(most, (bottom - first - heads) / least)
    left = EDGE + NAMES
    group = group_of(context.shapes, loc.t("Names of the rows"))
    if indicator := shared_indicator(view, held):
        look = Type(HEAD_SIZE, bold=True)
        label = loc.dataset.indicators[indicator].label
        text_box(group.shapes, EDGE, top, WIDE, HEAD_SIZE * LEADING, [label], look)
    y, middles = first, list[float]()
    for line in lines:
        tall = (line.height - line.head) * stretched
        if line.headed or not line.of:
            rule(group.shapes, EDGE, y, EDGE + WIDE, y, LIGHT.rule)
        if line.headed:
            look = Type(NAME_SIZE, bold=True, anchor=MSO_ANCHOR.BOTTOM)
            told = [LINE_BREAK.join(line.of_lines)]
            head = text_box(group.shapes, EDGE + INSET, y, HEAD_ROOM, line.head - 1, told, look)
            if line.share_lines:
                quiet = LINE_BREAK.join(line.share_lines)
                paragraph(head.text_frame, [(quiet, False)], QUIET_SIZE, LIGHT.quiet)
        y += line.head
        if line.row.cautions and comparisons.has_edges(held):
            box(group.shapes, EDGE, y + 1, 4, tall - 2, LIGHT.colour(CARE))
        above = (tall - line.name_height) / 2
        _name(group.shapes, line, y + above, tall - above)
        over, under = line.lanes
        middles.append(y + tall / 2 + (over - under) * LANE / 2 - first)
        _leaders(group.shapes, line, middles[-1] + first)
        y += tall
    rule(group.shapes, EDGE, y, EDGE + WIDE, y, LIGHT.rule)
    frame = Frame(
        loc.t(chart_of(view.selection).label),
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


def _name(shapes: GroupShapes, line: Line, y: float, tall: float) -> None:
    """What stands beside the dots of a line, from ``y`` on."""
    if not line.of:
        row_name(shapes, line.name, line.note, y, tall, bold=True, left=EDGE + INSET)
        return
    told = LINE_BREAK.join(quiet_lines(line.note, INSET))
    look = Type(QUIET_SIZE, LIGHT.quiet)
    text_box(shapes, EDGE + INSET, y, NAMES - INSET, line.name_height, [told], look)


def _leaders(shapes: GroupShapes, line: Line, y: float) -> None:
    """Thin lines from dots to their labels where another lane lies between."""
    for value, place, down in zip(line.values, line.places, line.moved, strict=True):
        if place.led:
            sign = 1 if place.lane > 0 else -1
            x = EDGE + NAMES + at_percent(value.observation.value)
            end = y - sign * (DOT / 2 + line.spread + (abs(place.lane) - 1) * LANE)
            rule(shapes, x, y + down - sign * DOT / 2, x, end, LIGHT.faint)


def _drawn(
    view: View, whole: Section, lines: Sequence[Line], middles: Sequence[float], loc: Localizer
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
    line: Line,
    number: int,
    place_of: tuple[float, float],
    loc: Localizer,
) -> pptx_scatter.Point:
    """The dot of a figure, ``place_of``: the y of its line and how far it is moved down from there."""
    y, moved = place_of
    value, label, place = line.values[number], line.labels[number], line.places[number]
    x = at_percent(value.observation.value)
    position, right, lower = _position(place, x, width_of(label))
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


def _position(place: Placed, x: float, wide: float) -> tuple[str, float, float]:
    """Where PowerPoint puts a label by itself, and how far it is moved from there, to the right and down, in points."""
    if place.lane == 0:
        middle = {"left": place.x, "right": place.x - wide}[place.anchor]
        usual = x + DOT / 2 + GAP if place.anchor == "left" else x - DOT / 2 - GAP - wide
        return ("r" if place.anchor == "left" else "l"), middle - usual, 0.0
    start, end = place.ends(wide)
    lanes = abs(place.lane) - 1
    return (
        ("t" if place.lane > 0 else "b"),
        (start + end) / 2 - x,
        (-lanes if place.lane > 0 else lanes) * LANE,
    )


def _description(held: Section, loc: Localizer) -> str:
    """Text alternative: every line and its figures."""
    return "; ".join(summary.named_value(loc, value) for value in held.values)
