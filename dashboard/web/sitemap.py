"""The sitemap: every page of the site in every language, each with its other languages (sitemaps.org, hreflang)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from flask import Response

from dashboard.selection import LANGUAGES

PATH = "/sitemap.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def answer(public_url: str, paths: Iterable[str]) -> Response:
    """The sitemap of the pages at some paths of a site, whose address is without a closing slash."""
    entries = "".join(_entries(escape(public_url), path) for path in paths)
    response = Response(f"{_HEAD}{entries}</urlset>\n", mimetype="application/xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _entries(site: str, path: str) -> str:
    """One page, once a language."""
    addresses = {code: f"{site}{path}?lang={code}" for code in LANGUAGES}
    alternate = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in (*addresses.items(), ("x-default", f"{site}{path}"))
    )
    return "".join(
        f"<url><loc>{address}</loc>{alternate}</url>\n" for address in addresses.values()
    )
