"""In which language and look an answer is given: what the address says, else what the reader's browser prefers.

The app asks for its components and its changes at addresses of Dash's own, which do not hold the query of the page. So a page
whose address names a language or a look tells Dash to ask under a prefix that repeats it (``/lang=da/_dash-layout``), and
``Undressed`` takes the prefix off again before Flask sees the path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from flask import request
from werkzeug.datastructures import LanguageAccept

from dashboard.selection import LANGUAGES

ENVIRON = "barometer.dress"
"""Where the prefix of a request is kept, as a query without ``?``."""
_PREFIX = re.compile(r"/((?:lang=[a-z]{2})?&?(?:look=[a-z]+)?)(/_dash-.*)", re.DOTALL)
_ALSO = {"no": "nb", "nn": "nb"}
"""Languages that readers of one of ours can be taken to know."""


class Undressed:
    """WSGI middleware that moves the prefix of Dash's own addresses from the path to ``environ``."""

    def __init__(self, app: Callable) -> None:
        self._app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        found = _PREFIX.fullmatch(environ.get("PATH_INFO", ""))
        if found and found[1]:
            environ[ENVIRON], environ["PATH_INFO"] = found[1], found[2]
        return self._app(environ, start_response)


def prefix(dress: str) -> str:
    """The prefix of Dash's addresses on a page with this dress (a search, with its ``?`` or blank)."""
    return f"/{dress.removeprefix('?')}/" if dress else "/"


def preferred(accepted: LanguageAccept) -> str:
    """The language of the site that fits best what a browser accepts; English where none does."""
    found = accepted.best_match([*LANGUAGES, *_ALSO], default=LANGUAGES[0])
    return _ALSO.get(found, found)


def named() -> str:
    """Query of the dress that the present request's prefix names; blank for none."""
    return request.environ.get(ENVIRON, "")
