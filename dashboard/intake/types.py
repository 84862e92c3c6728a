"""What the rooms of ``intake`` hand each other: the design of a sample, questions as columns of codes, shares, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Method: TypeAlias = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap", "SDR"]
METHODS: tuple[Method, ...] = get_args(Method)
LONELY = ("fail", "remove", "certainty", "adjust", "average")
Centre: TypeAlias = Literal["estimate", "mean"]
CENTRES: tuple[Centre, ...] = get_args(Centre)


@dataclass(frozen=True, slots=True)
class Stage:
    """A further stage of sampling, within the units of the stage before."""

    unit: str
    """Nested in the unit before: the same code in two of them is two units."""
    fpc: str
    """Units in the population of the unit before."""


@dataclass(frozen=True, slots=True)
class Replicates:
    """Columns of replicate weights and how their estimates become a variance, as of R's ``svrepdesign``."""

    columns: tuple[str, ...]
    method: Method
    fay: float = 0.0
    """Of ``Fay``: by what part the weights were damped, 0 up to 1."""
    scale: float | None = None
    """Factor of the sum of squares; by default that of the method."""
    rscales: tuple[float, ...] = ()
    """Factor of each square, in the order of the columns; by default those of the method."""
    centre: Centre = "mean"
    """What the squares are taken around: the estimate, or the mean of the replicates."""
    combined: bool = True
    """Whether the columns are weights; else factors of the weight."""


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
    """What a stratum with one PSU adds: one of `LONELY`, as R's ``survey.lonely.psu``."""
    further: tuple[Stage, ...] = ()
    """Stages within the PSUs, of a design with ``psu`` and ``fpc``: drawn with replacement, the first alone decides."""
    poststratum: str | None = None
    """Cells to whose sizes in the population the weights were adjusted."""
    replicates: Replicates | None = None
    """In the place of ``stratum``, ``psu``, ``fpc`` and ``poststratum``."""


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
