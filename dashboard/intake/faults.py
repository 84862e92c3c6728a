"""What is wrong with a codebook, a file of answers or the folder to write, each said in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_SHOWN_LENGTH = 80
"""Characters of a faulty value that are printed."""
_SHOWN_FAULTS = 200
"""Faults that are printed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and what was expected there."""

    where: str
    """``barometer.toml, [design] weight`` or ``answers.sav, column q1``."""
    found: str
    """What was found, as it is printed: quoted, or in words; "missing" where there is nothing."""
    expected: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found} - expected {self.expected}"


class Refused(ValueError):
    """An import that may not be done; its text names every fault, of very many the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        told = [str(fault) for fault in self.faults[:_SHOWN_FAULTS]]
        hidden = len(self.faults) - len(told)
        super().__init__("\n".join([*told, f"and {hidden} more"] if hidden else told))


def quoted(value: object) -> str:
    """A value as it is shown in a fault: on one line, shortened, in quotation marks."""
    text = str(value)
    cut = text if len(text) <= _SHOWN_LENGTH else text[:_SHOWN_LENGTH] + "…"
    printable = (
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in cut
    )
    return f'"{"".join(printable)}"'


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (nearest: "VIKT")`` for a word that is almost one of those known, upper and lower case alike; else blank."""
    spelled = {each.casefold(): each for each in known}
    close = get_close_matches(word.casefold(), spelled, n=1)
    return f" (nearest: {quoted(spelled[close[0]])})" if close else ""


def counted(number: int, noun: str) -> str:
    """``1 row``, ``3 rows``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
