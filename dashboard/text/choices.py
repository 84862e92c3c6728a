"""Texts of the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from string import Formatter
from types import MappingProxyType

from dashboard.comparability import COMPILATION
from dashboard.dataset import Survey
from dashboard.selection import (
    COLOUR_SCHEMES,
    LANGUAGES,
    ColourScheme,
    Selection,
    chart_names,
    filters,
)
from dashboard.selection.parameter import Filter, Parameter
from dashboard.text import letters, locales
from dashboard.text.localizer import Localizer


def choice(loc: Localizer, parameter: Parameter, code: str) -> str:
    """Name of a choice of a parameter: its own, else that of the data."""
    if code in parameter.names:
        return loc.t(parameter.names[code])
    if parameter.labels == "survey":
        return edition(loc, loc.dataset.surveys[code])
    if parameter.labels == "concept":
        return loc.dataset.indicators[code].label
    return loc.label(parameter.labels, code)


def legend(loc: Localizer, parameter: Parameter) -> str:
    """Heading of a parameter's control; blank where it has none."""
    return loc.t(parameter.control.legend) if parameter.control else ""


def subtitle(loc: Localizer, each: Filter, selection: Selection) -> str:
    """What the subtitle of a picture says of a filter; blank for nothing."""
    value, codes = each.of(selection), loc.dataset.codes.get(each.labels, ())
    said = each.subtitle.text(value, codes) if each.subtitle else ""
    if not said:
        return ""
    text = loc.t(said)
    (name,) = {part for _, part, _, _ in Formatter().parse(text) if part} or {""}
    if not name:
        return text
    named = loc.join(_inside(loc, each, code) for code in each.words(value))
    return text.format(**{name: named})


def _inside(loc: Localizer, parameter: Parameter, code: str) -> str:
    """Name of a choice for use inside a sentence."""
    text = choice(loc, parameter, code)
    return text[:1].lower() + text[1:]


def edition(loc: Localizer, survey: Survey) -> str:
    """An edition in the list of editions: "Sweden 2019–2020, workplaces"."""
    name = plain_edition(loc, survey)
    same = _plain_editions(loc)[survey.kind, name]
    return name if same == 1 or survey.kind == COMPILATION else f"{name} ({survey.title})"


@lru_cache(maxsize=32)
def _plain_editions(loc: Localizer) -> Mapping[tuple[str, str], int]:
    """(kind, name) -> editions of that kind that have it."""
    surveys = loc.dataset.surveys.values()
    return Counter((survey.kind, plain_edition(loc, survey)) for survey in surveys)


def plain_edition(loc: Localizer, survey: Survey) -> str:
    """The same without the title of a survey that another has the name of."""
    if survey.kind == COMPILATION:
        return loc.t("{country}, in {compilation}").format(
            country=loc.label("country", survey.country),
            compilation=loc.compilation(survey.survey_id),
        )
    country, period, level = (
        loc.label("country", survey.country),
        loc.period(survey),
        loc.lower("level", survey.level),
    )
    return (
        f"{country} {period}, {level}" if period[:1].isdigit() else f"{country}, {period}, {level}"
    )


@cache
def languages() -> Mapping[str, str]:
    """Language -> its name in itself."""
    names = {code: locales.locale(code).get_display_name(code) or code for code in LANGUAGES}
    return MappingProxyType({code: letters.begun(name) for code, name in names.items()})


def charts(loc: Localizer) -> dict[str, str]:
    """Chart type -> its name."""
    return {code: choice(loc, filters.CHART, code) for code in chart_names()}


def colour_schemes(loc: Localizer) -> dict[ColourScheme, str]:
    """Colour scheme -> its name; blank stands for what the reader's system prefers."""
    codes: tuple[ColourScheme, ...] = ("", *COLOUR_SCHEMES)
    return {code: choice(loc, filters.COLOUR_SCHEME, code) for code in codes}
