"""Names that say by themselves what they are of: "Citizens (collaboration)" where "Any positive role of citizens" stands too."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from dashboard.dataset import Dataset
from dashboard.query import Section
from dashboard.text.localizer import Localizer

_KEPT = 32
"""Localizers that are kept, each with its own labels."""


def standing_alone(loc: Localizer, section: Section, title: str) -> Localizer:
    """The localizer that names the indicators of a picture: short names stand behind their theme where the title does not say
    it, or an indicator that holds one of them is shown without it."""
    shown = {value.measure.indicator for value in section.values}
    short, dataset = shown & _short(loc), loc.dataset
    wider = {whole for whole, part in dataset.containments if part in short} & shown - short
    says = [title, *(dataset.indicators[whole].label for whole in wider)]
    if not short or all(loc.says_theme(section.theme, each) for each in says):
        return loc
    return _named(loc, frozenset(short))


@lru_cache(_KEPT)
def _named(loc: Localizer, indicators: Set[str]) -> Localizer:
    return loc.with_themes(indicators)


@lru_cache(_KEPT)
def _short(loc: Localizer) -> Set[str]:
    """Indicators whose whole name stands in that of another of their theme that holds them, and those that are parts of the same
    wholes, whose names are of one kind."""
    dataset = loc.source
    pairs = [each for each in dataset.containments if _of_one_theme(dataset, *each)]
    words = {code: {*each.label.casefold().split()} for code, each in dataset.indicators.items()}
    within = [(whole, part) for whole, part in pairs if words[part] < words[whole]]
    named, parts = {whole for whole, _ in within}, {part for _, part in within}
    wholes = {whole for whole, part in pairs if part in parts} - named
    return frozenset(part for whole, part in pairs if whole in wholes) | parts


def _of_one_theme(dataset: Dataset, whole: str, part: str) -> bool:
    return dataset.indicators[whole].theme == dataset.indicators[part].theme
