"""Addresses that answer with a file: the same query as the page, another form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, stream_with_context
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard import api, charts, render
from dashboard.context import RequestContext
from dashboard.formats import registry
from dashboard.formats.format import Format, Order, Step, Streamed
from dashboard.formats.parameters import BadParameter, Extra, read
from dashboard.formats.zip import TooLarge
from dashboard.query import Section, View
from dashboard.selection import as_home, names_view, one_theme, restored
from dashboard.text import texts
from dashboard.text.file_names import picture_name, view_name
from dashboard.web import callback_guard, log
from dashboard.web.request import current_context
from dashboard.web.site import Site

DAY = "public, max-age=3600, stale-while-revalidate=86400"
"""A live address may answer with newer figures tomorrow; an hour is short enough and spares most drawing."""
PINNED = "public, max-age=86400"
"""An address that names its data release keeps its figures; labels and verdicts follow today's rules, so it is asked again."""
READERS = "private, max-age=3600"
"""An address that names no language answers each reader in their own; nobody else may keep that."""
LARGEST_PICTURE = 20 * 2**20
"""Bytes of a picture that is read back."""

_SCALE = Extra("scale", "How many pixels a CSS pixel becomes.", span=(1, 4), default="1")
_GROUND = Extra("ground", "What lies behind the chart.", choices=render.GROUNDS, default="white")
_SIZE = Extra(
    "size",
    "Layout of the picture: a sheet, or screen, which is as wide as the chart on a page and as tall as needed.",
    choices=(*render.SIZES, charts.SCREEN),
    default="slide",
)
_WIDE = Extra(
    "width",
    "CSS pixels of the chart where size is screen.",
    span=(int(charts.NARROWEST), int(charts.WIDEST)),
    default=f"{charts.USUAL:.0f}",
)
_PNG, _SVG = ("image/png",), ("image/svg+xml",)
_BUSY = ((503, "Too many pictures are being drawn; see Retry-After."),)

PICTURES = (
    api.File(
        "/chart.png",
        "One theme of a view as a picture (PNG).",
        _PNG,
        (_SIZE, _WIDE, _SCALE, _GROUND),
        one_theme=True,
        statuses=_BUSY,
    ),
    api.File(
        "/chart.svg",
        "One theme of a view as a picture (SVG).",
        _SVG,
        (_SIZE, _WIDE, _GROUND),
        one_theme=True,
        statuses=_BUSY,
    ),
)

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
    return (*PICTURES, *(api.described(kind) for kind in registry.every()))


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
        "/chart.png": partial(_picture, site, "png"),
        "/chart.svg": partial(_picture, site, "svg"),
        **{kind.path: partial(_file, site, kind) for kind in registry.every()},
    }
    for file in offered():
        routes.add_url_rule(
            file.path, _endpoint(file.path), _answering(site, file, makers[file.path])
        )
    for kind in registry.every():
        if kind.streamed:
            path = kind.streamed.path
            routes.add_url_rule(path, _endpoint(path), _streaming(site, kind, kind.streamed))

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


def _streaming(site: Site, kind: Format, streamed: Streamed) -> Callable[[], Response]:
    """A view function: a line of JSON for each part made, then one with the size, then the file."""

    def answer() -> Response:
        found = asked(site, kind.extras)
        if isinstance(found, Response):
            return found
        context, extras = found
        order = _order(site, context, extras)
        steps = stream_with_context(_progress(kind, streamed, context, order))
        # What breaks off later is logged under this id; the status line cannot tell of it any more.
        known = {"X-Request-ID": g.request_id} if "request_id" in g else {}
        headers = {"Cache-Control": "no-store", **known}
        return Response(steps, headers=headers, mimetype="application/octet-stream")

    return answer


def _answering(site: Site, file: api.File, make: Maker) -> Callable[[], Response]:
    """A view function: reads the query strictly, then makes the file."""

    def answer() -> Response:
        found = asked(site, file.extras)
        if isinstance(found, Response):
            return found
        context, extras = found
        try:
            return make(context, extras)
        except (render.TooLarge, TooLarge) as error:
            return plain(_excuse(context, error), 400)
        except (render.Busy, render.TooSlow) as error:
            response = plain(_excuse(context, error), 503)
            response.headers["Retry-After"] = str(getattr(error, "retry_after", 5))
            return response

    return answer


def asked(
    site: Site, extras: tuple[Extra, ...]
) -> tuple[RequestContext, dict[str, str]] | Response:
    """The context of the request with the file's own parameters, or why it is refused."""
    context = current_context(site)
    try:
        values, left = read(extras, context.ignored)
    except BadParameter as error:
        return plain(error.message(context.loc.t), 400)
    if left:
        return plain(texts.refusal(context.loc, left), 400)
    if not context.view.sections:
        return plain(context.loc.t("No figure fits this selection."), 404)
    return context, values


def _excuse(context: RequestContext, error: Exception) -> str:
    """Why a file could not be made, for its reader."""
    t = context.loc.t
    sentences = {
        render.TooLarge: t(
            "The picture would have more pixels than are drawn; ask for a smaller scale."
        ),
        TooLarge: t("The view is too large for one archive; choose fewer themes."),
        render.Busy: t("Too many pictures are being drawn just now; please try again in a moment."),
        render.TooSlow: t("The picture was not ready in time; please try again in a moment."),
        render.Failed: t("The picture could not be drawn."),
    }
    return sentences[type(error)]


def plain(text: str, status: int = 200) -> Response:
    """A sentence."""
    return Response(f"{text}\n", status=status, mimetype="text/plain")


