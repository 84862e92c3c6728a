"""Whether two computed figures rest on samples that were drawn apart, as a test of their difference supposes."""

from __future__ import annotations

from dashboard.dataset import Dataset, Observation


def drawn_apart(dataset: Dataset, first: Observation, second: Observation) -> bool:
    """Whether the groups of two computed figures of one survey are strata of its sample; True of any other two figures.

    Answers of groups that lie across strata or share primary units hang together, so that the standard error of a
    difference is not quite that of two independent shares.
    """
    own = dataset.imports.get(first.survey_id)
    computed = first.position in dataset.estimates and second.position in dataset.estimates
    if not computed or own is None or first.survey_id != second.survey_id:
        return True
    if first.sector != second.sector and "sector" in own.strata:
        return True
    return first.segment != second.segment and first.dimension in own.strata
