"""Dataset and Selection -> View."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from dashboard.dataset import Observation
from dashboard.dataset.types import frozen
from dashboard.query.counts import counts
from dashboard.query.filtering import compared, kept
from dashboard.query.index import DatasetIndex
from dashboard.query.section import section
from dashboard.query.types import View
from dashboard.query.ways_out import ways_out
from dashboard.selection import Selection


def view(prepared: DatasetIndex, selection: Selection) -> View:
    """The finished View of a normal selection (see ``selection.normal``)."""
    drawn = compared(prepared, selection, kept(prepared, selection))
    by_theme: dict[str, list[Observation]] = defaultdict(list)
    for position in np.flatnonzero(drawn).tolist():
        row = prepared.dataset.observations[position]
        by_theme[row.theme].append(row)
    sections = tuple(
        section(prepared, selection, drawn, theme, by_theme[theme])
        for theme in selection.themes
        if by_theme.get(theme)
    )
    return View(
        selection=selection,
        sections=sections,
        counts=frozen(counts(prepared, selection)),
        figures=int(drawn.sum()),
        emptied=() if sections else ways_out(prepared, selection),
        limits=prepared.limits,
        release=prepared.dataset.release,
    )
