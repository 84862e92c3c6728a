"""Figure -> PNG or SVG, without a browser, and what such a picture says of itself."""

from dashboard.render.cache import GivenUp, Kept, digest, software
from dashboard.render.notes import Notes, notes
from dashboard.render.picture import GROUNDS, SCALES, SIZES, finish
from dashboard.render.png import HEAD, BrokenPicture, ForeignPicture, chunks, read
from dashboard.render.renderer import (
    MAX_PIXELS,
    Failed,
    PictureFormat,
    Renderer,
    TooLarge,
)
from dashboard.render.turns import Busy, TooSlow, Turns

__all__ = [
    "GROUNDS",
    "HEAD",
    "MAX_PIXELS",
    "SCALES",
    "SIZES",
    "BrokenPicture",
    "Busy",
    "Failed",
    "ForeignPicture",
    "GivenUp",
    "Kept",
    "Notes",
    "PictureFormat",
    "Renderer",
    "TooLarge",
    "TooSlow",
    "Turns",
    "chunks",
    "digest",
    "finish",
    "notes",
    "read",
    "software",
]
