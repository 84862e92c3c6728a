"""Cells of a heat table on a slide whose figures are over or under something: bare, with the colours that they may have along the
foot, as in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pptx.enum.shapes import MSO_SHAPE
from pptx.shapes.shapetree import GroupShapes, SlideShapes
from pptx.util import Pt

from dashboard.charts.heat_cells import BOUNDS
from dashboard.charts.palette import LIGHT
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import Heat, Toned
from dashboard.formats.pptx_charts import rgb
from dashboard.formats.pptx_shapes import box, group_of, unstyled
from dashboard.query import Value
from dashboard.text import Localizer

BAND = 4.0
"""Points of the colours along the foot of a cell."""
_INSET, _LINE = 1.5, 0.75
"""Points from the edge of a cell to its outline, and of that."""
_STEPS = 11
"""Colours between 0 and 100 percent."""


class Place(NamedTuple):
    """A figure and the cell in which it stands, in points of the slide."""

    value: Value
    x: float
    y: float
    wide: float
    tall: float


def is_bounded(value: Value) -> bool:
    """Whether a figure is over or under something."""
    return value.observation.qualifier in BOUNDS


def is_outlined(value: Value) -> bool:
    """Whether the source says about, over or under."""
    return value.observation.qualifier != "exact"


def draw_bounds(shapes: SlideShapes, places: Sequence[Place], loc: Localizer) -> None:
    """The outline of each cell of ``places`` and, of a figure that is over or under something, the colours of all that it may be."""
    if not places:
        return
    group = group_of(shapes, loc.t("Band of colours: all it may be.").removesuffix("."))
    for place in places:
        row = place.value.observation
        ramp = ramps(loc)[row.base]
        left, top = place.x + _INSET, place.y + _INSET
        wide, tall = place.wide - 2 * _INSET, place.tall - 2 * _INSET
        if row.qualifier in BOUNDS:
            foot = top + tall - BAND
            _band(group.shapes, ramp, (left, foot, wide), BOUNDS[row.qualifier](row.value))
        colour = LIGHT.colour(Toned(Heat(row.value, ramp)))
        _outline(group.shapes, (left, top, wide, tall), colour)


def _band(
    shapes: GroupShapes, ramp: int, place: tuple[float, float, float], span: tuple[float, float]
) -> None:
    """The colours of a ramp from one percentage to another at ``place``: left, top and width."""
    (x, y, wide), (low, high) = place, span
    steps = max(2, round((_STEPS - 1) * (high - low) / 100) + 1)
    for at in range(steps):
        colour = LIGHT.colour(Heat(low + (high - low) * at / (steps - 1), ramp))
        box(shapes, x + at * wide / steps, y, wide / steps, BAND, colour)


def _outline(shapes: GroupShapes, place: tuple[float, float, float, float], colour: str) -> None:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, place))
    unstyled(shape)
    shape.fill.background()
    shape.line.color.rgb = rgb(colour)
    shape.line.width = Pt(_LINE)
