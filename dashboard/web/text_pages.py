"""Routes of the pages of text, and the page that says why there is none: each is rendered once a language and colour scheme."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache, partial

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard.content import country, country_pages, pages
from dashboard.context import RequestContext
from dashboard.selection import ColourScheme
from dashboard.web import paths
from dashboard.web.site import Site
from dashboard.web.static import serve
from dashboard.web.static.serve import ICON

STYLE_SHEETS = ("pages.css", "country.css")
"""Those in ``assets/`` that follow the page's."""
LONGEST = 60
"""Characters of what was asked for that a page repeats."""


class TextPages:
    """The pages of a site, each rendered when it is first asked for; of a request they know language and colour scheme only."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stylesheets = (*serve.stylesheets(), *map(serve.own, STYLE_SHEETS))
        self._icon = serve.own(ICON)
        self._known = cache(self._read)
        self._shared = cache(partial(country.comparable, site.store.newest))
        dataset = site.store.newest.index.dataset
        self._countries = {code.lower(): code for code in country.countries(dataset)}

    def page(self, name: str, context: RequestContext) -> str:
        """One of ``pages.PAGES``, by its name."""
        return self._kept(self._rendered, name, *_display(context))

    def refusal(self, status: int, context: RequestContext) -> str:
        """The page that goes with an HTTP status."""
        return self._kept(self._refused, status, *_display(context))

    def links(self, context: RequestContext) -> pages.PageUrls:
        """Addresses of the pages in the language and colour scheme that the address of a request names."""
        return self._links(context.selection.language, context.colour_scheme)

    def paths(self) -> tuple[str, ...]:
        """The paths of all pages."""
        places = tuple(map(country.path, self._countries))
        return (*(f"/{name}" for name in pages.PAGES), *places)

    def register(self, flask: Flask, context: Callable[[], RequestContext]) -> None:
        """Give each page its route; ``context`` gives that of the present request."""
        for name in pages.PAGES:
            flask.add_url_rule(f"/{name}", name, partial(self._answer, name, context))
        place = "/country/<code>"
        flask.add_url_rule(place, "country", lambda code: self._place(code, context()))
        for bare in ("/countries/", "/country", "/country/"):
            flask.add_url_rule(bare, f"to-countries{bare}", _to_countries)
        flask.add_url_rule(f"{place}/", "to-country", lambda code: self._place(code, context()))

    def _place(self, asked: str, context: RequestContext) -> BaseResponse:
        """The page of a country; from any other spelling of its code the way there, and where there is none which there are."""
        code = self._countries.get(asked)
        if code is not None and request.path == country.path(code):
            return answered(self._kept(self._rendered_country, code, *_display(context)))
        if meant := paths.moved(request.path, self.paths().__contains__):
            return redirect(paths.location(meant), 308)
        display = _display(context)
        links = self._links(*display[1:])
        loc = self._site.store.newest.localizer(display[0])
        return Response(country_pages.no_country(loc, links, asked[:LONGEST]), 404)

    def _kept(self, make: Callable[..., str], *asked: Hashable) -> str:
        """What ``make`` gives for ``asked``, made once while there is room for it."""
        return self._site.pages.text((make.__name__, *asked), lambda: make(*asked))

    def _answer(self, name: str, context: Callable[[], RequestContext]) -> Response:
        return answered(self.page(name, context()))

    def _rendered(self, name: str, language: str, named: str, colour_scheme: ColourScheme) -> str:
        loc = self._site.store.newest.localizer(language)
        return pages.PAGES[name](loc, self._links(named, colour_scheme), self._known(language))

    def _rendered_country(
        self, code: str, language: str, named: str, colour_scheme: ColourScheme
    ) -> str:
        release = self._site.store.newest
        told = country_pages.Told(self._charts(code, language), self._shared())
        links = self._links(named, colour_scheme)
        return country_pages.country(release.localizer(language), links, release, told, code)

    def _charts(self, code: str, language: str) -> tuple[country.ThemeChart, ...]:
        release = self._site.store.newest
        return country.theme_charts(release.localizer(language), release, code)

    def _refused(self, status: int, language: str, named: str, colour_scheme: ColourScheme) -> str:
        loc = self._site.store.newest.localizer(language)
        return pages.refused(loc, self._links(named, colour_scheme), status)

    def _read(self, language: str) -> pages.Known:
        store = self._site.store
        return pages.Known(store.newest.index.thresholds, store.history(language), store.newest)

    def _links(self, named: str, colour_scheme: ColourScheme) -> pages.PageUrls:
        settings = self._site.settings
        return pages.PageUrls(
            self._stylesheets,
            self._icon,
            site=settings.url,
            language=named,
            colour_scheme=colour_scheme,
            operator=settings.operator,
            contact=settings.contact,
        )


def answered(page: str) -> Response:
    """A page, which is not sent twice to who has it."""
    response = Response(page)
    response.add_etag()
    response.make_conditional(request)
    return response


def _display(context: RequestContext) -> tuple[str, str, ColourScheme]:
    """Language of the answer; language and colour scheme that the address names, which links repeat."""
    return context.language, context.selection.language, context.colour_scheme


def _to_countries() -> BaseResponse:
    return redirect(paths.location("/countries"), 308)
