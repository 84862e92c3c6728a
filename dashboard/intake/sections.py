"""One table of a codebook, read key by key; what is wrong is noted and reading goes on, so that every fault is told at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import isfinite
from typing import Any, TypeGuard

from dashboard.intake.faults import Fault, nearest, quoted

_MISSING = "missing"


class Section:
    """A table of a TOML file whose keys are asked for by name; what was never asked for is a fault (``rest``).

    Every reader gives a value of its type, a harmless one where there is a fault.
    """

    def __init__(self, held: Mapping[str, Any], file: str, name: str, faults: list[Fault]) -> None:
        self._held = held
        self._file = file
        self._name = name
        self._faults = faults
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._held

    @property
    def file(self) -> str:
        """Name of the codebook."""
        return self._file

    def fault(self, key: str, found: str, expected: str) -> None:
        """Note what is wrong with a key."""
        place = f"{self._name} {key}".strip()
        self._faults.append(Fault(f"{self._file}, {place}", found, expected))

    def known(self, key: str) -> None:
        """Say that a key is read elsewhere."""
        self._asked.append(key)

    def text(self, key: str, *, required: bool = True, strip: bool = True) -> str:
        """A text; blank where there is none. Numbers and dates are taken as they are written."""
        value = self._taken(key, "a text", required)
        if value is None:
            return ""
        if isinstance(value, list | dict | bool):
            self.fault(key, quoted(value), "a text")
            return ""
        text = str(value).strip() if strip else str(value)
        if not text and required:
            self.fault(key, quoted(text), "a text")
        return text

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of some words."""
        expected = f"one of {', '.join(choices)}"
        value = self._taken(key, expected, default is None)
        if value is None:
            return default or next(iter(choices))
        if value not in choices:
            self.fault(key, quoted(value), expected + nearest(str(value), choices))
            return next(iter(choices))
        return str(value)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within bounds."""
        expected = f"a whole number from {low} to {high}"
        value = self._taken(key, expected, default is None)
        if value is None:
            return low if default is None else default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(key, quoted(value), expected)
            return low
        return value

    def number(
        self, key: str, expected: str, low: float, below: float | None = None
    ) -> float | None:
        """A number of ``low`` or above, and below ``below`` where that is given; None, with a fault, for anything else."""
        value = self._taken(key, expected, required=True)
        if value is None:
            return None
        if not _number(value) or value < low or (below is not None and value >= below):
            self.fault(key, quoted(value), expected)
            return None
        return float(value)

    def numbers(self, key: str, expected: str) -> tuple[float, ...]:
        """A list of numbers of 0 or above; none where there is no such key."""
        value = self._taken(key, expected, required=False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(_number(each) and each >= 0 for each in value):
            self.fault(key, quoted(value), expected)
            return ()
        return tuple(map(float, value))

    def inner(self, key: str, example: str) -> Section | None:
        """A table within this one; None where there is none, or something else."""
        value = self._taken(key, f"a table such as {example}", required=False)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, quoted(value), f"a table such as {example}")
            return None
        return type(self)(value, self._file, f"{self._name} {key},", self._faults)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """true or false."""
        value = self._taken(key, "true or false", default is None)
        if value is None:
            return bool(default)
        if not isinstance(value, bool):
            self.fault(key, quoted(value), "true or false")
        return value is True

    def names(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """One text or a list of them; numbers are taken as they are written."""
        value = self._taken(key, "a name or a list of names", required)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if any(isinstance(each, list | dict | bool | float) for each in listed):
            self.fault(key, quoted(value), "a name or a list of names")
            return ()
        return tuple(str(each) for each in listed)

    def pairs(self, key: str, *, required: bool = True) -> Mapping[str, Any]:
        """A table of names to values: ``{ 1 = "yes", 2 = "no" }``."""
        value = self._taken(key, 'a table such as { 1 = "yes", 2 = "no" }', required)
        if value is None:
            return {}
        if not isinstance(value, dict) or not value:
            self.fault(key, quoted(value), 'a table such as { 1 = "yes", 2 = "no" }')
            return {}
        return value

    def is_table(self, key: str) -> bool:
        """Whether a key is a table of names to values, where it may be something else too."""
        return isinstance(self._held.get(key), dict)

    def is_list(self, key: str) -> bool:
        """Whether a key is a list, where it may be something else too."""
        return isinstance(self._held.get(key), list)

    def codes(self, key: str, *, required: bool = True, blank: bool = False) -> Mapping[str, str]:
        """A table of names to texts, blank ones only where they mean something."""
        pairs = self.pairs(key, required=required)
        for name, value in pairs.items():
            if not isinstance(value, str) or not (value or blank):
                self.fault(f"{key}, {name}", quoted(value), "a text")
        return {name: str(value) for name, value in pairs.items()}

    def words(self, key: str, *, required: bool = True) -> Mapping[str, str]:
        """A text in English, or in several languages: ``{ en = "Yes", da = "Ja" }``."""
        if isinstance(self._held.get(key), dict):
            words = self.codes(key)
            if "en" not in words:
                self.fault(f"{key}, en", _MISSING, "a text in English")
            return {"en": ""} | dict(words)
        return {"en": self.text(key, required=required)}

    def rest(self) -> None:
        """Every key that was never asked for is a fault."""
        for key in self._held:
            if key not in self._asked:
                self.fault(key, "not known", f"one of {', '.join(self._asked)}{self._near(key)}")

    def _near(self, key: str) -> str:
        return nearest(key, self._asked)

    def _taken(self, key: str, expected: str, required: bool) -> Any:
        self._asked.append(key)
        value = self._held.get(key)
        if value is None and required:
            self.fault(key, _MISSING, expected)
        return value


def _number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def one(held: Mapping[str, Any], key: str, file: str, faults: list[Fault]) -> Section:
    """The table ``[key]`` of a codebook; an empty one, with a fault, where there is none."""
    value = held.get(key)
    if not isinstance(value, dict):
        found = _MISSING if value is None else quoted(value)
        faults.append(Fault(f"{file}, [{key}]", found, "a table of this name"))
        return Section({}, file, f"[{key}]", [])
    return Section(value, file, f"[{key}]", faults)


def several(held: Mapping[str, Any], key: str, file: str, faults: list[Fault]) -> Iterable[Section]:
    """The tables ``[[key]]`` of a codebook in their order."""
    value = held.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        faults.append(Fault(f"{file}, [[{key}]]", quoted(value), "tables of this name"))
        return []
    return [
        Section(each, file, f"[[{key}]] {number}{_called(each)}", faults)
        for number, each in enumerate(value, 1)
    ]


def _called(held: Mapping[str, Any]) -> str:
    """What a table is about, so that it is found among many."""
    keys = ("concept", "dimension", "code", "variable")
    name = next((held[key] for key in keys if held.get(key)), "")
    return f" ({name})," if name else ","
