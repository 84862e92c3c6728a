"""A dataset with everything that can be worked out before the first request.

Every choice of every filter is one boolean array over the figures, made once at start; a request only combines them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

import numpy as np

from dashboard.comparability import NO, WHOLES, Limits, holds, verdict
from dashboard.dataset import PRIMARY, Dataset, Observation
from dashboard.dataset.types import frozen
from dashboard.query.evidence import Evidence, evidence
from dashboard.query.families import Difference, by_figure, differences
from dashboard.query.types import UNSURE
from dashboard.selection import Vocabulary, filters

Mask = np.ndarray


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dataset with everything that can be worked out before the first request."""

    dataset: Dataset
    vocabulary: Vocabulary
    masks: Mapping[tuple[str, str], Mask]
    """(filter, choice) -> figures that fit the choice."""
    latest: Mapping[bool, Mask]
    """Newest edition per cell, with inferred figures (True) or without (False)."""
    wholes: Mapping[bool, Mapping[int, tuple[int, ...]]]
    """Published total of an older edition -> the newest figures of its sectors that come from that edition."""
    printed: frozenset[tuple[str, str]]
    """(survey, indicator) pairs with at least one figure: questions the survey certainly asked."""
    evidence: tuple[Evidence, ...]
    """Interval and size class of every figure."""
    differences: Mapping[int, tuple[Difference, ...]]
    """Position of a figure -> every tested or published difference it has a part in."""
    limits: Limits
    may_compare: Callable[[int, int], bool]
    """Whether the figures at two positions may be compared (yes or with care); remembers its answers."""
    partners: Callable[[str, str], tuple[np.ndarray, np.ndarray]]
    """(indicator, answer) -> the pairs of figures that may be compared, as two arrays of positions."""
    size: int


def prepare(dataset: Dataset, limits: Limits | None = None) -> Prepared:
    """Work out the masks of every filter choice and the evidence of every figure."""
    limits = limits or Limits()
    vocabulary = Vocabulary.of(dataset)
    rows = dataset.observations
    stackable = _stackable(rows, dataset)
    masks = _masks(rows, vocabulary)
    national, sure = masks["edition", "all"], masks["inferred", "hide"]
    primary = np.array([_drawn(row, dataset) for row in rows], dtype=bool)
    for chart in ("bars", "dots", "heat", "change"):
        masks["view", chart] = primary
    masks["view", "scale"] = np.array(stackable, dtype=bool)
    masks["view", "table"] = np.ones(len(rows), dtype=bool)
    latest = {True: _latest(dataset, national), False: _latest(dataset, national & sure)}
    may_compare = _judge(dataset, limits)
    printed = frozenset((row.survey_id, row.concept) for row in rows)
    return Prepared(
        dataset=dataset,
        vocabulary=vocabulary,
        masks=frozen(masks),
        latest=frozen(latest),
        wholes=frozen(
            {
                True: _wholes(dataset, latest[True], national),
                False: _wholes(dataset, latest[False], national & sure),
            }
        ),
        printed=printed,
        evidence=evidence(dataset, limits),
        limits=limits,
        differences=frozen(by_figure(differences(dataset, limits))),
        may_compare=may_compare,
        partners=_partners(rows, may_compare),
        size=len(rows),
    )


def _masks(rows: tuple[Observation, ...], vocabulary: Vocabulary) -> dict[tuple[str, str], Mask]:
    """(filter, choice) -> figures that fit the choice, for every filter that tests figures one by one."""
    masks: dict[tuple[str, str], Mask] = {}
    for each in filters.filters():
        if each.figure is not None:
            column = np.array([each.figure(row) for row in rows], dtype=object)
            for choice in each.offered(vocabulary):
                masks[each.name, choice] = column == choice
        for choice, keeps in each.keeps.items():
            masks[each.name, choice] = np.array([keeps(row) for row in rows], dtype=bool)
    return masks


def _judge(dataset: Dataset, limits: Limits) -> Callable[[int, int], bool]:
    rows = dataset.observations

    @lru_cache(maxsize=200_000)
    def may_compare(first: int, second: int) -> bool:
        return verdict(dataset, rows[first], rows[second], limits).kind != NO

    return lambda first, second: may_compare(min(first, second), max(first, second))


def _partners(
    rows: tuple[Observation, ...], may_compare: Callable[[int, int], bool]
) -> Callable[[str, str], tuple[np.ndarray, np.ndarray]]:
    """Different questions and different answers are never comparable, so that only pairs of one of each are judged."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        members[row.concept, row.response].append(row.position)

    @cache
    def partners(concept: str, response: str) -> tuple[np.ndarray, np.ndarray]:
        pairs = [pair for pair in combinations(members[concept, response], 2) if may_compare(*pair)]
        first, second = np.array(pairs, dtype=int).reshape(-1, 2).T
        return first, second

    return partners


def _drawn(row: Observation, dataset: Dataset) -> bool:
    if dataset.concepts[row.concept].scale == "single":
        return row.response != UNSURE
    return row.response in PRIMARY


def _stackable(rows: tuple[Observation, ...], dataset: Dataset) -> list[bool]:
    """Figures of questions with one answer of several, at least two of which are printed."""
    answers: dict[tuple[str, ...], int] = {}
    for row in rows:
        answers[answers_key(row)] = answers.get(answers_key(row), 0) + 1
    return [
        answers[answers_key(row)] > 1 or dataset.concepts[row.concept].scale == "single"
        for row in rows
    ]


def _latest(dataset: Dataset, among: Mask) -> Mask:
    """For each country, respondent, sector, segment and indicator: the figures of the newest edition that has any."""
    order = {survey: rank for rank, survey in enumerate(dataset.surveys)}

    def age(survey_id: str) -> tuple[int, int]:
        return dataset.surveys[survey_id].period_end or 0, order[survey_id]

    newest: dict[tuple[str, ...], str] = {}
    for row in dataset.observations:
        if among[row.position]:
            key = _cell_key(row)
            if key not in newest or age(row.survey_id) > age(newest[key]):
                newest[key] = row.survey_id
    return np.array(
        [
            bool(among[row.position]) and newest[_cell_key(row)] == row.survey_id
            for row in dataset.observations
        ],
        dtype=bool,
    )


def _wholes(dataset: Dataset, latest: Mask, among: Mask) -> Mapping[int, tuple[int, ...]]:
    """Totals that are not the newest themselves, but whose sectors are: they may stand beside their own parts."""
    newest: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position in np.flatnonzero(latest):
        row = dataset.observations[position]
        newest[row.survey_id, row.sector, row.dimension, row.segment, row.concept].append(
            int(position)
        )
    found = {}
    for row in dataset.observations:
        if row.sector in WHOLES and among[row.position] and not latest[row.position]:
            parts = [
                position
                for sector in dataset.codes["sector"]
                if holds(row.sector, sector)
                for position in newest.get(
                    (row.survey_id, sector, row.dimension, row.segment, row.concept), ()
                )
            ]
            if parts:
                found[row.position] = tuple(parts)
    return frozen(found)


def _cell_key(row: Observation) -> tuple[str, ...]:
    return row.country, row.level, row.sector, row.dimension, row.segment, row.concept


def answers_key(row: Observation) -> tuple[str, ...]:
    """What the answers to one question of one group have in common."""
    return row.survey_id, row.sector, row.dimension, row.segment, row.concept
