"""May two figures be compared?"""

from __future__ import annotations

from dashboard.dataset import Break, Dataset, Observation


def breaks_between(dataset: Dataset, first: Observation, second: Observation) -> tuple[Break, ...]:
    """Known breaks between the surveys of two figures that touch both indicators, in either direction of time.

    A break recorded between two editions also parts every edition before it from every edition after it.
    """
    if first.survey_id == second.survey_id or first.country != second.country:
        return ()
    surveys = dataset.surveys

    def year(survey_id: str) -> int:
        return surveys[survey_id].period_end or 0

    low, high = sorted((first, second), key=lambda row: year(row.survey_id))
    concepts = {first.concept, second.concept}
    return tuple(
        found
        for found in dataset.breaks
        if (not found.concept or found.concept in concepts)
        and (not found.sector or found.sector in (first.sector, second.sector))
        and surveys[found.from_survey].country == first.country
        and {first.level, second.level} <= {surveys[found.from_survey].level, surveys[found.to_survey].level}
        and year(low.survey_id) <= year(found.from_survey) < year(found.to_survey) <= year(high.survey_id)
    )
