"""What the view of a question says: a title of at most twelve words, filled from the figures that the view draws."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Observation, Question, Survey
from dashboard.dataset.questions import figure_names, filled, kept
from dashboard.query import Section, View
from dashboard.query.questions import (
    claims_hold,
    figures,
    left_out,
    line_of,
    may_be_compared,
)
from dashboard.selection import Selection, Vocabulary, chart_of, one_theme, parse
from dashboard.text import comparisons, courses, statements
from dashboard.text.localizer import Localizer

SEPARATOR = " · "
"""Between the names of several themes."""
_LOCALIZERS_KEPT = 32
_NO_BREAK = "\u00a0"
_BEFORE_FIGURE = re.compile(r"(?<=\w) (?=\{)")
_STEM = 7
"""Letters of a theme that tell whether an indicator says it already."""
_NAMED = 2
"""Indicators that a title names; of more it names the first."""


def finding(loc: Localizer, view: View, question: Question) -> str:
    """What a view says on a question, in the reader's language and with figures as their sources word them.

    Each figure names its period where the line below the title does not name one for all of them; that of an only figure ends the
    sentence. Blank where the question
    has no such sentence, where one of its figures is not drawn, where two of them must not be compared, or where one is
    called larger and that is not tested and clear.
    """
    rows = _stated(loc, view, question)
    if not rows:
        return ""
    surveys = loc.dataset.surveys
    each_named = _one_period(loc, view, rows) is None
    # No line ends between a name and its figure.
    told = _in_language(loc, question)
    told = _narrowed(loc, told, view.selection) or told
    sentence = _BEFORE_FIGURE.sub(_NO_BREAK, told.finding)
    if each_named and len(rows) == 1:
        said = filled(sentence, (courses.figure(loc, rows[0]),))
        return courses.dated(loc, said, surveys[rows[0].survey_id], tied=False)
    return filled(
        sentence,
        tuple(_figure(loc, row, surveys[row.survey_id] if each_named else None) for row in rows),
    )


def period(loc: Localizer, view: View) -> Survey | None:
    """A survey of the one reference period that the title of a view speaks of; None where it speaks of none or of several."""
    question = question_of(loc, view)
    rows = _stated(loc, view, question) if question else ()
    return _one_period(loc, view, rows) if rows else None


def beside(loc: Localizer, view: View) -> str:
    """What the line of a finding on several countries holds of others, which it cannot name, since they have a figure of another
    group alone: "Finland, municipalities 95%"; blank for nothing."""
    question = question_of(loc, view)
    rows = _stated(loc, view, question) if question else ()
    if len(rows) < 2 or len({row.country for row in rows}) < len(rows):
        return ""
    line = line_of(rows, view)
    others = left_out(rows, view, alike=False)
    return loc.join(f"{comparisons.dot_name(loc, line, each)} {loc.value(each)}" for each in others)


def answers(loc: Localizer, view: View) -> str:
    """How many answers stand behind the figures of a finding that calls one larger, where one of them rests on few: "n 69 and 99";
    blank elsewhere."""
    question = question_of(loc, view)
    rows = _stated(loc, view, question) if question else ()
    return _answers(loc, rows, view.thresholds) if question and question.claim else ""


def answers_of(loc: Localizer, question: Question) -> str:
    """The same, of a question whose view is not at hand."""
    if not question.claim:
        return ""
    table = loc.dataset.observations
    rows = []
    for name in figure_names(question):
        coded = {"survey_id": name.survey_id, "sector": name.sector, "indicator": name.indicator}
        rows += [table[at] for at in table.find(**coded) if name.names(table[at])]
    return _answers(loc, rows, SmallBaseThresholds())


def _answers(loc: Localizer, rows: Sequence[Observation], thresholds: SmallBaseThresholds) -> str:
    counts = [row.n for row in rows if row.n is not None]
    if not counts or len(counts) < len(rows) or min(counts) >= thresholds.small:
        return ""
    return loc.t("n {n}").format(n=loc.join(loc.number(n) for n in counts))


def _stated(loc: Localizer, view: View, question: Question) -> tuple[Observation, ...]:
    """The figures that a finding states in a view; none where it may not."""
    if not _in_language(loc, question).finding:
        return ()
    question = _narrowed(loc, question, view.selection) or question
    rows = figures(question, view)
    if not rows or not may_be_compared(loc.dataset, rows, view.thresholds):
        return ()
    return rows if claims_hold(question, rows, view) else ()


def _one_period(loc: Localizer, view: View, rows: tuple[Observation, ...]) -> Survey | None:
    """A survey of the period that all figures share; None where they differ or the chart is one of several editions."""
    surveys = {
        loc.period(found): found for found in (loc.dataset.surveys[r.survey_id] for r in rows)
    }
    one, *others = surveys.values()
    return None if others or chart_of(view.selection).joins_editions else one


def _figure(loc: Localizer, row: Observation, survey: Survey | None) -> str:
    """A figure as its source words it, with its period where that is asked for: "46% (2013–14)"."""
    return courses.dated_figure(loc, row, survey) if survey else courses.figure(loc, row)


def title_of(loc: Localizer, view: View) -> str:
    """The title of a view: the finding of the question that it answers, else the question, else what its one theme finds,
    else what it is about.

    Language, colours, intervals, order of rows and release are left aside: they are not what is asked.
    """
    question = question_of(loc, view)
    if question is None:
        found = [statements.of_section(loc, view, section).text for section in view.sections]
        return (found[0] if len(found) == 1 else "") or _subjects(loc, view.selection)
    return finding(loc, view, question) or question.title


def alone(view: View, section: Section) -> View:
    """The view of the theme of one section, of which it has that section."""
    return replace(view, selection=one_theme(view.selection, section.theme), sections=(section,))


def of_theme(loc: Localizer, view: View, section: Section) -> str:
    """The title that a theme of a view has where it stands alone; blank where that is its name."""
    own = alone(view, section)
    question = question_of(loc, own)
    if question is None:
        return statements.of_section(loc, view, section).text
    return finding(loc, own, question) or question.title


def question_of(loc: Localizer, view: View) -> Question | None:
    """The question that a view answers; None where it answers none."""
    return _asked(loc, view.selection)


def _asked(loc: Localizer, selection: Selection) -> Question | None:
    """The question that a selection asks: its own, or one that compares countries, whose sentence stands for those that are chosen,
    or for a theme of which no indicator is chosen."""
    essence = _essence(selection)
    found = _questions(loc).get(essence)
    if found or not chart_of(selection).compares:
        return found
    wider = replace(essence, countries=tuple(loc.dataset.codes["country"]))
    found = _questions(loc).get(wider) or (
        None if selection.indicators else _of_themes(loc).get(wider)
    )
    return _narrowed(loc, found, selection) if found else None


def _narrowed(loc: Localizer, question: Question, selection: Selection) -> Question | None:
    """A question whose sentence lists countries, with those alone that are chosen; None where it lists none or too few remain."""
    countries, surveys = selection.countries, loc.dataset.surveys
    names = figure_names(question)
    return kept(
        question,
        [not countries or surveys[name.survey_id].country in countries for name in names],
    )


def _in_language(loc: Localizer, question: Question) -> Question:
    """The question as the localizer's data have it."""
    return next(
        (each for each in loc.dataset.questions if each.question_id == question.question_id),
        question,
    )


