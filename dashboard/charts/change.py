"""Change over editions: one small chart per indicator, years along, percent up, breaks drawn as breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Dash, Mark, Point
from dashboard.charts.end_labels import write_labels
from dashboard.charts.headings import HEAD, SMALL, legend, series_entries
from dashboard.charts.labels import is_plain, spoken, symbol_of
from dashboard.charts.roles import FAINT, GRID, INK, QUIET
from dashboard.charts.series import series_role
from dashboard.charts.years import Plot, Timeline, dated_lines, year_of
from dashboard.messages import gettext_noop
from dashboard.query import Header, Panel, Section, Stratum, Value
from dashboard.text import Localizer, texts

ROOM = 290
"""Pixels (at scale 1) a panel needs."""
CROWDED = 6
"""Lines above which a panel has the width to itself and tells the last figure of each; card and table have the others."""
_DASHES: dict[str, Dash] = {
    "all": "solid",
    "municipal": "dot",
    "regional": "dashdot",
    "municipal_regional": "dot",
    "state": "solid",
}
"""Where the colour is the country, the line helps to tell the sector; no long gaps, which would look like breaks."""
_OTHER_DASH: Dash = "dot"
"""Of any other sector."""
UNDER = 36
"""Pixels (at scale 1) for two lines of periods."""
HEIGHT, HIGHER = 170, 260
"""Pixels (at scale 1) of a plot, and of one with many lines."""
MARK, STROKE = 9, 2
"""Pixels of a mark (at scale 1) and of a line."""


class Change(Chart):
    """Lines over the editions."""

    name = "change"
    label = gettext_noop("Change over editions")
    joins_editions = True
    signs_small_bases = False
    on_slides = "change"

    def draw(self, context: ChartContext, y: float) -> float:
        """Legend, and every indicator of the section; returns the y below."""
        canvas, section = context.canvas, context.section
        y = legend(canvas, y, series_entries(section, context.loc))
        years = [year for value in section.values if (year := year_of(value)) is not None]
        if not years:
            return y
        timeline = Timeline(min(years) - 0.8, max(years) + 3.2)
        fitting = int((canvas.width + canvas.px(34)) // canvas.px(ROOM))
        per_line = max(1, min(len(section.panels), fitting))
        for line in _side_by_side(section, per_line):
            y = _Line(context, timeline, tuple(line), per_line).draw(y)
        return y

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What is not drawn."""
        sentence = loc.t("Only figures with a second edition to compare with are drawn.")
        return sentence if section.values else ""

    def note_on_surveys(self, loc: Localizer, section: Section) -> str:
        """How many of those asked answered."""
        return texts.response_rates(loc, section)


def _side_by_side(section: Section, per_line: int) -> list[list[int]]:
    """Indices of the panels that stand side by side: those with many lines alone, the others as many as fit."""
    rows: list[list[int]] = []
    for index in range(len(section.panels)):
        alone = _is_crowded(section, index)
        before = rows[-1] if rows else []
        if alone or not before or len(before) == per_line or _is_crowded(section, before[0]):
            rows.append([index])
        else:
            before.append(index)
    return rows


def _is_crowded(section: Section, index: int) -> bool:
    return len(dated_lines(section, index)) > CROWDED


@dataclass(frozen=True, slots=True)
class _Line:
    """Panels side by side."""

    context: ChartContext
    timeline: Timeline
    indices: tuple[int, ...]
    per_line: int

    def draw(self, y: float) -> float:
        """Draw the panels from ``y`` on; returns the y below."""
        context, canvas, section = self.context, self.context.canvas, self.context.section
        gutter, many = canvas.px(34), _is_crowded(section, self.indices[0])
        room = (
            canvas.width if many else (canvas.width - gutter * (self.per_line - 1)) / self.per_line
        )
        tall = canvas.px(HIGHER if many else HEIGHT)
        names = [_name(context, section.panels[index]) for index in self.indices]
        head = max(canvas.measure(name, room, HEAD, bold=True) for name in names)
        notes = [_notes(context, index) for index in self.indices]
        foot = max(sum(canvas.measure(note, room, SMALL) for note in each) for each in notes)
        top = y + head + canvas.px(22)
        for at, (index, name) in enumerate(zip(self.indices, names, strict=True)):
            left = at * (room + gutter)
            canvas.rule(left, y, left + room, y, INK)
            canvas.block(left, y + canvas.px(6), name, room, HEAD, bold=True)
            margin = canvas.text_width(context.loc.percent(100), 10) + 8
            plot = Plot(self.timeline, left + margin, left + room, top, tall)
            _draw_plot(context, index, plot)
            below = top + canvas.px(UNDER) + tall
            for note in notes[at]:
                below = canvas.block(left, below, note, room, SMALL, QUIET)
        bottom = y + head + canvas.px(22) + tall + canvas.px(UNDER) + foot
        canvas.band(y, bottom)
        return bottom + canvas.px(22)


