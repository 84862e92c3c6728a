"""The elements of ``dash.html``, made fast: an answer holds hundreds, and Dash looks at every name of every one of them.

Where the first of its kind with the same attributes is made, Dash's own constructor is asked too, which says what is wrong with a
name. What comes out is Dash's own component, its attributes in the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import dash.html
from dash.development.base_component import Component


def _quick(kind: type[Component]) -> Callable[..., Component]:
    """What makes elements of a kind, called as the kind itself."""
    blank = vars(kind())
    known = set[tuple[str, ...]]()

    def make(*children: Any, **props: Any) -> Component:
        names = (*("children" for _ in children), *props)
        if names not in known:
            kind(*children, **props)
            known.add(names)
        made = kind.__new__(kind)
        held = vars(made)
        held.update(blank)
        if children:
            (held["children"],) = children
        held.update(props)
        return made

    return make


if TYPE_CHECKING:
    from dash import html as html  # as a module its classes are types
else:
    html = SimpleNamespace(**{name: _quick(getattr(dash.html, name)) for name in dash.html.__all__})


_Held = tuple[type[Component], tuple[str, ...]]
_NAMES: dict[_Held, tuple[str, ...]] = {}
"""A kind and the names of all that one of it holds -> those of its properties, in Dash's order."""


def props(element: Component) -> dict[str, Any]:
    """Name -> value of the properties of an element, as ``to_plotly_json`` gives them."""
    held = vars(element)
    key = type(element), tuple(held)
    names = _NAMES.get(key)
    if names is None:
        names = _NAMES[key] = tuple(element.to_plotly_json()["props"])
    return {name: held[name] for name in names}
