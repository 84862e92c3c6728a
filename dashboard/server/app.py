"""Everything put together."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, lru_cache, partial

from dash import html
from dash.exceptions import DependencyException
from flask import Flask, Response, has_request_context, request

from dashboard import callbacks, pages, security, static
from dashboard.comparability import Limits
from dashboard.dataset import Dataset, archives, load
from dashboard.layout.choices import ready_views
from dashboard.layout.page import page
from dashboard.releases import Shelf
from dashboard.selection import LANGUAGES, Parsed, Selection, default, dress, format
from dashboard.server import bodies, files, first, log, oembed, robots
from dashboard.server.dress import Undressed
from dashboard.server.index import EMBED, Page
from dashboard.server.site import Site
from dashboard.settings import Settings, from_env
from dashboard.wording.texts import PRODUCT

ASSETS = static.ROOT / "assets"


def create_app(settings: Settings | None = None, dataset: Dataset | None = None) -> Flask:
    """The WSGI application; raises DataError or SettingsError with the text that ``check`` would print."""
    settings = settings or from_env(os.environ)
    dataset = dataset or load(settings.data)
    shelf = Shelf.of_dataset(
        dataset, archives(settings.data), Limits(settings.n_very_small, settings.n_small)
    )
    site = Site(settings, shelf)
    flask = Flask(__name__, static_folder=None)
    flask.config["MAX_CONTENT_LENGTH"] = bodies.LARGEST
    log.mount(flask, lambda: format(site.parsed().selection, shelf.vocabulary))
    app = Page(
        __name__,
        server=flask,
        assets_folder=str(ASSETS),
        assets_ignore=r"pages\.css",
        external_stylesheets=static.stylesheets(),
        title=PRODUCT,
        update_title=None,
        enable_mcp=False,
        compress=False,
        suppress_callback_exceptions=False,
    )
    app.site = site
    app.first = _first(site)
    flask.wsgi_app = Undressed(flask.wsgi_app)
    refusal = _add_pages(flask, site)
    app.layout = lambda: _asked_layout(site)
    callbacks.register(app, shelf, lambda: site.language)
    flask.add_url_rule("/paper", "paper", lambda: _unlisted(first.printed(site)))
    flask.register_blueprint(files.blueprint(site))
    flask.register_blueprint(oembed.blueprint(site))
    flask.add_url_rule(robots.PATH, "robots", robots.answer)
    static.mount(flask)
    security.protect(
        flask,
        script_hashes=app.csp_hashes(),
        pages=("/",),
        embeddable=(EMBED,),
        query_limit=settings.query_limit,
        missing=(DependencyException,),
        refusal=refusal,
    )
    flask.before_request(lambda: bodies.refuse_misshapen(app.callback_map))

    @flask.after_request
    def in_words(response: Response) -> Response:
        """What is written in words tells in which language, and that another reader may get another."""
        if response.mimetype not in {*security.PARTS, "image/x-icon"} and request.path not in (
            "/healthz",
            robots.PATH,
        ):
            response.headers.setdefault("Content-Language", site.language)
            response.vary.update(
                ("Accept-Language", "Sec-CH-UA-Mobile")
                if request.path in ("/", EMBED)
                else ("Accept-Language",)
            )
        return response

    # Dash registers its scripts during the first request it sees; two requests at once would find half of them missing.
    flask.test_client().get("/")
    return flask


def _asked_layout(site: Site) -> html.Div:
    """The component tree in the language and look of the page that asks for it; Dash also asks once at start."""
    if not has_request_context():
        return _layout(site.shelf, default(site.shelf.vocabulary), LANGUAGES[0])
    return _layout(site.shelf, site.asked, site.language)


def _layout(shelf: Shelf, asked: Selection, language: str) -> html.Div:
    """The component tree in a language; its links keep the language and look that ``asked`` names."""
    vocabulary, words = shelf.vocabulary, shelf.newest.words(language)
    return page(
        words.dataset,
        words,
        ready_views(vocabulary, words, asked),
        dress(asked, vocabulary),
    )


def _first(site: Site) -> Callable[[], str]:
    """What makes the first response's page; those asked for last are kept, since many open the same view."""

    @lru_cache(maxsize=32)
    def made(asked: Parsed, address: str, language: str, narrow: bool) -> str:
        return first.first(
            site.shelf,
            _layout(site.shelf, asked.selection, language),
            asked,
            address,
            language,
            narrow,
        )

    def answer() -> str:
        narrow = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get(
            "User-Agent", ""
        )
        return made(
            site.parsed(), request.query_string.decode("utf-8", "replace"), site.language, narrow
        )

    return answer


def _unlisted(body: str) -> Response:
    """A part of a page, which search engines are not to list."""
    return Response(body, headers={"X-Robots-Tag": "noindex"})


def _add_pages(flask: Flask, site: Site) -> Callable[[int], str]:
    """The pages of text, each rendered once: of the query they know language and look only.

    Returns what makes the page of a refusal, which is one of them.
    """
    newest, settings = site.shelf.newest, site.settings
    stylesheets = (*static.stylesheets(), _asset("barometer.css"), _asset("pages.css"))

    @cache
    def known(language: str) -> pages.Known:
        return pages.Known(newest.prepared.limits, site.shelf.history(language))

    @cache
    def rendered(name: str | int, language: str, named: str, look: str) -> str:
        links = pages.PageLinks(
            stylesheets,
            _asset("favicon.ico"),
            site=settings.url,
            language=named,
            look=look,
            operator=settings.operator,
            contact=settings.contact,
        )
        words = newest.words(language)
        if isinstance(name, int):
            return pages.refused(words, links, name)
        return pages.PAGES[name](words, links, known(language))

    def answer(name: str | int) -> str:
        return rendered(name, site.language, site.asked.language, site.asked.look)

    for name in pages.PAGES:
        flask.add_url_rule(f"/{name}", name, partial(answer, name))
        rendered(
            name, LANGUAGES[0], "", ""
        )  # What a template cannot render is to be found at start.
    return answer


def _asset(name: str) -> str:
    """Address of one of our own files, with the fingerprint that lets a browser keep it."""
    return f"/assets/{name}?m={int((ASSETS / name).stat().st_mtime)}"
