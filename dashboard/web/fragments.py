"""Parts of a page that a script asks for when a reader does: the table under a chart, two figures side by side."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from dashboard import cards, handlers
from dashboard.context import RequestContext
from dashboard.formats.parameters import Extra
from dashboard.layout.compare_card import COMPARISON, FIGURES
from dashboard.layout.components import Children
from dashboard.layout.fragment import TABLE, headed
from dashboard.layout.to_html import HTML, to_html
from dashboard.query import OPENING_INDICATORS
from dashboard.web.file_answers import asked, keeping, plain
from dashboard.web.meta_tags import head
from dashboard.web.site import Site

_FIRST = Extra("first", "Name of a figure.", required=True)
_SECOND = Extra("second", "Name of another figure.", required=True)
_FIND = Extra("find", "Words that the figures fit.")
_OPENING = Extra(
    "opening",
    "Indicators with which the theme opens.",
    span=(1, OPENING_INDICATORS),
    default=str(OPENING_INDICATORS),
)


def blueprint(site: Site) -> Blueprint:
    """The routes of a site that answer with parts of its pages."""
    routes = Blueprint("fragments", __name__)

    @routes.get(TABLE)
    def table() -> Response:
        """The table of the one theme that a query names."""
        found = asked(site, (_OPENING,))
        if isinstance(found, Response):
            return found
        context, named = found
        themes = context.selection.themes
        if len(themes) != 1:
            known = ", ".join(context.vocabulary.themes)
            refusal = context.loc.t(
                "“theme” must name exactly one theme. Possible are: {themes}."
            ).format(themes=known)
            return plain(refusal, 400)
        tables = handlers.table(context, themes[0], int(named[_OPENING.name]))
        return _part(context, tables)

    @routes.get(COMPARISON)
    def comparison() -> Response:
        """What can be said of two figures."""
        found = asked(site, (_FIRST, _SECOND))
        if isinstance(found, Response):
            return found
        context, named = found
        made = cards.comparison(context, named["first"], named["second"])
        if made is None:
            return _none(context)
        opened = replace(context, figures=(named["first"], named["second"]))
        search = context.opened(*opened.figures)
        return _part(context, [*made, headed(head(opened, search))])

    @routes.get(FIGURES)
    def figures() -> Response:
        """The figures that one may be put beside."""
        found = asked(site, (_FIRST, _FIND))
        if isinstance(found, Response):
            return found
        context, named = found
        made = cards.figures(context, named["first"], named["find"])
        return _none(context) if made is None else _part(context, made)

    return routes


def _part(context: RequestContext, tree: Children) -> Response:
    headers = {"Cache-Control": keeping(context), "X-Robots-Tag": "noindex"}
    return Response(to_html(tree, HTML), headers=headers)


def _none(context: RequestContext) -> Response:
    release = context.release.index.dataset.release
    said = context.loc.t(
        "“first” and “second” must name figures of data release {release}, two different ones."
    )
    return plain(said.format(release=release), 404)
