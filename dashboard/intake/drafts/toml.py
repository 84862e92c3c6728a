"""Keys, texts and comments of TOML, whatever a file of answers calls things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of characters that have no place in a comment: controls, halves of characters, ends of lines."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Characters that show what follows in another order than it is read."""
_LONGEST = 200
"""Characters of a text in a comment."""


def text(value: str) -> str:
    """A basic string."""
    return f'"{"".join(map(_escaped, value))}"'


def key(name: str) -> str:
    """A key, in quotation marks where it needs them."""
    return name if _BARE.fullmatch(name) else text(name)


def value(written: str) -> str:
    """A value as a codebook lists it: whole numbers as numbers, all others as texts."""
    plain = written.removeprefix("-")
    number = plain.isascii() and plain.isdigit() and str(int(plain)) == plain
    return written if number else text(written)


def listed(values: Iterable[str]) -> str:
    """An array of values."""
    return f"[{', '.join(map(value, values))}]"


def said(words: str) -> str:
    """A text of the file as a comment shows it: on one line, shortened, in quotation marks."""
    line = seen(words)
    return f'"{line if len(line) <= _LONGEST else line[:_LONGEST] + "…"}"'


def seen(words: str) -> str:
    """What of a text may stand in a comment, on one line."""
    return "".join(
        char
        for char in " ".join(words.split())
        if unicodedata.category(char) not in _UNSEEN and char not in _TURNING
    )


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
