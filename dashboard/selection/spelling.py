"""What an address meant before mail programs, chats, newsletters and hands had it.

No name and no code of ours holds any of ``% & = ? #``, white space or invisible characters, and none begins or ends with
punctuation: whatever of that stands in a query was put there on the way and can be taken away without asking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote

from dashboard.selection.migrations import Pairs

_ENCODED = 4
"""Times that a query is decoded at most: each program that passes it on may have encoded it anew."""
_PARTS = re.compile(r"[&?]+")
"""Parts begin behind either: whoever adds a parameter to an address that has some may write another ``?``."""
_APART = re.compile(r"[\s,;|+]+")
"""What people write between values in the place of ``~``."""
_LOOK_ALIKES = str.maketrans(
    {
        **{chr(0xFF00 + sign): chr(sign + 0x20) for sign in range(0x01, 0x5F)},
        **dict.fromkeys("\u02dc\u223c\u301c", "~"),
    }
)
"""Signs of full width, and other tildes."""
_AMPERSAND = re.compile(r"&(?:amp;)+", re.IGNORECASE)
"""How HTML writes ``&``."""
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
        if name.strip() or value.strip():
            found.append((name.strip(), value.strip()))
    return found


def spelt(text: str, allowed: Collection[str]) -> str | None:
    """The one allowed value that a text stands for: the very same, else the same but for case and punctuation around it."""
    if text in allowed:
        return text
    known = _folded(tuple(allowed))
    word = bare(text)
    return known.get(word) or known.get(bare(word.removeprefix(_QUOTED_PRINTABLE)))


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
        further = _AMPERSAND.sub("&", visible(unquote(query, errors="replace"))).replace(*_SECTOR)
        if further == query:
            break
        query = further
    return visible(query)


def visible(text: str) -> str:
    """Without line breaks and invisible characters, and with the usual signs in the place of their look-alikes."""
    if text.isascii() and text.isprintable():
        return text
    whole = _SOFT_BREAK.sub(r"\1", text)
    return "".join(_sign(each) for each in whole.translate(_LOOK_ALIKES))


def _sign(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cf"):
        return ""
    return {"Pd": "-", "Zs": " "}.get(kind, character)


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
