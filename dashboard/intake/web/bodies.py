"""What a server sends, read to its end: within a time and a size, unpacked, and whole or not at all."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPResponse, IncompleteRead
from typing import Literal, TypeAlias

from dashboard.intake.faults import Fault, Refused, quoted

Kind: TypeAlias = Literal["json", "csv"]

_CHUNK = 65536
"""Bytes that are read at a time."""
_NEARLY = 0.01
"""Seconds."""
_UNSAID = ("", "text/plain", "application/octet-stream")
"""Types of servers that do not say what they send."""
_LESS = "less; narrow it under [select]"
_WHOLE = "the whole answer"


def read(address: str, answer: HTTPResponse, kind: Kind, most: int, ends: float) -> bytes:
    """The body of an answer, of at most so many bytes, by a moment of ``time.monotonic``.

    Raises Refused for another type than ``kind``, another packing than gzip, too much, too slow, or half an answer; CSV has no end of
    its own, so that its answer has to tell one.
    """
    _check_type(address, answer.headers, kind)
    packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise Refused([Fault(address, f"packed as {quoted(packing)}", "gzip, or not packed")])
    if kind == "csv" and not (answer.chunked or answer.length is not None or packing == "gzip"):
        raise Refused([Fault(address, "an answer that tells no end", "its length, or chunks")])
    pieces = _received(address, answer, most, ends)
    return b"".join(_unpacked(address, pieces, most) if packing == "gzip" else pieces)


def is_over(ends: float) -> bool:
    """Whether a moment of ``time.monotonic`` has come, as exactly as clocks tell."""
    return time.monotonic() > ends - _NEARLY


def late(address: str) -> Fault:
    """The time for a table is over."""
    return Fault(address, "not done in the time that a table may take", _LESS)


def _check_type(address: str, headers: Message, kind: Kind) -> None:
    said = headers.get_content_type() if "Content-Type" in headers else ""
    if said.endswith("html"):
        raise Refused([Fault(address, "a web page (HTML)", f"{kind.upper()} of an API")])
    if said not in _UNSAID and not said.endswith(kind):
        raise Refused([Fault(address, quoted(said), kind.upper())])


def _received(address: str, answer: HTTPResponse, most: int, ends: float) -> Iterator[bytes]:
    """Bytes as they come, to the length that was told or the last chunk."""
    length, size = answer.length, 0
    while True:
        wanted = _CHUNK if length is None else min(_CHUNK, length - size)
        try:
            piece = answer.read1(wanted) if wanted else b""
        except IncompleteRead as error:
            _check_time(address, ends)
            raise Refused([Fault(address, "half an answer", _WHOLE)]) from error
        _check_time(address, ends)
        if not piece:
            break
        size += len(piece)
        _check_size(address, size, most)
        yield piece
    if length is not None and size < length:
        found = f"half an answer: {size} of {length} bytes"
        raise Refused([Fault(address, found, _WHOLE)])


def _unpacked(address: str, pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Unpacked bytes of gzip; a little that unpacks to very much is cut where it is too much."""
    unpacker, size = zlib.decompressobj(wbits=31), 0
    try:
        for piece in pieces:
            held = piece
            while held:
                out = unpacker.decompress(held, _CHUNK)
                size += len(out)
                _check_size(address, size, most)
                yield out
                held = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Refused([Fault(address, "packed wrongly", "gzip that can be unpacked")]) from error
    if not unpacker.eof or unpacker.unused_data:
        raise Refused([Fault(address, "half an answer, or more than one", _WHOLE)])


def _check_time(address: str, ends: float) -> None:
    if is_over(ends):
        raise Refused([late(address)])


def _check_size(address: str, size: int, most: int) -> None:
    if size > most:
        raise Refused([Fault(address, f"more than {most:,} bytes", _LESS)])
