"""The lines of a change over editions: whose each is, how it looks, and what is said once for all of them.

A name tells only what differs: what all lines of the section share stands above the panels, what those of one panel share under its
name. The hue is that of the country. Where the reader has chosen one country it would mean nothing, and lines are grey, on the
whole page. A sector beside all sectors of its country has a darker tone; diamonds are those of the management, as in all charts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Symbol
from dashboard.charts.labels import symbol_of
from dashboard.charts.roles import QUIET, Country, Role, Toned
from dashboard.charts.years import year_of
from dashboard.comparability import ALL
from dashboard.query import (
    EditionStep,
    Header,
    Measure,
    Population,
    Respondents,
    Stratum,
    Value,
)
from dashboard.query.clear_steps import clear_steps
from dashboard.text import Localizer, texts

Aspect = Literal["measure", "respondents", "population"]
"""What a line is about."""
ASPECTS: tuple[Aspect, ...] = ("measure", "respondents", "population")


@dataclass(frozen=True, slots=True)
class EditionLine:
    """The figures of one indicator, country and population, in the order of time."""

    row: int
    """Index of its row in the section."""
    values: tuple[tuple[float, Value], ...]
    """(year, figure)."""
    steps: tuple[EditionStep | None, ...]
    """What lies between each figure and the next."""
    clear: tuple[bool, ...]
    """Whether each of these is larger than chance alone would give."""
    name: str
    """What tells it from the others of its panel; blank where it is alone."""
    series: str
    """What tells it from the others of the section, whatever panel they stand in."""
    colour: Role
    symbol: Symbol

    @property
    def tone(self) -> Role | None:
        """The colour of its label, where a tone tells it from a line beside it; None for ink."""
        return self.colour if isinstance(self.colour, Toned) else None

    def joined(self, index: int) -> tuple[list[float], int]:
        """The percentages that no break parts from that of an index, and its index among them."""
        broken = [bool(step and step.broken) for step in self.steps]
        start = max((at + 1 for at in range(index) if broken[at]), default=0)
        behind = (at + 1 for at in range(index, len(broken)) if broken[at])
        end = next(behind, len(self.values))
        held = [value.observation.value for _, value in self.values[start:end]]
        return held, index - start

    @property
    def about(self) -> tuple[Measure, Respondents, str]:
        """Its indicator, respondents and sector."""
        first = self.values[0][1]
        return first.measure, first.respondents, first.observation.sector


@dataclass(frozen=True, slots=True)
class LinePanel:
    """A panel before it is laid out."""

    index: int
    """Of the panel in the section."""
    name: str
    unit: str
    """What its percentages are of, and what its lines share."""
    lines: tuple[EditionLine, ...]
    part_of: int
    """Index of the panel of the section that it is or is a part of."""
    whole: tuple[str, str] = ("", "")
    """Name and unit of the panel of the section that it is a part of; blank where it is all of that."""

    @property
    def last(self) -> float:
        """Year of its latest figure; 0 without lines."""
        return max((line.values[-1][0] for line in self.lines), default=0.0)

    @property
    def measure(self) -> Measure | None:
        """What all its lines are about; None where they are about several, or there are none."""
        found = {line.values[0][1].measure for line in self.lines}
        return found.pop() if len(found) == 1 else None

    @property
    def measures(self) -> int:
        """How many indicators its lines are about."""
        return len({line.values[0][1].measure for line in self.lines})


@dataclass(frozen=True, slots=True)
class LineSection:
    """All panels, and what the lines of all of them share."""

    shared: str
    panels: tuple[LinePanel, ...]


def line_section(
    context: ChartContext, apart: Mapping[int, Sequence[Aspect]] = MappingProxyType({})
) -> LineSection:
    """The lines of a section, panel by panel.

    ``apart``: index of a panel -> what its lines are told apart by; each kind has a panel of its own.
    """
    section, loc, clear = context.section, context.loc, clear_steps(context.section)
    steps = {
        (step.earlier.observation.position, step.later.observation.position): step
        for step in section.edition_steps
    }
    told = _aspects(section.panels[0].header)
    values = section.values
    shared = [aspect for aspect in ASPECTS if aspect not in told and _is_one(aspect, values)]
    differing = [aspect for aspect in ASPECTS if aspect not in told and aspect not in shared]
    above = " · ".join(_part(loc, aspect, values[0], values) for aspect in shared)
    alone = len(section.panels) == 1
    panels: list[LinePanel] = []
    for index, panel in enumerate(section.panels):
        lines = [
            (at, line)
            for at, row in enumerate(section.rows)
            for line in row.cells[index].lines
            if any(year_of(value) is not None for value in line)
        ]
        of_panel = section.values_of(panel)
        heading = [
            aspect
            for aspect in apart.get(index, ())
            if aspect in differing and not _is_one(aspect, of_panel)
        ]
        rest = [aspect for aspect in differing if aspect not in heading]
        whole = loc.header(panel.header), texts.joined(_unit(loc, of_panel), above if alone else "")
        if alone and context.in_picture and isinstance(panel.header, Respondents):
            # Title and unit of the picture say whose figures it shows, and the title may say the rest.
            whole = "", "" if context.introduced else whole[1]
        # A picture of one country says in title and subtitle whose figures it shows.
        said = alone and context.in_picture
        under = above if said and not isinstance(panel.header, Respondents) else ""
        kinds: dict[tuple[object, ...], list[tuple[int, tuple[Value, ...]]]] = {}
        for at, line in lines:
            kind = tuple(_of(aspect, line[0]) for aspect in heading)
            kinds.setdefault(kind, []).append((at, line))
        parts = []
        for of_kind in kinds.values():
            held = [value for _, line in of_kind for value in line] if heading else of_panel
            naming = [aspect for aspect in rest if not _is_one(aspect, held)]
            common = _named(loc, [each for each in rest if each not in naming], held[0], values)
            parts.append((of_kind, held, naming, common))
        if heading and not said and len({common for *_, common in parts}) == 1:
            # What all parts have in common stands above them.
            whole = whole[0], texts.joined(whole[1], parts[0][-1])
            parts = [(of_kind, held, naming, "") for of_kind, held, naming, _ in parts]
        for of_kind, held, naming, common in parts:
            panels.append(
                LinePanel(
                    len(panels),
                    _named(loc, heading, held[0], values) if heading else whole[0],
                    texts.joined(under, common) if heading else texts.joined(whole[1], common),
                    _toned(
                        _line(context, at, line, (steps, clear), (naming, differing))
                        for at, line in of_kind
                    ),
                    index,
                    whole if heading and not said else ("", ""),
                )
            )
    # Several that are whole come first: else each would stand alone between the parts of others.
    ordered = panels
    if sum(not any(panel.whole) for panel in panels) > 1:
        ordered = sorted(_beside_their_like(panels), key=lambda panel: any(panel.whole))
    return LineSection(
        "" if alone else above, tuple(replace(panel, index=at) for at, panel in enumerate(ordered))
    )


def _beside_their_like(panels: Sequence[LinePanel]) -> list[LinePanel]:
    """Panels of which a part that is about what panels are that are whole stands by itself, so that all of it are found together."""
    shown = {each.measure for each in panels if not any(each.whole)}
    return [
        replace(
            each,
            name=each.whole[0],
            unit=texts.joined(each.whole[1], each.name, each.unit),
            whole=("", ""),
        )
        if any(each.whole) and each.measure and each.measure in shown
        else each
        for each in panels
    ]


def _line(
    context: ChartContext,
    row: int,
    values: Sequence[Value],
    joining: tuple[Mapping[tuple[int, int], EditionStep], Collection[tuple[int, int]]],
    aspects: tuple[Sequence[Aspect], Sequence[Aspect]],
) -> EditionLine:
    """``joining``: the steps of the section, and which of them are clear; ``aspects``: what tells the line from the others of its
    panel, and of the section."""
    section, loc, first = context.section, context.loc, values[0]
    (steps, clear), (naming, differing) = joining, aspects
    dated = [(year, value) for value in values if (year := year_of(value)) is not None]
    positions = [value.observation.position for _, value in dated]
    several = len(context.selection.countries) > 1
    return EditionLine(
        row=row,
        values=tuple(dated),
        steps=tuple(steps.get(pair) for pair in pairwise(positions)),
        clear=tuple(pair in clear for pair in pairwise(positions)),
        name=_named(loc, naming, first, section.values),
        series=_named(loc, differing, first, section.values) or loc.measure(first.measure),
        colour=Country(first.respondents.country, section.countries) if several else QUIET,
        symbol=symbol_of(first),
    )


def _toned(lines: Iterable[EditionLine]) -> tuple[EditionLine, ...]:
    """Lines of a panel, those of a sector in another tone where all sectors of the same respondents have a line beside it."""
    lines = tuple(lines)
    wholes = {line.about[:2] for line in lines if line.about[2] == ALL}
    return tuple(
        replace(line, colour=Toned(line.colour))
        if line.about[2] != ALL and line.about[:2] in wholes
        else line
        for line in lines
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
