"""Files of answers of every kind give the same figures; what is no such file is told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyreadstat
import pytest

from dashboard.intake.answers import readers
from tests.support.intake import answers, codebook, imported, refused, survey, tables

Write = Callable[[pd.DataFrame, Path], object]
LABELS = {
    "q1": {1: "Ja", 2: "Nej", 8: "Ved ikke", 9: "Uoplyst"},
    "q7a": {0: "Ikke valgt", 1: "Valgt"},
}


def spss(frame: pd.DataFrame, path: Path) -> None:
    """With labels, a set of boxes, and values that are missing by the file's own word."""
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"q1": "Har arbejdspladsen indført en innovation?"},
        variable_value_labels=LABELS,
        missing_ranges={"q1": [9], "anst": [{"lo": 998, "hi": 999}]},
        row_compress=path.suffix == ".zsav",
        compress=path.suffix == ".zsav",
    )


def parquet(frame: pd.DataFrame, path: Path) -> None:
    duckdb.from_df(frame).write_parquet(str(path))


def workbook(frame: pd.DataFrame, path: Path) -> None:
    frame.replace({"fald": {"": None}}).to_excel(
        path, index=False, sheet_name="Svar", engine="openpyxl"
    )


def upper(write: Write) -> Write:
    """For kinds of files whose variables are in upper case."""
    return lambda frame, path: write(frame.rename(columns=str.upper), path)


KINDS: Mapping[str, Write] = {
    "answers.sav": spss,
    "answers.dta": lambda frame, path: pyreadstat.write_dta(
        frame, path, variable_value_labels=LABELS
    ),
    "answers.por": upper(pyreadstat.write_por),
    "answers.xpt": pyreadstat.write_xport,
    "answers.parquet": parquet,
    "answers.xlsx": workbook,
}
_COLUMNS = (
    "sektor",
    "klass",
    "vikt",
    "n_h",
    "org",
    "anst",
    "fald",
    "q1",
    "q5",
    "q7a",
    "q7b",
    "q7z",
    "q9",
)


def without_provenance(folder: Path) -> dict[str, bytes]:
    """The tables of a folder; its import tells the name of the file."""
    return {name: held for name, held in tables(folder).items() if not name.startswith("imports/")}


