"""The page after a change of its filters, and where it leads."""

from __future__ import annotations

from urllib.parse import urlsplit

from dashboard import handlers
from dashboard.query import Section, View
from tests.support import views
from tests.support.components import components, said

PICTURES = ("/chart.png", "/chart.svg")


def update(
    address: str,
    *,
    values: dict | None = None,
    changed: str = "",
    width: float | None = 960,
    needle: str = "",
) -> dict:
    """The page after a change."""
    return handlers.update(views.context(address), values or {}, width, needle, changed)


def links(tree: object) -> dict[str, str]:
    """Text of each link within the site -> its query; those of pictures, which name a size too, are left out."""
    found = [
        each
        for each in components(tree)
        if str(getattr(each, "href", "") or "").startswith("/")
        and urlsplit(each.href).path not in PICTURES
    ]
    return {said(each): urlsplit(each.href).query for each in found}


def contents(query: str) -> list:
    """What the page shows of an address, one part a theme and the last for the whole view."""
    return update(f"?{query}")["content"]


def sections(query: str) -> list[tuple[View, Section]]:
    """Every section that the page of an address shows, with its view."""
    return [(view, section) for view in views.context(query).views for section in view.sections]
