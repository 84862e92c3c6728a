"""The course of one indicator over the editions since its last break, and figures with their periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from dashboard.comparability import ALL
from dashboard.dataset import Observation, Survey
from dashboard.query import Measure, Population, Section, Value
from dashboard.query.clear_steps import clear_steps
from dashboard.text.localizer import Localizer

_NO_BREAK = "\u00a0"
_BETWEEN = 2
"""Figures between the first and the last that a sentence names, at most."""


def figure(loc: Localizer, row: Observation) -> str:
    """A figure as its source words it, in which no line ends: "over 50%"."""
    return loc.figure(row.value, row.qualifier).replace(" ", _NO_BREAK)


def dated_figure(loc: Localizer, row: Observation, survey: Survey) -> str:
    """A figure as its source words it, with its period: "46% (2013–14)".

    No line ends within a period, nor before one of a word; a longer one may stand on the next line of a narrow screen.
    """
    return dated(loc, figure(loc, row), survey)


def dated(loc: Localizer, text: str, survey: Survey, *, tied: bool = True) -> str:
    """A text with the period of a survey: "46% (2013–14)"; ``tied``: no line ends between them where the period is short."""
    period = loc.short_period(survey)
    tie = _NO_BREAK if tied and " " not in period else " "
    return f"{text}{tie}({period.replace(' ', _NO_BREAK)})"


def dated_figures(loc: Localizer, values: Iterable[Value]) -> Iterator[str]:
    """Figures of several editions with their periods, those that follow each other and are one in one: "69% (2018–19 and 2021–23)"."""
    for same, found in groupby(values, key=lambda value: figure(loc, value.observation)):
        first, *others = (each.survey for each in found)
        if others:
            periods = loc.join(loc.short_period(each) for each in (first, *others))
            yield f"{same}{_NO_BREAK}({periods})"
        else:
            yield dated(loc, same, first)


def leading(section: Section, measures: Iterable[Measure]) -> tuple[Value, ...]:
    """The course of the first of some indicators whose figures of the first and the last edition differ, else of the first that has
    one."""
    found = [held for each in measures if (held := course(section, each))]
    changed = (held for held in found if held[0].observation.value != held[-1].observation.value)
    return next(changed, found[0] if found else ())


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


def told(section: Section, values: Sequence[Value]) -> tuple[Value, ...]:
    """What a sentence names of a course of two figures or more: the first and the last, and between them each to which a test calls the
    step clear, where these are few."""
    clear = clear_steps(section)
    between = [
        later
        for earlier, later in pairwise(values[:-1])
        if (earlier.observation.position, later.observation.position) in clear
    ]
    return (values[0], *(between if len(between) <= _BETWEEN else ()), values[-1])


def _is_whole(value: Value) -> bool:
    """Whether a figure is about all sectors of a country, and no part of them."""
    return value.population == Population(ALL)
