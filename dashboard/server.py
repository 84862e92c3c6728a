"""The web application: routes, headers and the page around the components."""

from __future__ import annotations

import os
from html import escape

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, request

from dashboard import callbacks, pages, security, static, tables
from dashboard.comparability import Limits
from dashboard.dataset import Dataset, load
from dashboard.layout.choices import ready_views
from dashboard.layout.page import page
from dashboard.query import prepare, view
from dashboard.selection import READY_VIEWS, parse
from dashboard.settings import Settings, from_env
from dashboard.wording import Words, texts
from dashboard.wording.texts import PRODUCT

ASSETS = static.ROOT / "assets"
INDEX = """<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title}</title>
    <meta name="description" content="{description}">
    {favicon}
    {css}
    {links}
  </head>
  <body>
    {app_entry}
    <noscript><p class="inner">{noscript}</p></noscript>
    <footer class="scripts">{config}{scripts}{renderer}</footer>
  </body>
</html>"""


class _Site(Dash):
    """Dash with a page of our own around its components: language, title and description of each view."""

    words: Words
    prepared: object

    def interpolate_index(self, **parts: str) -> str:
        words = self.words
        selection = parse(request.query_string.decode("utf-8", "replace"), self.prepared.vocabulary).selection
        themes = words.some(words.label("theme", theme) for theme in selection.themes)
        countries = words.some(words.label("country", country) for country in selection.countries)
        return INDEX.format(
            language=words.language,
            title=escape(f"{themes} – {words.t(PRODUCT)}" if themes else words.t(PRODUCT)),
            description=escape(
                words.t("Innovation Barometer results side by side: {themes}; {countries}.").format(themes=themes, countries=countries)
            ),
            noscript=escape(words.t("This page draws its charts with JavaScript; please allow it for this site.")),
            links=static.head_links(),
            **{name: parts[name] for name in ("favicon", "css", "app_entry", "config", "renderer")},
            scripts=static.lean(parts["scripts"]),
        )


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


def create_app(settings: Settings | None = None, dataset: Dataset | None = None) -> Flask:
    """The WSGI application; raises DataError or SettingsError with the text that ``check`` would print."""
    settings = settings or from_env(os.environ)
    dataset = dataset or load(settings.data)
    words = Words(dataset)
    prepared = prepare(dataset, Limits(settings.n_very_small, settings.n_small))
    flask = Flask(__name__, static_folder=None)
    app = _Site(
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
    app.words, app.prepared = words, prepared
    app.layout = page(dataset, words, ready_views(prepared, words, READY_VIEWS.items()))
    callbacks.register(app, prepared, words)

    @flask.get("/healthz")
    def healthy() -> Response:
        return Response(f"ok {dataset.release}\n", mimetype="text/plain")

    @flask.get("/data.csv")
    def data() -> Response:
        parsed = parse(request.query_string.decode("utf-8", "replace"), prepared.vocabulary)
        if parsed.ignored:
            sentences = "\n".join(texts.ignored(words, part) for part in parsed.ignored)
            return Response(f"{sentences}\n", status=400, mimetype="text/plain")
        name = f"innovation-barometer_{dataset.release}.csv"
        return Response(
            tables.view_csv(view(prepared, parsed.selection), words),
            mimetype="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    _add_pages(flask, words, prepared.limits)
    static.mount(flask)
    security.protect(
        flask,
        script_hashes=app.csp_hashes(),
        pages=("/",),
        embeddable=(),
        query_limit=settings.query_limit,
        missing=(DependencyException,),
    )
    # Dash registers its scripts during the first request it sees; two requests at once would find half of them missing.
    flask.test_client().get("/")
    return flask
