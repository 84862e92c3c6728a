"""Which figures a selection keeps, and which of them are drawn: masks of filters, combined."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.dataset.observations import Mask
from dashboard.query.facts import base_kind
from dashboard.query.index import DatasetIndex
from dashboard.selection import ALL_EDITIONS, LATEST, Selection, chart_of, filters
from dashboard.selection.parameter import Filter


def masks(index: DatasetIndex, selection: Selection) -> dict[str, Mask]:
    """Filter -> figures it keeps, for every filter that tests figures, and for the chart."""
    found = {
        each.name: _kept_by(index, selection, each)
        for each in filters.filters()
        if each.tests_figures
    }
    return found | {filters.CHART.name: index.masks[filters.CHART.name, selection.chart]}


def _kept_by(index: DatasetIndex, selection: Selection, each: Filter) -> Mask:
    """The figures that fit one of the choices."""
    choices = each.words(each.of(selection))
    if each.empty_keeps_all and not choices:
        return np.ones(index.size, dtype=bool)
    if each.column and not {*each.alone, *each.keeps}.intersection(choices):
        return index.masks.of_any(each.name, choices)
    mask = np.zeros(index.size, dtype=bool)
    for choice in choices:
        mask |= choice_mask(index, selection, each.name, choice)
    return mask


def choice_mask(index: DatasetIndex, selection: Selection, name: str, choice: str) -> Mask:
    """The figures that fit a choice; none for one that only another release knows, whose address this may be."""
    if (name, choice) == (filters.EDITION.name, *LATEST):
        return _with_compilations(index, selection, index.latest[selection.inferred])
    found = index.masks.get((name, choice))
    if found is None:
        return np.zeros(index.size, dtype=bool)
    if (name, choice) == (filters.EDITION.name, *ALL_EDITIONS):
        return _with_compilations(index, selection, found)
    return found


def _with_compilations(index: DatasetIndex, selection: Selection, mask: Mask) -> Mask:
    """The figures of a mask, under a chart of comparisons also those that institutions published together."""
    return mask | index.compiled if chart_of(selection).compares else mask


def without(found: Mapping[str, Mask], *names: str) -> Mask:
    """The figures that pass every filter but those named."""
    passing: Mask = np.logical_and.reduce(
        [mask for name, mask in found.items() if name not in names]
    )
    return passing


def filter_mask(index: DatasetIndex, selection: Selection) -> Mask:
    """The figures that pass every filter."""
    return without(masks(index, selection))


def comparable_mask(
    index: DatasetIndex, selection: Selection, mask: Mask, each_survey_alone: bool = False
) -> Mask:
    """Of the figures kept those that are drawn: all, or only those that may be compared with another of them.

    With ``each_survey_alone`` what would be drawn of each survey if no other were kept.
    """
    if chart_of(selection).compares:
        return index.lines.among(selection, mask)
    if not selection.comparable:
        return mask
    pairs = index.pairs
    drawn = pairs.partnered_within_surveys(mask) if each_survey_alone else pairs.partnered(mask)
    if chart_of(selection).stacks_answers:
        # The answers to one question make one mark: all of them stand or fall together.
        drawn |= mask & np.isin(index.answers, index.answers[drawn])
    return drawn


def drawn(index: DatasetIndex, selection: Selection) -> Mask:
    """The figures that a selection draws."""
    return comparable_mask(index, selection, filter_mask(index, selection))


def drawn_count(index: DatasetIndex, selection: Selection, mask: Mask) -> int:
    """Figures that a selection draws of those its filters keep."""
    return int(comparable_mask(index, selection, mask).sum())


_LINE = ("country", "level", "sector", "dimension", "segment", "indicator", "response")
"""What figures of several editions share that stand on one line, beside what they are shares of."""


def joined_count(index: DatasetIndex, mask: Mask) -> int:
    """Figures of a mask that have one of another edition, and a share of the same thing, beside them: those that a change draws."""
    figures, at = index.dataset.observations, np.flatnonzero(mask)
    bases, named = figures.codes("base")
    kinds = list(dict.fromkeys(base_kind(base) for base in named))
    of_base = np.zeros(len(named), dtype=np.int64)
    for base, code in named.items():
        of_base[code] = kinds.index(base_kind(base))
    lines = of_base[bases[at]]
    for column in _LINE:
        codes, names = figures.codes(column)
        # Codes begin at -1, which stands for none.
        lines = lines * (len(names) + 1) + codes[at] + 1
    surveys, names = figures.codes("survey_id")
    editions = np.unique(np.stack((lines, surveys[at].astype(np.int64))), axis=1)
    found, counts = np.unique(editions[0], return_counts=True)
    return int(np.isin(lines, found[counts > 1]).sum())


def figure_count(index: DatasetIndex, selection: Selection) -> int:
    """How many figures a selection draws."""
    return int(drawn(index, selection).sum())
