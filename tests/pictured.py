"""Pictures of views as the tests ask for them, and what is seen of a finished one."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from dashboard import images
from dashboard.figures import Picture
from dashboard.figures.text import FAMILY
from dashboard.images import Notes
from dashboard.query import view
from dashboard.selection import parse, search
from tests import views

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
    shown = view(views.prepared(), parsed.selection)
    link = search(parsed.selection, views.vocabulary())
    drawn = images.picture(shown, shown.sections[0], views.words(), SITE + link, size)
    return drawn, images.notes(shown, views.words(), drawn, SITE + link, link.removeprefix("?"))


def small(text: str = "", **layout: object) -> dict:
    """A figure that is drawn at once."""
    note = {
        "x": 0.5,
        "y": 50,
        "xref": "paper",
        "yref": "y",
        "xanchor": "center",
        "yanchor": "middle",
        "text": text,
        "showarrow": False,
        "font": {"family": FAMILY, "color": "#000000", "size": 12},
    }
    shown = {
        "annotations": [note] if text else [],
        "margin": dict.fromkeys("lrtb", 0),
        "yaxis": {"range": [100, 0]},
        "paper_bgcolor": "#ffffff",
    }
    return {"data": [], "layout": {"width": 300, "height": 100, **shown, **layout}}


def pixels(made: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(made)) as opened:
        return np.asarray(opened.convert("RGBA")).astype(int)
