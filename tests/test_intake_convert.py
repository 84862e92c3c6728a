"""``python -m dashboard convert``: a file of SPSS, Stata or SAS as Parquet, from which an import makes the same figures."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.intake.answers import convert
from dashboard.intake.faults import Refused
from tests.support.intake import answers, codebook, imported, survey, tables
from tests.support.server import ROOT
from tests.support.spss import in_windows_1252

Write = Callable[[pd.DataFrame, Path], object]


def spss(frame: pd.DataFrame, path: Path) -> None:
    pyreadstat.write_sav(
        frame,
        path,
        variable_value_labels={"q1": {1: "Ja", 9: "Uoplyst"}},
        missing_ranges={"q1": [9], "anst": [{"lo": 998, "hi": 999}]},
    )


def stata(frame: pd.DataFrame, path: Path) -> None:
    """With numbers of one, four and eight bytes."""
    short = frame.assign(vikt=frame["vikt"].astype("float32"), q1=frame["q1"].astype("int8"))
    short.to_stata(path, write_index=False, version=118)


KINDS: dict[str, Write] = {
    "answers.sav": spss,
    "answers.dta": stata,
    "answers.xpt": pyreadstat.write_xport,
}


def without_provenance(folder: Path) -> dict[str, bytes]:
    return {name: held for name, held in tables(folder).items() if "imports" not in name}


@pytest.fixture(scope="module")
def from_csv(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("csv")
    imported(survey(folder / "own"), folder / "data")
    return without_provenance(folder / "data")


def converted(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["convert", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.mark.parametrize("name", KINDS)
def test_the_parquet_gives_the_figures_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_csv: dict[str, bytes], name: str
) -> None:
    monkeypatch.setattr(convert, "AT_ONCE", 30_000)
    KINDS[name](answers(), tmp_path / name)
    into = tmp_path / "answers.parquet"
    assert converted(tmp_path / name, into) == (0, f"{into}: 600 rows of 13 variables\n")
    imported(codebook(tmp_path, {"answers.csv": "answers.parquet"}), tmp_path / "data")
    assert without_provenance(tmp_path / "data") == from_csv


def test_the_values_are_those_of_the_file_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pd.DataFrame(
        {
            "q1": [1.0, 9.0, None, 2.5] * 50,
            'Måned "x"': ["a", "", " æ", "b" * 300] * 50,
            "at": [float(at) for at in range(200)],
        }
    )
    parts: list[int] = []

    def counted(starts: Iterable[int]) -> Iterator[int]:
        for start in starts:
            parts.append(start)
            yield start

    path, into = tmp_path / "answers.zsav", tmp_path / "new.parquet"
    pyreadstat.write_sav(
        frame.rename(columns={'Måned "x"': "Måned"}),
        path,
        compress=True,
        missing_ranges={"q1": [9]},
    )
    monkeypatch.setattr(convert, "AT_ONCE", 64 * 100)
    done = convert.convert(path, into, progress=counted)
    assert (done.rows, done.variables, len(parts) > 5) == (200, 3, True)
    held = duckdb.read_parquet(str(into))
    assert dict(zip(held.columns, map(str, held.types), strict=True)) == {
        "q1": "DOUBLE",
        "Måned": "VARCHAR",
        "at": "DOUBLE",
    }
    wanted = frame.astype(object).where(frame.notna(), None)
    assert held.fetchall() == [*wanted.itertuples(index=False, name=None)]


def test_a_file_that_does_not_tell_its_rows_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "AT_ONCE", 8 * 7)
    path, into = tmp_path / "answers.por", tmp_path / "new.parquet"
    pyreadstat.write_por(pd.DataFrame({"A": [float(at) for at in range(23)]}), path)
    assert convert.convert(path, into).rows == 23
    assert duckdb.read_parquet(str(into)).fetchall() == [(float(at),) for at in range(23)]


def test_what_a_portable_file_declares_as_missing_comes_as_a_blank(tmp_path: Path) -> None:
    """pyreadstat has no option to keep it; a record of the kind 8 declares 9 as missing."""
    path, into = tmp_path / "answers.por", tmp_path / "new.parquet"
    pyreadstat.write_por(pd.DataFrame({"A": [1.0, 9.0], "B": [1.0, 9.0]}), path)
    held = path.read_bytes().replace(b"\r\n", b"")
    variable = b"70/1/A5/8/2/5/8/2/"
    assert held.count(variable) == 1
    held = held.replace(variable, variable + b"89/")
    path.write_bytes(b"".join(held[at : at + 80] + b"\r\n" for at in range(0, len(held), 80)))
    convert.convert(path, into)
    assert duckdb.read_parquet(str(into)).fetchall() == [(1.0, 1.0), (None, 9.0)]


def test_an_old_encoding_is_named(tmp_path: Path) -> None:
    path, into = tmp_path / "answers.sav", tmp_path / "new.parquet"
    pyreadstat.write_sav(pd.DataFrame({"t": ["Ålborg"]}), path)
    in_windows_1252(path, ["Ålborg"], named=False)
    code, said = converted(path, into)
    assert code == 1
    assert said.endswith(
        "expected text in the encoding that the file names; name its own as encoding\n"
    )
    assert [*tmp_path.iterdir()] == [path]
    assert converted(path, into, "--encoding", "windows-1252")[0] == 0
    assert duckdb.read_parquet(str(into)).fetchall() == [("Ålborg",)]


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    path, into = tmp_path / "answers.sav", tmp_path / "new.parquet"
    spss(answers(), path)
    into.write_bytes(b"mine")
    assert converted(path, into) == (1, f"{into}: a file that is there - expected a new one\n")
    assert into.read_bytes() == b"mine"


def test_what_cannot_be_converted_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answers.dta"
    pyreadstat.write_dta(pd.DataFrame({"q": [1.0], "Q": [2.0], "r": [1.0]}), path)
    into = tmp_path / "new.parquet"
    for arguments, fault in (
        ((path, into), 'answers.dta: "q", "Q" - expected variables whose names differ in more than upper and lower case'),
        ((path, tmp_path / "new.csv"), 'new.csv: ".csv" - expected a name that ends in .parquet'),
        ((path, tmp_path / "no" / "new.parquet"), f"{tmp_path / 'no'}: missing - expected a folder"),
        ((tmp_path / "a.csv", into), 'a.csv: ".csv" - expected a file that ends in .sav, .zsav, .por, .dta, .sas7bdat, .xpt'),
        ((tmp_path / "a.sav", into), "a.sav: missing - expected a file that can be read"),
    ):  # fmt: skip
        assert converted(*arguments) == (1, f"{fault}\n")
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(pd.DataFrame({"q": pd.Series([], dtype="float64")}), path)
    with pytest.raises(Refused, match=r"answers\.sav: no row - expected answers"):
        convert.convert(path, tmp_path / "new.parquet")
    assert [*tmp_path.iterdir()] == [path]


def test_whoever_breaks_it_off_finds_nothing_half_done(tmp_path: Path) -> None:
    """In a process of its own, which is broken off while the second part is read."""
    path, own = tmp_path / "answers.sav", tmp_path / "own"
    own.mkdir()
    pyreadstat.write_sav(pd.DataFrame({"q": [float(at) for at in range(50_000)]}), path)
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from dashboard.intake.answers import convert\n"
        "convert.AT_ONCE = 8000\n"
        "def told(parts):\n"
        "    for start in parts:\n"
        "        print(start, flush=True)\n"
        "        yield start\n"
        f"convert.convert(Path({str(path)!r}), Path({str(own / 'new.parquet')!r}), progress=told)\n"
    )
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["0\n", "1000\n"]
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT, said
    assert said.endswith("KeyboardInterrupt\n")
    assert [*own.iterdir(), *temporary.iterdir()] == []
