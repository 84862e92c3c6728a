"""Texts of the filters."""

from __future__ import annotations

from string import Formatter

from babel import Locale

from dashboard.dataset import Survey
from dashboard.selection import LANGUAGES, LOOKS, Selection, chart_names, filters
from dashboard.selection.parameter import Filter, Parameter
from dashboard.wording.words import Words


def choice(words: Words, parameter: Parameter, code: str) -> str:
    """Name of a choice of a parameter: its own, else that of the data."""
    if code in parameter.names:
        return words.t(parameter.names[code])
    if parameter.labels == "survey":
        return edition(words, words.dataset.surveys[code])
    if parameter.labels == "concept":
        return words.dataset.concepts[code].label
    return words.label(parameter.labels, code)


def legend(words: Words, parameter: Parameter) -> str:
    """Heading of a parameter's control; blank where it has none."""
    return words.t(parameter.control.legend) if parameter.control else ""


def subtitle(words: Words, each: Filter, selection: Selection) -> str:
    """What the subtitle of a picture says of a filter; blank for nothing."""
    value, codes = each.of(selection), words.dataset.codes.get(each.labels, ())
    said = each.subtitle.text(value, codes) if each.subtitle else ""
    if not said:
        return ""
    text = words.t(said)
    (name,) = {part for _, part, _, _ in Formatter().parse(text) if part} or {""}
    if not name:
        return text
    named = words.some(_inside(words, each, code) for code in each.words(value))
    return text.format(**{name: named})


def _inside(words: Words, parameter: Parameter, code: str) -> str:
    """Name of a choice for use inside a sentence."""
    text = choice(words, parameter, code)
    return text[:1].lower() + text[1:]


def edition(words: Words, survey: Survey) -> str:
    """An edition in the list of editions: "Sweden 2019–2020, workplaces"."""
    country = words.label("country", survey.country)
    if survey.kind == "compilation":
        return words.t("{country}, in {compilation}").format(
            country=country, compilation=words.compilation(survey.survey_id)
        )
    name = _plain_edition(words, survey)
    same = [
        other
        for other in words.dataset.surveys.values()
        if other.kind == survey.kind and _plain_edition(words, other) == name
    ]
    return name if len(same) == 1 else f"{name} ({survey.title})"


def _plain_edition(words: Words, survey: Survey) -> str:
    country, period, level = (
        words.label("country", survey.country),
        words.period(survey),
        words.lower("level", survey.level),
    )
    return (
        f"{country} {period}, {level}" if period[:1].isdigit() else f"{country}, {period}, {level}"
    )


def languages() -> dict[str, str]:
    """Language -> its name in itself."""
    names = {code: Locale.parse(code).get_display_name(code) for code in LANGUAGES}
    return {code: f"{name[:1].upper()}{name[1:]}" for code, name in names.items()}


def charts(words: Words) -> dict[str, str]:
    """Chart type -> its name."""
    return {code: choice(words, filters.CHART, code) for code in chart_names()}


def looks(words: Words) -> dict[str, str]:
    """Look -> its name; blank stands for what the reader's system prefers."""
    return {code: choice(words, filters.LOOK, code) for code in ("", *LOOKS)}
