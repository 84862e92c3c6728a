"""The component tree as HTML, for readers whose browser does not run scripts, or has not yet.

The page's first response holds the very tree that the app will draw, filled with the state that the first callback will give
it: one description, so that both cannot differ. What only a script can do is left out; filters become a form that asks for the
same addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboard.layout import ids
from dashboard.layout.elements import props
from dashboard.selection.address import NOTHING

Props = Mapping[str, object]
ChartAsHtml = Callable[[str, Any], str]
"""(theme, what its graph holds) -> the chart as HTML."""

_NAMES = {"className": "class", "htmlFor": "for", "hrefLang": "hreflang", "tabIndex": "tabindex"}
_KNOWN = frozenset(
    (
        "id",
        "title",
        "style",
        "href",
        "rel",
        "target",
        "lang",
        "role",
        "scope",
        "hidden",
        "open",
        "max",
        "type",
        "value",
        "label",
        "selected",
        "placeholder",
        *_NAMES,
    )
)
_VOID = frozenset(("br", "hr", "img", "input"))
_NOTHING = frozenset(("Location", "Store", "Modal", "Dialog"))
_SCRIPTED = ("data-embed", "data-text", "data-address", "data-compare")
"""Marks of what does nothing without a script, and is left out where none runs."""
_WAITING = ("data-values", "data-scripted")
"""Marks of what does nothing without a script and keeps its place for it: the style sheet hides it until the app stands."""


@dataclass(frozen=True, slots=True)
class StaticState:
    """What the empty tree of the layout is filled with."""

    state: Mapping[str, Props]
    """Id of a component -> properties, as the first callback gives them."""
    parameters: Mapping[str, str]
    """Id of a filter -> its name in an address."""
    hidden: Mapping[str, str]
    """Parameters of the address that no filter sets: language, colour scheme, release."""
    submit: str
    """Text of the button that asks for the chosen view."""
    chart: ChartAsHtml
    tables: Mapping[str, Component] = field(default_factory=dict)
    """Theme -> its table, for which the app waits until it is asked."""
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    """What a button chooses -> address that does the same."""
    counts: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    """Id of a filter -> choice -> the figures behind it; None for none."""
    none: str = ""
    """Stands behind a choice that has no figure."""
    runs_scripts: bool = False
    """Whether what is written stands in the app, where scripts answer every button."""


HTML = StaticState({}, {}, {}, "", lambda theme, drawing: "", runs_scripts=True)
"""What a fragment of the app is written with."""


def to_html(tree: object, static: StaticState) -> str:
    """The tree as HTML; every text and attribute is escaped."""
    if tree is None:
        return ""
    if isinstance(tree, list | tuple):
        return "".join([to_html(each, static) for each in tree])
    if not isinstance(tree, Component):
        return escape(str(tree), quote=False)
    held = props(tree)
    name = held.get("id")
    if isinstance(name, str):
        held |= static.state.get(name, {})
    kind = type(tree).__name__
    if not static.runs_scripts and any(mark in held for mark in _WAITING):
        static = replace(static, runs_scripts=True)
    if kind in _NOTHING or (not static.runs_scripts and any(mark in held for mark in _SCRIPTED)):
        return ""
    return _SPECIAL.get(kind, _element)(kind, held, static)


def fragment(tree: object) -> str:
    """A tree of texts and links as HTML, for a script to put into its place."""
    return to_html(tree, StaticState({}, {}, {}, "", lambda theme, drawing: ""))


def _element(kind: str, props: dict[str, Any], static: StaticState) -> str:
    """An element of HTML; those that ask a script for something become what gives the same without one."""
    tag, name = kind.lower(), props.get("id")
    if tag == "button" and not static.runs_scripts:
        return _button(props, static)
    if "data-html" in props:
        finished = str(props.pop("data-html"))
        return f"<{tag}{_attributes(props)}>{_with_tables(finished, static)}</{tag}>"
    inside = to_html(props.get("children"), static)
    if name == ids.FILTERS:
        hidden = "".join(
            f'<input type="hidden" name="{escape(key)}" value="{escape(text)}">'
            for key, text in static.hidden.items()
        )
        # Where scripts run, each panel has a button to the same end.
        submit = f'<noscript><button type="submit" class="btn btn-primary submit">{escape(static.submit)}</button></noscript>'
        return f'<form method="get" action="/"{_attributes(props)}>{hidden}{inside}{submit}</form>'
    start = f"<{tag}{_attributes(props)}>"
    return start if tag in _VOID else f"{start}{inside}</{tag}>"


def _button(props: dict[str, Any], static: StaticState) -> str:
    """A button that a link can stand in for; any other needs a script and is left out."""
    classes = str(props.get("className", ""))
    if props.get("data-choose") in static.shortcuts:
        href = escape(static.shortcuts[props["data-choose"]])
        return f'<a class="{classes}" href="{href}">{to_html(props["children"], static)}</a>'
    if "filters-close" in classes:
        return f'<button type="submit" class="{classes}">{escape(static.submit)}</button>'
    if props.get("id") == ids.CHART_TOGGLE:
        return f'<a id="{ids.CHART_TOGGLE}" href="#{ids.CHART_PANEL}">{to_html(props["children"], static)}</a>'
    return ""


def _with_tables(finished: str, static: StaticState) -> str:
    """A fragment with the table of its theme in the place that the app fills when it is asked for."""
    for theme, table in static.tables.items():
        before, named, after = finished.partition(f' data-table-of="{escape(theme)}"')
        if named:
            others, end, after = after.partition(">")
            return f"{before}{named}{others}{end}{to_html(table, static)}{after}"
    return finished


def _link(_: str, props: dict[str, Any], static: StaticState) -> str:
    return f"<a{_attributes(props)}>{to_html(props.get('children'), static)}</a>"


def _graph(_: str, props: dict[str, Any], static: StaticState) -> str:
    return f'<div class="chart">{static.chart(props["id"]["theme"], props["figure"])}</div>'


def _alert(_: str, props: dict[str, Any], static: StaticState) -> str:
    return (
        f'<div class="alert alert-{props["color"]}">{to_html(props.get("children"), static)}</div>'
    )


def _input(_: str, props: dict[str, Any], static: StaticState) -> str:
    """A field to type in: without a script nothing answers it."""
    return f'<input autocomplete="off"{_attributes(props)}>' if static.runs_scripts else ""


def _choices(kind: str, props: dict[str, Any], static: StaticState) -> str:
    """Check boxes or radio buttons; a set of one that only takes something away has no form without scripts."""
    name = static.parameters.get(props["id"], "")
    shape = "checkbox" if kind == "Checklist" else "radio"
    value = props.get("value")
    chosen = value if isinstance(value, list) else [value]
    made = [f'<div id="{props["id"]}">']
    for at, option in enumerate(props.get("options") or ()):
        code = option["value"]
        # That editions are chosen one by one is said by those that are ticked.
        usable = (
            f' name="{name}" value="{escape(code or NOTHING)}"'
            if name and code != "chosen"
            else " disabled"
        )
        attributes = (
            f'id="prerendered-{props["id"]}-{at}"{usable}{" checked" if code in chosen else ""}'
        )
        made.append(
            f'<div class="form-check"><input class="form-check-input" type="{shape}" {attributes}>'
        )
        figures, without = _count(props["id"], code, static)
        label = f'class="form-check-label{without}" for="prerendered-{props["id"]}-{at}"'
        made.append(f"<label {label}>{to_html(option['label'], static)}{figures}</label></div>")
    return "".join([*made, "</div>"])


def _count(name: str, code: str, static: StaticState) -> tuple[str, str]:
    """The figures behind a choice as HTML, and a class where there are none; assets/filters.js writes the same."""
    counts = static.counts.get(name, {})
    if code not in counts:
        return "", ""
    figures = counts[code]
    text = escape(static.none if figures is None else figures)
    return f'<span class="count">{text}</span>', " without" if figures is None else ""


_SPECIAL: Mapping[str, Callable[[str, dict[str, Any], StaticState], str]] = {
    "Link": _link,
    "Graph": _graph,
    "Alert": _alert,
    "Input": _input,
    "Checklist": _choices,
    "RadioItems": _choices,
}


def _attributes(props: Props) -> str:
    made = []
    for name, value in props.items():
        if (
            value is None
            or value is False
            or not (name in _KNOWN or name.startswith(("aria-", "data-")))
        ):
            continue
        if isinstance(value, dict):
            value = "; ".join(f"{each}: {said}" for each, said in value.items())
        written = _NAMES.get(name, name)
        made.append(f" {written}" if value is True else f' {written}="{escape(str(value))}"')
    return "".join(made)
