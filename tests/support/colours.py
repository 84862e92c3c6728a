"""How readers of each colour vision see colours, worked out apart from the dashboard."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from dashboard.charts.palette import DARK, LIGHT

PALETTES = {"light": LIGHT, "dark": DARK}
APART = 0.08
"""Distance in OKLab; about four just noticeable differences."""
VISIONS = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB."""


def linear(name: str) -> tuple[float, ...]:
    """Linear RGB of #rrggbb."""
    channels = (int(name[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio."""
    light = [_luminance(name) for name in (first, second)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lightness(name: str) -> float:
    """L* of CIELAB, 0 to 100."""
    shown = _luminance(name)
    return 116 * shown ** (1 / 3) - 16 if shown > 0.008856 else 903.3 * shown


def _luminance(name: str) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(name), strict=True))


def oklab(name: str, vision: str) -> tuple[float, ...]:
    """OKLab (Ottosson 2020) of a colour as a reader sees it."""
    seen = [
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear(name), strict=True))))
        for row in VISIONS[vision]
    ]
    to_lms = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    lms = [sum(m * c for m, c in zip(row, seen, strict=True)) ** (1 / 3) for row in to_lms]
    return tuple(sum(m * c for m, c in zip(row, lms, strict=True)) for row in to_lab)


def distance(first: str, second: str, vision: str) -> float:
    """Euclidean distance in OKLab."""
    pairs = zip(oklab(first, vision), oklab(second, vision), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def near(colours: Iterable[str], vision: str, apart: float) -> dict[tuple[str, str], float]:
    """Pairs of colours that a reader could confuse, with their distance."""
    distances = {pair: round(distance(*pair, vision), 3) for pair in combinations(colours, 2)}
    return {pair: each for pair, each in distances.items() if each < apart}
