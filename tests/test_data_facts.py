"""What the published data say of figures, codes, surveys and releases."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from dataclasses import FrozenInstanceError

import pytest

from dashboard.dataset import DATA_FOLDER, PRIMARY, Dataset
from dashboard.dataset.rows import ColumnReader, TableRows, together
from dashboard.query.index import Positions
from tests.support.inputs import read


def test_every_figure_is_in_range_and_referenced(dataset: Dataset) -> None:
    for figure in dataset.observations:
        assert 0 <= figure.value <= 100
        assert figure.n is None or figure.n > 0
        survey = dataset.surveys[figure.survey_id]
        assert figure.sector in survey.sectors
        assert (figure.country, figure.level, figure.kind) == (
            survey.country,
            survey.level,
            survey.kind,
        )
        assert dataset.indicators[figure.indicator].theme == figure.theme
        assert figure.source_id in dataset.sources
        for name in (
            "theme",
            "country",
            "sector",
            "level",
            "kind",
            "response",
            "base",
            "qualifier",
            "status",
        ):
            assert dataset.label(name, getattr(figure, name))
        if figure.dimension:
            assert dataset.label("dimension", figure.dimension)
            assert dataset.label(f"segment:{figure.dimension}", figure.segment)


def test_positions_find_the_answers_to_every_question(dataset: Dataset) -> None:
    questions: dict[tuple[str, ...], list[int]] = {}
    for figure in dataset.observations:
        key = (
            figure.survey_id,
            figure.sector,
            figure.dimension,
            figure.segment,
            figure.indicator,
        )
        questions.setdefault(key, []).append(figure.position)
    positions = Positions(dataset)
    for key, found in questions.items():
        assert positions.at(*key) == tuple(found)
    assert positions.at("dk-1066", "all", "", "", "novelty") == ()
    printed = {(figure.survey_id, figure.indicator) for figure in dataset.observations}
    for survey in dataset.surveys:
        for indicator in dataset.indicators:
            assert positions.printed(survey, indicator) == ((survey, indicator) in printed)


def test_codes_have_labels_in_reading_order(dataset: Dataset) -> None:
    assert list(dataset.codes["theme"])[:3] == ["drivers", "collaboration", "effects"]
    assert list(dataset.codes["segment:size"]) == [
        "0-10",
        "10-25",
        "25-50",
        "50-100",
        "100-250",
        "250-500",
        "500+",
    ]
    assert dataset.label("sector", "municipal_regional") == "Municipal and regional"
    assert dataset.short("country", "DK") == "Denmark"
    for codes in dataset.codes.values():
        assert [code.order for code in codes.values()] == list(range(len(codes)))
        assert all(
            code.label and code.short and len(code.short) <= len(code.label)
            for code in codes.values()
        )
        labels = [code.label for code in codes.values()]
        assert len(set(labels)) == len(labels)


def test_bases_say_who_is_counted(dataset: Dataset) -> None:
    assert all(
        code.description.endswith("counted.") or "counted" in code.description
        for code in dataset.codes["base"].values()
    )


def test_only_one_answer_questions_may_be_stacked(dataset: Dataset) -> None:
    single = {
        indicator.indicator
        for indicator in dataset.indicators.values()
        if indicator.scale == "single"
    }
    assert single == {"novelty", "technology_role"}


def test_periods_and_coverage_of_editions(dataset: Dataset) -> None:
    periods = {
        key: (survey.period_start, survey.period_end) for key, survey in dataset.surveys.items()
    }
    assert periods["dk-2023"] == (2021, 2023)
    assert periods["se-2018-workplace"] == (2016, 2018)
    assert periods["nl-2025"] == (None, 2025)
    assert periods["no-municipal-2018-central"] == (None, None)
    assert dataset.surveys["is-state-2024"].sectors == ("state",)
    assert dataset.surveys["is-2021"].sectors == ("all", "municipal", "state")
    assert "all" not in dataset.surveys["no-municipal-2020"].sectors


def test_what_was_asked_breaks_and_published_tests(dataset: Dataset) -> None:
    assert not dataset.asked["no-state-2018-workplace", "broad_innovators"].asked
    assert dataset.asked["dk-2020", "collab_external"].asked
    # The Nordic comparison has a figure for all of Norway, so that is not certain.
    assert not [
        survey
        for survey, indicator in dataset.asked
        if survey.startswith("no-state") and indicator == "innovative_workplaces"
    ]
    drawn = {survey for (survey, _), record in dataset.asked.items() if record.drawn}
    assert drawn == {"se-2021-workplace"}
    having = {(figure.survey_id, figure.indicator) for figure in dataset.observations}
    unprinted = {key for key, record in dataset.asked.items() if not record.drawn}
    assert not having & unprinted, "a question with a figure needs no record of having been asked"
    undivided = {
        (figure.survey_id, figure.indicator)
        for figure in dataset.observations
        if not figure.dimension
    }
    assert not undivided & set(dataset.asked), "what is drawn by sector is printed for groups only"
    assert all(record.asked for record in dataset.asked.values() if record.drawn)
    verdicts = {
        (measure.from_survey, measure.to_survey, indicator, measure.sector): measure.verdict
        for measure in dataset.breaks
        for indicator in measure.indicators or ("",)
    }
    assert verdicts["dk-2017", "dk-2020", "collab_any", ""] == "care"
    for indicator in dataset.indicators:
        if indicator.startswith(("collab_", "role_")) and indicator != "role_limited_finances":
            assert verdicts["dk-2017", "dk-2020", indicator, ""] == "care", indicator
    assert verdicts["is-2019", "is-2021", "", ""] == "care"
    assert verdicts["se-2018-workplace", "se-2021-workplace", "", ""] == "no"
    assert verdicts["is-2021", "is-state-2024", "", "all"] == "no"
    assert verdicts["no-municipal-2018", "no-municipal-2020", "", ""] == "care"
    assert all(measure.source_id in dataset.sources for measure in dataset.breaks)
    tests = {
        (test.indicator, test.sector_a, test.sector_b): test.result
        for test in dataset.published_tests
    }
    assert tests["collab_companies", "municipal", "state"] == "different"
    assert tests["collab_companies", "municipal", "regional"] == "not_different"
    assert tests["driver_political", "municipal", "state"] == "different"
    pairs = (("municipal", "regional"), ("municipal", "state"), ("regional", "state"))
    assert {tests["driver_employees", *pair] for pair in pairs} == {"not_different"}
    # A heading that calls the level the same is no test.
    assert {
        tests[indicator, *pair]
        for indicator in ("promoted_employees", "promoted_technology")
        for pair in pairs
    } == {"same_level"}
    # A test is shown beside two figures, so both must be there; of two questions the texts state it and print no shares.
    for test in dataset.published_tests:
        for sector in (test.sector_a, test.sector_b):
            printed = bool(
                dataset.observations.find(
                    survey_id=test.survey_id, sector=sector, dimension="", indicator=test.indicator
                )
            )
            assert printed == (
                (test.survey_id, test.indicator)
                not in {("dk-2015", "driver_employees"), ("dk-2015", "driver_political")}
            )


def test_definitions_and_designs_of_surveys(dataset: Dataset) -> None:
    assert list(dataset.definitions) == ["four-kinds", "product-process", "works-with"]
    assert all(
        found.label and found.definition and found.source_id in dataset.sources
        for found in dataset.definitions.values()
    )
    for survey in dataset.surveys.values():
        assert survey.definition in ("", *dataset.definitions)
        assert dataset.label("design", survey.design)
    definitions = {key: survey.definition for key, survey in dataset.surveys.items()}
    assert {
        definitions[key] for key in ("dk-2015", "dk-2023", "se-2018-workplace", "no-municipal-2018")
    } == {"four-kinds"}
    assert {definitions[key] for key in ("se-2021-workplace", "se-2021-central")} == {
        "product-process"
    }
    assert definitions["no-state-2021-workplace"] == "works-with"
    assert (dataset.surveys["se-2021-central"].design, dataset.surveys["dk-2015"].design) == (
        "census",
        "sample",
    )
    dependent = {
        indicator.indicator for indicator in dataset.indicators.values() if indicator.by_definition
    }
    assert "innovative_workplaces" in dependent
    assert "collab_any" not in dependent


def test_counts_and_doubts_of_figures(dataset: Dataset) -> None:
    counted = {
        figure.sector: (figure.count, figure.n, figure.value)
        for figure in dataset.observations
        if figure.count is not None
    }
    assert counted == {
        "municipal": (156, 1222, 13),
        "regional": (50, 274, 18),
        "state": (76, 164, 46),
    }
    assert {figure.indicator for figure in dataset.observations if figure.count is not None} == {
        "broad_innovators"
    }
    assert sum(count for count, _, _ in counted.values()) == 282
    doubts = Counter(figure.doubt for figure in dataset.observations if figure.status == "inferred")
    assert doubts == {"chart_order": 34, "edition": 7, "base": 3, "two_values": 1, "second_hand": 1}
    assert {figure.doubt for figure in dataset.observations if figure.status != "inferred"} == {""}


def test_wider_indicators_are_never_smaller_than_what_they_hold(dataset: Dataset) -> None:
    pairs = [(row["wider"], row["narrower"]) for row in read(DATA_FOLDER / "containments.csv")]
    assert all({wider, narrower} <= dataset.indicators.keys() for wider, narrower in pairs)
    columns = ("survey_id", "sector", "dimension", "segment", "base", "response")
    exact = [
        figure
        for figure in dataset.observations
        if figure.qualifier == "exact" and figure.response in PRIMARY
    ]
    shares = {
        (figure.indicator, *(getattr(figure, each) for each in columns)): figure.value
        for figure in exact
    }
    held = 0
    for wider, narrower in pairs:
        for (indicator, *group), value in shares.items():
            if indicator == narrower and (wider, *group) in shares:
                held += 1
                assert value <= shares[wider, *group] + 1
    assert held > 30


def test_release_and_nothing_can_be_changed(dataset: Dataset) -> None:
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert (dataset.release, dataset.released) == (package["version"], "2026-11-26")
    with pytest.raises(TypeError):
        dataset.surveys["dk-2015"] = None  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        dataset.release = "0"  # type: ignore[misc]


def test_every_column_is_described() -> None:
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        header = (
            (DATA_FOLDER / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        )
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
    assert dataset.surveys["se-2023"].respondents is None
    assert dataset.response_rates["se-2021-central", "state"].response_rate == 81
    assert dataset.response_rates["se-2021-central", "state"].population is None


def test_rows_kept_by_column_are_those_that_were_read() -> None:
    read_in = ColumnReader(3)
    rows = [["a", "1", ""], ["b", "1", "x"], ["a", "2", None]] * 3000
    for at, row in enumerate(rows):
        read_in.add(at + 2, row)
    names = ("code", "value", "note")
    table = TableRows(read_in.lines, dict(zip(names, read_in.columns(), strict=True)))
    assert [row.line for row in table] == [at + 2 for at in range(len(rows))]
    for at, row in enumerate(table):
        cells = {name: text for name, text in zip(names, rows[at], strict=True) if text is not None}
        assert row.texts == cells
    assert table.texts("note")[:3] == ["", "x", ""]
    assert table.texts("unknown")[:2] == ["", ""]
    assert [len(column.texts) for column in table.columns.values()] == [2, 2, 3]
    assert next(together(table.frame(("code", "note"))))[:2] == [0, 2]
    with pytest.raises(IndexError):
        table[len(rows)]
