"""Figure -> PNG or SVG, without a browser, and what such a picture says of itself."""

from dashboard.images.cache import Pictures, digest, software
from dashboard.images.notes import Notes, notes
from dashboard.images.picture import FORMATS, GROUNDS, SCALES, SIZES, finish, picture
from dashboard.images.png import HEAD, BrokenPicture, ForeignPicture, chunks, read
from dashboard.images.renderer import MAX_PIXELS, Busy, Failed, Renderer, TooLarge, TooSlow

__all__ = [
    "FORMATS",
    "GROUNDS",
    "HEAD",
    "MAX_PIXELS",
    "SCALES",
    "SIZES",
    "BrokenPicture",
    "Busy",
    "Failed",
    "ForeignPicture",
    "Notes",
    "Pictures",
    "Renderer",
    "TooLarge",
    "TooSlow",
    "chunks",
    "digest",
    "finish",
    "notes",
    "picture",
    "read",
    "software",
]
