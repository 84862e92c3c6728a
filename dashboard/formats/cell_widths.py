"""How wide a column of a heat table on a slide must be for what stands over it."""

from __future__ import annotations

from dashboard.charts.text import width, wrap
from dashboard.formats import slide_layout

COLUMN_SIZE = 14
"""Points of the names of columns and of periods under figures. The longest words of names have room so."""
NAMES, WIDER = 280.0, slide_layout.NAMES - 280.0
"""Points of the column of names at least, and the inset of a text there, less than none."""
INSET = 8.0
"""Points of white left and right of a text in its cell, together."""
RAMP_ROOM = 112.0
"""Points of a ramp with its ends at least."""
_SHARE_LINES = 3
"""Lines of what percentages are of over a column, where that has room."""


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Points of the longest word of a text."""
    return max((width(word, size, bold) for word in text.split(" ")), default=0.0)


def bold_word(text: str, size: float) -> float:
    """Points of the longest word of a text in bold."""
    return longest_word(text, size, bold=True)


def share_room(share: str, size: float) -> float:
    """Points in which what percentages are of takes no more lines than it may, in bold."""
    wide = longest_word(share, size, bold=True)
    while len(wrap(share, size, wide, bold=True)) > _SHARE_LINES:
        wide += 1
    return wide
