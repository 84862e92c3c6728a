"""The figures as a table: every row of the file in order, typed, found by their codes."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboard.dataset import DATA_FOLDER, Dataset, Observations
from dashboard.dataset.observations import CODES, FIELDS
from tests.support.inputs import read


def test_the_table_of_figures_holds_every_row_of_the_file_in_order(dataset: Dataset) -> None:
    rows = read(DATA_FOLDER / "observations.csv")
    frame = dataset.observations.table
    assert len(rows) == len(dataset.observations) == len(frame) == 597
    for position, (row, figure) in enumerate(zip(rows, dataset.observations, strict=True)):
        assert figure.position == position
        assert (figure.survey_id, figure.sector, figure.indicator) == (
            row["survey_id"],
            row["sector"],
            row["concept"],
        )
        assert (figure.value, str(figure.n or ""), str(figure.count or "")) == (
            float(row["value"]),
            row["n"],
            row["count"],
        )
        assert (figure.status, figure.doubt, figure.locator) == (
            row["status"],
            row["doubt"],
            row["locator"],
        )
        segment = f"{figure.dimension}={figure.segment}" if figure.dimension else ""
        assert (segment, figure.note) == (row["segment"], row["note"])
    assert frame["value"].tolist() == [figure.value for figure in dataset.observations]


def test_the_table_of_figures_is_typed(dataset: Dataset) -> None:
    frame = dataset.observations.table
    assert frame["value"].dtype == "float64"
    assert frame["n"].dtype == "Int64"
    assert frame["note"].dtype == "str"
    assert frame["count"].dtype == "Int64"
    assert {frame[name].dtype.name for name in CODES} == {"category"}
    assert tuple(frame.columns) == FIELDS
    assert not frame.drop(columns=["n", "count"]).isna().any(axis=None)


def test_a_column_of_codes_names_those_that_occur_by_their_first_figure(dataset: Dataset) -> None:
    figures = tuple(dataset.observations)
    for name in CODES:
        found = Counter((getattr(figure, name),) for figure in figures)
        assert list(dataset.observations.counts(name).items()) == list(found.items())
        assert [(code,) for code in dataset.observations.distinct(name)] == list(found)


def test_codes_are_counted_together_in_the_order_of_the_figures(dataset: Dataset) -> None:
    figures = dataset.observations
    found = Counter((figure.survey_id, figure.source_id) for figure in figures)
    assert list(figures.counts("survey_id", "source_id").items()) == list(found.items())


def test_a_figure_is_the_same_however_it_is_asked_for(dataset: Dataset) -> None:
    figures = dataset.observations
    again = Observations.of(figures)
    assert again == figures
    assert again.table.equals(figures.table)
    assert [figures[position] for position in range(len(figures))] == list(figures)
    assert figures[-1] == figures[len(figures) - 1]
    assert figures[2:4] == (figures[2], figures[3])
    for position in (len(figures), -len(figures) - 1):
        with pytest.raises(IndexError):
            figures[position]
    assert {type(figures[0].value), type(figures[0].n)} == {float, int}


def test_figures_are_found_by_their_codes(dataset: Dataset) -> None:
    found = dataset.observations.find(survey_id="dk-2023", indicator="innovative_workplaces")
    assert found == [
        figure.position
        for figure in dataset.observations
        if (figure.survey_id, figure.indicator) == ("dk-2023", "innovative_workplaces")
    ]
    assert dataset.observations.find(survey_id="dk-1066") == []
