"""View -> Drawing: everything that is seen of a chart, in pixels and roles of colour, known to no drawing library."""

from dashboard.charts.chart import least_of
from dashboard.charts.context import Scale
from dashboard.charts.drawing import Drawing
from dashboard.charts.fit import (
    NARROWEST,
    SCREEN,
    USUAL,
    WIDEST,
    Picture,
    drawing,
    picture,
)
from dashboard.charts.registry import chart, chart_of, every
from dashboard.charts.shared_scale import common_scale
from dashboard.charts.sheet import SHEETS, SLIDE

__all__ = [
    "NARROWEST",
    "SCREEN",
    "SHEETS",
    "SLIDE",
    "USUAL",
    "WIDEST",
    "Drawing",
    "Picture",
    "Scale",
    "chart",
    "chart_of",
    "common_scale",
    "drawing",
    "every",
    "least_of",
    "picture",
]
