"""How a row of ``questions.csv`` names its figures, and what its sentence claims of them.

A figure is named ``survey:sector:concept``, where it is one of a split ``survey:sector:concept:dimension=segment``, and
where an answer is meant that does not stand for the question ``survey:sector:concept:response`` (behind the split, if any).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.dataset.types import PRIMARY, Observation, Question, QuestionKind

SEPARATOR = "~"
"""Between figures, and between claims."""
QUESTION: QuestionKind = "question"
FINDING: QuestionKind = "finding"
MAX_WORDS = 12
"""Words of a finding at most: it is a title."""
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")
_CLAIM = re.compile(r"([0-9]+)([<>])([0-9]+)")
_ODD = re.compile(r"\{(?![0-9]+\})|(?<![0-9])\}")


@dataclass(frozen=True, slots=True)
class FigureName:
    """One figure, named by what a reader of the publication knows of it."""

    survey_id: str
    sector: str
    indicator: str
    dimension: str = ""
    segment: str = ""
    response: str = ""
    """Blank for the answer that stands for the question."""

    @classmethod
    def read(cls, text: str) -> FigureName:
        """The name as it stands in the column ``figures``; raises ValueError where it has not the form of one."""
        survey, sector, indicator, *more = text.split(":") if text.count(":") >= 2 else [""] * 3
        if not (survey and sector and indicator and all(more)) or len(more) > 2:
            raise ValueError(text)
        split = more.pop(0) if more and "=" in more[0] else ""
        if len(more) > 1:
            raise ValueError(text)
        dimension, _, segment = split.partition("=")
        return cls(survey, sector, indicator, dimension, segment, *more)

    def names(self, row: Observation) -> bool:
        """Whether it is the name of a figure."""
        return (
            (row.survey_id, row.sector, row.indicator)
            == (self.survey_id, self.sector, self.indicator)
            and (row.dimension, row.segment) == (self.dimension, self.segment)
            and (row.response == self.response if self.response else row.response in PRIMARY)
        )


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


def has_odd_braces(template: str) -> bool:
    """Whether a brace stands in it that belongs to no placeholder."""
    return bool(_ODD.search(template))


def words(sentence: str) -> int:
    """Words of a sentence; a number and its percent sign are one, also where a space that does not break parts them."""
    return len([word for word in sentence.split(" ") if word])
