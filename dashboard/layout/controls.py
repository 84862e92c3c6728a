"""Components in which a reader sets the parameters of a view: which there are, their ids and the headings over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.layout import ids
from dashboard.selection import Vocabulary, filters
from dashboard.selection.parameter import Parameter
from dashboard.text import Localizer, choices

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


def inputs() -> tuple[Input, ...]:
    """Every component with a value, from the top of the page."""
    return tuple(each for parameter in filters.on_page() for each in _inputs(parameter))


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
    """Names of the parameters beside whose control links choose everything or nothing."""
    return tuple(
        each.name
        for each in filters.on_page()
        if each.control_on_page.all_or_none or each.control_on_page.reset
    )


def in_form(vocabulary: Vocabulary) -> dict[str, str]:
    """Id of a component -> the parameter it sets in the form that works without scripts.

    What is shown unless an address hides it cannot be hidden by a box that is not ticked.
    """
    return {
        each.id: each.parameter.name
        for each in inputs()
        if each.parameter.usual(vocabulary) is not True
    }


def fieldsets(loc: Localizer) -> list[html.Fieldset]:
    """All controls, empty, under their headings."""
    return [
        html.Fieldset(
            [html.Legend(legend), *(part for each in group for part in _parts(each, loc))]
        )
        for legend, group in groupby(filters.on_page(), key=lambda each: choices.legend(loc, each))
    ]


def _parts(parameter: Parameter, loc: Localizer) -> Iterator[Component]:
    if parameter.name in with_shortcuts():
        yield html.Div(id=ids.shortcuts(parameter.name), className="shortcuts")
    if parameter.control_on_page.search:
        yield dcc.Input(
            id=ids.search(parameter.name),
            type="search",
            placeholder=loc.t(parameter.control_on_page.search),
            debounce=0.25,
            className="form-control form-control-sm",
        )
    *mode, listed = (_component(each) for each in _inputs(parameter))
    yield from mode
    yield html.Div(listed, className="scroller") if parameter.control_on_page.search else listed


def _component(each: Input) -> dbc.RadioItems | dbc.Checklist:
    if each.radios:
        return dbc.RadioItems(id=each.id, options=[])
    return dbc.Checklist(id=each.id, options=[], value=[])
