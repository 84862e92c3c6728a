"""Why a cell has no figure: withheld, not asked, not published, not collected or filtered out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from dashboard.comparability import COMPILATION
from dashboard.dataset import PRIMARY, Dataset, Survey
from dashboard.dataset.computed import Cell
from dashboard.query.index import DatasetIndex
from dashboard.query.types import Measure, MissingReason, Population, Respondents, Value


def surveys_of(dataset: Dataset, respondents: Respondents) -> tuple[Survey, ...]:
    """Surveys that asked this country's respondents; the one edition where they name it."""
    if respondents.survey_id:
        return (dataset.surveys[respondents.survey_id],)
    kind = COMPILATION if respondents.compilation else "national"
    return dataset.surveys_of.get((respondents.country, respondents.level, kind), ())


def editions_between(dataset: Dataset, earlier: Value, later: Value) -> tuple[Survey, ...]:
    """Editions of a survey that lie between two of its figures and cover their sector, oldest first; those without a year left out."""
    start, end = earlier.survey.period_end, later.survey.period_end
    if start is None or end is None:
        return ()
    found = [
        survey
        for survey in surveys_of(dataset, later.respondents)
        if later.population.sector in survey.sectors
        and survey.period_end is not None
        and start < survey.period_end < end
    ]
    return tuple(sorted(found, key=lambda survey: survey.period_end or 0))


def why_blank(
    index: DatasetIndex,
    mask: np.ndarray,
    respondents: Respondents,
    population: Population,
    measures: Iterable[Measure],
    taken: np.ndarray | None = None,
) -> MissingReason:
    """The reason why none of ``measures`` has a figure for these respondents and this population in the view.

    ``mask`` marks the figures of the view, ``taken`` those that an answer scale can show, where the view is one. The kinds are
    tried in this order: the figure is withheld; its row says that the group was not asked; a figure exists but a filter hides
    it, or it has no answer scale; only a compilation has one; no survey of the respondents covers the sector, or every one that
    does is known not to have asked; the publication draws it without values; a survey that covers the sector is known to have
    asked, by a figure of its own or on record; else nothing is known here.
    """
    dataset = index.dataset
    surveys = surveys_of(dataset, respondents)
    wanted = tuple(measures)
    of_whom = population.sector, population.dimension, population.segment
    cells = [
        ((survey.survey_id, *of_whom, measure.indicator), measure)
        for survey in surveys
        for measure in wanted
    ]
    if any(_said(dataset.withheld, *cell) for cell in cells):
        return MissingReason("suppressed")
    if cells and all(_said(dataset.not_asked, *cell) for cell in cells):
        return MissingReason("not_asked")
    hidden = [
        position
        for survey in surveys
        for measure in wanted
        for position in index.positions.at(survey.survey_id, *of_whom, measure.indicator)
        if _hidden(dataset, mask, position, measure)
    ]
    if hidden:
        scaled = taken is None or taken[hidden].any()
        return MissingReason("filtered" if scaled else "unscaled")
    indicators = tuple(measure.indicator for measure in wanted)
    covering = [survey for survey in surveys if population.sector in survey.sectors]
    compiled = _compiled(index, respondents, population, indicators)
    if compiled:
        return MissingReason("compiled", compiled)
    if not covering:
        return MissingReason("not_asked", "; ".join(survey.population for survey in surveys))
    records = [
        dataset.asked.get((survey.survey_id, indicator))
        for survey in covering
        for indicator in indicators
    ]
    if records and all(record is not None and not record.asked for record in records):
        return MissingReason("not_asked", next(record.evidence for record in records if record))
    if not population.dimension and any(record is not None and record.drawn for record in records):
        return MissingReason(
            "drawn", next(record.evidence for record in records if record and record.drawn)
        )
    asking = {survey.survey_id for survey in covering}
    if any(
        index.positions.printed(survey, indicator) for survey in asking for indicator in indicators
    ):
        return MissingReason("not_published")
    if any(record is not None and record.asked for record in records):
        return MissingReason(
            "not_published", next(record.evidence for record in records if record and record.asked)
        )
    return MissingReason("not_collected")


def _compiled(
    index: DatasetIndex,
    respondents: Respondents,
    population: Population,
    indicators: tuple[str, ...],
) -> str:
    """The compilation that alone has a figure of these respondents and population; blank where none has or they are of one edition."""
    if respondents.compilation or respondents.survey_id or population.dimension:
        return ""
    found = (
        survey.survey_id
        for survey in index.dataset.surveys_of.get(
            (respondents.country, respondents.level, COMPILATION), ()
        )
        for indicator in indicators
        if index.positions.at(survey.survey_id, population.sector, "", "", indicator)
    )
    return next(found, "")


def _said(said: Mapping[Cell, frozenset[str]], cell: Cell, measure: Measure) -> bool:
    """Whether a row of just this measure says of a cell why it has no figure."""
    responses = said.get(cell, frozenset())
    return measure.response in responses if measure.response else not responses.isdisjoint(PRIMARY)


def _hidden(dataset: Dataset, mask: np.ndarray, position: int, measure: Measure) -> bool:
    """Whether a figure of just this measure exists and a filter hides it; another answer of the question does not count."""
    response = dataset.observations[position].response
    return not mask[position] and (
        response == measure.response if measure.response else response in PRIMARY
    )
