"""View -> Drawing: everything that is seen of a chart, in pixels and roles of colour, known to no drawing library."""

from dashboard.charts.fit import NARROWEST, SCREEN, USUAL, WIDEST, Picture, drawing, picture
from dashboard.charts.registry import chart, every
from dashboard.charts.sheet import SHEETS, SLIDE

__all__ = [
    "NARROWEST",
    "SCREEN",
    "SHEETS",
    "SLIDE",
    "USUAL",
    "WIDEST",
    "Picture",
    "chart",
    "drawing",
    "every",
    "picture",
]
