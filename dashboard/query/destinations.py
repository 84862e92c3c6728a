"""Where the search leads: for everything that a reader may look for the view that shows figures of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from dashboard.dataset import Dataset, Observation
from dashboard.dataset.types import SynonymList, frozen
from dashboard.query.filtering import drawn
from dashboard.query.index import DatasetIndex
from dashboard.selection import Selection, chart_names, chart_of, chart_type, default, normal, parse
from dashboard.selection.rules import switched, themes_of


class Thing(NamedTuple):
    """What can be looked for, by the list that it is in and its code; editions published together go by the first of them."""

    list: SynonymList
    code: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A view."""

    selection: Selection
    figures: int
    """Figures that it draws."""
    alone: Observation | None = None
    """The figure that it draws where that is the only one."""


def editions(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """First of the editions that share a name -> all of them; of those with figures."""
    found: dict[str, list[str]] = {}
    for survey in dataset.surveys.values():
        if survey.has_figures:
            found.setdefault(survey.short_title or survey.survey_id, []).append(survey.survey_id)
    return frozen({ids[0]: tuple(ids) for ids in found.values()})


def destinations(index: DatasetIndex) -> Mapping[Thing, Destination]:
    """The view of each thing, in reading order; what no view shows figures of has none."""
    found = {thing: _first(index, ways) for thing, ways in _ways(index)}
    return frozen({thing: opened for thing, opened in found.items() if opened})


def narrowed(
    index: DatasetIndex, thing: Thing, opened: Destination, countries: Sequence[str]
) -> Destination | None:
    """The view of a thing with some countries alone; None where it shows nothing of them, or is a question about others too."""
    asked = opened.selection
    own = tuple(each for each in asked.countries if each in countries)
    if own == asked.countries:
        return opened
    if not own or thing.list == "question":
        return None
    kept = replace(asked, countries=own)
    apart = [switched(kept, "bars")] if chart_of(kept).compares else []
    return _first(index, iter([kept, *apart]))


def _ways(index: DatasetIndex) -> Iterator[tuple[Thing, Iterator[Selection]]]:
    """Each thing with the views that may show it, the best first."""
    dataset, vocabulary = index.dataset, index.vocabulary
    usual = default(vocabulary)
    compared = next(name for name in chart_names() if chart_type(name).compares)
    for question in dataset.questions:
        asked = parse(question.query, vocabulary).selection
        yield Thing("question", question.question_id), iter((asked,))
    for theme in vocabulary.themes:
        yield Thing("theme", theme), _split(index, replace(usual, themes=(theme,)))
    for country in vocabulary.countries:
        of_country = replace(usual, countries=(country,), themes=vocabulary.themes)
        yield Thing("country", country), _split(index, of_country)
    for sector in vocabulary.sectors:
        yield Thing("sector", sector), _split(index, replace(usual, sectors=(sector,)))
    for indicator in vocabulary.indicators:
        alone = replace(usual, indicators=(indicator,), themes=themes_of((indicator,), vocabulary))
        yield Thing("concept", indicator), _split(index, switched(alone, compared), alone)
    themes_in: dict[str, list[str]] = {}
    for survey, theme in dataset.observations.counts("survey_id", "theme"):
        themes_in.setdefault(survey, []).append(theme)
    for first, ids in editions(dataset).items():
        of_survey = {dataset.surveys[each].country for each in ids}
        countries = usual.countries
        if not of_survey <= set(countries):
            countries = tuple(each for each in vocabulary.countries if each in of_survey)
        themes = tuple(dict.fromkeys(theme for each in ids for theme in themes_in.get(each, ())))
        shown = replace(usual, editions=ids, themes=themes, countries=countries)
        yield Thing("survey", first), _split(index, shown)


def _split(index: DatasetIndex, *selections: Selection) -> Iterator[Selection]:
    """Selections, then each of them split in every way; then all of that with every country, where a first visit has some."""
    vocabulary = index.vocabulary
    usual = default(vocabulary).countries
    wider = [
        replace(each, countries=vocabulary.countries)
        for each in selections
        if each.countries == usual != vocabulary.countries
    ]
    for asked in (selections, wider):
        for dimension in ("", *vocabulary.dimensions):
            for selection in asked:
                yield replace(selection, split=dimension)


def _first(index: DatasetIndex, ways: Iterator[Selection]) -> Destination | None:
    """The first view that shows figures."""
    for way in ways:
        selection = normal(way, index.vocabulary)
        positions = np.flatnonzero(drawn(index, selection)).tolist()
        if positions:
            alone = index.dataset.observations[positions[0]] if len(positions) == 1 else None
            return Destination(selection, len(positions), alone)
    return None
