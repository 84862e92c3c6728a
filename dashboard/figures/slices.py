"""Where a tall figure may be cut, so that it can be printed on pages without a row falling apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dashboard.figures.sheet import LEADING

APART = 12.0
"""Pixels of empty sheet between two bands of panels."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a figure from ``top`` to ``bottom``, in pixels of its sheet."""

    top: float
    bottom: float


def slices(figure: dict) -> tuple[Slice, ...]:
    """The figure in the smallest parts that read as wholes: cut between bands of panels, and above each row but a band's first.

    ``figure`` is a finished sheet: its y axis counts pixels downwards.
    """
    height = float(figure["layout"]["height"])
    edges = (0.0, *(at for at in _places(figure, height) if 0 < at < height), height)
    return tuple(Slice(top, bottom) for top, bottom in pairwise(edges))


def _places(figure: dict, height: float) -> list[float]:
    """Heights at which nothing is cut through, in order: between bands, and above each row but the first of a band."""
    free = _between(sorted(_filled(figure)), height)
    rows = sorted({shape["y0"] for shape in figure["layout"]["shapes"] if _is_rule(shape)})
    crossed = sorted(_marks(figure))
    whole = [y for y in rows if not any(top < y - 1 and y + 1 < bottom for top, bottom in crossed)]
    starts = [0.0, *free]
    first = {next((y for y in whole if y > start), None) for start in starts}
    return sorted({*free, *(y for y in whole if y not in first)})


def _between(spans: list[tuple[float, float]], height: float) -> list[float]:
    """Middles of the empty stretches of the sheet that part two bands."""
    found, reached = [], None
    for top, bottom in spans:
        if reached is not None and top - reached >= APART and top < height:
            found.append((top + reached) / 2)
        reached = bottom if reached is None else max(reached, bottom)
    return found


def _is_rule(shape: dict) -> bool:
    """Whether a shape is the hairline above a row: level, and from the very left."""
    return (
        shape["type"] == "line"
        and shape["y0"] == shape["y1"]
        and min(shape["x0"], shape["x1"]) <= 0
    )


def _filled(figure: dict) -> Iterator[tuple[float, float]]:
    """(top, bottom) of everything on the sheet, the upright lines of a band included."""
    yield from _marks(figure)
    for shape in figure["layout"]["shapes"]:
        if shape["type"] == "path":
            ys = [
                float(point.partition(",")[2])
                for point in shape["path"].replace("L", "M").split("M")
                if point
            ]
            yield min(ys), max(ys)
        else:
            yield min(shape["y0"], shape["y1"]), max(shape["y0"], shape["y1"])


def _marks(figure: dict) -> Iterator[tuple[float, float]]:
    """(top, bottom) of texts, boxes and marks."""
    layout = figure["layout"]
    for text in layout["annotations"]:
        half = text["font"]["size"] * LEADING / 2
        yield text["y"] - half, text["y"] + half
    for shape in layout["shapes"]:
        if shape["type"] == "rect":
            yield shape["y0"], shape["y1"]
    for trace in figure["data"]:
        ys = [y for y in trace["y"] if y is not None]
        half = _half(trace)
        if "lines" in trace.get("mode", ""):
            yield min(ys) - half, max(ys) + half
        else:
            yield from ((y - half, y + half) for y in ys)


def _half(trace: dict) -> float:
    """Half of what a mark takes upwards and downwards together."""
    if trace["type"] == "bar":
        return trace["width"] / 2
    font = trace.get("textfont", {}).get("size", 0) if "text" in trace.get("mode", "") else 0
    size = trace.get("marker", {}).get("size", 0) if "markers" in trace.get("mode", "") else 0
    return max(font * LEADING, size if isinstance(size, int | float) else max(size)) / 2
