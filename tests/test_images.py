"""Pictures made on the server: the same bytes every time, text without the host's fonts, and notes that survive the way."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import threading
import time
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard import images
from dashboard.figures import Picture
from dashboard.figures.text import FAMILY
from dashboard.images import BrokenPicture, ForeignPicture, Notes, Pictures, Renderer, png, renderer
from dashboard.query import view
from dashboard.selection import parse, search
from dashboard.wording import texts
from tests import views

ROOT = Path(__file__).resolve().parent.parent
SITE = "https://barometer.example/"
BARS, DOTS = "theme=drivers&country=DK~SE", "theme=conditions&country=SE&split=group&view=dots"
HEAT, CHANGE, SCALE = (
    "theme=effects&view=heat",
    "theme=collaboration&country=DK&view=change",
    "theme=diffusion&view=scale",
)
SAVE = """([figure, format]) => Plotly.toImage(
    {data: figure.data, layout: figure.layout, config: {staticPlot: true}}, {format, width: 1600, height: 900})"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing() -> Iterator[Renderer]:
    """One renderer for all tests of this file."""
    made = Renderer(timeout=120, waiting=32)
    yield made
    made.close()


def pictured(query: str, size: str = "slide") -> tuple[Picture, Notes]:
    """The picture of an address's first section, and its notes."""
    parsed = parse(query, views.vocabulary())
    shown = view(views.prepared(), parsed.selection)
    link = search(parsed.selection, views.vocabulary())
    drawn = images.picture(shown, shown.sections[0], views.words(), SITE + link, size)
    return drawn, images.notes(shown, views.words(), drawn, SITE + link, link.removeprefix("?"))


def small(text: str = "", **layout: object) -> dict:
    """A figure that is drawn at once."""
    note = {
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "text": text,
        "showarrow": False,
        "font": {"family": FAMILY, "color": "#000"},
    }
    hidden = {"visible": False}
    shown = {
        "annotations": [note] if text else [],
        "margin": dict.fromkeys("lrtb", 0),
        "xaxis": hidden,
        "yaxis": hidden,
    }
    return {"data": [], "layout": {"width": 300, "height": 100, **shown, **layout}}


def pixels(made: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(made)) as opened:
        return np.asarray(opened.convert("RGBA")).astype(int)


def size_of(made: bytes) -> tuple[int, int]:
    """Width and height in the PNG's own header."""
    return struct.unpack_from(">II", made, 16)


