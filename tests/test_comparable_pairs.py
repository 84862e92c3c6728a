"""Which figures have a partner: the arrays answer as the verdict does, pair by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.start import grown
from dashboard.comparability import NO, SmallBaseThresholds, verdict
from dashboard.dataset import Dataset, load
from dashboard.dataset.types import frozen
from dashboard.query.comparable_pairs import ComparablePairs
from tests.support import views

THRESHOLDS = SmallBaseThresholds()
COPIES = 4


@dataclass(frozen=True)
class Plain:
    """A dataset with the verdict on every two figures of one indicator and answer."""

    dataset: Dataset
    pairs: dict[tuple[int, int], bool]
    """(position, greater position) -> whether they may be compared."""

    def partnered(self, mask: np.ndarray, one_survey: bool = False) -> np.ndarray:
        """The plain way: figures of a mask that any other of them may be compared with."""
        rows = self.dataset.observations
        found = np.zeros(len(mask), dtype=bool)
        for (first, second), may in self.pairs.items():
            if not (may and mask[first] and mask[second]):
                continue
            if not one_survey or rows[first].survey_id == rows[second].survey_id:
                found[first] = found[second] = True
        return found


def judged(dataset: Dataset) -> Plain:
    return Plain(
        dataset,
        {
            (one.position, other.position): verdict(dataset, one, other, THRESHOLDS).kind != NO
            for one, other in asked_alike(dataset)
        },
    )


def asked_alike(dataset: Dataset) -> Iterator[tuple]:
    groups = defaultdict(list)
    for row in dataset.observations:
        groups[row.indicator, row.response].append(row)
    for rows in groups.values():
        yield from combinations(rows, 2)


@pytest.fixture(scope="module", params=["published", "grown"])
def plain(request, tmp_path_factory) -> Plain:
    """The published data, and the same with more editions of each survey."""
    if request.param == "published":
        return judged(views.index().dataset)
    folder = tmp_path_factory.mktemp("grown") / "data"
    grown(folder, COPIES)
    return judged(load(folder))


def assert_alike(plain: Plain, mask: np.ndarray) -> None:
    pairs = ComparablePairs(plain.dataset, THRESHOLDS)
    assert (pairs.partnered(mask) == plain.partnered(mask)).all()
    within = plain.partnered(mask, one_survey=True)
    assert (pairs.partnered_within_surveys(mask) == within).all()


def test_any_two_figures_are_judged_as_the_verdict_says(plain: Plain) -> None:
    pairs = ComparablePairs(plain.dataset, THRESHOLDS)
    wrong = [
        at
        for at, may in plain.pairs.items()
        if pairs.may_compare(*at) != may or pairs.may_compare(*reversed(at)) != may
    ]
    assert wrong == []
    assert len(set(plain.pairs.values())) == 2


def test_figures_of_two_indicators_or_answers_never_may(plain: Plain) -> None:
    pairs = ComparablePairs(plain.dataset, THRESHOLDS)
    rows = plain.dataset.observations
    unlike = [
        (at, other)
        for at in range(0, len(rows), 7)
        for other in range(0, len(rows), 11)
        if (rows[at].indicator, rows[at].response) != (rows[other].indicator, rows[other].response)
    ]
    assert len(unlike) > 1000
    assert not any(pairs.may_compare(*pair) for pair in unlike)


def test_all_figures_find_their_partners(plain: Plain) -> None:
    mask = np.ones(len(plain.dataset.observations), dtype=bool)
    assert plain.partnered(mask).any()
    assert_alike(plain, mask)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.floats(0.0, 1.0))
def test_some_figures_find_their_partners(plain: Plain, seed: int, share: float) -> None:
    size = len(plain.dataset.observations)
    assert_alike(plain, np.random.default_rng(seed).random(size) < share)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_figures_of_some_surveys_find_their_partners(plain: Plain, data: st.DataObject) -> None:
    figures = plain.dataset.observations
    assert_alike(plain, figures.having("survey_id", *data.draw(st.sets(surveys_of(plain.dataset)))))


def surveys_of(dataset: Dataset) -> st.SearchStrategy[str]:
    return st.sampled_from(dataset.observations.distinct("survey_id"))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_surveys_of_other_years_and_definitions_are_judged_alike(data: st.DataObject) -> None:
    """Whatever the data say of their surveys: periods around every break, definitions, sources, sectors."""
    dataset = views.index().dataset
    definitions = ("", *dataset.definitions)
    sectors = tuple(dataset.codes["sector"])
    surveys = {
        key: replace(
            survey,
            period_end=data.draw(st.none() | st.integers(2004, 2026)),
            definition=data.draw(st.sampled_from(definitions)),
            source_id=data.draw(st.sampled_from([*dataset.sources][:2])),
            sectors=tuple(data.draw(st.sets(st.sampled_from(sectors)))),
        )
        for key, survey in dataset.surveys.items()
    }
    breaks = tuple(
        replace(found, verdict=data.draw(st.sampled_from(["care", "no"])))
        for found in dataset.breaks
    )
    changed = judged(replace(dataset, surveys=frozen(surveys), breaks=breaks))
    assert_alike(changed, np.ones(len(dataset.observations), dtype=bool))
    pairs = ComparablePairs(changed.dataset, THRESHOLDS)
    assert [at for at, may in changed.pairs.items() if pairs.may_compare(*at) != may] == []


def test_editions_that_stand_alike_are_judged_once(plain: Plain) -> None:
    pairs = ComparablePairs(plain.dataset, THRESHOLDS)
    mask = np.ones(len(plain.dataset.observations), dtype=bool)
    with mock.patch("dashboard.query.comparable_pairs.verdict", wraps=verdict) as judging:
        pairs.partnered(mask)
        once = judging.call_count
        assert 0 < once < len(plain.pairs) * len(views.published()) / len(mask)
        pairs.partnered(~mask)
        pairs.partnered(mask)
    assert judging.call_count == once


def test_without_figures_nothing_is_compared() -> None:
    dataset = views.index().dataset
    none = replace(dataset, observations=type(dataset.observations).of([]))
    pairs = ComparablePairs(none, THRESHOLDS)
    assert pairs.partnered(np.zeros(0, dtype=bool)).tolist() == []
