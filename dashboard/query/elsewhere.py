"""Where a chosen country has a figure on an indicator of which the chosen sectors show none."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from dashboard.dataset import PRIMARY, Observation
from dashboard.dataset.observations import Mask
from dashboard.query.filtering import filter_mask
from dashboard.query.index import DatasetIndex
from dashboard.query.leading import standing
from dashboard.selection import Selection, filters


def in_other_sectors(
    index: DatasetIndex, selection: Selection, drawn: Mask
) -> tuple[Observation, ...]:
    """Of each chosen country of which a view of one indicator draws nothing the figure that stands for it in another sector;
    none of a view of several indicators, or where nothing is drawn."""
    every = filters.SECTOR.choices(index.vocabulary)
    if len(selection.indicators) != 1 or not drawn.any() or set(selection.sectors) >= set(every):
        return ()
    figures = index.dataset.observations
    present = {figures[at].country for at in np.flatnonzero(drawn).tolist()}
    found: dict[str, list[Observation]] = defaultdict(list)
    widened = filter_mask(index, filters.SECTOR.put(selection, every))
    for at in np.flatnonzero(widened).tolist():
        row = figures[at]
        if row.country not in present and row.response in PRIMARY:
            found[row.country].append(row)
    return tuple(
        standing(index.dataset, found[country])
        for country in selection.countries
        if country in found
    )
