"""The languages of the site, and which of them a reader means."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.selection.model import LANGUAGES

_KIN = {"no": "nb", "nn": "nb", "fo": "da", "kl": "da"}
"""Languages and older codes -> the language of ours that their readers know."""


def language(tag: str) -> str:
    """The language of the site that a tag names ("da", "DA", "da-DK", "nb_NO", "no"); blank where it names none."""
    code = tag.strip().casefold().replace("_", "-").partition("-")[0]
    code = _KIN.get(code, code)
    return code if code in LANGUAGES else ""


def preferred(tags: Iterable[str]) -> str:
    """The language of the first tag that names one of ours, most preferred first; English where none does."""
    return next((found for each in tags if (found := language(each))), LANGUAGES[0])
