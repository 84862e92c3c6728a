"""How many figures stand behind each choice of each filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from dashboard.dataset.observations import Mask
from dashboard.query.filtering import (
    choice_mask,
    comparable_mask,
    drawn_count,
    figure_count,
    filter_mask,
    masks,
    without,
)
from dashboard.query.index import DatasetIndex
from dashboard.selection import Selection, chart_type, filters
from dashboard.selection.parameter import Filter


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
    if each.tests_figures:
        return _of_choices(index, selection, each, found)
    return _of_whole_views(index, selection, each) if each.kind == "one" else {}


def _of_choices(
    index: DatasetIndex, selection: Selection, each: Filter, found: Mapping[str, Mask]
) -> dict[str, int]:
    edition = filters.EDITION.name
    others = without(found, each.name, *each.counted_without)
    sizes: dict[str, int] = {}
    if chart_type(selection.chart).compares:
        # One country alone has no line: a choice counts what it has on the lines that all choices together make.
        on_lines = comparable_mask(index, selection, others)
        sizes = {
            choice: int((on_lines & choice_mask(index, selection, each.name, choice)).sum())
            for choice in each.offered(index.vocabulary)
        }
    elif each.name == edition:
        drawn = comparable_mask(index, selection, others, each_survey_alone=True)
        sizes = index.masks.tally(edition, drawn)
    made = {}
    for choice in (*each.alone, *each.offered(index.vocabulary)):
        if choice in sizes:
            made[choice] = sizes[choice]
            continue
        shown = others & choice_mask(index, selection, each.name, choice)
        made[choice] = drawn_count(index, selection, shown)
    return made


def _added(index: DatasetIndex, selection: Selection, each: Filter) -> dict[str, int]:
    """What a flag adds to the figures where it is set."""
    shown = filter_mask(index, each.put(selection, True))
    return {each.on: int((shown & ~index.masks[each.name, each.off]).sum())}


def _of_whole_views(index: DatasetIndex, selection: Selection, each: Filter) -> dict[str, int]:
    """Of a filter that changes others with it: figures of the view that a choice leads to."""

    def chosen(choice: str) -> Selection:
        after = each.put(selection, choice)
        return each.follow(selection, after, index.vocabulary) if each.follow else after

    return {
        choice: figure_count(index, chosen(choice)) for choice in each.offered(index.vocabulary)
    }
