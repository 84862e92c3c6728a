"""Which figures stand on a line of comparisons, answered for any choice of figures from arrays.

What stands where, and which two may stand on one line, depends on how figures are set side by side and not on which of them are
chosen: it is worked out once for each way of setting them side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.dataset import Dataset, Observation
from dashboard.dataset.observations import Mask
from dashboard.query.arrange import (
    compares_countries,
    comparison_of,
    measure_of,
    population_of,
)
from dashboard.query.groups import pairs
from dashboard.query.row_sets import compared_at_all
from dashboard.selection import LATEST, Selection

Numbers = npt.NDArray[np.int64]

MOST_PAIRS = 100_000
"""Pairs of figures that are kept for a way of setting side by side; of more data each choice is gone through by itself."""
_Side = tuple[str, bool, bool, bool]
"""A way of setting figures side by side: chart, whether by country, whether split, whether only the newest."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """Figures set side by side in one way."""

    marks: Numbers
    """For each figure the number of its mark: the answers to one question of one survey and group in a row."""
    countries: Numbers
    first: Numbers
    """With ``second`` every two figures that may stand on one line."""
    second: Numbers

    def among(self, kept: Mask, baseline: int | None) -> Mask:
        """Of the figures kept those on a line; with the number of a country as baseline, on one that it stands on."""
        # The first figure of a mark decides for all of it.
        at = np.flatnonzero(kept)
        heads = np.zeros(len(kept), dtype=bool)
        heads[at[np.unique(self.marks[at], return_index=True)[1]]] = True
        both = heads[self.first] & heads[self.second]
        if baseline is not None:
            of_baseline = self.countries == baseline
            both &= of_baseline[self.first] | of_baseline[self.second]
        on_lines = np.zeros(len(kept), dtype=bool)
        on_lines[self.marks[self.first[both]]] = on_lines[self.marks[self.second[both]]] = True
        found: Mask = kept & on_lines[self.marks]
        return found


class OnLines:
    """Of one release."""

    def __init__(self, dataset: Dataset, may: Callable[[int, int], bool]) -> None:
        self._dataset, self._may = dataset, may
        self._sides: dict[_Side, _Compared | None] = {}

    def among(self, selection: Selection, kept: Mask) -> Mask:
        """Of the figures kept those on a line of comparisons; with a baseline only on lines that it stands on."""
        side = (
            selection.chart,
            compares_countries(selection),
            bool(selection.split),
            selection.editions == LATEST,
        )
        if side not in self._sides:
            self._sides[side] = self._compared(selection)
        compared = self._sides[side]
        if compared is None:
            return self._one_by_one(selection, kept)
        country_of = self._dataset.observations.codes("country")[1]
        baseline = country_of.get(selection.baseline, -1) if selection.baseline else None
        return compared.among(kept, baseline)

    def _one_by_one(self, selection: Selection, kept: Mask) -> Mask:
        figures = self._dataset.observations
        rows = [figures[at] for at in np.flatnonzero(kept).tolist()]
        found = np.zeros(len(kept), dtype=bool)
        found[compared_at_all(self._dataset, selection, rows, self._may)] = True
        return found

    def _compared(self, selection: Selection) -> _Compared | None:
        """Every figure set side by side as in a selection; None where that makes too many pairs."""
        figures = self._dataset.observations
        rows = _together(
            self._numbers(
                lambda row: measure_of(row, selection, self._dataset), "indicator", "response"
            ),
            self._numbers(
                lambda row: comparison_of(row, selection, self._dataset).among,
                *("kind", "survey_id", "country", "level", "sector", "dimension", "segment"),
            ),
            self._numbers(
                lambda row: comparison_of(row, selection, self._dataset).source_id,
                "kind",
                "survey_id",
            ),
        )
        sizes = np.bincount(rows)
        if int((sizes * (sizes - 1) // 2).sum()) > MOST_PAIRS:
            return None
        countries = figures.codes("country")[0].astype(np.int64)
        whose = (
            countries
            if compares_countries(selection)
            else self._numbers(population_of, "sector", "dimension", "segment")
        )
        first, second = pairs(rows)
        apart = whose[first] != whose[second]
        first, second = first[apart], second[apart]
        may = np.fromiter(map(self._may, first.tolist(), second.tolist()), dtype=bool)
        marks = _together(rows, figures.labels("survey_id", "sector", "dimension", "segment"))
        return _Compared(marks, countries, first[may], second[may])

    def _numbers(self, key_of: Callable[[Observation], Hashable], *columns: str) -> Numbers:
        """For each figure the number of its key, which depends on some columns alone."""
        figures = self._dataset.observations
        labels = figures.labels(*columns)
        heads = np.unique(labels, return_index=True)[1].tolist()
        known: dict[Hashable, int] = {}
        of_label = [known.setdefault(key_of(figures[at]), len(known)) for at in heads]
        return np.array(of_label, dtype=np.int64)[labels]


def _together(*numbers: Numbers) -> Numbers:
    """For each figure a number that it shares with those of the same numbers, counted from 0."""
    joined = numbers[0]
    for each in numbers[1:]:
        joined = joined * (int(each.max(initial=0)) + 1) + each
        joined = np.unique(joined, return_inverse=True)[1].astype(np.int64)
    return joined
