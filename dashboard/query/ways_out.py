"""Ways out of a view without any figure."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import combinations

from dashboard.query.filtering import figure_count
from dashboard.query.index import DatasetIndex
from dashboard.query.types import Relaxation
from dashboard.selection import Selection, filters
from dashboard.selection.parameter import Filter
from dashboard.selection.rules import needs_all_editions, switched

_WAYS_OUT = 6
"""More ways out of an empty view than these would only confuse."""


def ways_out(index: DatasetIndex, selection: Selection) -> tuple[Relaxation, ...]:
    """The fewest filters whose lifting brings figures back: each that does so alone, else the pairs that do, and so on.

    An empty view points both ways: first to the split by which the chosen themes are published, or to the themes that are
    published by the chosen split.
    """
    published = _published_otherwise(index, selection)

    def relaxed(parts: tuple[Filter, ...]) -> Selection:
        return reduce(lambda left, each: each.relaxed(left, index.vocabulary), parts, selection)

    tight = [each for each in _liftable() if relaxed((each,)) != selection]
    for together in range(1, len(tight) + 1):
        ways = (
            _way(index, tuple(each.name for each in parts), relaxed(parts))
            for parts in combinations(tight, together)
        )
        found = [way for way in ways if way.figures]
        if found:
            return tuple([*published, *found][:_WAYS_OUT])
    return tuple(published)


def _liftable() -> list[Filter]:
    """Filters that an empty view may name, in the order in which it names them."""
    named = [(each.way_out.order, each) for each in filters.filters() if each.way_out]
    return [each for _, each in sorted(named, key=lambda pair: pair[0])]


def _way(index: DatasetIndex, names: tuple[str, ...], selection: Selection) -> Relaxation:
    return Relaxation(names, figure_count(index, selection), selection)


def _published_otherwise(index: DatasetIndex, selection: Selection) -> list[Relaxation]:
    """Splits by which an undivided selection has figures; of a split one the other themes that have them."""
    vocabulary = index.vocabulary
    if needs_all_editions(selection.chart):
        # What is published otherwise need not have a second edition.
        selection = switched(selection, "bars")
    if not selection.split:
        wanted = [
            ("split", replace(selection, split=dimension)) for dimension in vocabulary.dimensions
        ]
    else:
        themes = tuple(
            theme
            for theme in vocabulary.themes
            if figure_count(index, replace(selection, themes=(theme,), indicators=()))
        )
        wanted = [("theme", replace(selection, themes=themes, indicators=()))] if themes else []
    ways = (_way(index, (name,), candidate) for name, candidate in wanted)
    return sorted((way for way in ways if way.figures), key=lambda way: -way.figures)
