"""Shares become rows of observations.csv and estimates.csv; those that are withheld become rows without a figure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.dataset.computed import COMPUTED, SUPPRESSED
from dashboard.intake.answers.recode import SECTOR, split_column
from dashboard.intake.codebook import Codebook, Several
from dashboard.intake.questions import CHOSEN
from dashboard.intake.types import Share
from dashboard.intake.vocabulary import Vocabulary

Row = Mapping[str, str]
"""Column -> cell of one row of a table."""
Block = tuple[str, tuple[str, ...], tuple[int, ...]]
"""(column, split, cell): all answers to one question in one group."""
_EXACT = 9
"""Decimals of a percentage that do not depend on the order in which an engine adds up."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows of a survey."""

    observations: tuple[Row, ...]
    estimates: tuple[Row, ...]
    asked: tuple[Row, ...] = ()
    """Of asked.csv: questions that were asked and have no figure."""

    @property
    def withheld(self) -> int:
        """Rows whose figure is withheld."""
        return sum(row["status"] == SUPPRESSED for row in self.observations)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a row says of its question."""

    base: str
    shown: tuple[str, ...]
    variable: str
    label: str
    note: str


def figures(
    codebook: Codebook,
    vocabulary: Vocabulary,
    shares: Sequence[Share],
    withheld: Collection[Block],
) -> Figures:
    """The rows of all shares of which the codebook shows the answer, in their order.

    ``vocabulary`` has the folder's concepts and those of the codebook."""
    questions = dict(_questions(codebook, vocabulary))
    observations: list[Row] = []
    estimates: list[Row] = []
    for share in shares:
        question = questions[share.column]
        if share.response not in question.shown:
            continue
        key = _key(codebook, share)
        hidden = (share.column, share.split, share.cell) in withheld
        told = (
            {"status": SUPPRESSED}
            if hidden
            else {
                "value": percent(share.value, codebook.decimals),
                "n": str(share.n),
                "status": COMPUTED,
            }
        )
        observations.append(
            {
                **key,
                "theme": vocabulary.concepts[share.column]["theme"],
                "qualifier": "exact",
                "base": question.base,
                "label_in_source_en": question.label,
                "source_id": codebook.source["source_id"],
                "locator": f"variable {question.variable}",
                "note": question.note,
                **told,
            }
        )
        if not hidden:
            estimates.append({**key, **_estimate(share, codebook.decimals + 1)})
    return Figures(tuple(observations), tuple(estimates))


def percent(share: float, decimals: int) -> str:
    """A share as a percentage, a half rounded up: 0.125 is 13 without decimals."""
    return _rounded(100 * share, decimals)


def _rounded(number: float, decimals: int) -> str:
    exact = Decimal(f"{number:.{_EXACT}f}")
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _estimate(share: Share, decimals: int) -> Row:
    return {
        "se": percent(share.se, decimals),
        "low": percent(share.low, decimals),
        "high": percent(share.high, decimals),
        "df": str(max(share.df, 0)),
        "n_effective": _rounded(share.n_effective, 1),
    }


def block_of(codebook: Codebook, row: Row) -> Block | None:
    """The block that a row of observations.csv stands for; None where the codebook no longer asks or splits like that."""
    split: list[str] = []
    cell: list[int] = []
    sectors = list(dict.fromkeys(codebook.sector.codes.values()))
    if row["sector"] in sectors:
        split.append(SECTOR)
        cell.append(sectors.index(row["sector"]))
    elif row["sector"] != codebook.sector.whole:
        return None
    dimension, _, segment = row["segment"].partition("=")
    if dimension:
        segments = {each.dimension: each.segments for each in codebook.splits}
        if segment not in segments.get(dimension, ()):
            return None
        split.append(split_column(dimension))
        cell.append(segments[dimension].index(segment))
    return row["concept"], tuple(split), tuple(cell)


def split_in_words(codebook: Codebook, split: Sequence[str]) -> str:
    """A split by the names of the codebook: ``sector x size``."""
    names = {split_column(each.dimension): each.dimension for each in codebook.splits}
    return " x ".join(names.get(column, "sector") for column in split)


def _key(codebook: Codebook, share: Share) -> Row:
    sectors = list(dict.fromkeys(codebook.sector.codes.values()))
    splits = {split_column(each.dimension): each for each in codebook.splits}
    sector, segment = codebook.sector.whole, ""
    for column, code in zip(share.split, share.cell, strict=True):
        if column == SECTOR:
            sector = sectors[code]
        else:
            split = splits[column]
            segment = f"{split.dimension}={split.segments[code]}"
    return {
        "survey_id": codebook.survey_id,
        "sector": sector,
        "segment": segment,
        "concept": share.column,
        "response": share.response,
    }


def _questions(codebook: Codebook, vocabulary: Vocabulary) -> Iterator[tuple[str, _Asked]]:
    for question in codebook.questions:
        if isinstance(question, Several):
            for variable, concept in question.boxes.items():
                label = question.labels.get(variable, "")
                label = label or vocabulary.concepts[concept]["label_en"]
                yield concept, _Asked(question.base, (CHOSEN,), variable, label, question.note)
        else:
            label = question.label or vocabulary.concepts[question.concept]["label_en"]
            asked = (question.base, question.shown, question.variable, label, question.note)
            yield question.concept, _Asked(*asked)
