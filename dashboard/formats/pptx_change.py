"""Slides of a change over editions: an indicator a chart, years along and percent up, with a gap at every break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.dml import MSO_LINE
from pptx.shapes.shapetree import GroupShapes

from dashboard.charts.canvas import Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Run
from dashboard.charts.edition_lines import EditionLine, LinePanel, line_section
from dashboard.charts.labels import figure, is_plain
from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width, wrap
from dashboard.charts.years import year_of
from dashboard.formats import pptx_scatter
from dashboard.formats.change_labels import (
    APART,
    DOT,
    SLASHES,
    Gap,
    Plot,
    Spot,
    clear,
    labels_and_gaps,
)
from dashboard.formats.pptx_charts import Frame, percent_axis, plain_axis, rgb
from dashboard.formats.pptx_grid import interval_of, percent_code
from dashboard.formats.pptx_shapes import paragraph, rule, text_box
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import (
    EDGE,
    GAP,
    HEAD_SIZE,
    QUIET_SIZE,
    TICK_SIZE,
    WIDE,
    SlidePage,
    cut,
    numbered,
)
from dashboard.query import Section, View
from dashboard.text import Localizer, summary

_BESIDE = 2
"""Charts that stand side by side."""
_CROWDED = 3
"""Lines of a chart above which it has a slide to itself."""
_AXIS = 40.0
"""Points left of a plot for its percentages."""
_UNDER = 34.0
"""Points under a plot for two lines of periods."""
_LEADER = 16.0
"""Points between the last mark of a line and its name."""
_GUTTER = 0.42
"""Of a chart's width that the names at the right take at most."""


def pages(view: View, section: Section, loc: Localizer, room: float) -> tuple[SlidePage, ...]:
    """The slides of a section: two indicators on each, one that has many lines alone."""
    found: list[list[LinePanel]] = []
    for panel in _panels(view, section, loc) if section.panels else ():
        crowded = len(panel.lines) > _CROWDED
        before = found[-1] if found else []
        if before and not crowded and len(before) < _BESIDE and len(before[0].lines) <= _CROWDED:
            before.append(panel)
        elif panel.lines:
            found.append([panel])
    groups = ([panel.index for panel in group if panel.lines] for group in found)
    return numbered([SlidePage(section, cut(section, group)) for group in groups])


