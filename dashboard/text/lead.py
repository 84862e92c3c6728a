"""What stands above a chart: the title that leads the page, and the line that says what its percentages are."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.comparability import COMPILATION
from dashboard.comparability import unit as unit_of
from dashboard.dataset import Survey
from dashboard.query import Measure, Section, Value, View
from dashboard.text import comparisons, findings, letters, statements, texts
from dashboard.text.localizer import Localizer

_BASES = 2
"""Bases that the line names; more are named at the headings alone."""
_PERIODS = 2
"""Reference periods that the line names; of more it gives the first and the last year."""


class Heading(NamedTuple):
    """What stands above one of several themes."""

    name: str
    found: str
    """Its title where it stands alone; blank where that is its name."""
    unit: str


def heading(loc: Localizer, view: View, section: Section) -> Heading:
    """The heading of one of several themes: its name, and title and unit as where it stands alone."""
    own = findings.alone(view, section)
    shares = unit(loc, own, section)
    if findings.question_of(loc, own):
        shares = texts.joined(shares, findings.beside(loc, own), findings.answers(loc, own))
    name = findings.subject(loc, view.selection, section.theme)
    return Heading(name, findings.of_theme(loc, view, section), shares)


def lead(loc: Localizer, view: View, section: Section) -> tuple[str, str]:
    """(title, unit) of the section that leads the page: what the view says, asks or is about.

    Where the title is what one of several indicators finds, the line under it begins with what the section is about; it ends with
    what the title leaves out of its row. Of several themes each has its own ``heading``.
    """
    shares = unit(loc, view, section)
    if findings.question_of(loc, view):
        further = findings.beside(loc, view), findings.answers(loc, view)
        return findings.title_of(loc, view), texts.joined(shares, *further)
    title = findings.title_of(loc, view)
    if len(view.sections) > 1:
        return title, shares
    about = findings.subject(loc, view.selection, section.theme)
    several = len({value.measure for value in section.values}) > 1
    found = statements.of_section(loc, view, section).text
    return title, texts.joined(about, shares) if found and several else shares


def unit(
    loc: Localizer, view: View, section: Section, *, of_all: bool = False, shares: bool = True
) -> str:
    """Percent of what, who answered, and when: "% of innovations, answered by workplaces, 2018–2023". Of what is not said where
    the headings below name many things, nor who answered where a line holds shares of workplaces and of organisations. Of comparisons
    the country and the sector too that all lines share; without ``shares`` not percent of what. Blank without figures.

    Where the title of the view is a finding about one period, that is when; about a compilation, the line is about that,
    whose row says when: "The Nordic comparison of 2019: % of workplaces …"; with ``of_all`` about every line: "The Nordic comparison
    of 2019, national surveys 2016–2023: % of …"."""
    values = list(section.values)
    if not values:
        return ""
    told = findings.period(loc, view)
    national = [value.survey for value in values if value.survey.kind != COMPILATION]
    if of_all and len(national) == len(values):
        # A picture that has no room for what the title of its view speaks of.
        told = told if told and told.kind != COMPILATION else None
    about = loc.compilation(told.survey_id) if told and told.kind == COMPILATION else ""
    if about and of_all and national:
        about = loc.t("{compilation}, national surveys {periods}").format(
            compilation=about, periods=loc.span(national)
        )
    elif about:
        values = [v for v in values if loc.compilation(v.survey.survey_id) == about]
    answered = dict.fromkeys(_who(loc, value) for value in values)
    surveys = {each.survey_id: each for each in ([told] if told else (v.survey for v in values))}
    parts = (
        _share(loc, list(dict.fromkeys(value.observation.base for value in values)))
        if shares
        else "",
        "" if _mixes_units(section) else loc.t("answered by {who}").format(who=loc.join(answered)),
        "" if about else _periods(loc, list(surveys.values())),
    )
    text = ", ".join(part for part in parts if part)
    if about:
        begun = letters.begun(about)
        text = loc.t("{question}: {answer}").format(question=begun, answer=text) if text else begun
    elif shares:
        text = letters.begun(text)
    place = comparisons.place(loc, section)
    return f"{text} · {place}" if place else text


def names_bases(section: Section) -> bool:
    """Whether the line says what the percentages of a section are of, and does not leave it to the figures."""
    return 0 < len({value.observation.base for value in section.values}) <= _BASES


def _mixes_units(section: Section) -> bool:
    """Whether shares of workplaces of one country stand beside shares of whole organisations of another on one thing, which no
    one word for who answered fits."""
    found = dict[Measure, set[tuple[str, str]]]()
    for value in section.values:
        if value.respondents.level == "workplace":
            whose = value.respondents.country, unit_of(value.observation)
            found.setdefault(value.measure, set()).add(whose)
    return any(
        len({country for country, _ in each}) > 1 < len({unit for _, unit in each})
        for each in found.values()
    )


def _who(loc: Localizer, value: Value) -> str:
    """Who answered: workplaces, the management, or of a survey of workplaces whole organisations, by what they are called."""
    row = value.observation
    if value.respondents.level == "workplace" and unit_of(row) != "workplace":
        return loc.unit_of(row)
    return loc.lower("level", value.respondents.level)


def _share(loc: Localizer, bases: list[str]) -> str:
    """Percent of what; blank for many things."""
    if len(bases) > _BASES:
        return ""
    return loc.t("% of {base}").format(base=loc.join(loc.label("base", base) for base in bases))


def _periods(loc: Localizer, surveys: list[Survey]) -> str:
    """The reference periods of surveys, the earliest first."""
    ordered = sorted(surveys, key=lambda survey: (survey.period_end or 0, survey.survey_id))
    periods = list(dict.fromkeys(loc.years(survey) for survey in ordered))
    if len(periods) <= _PERIODS:
        return loc.join(periods)
    return loc.span(surveys)
