"""What a picture says of itself: written into the file, read back from files that nobody vouches for."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard import render
from dashboard.render import BrokenPicture, ForeignPicture, Notes, Renderer, png
from dashboard.selection import parse
from tests.support import views
from tests.support.pictured import BARS, CHANGE, DOTS, HEAT, SCALE, SITE, pictured


@pytest.fixture(scope="module")
def drawing() -> Iterator[Renderer]:
    """One renderer for all tests of this file."""
    made = Renderer(timeout=120)
    yield made
    made.close()


def test_the_notes_of_a_picture_list_the_figures_that_are_drawn(drawing):
    for query, size in (
        (BARS, "slide"),
        (DOTS, "tall"),
        (HEAT, "og"),
        (SCALE, "square"),
        (CHANGE, "print"),
        ("theme=drivers", "og"),
    ):
        picture, about = pictured(query, size)
        positions = picture.drawing.positions
        assert len(about.records) == len(positions) > 0
        observations = {json.dumps(record, sort_keys=True) for record in about.records}
        for position in positions:
            row = views.loc().dataset.observations[position]
            assert any(
                f'"value": {row.value}' in each and f'"concept": "{row.indicator}"' in each
                for each in observations
            )
    made = render.finish(drawing, picture, about)
    assert render.read(made) == about
    assert (
        parse(render.read(made).selection, views.vocabulary()).selection
        == parse(about.selection, views.vocabulary()).selection
    )


@pytest.mark.parametrize(("size", "dpi"), [("slide", 192), ("report", 381)])
def test_another_program_reads_the_notes_and_the_resolution(drawing, size, dpi):
    """A report stands 16 cm wide in a document: 2400 pixels at scale 2."""
    picture, about = pictured(BARS, size)
    with Image.open(io.BytesIO(render.finish(drawing, picture, about, scale=2))) as opened:
        opened.load()
        assert opened.text["Title"] == about.title
        assert opened.text["Barometer:Address"] == about.address
        assert json.loads(opened.text["Barometer:Figures"]) == about.records
        assert opened.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)


DOT = (
    png.SIGNATURE
    + png._chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + png._chunk(b"IDAT", zlib.compress(b"\0\0"))
    + png._chunk(b"IEND", b"")
)
ABOUT = Notes("Title", "", "", "", "", SITE + "?theme=drivers", "theme=drivers", "2026.1")
MADE = png.write(DOT, ABOUT)


def with_chunk(kind: bytes, content: bytes, base: bytes = DOT) -> bytes:
    """A PNG with one more chunk after its header."""
    return base[:33] + png._chunk(kind, content) + base[33:]


@given(
    st.builds(
        Notes,
        *[st.text(max_size=3000)] * 8,
        figures=st.lists(st.dictionaries(st.text(), st.none() | st.text() | st.integers())).map(
            json.dumps
        ),
    )
)
def test_any_text_survives_the_way(about):
    assert render.read(png.write(DOT, about)) == about


@settings(max_examples=300)
@given(st.integers(0, len(MADE) - 1), st.integers(1, 255))
def test_a_damaged_byte_is_noticed(at, change):
    broken = bytearray(MADE)
    broken[at] ^= change
    with pytest.raises((BrokenPicture, ForeignPicture)):
        render.read(bytes(broken))


@given(st.integers(0, len(MADE) - 1))
def test_a_cut_off_picture_is_noticed(end):
    with pytest.raises((BrokenPicture, ForeignPicture)):
        render.read(MADE[:end])


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(junk):
    for file in (
        junk,
        png.SIGNATURE + junk,
        DOT[:33] + junk,
        with_chunk(b"iTXt", junk, MADE),
        with_chunk(b"zTXt", b"Title\0" + junk, MADE),
    ):
        with suppress(BrokenPicture, ForeignPicture):
            assert isinstance(render.read(file), Notes)


@pytest.mark.parametrize(
    ("file", "fault", "loc"),
    [
        (b"", ForeignPicture, "not a PNG"),
        (b"GIF89a", ForeignPicture, "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ForeignPicture, "not a PNG"),
        (DOT, ForeignPicture, "not saved here"),
        (MADE[:-5], BrokenPicture, "cut off"),
        (MADE[:40], BrokenPicture, "cut off"),
        (MADE.replace(b"theme=drivers", b"theme=effects"), BrokenPicture, "check sum"),
        (MADE[:33] + struct.pack(">I", 2**31) + b"tEXt" + MADE[33:], BrokenPicture, "cut off"),
        (MADE[:8] + MADE[33:], BrokenPicture, "out of order"),
        (MADE[:33] + MADE[8:], BrokenPicture, "out of order"),
        (MADE + b"\0" * png.MAX_BYTES, BrokenPicture, "larger than any"),
        (
            DOT[:33] + png._chunk(b"tEXt", b"a\0b") * (png.MAX_CHUNKS + 1) + DOT[33:],
            BrokenPicture,
            "more parts than any",
        ),
        (
            with_chunk(b"zTXt", b"Title\0\0" + zlib.compress(b"a" * 40_000_000), MADE),
            BrokenPicture,
            "too long",
        ),
        (
            with_chunk(b"iTXt", b"Title\0\1\0\0\0" + zlib.compress(b"a" * 40_000_000), MADE),
            BrokenPicture,
            "too long",
        ),
        (with_chunk(b"zTXt", b"Title\0\0no zlib", MADE), BrokenPicture, "unpacked"),
        (with_chunk(b"iTXt", b"Title\0\0\0\0\0\xff\xfe", MADE), BrokenPicture, "cannot be read"),
        (with_chunk(b"iTXt", b"Title\0\7\7", MADE), BrokenPicture, "cannot be read"),
        (with_chunk(b"tEXt", b"Barometer:Figures\0[[1]]", MADE), BrokenPicture, "figures"),
        (with_chunk(b"tEXt", b'Barometer:Figures\0[{"a":{}}]', MADE), BrokenPicture, "figures"),
        (
            with_chunk(b"tEXt", b"Barometer:Figures\0" + b"[" * 100_000, MADE),
            BrokenPicture,
            "figures",
        ),
        (
            with_chunk(b"tEXt", b"Barometer:Figures\0__import__('os')", MADE),
            BrokenPicture,
            "figures",
        ),
    ],
)
def test_what_is_no_picture_of_ours_gets_the_right_answer(file, fault, loc):
    with pytest.raises(fault, match=loc):
        render.read(file)


def test_a_packed_text_of_another_program_is_not_even_unpacked():
    bomb = with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 40_000_000), MADE)
    assert render.read(bomb) == ABOUT
