"""How the panels of a change over editions stand: in groups under one heading, each in rows beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.years import Timeline
from dashboard.query import Respondents


def groups(panels: Sequence[LinePanel]) -> list[list[LinePanel]]:
    """Neighbours that are parts of one panel of the section; panels that are whole are one group."""
    return [list(group) for _, group in groupby(panels, key=lambda panel: panel.whole)]


def rows_of(panels: Sequence[LinePanel], columns: int) -> list[list[Sequence[LinePanel]]]:
    """Of each group its rows of at most so many panels."""
    return [list(_evenly(group, columns)) for group in groups(panels)]


def respondents(panel: LinePanel) -> frozenset[Respondents]:
    """Those whom its lines are about."""
    return frozenset(line.values[0][1].respondents for line in panel.lines)


def timelines(panels: Sequence[LinePanel], *, apart: bool = False) -> tuple[Timeline, ...]:
    """Of each panel the axis of years, from the first figure to the last of all panels; of those about the same respondents where
    these stand ``apart``."""
    whose = [respondents(panel) if apart else frozenset() for panel in panels]
    years: dict[frozenset[Respondents], list[float]] = {}
    for panel, who in zip(panels, whose, strict=True):
        dated = (year for line in panel.lines for year, _ in line.values)
        years.setdefault(who, []).extend(dated)
    found = {who: Timeline.over(held) for who, held in years.items()}
    return tuple(found[who] for who in whose)


def _evenly(group: Sequence[LinePanel], most: int) -> Iterator[Sequence[LinePanel]]:
    """Panels in as few rows of at most so many as can be, none of which has more than one panel less than another."""
    rows = -(-len(group) // most)
    each, more = divmod(len(group), rows)
    start = 0
    for at in range(rows):
        end = start + each + (at < more)
        yield group[start:end]
        start = end
