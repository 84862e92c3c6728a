"""Faults within one table: each is named with its place."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.dataset import check
from tests.support import rule_faults as across
from tests.support.folders import (
    Break,
    all_of,
    cell,
    data,
    found,
    last,
    refused,
    rows,
)


def folder_in_place_of(file: str) -> Break:
    def apply(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return apply


def without_column(column: str) -> Callable[[list[list[str]]], list[list[str]]]:
    def change(table: list[list[str]]) -> list[list[str]]:
        at = table[0].index(column)
        return [row[:at] + row[at + 1 :] for row in table]

    return change


def repeated(
    line: int, column: str = "", value: str = ""
) -> Callable[[list[list[str]]], list[list[str]]]:
    def change(table: list[list[str]]) -> list[list[str]]:
        copy = list(table[line - 1])
        if column:
            copy[table[0].index(column)] = value
        return [*table, copy]

    return change


def next_in_list(code: str) -> Break:
    """One more code, below those of its list."""

    def change(table: list[list[str]]) -> list[list[str]]:
        (row,) = csv.reader([code])
        at = max(at for at, each in enumerate(table) if each[0] == row[0])
        return [*table[: at + 1], row, *table[at + 1 :]]

    return rows("codes.csv", change)


THEMES = "drivers, collaboration, effects, innovation, conditions, activities, diffusion, strategy, barriers"
SECTORS = "all, municipal, regional, municipal_regional, state"
FAULTS: dict[str, tuple[Break, str]] = {
    "missing file": (
        lambda folder: (folder / "breaks.csv").unlink(),
        "breaks.csv: missing - expected this file in the data folder",
    ),
    "a folder in place of a file": (
        folder_in_place_of("breaks.csv"),
        'breaks.csv: "Is a directory" - expected a file that can be read',
    ),
    "missing column": (
        rows("observations.csv", without_column("note")),
        "observations.csv, line 1, column note: missing - expected a column of this name",
    ),
    "unknown column": (
        rows("concepts.csv", lambda table: [[*row, "x"] for row in table]),
        'concepts.csv, line 1: "x" - expected a column named in datapackage.json',
    ),
    "column twice": (
        rows("concepts.csv", lambda table: [[*row, row[1]] for row in table]),
        'concepts.csv, line 1: "theme" - expected each column once',
    ),
    "too few cells": (
        rows("observations.csv", lambda table: [*table[:13], table[13][:-1], *table[14:]]),
        'observations.csv, line 14: "16 cells" - expected 17 cells, as in the header',
    ),
    "a qualifier that no rule knows": (
        all_of(
            next_in_list("qualifier,nearly,nearly,,"),
            cell("observations.csv", 14, "qualifier", "nearly"),
        ),
        'observations.csv, line 14, column qualifier: "nearly" - expected one of exact, about, over, under',
    ),
    "a level that no rule knows": (
        all_of(next_in_list("level,users,Users,,"), cell("surveys.csv", 2, "level", "users")),
        'surveys.csv, line 2, column level: "users" - expected one of workplace, central',
    ),
    "above 100": (
        cell("observations.csv", 14, "value", "104"),
        'observations.csv, line 14, column value: "104" - expected a percentage from 0 to 100',
    ),
    "below 0": (
        cell("observations.csv", 14, "value", "-1"),
        'observations.csv, line 14, column value: "-1" - expected a percentage from 0 to 100',
    ),
    "decimal comma": (
        cell("observations.csv", 14, "value", "45,5"),
        'observations.csv, line 14, column value: "45,5" - expected a percentage from 0 to 100',
    ),
    "not a number": (
        cell("observations.csv", 14, "value", "nan"),
        'observations.csv, line 14, column value: "nan" - expected a percentage from 0 to 100',
    ),
    "no value": (
        cell("observations.csv", 14, "value", ""),
        'observations.csv, line 14, column value: "" - expected a percentage from 0 to 100',
    ),
    "response rate": (
        cell("response_rates.csv", 3, "response_rate", "810"),
        'response_rates.csv, line 3, column response_rate: "810" - expected a percentage from 0 to 100',
    ),
    "n is 0": (
        cell("observations.csv", 2, "n", "0"),
        'observations.csv, line 2, column n: "0" - expected a whole number of at least 1',
    ),
    "n is not whole": (
        cell("observations.csv", 2, "n", "12.5"),
        'observations.csv, line 2, column n: "12.5" - expected a whole number of at least 1',
    ),
    "n in other digits": (
        cell("observations.csv", 2, "n", "٣"),
        'observations.csv, line 2, column n: "٣" - expected a whole number of at least 1',
    ),
    "endless n": (
        cell("observations.csv", 2, "n", "9" * 5000),
        f'observations.csv, line 2, column n: "{"9" * 80}…" - expected a whole number of at least 1',
    ),
    "year": (
        cell("surveys.csv", 2, "period_start", "13"),
        'surveys.csv, line 2, column period_start: "13" - expected a whole number from 1990 to 2100',
    ),
    "yes or no": (
        cell("surveys.csv", 2, "has_figures", "true"),
        'surveys.csv, line 2, column has_figures: "true" - expected yes or no',
    ),
    "closed list of the descriptor": (
        cell("surveys.csv", 2, "weighted", "maybe"),
        'surveys.csv, line 2, column weighted: "maybe" - expected one of yes, no, unknown',
    ),
    "blank text": (
        cell("sources.csv", 2, "title", ""),
        'sources.csv, line 2, column title: "" - expected a text, not blank',
    ),
    "address": (
        cell("sources.csv", 5, "url", "javascript:alert(1)"),
        'sources.csv, line 5, column url: "javascript:alert(1)" - expected an address that begins with https:// or http://',
    ),
    "unknown code": (
        cell("observations.csv", 3, "sector", "local "),
        f'observations.csv, line 3, column sector: "local " - expected a code of the list sector in codes.csv: {SECTORS}',
    ),
    "unknown theme": (
        cell("observations.csv", 3, "theme", "Drivers"),
        f'observations.csv, line 3, column theme: "Drivers" - expected a code of the list theme in codes.csv: {THEMES}',
    ),
    "unknown code among several": (
        cell("surveys.csv", 3, "sectors", "all~county"),
        f'surveys.csv, line 3, column sectors: "all~county" - expected a code of the list sector in codes.csv: {SECTORS}',
    ),
    "code twice": (
        cell("surveys.csv", 17, "sectors", "state~state"),
        'surveys.csv, line 17, column sectors: "state~state" - expected each code once',
    ),
    "split without value": (
        cell("observations.csv", 3, "segment", "size"),
        'observations.csv, line 3, column segment: "size" - expected dimension=value',
    ),
    "unknown split": (
        cell("observations.csv", 3, "segment", "age=40"),
        'observations.csv, line 3, column segment: "age=40" - expected a code of the list dimension in codes.csv: size, group, '
        "field, municipality_group, innovation_type, collab_knowledge, driver, topic",
    ),
    "unknown value of a split": (
        cell("observations.csv", 3, "segment", "field=police"),
        'observations.csv, line 3, column segment: "field=police" - expected a code of the list segment:field in codes.csv: '
        "education, health",
    ),
    "unknown survey": (
        cell("observations.csv", 3, "survey_id", "dk-1815"),
        'observations.csv, line 3, column survey_id: "dk-1815" - expected a survey_id of surveys.csv',
    ),
    "unknown concept": (
        cell("observations.csv", 3, "concept", "type_none"),
        'observations.csv, line 3, column concept: "type_none" - expected a concept of concepts.csv',
    ),
    "unknown source": (
        cell("breaks.csv", 2, "source_id", "hearsay"),
        'breaks.csv, line 2, column source_id: "hearsay" - expected a source_id of sources.csv',
    ),
    "duplicate that agrees": (
        rows("observations.csv", repeated(2)),
        f'observations.csv, line {last("observations.csv") + 1}: "dk-2015, all, , innovative_workplaces, yes" - expected a key used once '
        "(survey_id, sector, segment, concept, response); line 2 has it too, and the two agree",
    ),
    "duplicate that contradicts": (
        rows("observations.csv", repeated(2, "value", "84")),
        f'observations.csv, line {last("observations.csv") + 1}: "dk-2015, all, , innovative_workplaces, yes" - expected a key used once '
        '(survey_id, sector, segment, concept, response); line 2 has it with value "86", and this line contradicts it with "84"',
    ),
    "duplicate source": (
        rows("sources.csv", repeated(2, "language", "en")),
        f'sources.csv, line {last("sources.csv") + 1}: "coi-2015-infographic" - expected a key used once (source_id); line 2 has it '
        'with language "da", and this line contradicts it with "en"',
    ),
    "not UTF-8": (
        data("sources.csv", lambda text: text.decode().encode("latin-1", "replace")),
        'sources.csv, line 2: "byte 0xE6 at position 138" - expected text in UTF-8',
    ),
    "zero byte": (
        data("codes.csv", lambda text: text[:40] + b"\0" + text[40:]),
        'codes.csv, line 1: "byte 0x00 at position 40" - expected text in UTF-8',
    ),
    "empty file": (
        data("asked.csv", lambda text: b""),
        'asked.csv: "empty file" - expected a header line and at least one row',
    ),
    "header only": (
        rows("sources.csv", lambda table: table[:1]),
        'sources.csv: "no row below the header" - expected at least one row',
    ),
    "open quotation mark": (
        data("asked.csv", lambda text: text + b'dk-2015,novelty,"yes\n\n'),
        f'asked.csv, line {last("asked.csv") + 1}: "unexpected end of data" - expected comma-separated cells, each quotation mark closed',
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_fault_is_named_with_its_place_and_loading_refuses_with_the_text_that_check_prints(
    folder: Path, kind: str
) -> None:
    breaking, text = FAULTS[kind]
    breaking(folder)
    faults = check(folder).faults
    assert text in map(str, faults)
    refused(folder, faults)


ALONE = [
    "missing file",
    "missing column",
    "too few cells",
    "above 100",
    "header only",
    "zero byte",
    "empty file",
    "not UTF-8",
    "duplicate that contradicts",
    "unknown theme",
    "unknown source",
]


@pytest.mark.parametrize("kind", ALONE)
def test_one_broken_thing_gives_one_fault(folder: Path, kind: str) -> None:
    FAULTS[kind][0](folder)
    assert found(folder) == [FAULTS[kind][1]]


def test_all_faults_are_found_in_one_pass(folder: Path) -> None:
    kinds = [
        FAULTS[kind]
        for kind in (
            "missing file",
            "above 100",
            "n is 0",
            "unknown theme",
            "response rate",
            "not UTF-8",
        )
    ]
    kinds += [across.FAULTS[kind] for kind in ("yes and no", "period backwards")]
    all_of(*(breaking for breaking, _ in kinds))(folder)
    texts = found(folder)
    assert {text for _, text in kinds} == set(texts)
    assert texts.index(FAULTS["n is 0"][1]) < texts.index(FAULTS["above 100"][1]), (
        "in the order of the lines"
    )
