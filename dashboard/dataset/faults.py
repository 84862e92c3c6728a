"""What can be wrong with a data folder, in words a statistician can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_LENGTH = 80
"""Characters of a faulty value that are printed."""
SHOWN_FAULTS = 200
"""Faults that are printed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and what was expected there."""

    file: str
    line: int | None
    """Physical line of the file, counted from 1; None when the fault concerns the whole file."""
    column: str
    """Column (or location in the descriptor); blank when the fault concerns the whole line."""
    value: str | None
    """The text found; None when something is missing."""
    expected: str

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column:
            parts.append(f"column {_printable(self.column)}")
        found = "missing" if self.value is None else f'"{_printable(self.value)}"'
        return f"{', '.join(parts)}: {found} - expected {self.expected}"


class DataError(ValueError):
    """A data folder that may not be used; its text is the one that ``python -m dashboard check`` prints."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(report(faults))
        self.faults = faults


def report(faults: Iterable[Fault]) -> str:
    """One line per fault, at most ``SHOWN_FAULTS`` of them, and a closing line that counts the rest."""
    lines = [str(fault) for fault in faults]
    hidden = len(lines) - SHOWN_FAULTS
    return "\n".join([*lines[:SHOWN_FAULTS], f"and {hidden} more"] if hidden > 0 else lines)


def _printable(text: str) -> str:
    """``text`` on one line, shortened, with characters that a terminal would act on written as escapes."""
    cut = text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in cut
    )
