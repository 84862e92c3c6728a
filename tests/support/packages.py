"""Programs of the system that tests need, installed by its own package manager."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

MANAGERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends"),
    ),
    "dnf": (("dnf", "install", "-y", "-q"),),
    "apk": (("apk", "add", "--quiet"),),
    "brew": (("brew", "install"),),
}
"""Package manager -> its commands; the last one takes the package."""


def install(what: str, packages: Mapping[str, str]) -> None:
    """Ask the system's package manager for a program by the name that it has there; whether that worked, who needs it looks."""
    manager = next(filter(shutil.which, MANAGERS), None)
    if manager is None:
        return
    # Homebrew refuses to run as root; the others need root, or sudo that asks for no password.
    sudo = os.geteuid() and manager != "brew" and shutil.which("sudo")
    root = ("sudo", "-n") if sudo else ()
    *first, last = MANAGERS[manager]
    for command in (*first, (*last, *packages[manager].split())):
        print(f"Installing {what}:", *root, *command, flush=True)
        subprocess.run(
            [*root, *command], check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