def keeping(context: RequestContext) -> str:
    """How long an answer to a selection may be kept, and by whom."""
    if not context.selection.language:
        return READERS
    return PINNED if context.selection.release else DAY


def _file(site: Site, kind: Format, context: RequestContext, extras: dict[str, str]) -> Response:
    """A file to keep, under a name that says what it is; unchanged content is not sent twice."""
    order = _order(site, context, extras)
    response = Response(kind.make(order), mimetype=kind.media_type)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{view_name(order.view)}.{kind.name}"'
    )
    response.headers["Cache-Control"] = keeping(context)
    response.add_etag()
    response.make_conditional(request)
    if kind.for_programs:
        response.headers["Content-Disposition"] = "inline"
        # Statistics are read by programs in browsers too; nothing here is private.
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _order(site: Site, context: RequestContext, extras: dict[str, str]) -> Order:
    view = context.view

    def drawn(section: Section) -> bytes:
        one = context.at(one_theme(context.selection, section.theme))
        extras = {"size": "slide", "scale": "2", "ground": "white"}
        key = _key("png", one, view, section, extras)
        return _pictured(site, key, "png", one, view, section, extras)

    return Order(view, context.loc, context.url(), drawn, registry.every(), extras)


def _progress(
    kind: Format, streamed: Streamed, context: RequestContext, order: Order
) -> Iterator[bytes]:
    try:
        for step in streamed.steps(order):
            yield from _sent(step, f"{view_name(order.view)}.{kind.name}")
    except (render.TooLarge, TooLarge) as error:
        yield _line({"message": _excuse(context, error)})
    except (render.Busy, render.TooSlow) as error:
        _log_broken("refused", streamed, context, error)
        yield _line({"message": _excuse(context, error)})
    except render.Failed as error:
        _log_broken("failed", streamed, context, error)
        yield _line({"message": _excuse(context, error)})
    except Exception as error:
        _log_broken("exception", streamed, context, error)
        raise


def _log_broken(event: str, streamed: Streamed, context: RequestContext, error: Exception) -> None:
    """Log that a stream broke off: its status has long been sent, so that nothing else tells an operator."""
    ours = event != "refused"
    log.event(
        event,
        error=ours,
        trace=ours,
        path=streamed.path,
        query=context.query,
        kind=type(error).__name__,
    )


def _sent(step: Step, name: str) -> Iterator[bytes]:
    if step.content is None:
        yield _line({"done": step.done, "total": step.total, "name": step.name})
    else:
        yield _line({"size": len(step.content), "name": name})
        yield step.content


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _picture(
    site: Site, kind: render.PictureFormat, context: RequestContext, extras: dict[str, str]
) -> Response:
    t, context = context.loc.t, _of_one_theme(context, extras)
    if len(context.selection.themes) != 1:
        themes = ", ".join(context.selection.themes or context.vocabulary.themes)
        return plain(
            t("“theme” must name exactly one theme. Possible are: {themes}.").format(themes=themes),
            400,
        )
    view = context.view
    section = view.sections[0]
    if extras["size"] != charts.SCREEN:
        # Of other sizes the width is their own.
        extras = {name: value for name, value in extras.items() if name != _WIDE.name}
    key = _key(kind, context, view, section, extras)
    media = {"png": "image/png", "svg": "image/svg+xml"}[kind]
    response = Response(mimetype=media, headers={"Cache-Control": keeping(context)})
    response.set_etag(key)
    if request.if_none_match.contains(key):
        response.status_code = 304
        return response
    response.set_data(_pictured(site, key, kind, context, view, section, extras))
    name = picture_name(view, section, extras["size"])
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{kind}"'
    if kind == "svg":
        # A picture opened by itself is a document; it may style itself and do nothing else.
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        )
    return response


def _of_one_theme(context: RequestContext, extras: dict[str, str]) -> RequestContext:
    """The context of a picture: without a query the home, and of several themes the one that has figures, if it is alone."""
    given = [(name, value) for name, value in request.args.items(multi=True) if name not in extras]
    if not names_view(urlencode(given)):
        context = context.at(as_home(context.selection, context.vocabulary))
    if len(context.selection.themes) > 1 and len(context.view.sections) == 1:
        theme = context.view.sections[0].theme
        context = context.at(one_theme(context.selection, theme))
    # Pictures are always light.
    return context.at(replace(context.selection, colour_scheme=""))


def _key(
    kind: render.PictureFormat,
    context: RequestContext,
    view: View,
    section: Section,
    extras: dict[str, str],
) -> str:
    """Names a picture by what it is made of, before anything is laid out: it is kept under this, and it is the ETag."""
    return render.digest(
        context.url(),
        context.language,
        view.release,
        view.thresholds,
        section.theme,
        *sorted(extras.items()),
        kind,
    )


def _pictured(
    site: Site,
    key: str,
    kind: render.PictureFormat,
    context: RequestContext,
    view: View,
    section: Section,
    extras: dict[str, str],
) -> bytes:
    """The picture of a section: the one that is kept under its key, else it is laid out, drawn and kept."""

    def made() -> bytes:
        loc, address, ground = context.loc, context.url(), extras["ground"]
        width = float(extras.get(_WIDE.name, charts.USUAL))
        laid = charts.picture(view, section, loc, address, extras["size"], width)
        about = render.notes(view, loc, laid, address, context.query)
        return render.finish(
            site.renderer, laid, about, int(extras.get("scale", "1")), kind, ground
        )

    return site.pictures.get(key, made)
