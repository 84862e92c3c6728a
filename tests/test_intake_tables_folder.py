"""What an import of an official table does to a data folder, and how a reader meets its figures."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from dashboard.__main__ import main
from dashboard.dataset import DATA_FOLDER, check, load
from dashboard.intake import lines
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support import intake
from tests.support.folders import copied, records
from tests.support.intake import survey, tables
from tests.support.official import SURVEY, codebook, imported, jsonstat, refused, table

EARLIER = {
    'survey_id = "zz-2026-table"': 'survey_id = "zz-2024-table"',
    'source_id = "zz-2026-table"': 'source_id = "zz-2024-table"',
    'reference_period = "2024-2025"\nperiod_start = 2024\nperiod_end = 2025': (
        'reference_period = "2022-2023"\nperiod_start = 2022\nperiod_end = 2023'
    ),
    'Tid = "2026"': 'Tid = "2024"',
}
INDICATORS = (
    "innovative_workplaces~collab_companies~collab_citizens~effect_quality~effect_efficiency"
)
BOTH_SURVEYS = """[[survey]]
survey_id = "zz-2024-table"
country = "ZZ"
title = "Innovation statistics of Synthetia"
producer = "Made-up Office"
population = "Public workplaces"
unit = "workplace"
level = "workplace"
kind = "national"
design = "sample"
period_kind = "survey_year"
period_end = 2024

