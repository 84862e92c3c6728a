"""What the course of one indicator over the editions is, in a title: its figures since its last break, each with its period."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dashboard.comparability import ALL
from dashboard.dataset import Observation, Survey
from dashboard.query import Measure, Population, Section, Value, View
from dashboard.selection import chart_type
from dashboard.text.localizer import Localizer

_NO_BREAK = "\u00a0"


def title(loc: Localizer, view: View) -> str:
    """The course that a view draws: "Evaluated, Denmark: 46% (2015–16) and 41% (2018–19)"; blank where it draws no single one."""
    if not chart_type(view.selection.chart).joins_editions or len(view.sections) != 1:
        return ""
    return of_figures(loc, course(view.sections[0]))


def of_figures(loc: Localizer, values: Sequence[Value]) -> str:
    """The figures of a course, each with its period; blank without figures."""
    if not values:
        return ""
    first = values[0]
    figures = [dated_figure(loc, value.observation, value.survey) for value in values]
    return loc.t("{indicator}, {country}: {figures}").format(
        indicator=loc.measure(first.measure),
        country=loc.label("country", first.respondents.country),
        figures=loc.join(figures),
    )


def dated_figure(loc: Localizer, row: Observation, survey: Survey) -> str:
    """A figure as its source words it, with its period: "46% (2013–14)".

    No line ends within a period, nor before one of a word; a longer one may stand on the next line of a narrow screen.
    """
    return dated(loc, loc.figure(row.value, row.qualifier), survey)


def dated(loc: Localizer, text: str, survey: Survey) -> str:
    """A text with the period of a survey: "46% (2013–14)"."""
    period = loc.short_period(survey)
    tie = " " if " " in period else _NO_BREAK
    return f"{text}{tie}({period.replace(' ', _NO_BREAK)})"


def course(section: Section, measure: Measure | None = None) -> tuple[Value, ...]:
    """The figures of the longest line of all sectors since its last break; none where that is a single one, where one is in doubt
    or where there are several indicators and none is asked for."""
    measures = {value.measure for value in section.values}
    if measure is None and len(measures) != 1:
        return ()
    broken = {
        (step.earlier.observation.position, step.later.observation.position)
        for step in section.edition_steps
        if step.broken
    }
    lines = [line for row in section.rows for cell in row.cells for line in cell.lines]
    whole = (line for line in lines if line and _is_whole(line[0]))
    longest = max(
        (line for line in whole if measure in (None, line[0].measure)), key=len, default=()
    )
    begun = 0
    for at, (earlier, later) in enumerate(pairwise(longest), 1):
        if (earlier.observation.position, later.observation.position) in broken:
            begun = at
    since = longest[begun:]
    doubted = any(value.observation.status == "inferred" for value in since)
    return () if doubted or len(since) < 2 else since


def _is_whole(value: Value) -> bool:
    """Whether a figure is about all sectors of a country, and no part of them."""
    return value.population == Population(ALL)
