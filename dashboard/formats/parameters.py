"""Parameters that only some files take beside those of a view: what they allow, and reading them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboard.messages import gettext_noop
from dashboard.selection import Ignored
from dashboard.selection.address import UNKNOWN
from dashboard.selection.spelling import spelt

_END = re.compile(r"\W+$")
"""What may stand behind a number."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A parameter that only some files take: allowed words, or a range of whole numbers."""

    name: str
    description: str
    choices: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    default: str = ""
    required: bool = False


class BadParameter(ValueError):
    """A parameter of a file has a value that is not allowed; the message names it and says what is."""

    def __init__(self, fault: str, extra: Extra, value: str = "") -> None:
        super().__init__(fault, extra, value)
        self._fault, self._extra, self._value = fault, extra, value

    def __str__(self) -> str:
        return self.message(str)

    def message(self, t: Callable[[str], str]) -> str:
        """The message in the language that ``t`` translates to."""
        fault = t(self._fault).format(name=self._extra.name, value=self._value[:60])
        return f"{fault} {_allowed(self._extra, t)}".rstrip()


def read(
    extras: tuple[Extra, ...], ignored: Iterable[Ignored]
) -> tuple[dict[str, str], tuple[Ignored, ...]]:
    """Values of the extra parameters of a file, defaults filled in, and what of the query the file cannot use either.

    ``ignored`` is what the view leaves of the query; the file's own parameters are among it. Raises BadParameter for a
    value that is not allowed, one that is given twice, or one that is missing and required.
    """
    given: dict[str, list[str]] = {extra.name: [] for extra in extras}
    left = []
    for part in ignored:
        if part.reason != UNKNOWN:
            left.append(part)
        elif (name := spelt(part.parameter, given)) is not None:
            given[name].append(part.value)
        else:
            left.append(replace(part, allowed=(*part.allowed, *given)))
    values = {}
    for extra in extras:
        found = given[extra.name]
        if len(found) > 1:
            raise BadParameter(
                gettext_noop("“{name}” is given more than once; give it once."), extra
            )
        if not found and extra.required:
            raise BadParameter(gettext_noop("“{name}” is missing."), extra)
        value = _meant(extra, found[0]) if found else extra.default
        if found and not _fits(extra, value):
            raise BadParameter(gettext_noop("“{value}” is not a value of “{name}”."), extra, value)
        values[extra.name] = value
    return values, tuple(left)


def _meant(extra: Extra, text: str) -> str:
    """What is given, without what an address has got on its way."""
    if extra.span:
        return _END.sub("", text)
    return (spelt(text, extra.choices) or text) if extra.choices else text


def _fits(extra: Extra, value: str) -> bool:
    if extra.span:
        low, high = extra.span
        return value.isascii() and value.isdigit() and len(value) < 6 and low <= int(value) <= high
    return not extra.choices or value in extra.choices


def _allowed(extra: Extra, t: Callable[[str], str]) -> str:
    if extra.span:
        return t("Allowed is a whole number from {low} to {high}.").format(
            low=extra.span[0], high=extra.span[1]
        )
    return (
        t("Possible are: {allowed}").format(allowed=f"{', '.join(extra.choices)}.")
        if extra.choices
        else ""
    )
