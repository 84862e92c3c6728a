"""The variable that an SPSS file weights its cases by, which pyreadstat does not tell.

Layout: the PSPP developers' guide, "System File Format": a header of 176 bytes, then one record a variable.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

_HEADER = 176
_LAYOUT, _WEIGHT = 64, 76
_LAYOUTS = (2, 3)
_VARIABLE = 2
_REST = 16
"""Bytes of a record of a variable behind what is read of it: two formats and a name."""
_LONGEST = 2**16
"""Bytes that a label may have."""


def weight(path: Path, numbers: Sequence[str]) -> str:
    """The name of the weight of a .sav or .zsav file whose numeric variables are ``numbers``; blank where there is none."""
    try:
        with path.open("rb") as file:
            found = _position(file)
    except struct.error:
        return ""
    return numbers[found] if 0 <= found < len(numbers) else ""


def _position(file: BinaryIO) -> int:
    """The position of the weight among the numeric variables, -1 where there is none.

    A record of a text longer than eight bytes is followed by others, so that records are not counted but numbers are.
    """
    head = file.read(_HEADER)
    order = "<" if struct.unpack_from("<i", head, _LAYOUT)[0] in _LAYOUTS else ">"
    (at,) = struct.unpack_from(f"{order}i", head, _WEIGHT)
    found, width = -1, None
    for _ in range(at):
        width = _record(file, order)
        if width is None:
            return -1
        found += width == 0
    return found if width == 0 else -1


def _record(file: BinaryIO, order: str) -> int | None:
    """Bytes of the next variable's texts, 0 for a number; None where no such record stands."""
    kind, width, labelled, missing = struct.unpack(f"{order}4i", file.read(16))
    if kind != _VARIABLE or abs(missing) > 3:
        return None
    file.seek(_REST, 1)
    if labelled:
        (length,) = struct.unpack(f"{order}i", file.read(4))
        if not 0 <= length <= _LONGEST:
            return None
        file.seek((length + 3) // 4 * 4, 1)
    file.seek(8 * abs(missing), 1)
    return int(width)
