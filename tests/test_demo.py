"""The made-up barometer of `make demo`: the same answers every time, and from their file to the page beside Denmark."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from dashboard import checking
from dashboard.__main__ import main
from dashboard.dataset import load
from dashboard.settings import Settings
from dashboard.web import create_app
from demo import answers
from tests.support.folders import copied, records

DEMO = Path(answers.__file__).parent
SURVEY = "zz-2026"


def prepared(parent: Path) -> Path:
    """A folder with answers, codebook and a copy of the data."""
    answers.main(parent / "answers.csv")
    shutil.copy(DEMO / "barometer.toml", parent)
    copied(parent)
    return parent


def imported(folder: Path, engine: str) -> Path:
    into = folder / "data"
    command = ["import", str(folder / "barometer.toml"), "--into", str(into), "--engine", engine]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.output.startswith(f"{SURVEY}: ")) == (0, True), done.output
    return into


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(prepared(tmp_path_factory.mktemp("demo")), "pandas")


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(data=folder, drawings=0)).test_client()


def test_the_answers_are_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one.csv", "other.csv"):
        answers.main(tmp_path / name)
    one, other = ((tmp_path / name).read_bytes() for name in ("one.csv", "other.csv"))
    assert one == other
    rows = list(csv.DictReader(one.decode().splitlines()))
    assert len(rows) == sum(stratum.sample for stratum in answers.STRATA) == 2000
    assert {row["kind_product"] for row in rows if row["innovated"] != "1"} == {""}


def test_the_folder_is_sound_and_holds_both_kinds_of_rows(folder: Path) -> None:
    assert checking.checked(folder)[0] == ()
    status = [
        row["status"] for row in records(folder / "observations.csv") if row["survey_id"] == SURVEY
    ]
    assert (status.count("computed"), status.count("suppressed")) == (336, 147)
    assert load(folder).imports[SURVEY].withheld == 147


def test_every_engine_writes_the_same_tables(folder: Path, tmp_path: Path) -> None:
    other = imported(prepared(tmp_path), "duckdb")
    for path in sorted(folder.glob("*.csv")):
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_published_rows_stay_as_they_are(folder: Path, tmp_path: Path) -> None:
    before = copied(tmp_path)
    for path in sorted(before.glob("*.csv")):
        kept = set((folder / path.name).read_bytes().splitlines())
        assert kept.issuperset(path.read_bytes().splitlines()), path.name


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_it_stands_beside_denmark(client: FlaskClient, language: str) -> None:
    page = client.get(f"/?country=DK~ZZ&lang={language}")
    assert page.status_code == 200
    assert "Samplon" in page.get_data(as_text=True)
    assert client.get(f"/country/zz?lang={language}").status_code == 200
    lines = client.get("/data.csv?country=ZZ&split=field&lang=en").get_data(as_text=True)
    assert ",S," in lines
    assert ",design,computed," in lines
