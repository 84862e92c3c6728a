"""The codebook of an official table: what each dimension of it means, which number is which, and what its symbols say.

``docs/import.md`` is its reference. What it says of itself is checked by ``parsing``, whether its codes exist by
``vocabulary``, whether the table has what it names by ``mapping``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dashboard.intake.codebook import Described, From

Target: TypeAlias = Literal["survey", "sector", "segment", "concept", "response"]
"""What names a row of observations.csv."""
Role: TypeAlias = Literal["value", "n", "count", "se", "low", "high", "status"]
"""What a number of the table is; ``status`` is a column of symbols."""
Meaning: TypeAlias = Literal[
    "suppressed", "not published", "not asked", "figure", "about", "over", "under"
]
"""What a symbol says: why there is no figure, or how one is meant."""

WITHOUT_FIGURE: tuple[Meaning, ...] = ("suppressed", "not asked", "not published")
"""Meanings of which a cell has no number; of several symbols of one cell the first counts."""
MEASURE = "measure"
"""The dimension whose categories are those columns of a sheet that are no dimension."""


@dataclass(frozen=True, slots=True)
class Column:
    """``[columns.NAME]``: a dimension of the table and what its categories are here."""

    dimension: str
    target: Target
    codes: Mapping[str, str]
    """Category -> code here; of a segment ``size=0-10``, or blank for the undivided figure; of a concept ``concept`` or
    ``concept:response``."""
    skip: tuple[str, ...]
    """Categories that become no figure."""
    labels: Mapping[str, str]
    """Category -> its words in English."""

    @property
    def with_response(self) -> bool:
        """Whether the categories name answers too."""
        return self.target == "concept" and any(":" in code for code in self.codes.values())


@dataclass(frozen=True, slots=True)
class Measure:
    """``[measure]``: what the numbers are."""

    dimension: str
    """Whose categories are the measures; blank where every number is a value."""
    roles: Mapping[str, Role]
    """Category -> what it is."""
    skip: tuple[str, ...]
    unit: str
    """percent, share, or blank: percent, where nothing speaks against it."""
    decimals: int | None
    """As many as are printed, where the file drops zeros."""
    base: str
    """Of every figure; blank where ``bases`` has it."""
    bases: Mapping[str, str]
    """Concept -> base."""
    note: str
    crossed: bool
    """Whether figures of two splits at once may be left out."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """``[symbols]``: what a symbol says."""

    meaning: Meaning
    note: str


@dataclass(frozen=True, slots=True)
class TableBook(Described):
    """A codebook of a table without faults of its own; ``survey`` is the first of ``surveys``."""

    surveys: tuple[Mapping[str, str], ...]
    """``[survey]``, or each ``[[survey]]``."""
    origin: From
    columns: tuple[Column, ...]
    always: Mapping[Target, str]
    """What is the same for every figure."""
    measure: Measure
    symbols: Mapping[str, Symbol]

    @property
    def survey_ids(self) -> tuple[str, ...]:
        """The surveys that an import writes or replaces."""
        return tuple(survey["survey_id"] for survey in self.surveys)
