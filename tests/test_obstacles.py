"""What forbids comparing the figures of a line: told from few pairs as from all, and in the same order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.start import grown
from dashboard.comparability import NO, VISIBLE_DIFFERENCES, SmallBaseThresholds, verdict
from dashboard.dataset import Dataset, Observation, load
from dashboard.dataset.types import frozen
from dashboard.query import obstacles
from tests.support import views

THRESHOLDS = SmallBaseThresholds()
COPIES = 4


def pair_by_pair(dataset: Dataset, figures: Sequence[Observation]) -> tuple[str, ...]:
    """The plain way: every figure held against every later one."""
    return tuple(
        dict.fromkeys(
            reason.kind
            for first, second in combinations(figures, 2)
            for reason in verdict(dataset, first, second, THRESHOLDS).reasons
            if reason.verdict == NO and reason.kind not in VISIBLE_DIFFERENCES
        )
    ) + (("sector",) if without_common_sector(dataset, figures) else ())


def without_common_sector(dataset: Dataset, figures: Sequence[Observation]) -> bool:
    """Whether of two countries every figure covers another sector than every figure of the other."""
    return any(
        all(
            "sector" in {each.kind for each in verdict(dataset, one, other, THRESHOLDS).reasons if each.verdict == NO}
            for one in figures
            for other in figures
            if (one.country, other.country) == (first, second)
        )
        for first, second in combinations(dict.fromkeys(row.country for row in figures), 2)
    )  # fmt: skip


def found(dataset: Dataset, figures: Sequence[Observation]) -> tuple[str, ...]:
    return obstacles.obstacles(dataset, THRESHOLDS, figures)


@pytest.fixture(scope="module", params=["published", "grown"])
def dataset(request, tmp_path_factory) -> Dataset:
    """The published data, and the same with more editions of each survey."""
    if request.param == "published":
        return views.index().dataset
    folder = tmp_path_factory.mktemp("grown") / "data"
    grown(folder, COPIES)
    return load(folder)


def indicators(dataset: Dataset) -> list[list[Observation]]:
    """The figures of each indicator that has several."""
    groups: dict[str, list[Observation]] = {}
    for row in dataset.observations:
        groups.setdefault(row.indicator, []).append(row)
    return [rows for rows in groups.values() if len(rows) > 1]


def test_all_figures_of_an_indicator(dataset: Dataset) -> None:
    every = [found(dataset, rows) for rows in indicators(dataset)]
    assert every == [pair_by_pair(dataset, rows) for rows in indicators(dataset)]
    assert {kind for kinds in every for kind in kinds} >= {
        "definition", "scale", "base", "unit", "respondent", "compilation", "segment", "break"
    }  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(0, 60), data=st.data())
def test_some_figures_of_an_indicator_in_any_order(
    dataset: Dataset, seed: int, size: int, data: st.DataObject
) -> None:
    rows = data.draw(st.sampled_from(indicators(dataset)))
    drawn = np.random.default_rng(seed).permutation(len(rows))[:size]
    figures = [rows[at] for at in drawn.tolist()]
    assert found(dataset, figures) == pair_by_pair(dataset, figures)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(0, 60))
def test_figures_of_many_indicators(dataset: Dataset, seed: int, size: int) -> None:
    drawn = np.random.default_rng(seed).permutation(len(dataset.observations))[:size]
    figures = [dataset.observations[at] for at in drawn.tolist()]
    assert found(dataset, figures) == pair_by_pair(dataset, figures)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_surveys_of_other_years_and_definitions(data: st.DataObject) -> None:
    """Whatever the data say of their surveys: periods around every break, definitions, sources, sectors."""
    dataset = views.index().dataset
    sectors = tuple(dataset.codes["sector"])
    surveys = {
        key: replace(
            survey,
            period_end=data.draw(st.none() | st.integers(2004, 2026)),
            definition=data.draw(st.sampled_from(("", *dataset.definitions))),
            source_id=data.draw(st.sampled_from((survey.source_id, "a", "b"))),
            sectors=tuple(data.draw(st.sets(st.sampled_from(sectors)))),
        )
        for key, survey in dataset.surveys.items()
    }
    changed = replace(dataset, surveys=frozen(surveys))
    rows = data.draw(st.sampled_from(indicators(dataset)))
    assert found(changed, rows) == pair_by_pair(changed, rows)


def test_work_does_not_grow_with_the_editions(tmp_path) -> None:
    """Twice as many editions that stand like those before bring no more pairs to judge."""
    judged = []
    for copies in (COPIES, 2 * COPIES):
        grown(tmp_path / str(copies), copies)
        dataset = load(tmp_path / str(copies))
        rows = max(indicators(dataset), key=len)
        with mock.patch.object(obstacles, "verdict", side_effect=verdict) as asked:
            found(dataset, rows)
        judged.append(asked.call_count)
    assert judged[1] <= 1.25 * judged[0]
    assert 10 * judged[1] < math.comb(len(rows), 2)
