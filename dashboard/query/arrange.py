"""Where a figure stands: its panel, row and series under each arrangement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dashboard.comparability import COMPILATION, equivalent_bases
from dashboard.dataset import PRIMARY, Dataset, Observation
from dashboard.query.types import (
    Base,
    ColourBy,
    Comparison,
    Header,
    Measure,
    Population,
    Respondents,
    Stratum,
)
from dashboard.selection import LATEST, Selection, chart_of

QUESTION = ("survey_id", "sector", "dimension", "segment", "indicator")
"""Columns that tell one question of one group in one survey: the answers to it are one mark where they are stacked."""


_KEPT = 4096
# Headers of figures are few, asked for a hundred times a view, and compared all the time: equal ones are one object.
_RESPONDENTS, _POPULATION, _MEASURE = (
    lru_cache(maxsize=_KEPT)(Respondents),
    lru_cache(maxsize=_KEPT)(Population),
    lru_cache(maxsize=_KEPT)(Measure),
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where one figure stands."""

    panel: Header
    row: Header
    series: Header


def respondents_of(row: Observation, selection: Selection) -> Respondents:
    """Country and respondent; each edition has respondents of its own where editions stand side by side."""
    chart = chart_of(selection)
    joined = chart.joins_editions or (chart.on_lines and compares_countries(selection))
    apart = selection.editions != LATEST and not joined
    return _RESPONDENTS(
        row.country, row.level, row.kind == "compilation", row.survey_id if apart else ""
    )


def population_of(row: Observation) -> Population:
    """Sector and segment."""
    return _POPULATION(row.sector, row.dimension, row.segment)


def measure_of(row: Observation, selection: Selection, dataset: Dataset) -> Measure:
    """The indicator; one answer of it where answers cannot share a row."""
    if chart_of(selection).stacks_answers:
        return _MEASURE(row.indicator)
    if dataset.indicators[row.indicator].scale == "single" or row.response not in PRIMARY:
        return _MEASURE(row.indicator, row.response)
    return _MEASURE(row.indicator)


def compares_countries(selection: Selection) -> bool:
    """Whether comparisons put countries on a line, not the groups of one country."""
    return selection.by != "sector" and not selection.split


def comparison_of(row: Observation, selection: Selection, dataset: Dataset) -> Comparison:
    """The line of comparisons that a figure may stand on."""
    measure = measure_of(row, selection, dataset)
    if row.kind == COMPILATION:
        return Comparison(measure, None, dataset.surveys[row.survey_id].source_id)
    respondents, population = respondents_of(row, selection), population_of(row)
    if population.dimension and selection.split:
        return Comparison(measure, Stratum(respondents, Population(population.sector)))
    return Comparison(measure, population if compares_countries(selection) else respondents)


def compared_position(row: Observation, selection: Selection, dataset: Dataset) -> Position:
    """Panel (what percentages are of), row and series of a figure among comparisons."""
    series = respondents_of(row, selection) if compares_countries(selection) else population_of(row)
    bases = list(dataset.codes["base"])
    panel = Base(min(equivalent_bases(row.base), key=bases.index))
    return Position(panel, comparison_of(row, selection, dataset), series)


def position_of(
    selection: Selection, respondents: Respondents, population: Population, measure: Measure
) -> Position:
    """Panel, row and series of a figure."""
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
        if isinstance(header, Base):
            return (rank["base"].get(header.base, -1),)
        if isinstance(header, Comparison):
            among = rank_of(header.among) if header.among else ()
            return *rank_of(header.measure), header.among is not None, *among
        return indicators[header.indicator], rank["response"].get(header.response, -1)

    return rank_of


def may_hold(row: Header, series: Header) -> bool:
    """Whether a row could hold a series: a row of one sector holds the segments of that sector only."""
    return (
        not (isinstance(row, Stratum) and isinstance(series, Population))
        or series.sector == row.population.sector
    )


def colour_by(selection: Selection) -> ColourBy:
    """What colours tell apart."""
    if selection.split:
        return "segment"
    return "country" if selection.by == "sector" else "sector"
