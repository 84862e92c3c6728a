"""Earlier data releases, kept beside the newest as one archive each."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.dataset import provenance
from dashboard.dataset.faults import DataError, Fault
from dashboard.dataset.load import load, load_earlier
from dashboard.dataset.types import Dataset

FOLDER = "releases"
"""Where a data folder keeps its earlier releases."""
LARGEST = 50 * 2**20
"""Bytes an archive may unpack to."""
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""A fixed time in the archive, so that the same tables give the same bytes."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError)
"""What reading a file may raise that is no archive, a damaged one, an encrypted one or one packed in an unknown way."""
_KINDS = (".csv", ".json", ".md")


def archives(folder: Path) -> Mapping[str, Path]:
    """Release -> archive, for every earlier release kept in a data folder."""
    return {path.stem: path for path in sorted((folder / FOLDER).glob("*.zip"))}


def load_release(path: Path, present: Dataset) -> Dataset:
    """The figures of an archive with everything else as in ``present`` (see ``load_earlier``).

    Raises DataError as ``load_earlier`` does, and for a file that is no such archive.
    """
    members = _opened(path)
    with TemporaryDirectory() as unpacked:
        (Path(unpacked) / provenance.FOLDER).mkdir()
        for name, content in members.items():
            (Path(unpacked) / name).write_bytes(content)
        dataset = load_earlier(Path(unpacked), present)
    if dataset.release != path.stem:
        raise DataError(
            (
                Fault(
                    path.name,
                    None,
                    "",
                    dataset.release,
                    "the release that the name of the archive says",
                ),
            )
        )
    return dataset


def _opened(path: Path) -> dict[str, bytes]:
    """File name -> content of an archive; raises DataError for anything but small flat tables."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive)
    except _UNREADABLE as error:
        expected = "an archive made by `python -m dashboard release`"
        raise DataError((Fault(path.name, None, "", str(error), expected),)) from error


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if sum(member.file_size for member in members) > LARGEST:
        raise ValueError(f"more than {LARGEST} bytes")
    for member in members:
        name = Path(member.filename)
        flat = (name.name, f"{provenance.FOLDER}/{name.name}")
        if member.filename not in flat or name.suffix not in _KINDS:
            raise ValueError(f"unexpected file {member.filename}")
    return {member.filename: archive.read(member) for member in members}


def version_faults(folder: Path, release: str) -> tuple[Fault, ...]:
    """What is wrong with the version of a folder: other tables are kept under it already; nothing where they are the same.

    Addresses that name the release would be answered from the new tables, and what was published be lost.
    """
    path = archives(folder).get(release)
    if path is None:
        return ()
    try:
        kept = _opened(path)
    except DataError as error:
        return error.faults
    present = _tables(folder)
    differing = sorted(
        name for name in kept.keys() | present.keys() if kept.get(name) != present.get(name)
    )
    if not differing:
        return ()
    expected = f"a new version: {FOLDER}/{path.name} keeps this one with other content in {', '.join(differing)}"
    return (Fault("datapackage.json", None, "version", release, expected),)


def _tables(folder: Path) -> dict[str, bytes]:
    """File name -> content of everything that an archive of a folder holds, in order."""
    held = (*sorted(folder.iterdir()), *sorted((folder / provenance.FOLDER).glob("*.json")))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in held
        if path.suffix in (".csv", ".json")
    }


def archive_release(folder: Path) -> Path:
    """Put the present release of a data folder into its archive and return the archive's path.

    Raises DataError for a folder with faults, and FileExistsError where the release is kept already with other content:
    what was published under a name stays as it was.
    """
    dataset = load(folder)
    target = folder / FOLDER / f"{dataset.release}.zip"
    target.parent.mkdir(exist_ok=True)
    made = target.with_suffix(".new")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in _tables(folder).items():
            archive.writestr(_member(name), content)
    if target.exists() and target.read_bytes() != made.read_bytes():
        made.unlink()
        raise FileExistsError(
            f"{target} holds this release with other figures; give the data a new version first"
        )
    return made.replace(target)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _FIXED_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