[[survey]]
"""


def of(folder: Path, name: str, survey_id: str) -> list[str]:
    """The rows of a survey as they are written."""
    held = lines.read(folder / name).records
    return [row.text for row in held if row.cells.get("survey_id") == survey_id]


def test_a_new_folder_is_whole(tmp_path: Path) -> None:
    done = imported(table(tmp_path))
    assert str(done) == (
        f"{SURVEY}: 40 figures, 2 withheld, from 90 of 240 cells (jsonstat); in {tmp_path / SURVEY}"
    )
    found = check(done.folder)
    assert (found.faults, found.warnings) == ((), ())
    dataset = load(done.folder)
    assert [*dataset.surveys] == [SURVEY]
    assert len(dataset.observations) == done.figures == 40
    assert {row.status for row in dataset.observations} == {"printed"}
    own = dataset.surveys[SURVEY]
    assert (own.weighted, own.sectors) == ("yes", ("all", "municipal", "state"))
    assert [*dataset.estimates] == []
    assert dataset.withheld == {
        (SURVEY, "municipal", "", "", "collab_companies"): {"yes"},
        (SURVEY, "all", "size", "0-10", "effect_quality"): {"high"},
    }
    assert dataset.not_asked == {(SURVEY, "state", "", "", "collab_companies"): {"yes"}}
    assert set(dataset.codes["status"]) == {
        "printed",
        "ordered",
        "inferred",
        "suppressed",
        "not_asked",
    }
    assert dataset.translations["fi"]["status", "not_asked"].label == "Ei kysytty"


def test_the_provenance_names_the_table_and_no_time(tmp_path: Path) -> None:
    folder = imported(table(tmp_path)).folder
    told = json.loads((folder / "imports" / f"{SURVEY}.json").read_text(encoding="utf-8"))
    digest = told["file"].pop("sha256")
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert told["file"] == {"name": "table.json", "rows": 240, "used": 90}
    size = (tmp_path / "table.json").stat().st_size
    assert told["answers"] == [{"address": "table.json", "sha256": digest, "bytes": size}]
    assert (told["kind"], told["withheld"], told["synthetic"]) == ("table", 2, True)
    assert told["select"] == {"Tid": ["2026"]}
    assert told["symbols"][":"] == "suppressed"
    assert str(tmp_path) not in json.dumps(told)
    assert load(folder).imports[SURVEY].kind == "table"


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = imported(table(tmp_path / "one")), imported(table(tmp_path / "other"))
    assert tables(one.folder) == tables(other.folder)
    before = tables(one.folder)
    imported(codebook(tmp_path / "one"), one.folder)
    assert tables(one.folder) == before


def test_a_second_survey_changes_no_byte_of_the_first(tmp_path: Path) -> None:
    folder = imported(table(tmp_path)).folder
    names = ("observations.csv", "surveys.csv", "sources.csv", f"imports/{SURVEY}.json")
    before = {name: (folder / name).read_bytes() for name in names}
    imported(codebook(tmp_path, EARLIER), folder)
    assert check(folder).faults == ()
    assert [*load(folder).surveys] == [SURVEY, "zz-2024-table"]
    for name in names:
        assert (folder / name).read_bytes().startswith(before[name])
    again = tables(folder)
    imported(codebook(tmp_path), folder)
    assert tables(folder) == again


def test_two_editions_of_one_table_may_share_their_source(tmp_path: Path) -> None:
    folder = imported(table(tmp_path)).folder
    before = (folder / "sources.csv").read_bytes()
    changed = {old: new for old, new in EARLIER.items() if "source_id" not in old}
    imported(codebook(tmp_path, changed), folder)
    assert (folder / "sources.csv").read_bytes() == before
    told = refused(codebook(tmp_path, {**changed, "public sector": "whole economy"}), folder)
    assert told == [
        'table.toml, [source] source_id: "zz-2026-table" - expected a source of no other survey'
    ]


def test_several_editions_of_one_table_are_read_at_once(tmp_path: Path) -> None:
    changed = {
        "[survey]\n": BOTH_SURVEYS,
        '[select]\nTid = "2026"\n': (
            '[columns.Tid]\nis = "survey"\ncodes = { 2024 = "zz-2024-table", 2026 = "zz-2026-table" }\n'
        ),
    }
    done = imported(table(tmp_path, changed), tmp_path / "data")
    assert done.survey_id == "zz-2024-table, zz-2026-table"
    assert (done.figures, done.rows_used) == (40 + 45, 180)
    both = load(done.folder)
    assert [*both.surveys] == ["zz-2024-table", SURVEY]
    alone = imported(table(tmp_path / "alone")).folder
    assert of(done.folder, "observations.csv", SURVEY) == of(alone, "observations.csv", SURVEY)
    assert {*both.imports} == {"zz-2024-table", SURVEY}
    assert refused(table(tmp_path / "apart", {"[survey]\n": BOTH_SURVEYS})) == [
        'table.toml, [columns]: no survey - expected a dimension that is = "survey", since there are several'
    ]


def test_every_other_row_of_a_folder_stays_as_it_is_written(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = tables(folder)
    imported(table(tmp_path / "own"), folder)
    after = tables(folder)
    assert check(folder).faults == ()
    for name in ("observations.csv", "surveys.csv", "sources.csv"):
        assert after[name].startswith(before[name])
    assert after.keys() - before.keys() == {"estimates.csv", f"imports/{SURVEY}.json"}


def test_what_did_not_come_from_a_table_is_not_replaced(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    published = {'survey_id = "zz-2026-table"': 'survey_id = "dk-2015"'}
    assert refused(table(tmp_path / "own", published), folder) == [
        f'{folder}: published figures of "dk-2015" - expected the survey_id of figures that were read from a table, or a new one'
    ]
    computed = intake.imported(survey(tmp_path / "answers")).folder
    before = tables(computed)
    answers = {'survey_id = "zz-2026-table"': f'survey_id = "{intake.SURVEY}"'}
    assert refused(table(tmp_path / "own", answers), computed) == [
        f'{computed}: computed figures of "{intake.SURVEY}" - expected the survey_id of figures that were read from a table, or a new one'
    ]
    assert tables(computed) == before
    own = imported(table(tmp_path / "own")).folder
    changed = {f'survey_id = "{intake.SURVEY}"': f'survey_id = "{SURVEY}"'}
    assert intake.refused(survey(tmp_path / "answers", changed), own) == [
        f'{own}: published figures of "{SURVEY}" - expected the survey_id of figures that were computed, or a new one'
    ]


def test_computed_and_published_figures_stand_in_one_folder(tmp_path: Path) -> None:
    folder = intake.imported(survey(tmp_path / "answers")).folder
    before = tables(folder)
    imported(table(tmp_path / "own"), folder)
    after = tables(folder)
    assert check(folder).faults == ()
    assert after["observations.csv"].startswith(before["observations.csv"])
    assert after["estimates.csv"] == before["estimates.csv"]


def test_nothing_is_written_where_only_checking_is_asked_or_a_table_is_refused(
    tmp_path: Path,
) -> None:
    path = table(tmp_path)
    before = tables(tmp_path)
    done = CliRunner().invoke(main, ["import", str(path), "--check-only"])
    assert (done.exit_code, done.output) == (
        0,
        f"{SURVEY}: 40 figures, 2 withheld, from 90 of 240 cells (jsonstat); nothing written\n",
    )
    assert tables(tmp_path) == before
    folder = imported(path).folder
    whole = tables(folder)
    document = jsonstat()
    document["value"].pop()
    done = CliRunner().invoke(main, ["import", str(table(tmp_path, None, document))])
    assert (done.exit_code, done.output) == (
        1,
        "table.json, value: 239 values - expected 240, the product of size\n",
    )
    assert tables(folder) == whole


# --- as a reader meets it ---


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = imported(table(tmp_path_factory.mktemp("own"))).folder
    return create_app(Settings(data=folder, drawings=0)).test_client()


def blanks(client: FlaskClient, query: str) -> dict[tuple[str, str], str]:
    """(indicator, sector) -> code of the blank, as the CSV has it."""
    text = client.get(f"/data.csv?{query}&lang=en").get_data(as_text=True)
    read = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return {(row["concept"], row["sector"]): row["blank"] for row in read if row["blank"]}


def test_symbols_reach_page_files_and_json_stat(client: FlaskClient) -> None:
    query = f"country=ZZ&concept={INDICATORS}&by=sector&view=table"
    assert blanks(client, query) == {
        ("collab_companies", "municipal"): "S",
        ("collab_companies", "state"): "NQ",
        ("effect_quality", "state"): "NP",
    }
    cube = json.loads(client.get(f"/data.json?{query}&lang=en").data)
    assert sorted(cube["status"].values()) == ["NP", "NQ", "S"]
    for language, words in (
        ("en", ("withheld: too few answers", "not asked", "not published")),
        ("da", ("tilbageholdt: for få svar", "ikke spurgt", "ikke offentliggjort")),
        ("fi", ("salattu: liian vähän vastauksia", "ei kysytty", "ei julkaistu")),
    ):
        page = client.get(f"/?{query}&lang={language}").get_data(as_text=True)
        assert [word for word in words if word not in page] == []


CARD = {
    "en": ("Read from", "90 of 240 cells of table.json, by the codebook table.toml"),
    "da": ("Læst i", "90 af 240 celler i table.json, efter kodebogen table.toml"),
    "nb": ("Lest i", "90 av 240 celler i table.json, etter kodeboken table.toml"),
    "sv": ("Läst i", "90 av 240 celler i table.json, enligt kodboken table.toml"),
    "fi": (
        "Luettu taulukosta",
        "90/240 solua taulukosta table.json, koodikirjan table.toml mukaan",
    ),
}


@pytest.mark.parametrize(("language", "words"), CARD.items())
def test_the_card_of_a_figure_says_where_it_was_read(
    client: FlaskClient, language: str, words: tuple[str, str]
) -> None:
    name = f"{SURVEY}:all:innovative_workplaces"
    address = f"/?country=ZZ&concept={INDICATORS}&figure={name}&lang={language}"
    page = client.get(address).get_data(as_text=True)
    assert [word for word in words if word not in page] == []
    assert "Tid 2026, Sektor T, Storlek T, Fraga A" in page
    assert re.search(r"\(SHA-256 [0-9a-f]{12}…, [0-9a-f]{12}…\)", page)


def test_an_official_table_is_not_said_to_be_computed(client: FlaskClient) -> None:
    page = client.get(f"/?country=ZZ&concept={INDICATORS}&lang=en").get_data(as_text=True)
    assert "computed from" not in page
    assert "Weighted, the weights are not published: Synthetia (synthetic) (2024–2025)." in page


# --- round trip ---

SECTORS = "all~municipal~regional~municipal_regional~state"


def written(cube: dict[str, Any], survey_id: str) -> str:
    """The codebook that reads what the site itself writes, of one survey."""

    def codes(name: str) -> str:
        known = cube["dimension"][name]["category"]["index"]
        return json.dumps([code for code in known if code != "any"])

    def skip(name: str) -> str:
        known = cube["dimension"][name]["category"]["index"]
        return json.dumps([code for code in known if code == "any"])

    segments = {
        code: "" if code == "total" else code
        for code in json.loads(codes("segment"))
    }  # fmt: skip
    table_of = ", ".join(f"{json.dumps(name)} = {json.dumps(to)}" for name, to in segments.items())
    return f"""
