"""Components in which a reader sets the parameters of a view: which there are and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.selection import Vocabulary, filters
from dashboard.selection.parameter import Parameter
from dashboard.selection.registered import Registered

CHOSEN = "chosen"
"""Choice of a mode: values one by one."""


@dataclass(frozen=True, slots=True)
class Input:
    """One component with a value."""

    name: str
    """What callbacks and answers call it."""
    id: str
    parameter: Parameter
    radios: bool
    """Whether its value is a text; a list of texts otherwise."""
    mode: bool = False
    """Whether it offers the values that stand alone."""

    @property
    def short(self) -> bool:
        """Whether there is little room for the names of its choices."""
        control = self.parameter.control
        return control is not None and control.place in ("toggle", "chart")

    @property
    def varies(self) -> bool:
        """Whether its choices may change while the page stands: with the release, the chart or what is searched for."""
        return self.mode or bool(self.parameter.labels)


def inputs() -> tuple[Input, ...]:
    """Every component with a value, from the top of the page."""
    return _every(filters.PARAMETERS)


@lru_cache(maxsize=16)
def _every(registered: Registered) -> tuple[Input, ...]:
    return tuple(each for parameter in registered.on_page for each in _inputs(parameter))


def _inputs(parameter: Parameter) -> Iterator[Input]:
    if parameter.alone:
        name = mode_of(parameter)
        yield Input(name, name, parameter, radios=True, mode=True)
    name = parameter.control_on_page.id or parameter.name
    yield Input(parameter.name, name, parameter, radios=parameter.kind == "one")


def mode_of(parameter: Parameter) -> str:
    """Name and id of the component that offers the values of a parameter that stand alone."""
    return f"{parameter.name}-mode"


def with_shortcuts() -> tuple[str, ...]:
    """Names of the parameters beside whose control buttons choose everything or nothing."""
    return tuple(
        each.name
        for each in filters.on_page()
        if each.control_on_page.all_or_none or each.control_on_page.reset
    )


def shortcut(name: str, what: str) -> str:
    """What a button beside the control of a parameter chooses, as the button and assets/filters.js say it."""
    return f"{name}:{what}"


def in_form(vocabulary: Vocabulary) -> dict[str, str]:
    """Id of a component -> the parameter it sets in the form that works without scripts.

    What is shown unless an address hides it cannot be hidden by a box that is not ticked.
    """
    return {
        each.id: each.parameter.name
        for each in inputs()
        if each.parameter.usual(vocabulary) is not True
    }
