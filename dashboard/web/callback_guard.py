"""Guards Dash, which trusts the form of a callback's body: what does not have it is refused before Dash reads it.

What is too large is not read at all, here and by any other route.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Response, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from dashboard.web.build_id import CALLBACK

_Callback = Mapping[str, Any]
"""What Dash keeps of a callback: its inputs, its state, and the function where it runs here."""
_Property = Mapping[str, Any]
"""``id`` and ``property`` of an input, state or output."""
LARGEST = 2**20
"""Bytes of a body that are read, unless a route allows more; a change of the page sends a few thousand."""


def read(most: int = LARGEST) -> bytes:
    """The whole body of the request; raises RequestEntityTooLarge where that has more bytes than ``most``."""
    request.max_content_length = most
    try:
        body = request.get_data()
    except ParseException as error:
        # The server reads a body only when it is asked for, so that what is wrong with its form comes up here.
        raise BadRequest from error
    if request.content_length is None and len(body) >= most:
        raise RequestEntityTooLarge  # Sent in pieces, without a length: what is read ends at the limit.
    return body


def validate(callbacks: Mapping[str, _Callback]) -> Response | None:
    """400 for a request that no page of ours could have sent; None for any other. ``callbacks`` is Dash's own map."""
    if request.path != CALLBACK or request.method != "POST":
        return None
    read()
    if not request.is_json:
        return None
    try:
        # Dash is given what is parsed here: deeper in the stack, it might find too deep a body what is not yet so here.
        body = request.get_json(silent=True)
    except RecursionError:
        return _misshapen()
    return None if _well_formed(body, callbacks) else _misshapen()


def _misshapen() -> Response:
    return Response(
        "The request does not have the form of one from the page.\n",
        status=400,
        mimetype="text/plain",
    )


def _well_formed(body: object, known: Mapping[str, _Callback]) -> bool:
    """Whether a body asks for a callback of ours with every input, state and output that Dash reads."""
    if not isinstance(body, dict) or not isinstance(output := body.get("output"), str):
        return False
    callback = known.get(output)
    # What runs in the browser is listed too, without a function.
    if callback is None or "callback" not in callback:
        return False
    several = output.startswith("..")
    names = _named(output)
    outputs = body.get("outputs") if several else [body.get("outputs")]
    named = (
        _are(outputs, names)
        and _are(body.get("inputs"), callback["inputs"])
        and _are(body.get("state", []), callback["state"])
    )
    return named and _changed(body.get("changedPropIds"), body["inputs"])


@lru_cache(maxsize=64)
def _named(output: str) -> Sequence[_Property]:
    """The properties that the name of a known callback holds."""
    return [
        dict(zip(("id", "property"), name.rsplit(".", 1), strict=True))
        for name in output.strip(".").split("...")
    ]


def _are(given: object, wanted: Sequence[_Property]) -> bool:
    """Whether these are the wanted properties, in order."""
    if not isinstance(given, list) or len(given) != len(wanted):
        return False
    return given == wanted or all(map(_is, given, wanted))


def _is(given: object, wanted: _Property) -> bool:
    """Whether this is the wanted property; an id with a wildcard is given as a dict with a text in its place."""
    if not isinstance(given, dict) or given.get("property") != wanted["property"]:
        return False
    parts = given.get("id")
    if not wanted["id"].startswith("{"):
        return bool(parts == wanted["id"])
    pattern = json.loads(wanted["id"])
    if not isinstance(parts, dict) or parts.keys() != pattern.keys():
        return False
    return all(
        isinstance(part, str) and pattern[name] in (part, ["MATCH"]) for name, part in parts.items()
    )


def _changed(changed: object, inputs: Sequence[_Property]) -> bool:
    """Whether what is said to have changed are inputs; a callback with a wildcard has to know which."""
    names = [
        each["id"]
        if isinstance(each["id"], str)
        else json.dumps(each["id"], sort_keys=True, separators=(",", ":"))
        for each in inputs
    ]
    properties = {f"{name}.{each['property']}" for name, each in zip(names, inputs, strict=True)}
    named = isinstance(changed, list) and all(
        isinstance(each, str) and each in properties for each in changed
    )
    return named and (bool(changed) or all(isinstance(each["id"], str) for each in inputs))
