"""What crawlers are asked to leave alone: files of a view, each costly to make and none a page to find."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response

from dashboard.formats import registry
from dashboard.layout.fragment import TABLE
from dashboard.web import sitemap
from dashboard.web.file_answers import plain
from dashboard.web.files import PREVIEW, offered

PATH = "/robots.txt"
_PREVIEWS = f"/chart.png?*size={PREVIEW}"
"""Pictures of this size stay open: whoever shows a link to a view with a preview fetches one."""


def _closed() -> list[str]:
    """Beginnings of the addresses that crawlers are not to ask for; the tables differ in their ending only."""
    files = [file.path for file in offered()]
    streams = [kind.streamed.path for kind in registry.every() if kind.streamed]
    return list(
        dict.fromkeys(
            "/data." if path.startswith("/data.") else path
            for path in (*files, *streams, "/paper", TABLE)
        )
    )


def answer(public_url: str) -> Response:
    """The same for every crawler and in every language; it also tells where the sitemap of the site is."""
    root = urlsplit(public_url).path
    rules = (f"Allow: {root}{_PREVIEWS}", *(f"Disallow: {root}{path}" for path in _closed()))
    lines = ("User-agent: *", *rules, f"Sitemap: {public_url}{sitemap.PATH}")
    response = plain("\n".join(lines))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
