"""The context of the present request: its query is parsed when it is first asked for, once, and kept on ``flask.g``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import g, request

from dashboard.context import RequestContext
from dashboard.selection import Parsed, Vocabulary, parse, parse_page, preferred
from dashboard.web.site import Site

PAGES = frozenset({"", "/", "/paper", "/_dash-layout"})
"""Paths whose query is that of a page; a callback that does not tell where its page stands is blank."""
FRAME = "/embed"
"""Path of a view that stands on another page."""


def current_context(site: Site) -> RequestContext:
    """The context of the present request; all who answer it get the same one."""
    context: RequestContext | None = g.get("context")
    if context is None:
        query = request.query_string.decode("utf-8", "replace")
        context = g.context = read_context(site, query, request.path)
    return context


def page_context(site: Site, search: str, href: str = "") -> RequestContext:
    """The context of a callback: its page tells the search of its address, and maybe its whole address.

    It becomes that of the request, whose own query is Dash's. Links lead to where the page was opened, if that is told.
    """
    context: RequestContext
    if g.get("page") == (search, href):
        context = g.context
        return context
    origin = href and "/".join(href.split("/")[:3]) + site.settings.root
    path = href.partition("?")[0].removeprefix(origin)
    context = g.context = read_context(site, search, path, origin)
    g.page = search, href
    return context


Reader = Callable[[str, Vocabulary], Parsed]
"""How a query is read: ``parse`` or ``parse_page``."""


def _reader(path: str) -> Reader:
    """The site opens at home; a file, and a view in a frame elsewhere, keep the view of a first visit."""
    return parse_page if path in PAGES else parse


def public_url(site: Site) -> str:
    """Address of the site without a closing slash: as it is set, else as the present request has it; blank for a host that
    is no name, which gets no page."""
    try:
        return site.settings.url or request.url_root.rstrip("/")
    except UnicodeError:
        return ""


def _acceptable() -> Iterator[str]:
    """The languages that the reader's browser asks for, most wanted first, without those that it refuses."""
    return (tag for tag, quality in request.accept_languages if quality > 0)


def read_context(site: Site, query: str, path: str, origin: str = "") -> RequestContext:
    """A query of a path, with or without its ``?``, as the present reader means it; never raises."""
    parsed = _reader(path)(query, site.store.vocabulary)
    return RequestContext(
        parsed.selection,
        parsed.ignored,
        parsed.selection.language or preferred(_acceptable()),
        origin or public_url(site),
        site.store,
        contact=site.settings.contact,
        framed=path == FRAME,
    )
