"""The changes on record between two releases."""

from __future__ import annotations

from dashboard.dataset import (
    DATA_FOLDER,
)
from dashboard.releases import ReleaseStore
from tests.support.folders import records

OLD, NEW = "2026.1", "2026.2"
CHANGES = [row for row in records(DATA_FOLDER / "changes.csv") if row["release"] == NEW]
OF_FIGURES = [row for row in CHANGES if row["file"] == "observations.csv"]
MOVED = {
    each: each.replace(f"~{row['before']}~", f"~{row['after']}~")
    for row in OF_FIGURES
    if row["columns"] == "concept"
    for each in row["rows"].split()
}
"""Name of a figure before -> now, where that has changed."""


def reasons(store: ReleaseStore, language: str) -> dict[str, str]:
    """Change -> its reason, as the tables have it in a language."""
    translated = store.newest.index.dataset.translations
    if language == "en":
        return {row["change_id"]: row["reason"] for row in CHANGES}
    return {
        row["change_id"]: translated[language]["change", row["change_id"]].description
        for row in CHANGES
    }
