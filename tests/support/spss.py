"""SPSS files with what no free program writes: sets of boxes, a weight, another encoding. Layout: the PSPP developers' guide."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

_WEIGHT = 76
"""Place of the number of the weight in the header."""
_SETS, _ENCODING, _MACHINE = 7, 20, 3
"""Kinds of records behind those of the variables."""
_CODE_PAGE = 28
"""Place of the code page in the record of the machine."""


def with_sets(path: Path, *sets: str) -> None:
    """Give a file multiple-response sets: ``$name=D1 1 5 Label q1 q2`` or ``$name=C 5 Label q1 q2``, the label behind its length."""
    text = "".join(f"{each}\n" for each in sets).encode()
    held = path.read_bytes()
    end = held.index(struct.pack("<2i", 999, 0))
    path.write_bytes(held[:end] + struct.pack("<4i", 7, _SETS, 1, len(text)) + text + held[end:])


def with_weight(path: Path, record: int) -> None:
    """Say which record of a variable, counted from 1, is that of the weight."""
    held = bytearray(path.read_bytes())
    struct.pack_into("<i", held, _WEIGHT, record)
    path.write_bytes(held)


def in_windows_1252(path: Path, words: Sequence[str], *, named: bool) -> None:
    """Write some words of a file in an old encoding, which it names by its code page or not at all.

    What gets shorter is filled with blanks.
    """
    held = bytearray(path.read_bytes())
    for word in words:
        old, new = word.encode(), word.encode("windows-1252")
        held = held.replace(old, new.ljust(len(old)))
    encoding = held.index(struct.pack("<3i", 7, _ENCODING, 1))
    struct.pack_into("<i", held, encoding + 4, 99)
    machine = held.index(struct.pack("<3i", 7, _MACHINE, 4)) + 16
    struct.pack_into("<i", held, machine + _CODE_PAGE, 1252 if named else 0)
    path.write_bytes(held)
