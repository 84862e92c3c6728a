"""How many figures stand behind each choice of each filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, reduce

import numpy as np

from dashboard.dataset.observations import Mask
from dashboard.query.arrange import compares_countries
from dashboard.query.filtering import (
    choice_mask,
    comparable_mask,
    drawn,
    drawn_count,
    figure_count,
    filter_mask,
    joined_count,
    masks,
    without,
)
from dashboard.query.index import DatasetIndex
from dashboard.query.row_sets import compared_beside
from dashboard.selection import Selection, chart_of, filters
from dashboard.selection.parameter import Filter
from dashboard.selection.rules import OPENING_COUNTRIES, consistent, switched


class Counts(Mapping[str, Mapping[str, int]]):
    """Filter -> choice -> figures, as ``counts`` gives them; made when first looked at, since only a page with filters shows them."""

    def __init__(self, index: DatasetIndex, selection: Selection) -> None:
        self._asked = index, selection

    @cached_property
    def _made(self) -> dict[str, dict[str, int]]:
        return counts(*self._asked)

    def __getitem__(self, name: str) -> Mapping[str, int]:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def counts(index: DatasetIndex, selection: Selection) -> dict[str, dict[str, int]]:
    """Filter -> choice -> figures the choice has with all the other filters as they are."""
    found = masks(index, selection)
    return {
        each.name: made
        for each in filters.filters()
        if (made := _counts(index, selection, each, found))
    }


def _counts(
    index: DatasetIndex, selection: Selection, each: Filter, found: Mapping[str, Mask]
) -> dict[str, int]:
    """Choice -> figures; nothing for a flag that tests pairs of figures."""
    if each.tests_figures and each.kind == "flag":
        return _added(index, selection, each)
    # What a split sets side by side is told by the split alone.
    whole = not each.tests_figures or chart_of(selection).compares
    if each.kind == "one" and whole:
        return _of_whole_views(index, selection, each)
    return _of_choices(index, selection, each, found) if each.tests_figures else {}


def _of_choices(
    index: DatasetIndex, selection: Selection, each: Filter, found: Mapping[str, Mask]
) -> dict[str, int]:
    """Choice -> figures, as many filters left aside as the choice lifts."""
    lifted: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for choice in (*each.alone, *each.offered(index.vocabulary)):
        lifted[each.lifts(selection, choice, index.vocabulary)].append(choice)
    made: dict[str, int] = {}
    for names, choices in lifted.items():
        if chart_of(selection).compares:
            made |= _of_comparisons(index, selection, each, choices, names, found)
        else:
            made |= _of_some(index, selection, each, choices, without(found, each.name, *names))
    return made


def _of_some(
    index: DatasetIndex, selection: Selection, each: Filter, choices: Sequence[str], others: Mask
) -> dict[str, int]:
    """Choice -> figures, of those that pass the other filters."""
    sizes: dict[str, int] = {}
    if each.name == filters.EDITION.name:
        alone = comparable_mask(index, selection, others, each_survey_alone=True)
        sizes = index.masks.tally(each.name, alone)
    return {
        choice: sizes[choice]
        if choice in sizes
        else drawn_count(
            index, selection, others & choice_mask(index, selection, each.name, choice)
        )
        for choice in choices
    }


_SHOWN_KEPT = 8
"""Masks of choices that stay made while one filter is counted."""
_ON_ONE_LINE = frozenset((filters.COUNTRY.name, filters.SECTOR.name, filters.LEVEL.name))
"""Filters of which figures of two choices may share a line of comparisons."""


def _of_comparisons(
    index: DatasetIndex,
    selection: Selection,
    each: Filter,
    choices: Sequence[str],
    lifted: Sequence[str],
    found: Mapping[str, Mask],
) -> dict[str, int]:
    """Choice -> figures that the page shows of it beside what is chosen already: those on lines, and where there is no line at all
    its bars. ``lifted`` are filters that the choices lift, ``found`` the masks of all."""
    others = without(found, each.name, *lifted)
    as_bars = switched(selection, "bars")
    # Two editions or themes share no figure of a line that one of them alone would not have drawn.
    alike = each.name not in _ON_ONE_LINE
    of_all = comparable_mask(index, selection, others) if alike else others

    def union(kept: frozenset[str]) -> Mask:
        if each.column and not kept.intersection((*each.alone, *each.keeps)):
            return index.masks.of_any(each.name, tuple(sorted(kept)))
        masks_kept = (choice_mask(index, selection, each.name, word) for word in kept)
        return reduce(np.logical_or, masks_kept, np.zeros(index.size, dtype=bool))

    @cache
    def of_bars() -> Mask:
        return without(masks(index, as_bars), each.name, *lifted)

    @lru_cache(maxsize=_SHOWN_KEPT)
    def shown(kept: frozenset[str]) -> Mask:
        lines = of_all & union(kept)
        if not alike:
            lines = comparable_mask(index, selection, lines)
        return lines if lines.any() else comparable_mask(index, as_bars, of_bars() & union(kept))

    chosen = frozenset(each.words(each.of(selection))) - {*each.alone}
    sizes = _on_lines(index, selection, each, of_all, chosen)
    # Where nothing chosen is on a line, a choice that has no line has its bars.
    some = any(sizes.get(word, 0) for word in chosen)
    as_bar: Mapping[str, int] = {}
    if sizes and not some and not selection.comparable:
        as_bar = index.masks.tally(each.name, of_bars())

    def count(choice: str) -> int:
        if choice in sizes and (some or sizes[choice]):
            return sizes[choice]
        if choice in as_bar:
            return as_bar[choice]
        beside = frozenset((choice,)) if choice in each.alone else chosen | {choice}
        own = choice_mask(index, selection, each.name, choice)
        return int((shown(beside) & own).sum())

    return {choice: count(choice) for choice in choices}


def _on_lines(
    index: DatasetIndex, selection: Selection, each: Filter, of_all: Mask, chosen: frozenset[str]
) -> Mapping[str, int]:
    """Choice -> figures on lines beside what is chosen, where one look at all figures tells it of every choice; ``of_all`` are those
    on lines of all choices, of countries those that may be on one."""
    if each.name not in _ON_ONE_LINE and each.column:
        return index.masks.tally(each.name, of_all)
    many = len(index.vocabulary.countries) > OPENING_COUNTRIES
    if (
        each is filters.COUNTRY
        and many
        and compares_countries(selection)
        and not selection.baseline
    ):
        return _beside_chosen(index, selection, of_all, chosen)
    return {}


def _beside_chosen(
    index: DatasetIndex, selection: Selection, others: Mask, chosen: frozenset[str]
) -> dict[str, int]:
    """Country -> figures of it on lines with those of the chosen ones, and of no country beside."""
    figures = index.dataset.observations
    of_chosen = index.masks.of_any(filters.COUNTRY.name, tuple(sorted(chosen)))
    rows = [figures[at] for at in np.flatnonzero(others).tolist()]
    beside = compared_beside(
        index.dataset, selection, rows, lambda at: bool(of_chosen[at]), index.may_compare
    )
    on_lines = np.zeros(index.size, dtype=bool)
    on_lines[beside] = True
    return index.masks.tally(filters.COUNTRY.name, on_lines)


def _added(index: DatasetIndex, selection: Selection, each: Filter) -> dict[str, int]:
    """What a flag adds to the figures where it is set."""
    shown = filter_mask(index, each.put(selection, True))
    return {each.on: int((shown & ~index.masks[each.name, each.off]).sum())}


def _of_whole_views(index: DatasetIndex, selection: Selection, each: Filter) -> dict[str, int]:
    """Of a filter that changes others with it: figures of the view that a choice leads to."""

    def chosen(choice: str) -> Selection:
        after = each.put(selection, choice)
        return consistent(each.follow(selection, after, index.vocabulary) if each.follow else after)

    def count(after: Selection) -> int:
        if each is filters.CHART and chart_of(after).joins_editions:
            return joined_count(index, drawn(index, after))
        figures = figure_count(index, after)
        if figures or each is filters.CHART or not chart_of(after).compares:
            return figures
        return figure_count(index, switched(after, "bars"))

    return {choice: count(chosen(choice)) for choice in each.offered(index.vocabulary)}
