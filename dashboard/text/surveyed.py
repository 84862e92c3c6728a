"""The surveys behind the figures that are drawn."""

from __future__ import annotations

from dashboard.query import Section
from dashboard.text import choices
from dashboard.text.localizer import Localizer


def surveys(loc: Localizer, section: Section) -> tuple[tuple[str, str], ...]:
    """(country, years and who answered, its title) of each, those of a country together, in order of appearance."""
    drawn = {value.survey.survey_id: value.survey for value in section.values}
    countries = list(dict.fromkeys(each.country for each in drawn.values()))
    ordered = sorted(drawn.values(), key=lambda each: countries.index(each.country))
    return tuple((choices.plain_edition(loc, each), each.title) for each in ordered)
