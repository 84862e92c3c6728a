"""Figures of a country that a compilation and its own survey both publish."""

from __future__ import annotations

from dashboard.comparability import COMPILATION
from dashboard.query import Section, Value
from dashboard.text.localizer import Localizer


def told(loc: Localizer, section: Section) -> str:
    """Which figure is whose, where a country has the same percentage of one thing from both; blank where none has."""
    compiled = [value for value in section.values if value.observation.kind == COMPILATION]
    own = [value for value in section.values if value.observation.kind != COMPILATION]
    found = (
        _sentence(loc, first, second)
        for first in compiled
        for second in own
        if _alike(first, second)
    )
    return " ".join(dict.fromkeys(found))


def _alike(first: Value, second: Value) -> bool:
    one, other = first.observation, second.observation
    return (
        first.respondents.country == second.respondents.country
        and first.population == second.population
        and (one.indicator, one.value) == (other.indicator, other.value)
    )


def _sentence(loc: Localizer, first: Value, second: Value) -> str:
    sentence = loc.t(
        "{country}: {first} stands in {compilation}, {second} in the country’s own survey ({period})."
    )
    return sentence.format(
        country=loc.label("country", first.respondents.country),
        first=loc.value(first),
        compilation=loc.compilation(first.survey.survey_id),
        second=loc.value(second),
        period=loc.short_period(second.survey),
    )
