"""What follows from what in a selection, each rule once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.selection.chart_types import chart_of, chart_type
from dashboard.selection.model import ALL_EDITIONS, LATEST, Selection, Sort, Vocabulary

OPENING_THEMES = ("drivers", "collaboration", "effects")
"""Themes of a first visit, where the data has them."""
OPENING_COUNTRIES = 12
"""Countries of a first visit at most: as many as can be told apart on a line."""


def needs_all_editions(chart: str) -> bool:
    """Whether a type of chart has nothing to draw of the newest figures alone."""
    return chart_type(chart).joins_editions


def usual_editions(chart: str) -> tuple[str, ...]:
    """Editions that apply where none are named: all where the chart needs them, else the newest figures."""
    return ALL_EDITIONS if needs_all_editions(chart) else LATEST


def usual_sort(chart: str) -> Sort:
    """Order of the rows where none is named."""
    return chart_type(chart).sorts[0]


def has_baseline(selection: Selection) -> bool:
    """Whether a country can be what the others are compared with: only where countries stand on one line."""
    return chart_of(selection).on_lines and selection.by != "sector" and not selection.split


def opening_themes(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The themes of a first visit; of data that has none of them as many of its own."""
    known = tuple(theme for theme in OPENING_THEMES if theme in vocabulary.themes)
    return known or vocabulary.themes[: len(OPENING_THEMES)]


def opening_countries(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The countries of a first visit: all of a few, of more those with the most to show."""
    if len(vocabulary.countries) <= OPENING_COUNTRIES:
        return vocabulary.countries
    foremost = set(vocabulary.foremost[:OPENING_COUNTRIES])
    return tuple(each for each in vocabulary.countries if each in foremost)


def in_order_of_colours(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Countries as they are given colours: those of a first visit first, so that they are told apart best."""
    first = opening_countries(vocabulary)
    return (*first, *(each for each in vocabulary.countries if each not in first))


def themes_of(indicators: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The themes of indicators, in the order of the vocabulary; one that only another release knows has none."""
    wanted = {vocabulary.theme_of.get(indicator) for indicator in indicators}
    return tuple(theme for theme in vocabulary.themes if theme in wanted)


def usual_themes(indicators: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Themes that apply where none are named: those of the chosen indicators, else those of a first visit."""
    return themes_of(indicators, vocabulary) if indicators else opening_themes(vocabulary)


def implied(selection: Selection, vocabulary: Vocabulary) -> dict[str, Any]:
    """Field -> the value it has where an address does not name it, as far as that follows from the rest."""
    return {
        "themes": usual_themes(selection.indicators, vocabulary),
        "editions": usual_editions(selection.chart),
        "sort": usual_sort(selection.chart),
    }


def consistent(selection: Selection) -> Selection:
    """The selection without what cannot go together: the newest figures alone under a chart that needs all editions,
    an order that the chart's rows do not come in, a baseline without countries beside it, and themes expanded that are not
    chosen."""
    editions = selection.editions
    if editions == LATEST:
        editions = usual_editions(selection.chart)
    sorts = chart_of(selection).sorts
    sort = selection.sort if selection.sort in sorts else sorts[0]
    baseline = selection.baseline if has_baseline(selection) else ""
    expanded = tuple(theme for theme in selection.expanded if theme in selection.themes)
    before = selection.editions, selection.sort, selection.baseline, selection.expanded
    if before == (editions, sort, baseline, expanded):
        return selection
    return replace(selection, editions=editions, sort=sort, baseline=baseline, expanded=expanded)


def switched(selection: Selection, chart: str) -> Selection:
    """The selection with another chart; leaving one that needs all editions returns to the newest figures."""
    editions = selection.editions
    if needs_all_editions(chart) != needs_all_editions(selection.chart) and editions == (
        usual_editions(selection.chart)
    ):
        editions = usual_editions(chart)
    sort = selection.sort
    if sort == usual_sort(selection.chart):
        sort = usual_sort(chart)
    return replace(selection, chart=chart, editions=editions, sort=sort)


def with_themes_of_added(before: Selection, after: Selection, vocabulary: Vocabulary) -> Selection:
    """``after`` with the themes of the indicators that it has and ``before`` had not."""
    added = tuple(each for each in after.indicators if each not in before.indicators)
    return replace(after, themes=(*after.themes, *themes_of(added, vocabulary)))


def with_indicators_of_themes(
    before: Selection, after: Selection, vocabulary: Vocabulary
) -> Selection:
    """``after`` without the indicators of themes that it has not; with every indicator where it has a theme that ``before`` had
    not and of which none is chosen."""
    kept = tuple(each for each in after.indicators if vocabulary.theme_of.get(each) in after.themes)
    added = set(after.themes) - set(before.themes)
    return replace(after, indicators=kept if added <= set(themes_of(kept, vocabulary)) else ())


def one_theme(selection: Selection, theme: str) -> Selection:
    """The selection with one theme only, expanded where it was."""
    expanded = (theme,) if theme in selection.expanded else ()
    return replace(selection, themes=(theme,), expanded=expanded)
