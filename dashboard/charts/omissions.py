"""How much of a section a picture draws, of what stands at its address."""

from __future__ import annotations

from dashboard.query import Section
from dashboard.text.pictures import Drawn, Share


def drawn(whole: Section, shown: Section) -> Drawn:
    """How many of the indicators and countries of a whole section are shown, and how many of the figures of those indicators."""
    indicators = {value.measure.indicator for value in shown.values}
    about = {
        value.observation.position
        for value in whole.values
        if value.measure.indicator in indicators
    }
    left = {value.observation.position for value in shown.values}
    return Drawn(
        Share(len(indicators), whole.indicators_total),
        Share(len(left), len(about)),
        Share(len(_countries(shown)), len(_countries(whole))),
    )


def _countries(section: Section) -> set[str]:
    return {value.respondents.country for value in section.values}
