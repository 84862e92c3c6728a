"""Pictures made on the server: the same bytes every time, text without the host's fonts, and what the browser draws."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
import pytest

from dashboard import render
from dashboard.render import Renderer, plotly
from dashboard.text import texts
from tests.support import views
from tests.support.pictured import BARS, CHANGE, DOTS, HEAT, SCALE, pictured, pixels, size_of, small

ROOT = Path(__file__).resolve().parent.parent
SAVE = """figure => Plotly.toImage(
    {data: figure.data, layout: figure.layout, config: {staticPlot: true}}, {format: 'png', width: 1600, height: 900})"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing() -> Iterator[Renderer]:
    """One renderer for all tests of this file."""
    made = Renderer(timeout=120)
    yield made
    made.close()


def lines(svg: bytes) -> list[str]:
    """The texts an SVG draws, with every space as one ordinary space."""
    texts = Xml.fromstring(svg).iter(f"{SVG}text")  # noqa: S314
    return [" ".join("".join(text.itertext()).split()) for text in texts]


# Drawing


def test_the_same_figure_gives_the_same_bytes_whatever_was_drawn_before(drawing):
    first, others = (
        pictured(BARS)[0],
        [pictured(query, size)[0] for query in (DOTS, HEAT) for size in ("og", "wide")],
    )
    fresh = Renderer(helpers=1, timeout=120)
    for kind in ("svg", "png"):
        alone = fresh.render(first.drawing, format=kind)
        for other in others:
            drawing.render(other.drawing, format="svg")
        assert drawing.render(first.drawing, format=kind) == alone
    fresh.close()


@pytest.mark.parametrize("size", render.SIZES)
def test_a_file_is_as_large_as_its_size_and_scale(drawing, size):
    picture, about = pictured(BARS, size)
    doubled = 2 * picture.drawing.width, 2 * picture.drawing.height
    assert size_of(render.finish(drawing, picture, about, scale=2)) == doubled


@pytest.mark.parametrize("scale", render.SCALES)
def test_a_scale_enlarges_the_drawing_and_not_its_pixels(drawing, scale):
    made = drawing.render(small("sharp"), scale)
    assert size_of(made) == (300 * scale, 100 * scale)
    grey = pixels(made)[..., 0]
    edges = ((grey > 60) & (grey < 215)).sum()
    assert edges / (grey < 215).sum() < {1: 0.9, 2: 0.7, 3: 0.55, 4: 0.45}[scale]


def test_the_ground_is_white_nothing_or_dark(drawing):
    grounds = ("white", "transparent", "dark")
    assert grounds == render.GROUNDS
    opaque, clear, dark = (pixels(drawing.render(small("x"), ground=each)) for each in grounds)
    assert dark[0, 0].tolist() == [0x14, 0x18, 0x1F, 255]
    assert opaque[0, 0].tolist() == [255, 255, 255, 255]
    assert clear[0, 0, 3] == 0
    assert (clear[..., 3] > 200).any()


def test_text_is_drawn_and_bold_is_bolder(drawing):
    plain, bold, none = (
        pixels(drawing.render(each))[..., 0]
        for each in (small("Måling ≤ †"), small("Måling ≤ †", bold=True), small(""))
    )
    assert (none == 255).all()
    assert (bold < 128).sum() > 1.2 * (plain < 128).sum() > 0


def test_every_letter_of_the_site_has_a_shape(drawing):
    unknown = drawing.render(small("\u2fff"))
    for letter in "æøåäöéðþÆØÅÄÖÐÞ≤≥≈–—…“”‘’·†%":
        assert drawing.render(small(letter)) != unknown, letter


def test_a_host_without_fonts_draws_the_same_picture(drawing, tmp_path):
    empty = tmp_path / "fonts.conf"
    empty.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>',
        encoding="utf-8",
    )
    code = (
        "import sys; from dashboard.render import Renderer; from tests.support.pictured import small; "
        "sys.stdout.buffer.write(Renderer(timeout=120).render(small('Måling 46%')))"
    )
    clean = {
        "FONTCONFIG_FILE": str(empty),
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
    }
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, check=True
    ).stdout
    assert made == drawing.render(small("Måling 46%"))


def test_the_svg_holds_what_the_reader_needs(drawing):
    picture, about = pictured(BARS)
    made = render.finish(drawing, picture, about, format="svg")
    loc = views.loc()
    text = " ".join(lines(made))
    for part in (
        about.title,
        "Sources: ",
        about.address.partition("://")[2],
        f"data release {about.release}",
        loc.t(texts.PRODUCT),
    ):
        assert part in text
    root = Xml.fromstring(made)  # noqa: S314
    assert root.find(f"{SVG}title").text == about.title
    assert root.find(f"{SVG}desc").text == about.description
    assert (root.get("width"), root.get("viewBox")) == ("1600", "0 0 1600 900")
    metadata = {
        element.tag.rpartition("}")[2]: element.text
        for element in root.find(f"{SVG}metadata").iter()
    }
    assert metadata["identifier"] == about.address
    assert metadata["selection"] == about.selection
    assert json.loads(metadata["figures"]) == about.records


# Against the browser


def softened(made: bytes) -> np.ndarray:
    """Mean of each square of 4 x 4 pixels, 0-255: what stays of a picture when the edges of letters no longer count."""
    colours = pixels(made)[..., :3]
    return colours.reshape(colours.shape[0] // 4, 4, colours.shape[1] // 4, 4, 3).mean(axis=(1, 3))


@pytest.mark.browser
@pytest.mark.parametrize("query", ["theme=drivers", DOTS, HEAT, CHANGE, SCALE])
def test_the_picture_is_the_one_the_browser_saves(browser, drawing, query):
    shown = pictured(query)[0].drawing
    page = browser.new_page()
    page.add_script_tag(
        path=str(ROOT / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js")
    )
    saved = b64decode(page.evaluate(SAVE, plotly.figure(shown)).partition(",")[2])
    page.close()
    # The browser has the host's typeface, plotly.js its own places for letters: nothing else may differ.
    gap = abs(softened(drawing.render(shown)) - softened(saved))
    assert gap.mean() < 2
    assert (gap.max(axis=2) > 60).mean() < 0.004
