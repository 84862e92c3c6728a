"""Archives that are damaged or none: they are refused, and the site does not start."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import (
    DATA_FOLDER,
    DataError,
    Dataset,
    archives,
    load,
    load_release,
    releases,
)
from dashboard.releases import ReleaseStore
from tests.support.archives import ARCHIVE, FIRST, OLD
from tests.support.folders import cell, copied, rows_of, version, write


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

STARTING = """
from types import SimpleNamespace
from dashboard import gunicorn
from dashboard.web import create_app
server = SimpleNamespace(cfg=SimpleNamespace(reload=False), app=SimpleNamespace(wsgi=create_app))
gunicorn.on_starting(server)
print("started")
"""


def start(folder: Path, **settings: str) -> tuple[int, str, str]:
    """What gunicorn's start does with a data folder."""
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
