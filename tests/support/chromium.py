"""Find the Chromium that the browser tests drive; ``python -m tests.support.chromium`` installs one where there is none."""

from __future__ import annotations

import os
import shutil
import sys

from tests.support.packages import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Without these it looks for hosts of its maker's, wants a sandbox that containers refuse, or a graphics card that servers lack.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

PACKAGES = {
    "apt-get": "chromium fonts-liberation",
    "dnf": "chromium liberation-fonts",
    "apk": "chromium ttf-liberation",
    "brew": "--cask chromium",
}
"""Package manager -> the packages that bring it, and a font as wide as most readers': the machine's own may be a tenth wider."""

ADVICE = """The browser tests need Chromium, and it could not be installed here.
Install Chromium or Google Chrome so that one of these is on the PATH: {names};
or name the program in the environment variable CHROMIUM. Then run `make test` again."""


def find() -> str | None:
    """Path of a Chromium: the one CHROMIUM names, else the first on the PATH; None where there is none."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    """Print the Chromium the tests will use, installing it first where needed; 1 where neither works."""
    if not find() and not os.environ.get("CHROMIUM"):
        install("Chromium", PACKAGES)
    found = find()
    print(found or ADVICE.format(names=", ".join(NAMES)))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
