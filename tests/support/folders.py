"""Copies of the project's data with one thing changed or broken, for the tests of checks and of releases."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.dataset import DATA_FOLDER, DataError, Fault, check, load

Break = Callable[[Path], None]
"""Changes something in a data folder."""
Cells = dict[str, str]


def copied(parent: Path) -> Path:
    """A copy of the data, without earlier releases."""
    return shutil.copytree(DATA_FOLDER, parent / "data", ignore=shutil.ignore_patterns("releases"))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def records(path: Path) -> list[Cells]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def edit(table: Path, change: Callable[[list[Cells]], list[Cells]]) -> None:
    """Rewrite a table of a data folder."""
    rows = records(table)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(change(rows))
    table.write_text(out.getvalue(), encoding="utf-8", newline="")


def version(folder: Path, name: str) -> None:
    """Give a data folder another version."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor |= {"version": name, "created": "2026-12-01T00:00:00Z"}
    (folder / "datapackage.json").write_text(
        json.dumps(descriptor, ensure_ascii=False, indent=2), encoding="utf-8"
    )


def cell(file: str, line: int, column: str, value: str) -> Break:
    """Sets one cell; no file of the project has a line break in a cell, so line n is row n."""

    def apply(folder: Path) -> None:
        rows = rows_of(folder / file)
        rows[line - 1][rows[0].index(column)] = value
        write(folder / file, rows)

    return apply


def rows(file: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Break:
    return lambda folder: write(folder / file, change(rows_of(folder / file)))


def added(file: str, row: str) -> Break:
    """One more row, as its cells stand in the file."""
    return rows(file, lambda table: [*table, *csv.reader([row])])


def data(file: str, change: Callable[[bytes], bytes]) -> Break:
    def apply(folder: Path) -> None:
        (folder / file).write_bytes(change((folder / file).read_bytes()))

    return apply


def all_of(*breaks: Break) -> Break:
    def apply(folder: Path) -> None:
        for each in breaks:
            each(folder)

    return apply


def line_of(file: str = "observations.csv", **wanted: str) -> int:
    """Line of the first row with these cells, of the figures or of another table."""
    for line, row in enumerate(records(DATA_FOLDER / file), start=2):
        if all(row[column] == value for column, value in wanted.items()):
            return line
    raise AssertionError(wanted)


def last(file: str) -> int:
    """Number of the last line of a table."""
    return len(rows_of(DATA_FOLDER / file))


def found(folder: Path) -> list[str]:
    """What a check says of a folder."""
    return [str(fault) for fault in check(folder).faults]


def refused(folder: Path, faults: tuple[Fault, ...] = ()) -> None:
    """That loading stops with the text that the command prints; ``faults``: what a check says, where it was made."""
    with pytest.raises(DataError) as error:
        load(folder)
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 1
    assert result.output == f"{error.value}\n"
    assert error.value.faults == (faults or check(folder).faults)


def only(folder: Path, *texts: Iterable[str]) -> None:
    """That a check says just this, and loading likewise."""
    faults = check(folder).faults
    assert list(map(str, faults)) == list(texts)
    refused(folder, faults)


def altered(text: str, changed: Mapping[str, str]) -> str:
    """A text in which words that it has are others."""
    for old, new in changed.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
