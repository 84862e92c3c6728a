"""Cells of a heat table on a slide whose figures are over or under something, with the colours that they may have besides, as in the
picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pptx.enum.shapes import MSO_SHAPE
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.util import Pt

from dashboard.charts.heat_cells import BOUNDS, FLAT
from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat, Toned
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import box, group_of, unstyled
from dashboard.query import Value
from dashboard.text import Localizer

_INSET, _LINE = 1.5, 0.75
"""Points from the edge of a cell to its outline, and of that."""
_AROUND, _LEAST = 8.0, 8.0
"""Points around the text beside such colours, and of those at least."""
_STEPS = 11
"""Colours between 0 and 100 percent."""


class Place(NamedTuple):
    """A figure and the cell in which it stands, in points of the slide."""

    value: Value
    x: float
    y: float
    wide: float
    tall: float
    words: float
    """Points of the widest text in the cell."""


def is_bounded(value: Value) -> bool:
    """Whether a figure is over or under something."""
    return value.observation.qualifier in BOUNDS


def is_outlined(value: Value) -> bool:
    """Whether the source says about, over or under."""
    return value.observation.qualifier != "exact"


def beside(wide: float, words: float) -> float:
    """Points of the colours beside a figure in a cell ``wide`` points wide whose widest text has ``words``."""
    room = wide - 2 * _INSET
    return min(room * (1 - FLAT), max(room - words - _AROUND, _LEAST))


def draw_bounds(shapes: SlideShapes, places: Sequence[Place], loc: Localizer) -> None:
    """The outline of each cell of ``places`` and, of a figure that is over or under something, the colours of all that it may be."""
    if not places:
        return
    group = group_of(shapes, loc.t("Over, under: all colours it may have.").removesuffix("."))
    for place in places:
        row = place.value.observation
        ramp = ramps(loc)[row.base]
        left, top = place.x + _INSET, place.y + _INSET
        wide, tall = place.wide - 2 * _INSET, place.tall - 2 * _INSET
        if row.qualifier in BOUNDS:
            room = beside(place.wide, place.words)
            start = left + wide - room if row.qualifier == "over" else left
            at = start, top, room, tall
            _steps(group.shapes, ramp, at, BOUNDS[row.qualifier](row.value))
        colour = LIGHT.colour(Toned(Heat(row.value, ramp)))
        _outline(group.shapes, (left, top, wide, tall), colour)


def _steps(
    shapes: GroupShapes,
    ramp: int,
    place: tuple[float, float, float, float],
    span: tuple[float, float],
) -> None:
    """The colours of a ramp from one percentage to another at ``place``: left, top, width and height."""
    (x, y, wide, tall), (low, high) = place, span
    steps = max(2, round((_STEPS - 1) * (high - low) / 100) + 1)
    for at in range(steps):
        colour = LIGHT.colour(Heat(low + (high - low) * at / (steps - 1), ramp))
        box(shapes, x + at * wide / steps, y, wide / steps, tall, colour)


def _outline(shapes: GroupShapes, place: tuple[float, float, float, float], colour: str) -> None:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, place))
    unstyled(shape)
    shape.fill.background()
    shape.line.color.rgb = rgb(colour)
    shape.line.width = Pt(_LINE)
