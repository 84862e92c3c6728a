"""Where the series of a section are named: in the heading of a panel that has one alone; else a sector or group at each of its
marks, respondents at their first marks in each panel, and wherever others go before."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.headings import answering, one_period, short_period
from dashboard.charts.series import alike_sectors, series_of, usual_series
from dashboard.comparability import ORGANISATION, unit
from dashboard.query import Header, Panel, Population, Respondents, Section, Value
from dashboard.text import Localizer


def name_of_all(section: Section, loc: Localizer, panel: Panel, *, sparing: bool = False) -> str:
    """The name of the series that all figures of a panel are of; blank where they are of several.

    ``sparing`` also that of most, where sectors look alike and those of others are named at their marks, and that it is not theirs.
    """
    found = {series_of(section, value) for value in section.values_of(panel)}
    if len(found) == 1:
        (only,) = found
        if isinstance(only, Population):
            return loc.lower_population(only)
        return _name(section, loc, panel, only)
    usual = _usual(section, panel, sparing=sparing)
    if not isinstance(usual, Population):
        return ""
    return loc.t("{sector} unless named").format(sector=loc.lower_population(usual))


def names_at_marks(
    section: Section, loc: Localizer, *, sparing: bool = False
) -> dict[tuple[int, int], dict[int, str]]:
    """(panel, row) -> index of a value in that cell -> name of its series.

    ``sparing`` none of a mark that stands alone and is of the series that the heading says of most.
    A mark of respondents without a name is of the same as the one above it; in a cell of several each has its name. They say
    their period too where they are named first in a panel.
    """
    found: dict[tuple[int, int], dict[int, str]] = {}
    for panel, each in enumerate(section.panels):
        if name_of_all(section, loc, each):
            continue
        usual = _usual(section, each, sparing=sparing)
        # By name: the groups of two sectors share name and colour.
        seen: set[str] = set()
        above = ""
        for row, line in enumerate(section.rows):
            values = line.cells[panel].values
            headers = [series_of(section, value) for value in values]
            several = len({loc.header(header) for header in headers}) > 1
            if usual and not several and usual in headers:
                continue
            of_cell: set[str] = set()
            for at, header in enumerate(headers):
                name = loc.header(header)
                own = isinstance(header, Population)
                if own or name != above or (several and name not in of_cell):
                    said = name if name in seen else _name(section, loc, each, header)
                    found.setdefault((panel, row), {})[at] = said
                seen.add(name)
                of_cell.add(name)
                above = name
    return found


def name_with_unit(loc: Localizer, header: Header, value: Value) -> str:
    """The name of a series; behind that of a sector what it is about, where that is whole organisations: "State (agencies)"."""
    name = loc.header(header)
    if not isinstance(header, Population) or unit(value.observation) != ORGANISATION:
        return name
    return loc.t("{who} ({group})").format(who=name, group=loc.unit_of(value.observation))


def _usual(section: Section, panel: Panel, *, sparing: bool) -> Header | None:
    return usual_series(section, panel) if sparing and alike_sectors(section) else None


def _name(section: Section, loc: Localizer, panel: Panel, header: Header) -> str:
    if not isinstance(header, Respondents):
        return loc.header(header)
    values = section.values_of(panel)
    period = series_period(section, values, loc, header, short=True)
    return " · ".join(
        part
        for part in (loc.header(header), period, *answering(loc, section.facts[header]))
        if part
    )


def series_period(
    section: Section,
    values: Iterable[Value],
    loc: Localizer,
    header: Header,
    *,
    short: bool = False,
) -> str:
    """The reference period of the respondents that are a series, among some figures; blank where they have several or say it."""
    if not isinstance(header, Respondents) or header.survey_id:
        return ""
    held = [value for value in values if series_of(section, value) == header]
    return short_period(loc, held) if short else one_period(loc, held)
