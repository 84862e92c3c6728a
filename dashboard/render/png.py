"""Notes inside a PNG: written into text chunks, and read from a file that nobody vouches for."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from dashboard.messages import gettext_noop
from dashboard.render.notes import Notes

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = 20 * 2**20
MAX_CHUNKS = 20_000
MAX_TEXT = 2 * 2**20
"""Bytes of one text, unpacked."""
_PACKED_FROM = 1000
_PER_METRE = 96 / 0.0254
_KEYWORDS = {
    "title": "Title",
    "description": "Description",
    "author": "Author",
    "source": "Source",
    "licence": "Copyright",
    "address": "Barometer:Address",
    "selection": "Barometer:Selection",
    "release": "Barometer:Release",
    "figures": "Barometer:Figures",
}
"""Field of Notes -> keyword of its text chunk."""
_NEEDED = ("address", "selection", "release")


HEAD = len(SIGNATURE) + 12 + 13
"""Bytes of signature and header, behind which other chunks may stand."""


class ForeignPicture(ValueError):
    """A file that is no PNG, or a PNG that was not made here; the message is for the reader, in English."""


class BrokenPicture(ValueError):
    """A PNG that is damaged or larger than is read; the message is for the reader, in English."""


def write(png: bytes, about: Notes, scale: float = 1) -> bytes:
    """The PNG with notes before its pixels, and with its resolution: ``scale`` times 96 to the inch."""
    return b"".join((png[:HEAD], chunks(about, scale), png[HEAD:]))


def chunks(about: Notes, scale: float = 1) -> bytes:
    """The chunks that belong behind the first HEAD bytes of a PNG: its resolution and its notes."""
    per_metre = round(_PER_METRE * scale)
    resolution = _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    return b"".join(
        (
            resolution,
            *(_text_chunk(keyword, getattr(about, field)) for field, keyword in _KEYWORDS.items()),
        )
    )


def read(png: bytes) -> Notes:
    """The notes of a picture made here; nothing in it is trusted, and its pixels are not looked at.

    Raises ForeignPicture or BrokenPicture. ``selection`` is to be parsed like any query that comes from outside.
    """
    texts = _texts(png)
    found = {field: texts[keyword] for field, keyword in _KEYWORDS.items() if keyword in texts}
    if "selection" not in found and "address" in found:
        found["selection"] = _query(found["address"])
    if any(field not in found for field in _NEEDED):
        raise ForeignPicture(
            gettext_noop(
                "This picture does not say which view it shows: it was not saved here, or another program has removed that."
            )
        )
    return Notes(
        **{field: found.get(field, "") for field in _KEYWORDS}
        | {"figures": _records(found.get("figures", "[]"))}
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _text_chunk(keyword: str, text: str) -> bytes:
    name = keyword.encode("ascii") + b"\0"
    content = text.encode()
    if len(content) >= _PACKED_FROM:
        return _chunk(b"iTXt", name + b"\1\0\0\0" + zlib.compress(content, 9))
    if text.isascii() and text.isprintable():
        return _chunk(b"tEXt", name + content)
    return _chunk(b"iTXt", name + b"\0\0\0\0" + content)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, content) of every chunk up to the last one, each checked."""
    if len(png) > MAX_BYTES:
        raise BrokenPicture(gettext_noop("The file is larger than any picture saved here."))
    if not png.startswith(SIGNATURE):
        raise ForeignPicture(gettext_noop("This file is not a PNG picture."))
    at = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if at + 12 > len(png):
            raise BrokenPicture(gettext_noop("The picture is cut off."))
        (size,) = struct.unpack_from(">I", png, at)
        if at + 12 + size > len(png):
            raise BrokenPicture(gettext_noop("The picture is cut off."))
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        if struct.unpack_from(">I", png, at + 8 + size) != (zlib.crc32(kind + content),):
            raise BrokenPicture(
                gettext_noop("The picture is damaged: a part of it does not match its check sum.")
            )
        if (at == len(SIGNATURE)) != (kind == b"IHDR" and size == 13):
            raise BrokenPicture(gettext_noop("The picture is damaged: its parts are out of order."))
        yield kind, content
        if kind == b"IEND":
            return
        at += 12 + size
    raise BrokenPicture(gettext_noop("The picture has more parts than any saved here."))


def _texts(png: bytes) -> dict[str, str]:
    """Keyword -> text of our own keywords; of a repeated one the first."""
    wanted = {keyword.encode("ascii"): keyword for keyword in _KEYWORDS.values()}
    found: dict[str, str] = {}
    for kind, content in _chunks(png):
        name, end, rest = content.partition(b"\0")
        if kind in _READERS and end and name in wanted and wanted[name] not in found:
            found[wanted[name]] = _READERS[kind](rest)
    return found


def _decoded(content: bytes, encoding: str = "utf-8") -> str:
    if len(content) > MAX_TEXT:
        raise BrokenPicture(gettext_noop("The picture holds a text that is too long to be read."))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise BrokenPicture(gettext_noop("The picture holds a text that cannot be read.")) from None


def _unpacked(content: bytes) -> bytes:
    """At most one byte more than is read, whatever the packed text claims to hold."""
    unpacking = zlib.decompressobj()
    try:
        return unpacking.decompress(content, MAX_TEXT + 1)
    except zlib.error:
        raise BrokenPicture(
            gettext_noop("The picture holds a text that cannot be unpacked.")
        ) from None


def _packed(rest: bytes) -> str:
    return _decoded(_unpacked(rest[1:]), "latin-1")


def _international(rest: bytes) -> str:
    flags, parts = rest[:2], rest[2:].split(b"\0", 2)
    if len(flags) < 2 or len(parts) < 3 or flags not in (b"\0\0", b"\1\0"):
        raise BrokenPicture(gettext_noop("The picture holds a text that cannot be read."))
    return _decoded(_unpacked(parts[2]) if flags[0] else parts[2])


_READERS = {
    b"tEXt": lambda rest: _decoded(rest, "latin-1"),
    b"zTXt": _packed,
    b"iTXt": _international,
}


def _query(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:
        raise BrokenPicture(
            gettext_noop("The picture names an address that cannot be read.")
        ) from None


def _records(text: str) -> str:
    """The figures as they stand, once it is sure that they are a list of flat records."""
    try:
        records = json.loads(text)
    except (ValueError, RecursionError):
        raise BrokenPicture(gettext_noop("The figures in the picture cannot be read.")) from None
    flat = isinstance(records, list) and all(
        isinstance(record, dict)
        and not any(isinstance(value, (dict, list)) for value in record.values())
        for record in records
    )
    if not flat:
        raise BrokenPicture(gettext_noop("The figures in the picture cannot be read."))
    return text
