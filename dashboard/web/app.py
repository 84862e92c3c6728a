"""``create_app``: builds the web application from settings and data, step by step.

``STEPS`` lists the steps in order, ``hooks`` what runs before and after every request.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dash.exceptions import DependencyException
from flask import Flask, Response, make_response, request

from dashboard import callbacks
from dashboard.comparability import SmallBaseThresholds
from dashboard.context import RequestContext
from dashboard.dataset import Dataset, archives, load
from dashboard.layout import ids
from dashboard.page_change import Change
from dashboard.releases import ReleaseStore
from dashboard.settings import Settings, from_env
from dashboard.text.texts import PRODUCT
from dashboard.web import (
    below,
    build_id,
    callback_guard,
    files,
    fragments,
    log,
    metrics,
    oembed,
    prerender,
    readiness,
    robots,
    search,
    security,
    security_txt,
    sitemap,
)
from dashboard.web.answers import ROOM, Answers, View, sent
from dashboard.web.barometer_dash import BarometerDash
from dashboard.web.build_id import CALLBACK
from dashboard.web.documents import Documents
from dashboard.web.file_answers import plain
from dashboard.web.hooks import Hooks
from dashboard.web.hosts import Hosts
from dashboard.web.meta_tags import head, questions
from dashboard.web.oembed import EMBED
from dashboard.web.request import current_context, page_context, public_url
from dashboard.web.site import Site
from dashboard.web.static import serve
from dashboard.web.static.build import ASSETS
from dashboard.web.text_pages import TextPages

_WITHOUT_LANGUAGE = frozenset((*security.PARTS, "image/vnd.microsoft.icon"))
"""Types of content that is in no language."""
_NO_WORDS = frozenset(
    ("/healthz", readiness.PATH, metrics.PATH, robots.PATH, sitemap.PATH, security_txt.PATH)
)
"""Paths of answers to programs."""
PAGE_RULES = ("/", security.CATCH_ALL)
"""Rules by which Dash answers with its page."""


@dataclass(frozen=True, slots=True)
class Build:
    """An application on its way to being complete: what every step works on."""

    site: Site
    flask: Flask
    dash: BarometerDash
    texts: TextPages
    metrics: metrics.Metrics | None
    """What counts requests, where anybody may know."""
    frame: Callable[[RequestContext], Any]
    """The component tree of a context before any callback has run."""

    def context(self) -> RequestContext:
        """The context of the present request."""
        return current_context(self.site)


def create_app(settings: Settings | None = None, dataset: Dataset | None = None) -> Flask:
    """The WSGI application; raises DataError or SettingsError with the text that ``check`` would print."""
    settings = settings or from_env(os.environ)
    build = begin(read_site(settings, dataset or load(settings.data)))
    for step in STEPS:
        step(build)
    if root := settings.root:
        build.flask.wsgi_app = below.Below(build.flask.wsgi_app, root)  # type: ignore[method-assign]
    return build.flask


def read_site(settings: Settings, dataset: Dataset) -> Site:
    """The data and every earlier release of it, ready to answer."""
    thresholds = SmallBaseThresholds(settings.n_very_small, settings.n_small)
    return Site(settings, ReleaseStore.of_dataset(dataset, archives(settings.data), thresholds))


def begin(site: Site) -> Build:
    """Flask, and Dash on it, without anything of ours."""
    # The page of a context and the app's layout of it are asked for one after the other.
    frame = lru_cache(maxsize=1)(prerender.page_frame)
    flask = Flask(__name__, static_folder=None)
    flask.config["MAX_CONTENT_LENGTH"] = callback_guard.LARGEST
    dash = BarometerDash(
        __name__,
        context=lambda: current_context(site),
        prerendered=lambda context: prerender.page(context, frame(context)),
        release=site.release,
        server=flask,
        requests_pathname_prefix=f"{site.settings.root}/",
        routes_pathname_prefix="/",
        assets_folder=str(ASSETS),
        # Those of the page are joined in one file each.
        assets_ignore=r"\.(js|css)$",
        external_scripts=serve.scripts(),
        external_stylesheets=serve.stylesheets(),
        title=PRODUCT,
        update_title=None,
        enable_mcp=False,
        compress=False,
        suppress_callback_exceptions=False,
    )
    counted = metrics.Metrics(site.settings.metrics) if site.settings.metrics else None
    return Build(site, flask, dash, TextPages(site), counted, frame)


def add_layout(build: Build) -> None:
    """The component tree, in the language and colour scheme of the page that asks for it."""
    # Dash asks for it at once, to know every id: as somebody would whose address says nothing.
    with build.flask.test_request_context(base_url=_own_url(build)):
        build.dash.layout = lambda: prerender.app_frame(build.frame(build.context()))


def add_callbacks(build: Build) -> None:
    """What the components tell each other."""
    callbacks.register(
        build.dash,
        lambda search, href: page_context(build.site, search, href),
        lambda context, search: head(_published(build, context), search),
    )


def _published(build: Build, context: RequestContext) -> RequestContext:
    """The same context at the address of the site, whose pages name it wherever they are opened."""
    return replace(context, public_url=public_url(build.site))


def add_routes(build: Build) -> None:
    """Every address beside Dash's own."""
    build.texts.register(build.flask, build.context)
    build.flask.add_url_rule("/paper", "paper", lambda: _unlisted(build))
    build.flask.register_blueprint(files.blueprint(build.site))
    build.flask.register_blueprint(fragments.blueprint(build.site))
    build.flask.register_blueprint(search.blueprint(build.site, build.texts))
    build.flask.register_blueprint(oembed.blueprint(build.site))
    build.flask.add_url_rule(
        robots.PATH, "robots", lambda: robots.answer(build.context().public_url)
    )
    build.flask.add_url_rule(sitemap.PATH, "sitemap", lambda: _sitemap(build))
    ready = readiness.Readiness(build.site.renderer, build.site.release)
    build.flask.add_url_rule(readiness.PATH, "ready", ready.answer)
    if build.metrics:
        build.flask.add_url_rule(metrics.PATH, "metrics", build.metrics.answer)
    contact = build.site.settings.contact
    if security_txt.offered(contact):
        build.flask.add_url_rule(
            security_txt.PATH,
            "security_txt",
            lambda: security_txt.answer(contact, build.context().public_url),
        )


