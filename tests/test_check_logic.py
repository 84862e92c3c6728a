"""What no sound survey can publish, put into a copy of the data: wholes smaller than their parts, names of nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.dataset import check
from tests.support.folders import (
    Break,
    added,
    all_of,
    cell,
    found,
    last,
    line_of,
    only,
    records,
    refused,
)

FIGURES = "observations.csv"


def figure(
    survey: str, indicator: str, sector: str = "all", segment: str = "", response: str = "yes"
) -> int:
    """Line of a figure."""
    return line_of(
        survey_id=survey, concept=indicator, sector=sector, segment=segment, response=response
    )


def of(line: int, **cells: str) -> Break:
    """Sets cells of a figure."""
    return all_of(*(cell(FIGURES, line, column, value) for column, value in cells.items()))


# --- Wider and narrower ---


def misfiled(survey: str) -> str:
    """What is said of the row of release 2026.1 that stood under collaboration with any public workplace."""
    part = figure(survey, "collab_public_within", "municipal")
    whole = figure(survey, "collab_public_outside", "municipal")
    contained = line_of("containments.csv", wider="collab_public", narrower="collab_public_within")
    value = {"dk-2017": "56", "no-municipal-2018": "57"}[survey]
    return (
        f'observations.csv, line {part}, column value: "{value}" - expected at most 20, the value of collab_public in line {whole}: '
        f"collab_public_within is part of it (containments.csv, line {contained}), so one of the two has a wrong concept"
    )


@pytest.mark.parametrize(
    "surveys", [("dk-2017",), ("no-municipal-2018",), ("dk-2017", "no-municipal-2018")]
)
def test_the_miscoded_rows_of_the_first_release_are_found_and_nothing_else(
    folder: Path, surveys: tuple[str, ...]
) -> None:
    for survey in surveys:
        of(figure(survey, "collab_public_outside", "municipal"), concept="collab_public")(folder)
    faults = found(folder)
    assert [text for text in faults if not text.startswith("changes.csv")] == [
        misfiled(survey) for survey in surveys
    ]
    # That they are under another concept now is on record, and no longer true.
    undone = {
        text.partition('"')[2].partition('"')[0]
        for text in faults
        if text.startswith("changes.csv")
    }
    assert undone == {f"{survey}~municipal~~collab_public~yes" for survey in surveys}
    refused(folder)


def test_shares_of_different_bases_are_never_held_against_each_other(folder: Path) -> None:
    """Of the Swedish agencies 65 % collaborate; of those that do, 80 % with other agencies: one may be the larger."""
    whole, part = (
        figure("se-2021-workplace", "collab_any", "state"),
        figure("se-2021-workplace", "collab_agencies", "state"),
    )
    rows = records(folder / FIGURES)
    assert [rows[line - 2]["value"] for line in (whole, part)] == ["65", "80"]
    assert [rows[line - 2]["base"] for line in (whole, part)] == [
        "organisations",
        "collaborating_organisations",
    ]
    assert found(folder) == []
    of(part, base="organisations")(folder)
    assert len(found(folder)) == 1
    assert (
        f'line {part}, column value: "80" - expected at most 65, the value of collab_any'
        in found(folder)[0]
    )


WIDE = figure("dk-2020", "driver_employees")
PART = "dk-2020,all,,drivers,initiated_employees,yes,{},exact,,,innovations,printed,,Label,coi-2015-infographic,page,"
"""A figure that the data does not have."""


@pytest.mark.parametrize(
    ("whole", "part", "fault"),
    [
        ("40", "40", False),
        ("40", "41", False),
        ("40", "42", True),
        ("40.4", "40.5", False),
        ("40.4", "40.6", True),
        ("40", "40.6", True),
        ("40", "40.5", False),
    ],
)
def test_what_rounding_may_have_done_is_tolerated(
    folder: Path, whole: str, part: str, fault: bool
) -> None:
    of(WIDE, value=whole)(folder)
    added(FIGURES, PART.format(part))(folder)
    line, contained = (
        last(FIGURES) + 1,
        line_of("containments.csv", wider="driver_employees", narrower="initiated_employees"),
    )
    text = (
        f'observations.csv, line {line}, column value: "{part}" - expected at most {whole}, the value of driver_employees in line {WIDE}: '
        f"initiated_employees is part of it (containments.csv, line {contained}), so one of the two has a wrong concept"
    )
    assert found(folder) == [text] * fault


@pytest.mark.parametrize("qualifier", ["about", "over", "under"])
def test_a_share_in_words_is_held_against_nothing(folder: Path, qualifier: str) -> None:
    of(WIDE, value="10", qualifier=qualifier)(folder)
    added(FIGURES, PART.format(90))(folder)
    assert found(folder) == []


# --- All and its sectors ---

SECTORS = {
    sector: figure("dk-2015", "driver_legislation", sector)
    for sector in ("all", "municipal", "regional", "state")
}


@pytest.mark.parametrize("value", ["14", "15.4", "40", "38.6", "90"])
def test_all_sectors_together_lie_within_them(folder: Path, value: str) -> None:
    of(SECTORS["all"], value=value)(folder)
    expected = "a value within those of its sectors (municipal 27, regional 16, state 38)"
    faults = [text for text in found(folder) if "its sectors" in text]
    assert faults == [
        f'observations.csv, line {SECTORS["all"]}, column value: "{value}" - expected {expected}'
    ]


def test_the_edge_of_the_sectors_is_no_fault(folder: Path) -> None:
    for value in ("15", "16", "15.5", "38", "39", "38.5"):
        of(SECTORS["all"], value=value)(folder)
        assert found(folder) == [], value


@pytest.mark.parametrize("sector", ["municipal", "regional", "state"])
def test_where_a_sector_is_missing_all_may_lie_outside_the_others(
    folder: Path, sector: str
) -> None:
    of(SECTORS["all"], value="90")(folder)
    of(SECTORS[sector], concept="driver_users")(folder)
    assert not [text for text in found(folder) if "its sectors" in text]


def test_two_sectors_taken_together_are_no_sector_of_their_own(folder: Path) -> None:
    row = "dk-2015,municipal_regional,,drivers,driver_legislation,yes,{},exact,,,innovations,printed,,Label,coi-2015-infographic,page,"
    added(FIGURES, row.format(95))(folder)
    assert found(folder) == []
    of(SECTORS["all"], value="60")(folder)
    assert [
        text
        for text in found(folder)
        if "its sectors (municipal 27, regional 16, state 38)" in text
    ]


# --- Texts that name other rows ---

EXISTS = "the id of a concept, code, survey or source that exists"
TEXTS = {
    FIGURES: "note",
    "asked.csv": "evidence",
    "breaks.csv": "description",
    "published_tests.csv": "statement",
}


@pytest.mark.parametrize(("file", "column"), TEXTS.items())
@pytest.mark.parametrize(
    "name",
    ["interplay_citizens", "dk-2016", "se-2021-agencies", "coi-2014-infographic", "segment_size"],
)
def test_a_text_that_names_what_does_not_exist_is_found(
    folder: Path, file: str, column: str, name: str
) -> None:
    cell(file, 3, column, f"See driver_employees in dk-2015 and {name}.")(folder)
    only(folder, f'{file}, line 3, column {column}: "{name}" - expected {EXISTS}')


@pytest.mark.parametrize(
    "text",
    [
        "As collab_any of dk-2015 (municipal_regional), source coi-2015-infographic; see vinnova-2022-slides.",
        "Asked in mid-2022, pre-2020 and post-2019, by e-mail and 2019-2020.",
        "Found at https://a.example/dk-1999/some_page and ask@some_host.example",
        "The first half of 2019-2020; so-called well-known innovations (n 1,093)",
    ],
)
def test_names_that_exist_and_common_words_are_no_fault(folder: Path, text: str) -> None:
    for file, column in TEXTS.items():
        cell(file, 3, column, text)(folder)
    assert found(folder) == []


# --- Counts ---

STATE = figure("se-2021-workplace", "broad_innovators", "state")
NO_N = figure("dk-2015", "type_product")


@pytest.mark.parametrize(
    ("line", "count", "expected"),
    [
        (STATE, "165", "at most n, which is 164"),
        (STATE, "80", "a count that makes 46 % of 164"),
        (STATE, "73", "a count that makes 46 % of 164"),
        (NO_N, "400", "at most n, which is blank"),
    ],
)
def test_a_count_that_n_or_the_percentage_does_not_allow_is_found(
    folder: Path, line: int, count: str, expected: str
) -> None:
    of(line, count=count)(folder)
    only(folder, f'observations.csv, line {line}, column count: "{count}" - expected {expected}')


def test_a_count_that_rounding_allows_is_no_fault(folder: Path) -> None:
    for count in ("75", "76"):
        of(STATE, count=count)(folder)
        assert found(folder) == []


@pytest.mark.parametrize(
    ("column", "value"), [("value", "many"), ("value", ""), ("n", "some"), ("qualifier", "nearly")]
)
def test_a_count_beside_a_cell_that_is_faulty_itself_gives_no_second_fault(
    folder: Path, column: str, value: str
) -> None:
    of(STATE, **{column: value})(folder)
    assert [text.partition(" - ")[0] for text in found(folder)] == [
        f'observations.csv, line {STATE}, column {column}: "{value}"'
    ]


# --- What is in doubt ---

INFERRED = line_of(status="inferred", doubt="chart_order")
PRINTED = line_of(status="printed")


def test_an_inferred_figure_says_what_is_in_doubt(folder: Path) -> None:
    of(INFERRED, doubt="")(folder)
    only(
        folder,
        f'observations.csv, line {INFERRED}, column doubt: "" - expected what is in doubt, since the status is inferred',
    )


@pytest.mark.parametrize("line", [PRINTED, line_of(status="ordered")])
def test_no_other_figure_is_in_doubt(folder: Path, line: int) -> None:
    of(line, doubt="edition")(folder)
    only(
        folder,
        f'observations.csv, line {line}, column doubt: "edition" - expected no doubt, since the status is not inferred',
    )


def test_the_data_of_the_project_breaks_no_rule(folder: Path) -> None:
    assert check(folder).faults == check(folder).warnings == ()
