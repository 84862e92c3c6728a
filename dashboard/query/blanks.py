"""Why a cell has no figure: not asked, not published, not collected or filtered out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from dashboard.dataset import PRIMARY, Dataset, Survey
from dashboard.query.index import DatasetIndex
from dashboard.query.types import Blank, Group, Item, Place


def surveys_of(dataset: Dataset, place: Place) -> tuple[Survey, ...]:
    """Surveys that asked this country's respondents; the one edition where the place names it."""
    if place.survey_id:
        return (dataset.surveys[place.survey_id],)
    kind = "compilation" if place.compilation else "national"
    return tuple(
        survey
        for survey in dataset.surveys.values()
        if (survey.country, survey.level, survey.kind) == (place.country, place.level, kind)
    )


def why_blank(
    prepared: DatasetIndex, kept: np.ndarray, place: Place, group: Group, items: Iterable[Item]
) -> Blank:
    """The reason why none of ``items`` has a figure for this place and group in the view.

    ``kept`` marks the figures of the view. The kinds are tried in this order: a figure exists but a filter hides it; only
    a compilation has one; no survey of the place covers the sector, or every one that does is known not to have asked; the
    publication draws it without values; a survey that covers the sector is known to have asked, by a figure of its own or
    on record; else nothing is known here.
    """
    dataset = prepared.dataset
    surveys = surveys_of(dataset, place)
    wanted = tuple(items)
    for survey in surveys:
        for item in wanted:
            key = (survey.survey_id, group.sector, group.dimension, group.segment, item.concept)
            if any(
                _hidden(dataset, kept, position, item) for position in prepared.positions.at(*key)
            ):
                return Blank("filtered")
    concepts = tuple(item.concept for item in wanted)
    covering = [survey for survey in surveys if group.sector in survey.sectors]
    compiled = _compiled(prepared, place, group, concepts)
    if compiled:
        return Blank("compiled", compiled)
    if not covering:
        return Blank("not_asked", "; ".join(survey.population for survey in surveys))
    records = [
        dataset.asked.get((survey.survey_id, concept))
        for survey in covering
        for concept in concepts
    ]
    if records and all(record is not None and not record.asked for record in records):
        return Blank("not_asked", next(record.evidence for record in records if record))
    if not group.dimension and any(record is not None and record.drawn for record in records):
        return Blank(
            "drawn", next(record.evidence for record in records if record and record.drawn)
        )
    asking = {survey.survey_id for survey in covering}
    if any(
        prepared.positions.printed(survey, concept) for survey in asking for concept in concepts
    ):
        return Blank("not_published")
    if any(record is not None and record.asked for record in records):
        return Blank(
            "not_published", next(record.evidence for record in records if record and record.asked)
        )
    return Blank("not_collected")


def _compiled(prepared: DatasetIndex, place: Place, group: Group, concepts: tuple[str, ...]) -> str:
    """The compilation that alone has a figure of this country and group; blank where none has or the place is one edition."""
    if place.compilation or place.survey_id or group.dimension:
        return ""
    found = (
        survey.survey_id
        for survey in prepared.dataset.surveys.values()
        if survey.kind == "compilation"
        and (survey.country, survey.level) == (place.country, place.level)
        for concept in concepts
        if prepared.positions.at(survey.survey_id, group.sector, "", "", concept)
    )
    return next(found, "")


def _hidden(dataset: Dataset, kept: np.ndarray, position: int, item: Item) -> bool:
    """Whether a figure of just this item exists and a filter hides it; another answer of the question does not count."""
    response = dataset.observations[position].response
    return not kept[position] and (
        response == item.response if item.response else response in PRIMARY
    )
