"""The ramp of a heat table: its colours in steps between 0 and 100 percent."""

from __future__ import annotations

from dashboard.charts.canvas import INSET, LEADING
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Box
from dashboard.charts.labels import NOTE
from dashboard.charts.roles import FAINT, GROUND, QUIET, RAMPS, Heat

RAMP, STEPS = 120, 11
"""Pixels (at scale 1) of a ramp, and the colours of which it is made, that of 50 percent in the middle."""
APART = 4
"""Pixels (at scale 1) between a ramp and the names of its ends."""


def wide(context: ChartContext) -> float:
    """Pixels of a ramp between its ends."""
    canvas, loc = context.canvas, context.loc
    ends = sum(canvas.text_width(loc.percent(percent), NOTE) for percent in (0, 100))
    return canvas.px(RAMP) + ends + 2 * canvas.px(APART)


def draw(context: ChartContext, ramp: int, x: float, room: float, y: float) -> float:
    """A ramp between 0 and 100 percent in one line of at most ``room`` pixels; returns the y below."""
    canvas, loc = context.canvas, context.loc
    step, tall, apart = map(canvas.px, (NOTE * LEADING, 10, APART))
    low, high = loc.percent(0), loc.percent(100)
    left = x + canvas.text_width(low, NOTE) + apart + INSET
    right = x + min(room, wide(context)) - canvas.text_width(high, NOTE) - apart - INSET
    canvas.text(x, y + step / 2, low, NOTE, QUIET)
    if ramp < RAMPS:
        top = y + (step - tall) / 2
        _ramp(context, ramp, Box(left, top, right, top + tall, GROUND, FAINT))
    canvas.text(right + apart, y + step / 2, high, NOTE, QUIET)
    return y + step


def _ramp(context: ChartContext, ramp: int, frame: Box) -> None:
    """The colours of a ramp in steps, from 0 to 100 percent, in a frame."""
    canvas = context.canvas
    canvas.box(frame.left, frame.top, frame.right, frame.bottom, frame.fill, frame.outline)
    inside = Box(frame.left + 1, frame.top + 1, frame.right - 1, frame.bottom - 1, frame.fill)
    colours(context, ramp, inside, 0.0, 100.0)


def colours(context: ChartContext, ramp: int, box: Box, low: float, high: float) -> None:
    """The colours of a ramp from ``low`` to ``high`` percent in steps that fill a box."""
    steps = max(2, round((STEPS - 1) * (high - low) / 100) + 1)
    wide = (box.right - box.left) / steps
    for at in range(steps):
        x = box.left + at * wide
        percent = low + (high - low) * at / (steps - 1)
        context.canvas.box(x, box.top, x + wide, box.bottom, Heat(percent, ramp))
