"""What has no figure, and why: blanks, countries without a figure on a theme, empty views and their ways out."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.comparability import NO
from dashboard.query import Blank, Emptied, Group, Section
from dashboard.selection import Selection, filters
from dashboard.wording.words import Words


def blank(words: Words, reason: Blank) -> str:
    """The reason for a cell without a figure, in two or three words."""
    t = words.t
    return {
        "not_asked": t("not asked"),
        "not_published": t("not published"),
        "not_collected": t("not collected"),
        "filtered": t("hidden by filters"),
        "drawn": t("drawn without values"),
        "compiled": t("only in {compilation}"),
        "single_edition": t("one edition only"),
    }[reason.kind].format(
        compilation=words.compilation(reason.evidence) if reason.kind == "compiled" else ""
    )


BLANK_CODES = {
    "not_asked": "NQ",
    "not_published": "NP",
    "not_collected": "NC",
    "drawn": "DV",
    "compiled": "CP",
    "filtered": "F",
}
"""Short codes for blanks; each has its legend. None of them is what statistical software reads as a missing value."""


def blank_legend(words: Words) -> tuple[tuple[str, str], ...]:
    """(code, meaning) for each kind of blank."""
    t = words.t
    return (
        (BLANK_CODES["not_asked"], t("not asked of these respondents")),
        (BLANK_CODES["not_published"], t("asked, but not published for this group")),
        (BLANK_CODES["not_collected"], t("no figure collected here; it may exist in print")),
        (BLANK_CODES["drawn"], t("drawn in the publication without values")),
        (
            BLANK_CODES["compiled"],
            t("published only in {compilation}").format(compilation=compiled)
            if (compiled := words.compilation())
            else t("published only in a compilation"),
        ),
        (BLANK_CODES["filtered"], t("hidden by your filters")),
    )


def absences(words: Words, section: Section) -> str:
    """Everything chosen that has no figure in the section, by reason; blank where nothing is missing."""
    t = words.t
    reasons: dict[tuple[str, str], list[str]] = {}
    for absent in section.absences:
        who = f"{words.label('country', absent.place.country)} ({words.lower('level', absent.place.level)})"
        split = absent.blank.evidence if absent.blank.kind == "split" else ""
        reasons.setdefault((absent.blank.kind, split), []).append(who)
    sentences = {
        "not_collected": t("No figure on this theme was found for {names}."),
        "filtered": t("Hidden by your filters: {names}."),
        "single_edition": t("With figures of one edition only: {names}."),
        "split": t("Published only by groups ({split}): {names}."),
    }
    return " ".join(
        sentences[kind].format(
            names=words.some(names), split=words.lower("dimension", split) if split else ""
        )
        for (kind, split), names in reasons.items()
    )


def split_ways(section: Section, words: Words) -> list[tuple[str, str]]:
    """(dimension, link text) for each split that shows what the section has no undivided figures of."""
    found = dict.fromkeys(
        absent.blank.evidence for absent in section.absences if absent.blank.kind == "split"
    )
    return [
        (dimension, words.t("Show {split}").format(split=words.lower("dimension", dimension)))
        for dimension in found
    ]


def drawn(words: Words, selection: Selection, themes: Iterable[str]) -> str:
    """Countries whose publication draws one of these themes by sector without printing the values; blank where none does."""
    if selection.split:
        return ""
    found: dict[str, dict[str, None]] = {}
    for record in words.dataset.asked.values():
        country, theme = (
            words.dataset.surveys[record.survey_id].country,
            words.dataset.concepts[record.concept].theme,
        )
        if record.drawn and country in selection.countries and theme in themes:
            chosen = not selection.concepts or record.concept in selection.concepts
            found.setdefault(words.label("country", country), {}).update(
                {words.lower("theme", theme): None} if chosen else {}
            )
    told = [f"{country} ({words.some(names)})" for country, names in found.items() if names]
    return (
        words.t("Drawn by sector in the publication, without values: {listed}.").format(
            listed=words.some(told)
        )
        if told
        else ""
    )


def emptied(words: Words, found: Emptied) -> tuple[str, str]:
    """(sentence, button text) for a filter that empties the view."""
    t = words.t
    if found.lifted.split and found.parameters in (("split",), ("theme",)):
        return _published_otherwise(words, found)
    named = {each.name: each.way_out for each in filters.filters() if each.way_out}
    lifted = [named[parameter] for parameter in found.parameters]
    sentence = " ".join(t(way.sentence) for way in lifted)
    button = t(lifted[0].button) if len(lifted) == 1 else t("Lift these filters")
    figures = words.counted("{count} figure", "{count} figures", found.figures)
    return sentence, f"{button} ({figures})"


def _published_otherwise(words: Words, found: Emptied) -> tuple[str, str]:
    """(sentence, button text) where figures exist by groups only, or by these groups on other themes only."""
    t = words.t
    groups = words.dataset.codes[f"segment:{found.lifted.split}"]
    if found.parameters == ("theme",):
        themes = words.some(words.short("theme", theme) for theme in found.lifted.themes)
        split = words.label("dimension", found.lifted.split)
        sentence = t("{split} is published for other themes: {themes}.").format(
            split=split, themes=themes
        )
    elif len(groups) == 2:
        listed = words.some(
            words.lower_group(Group("all", found.lifted.split, code)) for code in groups
        )
        sentence = t("Published only for {groups}.").format(groups=listed)
    else:
        sentence = t("Published only by {split}.").format(
            split=words.lower("dimension", found.lifted.split)
        )
    return sentence, words.counted(
        "Show it ({count} figure)", "Show them ({count} figures)", found.figures
    )


def single_editions(words: Words, section: Section) -> str:
    """Indicators that a change over editions leaves out; blank where there are none."""
    if not section.single:
        return ""
    names = words.some(words.item(item) for item in section.single)
    text = words.t("Only one edition has a figure, so there is no change to draw: {names}.").format(
        names=names
    )
    return text if section.panels else " ".join([text, *_parted(words, section)])


def _parted(words: Words, section: Section) -> list[str]:
    """Why the editions of the countries without a change may not be joined, as far as that is recorded."""
    countries = {absent.place.country for absent in section.absences}
    surveys = words.dataset.surveys
    found = (
        each
        for each in words.dataset.breaks
        if each.verdict == NO and not each.concepts and not each.sector
    )
    of_country = ((surveys[each.to_survey].country, each.description) for each in found)
    told = (
        f"{words.label('country', country)}: {text}"
        for country, text in of_country
        if country in countries
    )
    return list(dict.fromkeys(told))
