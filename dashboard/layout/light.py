"""The tree of components as Dash is sent it: what stands still as finished HTML, since each component costs the browser with every
change of any other."""

from __future__ import annotations

from copy import copy
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.layout import ids
from dashboard.layout.to_html import HTML, to_html

_CHANGED = {ids.MESSAGES, ids.STATUS, ids.CONTENT, ids.FILTER_STATE}
"""Ids of elements that callbacks change; every other component that changes is no element of HTML."""


def light(tree: Any) -> Any:
    """The tree, whose elements that hold nothing of Dash's have their children as ``data-html``, which assets/fragments.js puts in place.

    No element counts its clicks, which nothing here asks for: Dash draws each anew that stands around what is clicked.
    """
    if isinstance(tree, list | tuple):
        return [light(each) for each in tree]
    if not isinstance(tree, Component):
        return tree
    made: Any = copy(tree)
    children = getattr(tree, "children", None)
    if tree._namespace == html.Div._namespace:
        made.disable_n_clicks = True
    if children is None:
        return made
    if _is_element(tree) and not _is_text(children) and _stands_still(children):
        del made.children
        setattr(made, "data-html", to_html(children, HTML))
    else:
        made.children = light(children)
    return made


def _is_element(tree: Component) -> bool:
    return tree._namespace == html.Div._namespace and getattr(tree, "id", None) not in _CHANGED


def _is_text(children: object) -> bool:
    """Whether children cost nothing anyway."""
    return not any(isinstance(each, Component) for each in _listed(children))


def _stands_still(tree: object) -> bool:
    """Whether nothing in a tree is changed by Dash."""
    return all(
        not isinstance(each, Component)
        or (_is_element(each) and _stands_still(getattr(each, "children", None)))
        for each in _listed(tree)
    )


def _listed(children: object) -> list[object]:
    return list(children) if isinstance(children, list | tuple) else [children]
