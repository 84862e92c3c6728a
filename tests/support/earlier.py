"""A release of the program that came before this one: a checkout of its own, with what it needs."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.support.server import ROOT

KEPT = ROOT / ".cache" / "earlier"
SINCE = ("EXACT =", "dashboard/web/static/serve.py")
"""Where no release is tagged: the first state that a reader can be led away from without mixed scripts, by what it added and where."""
LOCKS = ("requirements.txt", "package-lock.json")
SECONDS = 600


def commit() -> str:
    """The release before the present state: the newest tag below it, else the first state of ``SINCE``.

    Fails with the reason where the history is not there.
    """
    if _git("rev-parse", "--is-shallow-repository") != "false":
        pytest.fail(
            "A rolling deploy is tested with a checkout of the release before, which needs the history of this one: "
            "clone it with git and without --depth, or `git fetch --unshallow`"
        )
    tagged = _git("describe", "--tags", "--abbrev=0", "HEAD~1")
    if tagged:
        return _git("rev-list", "-n", "1", tagged)
    added, path = SINCE
    found = _git("log", "--reverse", "--format=%H", f"-S{added}", "HEAD", "--", path).split()
    assert found, f"no commit added {added!r} to {path}"
    return found[0]


def checkout() -> Path:
    """The folder of that release, ready to serve; made once, and kept in .cache."""
    name = commit()
    folder = KEPT / name
    if not (folder / "ready").is_file():
        shutil.rmtree(KEPT, ignore_errors=True)
        folder.mkdir(parents=True)
        _extract(name, folder)
        _equip(folder)
        (folder / "ready").touch()
    return folder


def _extract(name: str, folder: Path) -> None:
    packed = subprocess.run(["git", "archive", name], cwd=ROOT, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(folder, filter="data")


def _equip(folder: Path) -> None:
    """Give a checkout its environment and what browsers load: this one's environment where the locks are the same, else its own."""
    alike = all((folder / name).read_bytes() == (ROOT / name).read_bytes() for name in LOCKS)
    if alike:
        for name in (".venv", "node_modules"):
            (folder / name).symlink_to((ROOT / name).resolve())
        command = [".venv/bin/python", "-m", "dashboard", "build"]
    else:
        command = ["make", "build", f"PYTHON={sys.executable}"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        pytest.fail(f"The release before could not be built:\n{done.stderr[-2000:]}")


def _git(*command: str) -> str:
    """What git says; blank where it fails."""
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
