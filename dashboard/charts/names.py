"""Where the series of a section are named: at their first marks in each panel."""

from __future__ import annotations

from dashboard.charts.headings import facts_line, says_base
from dashboard.charts.series import series_of
from dashboard.query import Header, Respondents, Section
from dashboard.text import Localizer


def first_names(section: Section, loc: Localizer) -> dict[tuple[int, int], dict[int, str]]:
    """(panel, row) -> index of a value in that cell -> name of its series, where it is the first of it in the panel.

    Respondents say period and base too where they are named first of all.
    """
    found: dict[tuple[int, int], dict[int, str]] = {}
    told: set[str] = set()
    for panel in range(len(section.panels)):
        # By name: the groups of two sectors share name and colour.
        seen: set[str] = set()
        for row, line in enumerate(section.rows):
            for at, value in enumerate(line.cells[panel].values):
                header = series_of(section, value)
                name = loc.header(header)
                if name not in seen:
                    again = name in told
                    based = not says_base(section.panels[panel])
                    found.setdefault((panel, row), {})[at] = (
                        loc.header(header) if again else _name(section, loc, header, based)
                    )
                seen.add(name)
        told |= seen
    return found


def _name(section: Section, loc: Localizer, header: Header, based: bool) -> str:
    if isinstance(header, Respondents):
        said = facts_line(loc, section.facts[header], based=based)
        return f"{loc.respondents(header)} · {said}"
    return loc.header(header)
