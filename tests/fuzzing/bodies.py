"""Strategies for what is sent to the site: changes of the page with something in them spoilt, and pictures to read back."""

from __future__ import annotations

import copy
import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzzing import words
from tests.support.callbacks import SOUND, change, other
from tests.support.server import Site

Body = dict[str, Any]
Place = tuple[str | int, ...]
"""The way to a value within a body: keys and positions."""
REMOVED = object()


def sound(web: Site) -> tuple[Body, ...]:
    """Changes as the page sends them, one of each kind."""
    changes = (change(web, name) for name in ("search", "country", "theme", "width"))
    picture = other(web, "picture.data", {"theme": "effects", "size": "slide", "at": 1})
    card = other(web, "card.is_open", {"figure": 0, "at": 1})
    return (*changes, picture, card, other(web, "concept.options@", "artificial"))


@cache
def junk() -> st.SearchStrategy[Any]:
    """A value of any kind that JSON knows."""
    plain = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | words.hostile()
        | st.sampled_from(words.known())
    )
    nested = st.recursive(
        plain,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("id", "property", "value", "theme", "figure", "at")), inner
            )
        ),
        max_leaves=6,
    )
    deep = st.integers(1, 3000).map(
        lambda depth: json.loads("[" * min(depth, 300) + "]" * min(depth, 300))
    )
    many = st.builds(lambda each, number: [each] * number, plain, st.sampled_from((200, 20_000)))
    return nested | nested | nested | deep | many


def _places(value: object, way: Place = ()) -> Iterator[Place]:
    """The way to everything within a value."""
    yield way
    held = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, each in held:
        yield from _places(each, (*way, name))


def _with(body: Any, way: Place, value: object) -> Any:
    """A body with another value at a place, or none."""
    if not way:
        return None if value is REMOVED else value
    holder = body
    for name in way[:-1]:
        holder = holder[name]
    if value is REMOVED:
        del holder[way[-1]]
    else:
        holder[way[-1]] = value
    return body


@st.composite
def misshapen(draw: st.DrawFn, known: Sequence[Body]) -> bytes:
    """A change whose form is spoilt somewhere, or whose text is."""
    body: Any = copy.deepcopy(draw(st.sampled_from(known)))
    for _ in range(draw(st.integers(0, 3))):
        way = draw(st.sampled_from(list(_places(body))))
        body = _with(body, way, draw(st.just(REMOVED) | junk()))
    text = json.dumps(body).encode()
    return draw(st.just(text) | damaged(text))


@st.composite
def wrong_values(draw: st.DrawFn, known: Sequence[Body]) -> bytes:
    """A change of the right form, with any values in it."""
    body: Body = copy.deepcopy(draw(st.sampled_from(known)))
    parts = [*body["inputs"], *body["state"]]
    for part in draw(st.lists(st.sampled_from(parts), min_size=1, max_size=5)):
        part["value"] = draw(_value_for(part))
    return json.dumps(body).encode()


def _value_for(part: Body) -> st.SearchStrategy[Any]:
    """Values for a control: of the kind that it has, or of any."""
    kind = "address" if part["property"] in {"search", "href"} else type(SOUND.get(part["id"]))
    return _values().get(kind, junk())


@cache
def _values() -> dict[object, st.SearchStrategy[Any]]:
    """Kind of a control -> values for it."""
    addresses = words.query().map(lambda text: "?" + text.decode("utf-8", "replace"))
    lead = st.sampled_from(("", "http://127.0.0.1/", "https://zq9.example", "javascript:"))
    return {
        "address": st.builds(lambda first, text: first + text, lead, addresses)
        | addresses
        | junk(),
        list: st.lists(words.value(), max_size=12) | junk(),
        int: st.integers() | st.floats() | junk(),
        str: words.value() | junk(),
    }


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes of which some are cut off, others, or there twice."""
    found = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(found) - 1, 0)))
        kind = draw(st.sampled_from(("cut", "change", "insert", "double")))
        if kind == "cut":
            del found[at:]
        elif kind == "change":
            found[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
        elif kind == "insert":
            found[at:at] = draw(st.binary(max_size=8))
        else:
            found[at:at] = found[at : at + 200]
    return bytes(found)


def picture(drawn: bytes, written: bytes) -> st.SearchStrategy[bytes]:
    """Files that say to be a picture of ours: a PNG and an SVG that are, with damage, other chunks, or nothing of them."""
    chunked = st.builds(
        lambda chunks, at: _spliced(drawn, b"".join(chunks), at),
        st.lists(_chunk(), min_size=1, max_size=5),
        st.integers(0, 12),
    )
    texts = st.builds(
        lambda text, put: text.replace("theme", put, 2).encode("utf-8", "replace"),
        st.just(written.decode()),
        words.hostile(),
    )
    nothing = st.binary(max_size=300) | st.sampled_from((drawn[:8], b"<svg", b"GIF89a" + bytes(99)))
    return chunked | chunked | damaged(drawn) | damaged(written) | texts | nothing


@st.composite
def _chunk(draw: st.DrawFn) -> bytes:
    """A chunk of a PNG: of a kind that holds texts most often, and of a length and a check sum that may be wrong."""
    kind = draw(
        st.sampled_from((b"iTXt", b"iTXt", b"tEXt", b"zTXt", b"IHDR", b"IDAT", b"IEND", b"xxXx"))
    )
    key = draw(st.sampled_from((b"Barometer", b"Title", b"Source", b"Description", b"", b"\xff")))
    text = draw(words.hostile() | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
    packed = draw(st.sampled_from((text.encode("utf-8", "replace"), zlib.compress(bytes(2**21)))))
    flags = draw(st.sampled_from((b"\0\0\0\0\0", b"\0\1\0\0\0", b"\0\1\7xx\0", b"\0", b"")))
    held = key + flags + packed
    length = draw(st.sampled_from((len(held), len(held), len(held), 0, 2**31 - 1, 2**32 - 1)))
    check = draw(st.sampled_from((zlib.crc32(kind + held), zlib.crc32(kind + held), 0)))
    return struct.pack(">I", length) + kind + held + struct.pack(">I", check)


def _spliced(drawn: bytes, chunks: bytes, number: int) -> bytes:
    """A PNG with more chunks, before its ``number``-th own one."""
    at = 8
    for _ in range(number):
        if at + 8 > len(drawn):
            break
        at += 12 + struct.unpack(">I", drawn[at : at + 4])[0]
    return drawn[:at] + chunks + drawn[at:]
