"""A table gives the same figures from every format; a file that is none of its kind is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.support import official
from tests.support.folders import records
from tests.support.official import codebook, imported, refused, sdmx, table, text, wide, workbook

SDMX = {
    'file = "table.json"': 'file = "table.csv"\nformat = "sdmx-csv"',
    'dimension = "Innehall"\nvalue = "PCT"\nn = "N"\n': "",
    '":" = "suppressed"\n"." = "not asked"\n".." = "not published"\n': (
        '"CONF_STATUS=C+A" = "suppressed"\nO = "not published"\nM = "not asked"\n'
        '"CONF_STATUS=C" = "suppressed"\n'
    ),
}
LONG = {
    'dimension = "Innehall"\nvalue = "PCT"\nn = "N"\n': (
        'value = "PCT"\nn = "N"\nstatus = "flag"\n'
    )
}
WIDE = {'dimension = "Innehall"\nvalue = "PCT"\nn = "N"\n': "", "p = { is": "# p = { is"}


def csv_of(rows: list[list[str]], separator: str = ",") -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "table.csv").write_text(text(rows, separator), encoding="utf-8")

    return write


def book_of(rows: list[list[str]], above: int = 0) -> Callable[[Path], None]:
    return lambda folder: workbook(folder / "table.xlsx", rows, above)


def with_file(name: str, keys: str = "") -> Mapping[str, str]:
    return {'file = "table.json"': f'file = "{name}"\n{keys}'}


def damaged(folder: Path) -> None:
    """A workbook of which the data of the first part are no longer what was packed."""
    workbook(folder / "table.xlsx", wide())
    held = bytearray((folder / "table.xlsx").read_bytes())
    with zipfile.ZipFile(folder / "table.xlsx") as book:
        first = book.getinfo("xl/workbook.xml")
    start = first.header_offset + 30 + len(first.filename)
    held[start : start + 20] = b"\xff" * 20
    (folder / "table.xlsx").write_bytes(held)


def merged(folder: Path) -> None:
    """A wide workbook in which years and sectors are printed once, over all rows that they are of."""
    rows = wide()
    workbook(folder / "table.xlsx", rows, 2)
    book = openpyxl.load_workbook(folder / "table.xlsx")
    sheet = book.active
    for first in range(4, 4 + len(rows) - 1, 3):
        sheet.merge_cells(start_row=first, end_row=first + 2, start_column=2, end_column=2)
    for first in (4, 16):
        sheet.merge_cells(start_row=first, end_row=first + 11, start_column=1, end_column=1)
    book.save(folder / "table.xlsx")


FORMATS: Mapping[str, tuple[Callable[[Path], None], Mapping[str, str], tuple[str, ...]]] = {
    "SDMX-CSV 1.0": (csv_of(sdmx()), SDMX, ("n",)),
    "SDMX-CSV 2.0": (csv_of(sdmx(2)), SDMX, ("n",)),
    "SDMX-CSV with labels": (csv_of(sdmx(labels=True)), SDMX, ("n",)),
    "CSV, long": (csv_of(official.long()), {**LONG, **with_file("table.csv")}, ()),
    "CSV, long, semicolons": (
        csv_of(official.long(), ";"),
        {**LONG, **with_file("table.csv", 'separator = ";"')},
        (),
    ),
    "CSV, wide": (
        csv_of(wide()),
        {**WIDE, **with_file("table.csv", 'wide = "Fraga"')},
        ("n", "note"),
    ),
    "workbook, long": (book_of(official.long()), {**LONG, **with_file("table.xlsx")}, ()),
    "workbook, wide, a range": (
        book_of([*wide(), ["Note: made up"]], 2),
        {
            **WIDE,
            **with_file("table.xlsx", 'sheet = "Tabell 1"\nrange = "A3:H27"\nwide = "Fraga"'),
        },
        ("n", "note"),
    ),
    "workbook with merged cells": (
        merged,
        {**WIDE, **with_file("table.xlsx", 'range = "A3:H27"\nwide = "Fraga"')},
        ("n", "note"),
    ),
}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    folder = tmp_path_factory.mktemp("json")
    imported(table(folder), folder / "data")
    return records(folder / "data" / "observations.csv")


@pytest.mark.parametrize(("write", "changed", "without"), FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_figures(
    tmp_path: Path,
    expected: list[dict[str, str]],
    write: Callable[[Path], None],
    changed: Mapping[str, str],
    without: tuple[str, ...],
) -> None:
    write(tmp_path)
    imported(codebook(tmp_path, changed), tmp_path / "data")
    got = records(tmp_path / "data" / "observations.csv")
    left_out = dict.fromkeys(without, "")
    assert [row | left_out for row in got] == [row | left_out for row in expected]


def test_decimals_of_a_text_stay_as_they_are_printed(tmp_path: Path) -> None:
    rows = official.long()
    place = {tuple(row[:4]): row for row in rows[1:]}
    place["2026", "T", "T", "A"][4] = "25,0"
    place["2026", "K", "T", "A"][4] = "7"
    for row in rows[1:]:
        row[4] = row[4].replace(".", ",") if row[4] not in (".", "..") else row[4]
    csv_of(rows, ";")(tmp_path)
    changed = {**LONG, **with_file("table.csv", 'separator = ";"\ndecimal = ","')}
    imported(codebook(tmp_path, changed), tmp_path / "data")
    got = records(tmp_path / "data" / "observations.csv")
    assert [row["value"] for row in got if not row["segment"]][:1] == ["25.0"]
    assert "7" in [row["value"] for row in got]


def test_another_encoding_is_named(tmp_path: Path) -> None:
    rows = official.long()
    rows[0][1] = "Sektör"
    (tmp_path / "table.csv").write_bytes(text(rows).encode("windows-1252"))
    keys = {"[columns.Sektor]": '[columns."Sektör"]', **LONG}
    wrong = {**keys, **with_file("table.csv")}
    assert refused(codebook(tmp_path, wrong)) == [
        "table.csv: byte 0xF6 at position 8 - expected text in utf-8; name another as [from] encoding"
    ]
    right = {**keys, **with_file("table.csv", 'encoding = "windows-1252"')}
    assert imported(codebook(tmp_path, right)).withheld == 2


BROKEN: Mapping[str, tuple[Callable[[Path], object], Mapping[str, str], list[str]]] = {
    "not there": (
        lambda _: None,
        {},
        ["table.json: missing - expected the table that [from] file names"],
    ),
    "no JSON": (
        lambda folder: (folder / "table.json").write_text("<html>"),
        {},
        ['table.json: "Expecting value: line 1 column 1 (char 0)" - expected JSON'],
    ),
    "a short row": (
        lambda folder: (folder / "table.csv").write_text("Tid,PCT\n2026,1\n2024\n"),
        with_file("table.csv"),
        ["table.csv, line 3: 1 cells - expected 2, as in the header"],
    ),
    "no rows": (
        lambda folder: (folder / "table.csv").write_text("Tid,PCT\n"),
        with_file("table.csv"),
        ["table.csv: no row below the header - expected a table with a header"],
    ),
    "bytes": (
        lambda folder: (folder / "table.csv").write_bytes(b"Tid,PCT\n\0,1\n"),
        with_file("table.csv"),
        ["table.csv: bytes that are no text - expected a CSV file"],
    ),
    "columns that are missing": (
        lambda folder: (folder / "table.csv").write_text("Tid,Sector,PCT\n2026,K,1\n"),
        {**LONG, **with_file("table.csv")},
        [
            '[columns] or [select]: "Sektor" - expected a column of table.csv, one of Tid, Sector, PCT (nearest: "Sector")',
            '[columns] or [select]: "Storlek" - expected a column of table.csv, one of Tid, Sector, PCT (nearest: "Sector")',
            '[columns] or [select]: "Fraga" - expected a column of table.csv, one of Tid, Sector, PCT',
        ],
    ),
    "the same categories twice": (
        csv_of([*official.long(), official.long()[5]]),
        {**LONG, **with_file("table.csv")},
        ['table.csv, line 122: "2024, T, T, E" - expected other categories than line 6'],
    ),
    "a blank category": (
        csv_of([official.long()[0], ["2026", "", "T", "A", "1", "2", ""]]),
        {**LONG, **with_file("table.csv")},
        ["table.csv, line 2, column Sektor: blank - expected a category"],
    ),
    "a column twice": (
        csv_of([[*official.long()[0], "PCT"], [*official.long()[1], "1"]]),
        {**LONG, **with_file("table.csv")},
        ['table.csv, header: "PCT" 2 times - expected each column once'],
    ),
    "no workbook": (
        lambda folder: (folder / "table.xlsx").write_bytes(b"PK\x03\x04 and more"),
        with_file("table.xlsx"),
        ['table.xlsx: "File is not a zip file" - expected a workbook that can be read'],
    ),
    "a damaged workbook": (
        damaged,
        with_file("table.xlsx"),
        [
            'table.xlsx: "Error -3 while decompressing data: invalid block type" - expected a workbook that can be read'
        ],
    ),
    "no such sheet": (
        book_of(wide()),
        with_file("table.xlsx", 'sheet = "Tabel 1"'),
        ['table.xlsx, sheet: "Tabel 1" - expected one of Tabell 1 (nearest: "Tabell 1")'],
    ),
    "no range": (
        book_of(wide()),
        with_file("table.xlsx", 'range = "A3 to H27"'),
        ['table.xlsx, range: "A3 to H27" - expected the corners of a range, such as A3:F20'],
    ),
    "no OBS_VALUE": (
        csv_of([["DATAFLOW", "Tid", "VALUE"], ["x", "2026", "1"]]),
        SDMX,
        ["table.csv: no column OBS_VALUE - expected SDMX-CSV 1.0 or 2.0"],
    ),
    "an observation twice": (
        csv_of([*sdmx(), sdmx()[1]]),
        SDMX,
        ['table.csv, line 122: "2024, T, T, A" - expected each observation once'],
    ),
    "an observation taken back": (
        csv_of([*sdmx(2), ["dataflow", "x", "D", "2026", "T", "T", "Z", "", "", ""]]),
        SDMX,
        ['table.csv, line 122, column ACTION: "D" - expected observations alone'],
    ),
}


@pytest.mark.parametrize(("write", "changed", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path,
    write: Callable[[Path], object],
    changed: Mapping[str, str],
    expected: list[str],
) -> None:
    write(tmp_path)
    assert refused(codebook(tmp_path, changed)) == expected
    assert not (tmp_path / official.SURVEY).exists()
