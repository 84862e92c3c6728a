"""The path that an address had before a slash, a bracket or a capital got into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from flask import request

from dashboard.selection.spelling import visible

_QUERY = re.compile(r"[?&;#]+")
"""Where a query begins whose ``?`` was encoded or left out."""
_CUT = "\ufffd"
"""What is left of a sign that was cut in two; a path of nothing else is none."""
_SLASHES = re.compile(r"/{2,}")
_FIRST_PAGE = re.compile(r"/(?:index|default)\.\w+$")
"""What other sites call the page of a folder."""


def moved(path: str, is_ours: Callable[[str], bool]) -> str | None:
    """The path of ours that an unknown one stands for, with the query in it, if any; None where it stands for none."""
    place, query, *_ = (*_QUERY.split(visible(path).replace("\\", "/"), maxsplit=1), "")
    bare = _without_end(_SLASHES.sub("/", place.lower()))
    if not bare and _CUT in place:
        return None
    place = _FIRST_PAGE.sub("", bare) or "/"
    if place == path or not place.startswith("/") or not is_ours(place):
        return None
    return f"{place}?{quote(query, safe='~:=&')}" if query else place


def _without_end(path: str) -> str:
    """Without the signs at its end: no path of ours ends with one."""
    while path and _is_sign(path[-1]):
        path = path[:-1]
    return path


def _is_sign(character: str) -> bool:
    """Whether it is punctuation, a blank, or what is left of a sign that was cut in two; no emoji."""
    if character.isascii():
        return not character.isalnum()
    return character == _CUT or unicodedata.category(character)[0] in "PZ"


def location(path: str) -> str:
    """Where the present request is sent on to: another path with the same query, below the prefix of the site."""
    query = request.query_string.decode("latin-1")
    join = ("&" if "?" in path else "?") if query else ""
    return f"{request.script_root}{path}{join}{query}"
