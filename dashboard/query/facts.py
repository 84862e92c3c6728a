"""What most figures of one owner share, which is said once in a heading and not beside each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from dashboard.comparability import equivalent_bases
from dashboard.dataset import Dataset, Observation
from dashboard.query.arrange import measure_of, population_of, respondents_of
from dashboard.query.types import (
    Facts,
    Header,
    Population,
    Respondents,
    Stratum,
    Value,
    respondents_in,
)
from dashboard.selection import Selection, chart_of

if TYPE_CHECKING:
    from dashboard.query.index import DatasetIndex

BaseKind = tuple[str, bool]
"""One of the bases that count the same part, and whether whole organisations are counted."""
Owner = Respondents | Stratum
"""Whose facts they are: respondents, or where figures are split one sector of theirs."""


def owner_of(respondents: Respondents, population: Population) -> Owner:
    """Whose facts a figure is measured against."""
    return (
        Stratum(respondents, Population(population.sector)) if population.dimension else respondents
    )


def common_facts(
    dataset: Dataset,
    selection: Selection,
    rows: Iterable[Observation],
    order: Callable[[Header], tuple[int, ...]],
) -> dict[Owner, Facts]:
    """Owner -> its editions, the newest first, and what most of its figures share; owners in ``order``."""
    members: dict[Owner, list[Observation]] = defaultdict(list)
    for row in rows:
        members[owner_of(respondents_of(row, selection), population_of(row))].append(row)
    return {owner: _facts(dataset, members[owner]) for owner in sorted(members, key=order)}


def _facts(dataset: Dataset, rows: list[Observation]) -> Facts:
    """The editions of one owner and what most of its figures share."""
    surveys = dataset.surveys
    used = Counter(row.survey_id for row in rows)
    ordered = sorted(
        used,
        key=lambda survey: (surveys[survey].period_end or 0, used[survey]),
        reverse=True,
    )
    graded = sum(row.response == "high" for row in rows)
    return Facts(
        surveys=tuple(surveys[survey] for survey in ordered),
        base=Counter(row.base for row in rows).most_common(1)[0][0],
        answer="high" if graded * 2 > len(rows) else "yes",
    )


def value_of(
    index: DatasetIndex, selection: Selection, row: Observation, facts: Mapping[Owner, Facts]
) -> Value:
    """A figure as it is drawn, with what of it differs from the facts of its owner."""
    respondents, population = respondents_of(row, selection), population_of(row)
    survey = index.dataset.surveys[row.survey_id]
    usual = facts[owner_of(respondents, population)]
    graded = row.response == "high"
    stacks_answers = chart_of(selection).stacks_answers
    return Value(
        observation=row,
        survey=survey,
        respondents=respondents,
        population=population,
        measure=measure_of(row, selection, index.dataset),
        evidence=index.evidence[row.position],
        base_differs=row.base != usual.base,
        answer_differs=graded != (usual.answer == "high") and not stacks_answers,
    )


def base_kind(base: str) -> BaseKind:
    """What shares of two bases must have in common to stand on one line of editions: the part that is counted, and its unit."""
    return min(equivalent_bases(base)), base.endswith("organisations")


def level_of(header: Header) -> str:
    """Who answered for a panel or row; blank where it is about an indicator or a population."""
    return respondents_in(header).level if isinstance(header, Respondents | Stratum) else ""


def part_of(header: Header, facts: Mapping[Owner, Facts], base: str = "") -> tuple[object, ...]:
    """What must be alike for two panels to share a part: the base, the kind of respondent and the scale.

    ``base`` is that of a panel that holds one of several. Blank where the panel is about an indicator or a population.
    """
    if not isinstance(header, Respondents | Stratum) or header not in facts:
        return ()
    return (
        base or facts[header].base,
        respondents_in(header).level,
        facts[header].answer,
    )
