"""From answers to figures: each is what a few lines of arithmetic make of the file, and what is withheld is blank everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.dataset import Dataset, Observation, load
from dashboard.intake.answers import files
from dashboard.intake.faults import Refused
from tests.support.intake import answers, imported, survey

SECTORS = {"municipal": 1, "regional": 2, "state": 3}
SIZES = {"0-10": (0, 9), "10-25": (10, 24), "500+": (25, 998)}
FIELDS = {"education": "U", "health": "S"}
GIVEN = {
    ("innovative_workplaces", "yes"): ("q1", [1]),
    ("innovative_workplaces", "no"): ("q1", [2]),
    ("innovative_workplaces", "dont_know"): ("q1", [8]),
    ("novelty", "first_of_its_kind"): ("q5", [1]),
    ("novelty", "inspired"): ("q5", [2]),
    ("novelty", "copied"): ("q5", [3]),
    ("collab_companies", "yes"): ("q7a", [1]),
    ("collab_citizens", "yes"): ("q7b", [1]),
    ("effect_quality", "high"): ("q9", [4]),
    ("effect_quality", "some"): ("q9", [3]),
    ("effect_quality", "high_or_some"): ("q9", [3, 4]),
}
"""Concept and response -> the variable and its values."""


def in_base(frame: pd.DataFrame, concept: str) -> pd.Series:
    """Who answered a question, leaving out those whose sector is skipped."""
    counted = frame["sektor"] != 9
    asked = counted & (frame["q1"] == 1)
    ticked = frame[["q7a", "q7b", "q7z"]].eq(1).any(axis=1)
    return {
        "innovative_workplaces": counted & (frame["q1"] != 9),
        "novelty": asked & (frame["q5"] != 8),
        "collab_companies": asked & ticked,
        "collab_citizens": asked & ticked,
        "effect_quality": asked,
    }[concept]


def of_group(frame: pd.DataFrame, figure: Observation) -> pd.Series:
    group = pd.Series(data=True, index=frame.index)
    if figure.sector != "all":
        group &= frame["sektor"] == SECTORS[figure.sector]
    if figure.dimension == "size":
        group &= frame["anst"].between(*SIZES[figure.segment])
    if figure.dimension == "field":
        group &= frame["fald"] == FIELDS[figure.segment]
    return group


def error(frame: pd.DataFrame, base: pd.Series, gave: pd.Series) -> float:
    """The standard error of a share in a stratified sample without units, by Woodruff's linearised scores."""
    weight = frame["vikt"].where(base, 0.0)
    share = weight[gave].sum() / weight.sum()
    score = weight * (gave.astype(float) - share) / weight.sum()
    groups = score.groupby([frame["sektor"], frame["klass"]])
    n = groups.transform("size")
    size = frame["n_h"]
    mean = groups.transform("mean")
    return float(np.sqrt((n / (n - 1) * (1 - n / size) * (score - mean) ** 2).sum()))


@pytest.fixture(scope="module", params=["pandas", "duckdb"])
def dataset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("figures")
    imported(survey(folder / "own"), folder / "data", request.param)
    return load(folder / "data")


def figures(dataset: Dataset) -> Iterator[tuple[Observation, pd.Series, pd.Series]]:
    """Each figure with who is in its base and who gave its answer."""
    frame = answers()
    for figure in dataset.observations:
        variable, values = GIVEN[figure.indicator, figure.response]
        base = in_base(frame, figure.indicator) & of_group(frame, figure)
        yield figure, base, base & frame[variable].isin(values)


def test_every_share_is_that_of_the_answers(dataset: Dataset) -> None:
    weight = answers()["vikt"]
    for figure, base, gave in figures(dataset):
        share = 100 * weight[gave].sum() / weight[base].sum()
        assert abs(figure.value - share) <= 0.5 + 1e-9, figure
        assert figure.n == base.sum(), figure


def test_every_standard_error_is_that_of_the_design(dataset: Dataset) -> None:
    frame = answers()
    for figure, base, gave in figures(dataset):
        estimate = dataset.estimates[figure.position]
        assert abs(estimate.se - 100 * error(frame, base, gave)) <= 0.05 + 1e-9, figure
        held = len(frame[base][["sektor", "klass"]].drop_duplicates())
        assert estimate.df == base.sum() - held, figure
        assert estimate.low <= figure.value + 0.5
        assert estimate.high >= figure.value - 0.5


def test_no_figure_breaks_the_rules(dataset: Dataset) -> None:
    frame = answers()
    for figure, base, gave in figures(dataset):
        assert base.sum() >= 10
        assert not 0 < gave.sum() < 3
        assert not 0 < (base & ~gave).sum() < 3
        assert 0 < gave.sum() < base.sum()
        counted = frame[(frame["sektor"] != 9) & of_group(frame, figure)]
        assert counted["org"].nunique() >= 3


def test_every_answer_is_a_figure_or_withheld(dataset: Dataset) -> None:
    groups = 1 + 3 + 3 + 9 + 2
    withheld = sum(map(len, dataset.withheld.values()))
    assert len(dataset.observations) + withheld == groups * len(GIVEN)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
        (duckdb.OutOfMemoryException("failed to offload"), Refused),
        (RuntimeError("something else"), RuntimeError),
    ],
)
def test_a_workspace_goes_whatever_happens(broken: Exception, told: type[BaseException]) -> None:
    places: list[Path] = []

    def work() -> None:
        with files.workspace() as space:
            places.append(space.folder)
            raise broken

    with pytest.raises(told):
        work()
    assert not places[0].exists()


def test_a_workspace_ends_in_peace(tmp_path: Path) -> None:
    with files.workspace() as space:
        place = space.folder
        assert (place / "answers.duckdb").exists()
    assert not place.exists()
