"""Earlier releases as archives: how one is kept, what is read of it, and what is said of a bad one."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import (
    DATA_FOLDER,
    DataError,
    Dataset,
    archive_release,
    archives,
    load,
    load_release,
    releases,
)
from dashboard.releases import ReleaseStore
from tests.support.folders import Cells, cell, copied, edit, line_of, rows_of, version, write

FIRST, OLD, NEW = "2026.1", "2026.2", "2026.3"
ARCHIVE = DATA_FOLDER / "releases" / f"{FIRST}.zip"


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
    kept = made.read_bytes()
    assert archive_release(second).read_bytes() == archive_release(first).read_bytes() == kept
    assert archives(first) == {OLD: made}
    present = load(first)
    assert load_release(made, present) == present


def test_what_was_published_under_a_name_stays_as_it_was(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    kept = archive_release(folder).read_bytes()
    edit(folder / "observations.csv", corrected)
    with pytest.raises(FileExistsError, match="give the data a new version first"):
        archive_release(folder)
    assert [path.name for path in (folder / "releases").iterdir()] == [f"{OLD}.zip"]
    assert (folder / "releases" / f"{OLD}.zip").read_bytes() == kept
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


def test_a_folder_with_faults_is_not_kept(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "concepts.csv").unlink()
    with pytest.raises(DataError, match=r"concepts\.csv"):
        archive_release(folder)
    assert not list(folder.rglob("*.zip"))


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def patched(content: bytes, at: int, value: bytes) -> bytes:
    """The archive with other bytes at a place of each member's entry in its list of contents."""
    entry = content.index(b"PK\1\2") + at
    return content[:entry] + value + content[entry + len(value) :]


def packed_badly() -> bytes:
    content = zipped(("a.csv", b"abcdefgh" * 500))
    return content[:35] + b"\xff" * 8 + content[43:]


PLAIN = zipped(("a.csv", b"x" * 100))
EVIL = {
    "path traversal": zipped(("../evil.csv", b"x")),
    "absolute path": zipped(("/tmp/evil.csv", b"x")),  # noqa: S108 - it must never be written
    "folder": zipped(("inner/evil.csv", b"x")),
    "other kind": zipped(("evil.py", b"x")),
    "too large": zipped(("large.csv", bytes(releases.LARGEST + 1))),
    "larger than it says": patched(PLAIN, 24, struct.pack("<I", 10)),
    "not a zip": b"release,value\n",
    "nothing": b"",
    "cut off": PLAIN[:-10],
    "encrypted": patched(PLAIN, 8, b"\1\0"),
    "unknown packing": patched(PLAIN, 10, b"\x63\0"),
    "packed badly": packed_badly(),
    "without tables": PLAIN,
}


@pytest.mark.parametrize("content", EVIL.values(), ids=EVIL)
def test_an_archive_that_is_none_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "inside" / f"{OLD}.zip"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        load_release(path, load())
    assert str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def unpacked(folder: Path) -> Path:
    """The published archive of the first release, as files."""
    folder.mkdir(parents=True)
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return folder


def packed(folder: Path, target: Path) -> Path:
    """The files of a folder as an archive of the first release."""
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"{FIRST}.zip"
    path.write_bytes(zipped(*((file.name, file.read_bytes()) for file in sorted(folder.iterdir()))))
    return path


def without_column(table: str, column: str) -> Callable[[Path], None]:
    """A column that neither the table nor its description has."""

    def apply(folder: Path) -> None:
        rows = rows_of(folder / f"{table}.csv")
        at = rows[0].index(column)
        write(folder / f"{table}.csv", [row[:at] + row[at + 1 :] for row in rows])
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        [schema] = [each["schema"] for each in package["resources"] if each["name"] == table]
        schema["fields"] = [each for each in schema["fields"] if each["name"] != column]
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    return apply


DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a value above 100": (
        cell("observations.csv", 14, "value", "104"),
        'observations.csv, line 14, column value: "104" - expected a percentage from 0 to 100',
    ),
    "a figure of no survey": (
        cell("observations.csv", 3, "survey_id", "dk-1815"),
        'observations.csv, line 3, column survey_id: "dk-1815" - expected a survey_id of surveys.csv',
    ),
    "no figures": (
        lambda folder: (folder / "observations.csv").unlink(),
        "observations.csv: missing - expected this file in the data folder",
    ),
    "no surveys": (
        lambda folder: (folder / "surveys.csv").unlink(),
        "surveys.csv: missing - expected this file in the data folder",
    ),
    "no description": (
        lambda folder: (folder / "datapackage.json").unlink(),
        "datapackage.json: missing - expected the description",
    ),
    "surveys without sectors": (
        without_column("surveys", "sectors"),
        "column surveys.schema.fields: missing - expected a field named sectors",
    ),
    "concepts without a scale": (
        without_column("concepts", "scale"),
        "column concepts.schema.fields: missing - expected a field named scale",
    ),
    "codes without short labels": (
        without_column("codes", "short_en"),
        "column codes.schema.fields: missing - expected a field named short_en",
    ),
    "figures without a base": (
        without_column("observations", "base"),
        "column observations.schema.fields: missing - expected a field named base",
    ),
    "the name of another release": (
        lambda folder: version(folder, "2025.4"),
        f'{FIRST}.zip: "2025.4" - expected the release that the name of',
    ),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_archive_is_refused_with_a_sentence(
    tmp_path: Path, kind: str, dataset: Dataset
) -> None:
    damage, text = DAMAGED[kind]
    folder = unpacked(tmp_path / "files")
    damage(folder)
    path = packed(folder, tmp_path / "data" / "releases")
    with pytest.raises(DataError) as refused:
        load_release(path, dataset)
    assert text in str(refused.value)
    with pytest.raises(DataError):
        ReleaseStore.of_dataset(dataset, {FIRST: path}, SmallBaseThresholds())


# --- Starting ---


STARTING = "from dashboard import gunicorn; gunicorn.on_starting(None); print('started')"


def start(folder: Path, **settings: str) -> tuple[int, str, str]:
    """What gunicorn's own check at start does with a data folder."""
    env = {"BAROMETER_DATA": str(folder), "PATH": "/usr/bin:/bin"} | settings
    done = subprocess.run(
        [sys.executable, "-c", STARTING],
        capture_output=True,
        text=True,
        check=False,
        env=env,
        cwd=DATA_FOLDER.parent,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_site_starts_with_the_projects_data_and_archives() -> None:
    assert archives(DATA_FOLDER)[FIRST] == ARCHIVE
    assert start(DATA_FOLDER) == (0, "started\n", "")


@pytest.mark.parametrize("name", [f"{FIRST}.zip", "2025.1.zip"])
def test_the_site_does_not_start_with_an_archive_that_is_none_and_says_so(
    tmp_path: Path, name: str
) -> None:
    folder = copied(tmp_path)
    (folder / "releases").mkdir()
    (folder / "releases" / name).write_bytes(b"no archive")
    code, out, said = start(folder)
    assert (code, out) == (1, "")
    assert (
        said
        == f'{name}: "File is not a zip file" - expected an archive made by `python -m dashboard release`\n'
    )


def test_the_site_does_not_start_with_a_damaged_archive_or_faulty_data_and_says_where(
    tmp_path: Path,
) -> None:
    folder, old = copied(tmp_path), unpacked(tmp_path / "files")
    cell("observations.csv", 14, "value", "104")(old)
    packed(old, folder / "releases")
    fault = 'observations.csv, line 14, column value: "{}" - expected a percentage from 0 to 100\n'
    assert start(folder) == (1, "", fault.format(104))
    cell("observations.csv", 14, "value", "105")(folder)
    assert start(folder) == (1, "", fault.format(105))


# --- Reading ---


def test_figures_and_publications_are_the_archives_and_all_else_is_todays(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    kept = archive_release(folder)
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
    earlier = load_release(kept, now)
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
    kept = archive_release(folder)
    counted, doubted = line_of(count="76"), line_of(doubt="edition")
    cell("observations.csv", counted, "value", "47")(folder)
    for column, value in {"value": "59", "status": "printed", "doubt": ""}.items():
        cell("observations.csv", doubted, column, value)(folder)
    version(folder, NEW)
    earlier = load_release(kept, load(folder))
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
