"""Trees of components, as the tests walk and read them."""

from __future__ import annotations

from collections.abc import Iterator

from dash.development.base_component import Component

from dashboard.layout.to_html import StaticState
from tests.support.fragments import children_of

EMPTY = StaticState({}, {}, {}, "Show", lambda theme, drawing: "")
"""What a page without charts and answers is written with."""


def components(tree: object) -> Iterator[Component]:
    """Every component of a tree, and every element of the HTML in it."""
    if isinstance(tree, list | tuple):
        for each in tree:
            yield from components(each)
    elif isinstance(tree, Component):
        yield tree
        yield from components(children_of(tree))


def said(tree: object, between: str = "") -> str:
    """The text of a tree, with ``between`` the parts of a list."""
    if isinstance(tree, list | tuple):
        return between.join(said(each, between) for each in tree)
    if isinstance(tree, Component):
        return said(children_of(tree), between)
    return "" if tree is None else str(tree)
