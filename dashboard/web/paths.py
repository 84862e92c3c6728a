"""The path that an address had before a slash, a bracket or a capital got into it."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import request

from dashboard.selection.spelling import visible

_END = re.compile(r"[^\w]+$")
"""No path of ours ends with a sign."""
_SLASHES = re.compile(r"/{2,}")


def moved(path: str, is_ours: Callable[[str], bool]) -> str | None:
    """The path of ours that an unknown one stands for; None where it stands for none."""
    plain = _END.sub("", _SLASHES.sub("/", visible(path).replace("\\", "/"))).lower() or "/"
    if plain == path or not plain.startswith("/") or not (len(plain) > 1 or path.isascii()):
        return None
    return plain if is_ours(plain) else None


def location(path: str) -> str:
    """Where the present request is sent on to: another path with the same query, below the prefix of the site."""
    query = request.query_string.decode("latin-1")
    return f"{request.script_root}{path}{'?' if query else ''}{query}"
