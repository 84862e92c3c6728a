"""View -> Drawing: everything that is seen of a chart, in pixels and roles of colour, known to no drawing library."""

from dashboard.charts.fit import SLIDE, Picture, as_on_screen, drawing, picture
from dashboard.charts.registry import chart, every

__all__ = [
    "SLIDE",
    "Picture",
    "as_on_screen",
    "chart",
    "drawing",
    "every",
    "picture",
]
