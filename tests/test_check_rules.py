"""Faults across rows and tables, and in the tables of definitions, containments and changes: one thing broken in a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.dataset import check, load
from tests.support.folders import (
    Break,
    added,
    cell,
    found,
    last,
    line_of,
    only,
    refused,
)
from tests.support.rule_faults import FAULTS

WORKS_WITH = line_of("definitions.csv", definition_id="works-with")
PRODUCT_PROCESS = line_of("definitions.csv", definition_id="product-process")
OUTSIDE = line_of("changes.csv", change_id="dk-public-outside")
SWEDEN = line_of("changes.csv", change_id="se-2018-innovative")
NORWAY = line_of("changes.csv", change_id="no-2020-innovative")
KEY = "survey_id, sector, segment, concept, response joined by ~"
NEW_TABLES: dict[str, tuple[Break, str]] = {
    "survey of an unknown definition": (
        cell("surveys.csv", 2, "definition", "five-kinds"),
        'surveys.csv, line 2, column definition: "five-kinds" - expected a definition_id of definitions.csv',
    ),
    "survey of an unknown design": (
        cell("surveys.csv", 2, "design", "panel"),
        'surveys.csv, line 2, column design: "panel" - expected a code of the list design in codes.csv: census, sample, unknown',
    ),
    "survey without a design": (
        cell("surveys.csv", 2, "design", ""),
        'surveys.csv, line 2, column design: "" - expected a code of the list design',
    ),
    "concept that may or may not depend on definitions": (
        cell("concepts.csv", 2, "by_definition", ""),
        'concepts.csv, line 2, column by_definition: "" - expected yes or no',
    ),
    "question that may or may not be drawn": (
        cell("asked.csv", 2, "drawn", "maybe"),
        'asked.csv, line 2, column drawn: "maybe" - expected yes or no',
    ),
    "unknown doubt": (
        cell("observations.csv", line_of(doubt="edition"), "doubt", "year"),
        f'observations.csv, line {line_of(doubt="edition")}, column doubt: "year" - expected a code of the list doubt in codes.csv: '
        "chart_order, edition, base, two_values, second_hand",
    ),
    "count below 0": (
        cell("observations.csv", line_of(count="156"), "count", "-1"),
        f'observations.csv, line {line_of(count="156")}, column count: "-1" - expected a whole number of at least 0',
    ),
    "definition with a bad name": (
        added("definitions.csv", "Five kinds,Label,Text,coi-2015-infographic"),
        f'definitions.csv, line {last("definitions.csv") + 1}, column definition_id: "Five kinds" - expected lower-case letters and '
        "digits, joined by hyphens",
    ),
    "definition without words": (
        cell("definitions.csv", WORKS_WITH, "definition_en", ""),
        f'definitions.csv, line {WORKS_WITH}, column definition_en: "" - expected a text, not blank',
    ),
    "definition without a label": (
        cell("definitions.csv", WORKS_WITH, "label_en", ""),
        f'definitions.csv, line {WORKS_WITH}, column label_en: "" - expected a text, not blank',
    ),
    "definition from hearsay": (
        cell("definitions.csv", PRODUCT_PROCESS, "source_id", "hearsay"),
        f'definitions.csv, line {PRODUCT_PROCESS}, column source_id: "hearsay" - expected a source_id of sources.csv',
    ),
    "definition twice": (
        added("definitions.csv", "works-with,Works with,Another text.,no-digdir21"),
        f'definitions.csv, line {last("definitions.csv") + 1}: "works-with" - expected a key used once (definition_id); line '
        f'{WORKS_WITH} has it with label_en "Works with innovation", and this line contradicts it with "Works with"',
    ),
    "containment of what does not exist": (
        cell("containments.csv", 2, "narrower", "initiated_nobody"),
        'containments.csv, line 2, column narrower: "initiated_nobody" - expected a concept of concepts.csv',
    ),
    "containment in what does not exist": (
        cell("containments.csv", 2, "wider", "driver_nobody"),
        'containments.csv, line 2, column wider: "driver_nobody" - expected a concept of concepts.csv',
    ),
    "containment in nothing": (
        cell("containments.csv", 2, "wider", ""),
        'containments.csv, line 2, column wider: "" - expected a text, not blank',
    ),
    "containment twice": (
        added("containments.csv", "driver_employees,initiated_employees"),
        f'containments.csv, line {last("containments.csv") + 1}: "driver_employees, initiated_employees" - expected a key used once '
        "(wider, narrower); line 2 has it too, and the two agree",
    ),
    "containment in itself": (
        added("containments.csv", "driver_employees,driver_employees"),
        f'containments.csv, line {last("containments.csv") + 1}, column narrower: "driver_employees" - expected another concept than wider',
    ),
    "containment both ways": (
        added("containments.csv", "initiated_employees,driver_employees"),
        f'containments.csv, line {last("containments.csv") + 1}, column narrower: "driver_employees" - expected a concept that does '
        "not hold initiated_employees, as line 2 says",
    ),
    "change of a table that does not exist": (
        cell("changes.csv", SWEDEN, "file", "figures.csv"),
        f'changes.csv, line {SWEDEN}, column file: "figures.csv" - expected the file of a table, such as observations.csv',
    ),
    "change of a column that does not exist": (
        cell("changes.csv", SWEDEN, "columns", "qualifier~answers"),
        f'changes.csv, line {SWEDEN}, column columns: "answers" - expected columns of observations.csv, joined by ~',
    ),
    "change with too few cells before": (
        cell("changes.csv", NORWAY, "before", "75~about"),
        f'changes.csv, line {NORWAY}, column before: "75~about" - expected one cell for each of the columns (3), joined by ~',
    ),
    "change with too many cells after": (
        cell("changes.csv", SWEDEN, "after", "about~~1600"),
        f'changes.csv, line {SWEDEN}, column after: "about~~1600" - expected one cell for each of the columns (2), joined by ~',
    ),
    "change of a figure that is none": (
        cell("changes.csv", SWEDEN, "rows", "se-2018-workplace~all~innovative_workplaces~yes"),
        f'changes.csv, line {SWEDEN}, column rows: "se-2018-workplace~all~innovative_workplaces~yes" - expected figures by their key '
        f"({KEY}), with a blank between two of them",
    ),
    "change that leads to no figure": (
        cell("changes.csv", OUTSIDE, "after", "collab_public_without"),
        f'changes.csv, line {OUTSIDE}, column rows: "dk-2017~municipal~~collab_public~yes" - expected figures by their key ({KEY}), with '
        "a blank between two of them",
    ),
    "change without a reason": (
        cell("changes.csv", SWEDEN, "reason", ""),
        f'changes.csv, line {SWEDEN}, column reason: "" - expected a text, not blank',
    ),
    "change of no release": (
        cell("changes.csv", SWEDEN, "release", "November"),
        f'changes.csv, line {SWEDEN}, column release: "November" - expected year and number, such as 2026.1',
    ),
    "change of a release to come": (
        cell("changes.csv", SWEDEN, "release", "2026.10"),
        f'changes.csv, line {SWEDEN}, column release: "2026.10" - expected 2026.2, the release of datapackage.json, or an earlier one',
    ),
    "change twice": (
        added("changes.csv", "se-drawn,2026.2,asked.csv,se-2021-workplace,drawn,,,Again."),
        f'changes.csv, line {last("changes.csv") + 1}: "se-drawn" - expected a key used once (change_id); line '
        f'{line_of("changes.csv", change_id="se-drawn")} has it with reason "Added: the slides draw conditions and activities by '
        'agencies, regions and municipalities without printing the values.", and this line contradicts it with "Again."',
    ),
}
BROKEN = FAULTS | NEW_TABLES


@pytest.mark.parametrize("kind", BROKEN)
def test_fault_is_named_with_its_place_and_loading_refuses_with_the_text_that_check_prints(
    folder: Path, kind: str
) -> None:
    breaking, text = BROKEN[kind]
    breaking(folder)
    faults = check(folder).faults
    assert text in map(str, faults)
    refused(folder, faults)


ALONE = [
    "break of a question that does not exist among several",
    "survey of an unknown definition",
    "unknown doubt",
    "definition from hearsay",
    "containment of what does not exist",
    "change of a table that does not exist",
    "change of a column that does not exist",
    "change of a figure that is none",
    "change of a release to come",
]


@pytest.mark.parametrize("kind", ALONE)
def test_one_broken_thing_gives_one_fault(folder: Path, kind: str) -> None:
    breaking, text = BROKEN[kind]
    breaking(folder)
    assert found(folder) == [text]


@pytest.mark.parametrize(
    "table",
    [
        "definitions",
        "containments",
        "changes",
        "concepts",
        "codes",
        "surveys",
        "sources",
        "observations",
    ],
)
def test_a_table_that_cannot_be_read_is_the_only_fault(folder: Path, table: str) -> None:
    (folder / f"{table}.csv").unlink()
    only(folder, f"{table}.csv: missing - expected this file in the data folder")


def test_a_survey_whose_definition_is_not_known_is_no_fault(folder: Path) -> None:
    cell("surveys.csv", 2, "definition", "")(folder)
    assert check(folder).faults == ()
    assert load(folder).surveys["dk-2015"].definition == ""


def test_a_change_may_touch_no_single_row_or_have_cells_of_several(folder: Path) -> None:
    rates = line_of("changes.csv", change_id="se-2021-answers")
    assert found(folder) == []
    cell("changes.csv", rates, "after", "1222")(folder)
    assert found(folder) == []
    cell("changes.csv", rates, "after", "1222~274~164")(folder)
    only(
        folder,
        f'changes.csv, line {rates}, column after: "1222~274~164" - expected one cell for each of the columns (1), joined by ~',
    )