def _sitemap(build: Build) -> Response:
    context = build.context()
    texts = (f"{context.public_url}{path}" for path in ("/", *build.texts.paths()))
    return sitemap.answer((*map(sitemap.in_languages, texts), *questions(context)))


def _unlisted(build: Build) -> Response:
    """The view for a printer: a part of a page, which search engines are not to list."""
    return Response(prerender.printed(build.context()), headers={"X-Robots-Tag": "noindex"})


def keep_answers(build: Build, room: int = ROOM) -> Answers:
    """What has been answered to a change of the page is not worked out again, as far as there is ``room`` in bytes."""
    rule = next(each for each in build.flask.url_map.iter_rules() if each.rule == CALLBACK)
    view, root = build.flask.view_functions[rule.endpoint], build.site.settings.root
    answers = Answers(
        _as_it_leaves(view, root),
        next(each for each in build.dash.callback_map if f"{ids.CONTENT}.children" in each),
        lambda body: Change.read(
            sent(body),
            body["changedPropIds"],
            lambda search, href: page_context(build.site, search, href),
        ),
        lambda: public_url(build.site),
        room,
    )
    build.flask.view_functions[rule.endpoint] = answers.answer
    build.flask.extensions[Answers.__name__] = answers
    return answers


def keep_pages(build: Build) -> None:
    """A page that was opened before is not worked out again."""
    settings = build.site.settings
    state = (
        build.site.data,
        build.dash.build,
        (settings.root, settings.contact, settings.n_very_small, settings.n_small),
    )
    for endpoint in {
        rule.endpoint for rule in build.flask.url_map.iter_rules() if rule.rule in PAGE_RULES
    }:
        view = _as_it_leaves(build.flask.view_functions[endpoint], settings.root)
        documents = Documents(view, build.context, state, build.site.pages)
        build.flask.view_functions[endpoint] = documents.answer


def _as_it_leaves(view: View, root: str) -> View:
    """A view whose answers are kept, and compressed: what would be changed in them later is changed now."""
    return lambda: below.lead_below(make_response(view()), root) if root else view()