kind = "table"
[survey]
survey_id = "{survey_id}"
country = "DK"
title = "Innovationsbarometeret"
producer = "COI"
population = "Workplaces"
unit = "workplace"
level = "workplace"
kind = "national"
design = "sample"
period_kind = "unknown"
sectors = ["all", "municipal", "regional", "municipal_regional", "state"]
[source]
source_id = "own-export"
title = "An export"
publisher = "The site"
language = "en"
[from]
file = "export.json"
[select]
respondent = "DK-workplace"
edition = "{survey_id}"
[columns.indicator]
is = "concept"
codes = {codes("indicator")}
[columns.answer]
is = "response"
codes = {codes("answer")}
skip = {skip("answer")}
[columns.sector]
is = "sector"
codes = {codes("sector")}
skip = {skip("sector")}
[columns.segment]
is = "segment"
codes = {{ {table_of} }}
skip = {skip("segment")}
[measure]
base = "workplaces"
[symbols]
ordered = "figure"
inferred = "figure"
about = "about"
over = "over"
under = "under"
"""


@pytest.mark.parametrize("query", ["theme=innovation", "theme=collaboration", "theme=drivers"])
def test_what_the_site_writes_is_read_back(tmp_path: Path, query: str) -> None:
    site = create_app(Settings(data=DATA_FOLDER, drawings=0)).test_client()
    cube = site.get(
        f"/data.json?country=DK&{query}&edition=all&sector={SECTORS}&view=table&lang=en"
    ).get_json()
    of_surveys = Counter(each["survey_id"] for each in cube["extension"]["figures"].values())
    [(survey_id, figures)] = of_surveys.most_common(1)
    (tmp_path / "export.json").write_text(json.dumps(cube), encoding="utf-8")
    path = tmp_path / "table.toml"
    path.write_text(written(cube, survey_id), encoding="utf-8")
    folder = imported(path).folder
    key = ("sector", "segment", "concept", "response", "value", "qualifier")
    ours = {tuple(row[name] for name in key) for row in records(folder / "observations.csv")}
    held = [
        row for row in records(DATA_FOLDER / "observations.csv") if row["survey_id"] == survey_id
    ]
    theirs = {tuple(row[name] for name in key) for row in held}
    assert len(ours) == figures > 10
    assert ours <= theirs
