"""Pictures of views as the tests ask for them, and what is seen of a finished one."""

from __future__ import annotations

import io
import struct

import numpy as np
from PIL import Image

from dashboard import charts, render
from dashboard.charts import Picture
from dashboard.charts.drawing import Drawing, Run, Text
from dashboard.charts.roles import INK
from dashboard.query import view
from dashboard.render import Notes, Renderer
from dashboard.render.helper import Helper
from dashboard.selection import parse, search
from tests.support import views

SITE = "https://barometer.example/"
BARS, DOTS = "theme=drivers&country=DK~SE", "theme=conditions&country=SE&split=group&view=dots"
HEAT, CHANGE, SCALE = (
    "theme=effects&view=heat",
    "theme=collaboration&country=DK&view=change",
    "theme=diffusion&view=scale",
)


def pictured(query: str, size: str = "slide") -> tuple[Picture, Notes]:
    """The picture of an address's first section, and its notes."""
    parsed = parse(query, views.vocabulary())
    shown = view(views.index(), parsed.selection)
    link = search(parsed.selection, views.vocabulary())
    drawn = charts.picture(shown, shown.sections[0], views.loc(), SITE + link, size)
    return drawn, render.notes(shown, views.loc(), drawn, SITE + link, link.removeprefix("?"))


def small(text: str = "", bold: bool = False, width: int = 300, height: int = 100) -> Drawing:
    """A drawing that is printed at once."""
    text_in_middle = Text(width / 2, height / 2, "center", 12, INK, (Run(text, bold),))
    return Drawing(width, height, 12, texts=(text_in_middle,) if text else ())


def pixels(made: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(made)) as opened:
        return np.asarray(opened.convert("RGBA")).astype(int)


def foreign() -> bytes:
    """A picture that somebody else made."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def size_of(made: bytes) -> tuple[int, int]:
    """Width and height that a PNG says it has."""
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack_from(">II", made, 16)


def helper_of(held: Renderer) -> Helper:
    """The helper that drew last and is idle now."""
    helper = held._idle.get()
    held._idle.put(helper)
    return helper
