"""Which build of the site answers: a page that was sent by another one is told so, instead of being given what it cannot show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from dashboard.web.static import serve
from dashboard.web.static.build import digest_of

HEADER = "X-Build"
"""Of the answers to callbacks, which no browser keeps."""
CALLBACK = "/_dash-update-component"


def build_id(callbacks: Mapping[str, Mapping[str, Any]], release: str) -> str:
    """The same for all that fit together: scripts and style sheets, data ``release``, outputs and inputs of ``callbacks``, Dash's map."""
    asked: dict[str, Sequence[Any]] = {
        output: [each["inputs"], each["state"]] for output, each in callbacks.items()
    }
    parts = [serve.scripts(), serve.stylesheets(), release, asked]
    return digest_of(json.dumps(parts, sort_keys=True, default=str).encode("utf-8"))


def state(response: Response, own: str) -> Response:
    """After a request: the answer to a callback with the build that gives it."""
    if request.path == CALLBACK:
        response.headers[HEADER] = own
    return response
