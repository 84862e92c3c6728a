"""What every request needs of a dataset: made once at start, column by column, or at the first question for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from dashboard.comparability import COMPILATION, SmallBaseThresholds
from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask, Observations
from dashboard.dataset.types import frozen
from dashboard.query.arrange import QUESTION, sorter
from dashboard.query.comparable_pairs import ComparablePairs
from dashboard.query.evidence import EvidenceOf
from dashboard.query.families import Differences
from dashboard.query.groups import Groups
from dashboard.query.on_lines import OnLines
from dashboard.query.types import Header
from dashboard.selection import Vocabulary, chart_names, chart_type, filters

Labels = npt.NDArray[np.int64]

_QUESTIONED = ("sector", "dimension", "segment", "indicator")
_ORDERED = 4096
"""Headers whose places in the reading order are kept."""
_CELL = ("country", "level", *_QUESTIONED)


ROOM = 2**19
"""Bytes of masks that are kept."""


class Masks(Mapping[tuple[str, str], Mask]):
    """(filter, choice) -> the figures that fit the choice.

    A mask is made from the codes of its column when it is asked for: that takes no longer than to combine it with others,
    and masks of thousands of editions would take kilobytes for each figure.
    """

    def __init__(
        self,
        figures: Observations,
        vocabulary: Vocabulary,
        charts: Mapping[str, Mask],
    ) -> None:
        by_column = [each for each in filters.filters() if each.column]
        self._columns = {each.name: figures.codes(each.column) for each in by_column}
        self._choices = {each.name: each.offered(vocabulary) for each in by_column}
        self._of_any = lru_cache(maxsize=max(8, ROOM // max(len(figures), 1)))(self._any)
        self._others = {
            **{
                (each.name, choice): keeps(figures)
                for each in filters.filters()
                for choice, keeps in each.keeps.items()
            },
            **{(filters.CHART.name, chart): mask for chart, mask in charts.items()},
        }

    def of_any(self, name: str, choices: tuple[str, ...]) -> Mask:
        """The figures that fit any of some choices of a filter with a column, those that no column holds aside."""
        return self._of_any(name, choices)

    def _any(self, name: str, choices: tuple[str, ...]) -> Mask:
        codes, code_of = self._columns[name]
        # One more than there are codes, for choices that have none.
        wanted = np.zeros(len(code_of) + 1, dtype=bool)
        wanted[[code_of.get(choice, -1) for choice in choices]] = True
        wanted[-1] = False
        mask: Mask = wanted[codes]
        mask.flags.writeable = False
        return mask

    def __getitem__(self, key: tuple[str, str]) -> Mask:
        if key in self._others:
            return self._others[key]
        if key not in self._keys:
            raise KeyError(key)
        codes, code_of = self._columns[key[0]]
        mask: Mask = codes == code_of.get(key[1], -1)
        return mask

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def tally(self, name: str, mask: Mask) -> dict[str, int]:
        """Choice of a filter -> figures of a mask that fit it."""
        codes, code_of = self._columns[name]
        sizes = np.bincount(codes[mask], minlength=len(code_of)).tolist()
        return {
            choice: sizes[code_of[choice]] if choice in code_of else 0
            for choice in self._choices[name]
        }

    @cached_property
    def _keys(self) -> dict[tuple[str, str], None]:
        own = ((name, choice) for name, of in self._choices.items() for choice in of)
        return dict.fromkeys((*own, *self._others))


@dataclass(frozen=True)
class DatasetIndex:
    """A dataset with what requests look up in it."""

    dataset: Dataset
    vocabulary: Vocabulary
    masks: Masks
    latest: Mapping[bool, Mask]
    """Newest edition per cell, with inferred figures (True) or without (False)."""
    compiled: Mask
    """The figures of compilations."""
    answers: Labels
    """For each figure the number of its question: the answers to one question of one survey and group share one."""
    all_respondents: Labels
    """For each figure the number of its country and respondent."""
    evidence: EvidenceOf
    """Interval and size class of every figure, each worked out when it is first asked for."""
    differences: Differences
    """Position of a figure -> every tested or published difference it has a part in."""
    thresholds: SmallBaseThresholds
    pairs: ComparablePairs
    lines: OnLines
    positions: Positions
    size: int
    order: Callable[[Header], tuple[int, ...]]
    """A sort key that puts panels, rows and series into reading order."""

    def may_compare(self, first: int, second: int) -> bool:
        """Whether the figures at two positions may be compared (yes or with care)."""
        return self.pairs.may_compare(first, second)


def build_index(dataset: Dataset, thresholds: SmallBaseThresholds | None = None) -> DatasetIndex:
    """Work out what is newest and what may be drawn; the evidence and the tests wait until they are asked for."""
    thresholds = thresholds or SmallBaseThresholds()
    figures = dataset.observations
    vocabulary = Vocabulary.of(dataset)
    pairs = ComparablePairs(dataset, thresholds)
    answers = figures.labels(*QUESTION)
    national = figures.having("kind", "national")
    sure = ~figures.having("status", "inferred")
    latest = {True: _latest(dataset, national), False: _latest(dataset, national & sure)}
    return DatasetIndex(
        dataset=dataset,
        vocabulary=vocabulary,
        masks=Masks(
            figures, vocabulary, {name: chart_type(name).takes(dataset) for name in chart_names()}
        ),
        latest=frozen(latest),
        compiled=figures.having("kind", COMPILATION),
        answers=answers,
        all_respondents=figures.labels("country", "level"),
        evidence=EvidenceOf(dataset, thresholds),
        differences=Differences(dataset, thresholds),
        thresholds=thresholds,
        pairs=pairs,
        lines=OnLines(dataset, pairs.may_compare),
        positions=Positions(dataset),
        size=len(figures),
        order=lru_cache(maxsize=_ORDERED)(sorter(dataset)),
    )


def _latest(dataset: Dataset, among: Mask) -> Mask:
    """For each country, respondent, sector, segment and indicator: the figures of the newest edition that has any."""
    surveys = list(dataset.surveys)
    by_age = sorted(surveys, key=lambda survey: dataset.surveys[survey].period_end or 0)
    age = {survey: rank for rank, survey in enumerate(by_age)}
    codes, names = dataset.observations.codes("survey_id")
    ages = np.array([age[name] for name in names], dtype=np.int64)[codes]
    cells = dataset.observations.labels(*_CELL)
    newest = np.full(cells.max(initial=-1) + 1, -1)
    np.maximum.at(newest, cells[among], ages[among])
    latest: Mask = among & (newest[cells] == ages)
    return latest


class Positions:
    """Where the figures of a survey, sector, segment and indicator stand; each survey is gone through when first asked for."""

    def __init__(self, dataset: Dataset) -> None:
        figures = dataset.observations
        codes, self._names = figures.codes("survey_id")
        self._surveys = Groups(codes.astype(np.int64))
        self._columns = [(codes, tuple(names)) for codes, names in map(figures.codes, _QUESTIONED)]
        self._of_survey: dict[str, dict[tuple[str, ...], list[int]]] = {}
        self._printed: dict[str, frozenset[str]] = {}

    def at(
        self, survey_id: str, sector: str, dimension: str, segment: str, indicator: str
    ) -> tuple[int, ...]:
        """Positions of the answers to one question; none where no figure is published."""
        return tuple(self._survey(survey_id).get((sector, dimension, segment, indicator), ()))

    def printed(self, survey_id: str, indicator: str) -> bool:
        """Whether a survey has any figure of an indicator: a question that it certainly asked."""
        if survey_id not in self._printed:
            self._printed[survey_id] = frozenset(key[-1] for key in self._survey(survey_id))
        return indicator in self._printed[survey_id]

    def _survey(self, survey_id: str) -> dict[tuple[str, ...], list[int]]:
        if survey_id not in self._of_survey:
            found: dict[tuple[str, ...], list[int]] = {}
            code = self._names.get(survey_id)
            members = [] if code is None else self._surveys.of(code)
            columns = (
                [names[each] for each in codes[members].tolist()] for codes, names in self._columns
            )
            for at, key in zip(members, zip(*columns, strict=True), strict=True):
                found.setdefault(key, []).append(at)
            self._of_survey[survey_id] = found
        return self._of_survey[survey_id]
