"""Everything put together."""

from __future__ import annotations

import os

from dash.exceptions import DependencyException
from flask import Flask

from dashboard import callbacks, pages, security, static
from dashboard.comparability import Limits
from dashboard.dataset import Dataset, archives, load
from dashboard.layout.choices import ready_views
from dashboard.layout.page import page
from dashboard.releases import Shelf
from dashboard.selection import READY_VIEWS
from dashboard.server import bodies, files, oembed
from dashboard.server.index import EMBED, Page
from dashboard.server.site import Site
from dashboard.settings import Settings, from_env
from dashboard.wording import Words
from dashboard.wording.texts import PRODUCT

ASSETS = static.ROOT / "assets"


def create_app(settings: Settings | None = None, dataset: Dataset | None = None) -> Flask:
    """The WSGI application; raises DataError or SettingsError with the text that ``check`` would print."""
    settings = settings or from_env(os.environ)
    dataset = dataset or load(settings.data)
    shelf = Shelf.of_dataset(dataset, archives(settings.data), Limits(settings.n_very_small, settings.n_small))
    prepared, words = shelf.newest.prepared, shelf.newest.words
    site = Site(settings, shelf)
    flask = Flask(__name__, static_folder=None)
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
    app.layout = page(dataset, words, ready_views(prepared, words, READY_VIEWS.items()))
    callbacks.register(app, shelf)
    _add_pages(flask, words, prepared.limits)
    flask.register_blueprint(files.blueprint(site))
    flask.register_blueprint(oembed.blueprint(site))
    static.mount(flask)
    security.protect(
        flask,
        script_hashes=app.csp_hashes(),
        pages=("/",),
        embeddable=(EMBED,),
        query_limit=settings.query_limit,
        missing=(DependencyException,),
    )
    flask.before_request(lambda: bodies.refuse_misshapen(app.callback_map))
    # Dash registers its scripts during the first request it sees; two requests at once would find half of them missing.
    flask.test_client().get("/")
    return flask


def _add_pages(flask: Flask, words: Words, limits: Limits) -> None:
    """The pages that do not depend on the query: rendered here, once."""
    links = pages.PageLinks(
        stylesheets=(*static.stylesheets(), _asset("barometer.css"), _asset("pages.css")), favicon=_asset("favicon.ico"), base=""
    )
    for name, text in (("sources", pages.sources(words, links)), ("method", pages.method(words, links, limits))):
        flask.add_url_rule(f"/{name}", name, lambda text=text: text)


def _asset(name: str) -> str:
    """Address of one of our own files, with the fingerprint that lets a browser keep it."""
    return f"/assets/{name}?m={int((ASSETS / name).stat().st_mtime)}"
