"""How many figures stand behind each choice of each filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
from dashboard.selection.rules import consistent


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
    whole = not each.tests_figures or chart_type(selection.chart).compares
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
    return {
        choice: count
        for names, choices in lifted.items()
        for choice, count in _of_some(
            index, selection, each, choices, without(found, each.name, *names)
        ).items()
    }


def _of_some(
    index: DatasetIndex, selection: Selection, each: Filter, choices: Sequence[str], others: Mask
) -> dict[str, int]:
    """Choice -> figures, of those that pass the other filters."""
    edition = filters.EDITION.name
    sizes: dict[str, int] = {}
    if chart_type(selection.chart).compares:
        # One country alone has no line: a choice counts what it has on the lines that all choices together make.
        on_lines = comparable_mask(index, selection, others)
        sizes = {
            choice: int((on_lines & choice_mask(index, selection, each.name, choice)).sum())
            for choice in choices
            if choice not in each.alone
        }
    elif each.name == edition:
        drawn = comparable_mask(index, selection, others, each_survey_alone=True)
        sizes = index.masks.tally(edition, drawn)
    made = {}
    for choice in choices:
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
        return consistent(each.follow(selection, after, index.vocabulary) if each.follow else after)

    return {
        choice: figure_count(index, chosen(choice)) for choice in each.offered(index.vocabulary)
    }
