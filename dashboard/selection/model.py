"""The Selection: what a reader has chosen, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.dataset import Dataset
from dashboard.selection.chart_types import chart_type

ARRANGEMENTS = ("country", "sector", "indicator")
LANGUAGES = ("en", "da", "nb", "sv", "fi")
"""Languages of the site, the source language first."""
LOOKS = ("light", "dark")
OPENING_THEMES = ("drivers", "collaboration", "effects")
"""Themes of a first visit, where the data has them."""
LATEST = ("latest",)
ALL_EDITIONS = ("all",)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes a selection may use, each list in reading order."""

    themes: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    dimensions: tuple[str, ...]
    concepts: tuple[str, ...]
    surveys: tuple[str, ...]
    theme_of: Mapping[str, str] = field(default_factory=dict)
    releases: tuple[str, ...] = ()
    """Data releases an address may name, oldest first."""

    @classmethod
    def of(cls, dataset: Dataset) -> Vocabulary:
        """The vocabulary of a data release; only surveys with figures can be chosen as editions."""
        theme_order = {code: rank for rank, code in enumerate(dataset.codes["theme"])}
        concepts = sorted(dataset.concepts.values(), key=lambda c: theme_order[c.theme])
        country_order = {code: rank for rank, code in enumerate(dataset.codes["country"])}
        surveys = sorted(
            (survey for survey in dataset.surveys.values() if survey.has_figures),
            key=lambda s: (
                s.kind == "compilation",
                country_order[s.country],
                s.period_end or 0,
                s.survey_id,
            ),
        )
        return cls(
            themes=tuple(dataset.codes["theme"]),
            countries=tuple(dataset.codes["country"]),
            sectors=tuple(dataset.codes["sector"]),
            levels=tuple(dataset.codes["level"]),
            dimensions=tuple(dataset.codes["dimension"]),
            concepts=tuple(concept.concept for concept in concepts),
            surveys=tuple(survey.survey_id for survey in surveys),
            theme_of={concept.concept: concept.theme for concept in concepts},
            releases=(dataset.release,),
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen. Every tuple is in the vocabulary's order and free of repetitions.

    ``concepts`` empty means every indicator of the themes; any other empty tuple means that nothing is chosen there.
    ``editions`` is ``("latest",)``, ``("all",)`` or survey ids.
    """

    themes: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    editions: tuple[str, ...] = LATEST
    levels: tuple[str, ...] = ()
    split: str = ""
    inferred: bool = True
    chart: str = "bars"
    by: str = "country"
    intervals: bool = True
    comparable: bool = False
    expanded: tuple[str, ...] = ()
    """Themes of which all indicators are shown, not just the most shared."""
    release: str = ""
    """The data release an address is pinned to; blank for the newest there is."""
    language: str = ""
    """The language an address asks for; blank for that of whoever opens it."""
    look: str = ""
    """light or dark where an address asks for it; blank for what the reader's system prefers."""


def default(vocabulary: Vocabulary) -> Selection:
    """The selection of a first visit."""
    return Selection(
        themes=_opening_themes(vocabulary),
        countries=vocabulary.countries,
        sectors=vocabulary.sectors,
        levels=vocabulary.levels,
    )


def _opening_themes(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The themes of a first visit; of data that has none of them as many of its own."""
    known = tuple(theme for theme in OPENING_THEMES if theme in vocabulary.themes)
    return known or vocabulary.themes[: len(OPENING_THEMES)]


def default_themes(concepts: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Themes that apply when none are named: those of the chosen indicators, else the opening three."""
    if not concepts:
        return _opening_themes(vocabulary)
    wanted = {vocabulary.theme_of[concept] for concept in concepts}
    return tuple(theme for theme in vocabulary.themes if theme in wanted)


def default_editions(chart: str) -> tuple[str, ...]:
    """A chart that joins editions needs them all; every other opens with the newest figures."""
    return ALL_EDITIONS if chart_type(chart).joins_editions else LATEST


def normal(selection: Selection, vocabulary: Vocabulary) -> Selection:
    """The same choice in canonical form: vocabulary order, no repetitions, nothing that cannot be drawn."""

    def ordered(values: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
        chosen = set(values)
        return tuple(value for value in allowed if value in chosen)

    editions = selection.editions
    if editions not in (LATEST, ALL_EDITIONS):
        editions = ordered(editions, vocabulary.surveys)
    if chart_type(selection.chart).joins_editions and editions == LATEST:
        editions = ALL_EDITIONS
    return replace(
        selection,
        themes=ordered(selection.themes, vocabulary.themes),
        countries=ordered(selection.countries, vocabulary.countries),
        sectors=ordered(selection.sectors, vocabulary.sectors),
        concepts=ordered(selection.concepts, vocabulary.concepts),
        levels=ordered(selection.levels, vocabulary.levels),
        editions=editions,
        split=selection.split if selection.split in vocabulary.dimensions else "",
        release=selection.release if selection.release in vocabulary.releases else "",
        expanded=ordered(selection.expanded, ordered(selection.themes, vocabulary.themes)),
    )
