"""The project's own data: complete, unaltered, typed, and valid in the eyes of an independent judge."""

from __future__ import annotations

import csv
import json
import warnings
from dataclasses import FrozenInstanceError
from pathlib import Path

import pandas as pd
import pytest

from dashboard.dataset import DATA_FOLDER, Dataset, load

INPUT = Path(__file__).parents[2] / "shared" / "data"
INPUT_FILES = ("observations.csv", "surveys.csv", "response_rates.csv", "concepts.csv", "sources.csv")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load()


@pytest.mark.skipif(not INPUT.is_dir(), reason="the input that the data was made from is not beside this checkout")
@pytest.mark.parametrize("file", INPUT_FILES)
def test_every_cell_equals_the_input(file: str) -> None:
    given, ours = read(INPUT / file), read(DATA_FOLDER / file)
    assert [{column: row[column] for column in given[0]} for row in ours] == given


def test_records_and_frames_hold_every_row_of_the_files_in_order(dataset: Dataset) -> None:
    rows = read(DATA_FOLDER / "observations.csv")
    frame = dataset.frames["observations"]
    assert len(rows) == len(dataset.observations) == len(frame) == 579
    for position, (row, figure) in enumerate(zip(rows, dataset.observations, strict=True)):
        assert figure.position == position
        assert (figure.survey_id, figure.sector, figure.concept) == (row["survey_id"], row["sector"], row["concept"])
        assert (figure.value, str(figure.n or "")) == (float(row["value"]), row["n"])
        segment = f"{figure.dimension}={figure.segment}" if figure.dimension else ""
        assert (segment, figure.note) == (row["segment"], row["note"])
    assert frame["value"].tolist() == [figure.value for figure in dataset.observations]
    for name, table in dataset.frames.items():
        assert len(table) == len(read(DATA_FOLDER / f"{name}.csv"))


def test_frames_are_typed(dataset: Dataset) -> None:
    frame = dataset.frames["observations"]
    assert frame["value"].dtype == "float64"
    assert frame["n"].dtype == "Int64"
    assert frame["note"].dtype == "str"
    assert not frame.drop(columns="n").isna().any(axis=None)
    assert dataset.frames["surveys"]["period_end"].dtype == "Int64"
    assert dataset.frames["surveys"]["has_figures"].dtype == "bool"


def test_every_figure_is_in_range_and_referenced(dataset: Dataset) -> None:
    for figure in dataset.observations:
        assert 0 <= figure.value <= 100
        assert figure.n is None or figure.n > 0
        survey = dataset.surveys[figure.survey_id]
        assert figure.sector in survey.sectors
        assert (figure.country, figure.level, figure.kind) == (survey.country, survey.level, survey.kind)
        assert dataset.concepts[figure.concept].theme == figure.theme
        assert figure.source_id in dataset.sources
        for name in ("theme", "country", "sector", "level", "kind", "response", "base", "qualifier", "status"):
            assert dataset.label(name, getattr(figure, name))
        if figure.dimension:
            assert dataset.label("dimension", figure.dimension)
            assert dataset.label(f"segment:{figure.dimension}", figure.segment)


def test_positions_find_every_figure_once(dataset: Dataset) -> None:
    found = sorted(position for positions in dataset.positions.values() for position in positions)
    assert found == list(range(len(dataset.observations)))
    for key, positions in dataset.positions.items():
        for figure in (dataset.observations[position] for position in positions):
            assert (figure.survey_id, figure.sector, figure.dimension, figure.segment, figure.concept) == key


def test_codes_have_labels_in_reading_order(dataset: Dataset) -> None:
    assert list(dataset.codes["theme"])[:3] == ["drivers", "collaboration", "effects"]
    assert list(dataset.codes["segment:size"]) == ["0-10", "10-25", "25-50", "50-100", "100-250", "250-500", "500+"]
    assert dataset.label("sector", "municipal_regional") == "Municipal and regional"
    assert dataset.short("country", "DK") == "Denmark"
    for codes in dataset.codes.values():
        assert [code.order for code in codes.values()] == list(range(len(codes)))
        assert all(code.label and code.short and len(code.short) <= len(code.label) for code in codes.values())
        labels = [code.label for code in codes.values()]
        assert len(set(labels)) == len(labels)


