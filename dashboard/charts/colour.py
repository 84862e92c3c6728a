"""Reckoning with colours, each written as #rrggbb: mixing, contrast, and distance for readers of any colour vision."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

READ = 4.5
"""WCAG contrast that text needs on what lies under it."""
SEEN = 3.0
"""WCAG contrast that a mark needs against the ground."""
_VISIONS = np.array(
    [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ]
)
"""Full vision, protan, deutan and tritan on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1."""
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
"""OKLab: Ottosson 2020."""
Seen = npt.NDArray[np.float64]
"""Colours as they are seen: for each colour and each vision lightness and two axes of OKLab."""


def mixed(first: str, second: str, share: float) -> str:
    """``share`` of the first colour mixed with the second, both #rrggbb."""
    pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def evenly(colours: Sequence[str]) -> tuple[tuple[float, str], ...]:
    """A ramp as (share, colour), from 0 to 1, on which equal shares are equal steps of lightness (CIELAB)."""
    light = [_lightness(name) for name in colours]
    apart = light[-1] - light[0]
    return tuple(
        ((each - light[0]) / apart, name) for each, name in zip(light, colours, strict=True)
    )


def _lightness(name: str) -> float:
    """L* of CIELAB, 0 to 100."""
    shown = _luminance(name)
    return 116 * float(np.cbrt(shown)) - 16 if shown > 216 / 24389 else shown * 24389 / 27


def _luminance(name: str) -> float:
    red, green, blue = _linear(name)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(name: str) -> list[float]:
    channels = [int(name[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen(colours: Sequence[str]) -> Seen:
    """Colours as readers of each vision see them; shape (colours, visions, 3)."""
    linear = np.array([_linear(name) for name in colours]).reshape(-1, 1, 3)
    as_seen = np.einsum("vij,cnj->cvi", _VISIONS, linear).clip(0, 1)
    lab: Seen = np.cbrt(as_seen @ _TO_LMS.T) @ _TO_LAB.T
    return lab


def distances(first: Seen, second: Seen) -> npt.NDArray[np.float64]:
    """Distance in OKLab of each first from each second colour, for whom they are closest; shape (first, second).

    A just noticeable difference is about 0.02.
    """
    of_vision = np.linalg.norm(first[:, None] - second[None], axis=-1)
    apart: npt.NDArray[np.float64] = of_vision.min(axis=-1, initial=np.inf)
    return apart
