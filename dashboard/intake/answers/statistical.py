"""What SPSS, Stata and SAS write, read by pyreadstat: the answers, whole or in parts, and what a file says of its variables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyreadstat

from dashboard.intake.answers import spss
from dashboard.intake.answers.labels import Boxes, Description, Variable, written
from dashboard.intake.faults import Fault, Refused, quoted

_SPSS = (".sav", ".zsav")
_UNTOLD = ".por"
"""Has an encoding that cannot be named, and declares missing values that pyreadstat reads as blanks."""
_LISTED = 20
"""Whole numbers of a range that are listed one by one."""


@dataclass(frozen=True, slots=True)
class _Kind:
    read: Callable[..., Any]
    options: Mapping[str, Any]


_KINDS: Mapping[str, _Kind] = {
    ".sav": _Kind(pyreadstat.read_sav, {"user_missing": True}),
    ".zsav": _Kind(pyreadstat.read_sav, {"user_missing": True}),
    ".por": _Kind(pyreadstat.read_por, {}),
    ".dta": _Kind(pyreadstat.read_dta, {}),
    ".sas7bdat": _Kind(pyreadstat.read_sas7bdat, {}),
    ".xpt": _Kind(pyreadstat.read_xport, {}),
}
"""Ending -> what reads it; what is missing by the file's own word stays as it is written."""
ENDINGS = tuple(_KINDS)
"""Endings of the files that are read here."""


def metadata(path: Path, encoding: str = "") -> Any:
    """What pyreadstat tells of a file without its answers; ``encoding`` is blank for the one that the file names.

    Raises Refused for a file that cannot be read.
    """
    return _read(path, encoding, metadataonly=True)[1]


def frame(path: Path, meta: Any, names: Collection[str], encoding: str = "", **part: int) -> Any:
    """The answers of some variables as a pandas data frame; ``row_offset`` and ``row_limit`` choose a part of the rows.

    Numbers of four bytes stay such, so that 1.6 is not read as 1.60000002. Raises Refused for a file that cannot be read.
    """
    held = [name for name in meta.column_names if name in set(names)]
    answers = _read(path, encoding, usecols=held, **part)[0]
    types = meta.readstat_variable_types
    return answers.astype({name: "float32" for name in held if types[name] == "float"})


def _read(path: Path, encoding: str, **options: Any) -> Any:
    kind = _KINDS[path.suffix.lower()]
    named = {"encoding": encoding} if encoding and path.suffix.lower() != _UNTOLD else {}
    try:
        return kind.read(path, disable_datetime_conversion=True, **kind.options, **named, **options)
    except (UnicodeDecodeError, SystemError) as error:
        # pyreadstat raises the second where it meets the first in a label.
        reason = error.__cause__ if isinstance(error, SystemError) else error
        if not isinstance(reason, UnicodeDecodeError):
            raise
        found = f"byte 0x{reason.object[reason.start]:02X} in a text"
        expected = "text in the encoding that the file names; name its own as encoding"
        raise Refused([Fault(path.name, found, expected)]) from error
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            # pyreadstat takes whatever goes wrong while it looks for pandas for its absence.
            raise KeyboardInterrupt from error
        raise Refused([Fault(path.name, quoted(error), "a file that can be read")]) from error


def description(path: Path, encoding: str = "") -> Description:
    """What a file says of its variables.

    Raises Refused for a file that cannot be read.
    """
    meta = metadata(path, encoding)
    variables = tuple(_variable(meta, name) for name in meta.column_names)
    weight = ""
    if path.suffix.lower() in _SPSS:
        weight = spss.weight(path, [each.name for each in variables if not each.text])
    return Description(
        path.name,
        path.name,
        encoding,
        {"title": meta.file_label} if meta.file_label else {},
        (weight,) if weight else (),
        variables,
        tuple(
            _boxes(name, told, meta.column_names)
            for name, told in meta.mr_sets.items()
            if told["variable_list"]
        ),
    )


def _variable(meta: Any, name: str) -> Variable:
    text = meta.readstat_variable_types[name] == "string"
    labels: dict[str, str] = {}
    blanks: list[str] = []
    for value, label in meta.variable_value_labels.get(name, {}).items():
        if isinstance(value, str) and not text:
            blanks.append(f".{value} {label}")
        else:
            labels[written(value)] = label
    missing, ranges = _missing(meta.missing_ranges.get(name, ()), labels)
    return Variable(
        name,
        meta.column_names_to_labels.get(name) or "",
        text,
        labels,
        missing,
        ranges,
        tuple(blanks),
    )


def _missing(
    declared: Sequence[Mapping[str, Any]], labels: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values that are declared as missing one by one, and the ranges of which only the labelled ones are."""
    values: list[str] = []
    ranges: list[str] = []
    for each in declared:
        low, high = each["lo"], each["hi"]
        if low == high:
            values.append(written(low))
        elif float(low).is_integer() and float(high).is_integer() and high - low < _LISTED:
            values += [str(value) for value in range(int(low), int(high) + 1)]
        else:
            values += [value for value in labels if _is_between(value, low, high)]
            ranges.append(_span(low, high))
    return tuple(dict.fromkeys(values)), tuple(ranges)


def _is_between(value: str, low: float, high: float) -> bool:
    try:
        return low <= float(value) <= high
    except ValueError:
        return False


_FARTHEST = 1e300
"""A bound beyond it is none: SPSS writes LOWEST and HIGHEST as its least and greatest number."""


def _span(low: float, high: float) -> str:
    if low < -_FARTHEST:
        return f"{written(high)} and below"
    if high > _FARTHEST:
        return f"{written(low)} and above"
    return f"{written(low)} to {written(high)}"


def _boxes(name: str, told: Mapping[str, Any], names: Sequence[str]) -> Boxes:
    """A set names its variables in lower case, whatever theirs."""
    spelled = {each.casefold(): each for each in names}
    chosen = told["counted_value"]
    return Boxes(
        name,
        told["label"],
        tuple(dict.fromkeys(spelled.get(each.casefold(), each) for each in told["variable_list"])),
        bool(told["is_dichotomy"]),
        "" if chosen is None else written(chosen),
    )
