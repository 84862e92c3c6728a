"""How one figure is named: in ``questions.csv``, in addresses, for ever.

``survey:sector:concept``, where it is one of a split ``survey:sector:concept:dimension=segment``, and where an answer is
meant that does not stand for the question ``survey:sector:concept:response`` (behind the split, if any).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.dataset.types import PRIMARY, Observation

FORM = "survey:sector:concept[:dimension=segment][:response]"
"""What a name looks like, for messages."""
_CODE = "[A-Za-z0-9][A-Za-z0-9+_-]*"
PATTERN = rf"{_CODE}(:{_CODE}){{2}}(:{_CODE}={_CODE})?(:{_CODE})?"
"""The same as a regular expression."""


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
        """The name as it is written; raises ValueError where it has not the form of one."""
        survey, sector, indicator, *more = text.split(":") if text.count(":") >= 2 else [""] * 3
        if not (survey and sector and indicator and all(more)) or len(more) > 2:
            raise ValueError(text)
        split = more.pop(0) if more and "=" in more[0] else ""
        if len(more) > 1:
            raise ValueError(text)
        dimension, _, segment = split.partition("=")
        return cls(survey, sector, indicator, dimension, segment, *more)

    @classmethod
    def of(cls, row: Observation) -> FigureName:
        """The name of a figure."""
        response = "" if row.response in PRIMARY else row.response
        return cls(row.survey_id, row.sector, row.indicator, row.dimension, row.segment, response)

    def __str__(self) -> str:
        split = f"{self.dimension}={self.segment}" if self.dimension else ""
        parts = (self.survey_id, self.sector, self.indicator, split, self.response)
        return ":".join(part for part in parts if part)

    def names(self, row: Observation) -> bool:
        """Whether it is the name of a figure."""
        return (
            (row.survey_id, row.sector, row.indicator)
            == (self.survey_id, self.sector, self.indicator)
            and (row.dimension, row.segment) == (self.dimension, self.segment)
            and (row.response == self.response if self.response else row.response in PRIMARY)
        )
