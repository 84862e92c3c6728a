"""Which language of the site a reader gets whose address names none."""

from __future__ import annotations

from werkzeug.datastructures import LanguageAccept

from dashboard.selection import LANGUAGES

_ALSO = {"no": "nb", "nn": "nb"}
"""Languages that readers of one of ours can be taken to know."""


def preferred(accepted: LanguageAccept) -> str:
    """The language of the site that fits best what a browser accepts; English where none does."""
    found = accepted.best_match([*LANGUAGES, *_ALSO], default=LANGUAGES[0])
    return _ALSO.get(found, found)
