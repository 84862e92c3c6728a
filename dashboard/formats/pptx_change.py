"""Slides of a change over editions: charts side by side, years along and percent up, with a gap at every break.

An indicator has a chart in each panel of the view. Why lines are interrupted stands under the charts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pptx.shapes.shapetree import GroupShapes

from dashboard.charts.canvas import Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_lines import Aspect, EditionLine, LinePanel, LineSection, line_section
from dashboard.charts.edition_notes import EditionNotes, Note
from dashboard.charts.labels import figure, is_plain
from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width, wrap
from dashboard.formats import change_keys, pptx_scatter
from dashboard.formats.change_labels import (
    APART,
    DOT,
    SLASHES,
    Box,
    Gap,
    Plot,
    Spot,
    at_earlier_ends,
    labels_and_gaps,
    width_of_end,
)
from dashboard.formats.change_plots import AXIS, LEADER, ChartsBeside
from dashboard.formats.change_stubs import draw_stubs
from dashboard.formats.change_ways import draw_ways
from dashboard.formats.pptx_charts import Frame, Interval, percent_axis, plain_axis, rgb
from dashboard.formats.pptx_grid import interval_of, percent_code
from dashboard.formats.pptx_shapes import (
    CARE_INSET,
    Type,
    edge_of_care,
    group_of,
    paragraph,
    rule,
    text_box,
)
from dashboard.formats.side_by_side import clear, spread
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import (
    EDGE,
    GAP,
    HEAD_SIZE,
    LINE_BREAK,
    QUIET_SIZE,
    TICK_SIZE,
    WIDE,
    RoomOf,
    SlidePage,
    cut,
    evenly,
    joined,
    numbered,
)
from dashboard.query import Section, Value, View
from dashboard.text import Localizer, summary, texts

_NEAR = 20.0
"""Points from its edition that a period may stand to be on one line with the others."""
_BESIDE = 3.0
"""Charts that stand side by side, at most."""
_TANGLED = 1.5
"""Places of one in which lines could meet."""
_CROWDED = 3
"""Lines of a chart above which it has a slide to itself."""
_TO_PERIODS = 7.0
"""Points from a plot to its periods, of which the first is clear of "0%"."""
_UNDER = 2 * TICK_SIZE * LEADING + 4
"""Points under a plot for two lines of periods."""
_OVER_NOTES = 8.0
"""White over the reasons of breaks."""


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section: a few charts on each, one that has many lines alone."""
    runs: list[list[LinePanel]] = []
    for panel in _charts(view, section, loc).panels if section.panels else ():
        alone = len(panel.lines) > _CROWDED
        if runs and not alone and len(runs[-1][0].lines) <= _CROWDED:
            runs[-1].append(panel)
        elif panel.lines:
            runs.append([panel])
    return numbered(
        [
            SlidePage(section, joined([_held(section, run[at]) for at in part]))
            for run in runs
            for part in evenly([_places(panel) for panel in run], _BESIDE)
        ]
    )


def _places(panel: LinePanel) -> float:
    """How many places a chart takes of those side by side."""
    return _TANGLED if len(panel.lines) > 1 else 1.0


def _held(section: Section, panel: LinePanel) -> Section:
    """What of a section stands in a chart."""
    rows = [section.rows[at] for at in dict.fromkeys(line.row for line in panel.lines)]
    return cut(section, [panel.part_of], rows)