def _panels(view: View, section: Section, loc: Localizer) -> list[LinePanel]:
    """The lines of each panel of a section; what all of them share stands in the line under each name."""
    context = ChartContext(Canvas(WIDE), section, loc, view.selection)
    found = line_section(context)
    return [
        replace(panel, unit=" · ".join(filter(None, (panel.unit, found.shared))))
        for panel in found.panels
    ]


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The charts of a slide side by side between the y of ``ends``, all on the same years and equally wide."""
    page, loc, (top, bottom) = context.page, context.loc, ends
    shown = [page.whole.panels.index(panel) for panel in page.section.panels]
    panels = [each for each in _panels(context.view, page.whole, loc) if each.index in shown]
    wide = (WIDE - GAP * (_BESIDE - 1)) / _BESIDE if len(panels) > 1 else WIDE
    years = [year for value in page.whole.values if (year := year_of(value)) is not None]
    head = max(sum(map(len, _heading(panel, wide))) for panel in panels) * HEAD_SIZE * LEADING
    gutter = max(_gutter(panel, loc, wide) for panel in panels)
    for at, panel in enumerate(panels):
        left = EDGE + at * (wide + GAP)
        plot = Plot(
            left + _AXIS,
            left + wide - gutter,
            top + head + APART,
            bottom - _UNDER,
            min(years) - 0.7,
            max(years) + 0.7,
        )
        _panel(context, panel, plot, (left, top, wide))


def _heading(panel: LinePanel, wide: float) -> tuple[list[str], list[str]]:
    """(lines of the indicator, quiet lines under it: what percentages are of, and whose lines they are)."""
    return wrap(panel.name, HEAD_SIZE, wide, bold=True), wrap(panel.unit, QUIET_SIZE, wide)


def _gutter(panel: LinePanel, loc: Localizer, wide: float) -> float:
    """Points right of a plot for the figures and names at the ends of its lines."""
    longest = max(
        width(figure(loc, line.values[-1][1]), LABEL_SIZE, bold=True)
        + width(f" {line.name}", LABEL_SIZE)
        for line in panel.lines
    )
    return min(longest + _LEADER + 6, wide * _GUTTER)


def _panel(
    context: SlideContext, panel: LinePanel, plot: Plot, place: tuple[float, float, float]
) -> None:
    loc, (left, top, wide) = context.loc, place
    group = context.shapes.add_group_shape()
    group.name = loc.t("Remarks: {panel}").format(panel=panel.name)
    names, quiet = _heading(panel, wide)
    tall = plot.top - top - APART
    frame = text_box(group.shapes, left, top, wide, tall, names, HEAD_SIZE, bold=True).text_frame
    for text in quiet:
        paragraph(frame, [(text, False)], QUIET_SIZE, LIGHT.quiet)
    intervals = context.view.selection.intervals
    labelled, gaps = labels_and_gaps(panel, loc, plot, intervals=intervals)
    for gap in gaps:
        colour = LIGHT.colour(gap.colour)
        rule(group.shapes, *gap.start, *gap.end, colour, 0.75, MSO_LINE.DASH)
    _draw_chart(context, panel, plot, labelled)
    _periods(group.shapes, loc, panel, plot)
    # Over the chart, so that no line of its axis passes through a text.
    over = context.shapes.add_group_shape()
    over.name = group.name
    _breaks(over.shapes, gaps)
    _ends(over.shapes, panel, loc, plot)


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
        before=_AXIS,
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
        if step and step.broken:
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
                (Run(figure(loc, value), bold=True),) if spot else (),
                spot.position if spot else "t",
                down=spot.down if spot else 0.0,
                ground=spot is None or spot.clear,
                interval=interval_of(view, value),
            )
        )
    return pptx_scatter.Line(
        line.series, tuple(points), colour, dash=line.dash, interval_colour=colour
    )


def _periods(
    shapes: GroupShapes,
    loc: Localizer,
    panel: LinePanel,
    plot: Plot,
) -> None:
    """The periods under a plot; those that stand close together on two lines, those without room on none."""
    periods = {
        loc.short_period(value.survey): year for line in panel.lines for year, value in line.values
    }
    reached = [0.0, 0.0]
    for name, year in sorted(periods.items(), key=lambda each: each[1]):
        x, wide = plot.across(year), width(name, TICK_SIZE) + 8
        level = next((at for at, end in enumerate(reached) if x - wide / 2 >= end), None)
        if level is not None:
            y = plot.bottom + 4 + level * TICK_SIZE * LEADING
            text_box(shapes, x - wide / 2, y, wide, 15, [name], TICK_SIZE, LIGHT.quiet, align="ctr")
            reached[level] = x + wide / 2


def _breaks(shapes: GroupShapes, gaps: Sequence[Gap]) -> None:
    """Two slashes on the way over each break; why it is one stands in the foot and in the speaker notes."""
    for gap in gaps:
        if gap.sign is None:
            continue
        spot, colour = gap.sign, LIGHT.colour(gap.colour)
        place = (spot.x, spot.y, spot.wide, spot.tall)
        box = text_box(shapes, *place, [SLASHES], LABEL_SIZE, colour, align="ctr")
        box.fill.solid()
        box.fill.fore_color.rgb = rgb(LIGHT.ground)


def _ends(shapes: GroupShapes, panel: LinePanel, loc: Localizer, plot: Plot) -> None:
    """The last figure of each line and whose it is, right of the plot and clear of each other, with leaders."""
    lines = sorted(panel.lines, key=lambda line: -line.values[-1][1].observation.value)
    lasts = [line.values[-1] for line in lines]
    wanted = [plot.down(value.observation.value) for _, value in lasts]
    # Alone in its chart, a line has its last figure at its last mark.
    alone = len(lines) == 1
    x = plot.across(lasts[0][0]) + DOT if alone else plot.right + _LEADER
    room = min(EDGE + WIDE - x, plot.right - plot.left)
    heights = [
        len(wrap(f"{figure(loc, value)} {line.name}", LABEL_SIZE, room, bold=True)) * APART
        for line, (_, value) in zip(lines, lasts, strict=True)
    ]
    # Over the axis, so that no leader crosses it or a period, as far as they have room there.
    over = plot.bottom if sum(heights) < plot.bottom - plot.top else plot.bottom + _UNDER - 2
    middles = clear(wanted, heights, plot.top - APART, over)
    for line, (year, value), y, middle, tall in zip(
        lines, lasts, wanted, middles, heights, strict=True
    ):
        if not alone:
            rule(shapes, plot.across(year) + DOT / 2 + 1, y, x - 3, middle, LIGHT.faint)
        runs = [(figure(loc, value), True), *([(f" {line.name}", False)] if line.name else [])]
        wide = min(room, sum(width(text, LABEL_SIZE, bold) for text, bold in runs) + 4)
        box = text_box(shapes, x, middle - tall / 2, wide, tall, [], LABEL_SIZE)
        paragraph(box.text_frame, runs, LABEL_SIZE, LIGHT.ink, first=True)
        box.fill.solid()
        box.fill.fore_color.rgb = rgb(LIGHT.ground)
