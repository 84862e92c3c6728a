"""What must be known before figures beside each other are compared, by what stands there: the same in pictures and on slides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TypeVar

from dashboard.charts.chart import Chart
from dashboard.comparability import ReasonKind, SmallBaseThresholds
from dashboard.dataset import Dataset, Observation
from dashboard.query import Header, Panel, Row, Section
from dashboard.query.obstacles import obstacles
from dashboard.text import Localizer, comparisons, texts, verdicts

_Line = TypeVar("_Line", Row, Panel)


def unlike(loc: Localizer, chart: Chart, section: Section) -> str:
    """That not all figures can be compared and why, else that they are shares of different things and that countries have surveys of
    their own; blank where none holds, and where lines hold only what may be compared."""
    if chart.on_lines:
        return ""
    differ, beside = texts.bases_differ(loc, section), comparisons.beside_each_other(loc, section)
    told = verdicts.apart(loc, section, "picture")
    if not told and chart.joins_editions:
        # Panels over the years say each what its percentages are of.
        return verdicts.shares_differ(loc) if differ else beside
    return told or " ".join(filter(None, (differ, beside)))


def left_by(dataset: Dataset, thresholds: SmallBaseThresholds, section: Section) -> Section:
    """A part of a section whose rows and panels have, of what forbids comparing the figures of the whole, what holds for its own."""
    figures: defaultdict[Header, list[Observation]] = defaultdict(list)
    for value in section.values:
        figures[value.measure].append(value.observation)
    lines: list[Row | Panel] = [*section.rows, *section.panels]
    barred = {line.header for line in lines if line.obstacles}
    found = {each: obstacles(dataset, thresholds, figures[each]) for each in barred}
    return replace(
        section,
        rows=tuple(_left(row, found) for row in section.rows),
        panels=tuple(_left(panel, found) for panel in section.panels),
    )


def _left(line: _Line, found: dict[Header, tuple[ReasonKind, ...]]) -> _Line:
    kept = tuple(kind for kind in line.obstacles if kind in found[line.header])
    return replace(line, obstacles=kept) if line.obstacles else line
