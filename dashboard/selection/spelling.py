"""What an address meant before mail programs, chats, newsletters and hands had it.

No name and no code of ours holds any of ``% & = ? #``, white space or invisible characters, and none begins or ends with
punctuation: whatever of that stands in a query was put there on the way and can be taken away without asking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from dashboard.selection.migrations import Pairs

_ENCODED = 4
"""Times that a query is decoded at most: each program that passes it on may have encoded it anew."""
_PARTS = re.compile(r"[&?]+|;(?=\s*\w+\s*=)")
"""Parts begin behind any: whoever adds a parameter to an address that has some may write another ``?``."""
_APART = re.compile(r"[^\w-]+")
"""What people write between values in the place of ``~``, or behind the last."""
_INDEX = re.compile(r"\[\w*\]$")
"""How some programs number the values of one name."""
_TILDES = str.maketrans(dict.fromkeys("\u02dc\u223c\u301c", "~"))
"""Signs that look like one."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,}\d*);", re.IGNORECASE)
"""How HTML writes a sign."""
_ESCAPE = re.compile(r"[\\%]u00([2-7][\da-f])", re.IGNORECASE)
"""How JSON and old scripts write one."""
_MARKED = "#:~:"
"""Behind it stands the text that a browser is to mark."""
_SECTOR = ("\u00a7or=", "&sector=")
"""What HTML makes of ``&sector=``, since ``&sect`` is a sign of its own there; and what it was."""
_SOFT_BREAK = re.compile(r"(=[^&=\r\n]*)=\r?\n")
"""Where a mail that was not decoded goes on in the next line."""
_QUOTED_PRINTABLE = "3d"
"""What is left of ``=`` in a mail that was not decoded."""


def pairs(query: str) -> Pairs:
    """(name, value) of every part of a query without its ``?``, each decoded however often it was encoded."""
    found = []
    for part in _PARTS.split(_decoded(f"&{query}")):
        name, _, value = part.partition("#")[0].partition("=")
        name = _INDEX.sub("", name.strip())
        if name or value.strip():
            found.append((name, value.strip()))
    return found


def spelt(text: str, allowed: Collection[str]) -> str | None:
    """The one allowed value that a text stands for: the very same, else the same but for case, blanks and punctuation around it."""
    if text in allowed:
        return text
    known = _folded(tuple(allowed))
    word = bare(text)
    return (
        known.get(word)
        or known.get(bare(word.removeprefix(_QUOTED_PRINTABLE)))
        or known.get("".join(word.split()))
    )


def several(text: str, separator: str, allowed: Collection[str]) -> list[str]:
    """The values in a text: allowed ones as they are written here, others as they stand there."""
    found = [word for part in text.split(separator) for word in _words(part, allowed)]
    return found or [text]


def _words(part: str, allowed: Collection[str]) -> list[str]:
    """One value, or several that stand apart by another sign; what no part is known of stays whole."""
    if not bare(part):
        return []
    if (one := spelt(part, allowed)) is not None:
        return [one]
    words = [(spelt(word, allowed), word) for word in _APART.split(part) if bare(word)]
    return [meant or word for meant, word in words] if any(known for known, _ in words) else [part]


def _decoded(query: str) -> str:
    # A plus is a blank in a query, and itself wherever it had to be encoded.
    query = visible(query).replace("+", " ")
    for _ in range(_ENCODED):
        further = _written_out(visible(unquote(query, errors="replace")))
        if further == query:
            break
        query = further
    return visible(query).partition(_MARKED)[0]


def _written_out(query: str) -> str:
    """With the signs themselves in the place of what HTML and scripts write for them."""
    query = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), query)
    return _ENTITY.sub(lambda found: unescape(found[0].lower()), query).replace(*_SECTOR)


def visible(text: str) -> str:
    """Without line breaks and invisible characters, and with the usual signs in the place of their look-alikes."""
    if text.isascii() and text.isprintable():
        return text
    whole = _SOFT_BREAK.sub(r"\1", text).translate(_TILDES)
    return "".join(map(_sign, whole))


def _sign(character: str) -> str:
    """The usual sign; a figure above or below the line, or in a ring, is none of ours."""
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cf"):
        return ""
    usual = {"Pd": "-", "Zs": " ", "No": character}.get(kind)
    return usual or unicodedata.normalize("NFKC", character)


def bare(text: str) -> str:
    """Folded, and without what is no letter or figure at either end."""
    inner = re.search(r"[^\W_](?:.*[^\W_])?", text)
    return inner.group().casefold() if inner else ""


@lru_cache(maxsize=256)
def _folded(allowed: tuple[str, ...]) -> dict[str, str]:
    """Folded -> the value, of those that no other value folds to."""
    values: dict[str, list[str]] = {}
    for each in allowed:
        values.setdefault(bare(each), []).append(each)
    return {folded: found[0] for folded, found in values.items() if len(found) == 1}
