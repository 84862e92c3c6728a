"""Published figures by their key."""

from __future__ import annotations

from dashboard.dataset import Observation
from tests.support import views


def figure(
    survey: str, sector: str, indicator: str, response: str = "yes", segment: str = ""
) -> Observation:
    """The one published figure of a key; without a segment, that of the whole."""
    key = (survey, sector, indicator, response, segment)
    (found,) = (
        row
        for row in views.index().dataset.observations
        if (row.survey_id, row.sector, row.indicator, row.response, row.segment) == key
    )
    return found
