"""Pictures of one theme: their addresses, their names in the cache, and their making."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, request

from dashboard import api, charts, render
from dashboard.context import RequestContext
from dashboard.formats.format import COSTLY, Work
from dashboard.formats.parameters import Extra
from dashboard.query import Section
from dashboard.selection import as_home, names_view, one_theme
from dashboard.text.file_names import picture_name
from dashboard.web.file_answers import file_key, keeping, plain
from dashboard.web.site import Site

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

PICTURES = (
    api.File(
        "/chart.png",
        "One theme of a view as a picture (PNG).",
        _PNG,
        (_SIZE, _WIDE, _SCALE, _GROUND),
        one_theme=True,
        statuses=COSTLY,
    ),
    api.File(
        "/chart.svg",
        "One theme of a view as a picture (SVG).",
        _SVG,
        (_SIZE, _WIDE, _GROUND),
        one_theme=True,
        statuses=COSTLY,
    ),
)
_PIXELS = 4_000_000
"""Pixels that weigh as much as what must be done for any picture."""


def picture(
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
    extras = _own(extras)
    key = file_key(site, kind, context, extras, section.theme)
    media = {"png": "image/png", "svg": "image/svg+xml"}[kind]
    response = Response(mimetype=media, headers={"Cache-Control": keeping(context)})
    response.set_etag(key)
    if request.if_none_match.contains(key):
        response.status_code = 304
        return response
    make = _maker(site, kind, context, section, extras)
    response.set_data(site.pictures.get(key, _weight(kind, extras), make))
    name = picture_name(view, section, extras["size"])
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{kind}"'
    if kind == "svg":
        # A picture opened by itself is a document; it may style itself and do nothing else.
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        )
    return response


def early(
    site: Site, kind: render.PictureFormat, context: RequestContext, extras: dict[str, str]
) -> None:
    """Refuse what cannot be drawn now before its view is worked out; where the view is needed to know what it is, nothing."""
    if len(context.selection.themes) == 1:
        one = context.at(replace(context.selection, colour_scheme=""))
        key = file_key(site, kind, one, _own(extras), one.selection.themes[0])
        site.pictures.require(key)


def _own(extras: dict[str, str]) -> dict[str, str]:
    """The parameters that tell one picture from another: of most sizes the width is their own."""
    if extras["size"] == charts.SCREEN:
        return extras
    return {name: value for name, value in extras.items() if name != _WIDE.name}


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


def part(site: Site, context: RequestContext, section: Section, work: Work) -> bytes:
    """The picture of a section that is part of a larger file."""
    one = context.at(one_theme(context.selection, section.theme))
    extras = {"size": "slide", "scale": "2", "ground": "white"}
    key = file_key(site, "png", one, extras, section.theme)
    return site.pictures.part(key, _maker(site, "png", one, section, extras), work)


def _maker(
    site: Site,
    kind: render.PictureFormat,
    context: RequestContext,
    section: Section,
    extras: dict[str, str],
) -> Callable[[Work], bytes]:
    """What lays a section out and draws it."""

    def laid_out() -> tuple[charts.Picture, render.Notes]:
        view, loc, address = context.view, context.loc, context.url()
        width = float(extras.get(_WIDE.name, charts.USUAL))
        laid = charts.picture(view, section, loc, address, extras["size"], width)
        return laid, render.notes(view, loc, laid, address, context.query)

    def made(work: Work) -> bytes:
        # Others lay out while a helper makes pixels.
        laid, about = work.in_turn(laid_out)
        work.go_on()
        scale, ground = int(extras.get("scale", "1")), extras["ground"]
        return render.finish(site.renderer, laid, about, scale, kind, ground, work.go_on)

    return made


def _weight(kind: render.PictureFormat, extras: dict[str, str]) -> int:
    """What a picture counts: one, and one more for every few million pixels."""
    if kind == "svg":
        return 1
    wide, tall = render.SIZES.get(extras["size"], render.SIZES["wide"])
    return 1 + wide * tall * int(extras["scale"]) ** 2 // _PIXELS
