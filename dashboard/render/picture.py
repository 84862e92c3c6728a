"""The sizes and grounds of pictures on offer, and a laid out picture as a finished file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard import charts
from dashboard.charts import Picture
from dashboard.render import png, svg_notes
from dashboard.render.notes import Notes
from dashboard.render.renderer import PictureFormat, Renderer
from dashboard.render.turns import always

SIZES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {name: (sheet.width, sheet.height) for name, sheet in charts.SHEETS.items()}
)
"""Name -> width in CSS pixels, and height or the least of a picture that may be taller."""
SCALES = (1, 2, 3, 4)
GROUNDS = ("white", "transparent", "dark")


def finish(
    renderer: Renderer,
    drawn: Picture,
    about: Notes,
    scale: int = 1,
    format: PictureFormat = "png",  # noqa: A002
    ground: str = "white",
    go_on: Callable[[], None] = always,
) -> bytes:
    """The file: drawn, with its notes inside. Raises what ``Renderer.render`` raises."""
    made = renderer.render(drawn.drawing, scale, format, ground, go_on)
    if format == "png":
        return png.write(made, about, scale * drawn.density)
    return svg_notes.write(made, about)
