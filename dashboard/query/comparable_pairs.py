"""Which figures may be compared, judged once for all figures that stand alike.

A year's edition says with other numbers what the one before it said: whether two figures may be compared depends on what
they are about and on what their surveys have in common, not on the figures. So each *kind* of figure (``comparability``
says what makes one) is judged once against each other kind, within one survey and across two; where the figures are of two
countries, kinds that differ only in their country count as one. A mask of any size is then
answered from arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt

from dashboard.comparability import (
    NO,
    STANDING,
    SmallBaseThresholds,
    population_ground,
    standing_abroad,
    survey_standing,
    verdict,
)
from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask
from dashboard.query.groups import pairs

Numbers = npt.NDArray[np.int64]

_PAIRS_KEPT = 200_000


class ComparablePairs:
    """Which figures may be compared; what was judged once is remembered."""

    def __init__(self, dataset: Dataset, thresholds: SmallBaseThresholds) -> None:
        self._dataset, self._thresholds = dataset, thresholds
        self._known: dict[tuple[int, int, bool, bool], bool] = {}

    def may_compare(self, first: int, second: int) -> bool:
        """Whether the figures at two positions may be compared (yes or with care)."""
        surveys, abroad = self._surveys, bool(self._countries[first] != self._countries[second])
        kinds = self._kinds_abroad if abroad else self._kinds
        one, other = int(kinds[first]), int(kinds[second])
        key = (min(one, other), max(one, other), bool(surveys[first] == surveys[second]), abroad)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _PAIRS_KEPT:
                self._known.clear()
            rows = self._dataset.observations
            judged = verdict(self._dataset, rows[first], rows[second], self._thresholds)
            found = self._known[key] = judged.kind != NO
        return found

    def partnered(self, mask: Mask) -> Mask:
        """Of the figures in a mask those that may be compared with another of them."""
        found = self.partnered_within_surveys(mask)
        at = np.flatnonzero(mask)
        kinds, surveys = self._kinds[at], self._surveys[at]
        lowest = np.full(self._count, len(self._surveys))
        highest = np.full(self._count, -1)
        np.minimum.at(lowest, kinds, surveys)
        np.maximum.at(highest, kinds, surveys)
        # Of all figures in the mask of whatever kind goes with a kind: the least and the greatest number of a survey.
        least, greatest = np.full_like(lowest, len(self._surveys)), np.full_like(highest, -1)
        one, other = self._across
        np.minimum.at(least, one, lowest[other])
        np.maximum.at(greatest, one, highest[other])
        found[at] |= (least[kinds] < surveys) | (greatest[kinds] > surveys)
        return found

    def partnered_within_surveys(self, mask: Mask) -> Mask:
        """Of the figures in a mask those that may be compared with another of them from the same survey."""
        found = np.zeros(len(mask), dtype=bool)
        first, second = self._within
        both = mask[first] & mask[second]
        found[first[both]] = found[second[both]] = True
        return found

    @cached_property
    def _surveys(self) -> Numbers:
        """For each figure the number of its survey."""
        return self._dataset.observations.codes("survey_id")[0].astype(np.int64)

    @cached_property
    def _countries(self) -> Numbers:
        """For each figure the number of its country."""
        return self._dataset.observations.codes("country")[0].astype(np.int64)

    @cached_property
    def _kinds(self) -> Numbers:
        """For each figure the number of its kind."""
        return self._kinds_by(survey_standing)

    @cached_property
    def _kinds_abroad(self) -> Numbers:
        """For each figure the number of its kind among figures of other countries."""
        return self._kinds_by(standing_abroad)

    def _kinds_by(self, standing: Callable[[Dataset, str], Hashable]) -> Numbers:
        """For each figure a number that it shares with those alike in STANDING, of surveys that stand alike."""
        figures = self._dataset.observations
        standings: dict[Hashable, int] = {}
        of_survey = np.array(
            [
                standings.setdefault(standing(self._dataset, survey), len(standings))
                for survey in figures.distinct("survey_id")
            ],
            dtype=np.int64,
        )
        both = figures.labels(*STANDING) * (len(standings) or 1) + of_survey[self._surveys]
        kinds: Numbers = np.unique(both, return_inverse=True)[1]
        return kinds

    @property
    def _count(self) -> int:
        return int(self._kinds.max(initial=-1)) + 1

    @cached_property
    def _within(self) -> tuple[Numbers, Numbers]:
        """The comparable pairs of one survey, as two arrays of positions."""
        cells = self._dataset.observations.labels("survey_id", "indicator", "response")
        first, second = pairs(cells)
        one, other = self._kinds[first], self._kinds[second]
        keys = np.minimum(one, other) * self._count + np.maximum(one, other)
        _, heads, of_pair = np.unique(keys, return_index=True, return_inverse=True)
        judged = np.fromiter(
            map(self.may_compare, first[heads].tolist(), second[heads].tolist()), dtype=bool
        )
        kept = judged[of_pair]
        return first[kept], second[kept]

    @cached_property
    def _across(self) -> tuple[Numbers, Numbers]:
        """Kinds whose figures may be compared where they come from two surveys, each pair in both orders."""
        pairs = {
            each
            for one, other in self._neighbours()
            if (figures := self._of_two_surveys(one, other)) and self.may_compare(*figures)
            for each in ((one, other), (other, one))
        }
        one, other = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
        return one, other

    def _neighbours(self) -> Iterator[tuple[int, int]]:
        """Pairs of kinds that share the ground on which figures of two surveys may be compared; a kind with itself, too."""
        rows = self._dataset.observations
        grounds: dict[Hashable, list[int]] = defaultdict(list)
        for kind, position in enumerate(self._ends[0].tolist()):
            row = rows[position]
            grounds[row.indicator, row.response, population_ground(row)].append(kind)
        for kinds in grounds.values():
            yield from combinations_with_replacement(kinds, 2)

    def _of_two_surveys(self, one: int, other: int) -> tuple[int, int] | None:
        """Two figures of different surveys, of two kinds; None where all of both kinds come from one survey."""
        lowest, highest = self._ends
        for first, second in ((lowest[one], highest[other]), (highest[one], lowest[other])):
            if self._surveys[first] != self._surveys[second]:
                return int(first), int(second)
        return None

    @cached_property
    def _ends(self) -> tuple[Numbers, Numbers]:
        """For each kind a figure from the survey with the least number, and one from that with the greatest."""
        order = np.lexsort((self._surveys, self._kinds))
        starts = np.searchsorted(self._kinds[order], np.arange(self._count + 1))
        return order[starts[:-1]], order[starts[1:] - 1]
