"""Whole answers to changes of the page, kept as they went out: who asks for what somebody has asked for waits for no drawing.

The key of an answer is made of parsed values: the canonical query of the view and its language, the address of the site, what the
charts are drawn for, and what the page has already. What a client may word as it likes (a search, parts of an address that could
not be used, an address that is not canonical) is answered anew and not kept.

A page that sends what a page has sent before, byte for byte, is recognised before anything of it is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, make_response, request

from dashboard.layout import choices
from dashboard.page_change import Change
from dashboard.render import Kept
from dashboard.web import callback_guard
from dashboard.web.build_id import CALLBACK
from dashboard.web.static import serve

ROOM = 4 * 2**20
"""Bytes of answers that a worker keeps: about five hundred of them."""
KNOWN = 64 * 2**10
"""Bytes of notes on what was sent before: a thousand bodies."""
View = Callable[..., Any]
"""What answers the present request: a view of Flask, without arguments."""


class Answers:
    """In front of Dash: gives what is kept, else what Dash answers. Requests are those that ``callback_guard`` has let pass."""

    def __init__(
        self,
        view: View,
        output: str,
        read: Callable[[Mapping[str, Any]], Change],
        site: Callable[[], str],
        room: int,
    ) -> None:
        """``view`` is Dash's own; ``output`` names the callback whose answers are kept, ``read`` reads its body; ``site`` is the
        address of the site that answers name; ``room`` counts bytes."""
        self._view, self._output, self._read, self._site = view, output, read, site
        self._kept = Kept(room)
        self._known = Kept(KNOWN)

    @property
    def taken(self) -> int:
        """Bytes held."""
        return self._kept.taken

    def answer(self) -> Response:
        """The answer to the present request."""
        body = request.get_json(silent=True)
        if not isinstance(body, dict) or body.get("output") != self._output:
            return make_response(self._view())
        change = self._read(body)
        alike = change.alike()
        if alike is None:
            return make_response(self._view())
        coding, language = serve.accepted_coding(), change.context.language
        key = _key(alike, change.lacks(self._lists(change)), self._site(), coding)
        made = self._kept.get(key, lambda: serve.encoded(self._fresh(), coding))
        self._known.keep(self._sent(coding), f"{key} {language}".encode())
        return _response(made, coding, language)

    def known(self) -> Response | None:
        """The answer to the present request where the same was sent before and its answer is kept; None for any other."""
        if request.path != CALLBACK or request.method != "POST":
            return None
        callback_guard.read()
        coding = serve.accepted_coding()
        note = self._known.find(self._sent(coding))
        if note is None:
            return None
        key, language = note.decode().split()
        made = self._kept.find(key)
        return None if made is None else _response(made, coding, language)

    def _sent(self, coding: str) -> bytes:
        """All that is read of the present request, in few bytes."""
        stated = self._site(), coding, request.mimetype, request.headers.get("Accept-Language")
        found = hashlib.blake2b(repr(stated).encode(), digest_size=20)
        found.update(request.get_data())
        return found.digest()

    def _fresh(self) -> bytes:
        return make_response(self._view()).get_data()

    def _lists(self, change: Change) -> dict[str, str]:
        """Name of a control -> digest of the choices that the view has."""
        context = change.context

        def made() -> bytes:
            return json.dumps(
                choices.varying(context.view, context.release.index, context.loc)
            ).encode()

        found: dict[str, str] = json.loads(
            self._kept.get(_key("lists", context.query, context.language), made)
        )
        return found


def _response(made: bytes, coding: str, language: str) -> Response:
    response = Response(made, mimetype="application/json")
    response.headers["Cache-Control"] = serve.DYNAMIC
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Encoding")
    if coding:
        response.headers["Content-Encoding"] = coding
    return response


def sent(body: Mapping[str, Any]) -> dict[str, object]:
    """The values of a callback's body, by ``id.property``."""
    parts = (*body["inputs"], *body["state"])
    return {f"{each['id']}.{each['property']}": each.get("value") for each in parts}


def _key(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
