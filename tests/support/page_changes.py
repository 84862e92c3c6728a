"""The page after a change of its filters, and where it leads."""

from __future__ import annotations

from urllib.parse import urlsplit

from dashboard import handlers
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
