"""Where a figure stands: its panel, row and series under each arrangement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.dataset import PRIMARY, Dataset, Observation
from dashboard.query.types import Header, Measure, Population, Respondents, Stratum
from dashboard.selection import LATEST, Selection, chart_type

QUESTION = ("survey_id", "sector", "dimension", "segment", "indicator")
"""Columns that tell one question of one group in one survey: the answers to it are one mark where they are stacked."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where one figure stands."""

    panel: Header
    row: Header
    series: Header


def respondents_of(row: Observation, selection: Selection) -> Respondents:
    """Country and respondent; each edition has respondents of its own where editions stand side by side."""
    apart = selection.editions != LATEST and not chart_type(selection.chart).joins_editions
    return Respondents(
        row.country, row.level, row.kind == "compilation", row.survey_id if apart else ""
    )


def population_of(row: Observation) -> Population:
    """Sector and segment."""
    return Population(row.sector, row.dimension, row.segment)


def measure_of(row: Observation, selection: Selection, dataset: Dataset) -> Measure:
    """The indicator; one answer of it where answers cannot share a row."""
    if chart_type(selection.chart).stacks_answers:
        return Measure(row.indicator)
    if dataset.indicators[row.indicator].scale == "single" or row.response not in PRIMARY:
        return Measure(row.indicator, row.response)
    return Measure(row.indicator)


def position_of(
    selection: Selection, respondents: Respondents, population: Population, measure: Measure
) -> Position:
    """Panel, row and series of a figure."""
    if chart_type(selection.chart).joins_editions:
        stratum = Stratum(respondents, population)
        return Position(measure, stratum, stratum)
    if population.dimension:
        stratum = Stratum(respondents, Population(population.sector))
        if selection.by == "indicator":
            return Position(measure, stratum, population)
        return Position(stratum, measure, population)
    if selection.by == "sector":
        return Position(population, measure, respondents)
    if selection.by == "indicator":
        return Position(measure, respondents, population)
    return Position(respondents, measure, population)


def sorter(dataset: Dataset) -> Callable[[Header], tuple[int, ...]]:
    """A sort key that puts panels, rows and series into reading order."""
    rank = {
        name: {code: at for at, code in enumerate(codes)} for name, codes in dataset.codes.items()
    }
    indicators = {indicator: at for at, indicator in enumerate(dataset.indicators)}
    surveys = {survey: at for at, survey in enumerate(dataset.surveys)}

    def rank_of(header: Header) -> tuple[int, ...]:
        if isinstance(header, Stratum):
            return tuple(part for each in header for part in rank_of(each))
        if isinstance(header, Respondents):
            survey = dataset.surveys.get(header.survey_id)
            period = (survey.period_end or 0) if survey else 0
            at = surveys.get(header.survey_id, 0)
            return (
                header.compilation,
                rank["country"][header.country],
                rank["level"][header.level],
                period,
                at,
            )
        if isinstance(header, Population):
            segments = rank.get(f"segment:{header.dimension}", {})
            return rank["sector"][header.sector], segments.get(header.segment, -1)
        return indicators[header.indicator], rank["response"].get(header.response, -1)

    return rank_of
