"""The project's own data: complete, unaltered, typed, and valid in the eyes of an independent judge."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from dashboard.dataset import DATA_FOLDER, PRIMARY, Dataset, Observations, load
from dashboard.dataset.observations import CODES, FIELDS
from dashboard.dataset.rows import ColumnReader, TableRows, together
from dashboard.query.index import Positions

SHARED = Path(__file__).parents[2] / "shared"
INPUT, ADDITIONS = SHARED / "data", SHARED / "data-2"
KEYS = {
    "observations.csv": ("survey_id", "sector", "segment", "concept", "response"),
    "surveys.csv": ("survey_id",),
    "response_rates.csv": ("survey_id", "sector"),
    "concepts.csv": ("concept",),
    "sources.csv": ("source_id",),
}
"""File of the input -> columns of its key."""

Cells = dict[str, str]
LEGISLATION = "legislation lies behind the innovation: an initiating measure, unlike driver_technology (initiated or promoted)"
MOST_FREQUENT = (
    "Heading: most frequent in the state; average 28 leaves only 27 for the municipalities; "
    + LEGISLATION
)
ARITHMETIC = (
    "Assigned by arithmetic: 77 % cannot be a share of 76 agencies. "
    "n is not printed (the neighbouring slides have 206 and 1,290, 76 and 88)"
)
ACTIVITIES = (
    "act_ideas_with_users",
    "act_needs_analysis",
    "act_leadership_competence",
    "act_create_design",
    "act_infrastructure",
    "act_rnd",
    "act_procurement",
)
AUTUMN = {"reference_period": "two years before the survey (autumn 2018)"}
OUTSIDE = {"concept": "collab_public_outside"}
CORRECTED: dict[str, dict[tuple[str, ...], Cells]] = {
    "observations.csv": {
        ("dk-2015", "all", "", "driver_legislation", "yes"): {
            "note": f"Printed in the running text as the average; {LEGISLATION}"
        },
        ("dk-2015", "municipal", "", "driver_legislation", "yes"): {"note": MOST_FREQUENT},
        ("dk-2015", "regional", "", "driver_legislation", "yes"): {"note": MOST_FREQUENT},
        ("dk-2015", "state", "", "driver_legislation", "yes"): {"note": MOST_FREQUENT},
        ("dk-2017", "municipal", "", "collab_public", "yes"): OUTSIDE,
        ("no-municipal-2018", "municipal", "", "collab_public", "yes"): OUTSIDE,
        ("fi-municipal-2022", "municipal", "", "collab_public", "yes"): OUTSIDE
        | {
            "note": "Preliminary results (195 answers in all); base is organisations in general, NOT the latest innovation as in "
            "DK/NO/IS; partners outside the own organisation, and central government is left out"
        },
        ("fi-municipal-2022", "municipal", "", "promoted_internal_collaboration", "yes"): {
            "note": "Preliminary; promoting factor; source prints 'individuals', possibly a slip for 'units' (the 2019 page names "
            "cooperation between units); not the same question as collaboration between units"
        },
        ("fi-municipal-2022", "municipal", "", "promoted_employee_competence", "yes"): {
            "note": "Preliminary; promoting factor, as new technology is"
        },
        ("no-municipal-2018", "municipal_regional", "", "promoted_internal_collaboration", "yes"): {
            "note": "Six-point scale from hindering to promoting; printed together with the involvement of employees, 85 each"
        },
        ("no-municipal-2018", "municipal", "", "promoted_citizens", "yes"): {
            "note": "Danish publisher, Norwegian data from KS 2018 restricted to municipalities (county units left out); not significance "
            "tested or adjusted for country differences; one part of any interplay with citizens (66); Denmark also 60"
        },
        ("no-municipal-2020", "municipal_regional", "", "innovative_workplaces", "yes"): {
            "value": "74",
            "qualifier": "exact",
            "label_in_source_en": "Municipal units that are innovative in one form or another",
            "source_id": "no-nfr-2020",
            "locator": "section on the high level of innovation in the municipalities, third sentence",
            "note": 'Printed by the Research Council of Norway for the survey that KS words as "three of four" (about the same level '
            "as 2018, 74); KS prints no number",
        },
        ("se-2018-workplace", "all", "", "innovative_workplaces", "yes"): {
            "qualifier": "about",
            "n": "",
        },
        **{
            ("se-2021-workplace", sector, f"group={group}", activity, "yes"): {"note": ARITHMETIC}
            for sector in ("municipal_regional", "state")
            for group in ("broad-innovators", "others")
            for activity in ACTIVITIES
        },
    },
    "surveys.csv": {("no-state-2018-central",): AUTUMN, ("no-state-2018-workplace",): AUTUMN},
    "concepts.csv": {
        ("innovative_workplaces",): {
            "definition_en": "Introduced at least one innovation in the reference period. What counts as one is defined by each survey."
        },
        ("driver_legislation",): {
            "definition_en": "New legislation or regulation drives innovation; Denmark: wholly or partly initiated the innovation, "
            "which is not the same measure as initiated or promoted."
        },
    },
    "sources.csv": {("dk2-norske",): {"publisher": "Center for Offentlig Innovation (COI)"}},
}
"""Every cell that rightly differs from the input of November 2026: file -> key -> column -> what is right."""

POLITICAL = (
    "dk-2015,all,,drivers,initiated_political_leadership,yes,20,about,,innovations,printed,Wholly or partly started by the nearest "
    'political leadership,coi-2015-infographic,"page ""politikere""","Source gives words only (""one in five innovations"")"'
)
RATES = (
    "is-2019,all,,751,272,36",
    "is-2019,state,,,,60",
    "is-2019,municipal,,,,27",
    "se-2021-workplace,municipal,,,1222,",
    "se-2021-workplace,regional,,,274,",
)
REPLACED = ("no-municipal-2020", "municipal_regional", "", "innovative_workplaces", "yes")
"""Of the second delivery the one figure that takes the place of a figure of the first."""
TWICE, KEPT = "no-coi-norsketal", "dk2-norske"
"""Two entries in sources.csv for one page, and the one that remains."""
LINES = re.compile(r", lines? \d+(-\d+)?((, | and )\d+(-\d+)?)*$")
"""Line numbers at the end of a place in a source: of a private copy, so they are left out."""


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load()


