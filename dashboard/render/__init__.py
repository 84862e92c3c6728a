"""Figure -> PNG or SVG, without a browser, and what such a picture says of itself."""

from dashboard.render.cache import Kept, digest, software
from dashboard.render.notes import Notes, notes
from dashboard.render.picture import GROUNDS, SCALES, SIZES, finish
from dashboard.render.png import HEAD, BrokenPicture, ForeignPicture, chunks, read
from dashboard.render.renderer import (
    MAX_PIXELS,
    Busy,
    Failed,
    PictureFormat,
    Renderer,
    TooLarge,
    TooSlow,
)

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
    "Kept",
    "Notes",
    "PictureFormat",
    "Renderer",
    "TooLarge",
    "TooSlow",
    "chunks",
    "digest",
    "finish",
    "notes",
    "read",
    "software",
]
