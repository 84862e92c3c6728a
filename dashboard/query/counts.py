"""How many figures stand behind each choice of each filter."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.dataset.observations import Mask
from dashboard.query.filtering import (
    choice_mask,
    drawn_count,
    figures,
    kept,
    masks,
    with_wholes,
    without,
)
from dashboard.query.index import DatasetIndex
from dashboard.selection import Selection, filters
from dashboard.selection.parameter import Filter


def counts(prepared: DatasetIndex, selection: Selection) -> dict[str, dict[str, int]]:
    """Filter -> choice -> figures the choice has with all the other filters as they are."""
    found = masks(prepared, selection)
    return {
        each.name: made
        for each in filters.filters()
        if (made := _counts(prepared, selection, each, found))
    }


def _counts(
    prepared: DatasetIndex, selection: Selection, each: Filter, found: Mapping[str, Mask]
) -> dict[str, int]:
    """Choice -> figures; nothing for a flag that tests pairs of figures."""
    if each.tests_figures and each.kind == "flag":
        return _added(prepared, selection, each)
    if each.tests_figures:
        return _of_choices(prepared, selection, each, found)
    return _of_whole_views(prepared, selection, each) if each.kind == "one" else {}


def _of_choices(
    prepared: DatasetIndex, selection: Selection, each: Filter, found: Mapping[str, Mask]
) -> dict[str, int]:
    edition = filters.EDITION.name
    others = without(found, each.name, *each.counted_without)
    others_of_all_editions = without(found, each.name, edition, *each.counted_without)
    # A chosen edition keeps its own figures only, no older total joins them: all editions are counted in one go.
    sizes = prepared.masks.tally(edition, others) if each.name == edition else {}
    made = {}
    for choice in (*each.alone, *each.offered(prepared.vocabulary)):
        if choice in sizes and not (selection.comparable and sizes[choice]):
            made[choice] = sizes[choice]
            continue
        mask = choice_mask(prepared, selection, each.name, choice)
        pool = others_of_all_editions if each.name == edition else others_of_all_editions & mask
        value = (choice,) if each.kind == "many" else choice
        shown = with_wholes(prepared, each.put(selection, value), others & mask, pool)
        made[choice] = drawn_count(prepared, selection, shown)
    return made


def _added(prepared: DatasetIndex, selection: Selection, each: Filter) -> dict[str, int]:
    """What a flag adds to the figures where it is set."""
    shown = kept(prepared, each.put(selection, True))
    return {each.on: int((shown & ~prepared.masks[each.name, each.off]).sum())}


def _of_whole_views(prepared: DatasetIndex, selection: Selection, each: Filter) -> dict[str, int]:
    """Of a filter that changes others with it: figures of the view that a choice leads to."""

    def chosen(choice: str) -> Selection:
        after = each.put(selection, choice)
        return each.follow(selection, after, prepared.vocabulary) if each.follow else after

    return {
        choice: figures(prepared, chosen(choice)) for choice in each.offered(prepared.vocabulary)
    }
