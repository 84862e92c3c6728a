"""An official table by its address becomes the same data folder as by its file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.dataset import check
from dashboard.intake import run
from dashboard.intake.faults import Refused
from tests.support import misbehaviour as bad
from tests.support.folders import records
from tests.support.statistics_office import Office, cell, jsonstat, office

SURVEY = "zz-2022-table"
CODEBOOK = """
kind = "table"

[survey]
survey_id = "zz-2022-table"
country = "ZZ"
title = "Innovation statistics of Synthetia"
producer = "Made-up Office"
population = "Public workplaces"
unit = "workplace"
level = "workplace"
kind = "national"
design = "sample"
period_kind = "years"
reference_period = "2022"
period_start = 2022
period_end = 2022
synthetic = true

[source]
source_id = "zz-2022-table"
title = "Innovation in the public sector"
publisher = "Made-up Office"
language = "sv"

[from]
{origin}

[select]
Region = "05"
Tid = "2022"

[columns.Sektor]
is = "sector"
codes = {{ T = "all", K = "municipal", R = "regional", S = "state" }}

[columns.Svar]
is = "response"
codes = {{ ja = "yes", nej = "no", vet = "dont_know" }}

[always]
concept = "innovative_workplaces"

[measure]
base = "workplaces"
decimals = 1

[symbols]
":" = "suppressed"
"." = "not asked"
".." = "not published"

[[code]]
list = "country"
code = "ZZ"
label = {{ en = "Synthetia", da = "Syntetien", nb = "Syntetia", sv = "Syntetien", fi = "Synteetia" }}
"""
ORIGINS = ("v1", "v2", "statbank", "jsonstat")


def codebook(folder: Path, origin: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "table.toml"
    path.write_text(CODEBOOK.format(origin=origin), encoding="utf-8")
    return path


def by_address(folder: Path, server: Office, origin: str) -> Path:
    server.pages["/table.json"] = bad.reply(json.dumps(jsonstat({})).encode())
    addresses = {
        "v1": f'pxweb = "{server.v1}"',
        "v2": f'pxweb = "{server.v2}"\nlanguage = "en"',
        "statbank": f'statbank = "{server.statbank}"',
        "jsonstat": f'jsonstat = "{server.base}/table.json"',
    }
    return codebook(folder, addresses[origin])


def by_file(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "table.json").write_text(json.dumps(jsonstat({})), encoding="utf-8")
    return codebook(folder, 'file = "table.json"')


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_table_by_address_is_the_table_by_file(tmp_path: Path, origin: str) -> None:
    with office(cells=5) as server:
        done = run.run(by_address(tmp_path / origin, server, origin))
    same = run.run(by_file(tmp_path / "file"))
    assert done.figures == same.figures > 6
    for name in ("observations.csv", "surveys.csv", "sources.csv", "codes.csv"):
        assert (done.folder / name).read_bytes() == (same.folder / name).read_bytes()
    assert not check(done.folder).faults


def test_symbols_come_through(tmp_path: Path) -> None:
    with office() as server:
        done = run.run(by_address(tmp_path, server, "statbank"))
    rows = {
        (row["sector"], row["response"]): row for row in records(done.folder / "observations.csv")
    }
    codes = {"T": "all", "K": "municipal", "R": "regional", "S": "state"}
    withheld = 0
    for sector, name in codes.items():
        for answer, response in (("ja", "yes"), ("nej", "no"), ("vet", "dont_know")):
            text = cell(("05", sector, answer, "2022"))
            row = rows.get((name, response))
            if text == ":":
                assert row is not None
                assert (row["status"], row["value"]) == ("suppressed", "")
                withheld += 1
            elif text not in (".", ".."):
                assert row is not None
                assert row["value"] == text
    assert withheld == done.withheld == 1


def test_the_provenance_names_each_answer_and_is_the_same_each_time(tmp_path: Path) -> None:
    with office(cells=5) as server:
        first = run.run(by_address(tmp_path / "one", server, "v1"))
        asked = len(server.data())
        second = run.run(by_address(tmp_path / "two", server, "v1"))
        address = server.v1
    held = [each.folder / "imports" / f"{SURVEY}.json" for each in (first, second)]
    assert held[0].read_bytes() == held[1].read_bytes()
    answers = json.loads(held[0].read_text())["answers"]
    assert len(answers) == 1 + asked
    assert answers[0]["address"] == address
    assert all(each["address"].startswith(f"{address} {{") for each in answers[1:])
    assert all(len(each["sha256"]) == 64 for each in answers)


@pytest.mark.parametrize("origin", ORIGINS)
def test_nothing_is_left_of_an_import_that_fails(tmp_path: Path, origin: str) -> None:
    with office() as server:
        path = by_address(tmp_path, server, origin)
        kind = "text/csv" if origin == "statbank" else "application/json"
        half = bad.reply(b'{"id": ["Re', headers={"Content-Type": kind}, length=1000)
        for place in ("/api/v2/tables/TAB001/data", "/v1/data", "/table.json"):
            server.pages[place] = half
        server.pages[f"{server.v1.removeprefix(server.base)}"] = half
        with pytest.raises(Refused) as error:
            run.run(path)
    (said,) = str(error.value).splitlines()
    assert "half an answer: 11 of 1000 bytes - expected the whole answer" in said
    assert [each.name for each in tmp_path.iterdir()] == ["table.toml"]


def test_a_codebook_with_faults_asks_nobody(tmp_path: Path) -> None:
    with office() as server:
        path = by_address(tmp_path, server, "v1")
        path.write_text(path.read_text().replace('"innovative_workplaces"', '"inovative"'))
        with pytest.raises(Refused, match="inovative"):
            run.run(path)
        assert server.asked == []


def test_a_code_that_the_table_has_not_is_told_before_figures_are_asked_for(tmp_path: Path) -> None:
    with office() as server:
        path = by_address(tmp_path, server, "v2")
        path.write_text(path.read_text().replace('Tid = "2022"', 'Tid = "2023"'))
        with pytest.raises(Refused) as error:
            run.run(path)
        assert server.data() == []
    said = 'table.toml, [select] Tid: "2023" - expected a code of the table (nearest: "2022")'
    assert str(error.value) == said
