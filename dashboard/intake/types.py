"""What the rooms of ``intake`` hand each other: the design of a sample, questions as columns of codes, shares, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Design:
    """The design of a sample, by the names of columns of the recoded frame; ``None`` where the design has no such thing."""

    weight: str | None = None
    stratum: str | None = None
    psu: str | None = None
    """Nested in the stratum: the same code in two strata is two units."""
    fpc: str | None = None
    """Population size of the stratum in PSUs (or in elements where there is no ``psu``)."""
    lonely: str = "fail"
    """What a stratum with one PSU adds: fail, remove, certainty, adjust or average, as R's ``survey.lonely.psu``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a column of small whole numbers.

    A negative code is no answer: -1 missing, -2 not asked, -3 don't know that is left out of the base."""

    column: str
    answers: Mapping[str, tuple[int, ...]]
    """Response to the codes that count as it, derived sums included."""


@dataclass(frozen=True, slots=True)
class Share:
    """The estimated share of one response in one cell of one split."""

    column: str
    response: str
    split: tuple[str, ...]
    """Columns of the split, () for the whole sample; a row with a negative code in one of them is in no cell of it."""
    cell: tuple[int, ...]
    """Their codes, in the same order."""
    n: int
    """Respondents in the base, unweighted."""
    n_answer: int
    """Respondents who gave the answer, unweighted."""
    value: float
    """A share, 0 to 1, as are ``se``, ``low`` and ``high``."""
    se: float
    df: int
    low: float
    high: float
    n_effective: float


@dataclass(frozen=True, slots=True)
class Rules:
    """What the codebook says under ``[disclosure]``: the fewest that a printed figure may rest on, all unweighted."""

    base: int
    """Answers behind a share."""
    answer: int
    """Respondents behind one answer."""
    organisations: int
    """Different organisations behind a cell."""
    unanimous: bool
    """Whether 0 % and 100 % are withheld."""
