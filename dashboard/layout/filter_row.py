"""The row of filters: a button for each of the first, one for all others, and the types of chart; each opens its choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import dash_bootstrap_components as dbc
from dash import dcc
from dash.development.base_component import Component

from dashboard.layout import ids
from dashboard.layout.choices import Option
from dashboard.layout.components import aria, data
from dashboard.layout.controls import Input, inputs, shortcut
from dashboard.layout.elements import html
from dashboard.selection import filters
from dashboard.selection.parameter import Parameter
from dashboard.text import Localizer, choices

_LOOKED_THROUGH = 12
"""Choices that a reader looks through; a longer list has a field to search it."""
Options = Mapping[str, Sequence[Option]]
"""Name of a component -> its choices."""


def filter_row(loc: Localizer, options: Options) -> html.Aside:
    """All controls; what is set, and what the page holds, stands below them."""
    t = loc.t
    return html.Aside(
        [
            html.Div(list(_row(loc, options)), id=ids.FILTERS, className="filter-row"),
            html.Div(
                [
                    html.Div(id=ids.CHIPS, className="chips"),
                    html.Div(id=ids.STATUS, role="status", className="view-status"),
                ],
                className="set",
            ),
            html.Div(id=ids.FILTER_STATE, hidden=True),
        ],
        className="filters",
        **aria(label=t("Filters")),
    )


def _row(loc: Localizer, options: Options) -> Iterator[html.Details | html.Div]:
    shown = [each for each in filters.on_page() if each.control]
    placed = {
        place: [each for each in shown if each.control and each.control.place == place]
        for place in ("row", "toggle", "more", "chart")
    }
    for each in placed["row"]:
        legend = choices.legend(loc, each)
        yield _popover(each.name, legend, ": ", [_fieldset(legend, [each], loc, options)], loc)
    for each in placed["toggle"]:
        fieldset = _fieldset(choices.legend(loc, each), [each], loc, options)
        yield html.Div(fieldset, className="filter toggle")
    others = [
        _fieldset(legend, list(group), loc, options)
        for legend, group in groupby(placed["more"], key=lambda each: choices.legend(loc, each))
    ]
    yield _popover("more", loc.t("More"), " ", others, loc)
    for each in placed["chart"]:
        yield _switch(choices.legend(loc, each), each, loc, options)


def _popover(
    name: str, legend: str, between: str, fieldsets: list[html.Fieldset], loc: Localizer
) -> html.Details:
    """A button that says what is chosen, and what it opens."""
    return html.Details(
        [
            html.Summary(_button_text(name, legend, between)),
            html.Div(
                [
                    html.Div(fieldsets, className="fieldsets"),
                    html.P(
                        loc.t("The number behind a choice: figures it has in the present view."),
                        className="hint",
                    ),
                    _foot(loc),
                ],
                className="panel",
            ),
        ],
        id=ids.popover(name),
        className=f"filter popover-{name}",
    )


def _switch(legend: str, parameter: Parameter, loc: Localizer, options: Options) -> html.Div:
    """The types of chart, side by side; on a narrow screen a button opens them."""
    return html.Div(
        [
            html.Button(
                _button_text(parameter.name, legend, ": "),
                id=ids.CHART_TOGGLE,
                type="button",
                **aria(expanded="false", controls=ids.CHART_PANEL),
            ),
            html.Div(
                [_fieldset(legend, [parameter], loc, options), _foot(loc)],
                id=ids.CHART_PANEL,
                className="panel",
            ),
        ],
        className="filter switch",
    )


def _button_text(name: str, legend: str, between: str) -> list[html.Span]:
    return [
        html.Span([legend, html.Span(between, className="between")], className="name"),
        html.Span(id=ids.state(name), className="state long"),
        html.Span(id=ids.short_state(name), className="state short"),
    ]


def _foot(loc: Localizer) -> html.Div:
    """What closes a sheet on a narrow screen; without scripts it asks for the chosen view."""
    button = html.Button(
        loc.t("Show the charts"), type="button", className="filters-close btn btn-primary"
    )
    return html.Div(button, className="filters-foot")


def _fieldset(
    legend: str, parameters: list[Parameter], loc: Localizer, options: Options
) -> html.Fieldset:
    parts = [part for each in parameters for part in _parts(each, legend, loc, options)]
    return html.Fieldset([html.Legend(legend), *parts])


def _parts(
    parameter: Parameter, legend: str, loc: Localizer, options: Options
) -> Iterator[Component]:
    control = parameter.control
    if control is None:
        return
    *mode, listed = (_component(each, options) for each in inputs() if each.parameter is parameter)
    if control.all_or_none:
        yield html.Div(
            [
                _choose(parameter, "all", loc.t("all"), legend),
                _choose(parameter, "none", loc.t("none"), legend),
            ],
            className="shortcuts",
        )
    if control.reset:
        yield html.Div(
            _choose(parameter, "none", loc.t(control.reset)), className="shortcuts lifting"
        )
    if control.search:
        yield dcc.Input(
            id=ids.search(parameter.name),
            type="search",
            placeholder=loc.t(control.search),
            debounce=0.25,
            className="form-control form-control-sm",
        )
    yield from mode
    if control.search:
        yield html.Div(listed, className="scroller")
        yield html.P(loc.t("No indicator fits."), role="status", className="unfound")
    elif control.all_or_none:
        only = html.Div(listed, **data(only=parameter.name))
        long = len(options.get(parameter.name, ())) > _LOOKED_THROUGH
        yield _narrowed(parameter, only, loc) if long else only
    else:
        yield listed


def _narrowed(parameter: Parameter, listed: Component, loc: Localizer) -> html.Div:
    """A long list under a field that leaves of it what fits (assets/narrow.js); without scripts there is no field."""
    return html.Div(
        [
            dcc.Input(
                id=ids.search(parameter.name),
                type="search",
                placeholder=loc.t("Search"),
                className="form-control form-control-sm",
            ),
            html.Div(listed, className="scroller"),
            html.P(role="status", className="hint"),
        ],
        className="narrowed",
        **data(unfound=loc.t("Nothing found for “{query}”.")),
    )


def _choose(parameter: Parameter, what: str, text: str, legend: str = "") -> html.Button:
    """A button that chooses everything or nothing; ``legend`` tells apart those that are heard one by one."""
    named = [html.Span(f": {legend}", className="visually-hidden")] if legend else []
    return html.Button(
        [text, *named],
        type="button",
        className="choose",
        **data(choose=shortcut(parameter.name, what)),
    )


def _component(each: Input, options: Options) -> dbc.RadioItems | dbc.Checklist:
    offered = list(options.get(each.name, ()))
    if each.radios:
        return dbc.RadioItems(id=each.id, options=offered)
    return dbc.Checklist(id=each.id, options=offered, value=[])
