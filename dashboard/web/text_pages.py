"""Routes of the pages of text, and the page that says why there is none: each is rendered once a language and colour scheme."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from flask import Flask

from dashboard.content import pages
from dashboard.context import RequestContext
from dashboard.selection import LANGUAGES, ColourScheme
from dashboard.web.site import Site
from dashboard.web.static import serve
from dashboard.web.static.build import ASSETS


class TextPages:
    """The pages of a site; of a request they know language and colour scheme only."""

    def __init__(self, site: Site) -> None:
        """Renders every page once, so that what a template cannot render is found at start."""
        self._site = site
        self._stylesheets = (*serve.stylesheets(), _asset("pages.css"))
        self._known = cache(self._read)
        self._page, self._refusal = cache(self._rendered), cache(self._refused)
        for name in pages.PAGES:
            self._page(name, LANGUAGES[0], "", "")

    def page(self, name: str, context: RequestContext) -> str:
        """One of ``pages.PAGES``, by its name."""
        return self._page(name, *_display(context))

    def refusal(self, status: int, context: RequestContext) -> str:
        """The page that goes with an HTTP status."""
        return self._refusal(status, *_display(context))

    def links(self, context: RequestContext) -> pages.PageUrls:
        """Addresses of the pages in the language and colour scheme that the address of a request names."""
        return self._links(context.selection.language, context.colour_scheme)

    def register(self, flask: Flask, context: Callable[[], RequestContext]) -> None:
        """Give each page its route; ``context`` gives that of the present request."""
        for name in pages.PAGES:
            flask.add_url_rule(f"/{name}", name, partial(self._answer, name, context))

    def _answer(self, name: str, context: Callable[[], RequestContext]) -> str:
        return self.page(name, context())

    def _rendered(self, name: str, language: str, named: str, colour_scheme: ColourScheme) -> str:
        loc = self._site.store.newest.localizer(language)
        return pages.PAGES[name](loc, self._links(named, colour_scheme), self._known(language))

    def _refused(self, status: int, language: str, named: str, colour_scheme: ColourScheme) -> str:
        loc = self._site.store.newest.localizer(language)
        return pages.refused(loc, self._links(named, colour_scheme), status)

    def _read(self, language: str) -> pages.Known:
        store = self._site.store
        return pages.Known(store.newest.index.thresholds, store.history(language))

    def _links(self, named: str, colour_scheme: ColourScheme) -> pages.PageUrls:
        settings = self._site.settings
        return pages.PageUrls(
            self._stylesheets,
            _asset("favicon.ico"),
            site=settings.url,
            language=named,
            colour_scheme=colour_scheme,
            operator=settings.operator,
            contact=settings.contact,
        )


def _display(context: RequestContext) -> tuple[str, str, ColourScheme]:
    """Language of the answer; language and colour scheme that the address names, which links repeat."""
    return context.language, context.selection.language, context.colour_scheme


def _asset(name: str) -> str:
    """Address of one of our own files, with the fingerprint that lets a browser keep it."""
    return f"/assets/{name}?m={int((ASSETS / name).stat().st_mtime)}"
