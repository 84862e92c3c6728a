"""Ways from mark to mark that a slide draws under its chart over the years: dashed over an edition without a figure, thick where the
step is larger than chance alone would give. Points (1/72 inch)."""

from __future__ import annotations

from itertools import pairwise

from pptx.enum.dml import MSO_LINE
from pptx.shapes.shapetree import GroupShapes

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.palette import LIGHT
from dashboard.formats.change_labels import Plot
from dashboard.formats.pptx_shapes import rule

WIDE, THICK = 2.25, 4.5


def draw_ways(shapes: GroupShapes, panel: LinePanel, plot: Plot) -> None:
    """Those of all lines of a chart; nothing leads over a break, and the chart itself joins neighbours."""
    for line in panel.lines:
        spots = [
            (plot.across(year), plot.down(value.observation.value)) for year, value in line.values
        ]
        for (start, end), step, clear in zip(pairwise(spots), line.steps, line.clear, strict=True):
            dashed = bool(step and step.skipped)
            if (dashed or clear) and not (step and step.broken):
                look = (THICK if clear else WIDE, MSO_LINE.DASH if dashed else MSO_LINE.SOLID)
                rule(shapes, *start, *end, LIGHT.colour(line.colour), *look)
