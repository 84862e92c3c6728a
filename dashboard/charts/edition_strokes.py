"""The line of a change over editions from figure to figure: thick where a step is clear, dashed over editions without a figure."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.canvas import Canvas
from dashboard.charts.clearance import Spot
from dashboard.charts.drawing import Dash
from dashboard.charts.edition_breaks import STROKE, Breaks, Step
from dashboard.charts.edition_gutter import MARK
from dashboard.charts.roles import Role

CLEAR = 4.5
"""Pixels of a step that is larger than chance alone would give."""


def draw_strokes(
    canvas: Canvas, steps: Sequence[Step], breaks: Breaks, colour: Role, plain: Sequence[bool]
) -> None:
    """The line, whole stretches of one look in one; a break is a gap with two slashes.

    ``plain``: of each figure whether its mark is filled, so that the line reaches its middle.
    """
    run: list[Spot] = []
    look: tuple[float, Dash] = (STROKE, "solid")
    for index, step in enumerate(steps):
        own: tuple[float, Dash] = (CLEAR if step.clear else STROKE, step.dash)
        if run and (step.broken or own != look or not plain[index]):
            canvas.line(run, colour, *look)
            run = []
        look = own
        if step.broken:
            breaks.draw(step, colour, plain[index], plain[index + 1])
        else:
            start, end = step.outside(canvas.px(MARK), plain[index], plain[index + 1])
            run = [*(run or [start]), end]
    if run:
        canvas.line(run, colour, *look)
