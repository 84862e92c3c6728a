"""Options of the filters: each choice with the number of figures behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.dataset import Dataset
from dashboard.layout.components import Children, aria
from dashboard.layout.controls import CHOSEN, Input, mode_of, with_shortcuts
from dashboard.layout.controls import inputs as controls_on_page
from dashboard.query import DatasetIndex, View
from dashboard.selection import (
    Selection,
    Vocabulary,
    filters,
    narrowed,
    parse,
    search,
)
from dashboard.selection.parameter import Parameter, Value
from dashboard.selection.rules import consistent
from dashboard.text import Localizer, choices

LinkText = str | list[str | Component]
_LISTED = 60
"""Indicators listed at once; the search narrows further."""


class Option(TypedDict):
    """A choice of a control."""

    value: str
    label: str | html.Span


@dataclass(frozen=True, slots=True)
class Controls:
    """Values and options of every control, as the components take them."""

    values: dict[str, object]
    options: dict[str, list[Option]]
    shortcuts: Mapping[str, Children]


def controls(
    view: View, index: DatasetIndex, vocabulary: Vocabulary, loc: Localizer, needle: str
) -> Controls:
    """The state of all controls for a view of a release; ``vocabulary`` is that of all releases, for addresses.

    ``needle`` is what is typed into the indicator search.
    """
    inputs = controls_on_page()
    return Controls(
        {each.name: _value(each, view.selection) for each in inputs},
        {each.name: _offered(each, view, index, loc, needle) for each in inputs},
        _shortcuts(view.selection, vocabulary, loc),
    )


def _mode(parameter: Parameter, selection: Selection) -> str:
    """Which of the values that stand alone is chosen, or that others are, one by one."""
    chosen = parameter.of(selection)
    return chosen[0] if len(chosen) == 1 and chosen[0] in parameter.alone else CHOSEN


def _value(control: Input, selection: Selection) -> str | list[str]:
    """The value of a control for a selection."""
    parameter = control.parameter
    if control.mode:
        return _mode(parameter, selection)
    words = parameter.words(parameter.of(selection))
    if control.radios:
        return words[0]
    unticked = (*parameter.alone, parameter.off)
    return [word for word in words if word not in unticked]


def _offered(
    control: Input, view: View, index: DatasetIndex, loc: Localizer, needle: str
) -> list[Option]:
    """The choices of a control, with the figures behind each where they are counted."""
    parameter, counts = control.parameter, view.counts.get(control.parameter.name)
    if control.mode:
        return _modes(parameter, view.selection, counts, loc)
    if parameter.control_on_page.search:
        return indicators(view, index, loc, needle)
    if parameter.alone and _mode(parameter, view.selection) != CHOSEN:
        return []
    codes = parameter.offered(index.vocabulary)
    return _options({code: choices.choice(loc, parameter, code) for code in codes}, counts, loc)


def _modes(
    parameter: Parameter, selection: Selection, counts: Mapping[str, int] | None, loc: Localizer
) -> list[Option]:
    codes = [
        code
        for code in parameter.alone
        if parameter.of(consistent(parameter.put(selection, (code,)))) == (code,)
    ]
    labels = {code: choices.choice(loc, parameter, code) for code in codes}
    chosen: Option = {"value": CHOSEN, "label": choices.choice(loc, parameter, CHOSEN)}
    return [*_options(labels, counts, loc), chosen]


def _options(
    labels: Mapping[str, str], counts: Mapping[str, int] | None, loc: Localizer
) -> list[Option]:
    """Options of a control; each with its number of figures where ``counts`` are given."""
    return [
        {
            "value": code,
            "label": name if counts is None else _label(name, counts.get(code, 0), loc),
        }
        for code, name in labels.items()
    ]


def _label(name: str, count: int, loc: Localizer) -> html.Span:
    if count:
        return html.Span(
            [html.Span(name), html.Span(loc.number(count), className="count")], className="choice"
        )
    return html.Span(
        [html.Span(name), html.Span(loc.t("none"), className="count")], className="choice without"
    )


def indicators(view: View, index: DatasetIndex, loc: Localizer, needle: str) -> list[Option]:
    """Chosen indicators first, then those of the chosen themes; with a search those of every theme that fit it."""
    selection, counts = view.selection, view.counts[filters.INDICATOR.name]
    indicators = loc.dataset.indicators
    sought = needle.casefold().split()

    def fits(code: str) -> bool:
        indicator = indicators[code]
        if not sought:
            return indicator.theme in selection.themes and counts[code] > 0
        text = f"{indicator.label} {indicator.definition} {loc.label('theme', indicator.theme)}".casefold()
        return all(word in text for word in sought)

    listed = [
        code
        for code in index.vocabulary.indicators
        if code not in selection.indicators and fits(code)
    ]
    listed.sort(key=lambda code: counts[code] == 0)
    chosen = [code for code in selection.indicators if code in indicators]
    shown = [*chosen, *listed[: max(0, _LISTED - len(chosen))]]
    several = len({indicators[code].theme for code in shown}) > 1

    def name(code: str) -> str:
        indicator = indicators[code]
        return (
            f"{indicator.label} ({loc.short('theme', indicator.theme)})"
            if several
            else indicator.label
        )

    return _options({code: name(code) for code in shown}, counts, loc)


def _shortcuts(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> dict[str, Children]:
    """Links that choose everything or nothing in a filter."""
    return {
        name: _links(*_ways(filters.PARAMETERS[name], selection, vocabulary, loc))
        for name in with_shortcuts()
    }


def _ways(
    parameter: Parameter, selection: Selection, vocabulary: Vocabulary, loc: Localizer
) -> Iterator[tuple[LinkText, str]]:
    """(text, search) of the links beside a control."""
    t, legend = loc.t, choices.legend(loc, parameter)
    nothing = search(parameter.put(selection, ()), vocabulary)
    if parameter.control_on_page.all_or_none:
        everything = parameter.put(selection, parameter.choices(vocabulary))
        yield _of(t("all"), legend), search(everything, vocabulary)
        yield _of(t("none"), legend), nothing
    elif parameter.of(selection):
        yield t(parameter.control_on_page.reset), nothing


def _of(text: str, legend: str) -> LinkText:
    """The text of a link that stands in several filters, with the name of its own for who hears the links one by one."""
    return [text, html.Span(f": {legend}", className="visually-hidden")]


def _links(*pairs: tuple[LinkText, str]) -> Children:
    return [dcc.Link(text, href=f"/{address}") for text, address in pairs]


def chosen(
    values: Mapping[str, Any],
    before: Selection,
    vocabulary: Vocabulary,
    dataset: Dataset,
    changed: str,
) -> Selection:
    """The selection that the controls' values stand for; ``changed`` is the control that the reader has just touched."""
    after = before
    for each in controls_on_page():
        if not each.mode:
            value = _chosen_value(each.parameter, values, before, dataset, changed)
            if each.parameter.usable(value, vocabulary):
                after = each.parameter.put(after, value)
    touched = filters.PARAMETERS.get(changed)
    if touched and touched.follow:
        return touched.follow(before, after, vocabulary)
    return after