def of_text(columns: list[str], *lines: str) -> list[Cells]:
    return [dict(zip(columns, cells, strict=True)) for cells in csv.reader(lines)]


def key(file: str, row: Cells) -> tuple[str, ...]:
    return tuple(row[column] for column in KEYS[file])


def right(file: str) -> list[Cells]:
    """The input with every correction, and the rows added behind it."""
    given = read(INPUT / file)
    columns, corrected = list(given[0]), CORRECTED.get(file, {})
    assert corrected.keys() <= {key(file, row) for row in given}
    rows = [row | corrected.get(key(file, row), {}) for row in given]
    if file == "observations.csv":
        rows = [row | {"locator": LINES.sub("", row["locator"])} for row in rows]
        rows = [row | {"source_id": KEPT} if row["source_id"] == TWICE else row for row in rows]
        rows += [row for row in read(ADDITIONS / file) if key(file, row) != REPLACED]
        rows += of_text(columns, POLITICAL)
    if file == "sources.csv":
        rows = [row for row in rows if row["source_id"] != TWICE] + read(ADDITIONS / file)
    if file == "response_rates.csv":
        rows += of_text(columns, *RATES)
    return rows


@pytest.mark.skipif(
    not INPUT.is_dir(), reason="the input that the data was made from is not beside this checkout"
)
@pytest.mark.parametrize("file", KEYS)
def test_every_cell_equals_the_input(file: str) -> None:
    expected, ours = right(file), read(DATA_FOLDER / file)
    assert [{column: row[column] for column in expected[0]} for row in ours] == expected


@pytest.mark.skipif(
    not INPUT.is_dir(), reason="the input that the data was made from is not beside this checkout"
)
def test_of_a_figure_replaced_the_second_delivery_gives_all_but_the_note() -> None:
    [given] = [
        row
        for row in read(ADDITIONS / "observations.csv")
        if key("observations.csv", row) == REPLACED
    ]
    [ours] = [
        row
        for row in read(DATA_FOLDER / "observations.csv")
        if key("observations.csv", row) == REPLACED
    ]
    assert {column for column in given if given[column] != ours[column]} == {"note"}


def test_no_place_in_a_source_names_a_line_of_a_private_copy() -> None:
    for file in ("observations.csv", "published_tests.csv"):
        assert [
            row["locator"]
            for row in read(DATA_FOLDER / file)
            if re.search(r"\blines?\b", row["locator"])
        ] == []


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
    alike = ("survey_id", "sector", "dimension", "segment", "base", "response")
    exact = [
        figure
        for figure in dataset.observations
        if figure.qualifier == "exact" and figure.response in PRIMARY
    ]
    shares = {
        (figure.indicator, *(getattr(figure, each) for each in alike)): figure.value
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