def lines(svg: bytes) -> Counter[str]:
    """The texts an SVG draws."""
    return Counter("".join(text.itertext()) for text in Xml.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314


# Drawing


def test_the_same_figure_gives_the_same_bytes_whatever_was_drawn_before(drawing):
    first, others = (
        pictured(BARS)[0],
        [pictured(query, size)[0] for query in (DOTS, HEAT) for size in ("og", "wide")],
    )
    fresh = Renderer(threads=1, timeout=120)
    for kind in ("svg", "png"):
        alone = fresh.render(first.figure, first.width, first.height, format=kind)
        for other in others:
            drawing.render(other.figure, other.width, other.height, format="svg")
        assert drawing.render(first.figure, first.width, first.height, format=kind) == alone
    fresh.close()


def test_drawing_changes_nothing_in_the_figure(drawing):
    figure = small("kept")
    before = json.dumps(figure)
    drawing.render(figure, 300, 100, ground="transparent")
    assert json.dumps(figure) == before


@pytest.mark.parametrize("size", images.SIZES)
def test_each_size_is_laid_out_for_itself(drawing, size):
    width, height = images.SIZES[size]
    for query in (BARS, "theme=drivers", CHANGE):
        picture, about = pictured(query, size)
        assert (picture.width, picture.height) == (width, height)
        if size != "slide":
            assert (
                min(text["font"]["size"] for text in picture.figure["layout"]["annotations"]) >= 9
            )
        assert max(text["y"] for text in picture.figure["layout"]["annotations"]) < height
    assert size_of(images.finish(drawing, picture, about, scale=2)) == (2 * width, 2 * height)


def test_what_a_picture_has_no_room_for_it_says():
    for size in ("og", "print"):
        picture, _ = pictured("theme=drivers", size)
        told = " ".join(text["text"] for text in picture.figure["layout"]["annotations"])
        whole = views.show("theme=drivers").sections[0]
        left = whole.items_total - len(picture.section.rows)
        assert f"{left} more indicators at the address below." in told
        shown = {panel.key for panel in picture.section.panels}
        missing = [views.words().key(panel.key) for panel in whole.panels if panel.key not in shown]
        assert missing
        assert f"Also at the address below: {views.words().some(missing)}." in told


@pytest.mark.parametrize("scale", images.SCALES)
def test_a_scale_enlarges_the_drawing_and_not_its_pixels(drawing, scale):
    made = drawing.render(small("sharp"), 300, 100, scale)
    assert size_of(made) == (300 * scale, 100 * scale)
    grey = pixels(made)[..., 0]
    edges = ((grey > 40) & (grey < 215)).sum()
    assert edges / (grey < 215).sum() < {1: 0.9, 2: 0.7, 3: 0.55, 4: 0.45}[scale]


def test_the_ground_is_white_nothing_or_the_figure_s_own(drawing):
    grounds = ("white", "transparent", "dark")
    assert grounds == images.GROUNDS
    dark = small("x", paper_bgcolor="#14181f", plot_bgcolor="rgba(0,0,0,0)")
    opaque, clear = (
        pixels(drawing.render(small("x"), 300, 100, ground=ground)) for ground in grounds[:2]
    )
    assert pixels(drawing.render(dark, 300, 100, ground="dark"))[0, 0].tolist() == [
        0x14,
        0x18,
        0x1F,
        255,
    ]
    assert opaque[0, 0].tolist() == [255, 255, 255, 255]
    assert clear[0, 0, 3] == 0
    assert (clear[..., 3] > 200).any()


def test_text_is_drawn_and_bold_is_bolder(drawing):
    plain, bold, none = (
        pixels(drawing.render(small(text), 300, 100))[..., 0]
        for text in ("Måling ≤ ▲", "<b>Måling ≤ ▲</b>", "")
    )
    assert (none == 255).all()
    assert (bold < 128).sum() > 1.2 * (plain < 128).sum() > 0


def test_every_letter_of_the_site_has_a_shape(drawing):
    unknown = drawing.render(small("\u2fff"), 300, 100)
    for letter in "æøåäöéðþÆØÅÄÖÐÞ≤≥≈–—…“”‘’·▲▼%":
        assert drawing.render(small(letter), 300, 100) != unknown, letter


def test_a_host_without_fonts_draws_the_same_picture(drawing, tmp_path):
    empty = tmp_path / "fonts.conf"
    empty.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>',
        encoding="utf-8",
    )
    code = (
        "import sys; from dashboard.images import Renderer; from tests.test_images import small; "
        "sys.stdout.buffer.write(Renderer(timeout=120).render(small('Måling 46%'), 300, 100))"
    )
    # ``import mirage`` looks for font folders of the host; here it finds none.
    blind = "import os.path; real = os.path.isdir; os.path.isdir = lambda path: 'fonts' not in str(path).lower() and real(path); "
    clean = {
        "FONTCONFIG_FILE": str(empty),
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
    }
    made = subprocess.run(
        [sys.executable, "-c", blind + code], cwd=ROOT, env=clean, capture_output=True, check=True
    ).stdout
    assert made == drawing.render(small("Måling 46%"), 300, 100)


def test_the_svg_holds_what_the_reader_needs(drawing):
    picture, about = pictured(BARS)
    made = images.finish(drawing, picture, about, format="svg")
    words = views.words()
    told = " ".join(lines(made))
    for part in (
        about.title,
        "n 821",
        "Sources: ",
        about.address,
        f"data release {about.release}",
        words.t(texts.PRODUCT),
    ):
        assert part in told
    root = Xml.fromstring(made)  # noqa: S314
    assert root.find(f"{SVG}title").text == about.title
    assert root.find(f"{SVG}desc").text == about.description
    assert (root.get("width"), root.get("viewBox")) == ("1600", "0 0 1600 900")
    told = {
        element.tag.rpartition("}")[2]: element.text
        for element in root.find(f"{SVG}metadata").iter()
    }
    assert told["identifier"] == about.address
    assert told["selection"] == about.selection
    assert json.loads(told["figures"]) == about.records


def test_sixteen_at_once_each_carry_their_own_title(drawing):
    asked = [
        f"theme={theme}&country={some}"
        for theme in views.vocabulary().themes
        for some in ("DK", "SE", "NO", "DK~SE", "FI~NL")
    ]
    titled = {
        about.title: (picture, about)
        for picture, about in map(
            pictured, (query for query in asked if views.show(query).sections)
        )
    }
    wanted = list(titled.values())[:16]
    assert len(wanted) == 16
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda each: images.finish(drawing, *each, format="svg"), wanted))
    for (_, about), svg in zip(wanted, made, strict=True):
        drawn = lines(svg)
        assert drawn[about.title] == 1
        assert not any(other.title in drawn for _, other in wanted if other.title != about.title)