def _chosen_value(
    parameter: Parameter,
    values: Mapping[str, Any],
    before: Selection,
    dataset: Dataset,
    changed: str,
) -> Value:
    """The value of a parameter that its controls stand for."""
    value, mode = values[parameter.name], values.get(mode_of(parameter), CHOSEN)
    if parameter.kind == "flag":
        return bool(value)
    if parameter.kind == "one":
        text: str = value or ""
        return text
    if mode != CHOSEN:
        return (mode,)
    if changed != mode_of(parameter):
        return tuple(value or ())
    if _mode(parameter, before) == CHOSEN:
        return tuple(parameter.of(before))
    return parameter.opened(before, dataset) if parameter.opened else ()


def ready_views(
    vocabulary: Vocabulary, loc: Localizer, display: Selection
) -> tuple[tuple[str, str, str], ...]:
    """(search, title, explanation) of each ready view, in the language and colour scheme of ``display``."""
    views = ((view, parse(view.query, vocabulary).selection) for view in loc.dataset.views)
    return tuple(
        (
            search(
                replace(shown, language=display.language, colour_scheme=display.colour_scheme),
                vocabulary,
            ),
            view.title,
            view.text,
        )
        for view, shown in views
    )


def active(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> str:
    """How many filters are set; blank for none."""
    count = len(narrowed(selection, vocabulary))
    return loc.count_of("{count} active", "{count} active", count) if count else ""


def switches(selection: Selection, vocabulary: Vocabulary, loc: Localizer) -> Children:
    """Links to the same view in every language and colour scheme; each loads the page anew, which brings all its texts."""

    def link(name: str, target: Selection, current: bool, **more: Any) -> html.Li:
        chosen = aria(current="true") if current else {}
        return html.Li(html.A(name, href=f"/{search(target, vocabulary)}", **more, **chosen))

    languages = [
        link(
            name, replace(selection, language=code), code == loc.language, lang=code, hrefLang=code
        )
        for code, name in choices.languages().items()
    ]
    colour_schemes = [
        link(name, replace(selection, colour_scheme=code), code == selection.colour_scheme)
        for code, name in choices.colour_schemes(loc).items()
    ]
    return [
        html.Nav(html.Ul(languages), **aria(label=loc.t("Language"))),
        html.Nav(html.Ul(colour_schemes), **aria(label=loc.t("Colours"))),
    ]
