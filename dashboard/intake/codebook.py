"""The codebook of a survey: what each variable of a file of answers means, written by hand in TOML; nothing is guessed.

``docs/import.md`` is its reference. What it says of itself is checked here, all faults at once; whether its codes exist is
checked by ``vocabulary``, whether the file holds what it says by ``files`` and ``recode``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from dashboard.intake.conditions import Condition
from dashboard.intake.types import Replicates, Rules

Interval: TypeAlias = Literal["logit", "korn-graubard"]
Origin: TypeAlias = Literal["file", "pxweb", "statbank", "jsonstat"]


@dataclass(frozen=True, slots=True)
class Answers:
    """``[file]``: the file of answers and how to read it."""

    path: Path
    encoding: str
    """Of a CSV file; another than utf-8 also of what SPSS, Stata and SAS write, which name theirs by themselves."""
    separator: str
    """Of a CSV file, as is what follows."""
    decimal: str
    sheet: str
    """Of a workbook; blank for its first."""


@dataclass(frozen=True, slots=True)
class Sample:
    """``[design]``: variables that say how the sample was drawn, as the file names them; blank where there is none."""

    weight: str
    stratum: tuple[str, ...]
    """Together they make the strata of the first stage."""
    psu: tuple[str, ...]
    """Units of each stage, the first first."""
    fpc: tuple[str, ...]
    """Sizes of the population, one a stage; none where units were drawn with replacement."""
    lonely: str
    poststratum: tuple[str, ...]
    """Together they make the cells that the weight was adjusted to."""
    replicates: Replicates | None
    """With columns as the codebook names them: ``rw*`` stands for several."""
    unit: str
    """The organisation that a respondent belongs to."""


@dataclass(frozen=True, slots=True)
class Sectors:
    """``[sector]``: the variable that holds the sector, or the one sector that all respondents are of."""

    variable: str
    codes: Mapping[str, str]
    """Value in the file -> sector."""
    skip: tuple[str, ...]
    """Values of respondents who are counted in no figure."""
    only: str

    @property
    def whole(self) -> str:
        """The sector of figures that are of everybody."""
        return self.only or "all"


@dataclass(frozen=True, slots=True)
class Split:
    """``[[split]]``: groups of respondents, by the values of a variable or by bounds of a number, both included."""

    dimension: str
    variable: str
    codes: Mapping[str, str]
    """Value in the file -> segment; none where the groups are bounds."""
    cut: Mapping[str, tuple[float, float]]
    """Segment -> least and greatest number."""
    skip: tuple[str, ...]
    """Values of respondents who are in no group."""
    by_sector: bool
    """Whether each sector is split too."""

    @property
    def segments(self) -> tuple[str, ...]:
        """The groups, each once, in the order of the codebook."""
        return tuple(dict.fromkeys(self.codes.values() if self.codes else self.cut))


@dataclass(frozen=True, slots=True)
class Question:
    """``[[question]]`` or ``[[grade]]``: one variable, one answer out of several."""

    concept: str
    variable: str
    base: str
    answers: Mapping[str, str]
    """Value in the file -> response; several values may be one response."""
    missing: tuple[str, ...]
    dont_know_in_base: bool
    asked_if: Condition | None
    condition: str
    """``asked_if`` as it is written."""
    sums: Mapping[str, tuple[str, ...]]
    """Response -> responses that count as it."""
    shown: tuple[str, ...]
    """Responses that become figures."""
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Several:
    """``[[several]]``: one question with several boxes, each a variable and a concept of its own."""

    boxes: Mapping[str, str]
    """Variable -> concept."""
    base: str
    chosen: tuple[str, ...]
    """Values of a ticked box."""
    not_chosen: tuple[str, ...]
    """Values of a box that was not ticked, as a blank is."""
    none: str
    """Variable of the box "none of these", ticked with the same values; blank where there is none."""
    everybody: bool
    """Whether who ticked no box is counted: ``answered = "everybody asked"``; else only who ticked one."""
    missing: tuple[str, ...]
    asked_if: Condition | None
    condition: str
    labels: Mapping[str, str]
    """Variable -> the words of its box; those of the concept where it has none."""
    note: str


@dataclass(frozen=True, slots=True)
class NewCode:
    """``[[code]]``: a row that codes.csv lacks, in each language (``en`` always)."""

    list: str
    code: str
    label: Mapping[str, str]
    short: Mapping[str, str]
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewConcept:
    """``[[concept]]``: a row that concepts.csv lacks, in each language (``en`` always)."""

    concept: str
    theme: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    scale: str
    by_definition: bool


@dataclass(frozen=True, slots=True)
class From:
    """``[from]`` and ``[select]`` of an official table: where it is, how it is read, and which part of it is wanted."""

    kind: Origin
    path: Path | None
    """Of a file."""
    address: str
    """Of ``pxweb``, ``statbank`` and ``jsonstat``, as the codebook has it; blank for a file."""
    format: str
    """Of a file: jsonstat, sdmx-csv, csv or xlsx; blank for an address."""
    select: Mapping[str, tuple[str, ...]]
    """Dimension -> the codes that are wanted; all of a dimension that is not named."""
    language: str = ""
    """In which a server is asked; blank for its own."""
    named: str = ""
    """Which dataset of a JSON-stat bundle or collection."""
    encoding: str = "utf-8"
    """Of a CSV file, as are separator and decimal."""
    separator: str = ","
    decimal: str = "."
    sheet: str = ""
    """Of a workbook; blank for its first."""
    range: str = ""
    """``A3:F20``; blank for the whole sheet."""
    wide: str = ""
    """The dimension whose categories are the columns of a sheet; blank where each column is a measure."""

    @property
    def name(self) -> str:
        """What faults and provenance call it."""
        return self.path.name if self.path else self.address


@dataclass(frozen=True, slots=True)
class Described:
    """What a codebook of any kind says of a survey and its words."""

    path: Path
    survey: Mapping[str, str]
    """Columns of surveys.csv -> their cells; ``weighted``, ``sectors`` and what else follows is filled in."""
    source: Mapping[str, str]
    """Columns of sources.csv -> their cells."""
    synthetic: bool
    """Whether the answers are made up; every chart and file says so."""
    codes: tuple[NewCode, ...]
    concepts: tuple[NewConcept, ...]

    @property
    def name(self) -> str:
        """Name of its file."""
        return self.path.name

    @property
    def survey_id(self) -> str:
        """The survey that an import writes or replaces."""
        return self.survey["survey_id"]


@dataclass(frozen=True, slots=True)
class Codebook(Described):
    """A codebook of microdata without faults of its own."""

    file: Answers
    design: Sample
    interval: Interval
    confidence: float
    """0 to 1."""
    rules: Rules
    decimals: int
    """Of the percentages that are written."""
    sector: Sectors
    splits: tuple[Split, ...]
    questions: tuple[Question | Several, ...]
