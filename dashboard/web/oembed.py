"""oEmbed: a page that gets one of our addresses asks here how to show it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from dashboard.context import RequestContext
from dashboard.layout import framed
from dashboard.selection import parse, parse_page
from dashboard.text import texts
from dashboard.text.embedding import iframe
from dashboard.web.meta_tags import in_language, picture_address, title
from dashboard.web.request import current_context
from dashboard.web.site import Site

EMBED = "/embed"
"""Path of the page without its frame, for frames on other sites."""
WIDTH = 900
"""CSS pixels of a frame where the asker allows as much."""


def blueprint(site: Site) -> Blueprint:
    """The route ``/oembed``."""
    routes = Blueprint("oembed", __name__)

    @routes.get("/oembed")
    def oembed() -> Response | tuple[dict[str, Any], int, dict[str, str]]:
        context = current_context(site)
        t = context.loc.t
        if request.args.get("format", "json") != "json":
            return _sentence(t("Only “format=json” is offered."), 501)
        found = _found(context, request.args.get("url", ""))
        if found is None:
            return _sentence(t("“url” is not the address of a view of this site."), 404)
        return described(found), 200, {"Content-Language": found.language}

    return routes


def _sentence(text: str, status: int) -> Response:
    return Response(f"{text}\n", status=status, mimetype="text/plain")


def _found(context: RequestContext, address: str) -> RequestContext | None:
    """The view that an address of ours stands for, as the asker would read it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    own = urlsplit(context.public_url)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) or parts.path.removeprefix(
        own.path
    ) not in ("", "/", EMBED):
        return None
    read = parse if parts.path.endswith(EMBED) else parse_page
    return context.at(read(parts.query, context.vocabulary).selection)


def _bounded(name: str, usual: int) -> int:
    """The usual width or height, or less where the asker allows less."""
    text = request.args.get(name, "")
    return (
        min(max(int(text), 1), usual)
        if text.isascii() and text.isdigit() and len(text) < 6
        else usual
    )


def described(context: RequestContext) -> dict[str, Any]:
    """The oEmbed answer of a view: a rich embed as tall as the view is, with its picture as thumbnail."""
    # What stands on another page speaks one language, whoever reads it there.
    context = in_language(context, context.language)
    name, width = title(context), _bounded("maxwidth", WIDTH)
    height = _bounded("maxheight", framed.height(context, width))
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": name,
        "provider_name": context.loc.t(texts.PRODUCT),
        "provider_url": f"{context.public_url}/",
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": iframe(context.url(EMBED), name, width, height),
    }
    picture = picture_address(context)
    if picture and not {"maxwidth", "maxheight"} & request.args.keys():
        # The picture has one size; who allows less room gets none.
        answer |= {"thumbnail_url": picture, "thumbnail_width": 1200, "thumbnail_height": 630}
    return answer
