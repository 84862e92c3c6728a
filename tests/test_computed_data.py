"""Computed and withheld figures in a data folder: what is read, and what the check refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.dataset import Dataset, archive_release, check, load, load_release
from dashboard.dataset.computed import Estimate
from tests.support.computed import PROVENANCE, SURVEY, WORKPLACES, imported, write_provenance
from tests.support.folders import Break, cell, found, records, refused, rows, rows_of, version
from tests.support.views import published

FIGURES = "observations.csv"


@pytest.fixture
def zz(tmp_path: Path) -> Path:
    return imported(tmp_path)


def at(folder: Path, file: str = FIGURES, **wanted: str) -> int:
    """Line of the first row of the survey with these cells."""
    held = enumerate(records(folder / file), start=2)
    sought = {"survey_id": SURVEY, **wanted}.items()
    return next(line for line, row in held if sought <= row.items())


def test_a_withheld_row_is_no_figure_and_a_computed_one_has_its_estimate(zz: Path) -> None:
    checked, dataset = check(zz), load(zz)
    assert (checked.faults, checked.warnings) == ((), ())
    assert len(dataset.observations) == len(published()) + 10
    first = dataset.observations[len(published())]
    assert (first.indicator, first.value, first.status) == (WORKPLACES, 74, "computed")
    assert dataset.estimates[first.position] == Estimate(1.2, 71.6, 76.2, 1975, 1336)
    assert list(dataset.estimates) == list(range(len(published()), len(dataset.observations)))
    assert dataset.withheld[SURVEY, "state", "", "", "effect_quality"] == {"high", "some"}
    assert (SURVEY, "all", "size", "25-50", WORKPLACES) in dataset.withheld
    assert (dataset.imports[SURVEY].rows_used, dataset.imports[SURVEY].synthetic) == (1987, True)


def test_data_without_an_import_has_none_of_it() -> None:
    dataset = load()
    assert [*dataset.estimates, *dataset.withheld, *dataset.imports] == []


def test_figures_keep_their_places_wherever_withheld_rows_stand(zz: Path) -> None:
    before = load(zz)
    rows(FIGURES, lambda table: [table[0], *reversed(table[1:])])(zz)
    after = load(zz)
    assert {row.position for row in after.observations} == set(range(len(before.observations)))

    def sure(dataset: Dataset) -> dict[tuple[str, ...], Estimate]:
        rows = ((at, dataset.observations[at]) for at in dataset.estimates)
        return {(row.sector, row.segment, row.indicator): dataset.estimates[at] for at, row in rows}

    assert sure(after) == sure(before)


def test_an_earlier_release_keeps_estimates_blanks_and_provenance(zz: Path) -> None:
    kept = archive_release(zz)
    version(zz, "2027.1")
    write_provenance(zz, PROVENANCE | {"engine": "duckdb"})
    assert archive_release(zz) != kept
    present = load(zz)
    earlier = load_release(kept, present)
    assert earlier.estimates == present.estimates
    assert earlier.withheld == present.withheld
    assert (earlier.imports[SURVEY].engine, present.imports[SURVEY].engine) == ("pandas", "duckdb")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("value", "12", "blank, since the status is suppressed"),
        ("n", "12", "blank, since the status is suppressed"),
    ],
)
def test_a_withheld_row_shows_nothing(zz: Path, column: str, value: str, expected: str) -> None:
    line = at(zz, status="suppressed")
    cell(FIGURES, line, column, value)(zz)
    assert found(zz) == [
        f'observations.csv, line {line}, column {column}: "{value}" - expected {expected}'
    ]
    refused(zz)


def test_no_other_row_is_without_a_value(zz: Path) -> None:
    cell(FIGURES, 2, "value", "")(zz)
    assert found(zz) == [
        'observations.csv, line 2, column value: "" - expected a percentage; blank is one whose status is suppressed or not_asked'
    ]


def test_of_one_question_every_answer_is_withheld(zz: Path) -> None:
    line = at(zz, sector="state", response="some")
    for column, value in (("value", "30"), ("n", "200"), ("status", "printed")):
        cell(FIGURES, line, column, value)(zz)
    assert found(zz) == [
        f'observations.csv, line {line}, column status: "printed" - expected suppressed, '
        "since another answer to the question is withheld in this group"
    ]


def without(file: str, line: int) -> Break:
    return rows(file, lambda table: [*table[: line - 1], *table[line:]])


def test_every_computed_figure_has_one_estimate(zz: Path) -> None:
    without("estimates.csv", 2)(zz)
    assert found(zz) == [
        f'observations.csv, line {at(zz)}, column status: "computed" - expected a row of estimates.csv with the same key '
        "(survey_id, sector, segment, concept, response)"
    ]


def test_no_other_figure_has_one(zz: Path) -> None:
    without(FIGURES, at(zz))(zz)
    assert found(zz) == [
        f'estimates.csv, line 2: "{SURVEY}, all, , {WORKPLACES}, yes" - expected the key of a figure in observations.csv '
        "whose status is computed"
    ]


def test_an_interval_holds_its_figure(zz: Path) -> None:
    cell("estimates.csv", 2, "low", "74.6")(zz)
    assert found(zz) == [
        'estimates.csv, line 2, column low: "74.6 to 76.2" - expected an interval that holds the figure, 74 '
        f"(line {at(zz)})"
    ]
    cell("estimates.csv", 2, "low", "74.4")(zz)
    assert found(zz) == []


def test_computed_answers_need_not_make_a_hundred(zz: Path) -> None:
    """34.6, 33.6 and 31.8 make 100; rounded, 35 + 34 + 32 + 1 make 102; and some answers are sums of others."""
    answers = ["first_of_its_kind", "inspired", "copied", "dont_know"]
    for response, value in zip(answers, (35, 34, 32, 1), strict=True):
        add(zz, response, value)
    assert found(zz) == []


def add(folder: Path, response: str, value: int) -> None:
    """One more computed answer of the question on novelty."""
    for file in (FIGURES, "estimates.csv"):
        table = rows_of(folder / file)
        made = dict(zip(table[0], table[at(folder, file) - 1], strict=True))
        made |= {"concept": "novelty", "response": response}
        made |= (
            {"value": str(value)} if file == FIGURES else {"low": str(value), "high": str(value)}
        )
        rows(file, lambda table, made=made: [*table, [made[name] for name in table[0]]])(folder)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "column", "shown", "expected"),
    [
        ({"withheld": "6"}, "withheld", '""6""', "a whole number"),
        ({"synthetic": 1}, "synthetic", '"1"', "true or false"),
        ({"strata": None}, "strata", "missing", "a list"),
        ({"survey_id": "zz-2025"}, "survey_id", '"zz-2025"', f"{SURVEY}, as the file is named"),
        (
            {"codebook": {"name": "b.toml", "sha256": "12"}},
            "codebook.sha256",
            '"12"',
            "64 hexadecimal digits",
        ),
    ],
)
def test_what_is_wrong_with_the_provenance_is_named(
    zz: Path, change: dict[str, object], column: str, shown: str, expected: str
) -> None:
    write_provenance(zz, PROVENANCE | change)
    assert found(zz) == [f"imports/{SURVEY}.json, column {column}: {shown} - expected {expected}"]
    refused(zz)


@pytest.mark.parametrize("content", ["{", "[]", "\udc80"])
def test_a_file_that_is_no_provenance_is_named(zz: Path, content: str) -> None:
    path = zz / "imports" / f"{SURVEY}.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    (said,) = found(zz)
    assert said.startswith(f'imports/{SURVEY}.json: "')


def test_a_provenance_names_a_survey_there_is(zz: Path) -> None:
    kept = zz / "imports" / f"{SURVEY}.json"
    text = kept.read_text(encoding="utf-8").replace(SURVEY, "zz-1999")
    (zz / "imports" / "zz-1999.json").write_text(text, encoding="utf-8")
    assert found(zz) == [
        'imports/zz-1999.json, column survey_id: "zz-1999" - expected a survey_id of surveys.csv'
    ]
