"""Dataset and Selection -> View."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from dashboard.dataset import Observation
from dashboard.query.comparisons import comparisons_section
from dashboard.query.counts import Counts
from dashboard.query.elsewhere import in_other_sectors
from dashboard.query.filtering import comparable_mask, filter_mask
from dashboard.query.index import DatasetIndex
from dashboard.query.lines import lines_section
from dashboard.query.section import OPENING_INDICATORS, section
from dashboard.query.types import Section, View
from dashboard.query.ways_out import ways_out
from dashboard.query.withheld import withheld
from dashboard.selection import Selection, chart_of, filters


def view(index: DatasetIndex, selection: Selection, opening: int = OPENING_INDICATORS) -> View:
    """The finished View of a normal selection (see ``selection.normal``); a theme opens with ``opening`` indicators."""
    kept = filter_mask(index, selection)
    drawn = comparable_mask(index, selection, kept)
    by_theme: dict[str, list[Observation]] = defaultdict(list)
    for position in np.flatnonzero(drawn).tolist():
        row = index.dataset.observations[position]
        by_theme[row.theme].append(row)
    left = kept & ~drawn

    def made(theme: str) -> Section:
        chart = chart_of(selection)
        if not chart.on_lines:
            return section(index, selection, drawn, theme, by_theme[theme], opening)
        if not chart.compares:
            return lines_section(index, selection, drawn, theme, by_theme[theme], opening)
        off_lines = int((left & index.masks[filters.THEME.name, theme]).sum())
        return comparisons_section(index, selection, theme, by_theme[theme], off_lines)

    sections = tuple(made(theme) for theme in selection.themes if by_theme.get(theme))
    if index.dataset.withheld:
        sections = tuple(
            replace(each, withheld=withheld(index, selection, each)) for each in sections
        )
    return View(
        selection=selection,
        sections=sections,
        counts=Counts(index, selection),
        figures=int(drawn.sum()),
        relaxations=() if sections else ways_out(index, selection),
        thresholds=index.thresholds,
        elsewhere=in_other_sectors(index, selection, drawn),
        release=index.dataset.release,
    )