@lru_cache(maxsize=_LOCALIZERS_KEPT)
def _questions(loc: Localizer) -> dict[Selection, Question]:
    """What a question or finding asks for -> it, the first where several ask for the same."""
    vocabulary = Vocabulary.of(loc.dataset)
    return {
        _essence(parse(each.query, vocabulary).selection): each
        for each in reversed(loc.dataset.questions)
    }


@lru_cache(maxsize=_LOCALIZERS_KEPT)
def _of_themes(loc: Localizer) -> dict[Selection, Question]:
    """What a question asks for, but for its indicators -> it, the first where several ask for the same."""
    return {replace(each, indicators=()): question for each, question in _questions(loc).items()}


@lru_cache(maxsize=64)
def _essence(selection: Selection) -> Selection:
    """A selection without what decides only how it is shown."""
    return replace(
        selection,
        release="",
        language="",
        colour_scheme="",
        intervals=True,
        sort="published",
    )


def subject(loc: Localizer, selection: Selection, theme: str) -> str:
    """What a theme of a view is about: "Collaboration: citizens as partners", or the theme where no indicator is chosen.

    The theme is left out where an indicator begins a word as it does: "Introduced at least one innovation".
    """
    indicators = loc.dataset.indicators
    names = [indicators[code].label for code in chosen(loc, selection, theme)]
    if not names:
        return loc.label("theme", theme)
    first, *more = names[:1] if len(names) > _NAMED else names
    listed = loc.join([first, *(_lower(name) for name in more)])
    if len(names) > _NAMED:
        rest = loc.number(len(names) - 1)
        listed = loc.t("{title}, and {count} more").format(title=first, count=rest)
    if _says_theme(loc, theme, listed):
        return listed
    short = loc.short("theme", theme)
    return loc.t("{question}: {answer}").format(question=short, answer=_lower(listed))


def _says_theme(loc: Localizer, theme: str, name: str) -> bool:
    """Whether a name has a word that begins as its theme does: "Introduced at least one innovation"."""
    stem = loc.short("theme", theme)[:_STEM].casefold()
    return any(word.startswith(stem) for word in name.casefold().split())


def names(loc: Localizer, view: View) -> str:
    """The names of the themes of which a view has figures: "Drivers · Collaboration"."""
    return SEPARATOR.join(subject(loc, view.selection, section.theme) for section in view.sections)


def chosen(loc: Localizer, selection: Selection, theme: str) -> tuple[str, ...]:
    """The indicators of a theme that are chosen."""
    found = loc.dataset.indicators
    return tuple(
        code for code in selection.indicators if code in found and found[code].theme == theme
    )


def names_indicator(loc: Localizer, selection: Selection) -> bool:
    """Whether the title of a view names its one indicator, and not what was found or asked."""
    return len(selection.indicators) == 1 and _asked(loc, selection) is None


def _subjects(loc: Localizer, selection: Selection) -> str:
    """What a view is about: the themes of the indicators that are chosen, else all its themes."""
    themes = [theme for theme in selection.themes if chosen(loc, selection, theme)]
    return SEPARATOR.join(subject(loc, selection, theme) for theme in themes or selection.themes)


def _lower(text: str) -> str:
    """A name inside a sentence."""
    return text[:1].lower() + text[1:]