# Bounds


def test_too_many_pixels_are_refused_with_the_limit(drawing):
    with pytest.raises(images.TooLarge, match="40,000,000"):
        drawing.render(small(), 5000, 5000, 2)
    width, height = images.SIZES["wide"]
    assert width * height * max(images.SCALES) ** 2 <= images.MAX_PIXELS


class Slow:
    """Stands in for an engine; draws once it is let go."""

    def __init__(self, go: threading.Event) -> None:
        self._go = go

    def svg(self, figure: dict, width: int, height: int, scale: float, seconds: float) -> str:
        self._go.wait(60)
        return "<svg/>"


def test_more_than_may_wait_are_turned_away(monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(renderer, "Engine", lambda: Slow(go))
    held = Renderer(threads=1, waiting=2, timeout=60)
    with ThreadPoolExecutor(3) as pool:
        jobs = [pool.submit(held.render, small(), 10, 10, 1, "svg") for _ in range(3)]
        with pytest.raises(images.Busy):  # noqa: PT012
            while True:  # until the three have taken their places
                time.sleep(0.01)
                if held._places._value == 0:
                    held.render(small(), 10, 10, 1, "svg")
        go.set()
        assert [job.result(60) for job in jobs] == [b"<svg/>"] * 3
    assert held.render(small(), 10, 10, 1, "svg") == b"<svg/>"
    held.close()


def test_what_takes_too_long_is_given_up_and_gives_its_place_back(monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(renderer, "Engine", lambda: Slow(go))
    held = Renderer(threads=1, waiting=1, timeout=0.2)
    for _ in range(2):
        with pytest.raises(images.TooSlow, match=r"0\.2 seconds"):
            held.render(small(), 10, 10, 1, "svg")
    go.set()
    for _ in range(100):
        if held._places._value == 2:
            break
        time.sleep(0.05)
    assert held.render(small(), 10, 10, 1, "svg") == b"<svg/>"
    held.close()


def test_a_drawing_that_never_ends_is_ended():
    from dashboard.images.engine import Engine

    engine = Engine()
    engine._mirage.context.eval("Plotly.newPlot = function () { while (true); };")
    with pytest.raises(Exception, match="interrupted"):
        engine.svg(small(), 10, 10, 1, 0.2)


def test_a_figure_that_cannot_be_drawn_harms_no_other(drawing):
    with pytest.raises(images.Failed):
        drawing.render(
            {
                "data": [{"type": "scatter", "x": "\ud800"}],
                "layout": {"width": "wide", "annotations": 7},
            },
            -1,
            -1,
        )
    assert drawing.render(small("ok"), 300, 100)


# Cache


def test_a_picture_is_drawn_once_and_kept():
    kept, drawn = Pictures(room=10), []

    def make(name: str) -> bytes:
        drawn.append(name)
        return name.encode() * 5

    for name in "aabab":
        assert kept.get(name, lambda name=name: make(name)) == name.encode() * 5
    assert drawn == ["a", "b"]
    kept.get("c", lambda: make("c"))  # "a" is the one that was asked for longest ago
    kept.get("b", lambda: make("b"))
    assert drawn == ["a", "b", "c"]
    kept.get("a", lambda: make("a"))
    assert drawn == ["a", "b", "c", "a"]
    assert kept.taken == 10
    assert kept.get("large", lambda: b"x" * 11) == b"x" * 11
    assert kept.taken == 10


def test_who_asks_meanwhile_waits_for_the_same_drawing():
    kept, go, drawn = Pictures(), threading.Event(), []

    def make() -> bytes:
        drawn.append(1)
        go.wait(60)
        return b"one"

    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(kept.get, "key", make) for _ in range(8)]
        go.set()
        assert {job.result(60) for job in jobs} == {b"one"}
    assert len(drawn) == 1


def test_a_failed_drawing_is_told_and_forgotten():
    kept = Pictures()
    with pytest.raises(images.Busy):
        kept.get("key", lambda: (_ for _ in ()).throw(images.Busy("full")))
    assert kept.get("key", lambda: b"fine") == b"fine"


def test_a_digest_tells_every_part_apart():
    assert images.digest("a", "b") == images.digest("a", "b")
    assert (
        len(
            {
                images.digest(*parts)
                for parts in (("a", "b"), ("ab", ""), ("a", "b", ""), ("b", "a"), ("a~b",))
            }
        )
        == 5
    )


# Notes


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
        positions = [
            position
            for trace in picture.figure["data"]
            for position in trace.get("customdata", ())
            if position is not None
        ]
        assert len(about.records) == len(set(positions)) > 0
        observations = {json.dumps(record, sort_keys=True) for record in about.records}
        for position in positions:
            row = views.words().dataset.observations[position]
            assert any(
                f'"value": {row.value}' in each and f'"concept": "{row.concept}"' in each
                for each in observations
            )
    made = images.finish(drawing, picture, about)
    assert images.read(made) == about
    assert (
        parse(images.read(made).selection, views.vocabulary()).selection
        == parse(about.selection, views.vocabulary()).selection
    )


def test_another_program_reads_the_notes_and_the_resolution(drawing):
    picture, about = pictured(BARS)
    with Image.open(io.BytesIO(images.finish(drawing, picture, about, scale=2))) as opened:
        opened.load()
        assert opened.text["Title"] == about.title
        assert opened.text["Barometer:Address"] == about.address
        assert json.loads(opened.text["Barometer:Figures"]) == about.records
        assert opened.info["dpi"] == pytest.approx((192, 192), abs=0.1)


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
    assert images.read(png.write(DOT, about)) == about


@settings(max_examples=300)
@given(st.integers(0, len(MADE) - 1), st.integers(1, 255))
def test_a_damaged_byte_is_noticed(at, change):
    broken = bytearray(MADE)
    broken[at] ^= change
    with pytest.raises((BrokenPicture, ForeignPicture)):
        images.read(bytes(broken))


@given(st.integers(0, len(MADE) - 1))
def test_a_cut_off_picture_is_noticed(end):
    with pytest.raises((BrokenPicture, ForeignPicture)):
        images.read(MADE[:end])


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
            assert isinstance(images.read(file), Notes)


@pytest.mark.parametrize(
    ("file", "fault", "words"),
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
def test_what_is_no_picture_of_ours_gets_the_right_answer(file, fault, words):
    with pytest.raises(fault, match=words):
        images.read(file)


def test_a_packed_text_of_another_program_is_not_even_unpacked():
    bomb = with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 40_000_000), MADE)
    assert images.read(bomb) == ABOUT