def test_bases_say_who_is_counted(dataset: Dataset) -> None:
    assert all(code.description.endswith("counted.") or "counted" in code.description for code in dataset.codes["base"].values())


def test_only_one_answer_questions_may_be_stacked(dataset: Dataset) -> None:
    single = {concept.concept for concept in dataset.concepts.values() if concept.scale == "single"}
    assert single == {"novelty", "technology_role"}


def test_periods_and_coverage_of_editions(dataset: Dataset) -> None:
    periods = {key: (survey.period_start, survey.period_end) for key, survey in dataset.surveys.items()}
    assert periods["dk-2023"] == (2021, 2023)
    assert periods["se-2018-workplace"] == (2016, 2018)
    assert periods["nl-2025"] == (None, 2025)
    assert periods["no-municipal-2018-central"] == (None, None)
    assert dataset.surveys["is-state-2024"].sectors == ("state",)
    assert dataset.surveys["is-2021"].sectors == ("all", "municipal", "state")
    assert "all" not in dataset.surveys["no-municipal-2020"].sectors


def test_what_was_asked_breaks_and_published_tests(dataset: Dataset) -> None:
    assert not dataset.asked["no-state-2021-workplace", "innovative_workplaces"].asked
    assert dataset.asked["dk-2020", "collab_external"].asked
    having = {(figure.survey_id, figure.concept) for figure in dataset.observations}
    assert not having & set(dataset.asked), "a question with a figure needs no record of having been asked"
    verdicts = {(item.from_survey, item.to_survey, item.concept, item.sector): item.verdict for item in dataset.breaks}
    assert verdicts["dk-2017", "dk-2020", "collab_any", ""] == "care"
    assert verdicts["is-2021", "is-state-2024", "", "all"] == "no"
    assert verdicts["no-municipal-2018", "no-municipal-2020", "", ""] == "care"
    assert all(item.source_id in dataset.sources for item in dataset.breaks)
    tests = {(test.concept, test.sector_a, test.sector_b): test.result for test in dataset.published_tests}
    assert tests["collab_companies", "municipal", "state"] == "different"
    assert tests["collab_companies", "municipal", "regional"] == "not_different"
    # A test is shown beside two figures, so both must be there.
    for test in dataset.published_tests:
        for sector in (test.sector_a, test.sector_b):
            assert (test.survey_id, sector, "", "", test.concept) in dataset.positions


def test_release_and_nothing_can_be_changed(dataset: Dataset) -> None:
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert (dataset.release, dataset.released) == (package["version"], "2026-11-21")
    with pytest.raises(TypeError):
        dataset.surveys["dk-2015"] = None  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        dataset.release = "0"  # type: ignore[misc]


def test_every_column_is_described() -> None:
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        header = (DATA_FOLDER / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["schema"]["primaryKey"]


def test_frictionless_finds_the_package_valid() -> None:
    with warnings.catch_warnings():
        # Only what frictionless and its own dependencies deprecate among themselves.
        warnings.simplefilter("ignore", DeprecationWarning)
        from frictionless import validate

        found = validate(str(DATA_FOLDER / "datapackage.json"))
    assert found.valid, found.flatten(["title", "rowNumber", "fieldName", "message"])


def test_blank_cells_stay_blank(dataset: Dataset) -> None:
    surveys = dataset.frames["surveys"].set_index("survey_id")
    assert surveys.loc["se-2023", "respondents"] is pd.NA
    assert dataset.surveys["se-2023"].respondents is None
    assert dataset.response_rates["se-2021-central", "state"].response_rate == 81
    assert dataset.response_rates["se-2021-central", "state"].population is None
