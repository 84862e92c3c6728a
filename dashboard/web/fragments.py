"""Parts of a page that a script asks for when a reader does: the table under a chart."""

from __future__ import annotations

from flask import Blueprint, Response

from dashboard import handlers
from dashboard.layout.fragment import TABLE
from dashboard.layout.to_html import HTML, to_html
from dashboard.web.files import asked, keeping, plain
from dashboard.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """The routes of a site that answer with parts of its pages."""
    routes = Blueprint("fragments", __name__)

    @routes.get(TABLE)
    def table() -> Response:
        """The table of the one theme that a query names."""
        found = asked(site, ())
        if isinstance(found, Response):
            return found
        context, _ = found
        themes = context.selection.themes
        if len(themes) != 1:
            known = ", ".join(context.vocabulary.themes)
            refusal = context.loc.t(
                "“theme” must name exactly one theme. Possible are: {themes}."
            ).format(themes=known)
            return plain(refusal, 400)
        tables = handlers.table(context, themes[0])
        headers = {"Cache-Control": keeping(context), "X-Robots-Tag": "noindex"}
        return Response(to_html(tables, HTML), headers=headers)

    return routes
