"""Everything put together."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence

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
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return _misshapen()
    return None if _well_formed(body, app.callback_map) else _misshapen()


def _misshapen() -> Response:
    return Response("The request does not have the form of one from the page.\n", status=400, mimetype="text/plain")


def _well_formed(body: object, known: Mapping[str, dict]) -> bool:
    """Whether a body asks for a callback of ours with every input, state and output that Dash reads."""
    output = body.get("output") if isinstance(body, dict) else None
    callback = known.get(output) if isinstance(output, str) else None
    # What runs in the browser is listed too, without a function.
    if callback is None or "callback" not in callback:
        return False
    several = output.startswith("..")
    names = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in output.strip(".").split("...")]
    outputs = body.get("outputs") if several else [body.get("outputs")]
    named = _are(outputs, names) and _are(body.get("inputs"), callback["inputs"]) and _are(body.get("state", []), callback["state"])
    return named and _changed(body.get("changedPropIds"), body["inputs"])


def _are(given: object, wanted: Sequence[dict]) -> bool:
    """Whether these are the wanted properties, in order."""
    return isinstance(given, list) and len(given) == len(wanted) and all(map(_is, given, wanted))


def _is(given: object, wanted: dict) -> bool:
    """Whether this is the wanted property; an id with a wildcard is given as a dict with a text in its place."""
    if not isinstance(given, dict) or given.get("property") != wanted["property"]:
        return False
    if not wanted["id"].startswith("{"):
        return given.get("id") == wanted["id"]
    parts, pattern = given.get("id"), json.loads(wanted["id"])
    alike = isinstance(parts, dict) and parts.keys() == pattern.keys()
    return alike and all(isinstance(part, str) and pattern[name] in (part, ["MATCH"]) for name, part in parts.items())


def _changed(changed: object, inputs: Sequence[dict]) -> bool:
    """Whether what is said to have changed are inputs; a callback with a wildcard has to know which."""
    names = [
        each["id"] if isinstance(each["id"], str) else json.dumps(each["id"], sort_keys=True, separators=(",", ":")) for each in inputs
    ]
    properties = {f"{name}.{each['property']}" for name, each in zip(names, inputs, strict=True)}
    told = isinstance(changed, list) and all(isinstance(each, str) and each in properties for each in changed)
    return told and (bool(changed) or all(isinstance(each["id"], str) for each in inputs))


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
