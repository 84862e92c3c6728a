"""Why lines of a change over editions are interrupted, and what stands on no line with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from dashboard.comparability import COMPILATION, NO
from dashboard.dataset import Break, BreakKind
from dashboard.messages import gettext_noop
from dashboard.query import EditionStep, Section
from dashboard.query.since import changed_since
from dashboard.text.localizer import Localizer

_WORDS: Mapping[BreakKind, str] = {
    "definition": gettext_noop("definition"),
    "question": gettext_noop("question"),
    "coverage": gettext_noop("coverage"),
    "base": gettext_noop("what percentages are of"),
}

_SINCE: Mapping[BreakKind, str] = {
    "definition": gettext_noop("definition changed"),
    "question": gettext_noop("question changed"),
    "coverage": gettext_noop("coverage changed"),
    "base": gettext_noop("base changed"),
}


def since(loc: Localizer, found: Iterable[Break]) -> str:
    """What changed before a figure, behind its period, each change on one line: "question changed"; blank for no break."""
    kinds = {each.changed for each in found}
    told = (loc.t(words) for kind, words in _SINCE.items() if kind in kinds)
    return ", ".join(each.replace(" ", "\u00a0") for each in told)


def in_panels(loc: Localizer, section: Section) -> str:
    """How what changed between figures of one panel did so, where each row is of one sector and says that it did; blank for nothing."""
    if not section.sectors_apart:
        return ""
    found = changed_since(loc.dataset, section).values()
    return " ".join(
        f"{loc.label('country', loc.dataset.surveys[each.to_survey].country)}: {loc.broken(each)}"
        for each in dict.fromkeys(chain.from_iterable(found))
    )


def before(loc: Localizer, section: Section) -> str:
    """Why figures of an earlier edition that the section does not draw cannot be compared with its own, where they are of an
    indicator that it draws; blank for none."""
    data, drawn = loc.dataset, dict[str, set[str]]()
    for value in section.values:
        drawn.setdefault(value.survey.survey_id, set()).add(value.measure.indicator)
    found = [
        each
        for each in data.breaks
        if each.verdict == NO
        and not each.indicators
        and not each.sector
        and each.to_survey in drawn
        and each.from_survey not in drawn
        and any(
            data.observations.find(survey_id=each.from_survey, indicator=indicator)
            for indicator in drawn[each.to_survey]
        )
    ]
    sentence = loc.t("{country}: earlier figures cannot be compared with these. {why}")
    return " ".join(
        sentence.format(
            country=loc.label("country", data.surveys[each.to_survey].country),
            why=each.description,
        )
        for each in found
    )


def parted(loc: Localizer, section: Section) -> str:
    """Why later figures of a country stand on no line with those that institutions published together; blank where none is so
    parted."""
    compiled = {
        value.survey.country for value in section.values if value.survey.kind == COMPILATION
    }
    surveys = loc.dataset.surveys
    found = [
        (surveys[each.to_survey].country, each)
        for each in loc.dataset.breaks
        if each.verdict == NO
        and not each.indicators
        and surveys[each.to_survey].level == "workplace"
    ]
    reasons = [
        f"{loc.label('country', country)}: {loc.broken(each)}"
        for country, each in found
        if country in compiled
    ]
    if not reasons:
        return ""
    told = loc.t("Why later figures stand on no line with {compilation}. {reasons}")
    return told.format(compilation=loc.compilation(), reasons=" ".join(dict.fromkeys(reasons)))


def in_brief(loc: Localizer, steps: Iterable[EditionStep]) -> str:
    """What changed at the breaks of some steps, each once, in one sentence; blank where none is broken."""
    found: set[BreakKind] = set()
    for step in steps:
        if step.broken:
            found |= {each.changed for each in step.breaks} or {"base"}
    named = [loc.t(word) for kind, word in _WORDS.items() if kind in found]
    return (
        loc.t("Break: {what} changed; the address below says how.").format(what=loc.join(named))
        if named
        else ""
    )
