"""How wide a text is, and where it breaks.

Widths are those of Helvetica in thousandths of the font size (Adobe's published font metrics); Arial and Liberation
Sans, the other faces of the stack, share them.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML can hold."""

_WIDE = {
    222: "ijl'’‘|",
    278: " \u00a0\u202fftI.,:;!/\\[]·",
    333: 'r()-“”"`',
    500: "cksvxyzJ",
    556: "abdeghnopquL0123456789?_–$#§åäöé†≠",
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


class _Widths(dict[str, int]):
    """Of a character that the metrics do not have the width of a wide letter."""

    def __missing__(self, character: str) -> int:
        return 600


_WIDTHS = _Widths(_WIDTH)
_SPACE = _WIDTH[" "]
_DOT = "·"
_BETWEEN = re.compile(f" {_DOT} |(?<=\u00a0{_DOT}) ")
_SHARE = re.compile("%[ \u00a0].*")
_BOLD = 1.07
_MARGIN = 1.03
"""Spare room for faces that run slightly wider."""


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in pixels of one line."""
    return _pixels(_units(text), size, bold)


def _pixels(units: int, size: float, bold: bool) -> float:
    return units / 1000 * size * (_BOLD if bold else 1) * _MARGIN


@lru_cache(maxsize=4096)
def _units(text: str) -> int:
    """Width in thousandths of the font size; the same texts are measured again and again until they fit."""
    return sum(map(_WIDTHS.__getitem__, text))


def wrap(text: str, size: float, room: float, bold: bool = False, lines: int = 0) -> list[str]:
    """Break a text at its ordinary spaces, not at no-break ones, into lines of at most ``room`` pixels; longer words are broken too,
    and a dot between two parts of a text ends and begins no line.

    With ``lines`` the text is cut to that many, the last ending in an ellipsis.
    """
    return list(_wrapped(text, size, room, bold, lines))


@lru_cache(maxsize=1024)
def _wrapped(text: str, size: float, room: float, bold: bool, lines: int) -> tuple[str, ...]:
    broken: list[str] = []
    current, taken = "", 0
    for word in filter(None, text.replace("\n", " ").split(" ")):
        for part in _parts(word, size, room, bold):
            wide = _units(part)
            if current and _pixels(taken + _SPACE + wide, size, bold) > room:
                broken.append(current.removesuffix(f" {_DOT}"))
                current, taken = ("", 0) if part == _DOT else (part, wide)
            elif current:
                current, taken = f"{current} {part}", taken + _SPACE + wide
            else:
                current, taken = part, wide
    if current:
        broken.append(current)
    if lines and len(broken) > lines:
        last = broken[lines - 1]
        while last and width(last + "…", size, bold) > room:
            last = last[:-1]
        broken = [*broken[: lines - 1], last.rstrip() + "…"]
    return tuple(broken)


def balanced(text: str, size: float, room: float, bold: bool = False, lines: int = 0) -> list[str]:
    """As ``wrap``, in lines of about one length: a heading of two lines has no last line of one word. No word is broken for it."""
    found = wrap(text, size, room, bold, lines)
    longest = max((width(word, size, bold) for word in text.split(" ")), default=0.0)
    low, high = max(room / 2, longest), room
    while len(found) > 1 and high - low > size:
        middle = (low + high) / 2
        tried = wrap(text, size, middle, bold, lines)
        if len(tried) > len(found) or tried[-1].endswith("…") != found[-1].endswith("…"):
            low = middle
        else:
            high, found = middle, tried
    return found


def headed(text: str, size: float, room: float, bold: bool = True, lines: int = 0) -> list[str]:
    """As ``balanced``, broken behind a colon before it is broken elsewhere, where that takes no more lines."""
    found = balanced(text, size, room, bold, lines)
    begin, colon, end = text.partition(": ")
    if not colon or len(found) < 2:
        return found
    parts = [part for each in (f"{begin}:", end) for part in balanced(each, size, room, bold)]
    return parts if len(parts) <= len(found) else found


def parted(text: str, size: float, room: float) -> list[str]:
    """As ``wrap``, broken between the parts of a text that dots part and before what percentages are of, before it is broken
    elsewhere, where that takes no more lines; no line ends in a dot."""
    found, lines = wrap(text, size, room), list[str]()
    for part in _BETWEEN.split(text):
        gap = " " if lines and lines[-1].endswith(_DOT) else f" {_DOT} "
        if lines and width(f"{lines[-1]}{gap}{part}", size) <= room:
            lines[-1] += f"{gap}{part}"
        else:
            lines += wrap(_SHARE.sub(partial(_bound, size=size, room=room), part), size, room)
    chosen = lines if len(lines) <= len(found) else found
    return [line.removesuffix(_DOT).rstrip() for line in chosen]


def _bound(found: re.Match[str], size: float, room: float) -> str:
    """What was found, as one word where a line holds it."""
    return found[0].replace(" ", "\u00a0") if width(found[0], size) <= room else found[0]


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
