"""How the panels of a change over editions stand: in groups under one heading, each in rows beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.labels import NAME
from dashboard.charts.years import Timeline

GROUP = NAME + 2
"""Pixels (at scale 1) of the type of the heading of a group."""


def groups(panels: Sequence[LinePanel]) -> list[list[LinePanel]]:
    """Neighbours that are parts of one panel of the section; panels that are whole are one group."""
    return [list(group) for _, group in groupby(panels, key=lambda panel: panel.whole)]


def rows_of(panels: Sequence[LinePanel], columns: int) -> list[list[Sequence[LinePanel]]]:
    """Of each group its rows of at most so many panels."""
    return [list(_evenly(group, columns)) for group in groups(panels)]


def timelines(panels: Sequence[LinePanel], columns: int) -> tuple[Timeline, ...]:
    """Of each panel the years of its row, from the first figure in it to the last."""
    found = dict[int, Timeline]()
    for group in rows_of(panels, columns):
        for row in group:
            years = (year for panel in row for line in panel.lines for year, _ in line.values)
            found |= dict.fromkeys((panel.index for panel in row), Timeline.over(years))
    return tuple(found[panel.index] for panel in panels)


def _evenly(group: Sequence[LinePanel], most: int) -> Iterator[Sequence[LinePanel]]:
    """Panels in as few rows of at most so many as can be, none of which has more than one panel less than another."""
    rows = -(-len(group) // most)
    each, more = divmod(len(group), rows)
    start = 0
    for at in range(rows):
        end = start + each + (at < more)
        yield group[start:end]
        start = end
