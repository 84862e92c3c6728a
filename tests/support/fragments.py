"""Fragments of finished HTML as the trees of components they were written from, so that tests read both alike."""

from __future__ import annotations

from html.parser import HTMLParser

from dash import html
from dash.development.base_component import Component

from tests.support.html import VOID

_NAMES = {"class": "className", "for": "htmlFor", "tabindex": "tabIndex", "hreflang": "hrefLang"}


class _Reader(HTMLParser):
    """Builds components; fails where elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list = []
        self.open: list[tuple[str, dict, list]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    @property
    def _here(self) -> list:
        return self.open[-1][2] if self.open else self.top

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        props = {_NAMES.get(name, name): value or "" for name, value in attrs}
        if tag in VOID:
            self._here.append(_made(tag, props, []))
        else:
            self.open.append((tag, props, []))

    def handle_endtag(self, tag: str) -> None:
        name, props, children = self.open.pop()
        assert name == tag
        self._here.append(_made(tag, props, children))

    def handle_data(self, data: str) -> None:
        self._here.append(data)


def _made(tag: str, props: dict, children: list) -> Component:
    children = children[0] if len(children) == 1 else children or None
    if tag == "input":
        # The one element of finished HTML that Dash has no component for; its id tells it.
        return html.Div(id=props.get("id"))
    return getattr(html, tag.capitalize())(children, **props)


def parsed(text: str) -> list:
    """The components and texts of finished HTML."""
    return _Reader(text).top


def children_of(component: Component) -> object:
    """What stands in a component, also where that is finished HTML."""
    finished = getattr(component, "data-html", None)
    return parsed(finished) if finished else getattr(component, "children", None)
