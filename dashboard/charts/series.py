"""The series of a section: which one a figure belongs to, what colour it has, and how the figures of a cell fall apart."""

from __future__ import annotations

from collections import Counter, defaultdict

from dashboard.charts.palette import ANSWERS
from dashboard.charts.roles import INK, Answer, Country, Role, Sector, Segment, Step
from dashboard.query import Cell, Header, Panel, Population, Respondents, Section, Value
from dashboard.text import Localizer

ORDERED = ("size",)
"""Splits whose segments are steps of one scale: they share one hue, each further from the ground."""


def series_of(section: Section, value: Value) -> Header:
    """The series of the section a value belongs to; raises KeyError for a value of another section."""
    for header in (value.population, value.respondents):
        if header in section.series:
            return header
    raise KeyError(value)


def series_role(section: Section, header: Header) -> Role:
    """What the colour of a series means."""
    if isinstance(header, Respondents):
        return Country(header.country, section.countries, _beside_workplaces(section, header))
    if isinstance(header, Population):
        if header.dimension:
            return _segment(section, header)
        return Sector(header.sector, section.sectors)
    return INK


def alike_sectors(section: Section) -> bool:
    """Whether the series are sectors that need no look of their own, since headings and names tell them: in no panel most figures
    stand beside one of another sector."""
    sectors = (isinstance(each, Population) and not each.dimension for each in section.series)
    return all(sectors) and not any(_are_beside(section, at) for at in range(len(section.panels)))


def usual_series(section: Section, panel: Panel) -> Header | None:
    """The series that most rows of a panel have, which its heading can say of all that are not named otherwise; None for none."""
    at = section.panels.index(panel)
    cells = [{series_of(section, each) for each in row.cells[at].values} for row in section.rows]
    filled = [cell for cell in cells if cell]
    found = Counter(each for cell in filled for each in cell)
    return next((each for each, count in found.items() if 2 * count > len(filled)), None)


def _are_beside(section: Section, panel: int) -> bool:
    """Whether most figures of a panel stand in a cell with one of another series."""
    cells = [row.cells[panel].values for row in section.rows]
    beside = sum(
        len(values) for values in cells if len({series_of(section, each) for each in values}) > 1
    )
    return 2 * beside > sum(map(len, cells))


def _beside_workplaces(section: Section, header: Respondents) -> bool:
    """Whether the management of a country is drawn beside its workplaces; alone it has the country's own colour."""
    return header.level == "central" and any(
        each.country == header.country and each.level != "central"
        for each in section.series
        if isinstance(each, Respondents)
    )


def _segment(section: Section, population: Population) -> Role:
    segments = list(
        dict.fromkeys(other.segment for other in section.series if isinstance(other, Population))
    )
    at = segments.index(population.segment)
    ordered = population.dimension in ORDERED and len(segments) > 1
    return Step(at, len(segments)) if ordered else Segment(at)


def answer_roles(section: Section) -> dict[str, Role]:
    """Answer -> colour for the answers of a section, in the order they are stacked in; those without a colour of their own come last."""
    present = {value.observation.response for value in section.values}
    new = [answer for answer in section.responses if answer in present - {*ANSWERS}]
    most = max(len(new), 2)
    return {answer: Answer(answer) for answer in ANSWERS if answer in present} | {
        answer: Step(most - 1 - at, most) for at, answer in enumerate(new)
    }


def stacks(section: Section, cell: Cell) -> dict[Header, list[Value]]:
    """The answers of a cell by series, both in the order they are drawn in."""
    found: dict[Header, list[Value]] = defaultdict(list)
    order = list(answer_roles(section))
    for value in sorted(cell.values, key=lambda value: order.index(value.observation.response)):
        found[series_of(section, value)].append(value)
    return {header: found[header] for header in section.series if header in found}


def by_base(cell: Cell) -> dict[str, list[Value]]:
    """The values of a cell by base, in order of appearance."""
    found: dict[str, list[Value]] = {}
    for value in cell.values:
        found.setdefault(value.observation.base, []).append(value)
    return found


def base_head(loc: Localizer, cell: Cell, base: str) -> str:
    """What stands over the marks of one base; blank where the panel's or row's heading says it already."""
    bases = by_base(cell)
    differs = len(bases) > 1 or any(value.base_differs for value in bases[base])
    return loc.share(base, short=True) if differs else ""
