"""The typeface of the pictures: Arimo, which shares its metrics with Arial and Helvetica, brought along as a package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import fontpkg_arimo
from PIL import ImageFont

FAMILY = fontpkg_arimo.FAMILY
FILES = tuple(str(file) for file in sorted(Path(fontpkg_arimo.ROOT, "files").glob("*.ttf")))
"""The upright and the slanted face, both from regular to bold."""
ASCENT, DESCENT = 0.905, 0.212
"""Line height over font size, as in Arial."""
REGULAR, BOLD = 400, 700
_UNITS = 2048
_CHARACTERS = (
    range(0x20, 0x250),
    range(0x370, 0x530),
    range(0x2000, 0x2070),
    range(0x20A0, 0x20C0),
    range(0x2100, 0x2600),
)


@cache
def advances(weight: int) -> dict[str, int]:
    """Width of each character the site may print, in thousandths of the font size."""
    (upright,) = (file for file in FILES if "Italic" not in file)
    font = ImageFont.truetype(upright, _UNITS, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    characters = (chr(code) for codes in _CHARACTERS for code in codes)
    return {character: round(font.getlength(character) * 1000 / _UNITS) for character in characters}