def _name(context: ChartContext, panel: Panel) -> str:
    """The indicator, and which of several sets of comparable figures a panel holds."""
    name = context.loc.header(panel.header)
    if panel.lines == 1:
        return name
    line = texts.line(context.loc, context.section.values_of(panel), panel.line)
    return f"{name} ({line})"


def _notes(context: ChartContext, index: int) -> list[str]:
    """Base of the figures and every break between them."""
    section, loc = context.section, context.loc
    values = section.values_of(section.panels[index])
    bases = loc.join(dict.fromkeys(loc.share(value.observation.base) for value in values))
    breaks = [texts.broken(loc, step) for step in section.broken_in(section.panels[index])]
    undated = [loc.value(value) for value in values if year_of(value) is None]
    not_drawn = loc.t("Not drawn, since their year is not known: {values}.")
    not_placed = [not_drawn.format(values=loc.join(undated))] if undated else []
    return list(dict.fromkeys([bases, *breaks, *not_placed]))


def _draw_plot(context: ChartContext, index: int, plot: Plot) -> None:
    canvas, loc, section = context.canvas, context.loc, context.section
    for percent in (0, 25, 50, 75, 100):
        y = plot.down(percent)
        canvas.rule(plot.left, y, plot.right, y, GRID)
        if percent % 50 == 0:
            canvas.text(plot.left - 6, y, loc.percent(percent), 10, QUIET, anchor="right")
    periods: dict[str, float] = {}
    for row, header, dated in dated_lines(section, index):
        periods |= {loc.short_period(value.survey): year for year, value in dated}
        _draw_line(context, plot, (index, row), header, dated)
    _draw_breaks(context, index, plot)
    write_labels(context, index, plot, crowded=_is_crowded(section, index))
    _write_periods(context, plot, periods)
    canvas.panel(
        plot.left, plot.top, plot.right, plot.top + plot.tall, plot.down(0), plot.down(100)
    )


def _draw_line(
    context: ChartContext,
    plot: Plot,
    panel_and_row: tuple[int, int],
    header: Header,
    dated: Sequence[tuple[float, Value]],
) -> None:
    """The line of one country and sector, interrupted at breaks, with its marks; ``panel_and_row`` are their indices."""
    canvas, section, (panel, row) = context.canvas, context.section, panel_and_row
    colour = series_role(section, header)
    broken = {step.later.observation.position for step in section.broken_in(section.panels[panel])}
    dash: Dash = "solid"
    if section.colour_by == "country" and isinstance(header, Stratum):
        dash = _DASHES.get(header.population.sector, _OTHER_DASH)
    parts: list[list[tuple[float, float]]] = [[]]
    for year, value in dated:
        at = plot.across(year), plot.down(value.observation.value)
        if value.observation.position in broken:
            parts.append([])
        parts[-1].append(at)
        canvas.mark(
            Mark(
                position=value.observation.position,
                percent=value.observation.value,
                spoken=spoken(context.loc, value),
                panel=panel,
                row=row,
                series=context.loc.header(header),
                colour=colour,
                x=at[0],
                y=at[1],
                shape=Point(symbol_of(dated[0][1]), canvas.px(MARK), hollow=not is_plain(value)),
            )
        )
    for points in parts:
        if len(points) > 1:
            canvas.line(points, colour, STROKE, dash)


def _draw_breaks(context: ChartContext, index: int, plot: Plot) -> None:
    """A dotted upright wherever a line is interrupted, named where there is room for the word."""
    canvas, word = context.canvas, context.loc.t("break")
    edition_steps = context.section.broken_in(context.section.panels[index])
    years = ((year_of(step.earlier), year_of(step.later)) for step in edition_steps)
    middles = {
        plot.across((earlier + later) / 2)
        for earlier, later in years
        if earlier is not None and later is not None
    }
    reached, bottom = float("-inf"), plot.top + plot.tall
    for x in sorted(middles):
        canvas.rule(x, plot.top, x, bottom, FAINT, dash="dot")
        if x > reached:
            canvas.text(x + 3, bottom - canvas.px(8), word, 10, QUIET)
            reached = x + canvas.text_width(word, 10) + 6


def _write_periods(context: ChartContext, plot: Plot, periods: dict[str, float]) -> None:
    """The periods under a plot; those that stand close together on two lines, those without room on none."""
    canvas, reached = context.canvas, [0.0, 0.0]
    for name, year in sorted(periods.items(), key=lambda period: period[1]):
        x, half = plot.across(year), canvas.text_width(name, 10) / 2
        level = next((at for at, end in enumerate(reached) if x - half > end), None)
        if level is not None:
            y = plot.down(0) + canvas.px(12 + 12 * level)
            canvas.text(x, y, name, 10, QUIET, anchor="center")
            reached[level] = x + half + 4
