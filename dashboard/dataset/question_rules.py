"""What a row of ``questions.csv`` and its translations must hold by themselves, before any view is made.

Whether its address opens and its figures bear the sentence is known above the queries: see ``query.questions``.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.dataset.faults import Fault
from dashboard.dataset.figure_name import FigureName
from dashboard.dataset.questions import (
    FINDING,
    MAX_WORDS,
    SEPARATOR,
    claims,
    has_odd_braces,
    placeholders,
    words,
)
from dashboard.dataset.rows import Row
from dashboard.dataset.tables import Rows

_FILE = "questions.csv"


def questions_are_whole(rows: Rows) -> Iterator[Fault]:
    """Each sentence has its figures, is short enough for a title in every language, and claims only of its own figures."""
    figures: dict[str, int] = {}
    for row in rows.get("questions", ()):
        named = _cell(row, "figures")
        figures[_cell(row, "question_id")] = len(named.split(SEPARATOR)) if named else 0
        yield from _figures(row, named)
        yield from _finding(row)
        yield from _claims(row, figures[_cell(row, "question_id")])
    for row in rows.get("translations", ()):
        if _cell(row, "list") == "question" and _cell(row, "code") in figures:
            yield from _sentence("translations.csv", row, "short", figures[_cell(row, "code")])


def _cell(row: Row, column: str) -> str:
    return row.texts.get(column, "")


def _figures(row: Row, named: str) -> Iterator[Fault]:
    for name in named.split(SEPARATOR) if named else ():
        try:
            FigureName.read(name)
        except ValueError:
            expected = "a figure as survey:sector:concept, then :dimension=segment or :response where it has one"
            yield Fault(_FILE, row.line, "figures", name, expected)


def _finding(row: Row) -> Iterator[Fault]:
    sentence, named = _cell(row, "finding_en"), _cell(row, "figures")
    if not sentence and _cell(row, "kind") == FINDING:
        yield Fault(_FILE, row.line, "finding_en", None, "a sentence, since this row is a finding")
    if sentence and not named:
        yield Fault(_FILE, row.line, "figures", None, "the figures that the sentence rests on")
    if named and not sentence:
        yield Fault(_FILE, row.line, "finding_en", None, "a sentence for the figures")
    yield from _sentence(_FILE, row, "finding_en", len(named.split(SEPARATOR)) if named else 0)


def _sentence(file: str, row: Row, column: str, figures: int) -> Iterator[Fault]:
    """Faults of one sentence in one language."""
    sentence = _cell(row, column)
    without = [number for number in placeholders(sentence) if not 1 <= number <= figures]
    if without or has_odd_braces(sentence):
        named = f"{{1}} to {{{figures}}}" if figures else "none, since the row names no figures"
        yield Fault(file, row.line, column, sentence, f"placeholders of its figures: {named}")
    if words(sentence) > MAX_WORDS:
        yield Fault(file, row.line, column, sentence, f"at most {MAX_WORDS} words")


def _claims(row: Row, figures: int) -> Iterator[Fault]:
    for larger, smaller in claims(_cell(row, "claim")):
        if larger == smaller or not {larger, smaller} <= set(range(figures)):
            expected = f"two different figures of the row, which names {figures}"
            yield Fault(_FILE, row.line, "claim", _cell(row, "claim"), expected)
