"""Which figures a selection keeps, and which of them are drawn: masks of filters, combined."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.dataset.observations import Mask
from dashboard.query.index import DatasetIndex
from dashboard.selection import LATEST, Selection, chart_type, filters
from dashboard.selection.parameter import Filter


def masks(prepared: DatasetIndex, selection: Selection) -> dict[str, Mask]:
    """Filter -> figures it keeps, for every filter that tests figures, and for the chart."""
    found = {
        each.name: _kept_by(prepared, selection, each)
        for each in filters.filters()
        if each.tests_figures
    }
    return found | {filters.CHART.name: prepared.masks[filters.CHART.name, selection.chart]}


def _kept_by(prepared: DatasetIndex, selection: Selection, each: Filter) -> Mask:
    """The figures that fit one of the choices."""
    words = each.words(each.of(selection))
    if each.empty_keeps_all and not words:
        return np.ones(prepared.size, dtype=bool)
    mask = np.zeros(prepared.size, dtype=bool)
    for choice in words:
        mask |= choice_mask(prepared, selection, each.name, choice)
    return mask


def choice_mask(prepared: DatasetIndex, selection: Selection, name: str, choice: str) -> Mask:
    """The figures that fit a choice; none for one that only another release knows, whose address this may be."""
    if (name, choice) == (filters.EDITION.name, *LATEST):
        return prepared.latest[selection.inferred]
    found = prepared.masks.get((name, choice))
    return np.zeros(prepared.size, dtype=bool) if found is None else found


def without(found: Mapping[str, Mask], *names: str) -> Mask:
    """The figures that pass every filter but those named."""
    kept: Mask = np.logical_and.reduce([mask for name, mask in found.items() if name not in names])
    return kept


def kept(prepared: DatasetIndex, selection: Selection) -> Mask:
    """The figures that pass every filter, and with the newest figures the older totals of their own edition."""
    found = masks(prepared, selection)
    return with_wholes(prepared, selection, without(found), without(found, filters.EDITION.name))


def with_wholes(prepared: DatasetIndex, selection: Selection, mask: Mask, pool: Mask) -> Mask:
    """The figures of ``mask`` and every older total in ``pool``, where newest figures are asked for, whose parts it holds."""
    if selection.editions != LATEST or selection.comparable:
        return mask  # A total and its own parts may not be compared.
    joining = [
        whole
        for whole, parts in prepared.wholes[selection.inferred].items()
        if pool[whole] and mask[list(parts)].any()
    ]
    if joining:
        mask = mask.copy()
        mask[joining] = True
    return mask


def compared(prepared: DatasetIndex, selection: Selection, mask: Mask) -> Mask:
    """Of the figures kept those that are drawn: all, or only those that may be compared with another of them."""
    if not selection.comparable:
        return mask
    drawn = prepared.pairs.partnered(mask)
    if chart_type(selection.chart).stacks_answers:
        # The answers to one question make one mark: all of them stand or fall together.
        drawn |= mask & np.isin(prepared.answers, prepared.answers[drawn])
    return drawn


def drawn_count(prepared: DatasetIndex, selection: Selection, mask: Mask) -> int:
    """Figures that a selection draws of those its filters keep."""
    return int(compared(prepared, selection, mask).sum())


def figures(prepared: DatasetIndex, selection: Selection) -> int:
    """Figures that a selection draws."""
    return drawn_count(prepared, selection, kept(prepared, selection))
