"""Whole documents of pages, kept as they leave: who opens what another has opened waits for no view, and who has it gets 304.

A document is named by all that it depends on, before any of it is worked out: the parsed address with the parts that could not be
used, language, address of the site, settings, data and program. The name is its ``ETag``, and what it is kept under.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Response, make_response, request

from dashboard.context import RequestContext
from dashboard.render import Kept, digest
from dashboard.web.answers import View
from dashboard.web.static import serve


class Documents:
    """In front of Dash's own view of the page: gives what is kept, else what Dash answers."""

    def __init__(
        self, view: View, context: Callable[[], RequestContext], state: object, kept: Kept
    ) -> None:
        """``view`` makes the document of the present request, whose ``context`` is asked for; ``state`` names what documents depend
        on beside it and beside the code."""
        self._view, self._context, self._state, self._kept = view, context, state, kept

    def answer(self, **_path: str) -> Response:
        """The document of the present request, or that the reader has it."""
        context = self._context()
        name, coding = self._name(context), serve.accepted_coding()
        response = Response()
        if request.if_none_match.contains_weak(name):
            response.status_code = 304
        else:
            made = self._kept.get((name, coding), lambda: serve.encoded(self._fresh(), coding))
            response.set_data(made)
            if coding:
                response.headers["Content-Encoding"] = coding
        # It stands for the document in any coding.
        response.set_etag(name, weak=True)
        response.headers["Cache-Control"] = serve.DYNAMIC
        response.vary.add("Accept-Encoding")
        return response

    def _name(self, context: RequestContext) -> str:
        # The card of a figure tells the day on which it was looked up.
        day = datetime.now(UTC).date() if context.figures else ""
        return digest("document", context, self._state, day)

    def _fresh(self) -> bytes:
        return make_response(self._view()).get_data()
