"""Figures of a view that are withheld and have no place in its charts: the table and every file list them all the same."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.dataset import Dataset, Survey
from dashboard.query.index import DatasetIndex
from dashboard.query.types import (
    Header,
    Measure,
    Population,
    Respondents,
    Section,
    Stratum,
    Withheld,
    about,
)
from dashboard.selection import ALL_EDITIONS, LATEST, Selection


def withheld(index: DatasetIndex, selection: Selection, section: Section) -> tuple[Withheld, ...]:
    """What the selection would show of the indicators of a section were it not withheld, and no cell says already."""
    dataset = index.dataset
    if not dataset.withheld:
        return ()
    shown = {value.measure.indicator for value in section.values} | {
        name for name in selection.indicators if dataset.indicators[name].theme == section.theme
    }
    said = set(_said(section))
    found = []
    for survey_id, sector, dimension, segment, indicator in dataset.withheld:
        survey = dataset.surveys[survey_id]
        chosen = (
            indicator in shown
            and sector in selection.sectors
            and dimension == selection.split
            and _is_chosen(dataset, selection, survey)
        )
        whose = Respondents(survey.country, survey.level)
        blank = (Measure(indicator), whose, Population(sector, dimension, segment))
        if chosen and blank not in said:
            found.append(blank)
    return tuple(found)


def _is_chosen(dataset: Dataset, selection: Selection, survey: Survey) -> bool:
    """Whether a view has a survey among its countries, respondents and editions."""
    if survey.country not in selection.countries or survey.level not in selection.levels:
        return False
    if selection.editions == LATEST:
        own = dataset.surveys_of[survey.country, survey.level, survey.kind]
        newest = max(own, key=lambda each: (each.has_figures, each.period_end or 0))
        return survey == newest
    return selection.editions == ALL_EDITIONS or survey.survey_id in selection.editions


def _said(section: Section) -> Iterator[Withheld]:
    """What blank cells of a section say is withheld."""
    for row in section.rows:
        for panel, cell in zip(section.panels, row.cells, strict=True):
            for series, reason in (*cell.missing, *([(None, cell.blank)] if cell.blank else [])):
                if reason.kind == "suppressed":
                    yield from _named(section, (panel.header, row.header, series))


def _named(section: Section, headers: tuple[Header | None, ...]) -> Iterator[Withheld]:
    """The place that headers name; none of them says who is meant where all respondents of a section are."""
    parts: list[object] = []
    for header in headers:
        parts += header if isinstance(header, Stratum) else [header and about(header)]
    measures = [Measure(part.indicator) for part in parts if isinstance(part, Measure)]
    populations = [part for part in parts if isinstance(part, Population)]
    respondents = [part for part in parts if isinstance(part, Respondents)][:1]
    for each in respondents or section.all_respondents:
        if measures and populations:
            yield measures[0], Respondents(each.country, each.level), populations[-1]
