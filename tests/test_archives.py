"""Archives of earlier releases: how they are kept and read."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import (
    DataError,
    Dataset,
    archive_release,
    archives,
    load,
    load_release,
    version_faults,
)
from dashboard.releases import ReleaseStore
from tests.support.archives import ARCHIVE, NEW, OLD
from tests.support.folders import Cells, cell, copied, edit, line_of, version


def corrected(rows: list[Cells]) -> list[Cells]:
    """One figure corrected: of dk-2020, on quality."""
    assert [
        row["value"]
        for row in rows
        if (row["survey_id"], row["concept"]) == ("dk-2020", "effect_quality")
    ] == ["68"]
    return [
        row
        | (
            {"value": "60"}
            if (row["survey_id"], row["concept"]) == ("dk-2020", "effect_quality")
            else {}
        )
        for row in rows
    ]


# --- Keeping ---


def test_keeping_is_deterministic_and_may_be_repeated(tmp_path: Path) -> None:
    first, second = (copied(tmp_path / name) for name in ("a", "b"))
    for file in second.iterdir():
        file.touch()
    made = archive_release(first)
    assert made == first / "releases" / f"{OLD}.zip"
    archived = made.read_bytes()
    assert archive_release(second).read_bytes() == archive_release(first).read_bytes() == archived
    assert archives(first) == {OLD: made}
    present = load(first)
    assert load_release(made, present) == present


def test_what_was_published_under_a_name_stays_as_it_was(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    archived = archive_release(folder).read_bytes()
    edit(folder / "observations.csv", corrected)
    with pytest.raises(FileExistsError, match="give the data a new version first"):
        archive_release(folder)
    assert [path.name for path in (folder / "releases").iterdir()] == [f"{OLD}.zip"]
    assert (folder / "releases" / f"{OLD}.zip").read_bytes() == archived
    version(folder, NEW)
    archive_release(folder)
    assert list(archives(folder)) == [OLD, NEW]


def test_the_command_tells_how_it_went(tmp_path: Path) -> None:
    folder = copied(tmp_path)

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(main, ["release", str(folder)])
        return done.exit_code, done.output

    assert run() == (0, f"kept {folder / 'releases' / OLD}.zip\n")
    edit(folder / "observations.csv", corrected)
    code, said = run()
    assert (code, "new version" in said) == (1, True)
    (folder / "concepts.csv").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "release", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "concepts.csv" in done.stdout, done.stderr) == (1, True, "")


def test_a_version_that_was_forgotten_is_a_fault(tmp_path: Path) -> None:
    folder = copied(tmp_path)

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(main, ["check", str(folder)])
        return done.exit_code, done.output

    assert run()[0] == 0
    archive_release(folder)
    assert run()[0] == 0
    edit(folder / "observations.csv", corrected)
    assert run() == (
        1,
        f'datapackage.json, column version: "{OLD}" - expected a new version: '
        f"releases/{OLD}.zip keeps this one with other content in observations.csv\n",
    )
    (folder / "questions.csv").write_bytes((folder / "questions.csv").read_bytes() + b"\n")
    assert "in observations.csv, questions.csv\n" in run()[1]
    version(folder, NEW)
    assert run()[0] == 0


def test_a_release_that_is_kept_without_a_table_is_another(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    kept = archive_release(folder)
    with zipfile.ZipFile(kept) as archive:
        members = {
            name: archive.read(name) for name in archive.namelist() if name != "questions.csv"
        }
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    (fault,) = version_faults(folder, OLD)
    assert str(fault).endswith("with other content in questions.csv")


def test_a_damaged_archive_of_the_present_release_is_a_fault(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    archive_release(folder).write_bytes(b"no archive")
    (fault,) = version_faults(folder, OLD)
    assert (fault.file, "python -m dashboard release" in fault.expected) == (f"{OLD}.zip", True)


def test_a_folder_with_faults_is_not_kept(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "concepts.csv").unlink()
    with pytest.raises(DataError, match=r"concepts\.csv"):
        archive_release(folder)
    assert not list(folder.rglob("*.zip"))


# --- Reading ---


def test_figures_and_publications_are_the_archives_and_all_else_is_todays(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    archive = archive_release(folder)
    before = load(folder)
    edit(folder / "observations.csv", corrected)
    cell("sources.csv", 2, "title", "A title since corrected")(folder)
    cell(
        "concepts.csv",
        line_of("concepts.csv", concept="effect_quality"),
        "label_en",
        "Quality as it is called today",
    )(folder)
    cell("surveys.csv", line_of("surveys.csv", survey_id="dk-2020"), "definition", "works-with")(
        folder
    )
    cell("breaks.csv", 2, "verdict", "no")(folder)
    version(folder, NEW)
    now = load(folder)
    earlier = load_release(archive, now)
    assert (earlier.release, earlier.released) == (before.release, before.released)
    assert earlier.observations == before.observations != now.observations
    assert earlier.sources == before.sources != now.sources
    assert earlier.indicators == now.indicators != before.indicators
    assert earlier.surveys == now.surveys != before.surveys
    assert earlier.breaks == now.breaks != before.breaks
    same = (
        "codes",
        "definitions",
        "changes",
        "published_tests",
        "asked",
        "response_rates",
        "translations",
    )
    assert {name: getattr(earlier, name) for name in same} == {
        name: getattr(now, name) for name in same
    }
    assert earlier.observations.table.equals(before.observations.table)


def test_what_was_recorded_of_a_figure_is_kept_where_the_figure_has_changed_since(
    tmp_path: Path,
) -> None:
    folder = copied(tmp_path)
    archive = archive_release(folder)
    counted, doubted = line_of(count="76"), line_of(doubt="edition")
    cell("observations.csv", counted, "value", "47")(folder)
    for column, value in {"value": "59", "status": "printed", "doubt": ""}.items():
        cell("observations.csv", doubted, column, value)(folder)
    version(folder, NEW)
    earlier = load_release(archive, load(folder))
    first, second = (earlier.observations[line - 2] for line in (counted, doubted))
    assert (first.value, first.count) == (46, 76)
    assert (second.value, second.status, second.doubt) == (60, "inferred", "edition")


def test_what_has_been_recorded_since_holds_for_a_figure_that_is_the_same(dataset: Dataset) -> None:
    earlier = load_release(ARCHIVE, dataset)
    figures = {
        (each.survey_id, each.sector, each.segment, each.indicator): each
        for each in earlier.observations
    }
    assert figures["se-2021-workplace", "state", "", "broad_innovators"].count == 76
    assert figures["nl-2025", "all", "", "innovative_workplaces"].doubt == "second_hand"
    # Under another name, but the same figure.
    assert figures["dk-2017", "municipal", "", "collab_public"].doubt == "edition"
    assert {each.doubt != "" for each in earlier.observations if each.status == "inferred"} == {
        True
    }
    assert {each.doubt for each in earlier.observations if each.status != "inferred"} == {""}


def test_a_survey_has_figures_in_the_releases_that_have_them(
    tmp_path: Path, dataset: Dataset
) -> None:
    assert not dataset.surveys["se-2023"].has_figures
    collected = replace(
        dataset,
        surveys={
            **dataset.surveys,
            "se-2023": replace(dataset.surveys["se-2023"], has_figures=True),
        },
    )
    assert not load_release(ARCHIVE, collected).surveys["se-2023"].has_figures
    withdrawn = replace(
        dataset,
        surveys={
            **dataset.surveys,
            "dk-2015": replace(dataset.surveys["dk-2015"], has_figures=False),
        },
    )
    assert load_release(ARCHIVE, withdrawn).surveys["dk-2015"].has_figures


def test_releases_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in ("2026.9", "2026.10", "2026.11"):
        version(folder, name)
        archive_release(folder)
    version(folder, "2027.1")
    store = ReleaseStore.of_dataset(load(folder), archives(folder), SmallBaseThresholds())
    assert store.vocabulary.releases == ("2026.9", "2026.10", "2026.11", "2027.1")
    assert [step.release for step in store.history("en")] == [
        "2027.1",
        "2026.11",
        "2026.10",
        "2026.9",
    ]
