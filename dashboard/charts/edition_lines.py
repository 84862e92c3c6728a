"""The lines of a change over editions: whose each is, how it looks, and what is said once for all of them.

A name tells only what differs: what all lines of the section share stands above the panels, what those of one panel share under its
name. The hue is that of the country. Where the reader has chosen one country it would mean nothing, and lines are grey, on the
whole page. Sectors differ in mark and dash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Dash, Symbol
from dashboard.charts.labels import symbol_in, symbol_of
from dashboard.charts.roles import QUIET, Country, Role
from dashboard.charts.years import year_of
from dashboard.query import (
    EditionStep,
    Header,
    Measure,
    Population,
    Respondents,
    Stratum,
    Value,
)
from dashboard.text import Localizer

Aspect = Literal["measure", "respondents", "population"]
"""What a line is about."""
_ASPECTS: tuple[Aspect, ...] = ("measure", "respondents", "population")
_DASHES: Mapping[str, Dash] = {
    "all": "solid",
    "municipal": "dot",
    "regional": "dashdot",
    "municipal_regional": "dot",
    "state": "solid",
}
_OTHER_DASH: Dash = "dot"
"""Of any other sector."""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """The figures of one indicator, country and population, in the order of time."""

    row: int
    """Index of its row in the section."""
    values: tuple[tuple[float, Value], ...]
    """(year, figure)."""
    steps: tuple[EditionStep | None, ...]
    """What lies between each figure and the next."""
    name: str
    """What tells it from the others of its panel; blank where it is alone."""
    series: str
    """What tells it from the others of the section, whatever panel they stand in."""
    colour: Role
    dash: Dash
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class LinePanel:
    """A panel before it is laid out."""

    index: int
    """Of the panel in the section."""
    name: str
    unit: str
    """What its percentages are of, and what its lines share."""
    lines: tuple[EditionLine, ...]


@dataclass(frozen=True, slots=True)
class LineSection:
    """All panels, and what the lines of all of them share."""

    shared: str
    panels: tuple[LinePanel, ...]


def line_section(context: ChartContext) -> LineSection:
    """The lines of a section, panel by panel."""
    section, loc = context.section, context.loc
    steps = {
        (step.earlier.observation.position, step.later.observation.position): step
        for step in section.edition_steps
    }
    told = _aspects(section.panels[0].header)
    values = section.values
    shared = [aspect for aspect in _ASPECTS if aspect not in told and _is_one(aspect, values)]
    differing = [aspect for aspect in _ASPECTS if aspect not in told and aspect not in shared]
    panels = []
    for index, panel in enumerate(section.panels):
        of_panel = section.values_of(panel)
        naming = [aspect for aspect in differing if not _is_one(aspect, of_panel)]
        common = [aspect for aspect in differing if aspect not in naming]
        unit = [_unit(loc, of_panel), _named(loc, common, of_panel[0], values)]
        panels.append(
            LinePanel(
                index,
                loc.header(panel.header),
                " · ".join(part for part in unit if part),
                tuple(
                    _line(context, at, line, steps, naming, differing)
                    for at, row in enumerate(section.rows)
                    for line in row.cells[index].lines
                    if any(year_of(value) is not None for value in line)
                ),
            )
        )
    above = " · ".join(_part(loc, aspect, values[0], values) for aspect in shared)
    if len(panels) == 1 and above:
        only = panels[0]
        return LineSection("", (replace(only, unit=f"{only.unit} · {above}"),))
    return LineSection(above, tuple(panels))


def _line(
    context: ChartContext,
    row: int,
    values: Sequence[Value],
    steps: Mapping[tuple[int, int], EditionStep],
    naming: Sequence[Aspect],
    differing: Sequence[Aspect],
) -> EditionLine:
    section, loc, first = context.section, context.loc, values[0]
    dated = [(year, value) for value in values if (year := year_of(value)) is not None]
    positions = [value.observation.position for _, value in dated]
    central = first.respondents.level == "central"
    several = len(context.selection.countries) > 1
    return EditionLine(
        row=row,
        values=tuple(dated),
        steps=tuple(steps.get(pair) for pair in pairwise(positions)),
        name=_named(loc, naming, first, section.values),
        series=_named(loc, differing, first, section.values) or loc.measure(first.measure),
        colour=Country(first.respondents.country, section.countries, central) if several else QUIET,
        dash=_DASHES.get(first.population.sector, _OTHER_DASH),
        symbol=symbol_of(first) if central else symbol_in(section, first.population, first),
    )


def _aspects(header: Header) -> tuple[Aspect, ...]:
    """What the name of a panel tells of its lines."""
    if isinstance(header, Measure):
        return ("measure",)
    if isinstance(header, Respondents | Stratum):
        return ("respondents",)
    return ("population",)


def _of(aspect: Aspect, value: Value) -> Measure | Respondents | Population:
    if aspect == "measure":
        return value.measure
    return value.respondents if aspect == "respondents" else value.population


def _is_one(aspect: Aspect, values: Iterable[Value]) -> bool:
    return len({_of(aspect, value) for value in values}) == 1


def _named(loc: Localizer, aspects: Sequence[Aspect], value: Value, among: Sequence[Value]) -> str:
    """The aspects of a line in one name."""
    parts = [_part(loc, aspect, value, among) for aspect in aspects]
    if len(parts) > 1 and aspects[-1] == "population":
        parts[-1] = loc.lower_population(value.population)
    return ", ".join(parts)


def _part(loc: Localizer, aspect: Aspect, value: Value, among: Sequence[Value]) -> str:
    """One aspect; of respondents the country alone where all lines are those of workplaces."""
    if aspect == "respondents" and all(
        each.respondents.level == "workplace" and not each.respondents.compilation for each in among
    ):
        return loc.label("country", value.respondents.country)
    return loc.header(_of(aspect, value))


def _unit(loc: Localizer, values: Sequence[Value]) -> str:
    """What percentages are of, and of graded questions the answer."""
    bases = dict.fromkeys(loc.label("base", value.observation.base) for value in values)
    unit = loc.t("% of {base}").format(base=loc.t(" / of ").join(bases))
    graded = all(value.observation.response == "high" for value in values)
    return f"{unit} · {loc.answering()}" if graded else unit
