"""Reasons for what a section has no figure of: its blank cells, and chosen countries that are not in it at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.dataset import Observation
from dashboard.query.index import DatasetIndex
from dashboard.query.missing_reasons import surveys_of, why_blank
from dashboard.query.types import (
    Header,
    Measure,
    MissingCountry,
    MissingReason,
    Population,
    Respondents,
    Stratum,
)
from dashboard.selection import Selection, chart_of, filters

_MOST_TELLING_FIRST = (
    "filtered",
    "unscaled",
    "suppressed",
    "compiled",
    "drawn",
    "not_published",
    "not_collected",
    "not_asked",
)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Looks for reasons within one section."""

    index: DatasetIndex
    selection: Selection
    mask: np.ndarray
    """Marks every figure that the selection keeps: it tells hidden from missing."""
    present: Sequence[Respondents]
    """Countries and respondents that have figures in the section."""

    def reason(self, headers: Iterable[Header | None]) -> MissingReason:
        """The most telling reason among all respondents and populations that a blank could have held.

        ``headers`` are those of its panel and row, and of its series where one series is missing.
        """
        parts: list[Respondents | Population | Measure] = []
        for header in headers:
            if header is not None:
                alone = header if isinstance(header, Stratum) else (header,)
                parts += [
                    part for part in alone if isinstance(part, Respondents | Population | Measure)
                ]
        measures = tuple(part for part in parts if isinstance(part, Measure))
        named = [part for part in parts if isinstance(part, Respondents)][:1]
        populations = [part for part in parts if isinstance(part, Population)][-1:] or [
            Population(sector) for sector in self.selection.sectors
        ]
        scaled = (
            self.index.masks[filters.CHART.name, self.selection.chart]
            if chart_of(self.selection).stacks_answers
            else None
        )
        reasons = (
            why_blank(self.index, self.mask, respondents, population, measures, scaled)
            for respondents in named or self.present
            for population in populations
        )
        return min(
            reasons,
            key=lambda reason: _MOST_TELLING_FIRST.index(reason.kind),
            default=MissingReason("not_collected"),
        )

    def countries(self, theme: str) -> tuple[MissingCountry, ...]:
        """Chosen countries and respondents without a figure in the theme, each with its reason."""
        index, selection = self.index, self.selection
        present = {(respondents.country, respondents.level) for respondents in self.present}
        of_theme = index.masks["theme", theme]
        whole = index.masks["split", ""]
        published = self._respondents(of_theme)
        taken = self._respondents(
            of_theme
            & index.masks[filters.CHART.name, selection.chart]
            & index.masks["split", selection.split]
        )
        selected = self._respondents(of_theme & self.mask)
        undivided = self._respondents(of_theme & whole)
        withheld = self._withheld(theme)
        split = self._respondents(of_theme & ~whole)

        def reason(whose: tuple[str, str]) -> MissingReason:
            if whose in selected:
                return MissingReason("single_edition")
            if whose in split and whose not in undivided and not selection.split:
                return MissingReason("split", split[whose].dimension)
            if whose in published and whose not in taken and chart_of(selection).stacks_answers:
                return MissingReason("unscaled")
            if whose in published:
                return MissingReason("filtered")
            return MissingReason("suppressed" if whose in withheld else "not_collected")

        return tuple(
            MissingCountry(Respondents(country, level), reason((country, level)))
            for country in selection.countries
            for level in selection.levels
            if (country, level) not in present
            and surveys_of(index.dataset, Respondents(country, level))
        )

    def _withheld(self, theme: str) -> frozenset[tuple[str, str]]:
        """(country, level) of the surveys that withhold a figure of a theme."""
        dataset = self.index.dataset
        surveys = {
            survey
            for survey, *_, indicator in dataset.withheld
            if dataset.indicators[indicator].theme == theme
        }
        of = (dataset.surveys[survey] for survey in surveys)
        return frozenset((survey.country, survey.level) for survey in of)

    def _respondents(self, mask: np.ndarray) -> dict[tuple[str, str], Observation]:
        """(country, level) of the figures of a mask -> the first of them."""
        positions = np.flatnonzero(mask)
        _, heads = np.unique(self.index.all_respondents[positions], return_index=True)
        figures = [self.index.dataset.observations[at] for at in positions[heads].tolist()]
        return {(row.country, row.level): row for row in figures}
