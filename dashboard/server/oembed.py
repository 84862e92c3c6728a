"""oEmbed: a page that gets one of our addresses asks here how to show it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from dashboard.selection import Parsed, parse
from dashboard.server.index import EMBED, in_language, picture_address, title
from dashboard.server.site import Site
from dashboard.wording import texts
from dashboard.wording.embedding import iframe

WIDTH, HEIGHT = 900, 700


def blueprint(site: Site) -> Blueprint:
    """The route ``/oembed``."""
    routes = Blueprint("oembed", __name__)

    @routes.get("/oembed")
    def oembed() -> Response | tuple[dict, int, dict[str, str]]:
        if request.args.get("format", "json") != "json":
            return _sentence(site.words.t("Only “format=json” is offered."), 501)
        found = _found(site, request.args.get("url", ""))
        if found is None:
            return _sentence(site.words.t("“url” is not the address of a view of this site."), 404)
        answer = described(site, found, _bounded("maxwidth", WIDTH), _bounded("maxheight", HEIGHT))
        return answer, 200, {"Content-Language": site.words_of(found).language}

    return routes


def _sentence(text: str, status: int) -> Response:
    return Response(f"{text}\n", status=status, mimetype="text/plain")


def _found(site: Site, address: str) -> Parsed | None:
    """The view an address of ours stands for."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    own = urlsplit(site.url)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) or parts.path.removeprefix(
        own.path
    ) not in ("", "/", EMBED):
        return None
    return parse(parts.query, site.shelf.vocabulary)


def _bounded(name: str, usual: int) -> int:
    """The usual width or height, or less where the asker allows less."""
    text = request.args.get(name, "")
    return (
        min(max(int(text), 1), usual)
        if text.isascii() and text.isdigit() and len(text) < 6
        else usual
    )


def described(site: Site, parsed: Parsed, width: int, height: int) -> dict:
    """The oEmbed answer of a view: a rich embed with its picture as thumbnail."""
    # What stands on another page speaks one language, whoever reads it there.
    parsed = in_language(parsed, site.words_of(parsed).language)
    name = title(site, parsed)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": name,
        "provider_name": site.words_of(parsed).t(texts.PRODUCT),
        "provider_url": f"{site.url}/",
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": iframe(site.address(parsed, EMBED), name, width, height),
    }
    picture = picture_address(site, parsed, site.view(parsed))
    if picture and not {"maxwidth", "maxheight"} & request.args.keys():
        # The picture has one size; who allows less room gets none.
        answer |= {"thumbnail_url": picture, "thumbnail_width": 1200, "thumbnail_height": 630}
    return answer