# Against the browser


def drawn_marks(svg: bytes) -> dict[str, int]:
    """How many marks of each kind an SVG holds."""
    root = Xml.fromstring(svg)  # noqa: S314
    found: Counter[str] = Counter()

    def walk(element: Xml.Element, layers: tuple[str, ...]) -> None:
        layers = (*layers, *element.get("class", "").split())
        if element.tag == f"{SVG}path":
            for layer in ("barlayer", "scatterlayer", "shapelayer"):
                if layer in layers:
                    found["errors" if {"xerror", "yerror"} & set(layers) else layer] += 1
        for child in element:
            walk(child, layers)

    walk(root, ())
    return dict(found)


def softened(made: bytes) -> np.ndarray:
    """Mean grey of each square of 4 x 4 pixels, 0-255: what stays of a picture when the edges of letters no longer count."""
    grey = pixels(made)[..., :3].mean(axis=2)
    return grey.reshape(grey.shape[0] // 4, 4, grey.shape[1] // 4, 4).mean(axis=(1, 3))


@pytest.mark.browser
@pytest.mark.parametrize("query", [BARS, "theme=drivers", DOTS, HEAT, CHANGE, SCALE])
def test_the_picture_is_the_one_the_browser_saves(browser, drawing, query):
    from dashboard.images.engine import rasterised

    picture, _ = pictured(query)
    page = browser.new_page()
    page.add_script_tag(
        path=str(ROOT / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js")
    )
    saved = {}
    for kind in ("svg", "png"):
        saved[kind] = page.evaluate(SAVE, [picture.figure, kind])
    page.close()
    theirs = unquote(saved["svg"].partition(",")[2]).encode()
    ours = drawing.render(picture.figure, 1600, 900, format="svg")
    assert lines(ours) == lines(theirs)
    assert drawn_marks(ours) == drawn_marks(theirs)
    assert sum(drawn_marks(ours).values()) > 20

    # Drawn by one program with one typeface, the two differ only where texts are measured differently: by parts of a pixel.
    gap = abs(softened(rasterised(ours.decode())) - softened(rasterised(theirs.decode())))
    assert (gap > 40).mean() < 0.0005
    assert gap.mean() < 0.1
    # The browser's own pixels have the host's typeface and another smoothing of edges: letters differ, nothing else may.
    gap = abs(
        softened(rasterised(ours.decode())) - softened(b64decode(saved["png"].partition(",")[2]))
    )
    assert (gap > 40).mean() < 0.006
    assert gap.mean() < 1.5
