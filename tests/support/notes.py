"""What a note on a figure must not hold: notes are printed for readers."""

from __future__ import annotations

import re

_WORKING_WORDS = re.compile(
    r"[a-z]_[a-z]|\b(?:dk|se|no|fi|is|nl|nordic)-[0-9*]|^see |\bplot|left blank|confirm before|cannot exceed|Scrambled|fixed by N"
    r"|base read from N as|stored text|(?:page|text|part) read\b|cannot be municipal|not seen|could be read|not legible",
    re.IGNORECASE,
)


def for_readers(note: str) -> bool:
    """Whether a note names no code and leaves out what only those who collect the figures understand."""
    return not _WORKING_WORDS.search(note)