@pytest.fixture(scope="module")
def from_csv(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("csv")
    imported(survey(folder / "own"), folder / "data")
    return without_provenance(folder / "data")


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_gives_the_bytes_of_its_csv(
    tmp_path: Path, from_csv: dict[str, bytes], name: str, engine: str
) -> None:
    KINDS[name](answers(), tmp_path / name)
    changed = {'path = "answers.csv"': f'path = "{name}"'}
    path = codebook(tmp_path, changed)
    if name.endswith(".por"):
        text = path.read_text(encoding="utf-8")
        for column in _COLUMNS:
            text = text.replace(f'"{column}"', f'"{column.upper()}"').replace(
                f"{column} =", f"{column.upper()} ="
            )
            text = text.replace(f'"{column} ', f'"{column.upper()} ').replace(
                f"and {column} ", f"and {column.upper()} "
            )
        path.write_text(text, encoding="utf-8")
    imported(path, tmp_path / "data", engine)
    found = without_provenance(tmp_path / "data")
    if name.endswith(".por"):
        told = re.compile(rb"variable \w+")
        found["observations.csv"] = told.sub(
            lambda name: name[0].lower(), found["observations.csv"]
        )
    assert found == from_csv


def test_compressed_spss_files_are_read(tmp_path: Path, from_csv: dict[str, bytes]) -> None:
    frame = answers()
    pyreadstat.write_sav(frame, tmp_path / "answers.zsav", compress=True)
    path = codebook(tmp_path, {'path = "answers.csv"': 'path = "answers.zsav"'})
    imported(path, tmp_path / "data")
    assert without_provenance(tmp_path / "data") == from_csv


def test_another_encoding_separator_and_decimal_sign(
    tmp_path: Path, from_csv: dict[str, bytes]
) -> None:
    frame = answers().rename(columns={"fald": "fält"})
    frame.to_csv(
        tmp_path / "answers.csv", index=False, sep=";", decimal=",", encoding="windows-1252"
    )
    wording = 'path = "answers.csv"\nencoding = "windows-1252"\nseparator = ";"\ndecimal = ","'
    changed = {'path = "answers.csv"': wording, 'variable = "fald"': 'variable = "fält"'}
    imported(codebook(tmp_path, changed), tmp_path / "data")
    assert without_provenance(tmp_path / "data") == from_csv


def test_a_mark_of_utf_8_and_windows_line_ends_do_no_harm(
    tmp_path: Path, from_csv: dict[str, bytes]
) -> None:
    path = survey(tmp_path / "own")
    file = path.with_name("answers.csv")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    imported(path, tmp_path / "data")
    assert without_provenance(tmp_path / "data") == from_csv


def test_names_that_differ_in_their_case_are_two_variables(
    tmp_path: Path, from_csv: dict[str, bytes]
) -> None:
    frame = answers().assign(Q1=1.0, SEKTOR="x", **{"a.b": 2.0})
    imported(survey(tmp_path / "own", {}, frame), tmp_path / "data")
    assert without_provenance(tmp_path / "data") == from_csv


def damaged(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None


WRONG: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "no file": ("answers.csv", lambda path: None, "answers.csv: missing - expected the file of answers that [file] path names"),
    "an ending": ("answers.doc", damaged(b"x"), 'answers.doc: ".doc" - expected a file that ends in .csv, .parquet, .xlsx, .sav,'),
    "a workbook called SPSS": (
        "answers.sav", damaged(b"PK\x03\x04" + bytes(60)),
        "answers.sav: a file that begins like .xlsx - expected a file of the kind .sav, as its name says",
    ),
    "SPSS called CSV": (
        "answers.csv", damaged(b"$FL2@(#) SPSS" + bytes(60)),
        "answers.csv: a file that begins like .sav - expected a file of the kind .csv, as its name says",
    ),
    "text called Parquet": (
        "answers.parquet", damaged(b"a,b\n1,2\n"),
        "answers.parquet: a file that begins like none of this kind - expected a file of the kind .parquet, as its name says",
    ),
    "half a Parquet file": ("answers.parquet", damaged(b"PAR1" + bytes(60)), "answers.parquet: "),
    "half a workbook": ("answers.xlsx", damaged(b"PK\x03\x04" + bytes(60)), "answers.xlsx: "),
    "half an SPSS file": ("answers.sav", damaged(b"$FL2@(#) SPSS" + bytes(60)), "answers.sav: "),
    "bytes that are no text": ("answers.csv", damaged(b"a,b\n1,\0\n"), "answers.csv: bytes that are no text - expected a CSV file"),
    "another encoding": (
        "answers.csv", damaged("sektor,fält\n1,2\n".encode("latin-1")),
        "answers.csv: byte 0xE4 near position 8 - expected text in utf-8; name another as [file] encoding",
    ),
    "a row that is short": (
        "answers.csv", damaged(b"sektor,klass\n1,S\n2\n3,S\n"),
        'barometer.toml, [design] weight: "vikt" - expected a column of answers.csv',
    ),
    "a column twice": (
        "answers.csv", damaged(b"sektor,klass,klass\n1,S,S\n"),
        'answers.csv, header: "klass" 2 times - expected each column once',
    ),
    "nothing": ("answers.csv", damaged(b""), "answers.csv: empty - expected a header with the names of columns"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_such_file_is_told(tmp_path: Path, name: str) -> None:
    file, make, fault = WRONG[name]
    make(tmp_path / file)
    path = codebook(tmp_path, {'path = "answers.csv"': f'path = "{file}"'})
    assert any(line.startswith(fault) for line in refused(path, tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_a_row_with_too_few_cells_is_named(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    file = path.with_name("answers.csv")
    rows = file.read_text(encoding="utf-8").split("\n")
    rows[20] = "1,S"
    file.write_text("\n".join(rows), encoding="utf-8")
    assert refused(path) == ["answers.csv, line 21: 2 cells - expected 13 cells, as in the header"]


def test_what_is_read_as_a_whole_is_not_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "LARGEST", 1000)
    spss(answers(), tmp_path / "answers.sav")
    path = codebook(tmp_path, {'path = "answers.csv"': 'path = "answers.sav"'})
    assert refused(path) == [
        "answers.sav: 0.0 GB - expected at most 0 GB of this kind; `python -m dashboard convert` makes it Parquet"
    ]


def test_an_encoding_that_does_not_exist_is_told(tmp_path: Path) -> None:
    changed = {'path = "answers.csv"': 'path = "answers.csv"\nencoding = "klingon"'}
    told = refused(survey(tmp_path / "own", changed))
    assert told == [
        'answers.csv, encoding: "klingon" - expected the name of an encoding, such as utf-8 or windows-1252'
    ]


def test_a_workbook_that_is_damaged_behind_its_header_is_refused_in_a_sentence(
    tmp_path: Path,
) -> None:
    whole, path = tmp_path / "whole.xlsx", tmp_path / "answers.xlsx"
    workbook(answers(), whole)
    with zipfile.ZipFile(whole) as sound, zipfile.ZipFile(path, "w") as broken:
        for name in sound.namelist():
            held = sound.read(name)
            broken.writestr(name, held[: len(held) // 2] if "sheet1" in name else held)
    [told] = refused(codebook(tmp_path, {'path = "answers.csv"': 'path = "answers.xlsx"'}))
    assert told.startswith('answers.xlsx: "')
    assert told.endswith(" - expected a workbook that can be read")


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    workbook(answers(), tmp_path / "answers.xlsx")
    changed = {'path = "answers.csv"': 'path = "answers.xlsx"\nsheet = "Answers"'}
    told = refused(codebook(tmp_path, changed))
    assert told == ['answers.xlsx, sheet: "Answers" - expected one of Svar']


def test_a_number_of_four_bytes_is_the_shortest_decimal_that_means_it(tmp_path: Path) -> None:
    """In bounds, where 1.6 lies in a group that ends at 1.6, and in weights."""
    frame = answers()
    frame["anst"] = np.where(frame["anst"] == 999, 999, frame["anst"] / 10)
    old = 'cut = { "0-10" = [0, 9], "10-25" = [10, 24], "500+" = [25] }'
    cut = {old: 'cut = { "0-10" = [0, 1.6], "10-25" = [1.7, 3.1], "500+" = [3.2] }'}
    imported(survey(tmp_path / "own", cut, frame), tmp_path / "eight")
    floats = frame.select_dtypes("float64")
    short = frame.assign(**{name: floats[name].astype("float32") for name in floats})
    short.to_stata(tmp_path / "answers.dta", write_index=False, version=118)
    imported(codebook(tmp_path, {**cut, "answers.csv": "answers.dta"}), tmp_path / "four")
    eight, four = (
        {name: held for name, held in tables(tmp_path / each).items() if "imports" not in name}
        for each in ("eight", "four")
    )
    assert four == eight
