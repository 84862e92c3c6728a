"""How wide a text is, and where it breaks.

Widths are those of Helvetica in thousandths of the font size (Adobe's published font metrics); Arial and Liberation
Sans, the other faces of the stack, share them.
"""

from __future__ import annotations

import re
from functools import lru_cache

FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML can hold."""

_WIDE = {
    222: "ijl'’‘|",
    278: " \u00a0\u202fftI.,:;!/\\[]·",
    333: 'r()-“”"`',
    500: "cksvxyzJ",
    556: "abdeghnopquL0123456789?_–$#§åäöé†",
    584: "+<>=~≈±−",
    611: "FTZø",
    667: "ABEKPSVXY&ÅÄ",
    722: "CDHNRUwØ",
    778: "GOQÖ",
    833: "mM",
    889: "%æ",
    944: "W",
    1000: "—…ÆŒ",
    0: "\u2060",
}
_WIDTH = {character: width for width, characters in _WIDE.items() for character in characters}
_DOT = "·"
_BOLD = 1.07
_MARGIN = 1.03
"""Spare room for faces that run slightly wider."""


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in pixels of one line."""
    return _units(text) / 1000 * size * (_BOLD if bold else 1) * _MARGIN


@lru_cache(maxsize=4096)
def _units(text: str) -> int:
    """Width in thousandths of the font size; the same texts are measured again and again until they fit."""
    return sum(_WIDTH.get(character, 600) for character in text)


def wrap(text: str, size: float, room: float, bold: bool = False, lines: int = 0) -> list[str]:
    """Break a text at its ordinary spaces, not at no-break ones, into lines of at most ``room`` pixels; longer words are broken too,
    and a dot between two parts of a text ends and begins no line.

    With ``lines`` the text is cut to that many, the last ending in an ellipsis.
    """
    broken: list[str] = []
    current = ""
    for word in filter(None, text.replace("\n", " ").split(" ")):
        for part in _parts(word, size, room, bold):
            candidate = f"{current} {part}" if current else part
            if current and width(candidate, size, bold) > room:
                broken.append(current.removesuffix(f" {_DOT}"))
                current = "" if part == _DOT else part
            else:
                current = candidate
    if current:
        broken.append(current)
    if lines and len(broken) > lines:
        last = broken[lines - 1]
        while last and width(last + "…", size, bold) > room:
            last = last[:-1]
        broken = [*broken[: lines - 1], last.rstrip() + "…"]
    return broken


def balanced(text: str, size: float, room: float, bold: bool = False, lines: int = 0) -> list[str]:
    """As ``wrap``, in lines of about one length: a heading of two lines has no last line of one word."""
    found = wrap(text, size, room, bold, lines)
    low, high = room / 2, room
    while len(found) > 1 and high - low > size:
        middle = (low + high) / 2
        tried = wrap(text, size, middle, bold, lines)
        if len(tried) > len(found) or tried[-1].endswith("…") != found[-1].endswith("…"):
            low = middle
        else:
            high, found = middle, tried
    return found


def _parts(word: str, size: float, room: float, bold: bool) -> list[str]:
    if width(word, size, bold) <= room:
        return [word]
    parts, current = [], ""
    for character in word:
        if current and width(current + character, size, bold) > room:
            parts.append(current)
            current = ""
        current += character
    return [*parts, current]
