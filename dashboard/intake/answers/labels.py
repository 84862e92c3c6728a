"""What a file says of its own variables, whatever its kind: names, labels, values and what is declared missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WHOLE = re.compile(r"([+-]?[0-9]+)[.,]0+")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; texts are in the file's own language, blank where it says nothing."""

    name: str
    label: str = ""
    text: bool = False
    """Whether its values are texts."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Value as a codebook writes it -> its label, in the order of the file."""
    missing: tuple[str, ...] = ()
    """Values that are declared as missing."""
    ranges: tuple[str, ...] = ()
    """Ranges of values that are declared as missing and too wide to be listed: "-99 to -1"."""
    blanks: tuple[str, ...] = ()
    """Labels of special missing values, which are blanks when the file is read: ".a Refused"."""
    asked: str = ""
    """Who was asked, in words."""

    @property
    def answers(self) -> Mapping[str, str]:
        """The labelled values that are not missing."""
        return {value: label for value, label in self.labels.items() if value not in self.missing}


@dataclass(frozen=True, slots=True)
class Boxes:
    """A multiple-response set: several variables that answer one question."""

    name: str
    label: str
    variables: tuple[str, ...]
    dichotomous: bool
    """Whether each variable is a box; else each holds one of the same answers."""
    chosen: str = ""
    """Value of a ticked box; blank where the file does not tell."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says of itself."""

    name: str
    """Of the file that was described."""
    answers: str
    """Name of the file of answers; blank where that is not known."""
    encoding: str
    """That had to be named for the file to be read; blank for none."""
    said: Mapping[str, str]
    """Column of surveys.csv -> what the file says that may belong there."""
    weights: tuple[str, ...]
    """Variables that the file declares as weights."""
    variables: tuple[Variable, ...]
    boxes: tuple[Boxes, ...]


def written(value: object) -> str:
    """A value as a codebook writes it, and as ``files`` reads it: whole numbers without decimals, texts without blanks around them."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value).strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text
