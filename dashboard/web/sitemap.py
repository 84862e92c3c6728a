"""The sitemap: every page of the site in every language, each with its other languages (sitemaps.org, hreflang)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from flask import Response

from dashboard.selection import LANGUAGES

PATH = "/sitemap.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def answer(pages: Iterable[Mapping[str, str]]) -> Response:
    """The sitemap of some pages, each given as its address in each language; that for any language stands under ``x-default``."""
    entries = "".join(map(_entries, pages))
    response = Response(f"{_HEAD}{entries}</urlset>\n", mimetype="application/xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def in_languages(page: str) -> dict[str, str]:
    """The addresses of a page of text."""
    return {**{code: f"{page}?lang={code}" for code in LANGUAGES}, "x-default": page}


def _entries(addresses: Mapping[str, str]) -> str:
    """One page, once a language."""
    alternate = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in addresses.items()
    )
    return "".join(
        f"<url><loc>{escape(addresses[code])}</loc>{alternate}</url>\n" for code in LANGUAGES
    )
