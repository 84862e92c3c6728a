"""What an import does to a folder: all of it or nothing, and no byte of what is another survey's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.dataset import DATA_FOLDER, check, load
from dashboard.intake import lines, package
from dashboard.intake.figures import percent
from tests.support.folders import copied, records
from tests.support.intake import SURVEY, answers, imported, refused, survey, tables

OTHER = {
    'survey_id = "zz-2026-workplace"': 'survey_id = "zz-2024-workplace"',
    'source_id = "zz-2026"': 'source_id = "zz-2024"',
}


def rows_besides(folder: Path, name: str) -> list[str]:
    """The rows of a table that are not of the survey, as they stand in the file."""
    held = lines.read(folder / name).records
    return [
        row.text
        for row in held
        if SURVEY not in row.cells.values() and "zz-2026" not in row.cells.values()
    ]


def test_a_new_folder_is_whole(tmp_path: Path) -> None:
    done = imported(survey(tmp_path / "own"))
    assert done.folder == tmp_path / "own" / SURVEY
    assert check(done.folder).faults == ()
    dataset = load(done.folder)
    assert [*dataset.surveys] == [SURVEY]
    assert (len(dataset.observations), len(dataset.estimates)) == (done.figures, done.figures)
    assert sum(map(len, dataset.withheld.values())) == done.withheld > 0
    found = dataset.surveys[SURVEY]
    assert (found.weighted, found.respondents) == ("yes", done.rows_used)
    assert found.sectors == ("all", "municipal", "regional", "state")
    assert [(code, each.label) for code, each in dataset.codes["country"].items()] == [
        ("ZZ", "Synthetia")
    ]
    assert dataset.translations["da"]["country", "ZZ"].label == "Syntetien"
    assert dataset.translations["da"]["response", "little"].label == "To a small degree"
    assert not (done.folder / "questions.csv").exists()


def test_the_provenance_tells_how_the_figures_came_about(tmp_path: Path) -> None:
    done = imported(survey(tmp_path / "own"), tmp_path / "data")
    told = json.loads(
        (tmp_path / "data" / "imports" / f"{SURVEY}.json").read_text(encoding="utf-8")
    )
    assert told["file"]["name"] == "answers.csv"
    assert told["file"]["rows"] == done.rows_read == 600
    assert told["file"]["used"] == int((answers()["sektor"] != 9).sum())
    assert told["rules"] == {"base": 10, "answer": 3, "organisations": 3, "unanimous": True}
    assert (told["strata"], told["synthetic"], told["withheld"]) == (
        ["sector"],
        True,
        done.withheld,
    )
    assert str(tmp_path) not in json.dumps(told)


def test_every_other_row_of_a_folder_stays_as_it_is_written(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = tables(folder)
    imported(survey(tmp_path / "own"), folder)
    after = tables(folder)
    assert check(folder).faults == ()
    assert before.keys() - after.keys() == set()
    assert after.keys() - before.keys() == {"estimates.csv", f"imports/{SURVEY}.json"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "codes.csv",
        "datapackage.json",
        "observations.csv",
        "sources.csv",
        "surveys.csv",
        "translations.csv",
    }
    for name in changed - {"datapackage.json"}:
        old = set(before[name].decode().splitlines())
        assert old <= set(after[name].decode().splitlines()), name
    for name in ("observations.csv", "surveys.csv", "sources.csv"):
        assert "".join(rows_besides(folder, name)) == before[name].decode().partition("\n")[2]


def test_a_second_survey_changes_no_byte_of_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    imported(survey(tmp_path / "own"), folder)
    first = tables(folder)
    imported(survey(tmp_path / "other", OTHER, answers(500, seed=7)), folder)
    both = tables(folder)
    assert check(folder).faults == ()
    assert both[f"imports/{SURVEY}.json"] == first[f"imports/{SURVEY}.json"]
    assert both["codes.csv"] == first["codes.csv"]
    for name in ("observations.csv", "estimates.csv", "surveys.csv", "sources.csv"):
        assert both[name].startswith(first[name]), name


def test_the_same_again_gives_the_same_bytes(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    imported(path, tmp_path / "data")
    imported(survey(tmp_path / "other", OTHER), tmp_path / "data")
    before = tables(tmp_path / "data")
    imported(path, tmp_path / "data")
    assert tables(tmp_path / "data") == before


def test_what_the_release_before_withheld_stays_withheld(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    imported(path, tmp_path / "data")
    before = blanks(tmp_path / "data")
    survey(
        tmp_path / "own",
        {
            "base = 10": "base = 1",
            "answer = 3": "answer = 0",
            "organisations = 3": "organisations = 0",
        },
    )
    imported(path, tmp_path / "fresh")
    imported(path, tmp_path / "data")
    assert before <= blanks(tmp_path / "data")
    assert not before <= blanks(tmp_path / "fresh")


def blanks(folder: Path) -> set[tuple[str, ...]]:
    return {
        (row["sector"], row["segment"], row["concept"], row["response"])
        for row in records(folder / "observations.csv")
        if row["status"] == "suppressed"
    }


def test_published_figures_are_not_replaced(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = tables(folder)
    told = refused(survey(tmp_path / "own", {SURVEY: "dk-2015", '"ZZ"': '"DK"'}), folder)
    assert len(told) == 1
    assert (
        'published figures of "dk-2015" - expected the survey_id of figures that were computed, or a new one'
        in told[0]
    )
    assert tables(folder) == before


def test_a_source_of_another_survey_is_not_replaced(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = tables(folder)
    told = refused(
        survey(tmp_path / "own", {'source_id = "zz-2026"': 'source_id = "coi-2015-infographic"'}),
        folder,
    )
    assert told == [
        'barometer.toml, [source] source_id: "coi-2015-infographic" - expected a source of no other survey'
    ]
    assert tables(folder) == before


def test_a_folder_that_is_no_data_folder_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "letters"
    other.mkdir()
    (other / "dear.txt").write_text("Dear", encoding="utf-8")
    told = refused(survey(tmp_path / "own"), other)
    assert told == [
        f"{other}: another folder or file - expected a data folder, which has a datapackage.json, or one that does not exist yet"
    ]
    assert [*other.iterdir()] == [other / "dear.txt"]


def test_a_folder_with_faults_is_left_alone(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "codes.csv").write_text("list,code\n", encoding="utf-8")
    before = tables(folder)
    assert all(line.startswith(f"{folder}: ") for line in refused(survey(tmp_path / "own"), folder))
    assert tables(folder) == before


@pytest.mark.parametrize("moment", ["check", "_begin", "_move"])
@pytest.mark.parametrize("there", [True, False])
def test_an_import_that_is_broken_off_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, there: bool
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    folder = copied(home) if there else home / "data"
    path = survey(tmp_path / "own")
    before = tables(home)
    known = getattr(package, moment)
    calls = 0

    def broken(*given: object) -> object:
        nonlocal calls
        calls += 1
        if moment != "check" or calls > there:  # The folder that is there is checked first.
            raise KeyboardInterrupt
        return known(*given)

    monkeypatch.setattr(package, moment, broken)
    with pytest.raises(KeyboardInterrupt):
        imported(path, folder)
    assert tables(home) == before
    assert {each.name for each in home.iterdir()} == ({"data"} if there else set())


def test_a_move_that_fails_puts_the_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)
    before = tables(folder)
    rename = Path.rename

    def broken(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(KeyboardInterrupt):
        imported(survey(tmp_path / "own"), folder)
    assert tables(folder) == before


def test_rows_with_line_breaks_and_windows_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    text = 'a,b\r\n1,"two\r\nlines"\r\n2,\u2028x\r\n3,y\r\n'
    path.write_bytes(text.encode())
    held = lines.read(path)
    assert [row.cells for row in held.records] == [
        {"a": "1", "b": "two\r\nlines"},
        {"a": "2", "b": "\u2028x"},
        {"a": "3", "b": "y"},
    ]
    assert held.text() == text
    changed = held.replaced(lambda cells: cells["a"] == "2", [{"a": "2", "b": "x,y"}])
    assert changed.text() == text.replace("2,\u2028x", '2,"x,y"')
    assert held.beside({"a": "1"}, [{"b": "new"}]).text() == text.replace(
        "2,\u2028x", ",new\r\n2,\u2028x"
    )


def test_a_half_is_rounded_up_whatever_the_engine_adds_last() -> None:
    assert [percent(share, 0) for share in (0.125, 0.125 - 1e-13, 0.125 + 1e-13, 0.1249, 1, 0)] == [
        "13",
        "13",
        "13",
        "12",
        "100",
        "0",
    ]
    assert (percent(1 / 3, 1), percent(0.9996, 1)) == ("33.3", "100.0")


def test_the_projects_own_folder_is_not_touched(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in DATA_FOLDER.rglob("*")}
    imported(survey(tmp_path / "own"), tmp_path / "data")
    assert {path: path.stat().st_mtime_ns for path in DATA_FOLDER.rglob("*")} == before
