"""Widths for which charts are laid out: the first response holds one of each, the app stretches the same to its window."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts import palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.palette import DARK
from dashboard.render.svg import fluid

WIDTHS = (288.0, 328.0, 600.0, 816.0, 1200.0)
"""CSS pixels where letters have their usual size, multiples of the step in which the browser tells its width; the style sheet shows
the widest that fits."""


def laid_out(width: float) -> float:
    """The width for which a chart is laid out that is drawn ``width`` pixels wide: never wider."""
    return max((each for each in WIDTHS if each <= width), default=width)


def in_each(drawings: Mapping[float, Drawing], label: str, colour_scheme: str, name: str) -> str:
    """A chart as HTML, its drawing for each width as SVG; ``label`` is what a screen reader says, ``name`` begins all ids.

    In the colour scheme of the address, else (blank) in both, of which the reader's system takes one.
    """
    light, dark = palette.of(colour_scheme == "dark"), None if colour_scheme else DARK
    return "".join(
        f'<div class="drawn w{width:g}">{fluid(drawing, label, light, dark, f"{name}-{width:g}")}</div>'
        for width, drawing in drawings.items()
    )
