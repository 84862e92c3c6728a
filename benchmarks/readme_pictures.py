"""The pictures of README.md, taken of the site as it is: ``make pictures``."""

from __future__ import annotations

import io
import os
import tempfile
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.support import chromium
from tests.support.server import started

DOCS = Path(__file__).resolve().parent.parent / "docs"
SLIDE = "concept=innovative_workplaces&view=compare&lang=en"
WIDE, HIGH = 1280, 800
COLOURS = 128
"""Of a picture: enough for text and marks, and half of the bytes."""


def _saved(png: bytes, name: str, width: int) -> None:
    """Keep a picture ``width`` pixels wide."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    high = round(picture.height * width / picture.width)
    resized = picture.resize((width, high), Image.Resampling.LANCZOS)
    small = resized.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(DOCS / name, optimize=True)


def main() -> None:
    """Serve the site, look at its home, ask for a slide."""
    os.environ["BAROMETER_URL"] = "https://barometer.example"
    with tempfile.TemporaryDirectory() as folder, started(Path(folder) / "log") as (address, _):
        with urllib.request.urlopen(f"{address}/chart.png?{SLIDE}") as slide:  # noqa: S310
            _saved(slide.read(), "slide.png", 960)
        with sync_playwright() as tools:
            browser = tools.chromium.launch(
                executable_path=chromium.find(), args=list(chromium.FLAGS)
            )
            page = browser.new_page(
                viewport={"width": WIDE, "height": HIGH}, locale="en-GB", device_scale_factor=2
            )
            page.goto(address)
            page.wait_for_selector("body:not(.prerendered) #content .main-svg")
            _saved(page.screenshot(), "home.png", WIDE)
            browser.close()


if __name__ == "__main__":
    main()
