"""The published archive, and the names of the releases that the tests of archives make."""

from __future__ import annotations

from dashboard.dataset import (
    DATA_FOLDER,
)

FIRST, OLD, NEW = "2026.1", "2026.2", "2026.3"
ARCHIVE = DATA_FOLDER / "releases" / f"{FIRST}.zip"
