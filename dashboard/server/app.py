"""Everything put together."""

from __future__ import annotations

import os

from dash.exceptions import DependencyException
from flask import Flask, Response, request

from dashboard import callbacks, pages, security, static
from dashboard.comparability import Limits
from dashboard.dataset import Dataset, archives, load
from dashboard.layout.choices import ready_views
from dashboard.layout.page import page
from dashboard.releases import Shelf
from dashboard.selection import READY_VIEWS
from dashboard.server import files, oembed
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
    flask.before_request(lambda: _refuse_misshapen(app))
    # Dash registers its scripts during the first request it sees; two requests at once would find half of them missing.
    flask.test_client().get("/")
    return flask


def _refuse_misshapen(app: Page) -> Response | None:
    """400 for a callback request that no page of ours could have sent; Dash would stumble over it."""
    if request.path != "/_dash-update-component" or request.method != "POST" or not request.is_json:
        return None
    body = request.get_json(silent=True)
    if body is None or _well_formed(body):
        return None if body is not None or request.get_data() != b"null" else _misshapen()
    return _misshapen()


def _misshapen() -> Response:
    return Response("The request does not have the form of one from the page.\n", status=400, mimetype="text/plain")


def _well_formed(body: object) -> bool:
    """Whether every part that Dash reads has the kind it reads."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    lists = [body.get("inputs"), body.get("changedPropIds"), body.get("state", [])]
    if not all(isinstance(each, list) for each in lists) or not isinstance(body.get("outputs"), dict | list):
        return False
    return all(isinstance(each, dict) and "id" in each for each in [*body["inputs"], *body.get("state", [])])


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
