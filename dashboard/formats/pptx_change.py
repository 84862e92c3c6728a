"""Slides of a change over editions: an indicator a chart, years along and percent up, with a gap at every break."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.shapes.shapetree import GroupShapes
from pptx.slide import Slide

from dashboard.charts.drawing import Dash, Run
from dashboard.charts.labels import is_plain, symbol_of
from dashboard.charts.palette import LIGHT
from dashboard.charts.series import series_role
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.charts.text import width, wrap
from dashboard.charts.years import Dated, dated_lines, year_of
from dashboard.formats import pptx_scatter
from dashboard.formats.change_labels import APART, DOT, Box, Plot, clear, labels_and_gaps
from dashboard.formats.pptx_charts import Frame, percent_axis, plain_axis
from dashboard.formats.pptx_grid import interval_of, percent_code
from dashboard.formats.pptx_shapes import paragraph, rule, text_box
from dashboard.formats.pptx_sheet import Provenance
from dashboard.formats.slide_layout import (
    EDGE,
    GAP,
    HEAD_SIZE,
    QUIET_SIZE,
    TICK_SIZE,
    WIDE,
    SlidePage,
    bases,
    cut,
    numbered,
    shares,
)
from dashboard.query import Header, Section, Value, View
from dashboard.text import Localizer, comparisons, summary, texts

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
_DASHES: tuple[Dash, ...] = ("solid", "dot", "dash", "dashdot")


def pages(view: View, section: Section, loc: Localizer, room: float) -> tuple[SlidePage, ...]:
    """The slides of a section: two indicators on each, one that has many lines alone."""
    found: list[list[int]] = []
    for at in range(len(section.panels)):
        alone = _many(section, at)
        if found and not alone and len(found[-1]) < _BESIDE and not _many(section, found[-1][0]):
            found[-1].append(at)
        elif any(dated_lines(section, at)):
            found.append([at])
    return numbered([SlidePage(section, cut(section, group)) for group in found])


def _many(section: Section, at: int) -> bool:
    return len(dated_lines(section, at)) > _CROWDED


def draw(
    slide: Slide,
    view: View,
    page: SlidePage,
    loc: Localizer,
    known: Provenance,
    ends: tuple[float, float],
) -> None:
    """The charts of a slide side by side between the y of ``ends``, all on the same years and equally wide."""
    held, (top, bottom) = page.section, ends
    panels = range(len(held.panels))
    wide = (WIDE - GAP * (_BESIDE - 1)) / _BESIDE if len(panels) > 1 else WIDE
    years = [year for value in page.whole.values if (year := year_of(value)) is not None]
    heads = [_heading(held, at, loc, wide) for at in panels]
    head = max((len(name) * HEAD_SIZE + len(quiet) * QUIET_SIZE) * LEADING for name, quiet in heads)
    gutter = max(_gutter(held, at, loc, wide) for at in panels)
    for at in panels:
        left = EDGE + at * (wide + GAP)
        plot = Plot(
            left + _AXIS,
            left + wide - gutter,
            top + head + APART,
            bottom - _UNDER,
            min(years) - 0.7,
            max(years) + 0.7,
        )
        _panel(slide, view, page, at, loc, known, plot, heads[at], (left, top, wide))


def _heading(held: Section, at: int, loc: Localizer, wide: float) -> tuple[list[str], list[str]]:
    """(lines of the indicator, quiet lines under it: whose line, where there is one, and what percentages are of)."""
    panel, lines = held.panels[at], dated_lines(held, at)
    parts = [shares(loc, bases(held, at))]
    if panel.lines > 1:
        parts.insert(0, texts.line(loc, held.values_of(panel), panel.line))
    elif len(lines) == 1:
        parts.insert(0, loc.header(lines[0][1]))
    return (
        wrap(loc.header(panel.header), HEAD_SIZE, wide, bold=True),
        wrap(" · ".join(part for part in parts if part), QUIET_SIZE, wide),
    )


def _name(held: Section, at: int, loc: Localizer, value: Value) -> str:
    """Whose a line is, as far as it differs from the others of its chart; blank where it is alone."""
    lasts = [dated[-1][1] for _, _, dated in dated_lines(held, at)]
    return comparisons.dot_name(loc, lasts, value) if len(lasts) > 1 else ""


def _last_label(held: Section, at: int, loc: Localizer, value: Value) -> tuple[str, str]:
    return loc.value(value), _name(held, at, loc, value)


def _gutter(held: Section, at: int, loc: Localizer, wide: float) -> float:
    """Points right of a plot for the figures and names at the ends of its lines."""
    labels = [_last_label(held, at, loc, dated[-1][1]) for _, _, dated in dated_lines(held, at)]
    longest = max(
        width(figure, LABEL_SIZE, bold=True) + width(f" {name}" if name else "", LABEL_SIZE)
        for figure, name in labels
    )
    return min(longest + _LEADER + 6, wide * _GUTTER)


def _panel(
    slide: Slide,
    view: View,
    page: SlidePage,
    at: int,
    loc: Localizer,
    known: Provenance,
    plot: Plot,
    head: tuple[list[str], list[str]],
    place: tuple[float, float, float],
) -> None:
    held, (left, top, wide) = page.section, place
    group = slide.shapes.add_group_shape()
    group.name = loc.t("Remarks: {panel}").format(panel=loc.header(held.panels[at].header))
    names, quiet = head
    tall = plot.top - top - APART
    frame = text_box(group.shapes, left, top, wide, tall, names, HEAD_SIZE, bold=True).text_frame
    for text in quiet:
        paragraph(frame, [(text, False)], QUIET_SIZE, LIGHT.quiet)
    lines = dated_lines(held, at)
    word = loc.t("break")
    labelled, gaps = labels_and_gaps(held, at, loc, plot, word)
    _draw_chart(slide, view, page, at, loc, known, plot, labelled)
    _periods(group.shapes, loc, lines, plot)
    _breaks(group.shapes, gaps, word)
    _ends(group.shapes, held, at, loc, plot)


def _draw_chart(
    slide: Slide,
    view: View,
    page: SlidePage,
    at: int,
    loc: Localizer,
    known: Provenance,
    plot: Plot,
    labelled: dict[int, str],
) -> None:
    held = page.section
    panel = held.panels[at]
    broken = {step.later.observation.position for step in held.broken_in(panel)}
    dashes = _dashes(held, at)
    lines: list[pptx_scatter.Line] = []
    for _, header, dated in dated_lines(held, at):
        colour = LIGHT.colour(series_role(page.whole, header))
        points: list[pptx_scatter.Point | None] = []
        for year, value in dated:
            position = value.observation.position
            if position in broken and points:
                points.append(None)
            points.append(
                pptx_scatter.Point(
                    loc.period(value.survey),
                    value,
                    year,
                    value.observation.value,
                    colour,
                    symbol_of(value),
                    not is_plain(value),
                    (Run(loc.value(value), bold=True),) if position in labelled else (),
                    labelled.get(position, "t"),
                    interval=interval_of(view, value),
                )
            )
        lines.append(
            pptx_scatter.Line(
                loc.header(header),
                tuple(points),
                colour,
                dash=dashes[header],
                interval_colour=colour,
            )
        )
    name = loc.header(panel.header)
    figures = "; ".join(summary.named_value(loc, value) for value in held.values_of(panel))
    frame = Frame(
        name,
        f"{name}: {figures}",
        plot.left,
        plot.top,
        plot.right - plot.left,
        plot.bottom - plot.top,
        right=4,
        over=APART,
        under=8,
        before=_AXIS,
    )
    chart = pptx_scatter.draw(slide.shapes, frame, lines, known, DOT, upright=True)
    code = percent_code(loc)
    percent_axis(chart.value_axis, f'[=25]"";[=75]"";{code}', 25)
    plain_axis(chart.category_axis, plot.first, plot.last)


def _dashes(held: Section, at: int) -> dict[Header, Dash]:
    """The dashes of the lines of a chart: those of one colour differ."""
    found: dict[Header, Dash] = {}
    used: dict[str, int] = {}
    for _, header, _dated in dated_lines(held, at):
        colour = LIGHT.colour(series_role(held, header))
        found[header] = _DASHES[used.get(colour, 0) % len(_DASHES)]
        used[colour] = used.get(colour, 0) + 1
    return found


def _periods(
    shapes: GroupShapes,
    loc: Localizer,
    lines: Sequence[tuple[int, Header, list[Dated]]],
    plot: Plot,
) -> None:
    """The periods under a plot; those that stand close together on two lines, those without room on none."""
    periods = {
        loc.short_period(value.survey): year for _, _, dated in lines for year, value in dated
    }
    reached = [0.0, 0.0]
    for name, year in sorted(periods.items(), key=lambda each: each[1]):
        x, wide = plot.across(year), width(name, TICK_SIZE) + 8
        level = next((at for at, end in enumerate(reached) if x - wide / 2 >= end), None)
        if level is not None:
            y = plot.bottom + 4 + level * TICK_SIZE * LEADING
            text_box(shapes, x - wide / 2, y, wide, 15, [name], TICK_SIZE, LIGHT.quiet, align="ctr")
            reached[level] = x + wide / 2


def _breaks(shapes: GroupShapes, spots: Sequence[Box], word: str) -> None:
    """The word in the gaps of lines; why they are broken stands in the speaker notes."""
    for spot in spots:
        text_box(
            shapes,
            spot.x,
            spot.y,
            spot.wide,
            spot.tall,
            [word],
            QUIET_SIZE,
            LIGHT.quiet,
            align="ctr",
        )


def _ends(shapes: GroupShapes, held: Section, at: int, loc: Localizer, plot: Plot) -> None:
    """The last figure of each line and whose it is, right of the plot and clear of each other, with leaders."""
    lasts = sorted(
        (dated[-1] for _, _, dated in dated_lines(held, at)),
        key=lambda each: -each[1].observation.value,
    )
    wanted = [plot.down(value.observation.value) for _, value in lasts]
    # Alone in its chart, a line has its last figure at its last mark.
    alone = len(lasts) == 1
    x = plot.across(lasts[0][0]) + DOT if alone else plot.right + _LEADER
    room = EDGE + WIDE - x
    heights = []
    for _, value in lasts:
        figure, name = _last_label(held, at, loc, value)
        heights.append(max(1, len(wrap(f"{figure} {name}", LABEL_SIZE, room, bold=True))) * APART)
    for (year, value), y, middle, tall in zip(
        lasts,
        wanted,
        clear(wanted, heights, plot.top - APART, plot.bottom + _UNDER - 2),
        heights,
        strict=True,
    ):
        if not alone:
            rule(shapes, plot.across(year) + DOT / 2 + 1, y, x - 3, middle, LIGHT.faint)
        figure, name = _last_label(held, at, loc, value)
        frame = text_box(shapes, x, middle - tall / 2, room, tall, [], LABEL_SIZE).text_frame
        runs = [(figure, True), *([(f" {name}", False)] if name else [])]
        paragraph(frame, runs, LABEL_SIZE, LIGHT.ink, first=True)