def _known(build: Build) -> Response | None:
    answers: Answers | None = build.flask.extensions.get(Answers.__name__)
    return answers.known() if answers else None


def add_hooks(build: Build) -> None:
    """What runs around every request, and what answers a fault. Needs every callback, for the policy on scripts."""
    shield = security.Shield(
        script_hashes=build.dash.csp_hashes(),
        pages=("/",),
        embeddable=(EMBED,),
        query_limit=build.site.settings.query_limit,
        secure=build.site.settings.url.startswith("https://"),
        refusal=lambda status: build.texts.refusal(status, build.context()),
    )
    hooks(build, shield, serve.StaticFiles()).install(build.flask)
    build.site.limits.install(build.flask)
    shield.handle_errors(build.flask, missing=(DependencyException,))
    log.record_exceptions(build.flask)


def _elsewhere(build: Build, hosts: Hosts) -> Response | None:
    """400 for a request at a host that is not the site's, with the address that is; None for any other."""
    if hosts.answers():
        return None
    url = build.site.settings.url
    if not url:
        return Response(build.texts.refusal(400, build.context()), 400)
    return plain(build.context().loc.t("This site answers at {url}.").format(url=url), 400)


def hooks(build: Build, shield: security.Shield, static: serve.StaticFiles) -> Hooks:
    """The hooks in the order in which they run.

    Before a request: its id and its beginning are noted, so that whatever follows can be logged. Files that are kept ready come
    next: they are most of what is asked for, and need no look at host or query. Then comes what is refused by its host, then by
    its address alone, and last what is refused by its body, which must be read for it. (In front of all these stands a hook of
    Dash's own, which registers its scripts during ``warm_up`` and does nothing afterwards.)

    After a request: the headers that depend on what was answered, then those of security, which leave what a route has set, then
    the path below which the site stands.
    Compression changes the body and its tag, so nothing that looks at either may follow; the log closes, when the time that
    all this took is known.
    """
    settings = build.site.settings
    hosts, root, counted = Hosts(settings.url), settings.root, build.metrics
    return Hooks(
        before=(
            lambda: log.begin(trusted=settings.proxies > 0),
            static.answer_known,
            lambda: _elsewhere(build, hosts),
            shield.refuse,
            lambda: _known(build),
            lambda: callback_guard.validate(build.dash.callback_map),
        ),
        after=(
            lambda response: _state_language(build, response),
            lambda response: _keep_private(hosts, response),
            shield.add_headers,
            lambda response: below.lead_below(response, root) if root else response,
            lambda response: build_id.state(response, build.dash.build),
            static.compress,
            lambda response: log.end(
                response,
                build.context,
                every=settings.log == "requests",
                count=counted.count if counted else None,
            ),
        ),
    )


def _state_language(build: Build, response: Response) -> Response:
    """What is written in words tells in which language, and that another reader may get another."""
    if response.mimetype in _WITHOUT_LANGUAGE or request.path in _NO_WORDS:
        return response
    if "Content-Language" not in response.headers:
        response.headers["Content-Language"] = build.context().language
    response.vary.add("Accept-Language")
    return response


def _keep_private(hosts: Hosts, response: Response) -> Response:
    """Scripts and style sheets are the same at every host."""
    alike = request.path.startswith((serve.STATIC, serve.SUITES, serve.OWN))
    return response if alike else hosts.keep_private(response)


def warm_up(build: Build) -> None:
    """Ask for the home, which is then known: where the site listens for its own machine alone, readers there ask for it so.

    Dash registers its scripts at the first request, and two at once would find half of them missing.
    """
    build.flask.test_client().get("/", base_url=_own_url(build))


def _own_url(build: Build) -> str | None:
    """The address that readers on the same machine ask for, where the site listens for it alone; else None."""
    host = build.site.settings.bind
    return f"http://{host}" if host.startswith(("127.", "localhost", "[::1]")) else None


STEPS: tuple[Callable[[Build], object], ...] = (
    add_layout,
    add_callbacks,
    keep_answers,
    keep_pages,
    add_routes,
    add_hooks,
    warm_up,
)
"""What turns Flask and Dash into this site, in order."""
