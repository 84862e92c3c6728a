"""Every fault that the description of the data, datapackage.json, can have."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.folders import Break, all_of, cell, data, found, refused


def descriptor(change: Callable[[dict], object]) -> Break:
    def apply(folder: Path) -> None:
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        change(package)
        path.write_text(json.dumps(package), encoding="utf-8")

    return apply


def field(package: dict, table: str, name: str) -> dict:
    schema = next(
        resource["schema"] for resource in package["resources"] if resource["name"] == table
    )
    return next(measure for measure in schema["fields"] if measure["name"] == name)


def unconstrained(table: str, name: str) -> Break:
    """A description that lets a column hold anything."""
    return descriptor(lambda package: field(package, table, name).pop("constraints"))


FAULTS: dict[str, tuple[Break, str]] = {
    "a scale that no rule knows": (
        all_of(unconstrained("concepts", "scale"), cell("concepts.csv", 2, "scale", "ranked")),
        'concepts.csv, line 2, column scale: "ranked" - expected one of multiple, single',
    ),
    "no scale": (
        all_of(unconstrained("concepts", "scale"), cell("concepts.csv", 2, "scale", "")),
        'concepts.csv, line 2, column scale: "" - expected a text, not blank',
    ),
    "no descriptor": (
        lambda folder: (folder / "datapackage.json").unlink(),
        "datapackage.json: missing - expected the description of the data package",
    ),
    "descriptor is garbage": (
        data("datapackage.json", lambda text: b"\xff\x00\xfe" * 40),
        'datapackage.json, line 1: "byte 0xFF at position 0" - expected text in UTF-8',
    ),
    "descriptor is too deep": (
        data("datapackage.json", lambda text: b"[" * 200_000),
        'datapackage.json: "too deep or too long" - expected valid JSON of a usual size',
    ),
    "descriptor is a list": (
        data("datapackage.json", lambda text: b"[]"),
        "datapackage.json, column resources: missing - expected a list",
    ),
    "release": (
        descriptor(lambda package: package.update(version="two")),
        'datapackage.json, column version: "two" - expected year and number, such as 2026.1',
    ),
    "path outside the folder": (
        descriptor(lambda package: package["resources"][0].update(path="../observations.csv")),
        'datapackage.json, column resources[0].path: "../observations.csv" - expected the name of a .csv file in the same folder',
    ),
    "table not described": (
        descriptor(lambda package: package["resources"].pop(9)),
        "datapackage.json, column resources: missing - expected a resource named breaks",
    ),
    "column not described": (
        descriptor(lambda package: package["resources"][0]["schema"]["fields"].pop()),
        "datapackage.json, column observations.schema.fields: missing - expected a field named note",
    ),
    "unknown type": (
        descriptor(lambda package: field(package, "observations", "n").update(type="count")),
        'datapackage.json, column resources[0].schema.fields[8].type: "count" - expected one of string, integer, number, boolean',
    ),
    "type that the program does not expect": (
        descriptor(lambda package: field(package, "observations", "n").update(type="number")),
        'datapackage.json, column observations.n.type: "number" - expected integer',
    ),
    "limit that is no number": (
        descriptor(
            lambda package: field(package, "observations", "value")["constraints"].update(
                maximum="100"
            )
        ),
        'datapackage.json, column resources[0].schema.fields[6].constraints.maximum: "100" - expected a number',
    ),
    "broken pattern": (
        descriptor(
            lambda package: field(package, "sources", "source_id")["constraints"].update(
                pattern="[a"
            )
        ),
        'datapackage.json, column resources[6].schema.fields[0].constraints.pattern: "[a" - expected a regular expression',
    ),
    "reference dropped": (
        descriptor(lambda package: package["resources"][8]["schema"].pop("foreignKeys")),
        "datapackage.json, column asked.schema.foreignKeys: missing - expected a foreign key from survey_id to surveys",
    ),
    "reference to nowhere": (
        descriptor(
            lambda package: package["resources"][8]["schema"]["foreignKeys"][0]["reference"].update(
                fields="id"
            )
        ),
        'datapackage.json, column asked.schema.foreignKeys: "surveys.id" - expected a field of a table of the package',
    ),
}
TABLES = ("definitions", "containments")
"""Tables that the first release did not have."""


@pytest.mark.parametrize("kind", FAULTS)
def test_fault_is_named_with_its_place(folder: Path, kind: str) -> None:
    breaking, text = FAULTS[kind]
    breaking(folder)
    assert text in found(folder)
    refused(folder)


def test_a_description_cut_off_is_named(folder: Path) -> None:
    data("datapackage.json", lambda text: text[:-3])(folder)
    [fault] = found(folder)
    assert fault.startswith("datapackage.json, line ")
    assert fault.endswith("expected valid JSON")
    refused(folder)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_later_days_must_be_described(folder: Path, table: str) -> None:
    def forget(package: dict) -> None:
        package["resources"] = [each for each in package["resources"] if each["name"] != table]

    descriptor(forget)(folder)
    assert (
        f"datapackage.json, column resources: missing - expected a resource named {table}"
        in found(folder)
    )
    refused(folder)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("observations", "count"),
        ("observations", "doubt"),
        ("surveys", "definition"),
        ("surveys", "design"),
        ("concepts", "by_definition"),
        ("asked", "drawn"),
        ("breaks", "concepts"),
        ("changes", "reason"),
    ],
)
def test_a_column_of_later_days_must_be_described(folder: Path, table: str, column: str) -> None:
    def forget(package: dict) -> None:
        [schema] = [each["schema"] for each in package["resources"] if each["name"] == table]
        schema["fields"] = [each for each in schema["fields"] if each["name"] != column]

    descriptor(forget)(folder)
    assert (
        f"datapackage.json, column {table}.schema.fields: missing - expected a field named {column}"
        in found(folder)
    )
    refused(folder)
