"""Addresses that answer with a file: the same query as the page, another form."""

from __future__ import annotations

from flask import Blueprint, Response

from dashboard import tables
from dashboard.server.site import Site


def blueprint(site: Site) -> Blueprint:
    """The routes of a site beside its pages."""
    routes = Blueprint("files", __name__)

    @routes.get("/healthz")
    def healthy() -> Response:
        return Response(f"ok {site.prepared.dataset.release}\n", mimetype="text/plain")

    @routes.get("/data.csv")
    def csv() -> Response:
        parsed = site.parsed()
        if parsed.ignored:
            return site.refusal(parsed)
        return download(tables.view_csv(site.view(parsed), site.words), "text/csv", f"innovation-barometer_{site.release}.csv")

    return routes


def download(body: str | bytes, media: str, name: str) -> Response:
    """A file to keep, under a name that says what it is."""
    return Response(body, mimetype=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
