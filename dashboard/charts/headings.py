"""Parts that charts share: the legend, the heading of a panel, the name of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.canvas import Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.roles import INK, QUIET, Outline, Role
from dashboard.charts.series import series_role
from dashboard.charts.text import wrap
from dashboard.query import Facts, Header, Panel, Respondents, Row, Section
from dashboard.text import Localizer, texts, verdicts

SMALL = 10.5
HEAD = 13


@dataclass(frozen=True, slots=True)
class _Line:
    """A text of a heading; ``most`` lines of it are shown, or all."""

    content: str
    size: float = 11.5
    colour: Role = INK
    bold: bool = False
    most: int = 0


def facts_line(loc: Localizer, facts: Facts, period: str = "") -> str:
    """Reference period, base and answer of respondents: "2019–2020 · % of workplaces"."""
    parts = [period or loc.period(facts.surveys[0]), loc.share(facts.base)]
    if facts.answer == "high":
        parts.append(loc.t("“{answer}”").format(answer=loc.lower("response", "high")))
    return " · ".join(parts)


def series_entries(section: Section, loc: Localizer) -> list[tuple[Role, str]]:
    """(colour, name) of every series, as a legend lists them."""
    return [
        (series_role(section, header), _entry(section, header, loc)) for header in section.series
    ]


def _entry(section: Section, header: Header, loc: Localizer) -> str:
    if isinstance(header, Respondents):
        return f"{loc.respondents(header)} ({facts_line(loc, section.facts[header])})"
    return loc.header(header)


def legend(canvas: Canvas, y: float, entries: Sequence[tuple[Role, str]]) -> float:
    """Coloured squares with their names from ``y`` on, side by side, a name wider than the canvas wrapped; returns the y below."""
    side, space, gap, step = (canvas.px(each) for each in (11, 6, 18, 20))
    x, below = 0.0, y
    for colour, name in dict.fromkeys(entries):
        lines = wrap(name, canvas.px(12), canvas.width - side - space)
        wide = side + space + max(canvas.text_width(line, 12) for line in lines)
        if x and x + wide > canvas.width:
            x, y = 0.0, below
        top = y + (step - side) / 2
        canvas.box(x, top, x + side, top + side, colour, Outline(colour))
        for at, line in enumerate(lines):
            canvas.text(x + side + space, y + step * (at + 0.5), line, 12)
        below = max(below, y + step * len(lines))
        x += wide + gap
    return below + canvas.px(8)


def panel_heading_height(context: ChartContext, panel: Panel, room: float) -> float:
    """Pixels that ``panel_heading`` takes."""
    return sum(
        context.canvas.measure(line.content, room, line.size, line.bold, line.most)
        for line in _panel_lines(context, panel)
    )


def panel_heading(context: ChartContext, panel: Panel, x: float, y: float, room: float) -> None:
    """The name of a panel, and for a country the reference period, the survey and the base, in ``room`` pixels from (x, y)."""
    for line in _panel_lines(context, panel):
        y = context.canvas.block(
            x, y, line.content, room, line.size, line.colour, line.bold, line.most
        )


def _panel_lines(context: ChartContext, panel: Panel) -> list[_Line]:
    section, loc = context.section, context.loc
    lines = [_Line(loc.header(panel.header), HEAD, bold=True)]
    if panel.lines > 1:
        lines.append(_Line(texts.line(loc, section.values_of(panel), panel.line)))
    facts = section.facts_of(panel.header)
    if facts:
        title = facts.surveys[0].title
        others = len(facts.surveys) - 1
        if not (isinstance(panel.header, Respondents) and panel.header.survey_id):
            lines.append(_Line(loc.period(facts.surveys[0])))
        lines.append(_Line(loc.share(facts.base)))
        if facts.answer == "high":
            lines.append(_Line(loc.answering()))
        if others:
            title = loc.t("{title}, and {count} more").format(title=title, count=others)
        lines.append(_Line(title, SMALL, QUIET, most=3))
    apart = verdicts.obstacles(loc, panel.obstacles, panel.bases)
    return [*lines, _Line(apart, SMALL, QUIET)] if apart else lines


def row_name(loc: Localizer, section: Section, row: Row) -> tuple[str, str]:
    """(label, quiet line under it) of a row."""
    facts = section.facts_of(row.header)
    if facts:
        # The rows of one country: each edition with its period, where the row has one alone.
        periods = {loc.period(value.survey) for value in row.values} if row.lines > 1 else set()
        return loc.header(row.header), facts_line(
            loc, facts, periods.pop() if len(periods) == 1 else ""
        )
    line = texts.line(loc, row.values, row.line) if row.lines > 1 else ""
    apart = verdicts.obstacles(loc, row.obstacles, row.bases)
    return loc.header(row.header), " · ".join(part for part in (line, apart) if part)
