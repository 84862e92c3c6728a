"""What a data folder holds of a survey whose figures were computed from its answers by ``python -m dashboard import``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.dataset.rows import TableRows

COMPUTED = "computed"
"""Status of a figure computed from answers."""
SUPPRESSED = "suppressed"
"""Status of a row whose figure is withheld, so that no respondent can be recognised."""
NOT_ASKED = "not_asked"
"""Status of a row whose group was not asked, as an official table says by a symbol of its own."""
WITHOUT_FIGURE = (SUPPRESSED, NOT_ASKED)
"""Statuses of rows that are no figure but say why there is none."""
KEY = ("survey_id", "sector", "segment", "concept", "response")
"""What names a row of ``observations.csv``, and of ``estimates.csv`` the row that stands beside it."""

Cell = tuple[str, str, str, str, str]
"""Survey, sector, dimension, segment and indicator: one question put to one group."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How sure a computed figure is, by the design of its survey."""

    se: float
    """Standard error in percentage points."""
    low: float
    """95 % interval in percent, 0-100."""
    high: float
    df: int
    """Degrees of freedom of the standard error."""
    n_effective: float
    """Answers of a simple random sample that would be as sure."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the figures of one survey were computed, or which table they were read from: ``imports/<survey_id>.json``."""

    survey_id: str
    file: str
    """Name of the file of answers, or of the table; the address of one that a server gave."""
    file_sha256: str
    """Of a table that came in several answers, of their digests one after the other."""
    codebook: str
    codebook_sha256: str
    engine: str
    versions: Mapping[str, str]
    """Package -> its version."""
    rows_read: int
    """Of a table, cells."""
    rows_used: int
    """Of a table, cells that became a row of figures."""
    rules: Mapping[str, int | bool]
    """The rules of disclosure: base, answer, organisations, unanimous."""
    withheld: int
    """Rows without a figure; which of them are small and which only protect another is not recorded."""
    strata: tuple[str, ...] = ()
    """What the sample was stratified by: ``sector`` and dimensions. Their groups are independent samples."""
    synthetic: bool = False
    """Made up to show the program, about no one."""
    kind: str = "microdata"
    """``table`` where the figures were published as a table and nothing was computed."""


def estimates(figures: TableRows, rows: TableRows) -> Mapping[int, Estimate]:
    """Position of a figure among ``figures`` -> its estimate; sound rows are expected."""
    if not len(rows):
        return MappingProxyType({})
    position_of = {key: at for at, key in enumerate(_keys(figures))}
    numbers = [rows.cells(name).numbers().tolist() for name in Estimate.__dataclass_fields__]
    return MappingProxyType(
        {
            position_of[key]: Estimate(se, low, high, int(df), n_effective)
            for key, (se, low, high, df, n_effective) in zip(
                _keys(rows), zip(*numbers, strict=True), strict=True
            )
        }
    )


def without_figure(rows: TableRows, status: str) -> Mapping[Cell, frozenset[str]]:
    """Cell -> the answers whose row has a status that says why there is no figure; no key where there is none."""
    found: dict[Cell, set[str]] = {}
    for row in rows.flagged(rows.having("status", status)):
        survey, sector, segment, indicator, response = (row.texts[name] for name in KEY)
        dimension, _, part = segment.partition("=")
        found.setdefault((survey, sector, dimension, part, indicator), set()).add(response)
    return MappingProxyType({cell: frozenset(answers) for cell, answers in found.items()})


def _keys(rows: TableRows) -> list[tuple[str, ...]]:
    return list(zip(*(rows.texts(name) for name in KEY), strict=True))
