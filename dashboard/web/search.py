"""The search: a list for scripts while a reader types, and a page of text for where none runs."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from dashboard.content import search
from dashboard.web.file_answers import keeping
from dashboard.web.request import current_context
from dashboard.web.site import Site
from dashboard.web.text_pages import TextPages, answered


def blueprint(site: Site, texts: TextPages) -> Blueprint:
    """The routes of a site's search; both take the query ``q``."""
    routes = Blueprint("search", __name__)
    answers = search.Search(site.store)

    def unlisted(response: Response) -> Response:
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = keeping(current_context(site))
        return response

    @routes.get(search.PATH)
    def page() -> Response:
        context = current_context(site)
        answer = answers.answer(context, request.args.get("q", ""))
        return unlisted(answered(search.page(context.loc, texts.links(context), answer)))

    @routes.get(f"{search.PATH}.json")
    def listed() -> Response:
        context = current_context(site)
        answer = answers.answer(context, request.args.get("q", ""))
        return unlisted(jsonify(search.listed(answer, context)))

    return routes
