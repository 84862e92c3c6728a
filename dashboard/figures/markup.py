"""Plotly's small HTML, as far as our figures use it: bold, one colour and size for a span, line breaks and entities."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape

_TAG = re.compile(r"(<[^>]*>)")
_SPAN = re.compile(r'<span style="color:(#[0-9a-f]{6});font-size:([\d.]+)px">')
_SINGLE = {"<b>", "</b>", "</span>"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same all along; ``size`` in pixels."""

    text: str
    bold: bool
    colour: str
    size: float


def lines(content: str, colour: str, size: float) -> list[list[Run]]:
    """The lines of a text, each as its runs, where nothing else is said in ``colour`` and ``size``.

    Raises ValueError for a tag that is not known.
    """
    plain = Run("", False, colour, size)
    if "<" not in content:
        return [[replace(plain, text=unescape(content))]]
    found: list[list[Run]] = [[]]
    now = plain
    for part in _TAG.split(content):
        if not part.startswith("<"):
            if part:
                found[-1].append(replace(now, text=unescape(part)))
        elif part == "<br>":
            found.append([])
        else:
            now = _after(part, now, plain)
    return found


def _after(tag: str, now: Run, plain: Run) -> Run:
    """How text looks after a tag; spans do not stand in each other."""
    if span := _SPAN.fullmatch(tag):
        return replace(now, colour=span[1], size=float(span[2]))
    if tag not in _SINGLE:
        raise ValueError(f"The tag {tag!r} of a text is not known")
    if tag == "</span>":
        return replace(now, colour=plain.colour, size=plain.size)
    return replace(now, bold=tag == "<b>")