def _charts(view: View, section: Section, loc: Localizer) -> LineSection:
    """The charts of a section, and what all their lines share."""
    context = _context(view, section, loc)
    whole = line_section(context)
    apart: dict[int, Sequence[Aspect]] = {
        panel.index: ("measure",) for panel in whole.panels if panel.measures > 1
    }
    found = line_section(context, apart)
    return replace(
        found,
        panels=tuple(
            replace(panel, unit=texts.joined(panel.whole[1], panel.unit)) for panel in found.panels
        ),
    )


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The charts of a slide side by side between the y of ``ends``, all on the same years and equally wide."""
    page, loc, (top, bottom) = context.page, context.loc, ends
    drawn = {value.observation.position for value in page.section.values}
    charts = _charts(context.view, page.whole, loc)
    panels = [
        panel
        for panel in charts.panels
        if any(value.observation.position in drawn for _, value in panel.lines[0].values)
    ]
    if len({panel.header for panel in page.section.panels}) > 1:
        panels = [replace(panel, name=_full_name(panel)) for panel in panels]
    if charts.shared:
        tall = HEAD_SIZE * LEADING
        text_box(context.shapes, EDGE, top, WIDE, tall, [charts.shared], Type(HEAD_SIZE, bold=True))
        top += tall + 6
    wide = (WIDE - GAP * (len(panels) - 1)) / len(panels)
    head = max(_head_height(panel, wide) for panel in panels)
    whole = _context(context.view, page.whole, loc)
    block = tuple(replace(panel, whole=("", "")) for panel in panels)
    found = EditionNotes.of(whole, LineSection("", block))
    notes = tuple(chain(*found.blocks.values()))
    plots_end = bottom - _notes_height(notes) - _UNDER
    intervals = context.view.selection.intervals
    places = [EDGE + at * (wide + GAP) for at, _ in enumerate(panels)]
    over = top + head + APART, plots_end
    charts_beside = ChartsBeside(panels, charts.panels, places, wide, over, loc)
    shown = charts_beside.plots(found.letters, intervals=intervals)
    for left, (panel, plot) in zip(places, shown, strict=True):
        _panel(context, panel, plot, (left, top, wide), found.letters)
    if notes:
        _write_notes(context, notes, plots_end + _UNDER + _OVER_NOTES)


def _full_name(panel: LinePanel) -> str:
    """Its name with that of the panel it is a part of."""
    return texts.joined(panel.whole[0], panel.name)


def _context(view: View, section: Section, loc: Localizer) -> ChartContext:
    return ChartContext(Canvas(WIDE), section, loc, view.selection)


def _notes_height(notes: Sequence[Note]) -> float:
    """Points of the reasons with the white over them."""
    lines = sum(len(wrap("".join(_note(each)), QUIET_SIZE, WIDE - CARE_INSET)) for each in notes)
    return lines * QUIET_SIZE * LEADING + (_OVER_NOTES if notes else 0.0)


def _note(note: Note) -> tuple[str, str]:
    """(the sign that stands at a break, why there is one)."""
    letter, reason = note
    return f"{SLASHES}{letter}", f"  {reason}"


def _write_notes(context: SlideContext, notes: Sequence[Note], y: float) -> None:
    """Why lines are interrupted, each reason behind its sign, from ``y`` on, with the edge of what is to be read with care."""
    tall = _notes_height(notes) - _OVER_NOTES
    edge_of_care(context.shapes, EDGE, y + 1, tall)
    place = (EDGE + CARE_INSET, y, WIDE - CARE_INSET, tall)
    box = text_box(context.shapes, *place, [], Type(QUIET_SIZE))
    box.name = context.loc.t("Break")
    for at, note in enumerate(notes):
        sign, reason = _note(note)
        runs = ((sign, True), (reason, False))
        paragraph(box.text_frame, runs, QUIET_SIZE, LIGHT.ink, first=not at)


def _heading(panel: LinePanel, wide: float) -> tuple[list[str], list[str]]:
    """(lines of the indicator, quiet lines under it: what percentages are of, and whose lines they are)."""
    return wrap(panel.name, HEAD_SIZE, wide, bold=True), wrap(panel.unit, QUIET_SIZE, wide)


def _head_height(panel: LinePanel, wide: float) -> float:
    names, quiet = _heading(panel, wide)
    return (len(names) * HEAD_SIZE + len(quiet) * QUIET_SIZE) * LEADING


def _panel(
    context: SlideContext,
    panel: LinePanel,
    plot: Plot,
    place: tuple[float, float, float],
    letters: Mapping[tuple[int, int], str],
) -> None:
    loc, (left, top, wide) = context.loc, place
    group = group_of(context.shapes, loc.t("Remarks: {panel}").format(panel=panel.name))
    names, quiet = _heading(panel, wide)
    tall = plot.top - top - APART
    frame = text_box(
        group.shapes, left, top, wide, tall, names, Type(HEAD_SIZE, bold=True)
    ).text_frame
    for text in quiet:
        paragraph(frame, [(text, False)], QUIET_SIZE, LIGHT.quiet)
    intervals = context.view.selection.intervals
    labelled, gaps = labels_and_gaps(panel, loc, plot, letters, intervals=intervals)
    draw_ways(group.shapes, panel, plot)
    draw_stubs(group.shapes, gaps, panel, plot)
    _draw_chart(context, panel, plot, labelled)
    _periods(group.shapes, loc, panel, plot)
    # Over the chart, so that no line of its axis passes through a text.
    over = group_of(context.shapes, group.name)
    _breaks(over.shapes, gaps)
    early = at_earlier_ends(panel, loc, plot, labelled, gaps, intervals=intervals)
    for line, spot in early:
        _write_end(over.shapes, loc, line, spot)
    ended = [line.values for line, _ in early]
    rest = replace(panel, lines=tuple(line for line in panel.lines if line.values not in ended))
    _ends(over.shapes, rest, loc, plot, left + wide, is_near=not early)


def _draw_chart(
    context: SlideContext, panel: LinePanel, plot: Plot, labelled: dict[int, Spot]
) -> None:
    loc = context.loc
    lines = [_line(context.view, line, loc, labelled) for line in panel.lines]
    figures = "; ".join(
        summary.named_value(loc, value) for line in panel.lines for _, value in line.values
    )
    frame = Frame(
        panel.name,
        f"{panel.name}: {figures}",
        plot.left,
        plot.top,
        plot.right - plot.left,
        plot.bottom - plot.top,
        right=4,
        over=APART,
        under=8,
        before=AXIS,
    )
    chart = pptx_scatter.draw(context.shapes, frame, lines, context.known, DOT, upright=True)
    percent_axis(chart.value_axis, f'[=25]"";[=75]"";{percent_code(loc)}', 25)
    plain_axis(chart.category_axis, plot.first, plot.last)


def _line(
    view: View, line: EditionLine, loc: Localizer, labelled: dict[int, Spot]
) -> pptx_scatter.Line:
    """A line with a gap at each break."""
    colour = LIGHT.colour(line.colour)
    points: list[pptx_scatter.Point | None] = []
    for (year, value), step in zip(line.values, (None, *line.steps), strict=True):
        spot = labelled.get(value.observation.position)
        if step and (step.broken or step.skipped):
            points.append(None)
        points.append(
            pptx_scatter.Point(
                loc.period(value.survey),
                value,
                year,
                value.observation.value,
                colour,
                line.symbol,
                not is_plain(value),
                spot.runs(figure(loc, value)) if spot else (),
                spot.position if spot else "t",
                down=spot.down if spot else 0.0,
                ground=spot is None or spot.clear,
                interval=_interval(view, value),
            )
        )
    return pptx_scatter.Line(line.series, tuple(points), colour, interval_colour=colour)


def _interval(view: View, value: Value) -> Interval | None:
    """The interval of a figure, where it is wide enough to be seen."""
    known = value.evidence.interval
    seen = known and change_keys.is_seen(known, value.observation.value)
    return interval_of(view, value) if seen else None


def _periods(
    shapes: GroupShapes,
    loc: Localizer,
    panel: LinePanel,
    plot: Plot,
) -> None:
    """The periods under a plot; those that stand close together on two lines, those without room on none."""
    periods: dict[str, float] = {}
    for line in panel.lines:
        for year, value in line.values:
            periods.setdefault(loc.short_period(value.survey), year)
    dated = sorted(periods.items(), key=lambda each: each[1])
    wanted = [plot.across(year) for _, year in dated]
    wides = [width(name, TICK_SIZE) + 8 for name, _ in dated]
    placed = spread(wanted, wides, plot.left - AXIS, plot.right + _NEAR)
    if all(abs(x - at) <= _NEAR for x, at in zip(placed, wanted, strict=True)):
        for (name, _), x, wide in zip(dated, placed, wides, strict=True):
            place = (x - wide / 2, plot.bottom + _TO_PERIODS, wide, 15)
            text_box(shapes, *place, [name], Type(TICK_SIZE, LIGHT.quiet, align="ctr"))
        return
    reached = [0.0, 0.0]
    for name, year in dated:
        x, wide = plot.across(year), width(name, TICK_SIZE) + 10
        level = next((at for at, end in enumerate(reached) if x - wide / 2 >= end), None)
        if level is not None:
            y = plot.bottom + _TO_PERIODS + level * TICK_SIZE * LEADING
            text_box(
                shapes, x - wide / 2, y, wide, 15, [name], Type(TICK_SIZE, LIGHT.quiet, align="ctr")
            )
            reached[level] = x + wide / 2


def _breaks(shapes: GroupShapes, gaps: Sequence[Gap]) -> None:
    """Two slashes and a letter on the way over each break; why it is one stands by the letter under the charts."""
    for gap in gaps:
        if gap.sign is None:
            continue
        spot, colour = gap.sign, LIGHT.colour(gap.colour)
        place = (spot.x, spot.y, spot.wide, spot.tall)
        box = text_box(shapes, *place, [gap.text], Type(LABEL_SIZE, colour, align="ctr"))
        box.fill.solid()
        box.fill.fore_color.rgb = rgb(LIGHT.ground)


def _ends(
    shapes: GroupShapes,
    panel: LinePanel,
    loc: Localizer,
    plot: Plot,
    right: float,
    *,
    is_near: bool,
) -> None:
    """The last figure of each line and whose it is, up to ``right`` and clear of each other, with leaders; behind the last mark where
    they are ``is_near``, else right of the plot."""
    lines = sorted(panel.lines, key=lambda line: -line.values[-1][1].observation.value)
    lasts = [line.values[-1] for line in lines]
    wanted = [plot.down(value.observation.value) for _, value in lasts]
    alone = is_near and len(lines) == 1
    last = max((plot.across(year) for year, _ in lasts), default=0.0)
    x = (last if is_near else plot.right) + (DOT if alone else LEADER)
    room = right - x
    # A name that has no room beside its figure stands under it.
    under = [width_of_end(loc, line) > room for line in lines]
    heights = [
        (below + len(wrap(line.name if below else "", LABEL_SIZE, room)) or 1) * APART
        for line, below in zip(lines, under, strict=True)
    ]
    # Over the axis, so that no leader crosses it or a period, as far as they have room there.
    over = plot.bottom if sum(heights) < plot.bottom - plot.top else plot.bottom + _UNDER - 2
    middles = clear(wanted, heights, plot.top - APART, over)
    for line, below, (year, _), y, middle, tall in zip(
        lines, under, lasts, wanted, middles, heights, strict=True
    ):
        if not alone:
            rule(shapes, plot.across(year) + DOT / 2 + 1, y, x - 3, middle, LIGHT.faint)
        wide = min(room, width_of_end(loc, line))
        _write_end(shapes, loc, line, Box(x, middle - tall / 2, wide, tall), below=below)


def _write_end(
    shapes: GroupShapes, loc: Localizer, line: EditionLine, spot: Box, *, below: bool = False
) -> None:
    """The last figure of a line and, beside or ``below`` it, whose it is."""
    text = figure(loc, line.values[-1][1])
    name = f"{LINE_BREAK if below else ' '}{line.name}"
    runs = [(text, True), *([(name, False)] if line.name else [])]
    box = text_box(shapes, spot.x, spot.y, spot.wide, spot.tall, [], Type(LABEL_SIZE))
    paragraph(box.text_frame, runs, LABEL_SIZE, LIGHT.ink, first=True)
    box.fill.solid()
    box.fill.fore_color.rgb = rgb(LIGHT.ground)
