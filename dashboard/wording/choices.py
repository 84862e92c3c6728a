"""Texts of the filters."""

from __future__ import annotations

from babel import Locale

from dashboard.dataset import Survey
from dashboard.selection import LANGUAGES
from dashboard.wording.words import Words


def arrangements(words: Words) -> dict[str, str]:
    """Arrangement -> its name."""
    t = words.t
    return {"country": t("By country"), "sector": t("By sector"), "indicator": t("By indicator")}


def edition_modes(words: Words) -> dict[str, str]:
    """Edition mode -> its name."""
    t = words.t
    return {
        "latest": t("Newest figure of each country"),
        "all": t("All editions"),
        "chosen": t("Chosen editions"),
    }


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


def no_split(words: Words) -> str:
    """The choice of undivided figures."""
    return words.t("Nothing (whole groups)")


def inferred(words: Words) -> str:
    """The choice to see figures whose reading is in doubt."""
    return words.t("Show inferred figures (hatched)")


def languages() -> dict[str, str]:
    """Language -> its name in itself."""
    names = {code: Locale.parse(code).get_display_name(code) for code in LANGUAGES}
    return {code: f"{name[:1].upper()}{name[1:]}" for code, name in names.items()}


def looks(words: Words) -> dict[str, str]:
    """Look -> its name; blank stands for what the reader's system prefers."""
    t = words.t
    return {"": t("Automatic"), "light": t("Light"), "dark": t("Dark")}
