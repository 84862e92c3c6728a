"""How a row of ``questions.csv`` names its figures, and what its sentence claims of them.

How a figure is named tells ``figure_name``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.dataset.figure_name import FigureName
from dashboard.dataset.types import Question, QuestionKind

SEPARATOR = "~"
"""Between figures, and between claims."""
QUESTION: QuestionKind = "question"
FINDING: QuestionKind = "finding"
MAX_WORDS = 12
"""Words of a finding at most: it is a title."""
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")
_CLAIM = re.compile(r"([0-9]+)([<>])([0-9]+)")
_ITEM = re.compile(r"[^{},:]+ \{([0-9]+)\}")
_ODD = re.compile(r"\{(?![0-9]+\})|(?<![0-9])\}")


def figure_names(question: Question) -> tuple[FigureName, ...]:
    """The figures of a sentence, in the order of its placeholders; raises ValueError, see ``FigureName.read``."""
    texts = question.figures.split(SEPARATOR) if question.figures else []
    return tuple(FigureName.read(text) for text in texts)


def claims(text: str) -> tuple[tuple[int, int], ...]:
    """(larger, smaller) of each claim, as indices of figures from 0; what has not the form of one is left out."""
    found = (_CLAIM.fullmatch(each) for each in text.split(SEPARATOR))
    numbers = ((int(each[1]) - 1, int(each[3]) - 1, each[2]) for each in found if each)
    return tuple(
        (first, second) if sign == ">" else (second, first) for first, second, sign in numbers
    )


def placeholders(template: str) -> tuple[int, ...]:
    """Numbers of the figures that a sentence takes, from 1, as they stand in it."""
    return tuple(int(number) for number in _PLACEHOLDER.findall(template))


def filled(template: str, figures: tuple[str, ...]) -> str:
    """A sentence with its figures; raises IndexError where it takes one that is not given."""
    return _PLACEHOLDER.sub(lambda found: figures[int(found[1]) - 1], template)


def kept(question: Question, which: Sequence[bool]) -> Question | None:
    """A question whose sentence lists names with a figure each ("Workplaces: Denmark {1}, Norway {2}"), with those figures alone
    that are kept; None where it lists none, or fewer than two of them are kept."""
    head, colon, listed = question.finding.partition(": ")
    items = listed.split(", ")
    found = [_ITEM.fullmatch(item) for item in items]
    numbers = [int(each[1]) for each in found if each]
    if not colon or question.claim or numbers != list(range(1, len(which) + 1)):
        return None
    if len(items) != len(numbers) or sum(which) < 2:
        return None
    if all(which):
        return question
    names = [item.rpartition(" ")[0] for item, keep in zip(items, which, strict=True) if keep]
    texts = question.figures.split(SEPARATOR)
    return replace(
        question,
        figures=SEPARATOR.join(t for t, keep in zip(texts, which, strict=True) if keep),
        finding=f"{head}: " + ", ".join(f"{name} {{{at}}}" for at, name in enumerate(names, 1)),
    )


def has_odd_braces(template: str) -> bool:
    """Whether a brace stands in it that belongs to no placeholder."""
    return bool(_ODD.search(template))


def words(sentence: str) -> int:
    """Words of a sentence; a number and its percent sign are one, also where a space that does not break parts them."""
    return len([word for word in sentence.split(" ") if word])
