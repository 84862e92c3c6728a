"""What an import tells whoever started it: how far it is, and what it has done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.intake.faults import counted

Progress = Callable[[Sequence[Any]], Iterable[Any]]
"""Given the parts of the work, hands them on one by one and shows how many are done."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done, or would do."""

    folder: Path
    survey_id: str
    engine: str
    """Of a table, what it was read as."""
    rows_read: int
    """Of a table, cells."""
    rows_used: int
    figures: int
    withheld: int
    written: bool
    notes: tuple[str, ...] = ()
    """What is left to do by hand."""
    unit: str = "row"
    """What was read: rows or cells."""

    def __str__(self) -> str:
        told = (
            f"{self.survey_id}: {counted(self.figures, 'figure')}, {self.withheld} withheld, from"
            f" {self.rows_used} of {counted(self.rows_read, self.unit)} ({self.engine})"
        )
        place = f"in {self.folder}" if self.written else "nothing written"
        return "\n".join([f"{told}; {place}", *self.notes])
