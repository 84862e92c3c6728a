"""Where the series of a section are named: at their first marks in each panel, and wherever another series goes before."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.headings import answering, one_period, short_period
from dashboard.charts.series import series_of
from dashboard.query import Header, Respondents, Section, Value
from dashboard.text import Localizer


def first_names(section: Section, loc: Localizer) -> dict[tuple[int, int], dict[int, str]]:
    """(panel, row) -> index of a value in that cell -> name of its series.

    A mark without a name is of the same series as the one above it; in a cell of several series each has its name.
    Respondents say their period too where they are named first in a panel.
    """
    found: dict[tuple[int, int], dict[int, str]] = {}
    for panel in range(len(section.panels)):
        # By name: the groups of two sectors share name and colour.
        seen: set[str] = set()
        above = ""
        for row, line in enumerate(section.rows):
            values = line.cells[panel].values
            headers = [series_of(section, value) for value in values]
            several = len({loc.header(header) for header in headers}) > 1
            of_cell: set[str] = set()
            for at, header in enumerate(headers):
                name = loc.header(header)
                if name != above or (several and name not in of_cell):
                    said = name if name in seen else _name(section, loc, panel, header)
                    found.setdefault((panel, row), {})[at] = said
                seen.add(name)
                of_cell.add(name)
                above = name
    return found


def _name(section: Section, loc: Localizer, panel: int, header: Header) -> str:
    if not isinstance(header, Respondents):
        return loc.header(header)
    values = section.values_of(section.panels[panel])
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
