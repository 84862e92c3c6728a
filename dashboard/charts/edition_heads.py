"""Name and unit over a panel of a change over editions, or over a group of panels."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.charts.canvas import Canvas
from dashboard.charts.edition_gutter import TYPE
from dashboard.charts.labels import NAME
from dashboard.charts.roles import INK, QUIET, Role

Head = tuple[str, str]
"""A name and a unit, each blank where there is none."""
GROUP = NAME + 2
"""Pixels (at scale 1) of the type of the name of a group."""


def head_height(canvas: Canvas, head: Head, room: float) -> float:
    """Pixels that the head of a panel is high where it is ``room`` pixels wide."""
    return sum(canvas.measure(text, room, size, bold) for text, size, bold, _ in _parts(head, NAME))


def write_head(
    canvas: Canvas, head: Head, left: float, y: float, room: float, size: float = NAME
) -> float:
    """Name, in type of ``size``, and unit, one below the other; returns the y below."""
    for text, type_size, bold, colour in _parts(head, size):
        y = canvas.block(left, y, text, room, type_size, colour, bold)
    return y


def _parts(head: Head, size: float) -> Iterator[tuple[str, float, bool, Role]]:
    """(text, size, whether bold, colour) of the name and the unit under it."""
    name, unit = head
    if name:
        yield name, size, True, INK
    if unit:
        yield unit, TYPE, False, QUIET
