"""What the view of a question says: a title of at most twelve words, filled from the figures that the view draws."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dashboard.dataset import Question
from dashboard.dataset.questions import filled
from dashboard.query import View
from dashboard.query.questions import claims_hold, figures, may_be_compared
from dashboard.selection import Selection, Vocabulary, parse
from dashboard.text.localizer import Localizer

_LOCALIZERS_KEPT = 32


def finding(loc: Localizer, view: View, question: Question) -> str:
    """What a view says on a question, in the reader's language and with figures as their sources word them.

    Blank where the question has no such sentence, where one of its figures is not drawn, where two of them must not be
    compared, or where one is called larger and that is not tested and clear.
    """
    sentence = _in_language(loc, question).finding
    rows = figures(question, view) if sentence else None
    if not rows or not may_be_compared(loc.dataset, rows, view.thresholds):
        return ""
    if not claims_hold(question, rows, view):
        return ""
    return filled(sentence, tuple(loc.figure(row.value, row.qualifier) for row in rows))


def title_of(loc: Localizer, view: View) -> str:
    """The title of a view: the finding of the question that it answers, else the question, else what it is about.

    Language, colours, intervals, order of rows and release are left aside: they are not what is asked.
    """
    question = question_of(loc, view)
    if question is None:
        return _subject(loc, view.selection)
    return finding(loc, view, question) or question.title


def question_of(loc: Localizer, view: View) -> Question | None:
    """The question that a view answers; None where it answers none."""
    return _questions(loc).get(_essence(view.selection))


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


def indicator_of(loc: Localizer, selection: Selection) -> str:
    """The one indicator that is chosen; blank where none is, or several are."""
    chosen = [code for code in selection.indicators if code in loc.dataset.indicators]
    return loc.dataset.indicators[chosen[0]].label if len(chosen) == 1 else ""


def _subject(loc: Localizer, selection: Selection) -> str:
    """Themes of a view, or its one indicator."""
    return indicator_of(loc, selection) or " · ".join(
        loc.label("theme", theme) for theme in selection.themes
    )
