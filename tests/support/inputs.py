"""Tables of the published data as they stand, row by row."""

from __future__ import annotations

import csv
from pathlib import Path

KEYS = {
    "observations.csv": ("survey_id", "sector", "segment", "concept", "response"),
    "surveys.csv": ("survey_id",),
    "response_rates.csv": ("survey_id", "sector"),
    "concepts.csv": ("concept",),
    "sources.csv": ("source_id",),
}
"""File of the input -> columns of its key."""
Cells = dict[str, str]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def key(file: str, row: Cells) -> tuple[str, ...]:
    return tuple(row[column] for column in KEYS[file])
