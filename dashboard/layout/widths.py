"""Widths for which charts are laid out: the first response holds one of each, the app stretches the same to its window."""

from __future__ import annotations

WIDTHS = (288.0, 328.0, 600.0, 816.0, 1200.0)
"""CSS pixels, multiples of the step in which the browser tells its width; the style sheet shows the widest that fits."""


def laid_out(width: float) -> float:
    """The width for which a chart is laid out that is drawn ``width`` pixels wide: never wider."""
    return max((each for each in WIDTHS if each <= width), default=width)
