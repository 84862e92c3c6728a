"""The site below a path of its host, such as ``/barometer/``: everything within writes addresses from ``/``, and what leaves names
the path before them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from flask import Response
from werkzeug.utils import redirect

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HELD = rb"href|src|action|data-(?:address|bundle|plotly|root|source)"
"""Attributes and properties that hold addresses."""
_SLASH = rb"(?:/|\\u002f)"
"""The second is how Plotly writes JSON."""
_WRITTEN = frozenset(("text/html", "application/json"))


class Below:
    """A WSGI application at a path of its host; a proxy may pass the path on or take it off."""

    def __init__(self, app: WSGIApplication, root: str) -> None:
        """``root`` is the path without a closing slash, such as ``/barometer``."""
        self._app, self._root = app, root

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; the bare path is sent to the one with a slash, from which everything else is found."""
        path = environ["PATH_INFO"]
        if path == self._root:
            query = environ["QUERY_STRING"]
            moved = redirect(f"{self._root}/{query and '?'}{query}", 308)
            return moved(environ, start_response)
        environ["SCRIPT_NAME"] = self._root
        if path.startswith(f"{self._root}/"):
            environ["PATH_INFO"] = path.removeprefix(self._root)
        return self._app(environ, start_response)


def lead_below(response: Response, root: str) -> Response:
    """After a request: addresses that begin at the host begin at ``root``."""
    ready = response.is_streamed or "Content-Encoding" in response.headers
    if response.mimetype in _WRITTEN and not ready:
        lead = root.encode()
        response.set_data(_addresses(lead).sub(rb"\1" + lead, response.get_data()))
    return response


@cache
def _addresses(root: bytes) -> re.Pattern[bytes]:
    """Where an address of this site begins that does not begin at ``root``: in HTML, in JSON, and in either as a text in JSON."""
    place = re.escape(root.removeprefix(b"/"))
    beyond = _SLASH + b"(?!" + _SLASH + b"|" + place + _SLASH + b")"
    return re.compile(rb"(\b(?:" + _HELD + rb')(?:=|\\*"\s?:\s?)\\*")(?=' + beyond + b")")
