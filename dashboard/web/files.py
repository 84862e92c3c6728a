"""Addresses that answer with a file: the same query as the page, another form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard import api, render
from dashboard.context import RequestContext
from dashboard.formats import registry
from dashboard.formats.format import ALONE, Format, Order, Work
from dashboard.formats.parameters import Extra
from dashboard.query import Section
from dashboard.selection import restored
from dashboard.text import texts
from dashboard.text.file_names import view_name
from dashboard.web import callback_guard, pictures, streams
from dashboard.web.file_answers import REFUSALS, Early, asked, file_key, keeping, plain, refused
from dashboard.web.request import current_context
from dashboard.web.site import Site

PREVIEW = "og"
"""Size of the pictures that previews of links show; of all files, these alone are for search engines."""
LARGEST_PICTURE = 20 * 2**20
"""Bytes of a picture that is read back."""

_URL = Extra("url", "Address of a view of this site.", required=True)
_JSON = Extra("format", "Form of the answer.", choices=("json",), default="json")
_WIDTH = Extra("maxwidth", "Most CSS pixels the frame may be wide.", span=(1, 99_999))
_HEIGHT = Extra("maxheight", "Most CSS pixels the frame may be high.", span=(1, 99_999))
BESIDE = (
    api.File(
        "/embed",
        "The charts of a view alone, for a frame on another site.",
        ("text/html",),
        strict=False,
    ),
    api.File(
        "/oembed",
        "The oEmbed answer for a view.",
        ("application/json",),
        (_URL, _JSON, _WIDTH, _HEIGHT),
        selects=False,
        strict=False,
        statuses=((404, "The address is no view of this site."), (501, "Only JSON is offered.")),
    ),
)
"""Addresses that are described with the files and answered elsewhere."""


Maker = Callable[[RequestContext, dict[str, str]], Response]
"""(context, values of the file's own parameters) -> the file."""


def offered() -> tuple[api.File, ...]:
    """Every address that answers with a file."""
    return (*pictures.PICTURES, *(api.described(kind) for kind in registry.every()))


def blueprint(site: Site) -> Blueprint:
    """The routes of a site beside its pages."""
    routes = Blueprint("files", __name__)

    @routes.get("/healthz")
    def healthy() -> Response:
        return plain(f"ok {site.release}")

    @routes.get("/api")
    def describe() -> tuple[dict[str, Any], dict[str, str]]:
        """For programs and those who write them, in English only."""
        files, url = (*offered(), *BESIDE), current_context(site).public_url
        described = api.openapi(files, site.store.vocabulary, texts.PRODUCT, url)
        return described, {"Content-Language": "en"}

    makers: dict[str, Maker] = {
        "/chart.png": partial(pictures.picture, site, "png"),
        "/chart.svg": partial(pictures.picture, site, "svg"),
        **{kind.path: partial(_file, site, kind) for kind in registry.every()},
    }
    earlies: dict[str, Early] = {
        "/chart.png": partial(pictures.early, site, "png"),
        "/chart.svg": partial(pictures.early, site, "svg"),
        **{kind.path: partial(_early, site, kind) for kind in registry.every() if kind.weight},
    }
    for file in offered():
        routes.add_url_rule(
            file.path,
            _endpoint(file.path),
            _answering(site, file, makers[file.path], earlies.get(file.path)),
        )
    for kind in registry.every():
        if kind.streamed:
            path = kind.streamed.path
            order = partial(_order, site)
            view = streams.streaming(site, kind, kind.streamed, order)
            routes.add_url_rule(path, _endpoint(path), view)

    @routes.post("/picture")
    def restore() -> Response | tuple[dict[str, str], int]:
        """The address that a picture of ours was made from."""
        t = current_context(site).loc.t
        try:
            about = render.read(callback_guard.read(LARGEST_PICTURE))
        except RequestEntityTooLarge:
            return {"message": t("The picture is too large to be one of ours.")}, 413
        except (render.ForeignPicture, render.BrokenPicture) as error:
            return {"message": t(str(error))}, 400
        return {"search": restored(about.selection, site.store.vocabulary)}, 200

    return routes


def _endpoint(path: str) -> str:
    return path.strip("/").replace(".", "_")


def _answering(
    site: Site, file: api.File, make: Maker, early: Early | None
) -> Callable[[], Response]:
    """A view function: reads the query strictly, then makes the file."""

    def answered() -> Response:
        try:
            found = asked(site, file.extras, early)
            if isinstance(found, Response):
                return found
            made = make(*found)
        except REFUSALS as error:
            return refused(current_context(site), error)
        if found[1].get("size") != PREVIEW:
            made.headers["X-Robots-Tag"] = "noindex"
        return made

    return answered


def _file(site: Site, kind: Format, context: RequestContext, extras: dict[str, str]) -> Response:
    """A file to keep, under a name that says what it is; unchanged content is not sent twice."""
    response = Response(mimetype=kind.media_type)
    response.headers["Cache-Control"] = keeping(context)
    if kind.weight is None:
        response.set_data(kind.make(_order(site, context, extras)))
        response.add_etag()
    else:
        key = file_key(site, kind.name, context, extras)
        response.set_etag(key)
        if request.if_none_match.contains(key):
            response.status_code = 304
            return response
        response.set_data(_made(site, kind, context, extras, key))
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{view_name(context.view)}.{kind.name}"'
    )
    response.make_conditional(request)
    if kind.for_programs:
        response.headers["Content-Disposition"] = "inline"
        # Statistics are read by programs in browsers too; nothing here is private.
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _early(site: Site, kind: Format, context: RequestContext, extras: dict[str, str]) -> None:
    """Refuse what cannot be made now before its view is worked out."""
    site.files.require(file_key(site, kind.name, context, extras))


def _made(
    site: Site, kind: Format, context: RequestContext, extras: dict[str, str], key: str
) -> bytes:
    """A costly file: the kept one, else it is made, in one turn or part by part."""

    def made(work: Work) -> bytes:
        order = _order(site, context, extras, work)
        return kind.make(order) if kind.in_parts else work.in_turn(lambda: kind.make(order))

    weight = kind.weight(context.view) if kind.weight else 0
    return site.files.get(key, weight, made)


def _order(
    site: Site, context: RequestContext, extras: dict[str, str], work: Work = ALONE
) -> Order:
    def drawn(section: Section) -> bytes:
        return pictures.part(site, context, section, work)

    every = registry.every()
    return Order(context.view, context.loc, context.url(), drawn, every, extras, work)
