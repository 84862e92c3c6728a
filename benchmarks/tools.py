"""Tools that the npm registry carries, installed into .cache/bench/node as benchmarks/node/package-lock.json names them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from benchmarks.processes import ROOT

LISTED = Path(__file__).parent / "node"
FOLDER = ROOT / ".cache" / "bench" / "node"
SECONDS = 300


class NotInstalled(Exception):
    """A tool that cannot be had here."""


def node() -> str:
    """The host's node; NotInstalled where there is none."""
    found = shutil.which("node")
    if not found:
        raise NotInstalled("no node on this machine")
    return found


def install() -> None:
    """Bring the folder in line with the lock file; does nothing where it is already. Raises NotInstalled."""
    node()
    npm = shutil.which("npm")
    if not npm:
        raise NotInstalled("no npm on this machine")
    lock = LISTED / "package-lock.json"
    installed = FOLDER / "installed.json"
    if installed.is_file() and installed.read_bytes() == lock.read_bytes():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / ".npmrc", lock, LISTED / "package.json"):
        shutil.copy(path, FOLDER)
    command = [npm, "ci", "--no-progress", "--loglevel=error"]
    try:
        subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        raise NotInstalled(f"npm ci: {lines[-1] if lines else error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise NotInstalled(f"npm ci took more than {SECONDS} seconds") from error
    shutil.copy(lock, installed)


def versions() -> dict[str, str]:
    """Name -> version of each tool, as it is pinned."""
    listed = json.loads((LISTED / "package.json").read_text(encoding="utf-8"))
    return dict(listed["devDependencies"])
