"""The names of rows at the left of a slide."""

from __future__ import annotations

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import GroupShapes, SlideShapes

from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LEADING, Slot
from dashboard.charts.text import balanced
from dashboard.formats.pptx_shapes import Type, paragraph, text_box
from dashboard.formats.slide_layout import (
    BESIDE_NAMES,
    EDGE,
    LEADS,
    LINE_BREAK,
    NAME_SIZE,
    NAMES,
    PADDING,
    QUIET_SIZE,
    SlideRow,
    name_height,
    quiet_lines,
)


def name_of(shapes: GroupShapes, line: SlideRow, y: float, heights: tuple[float, float]) -> None:
    """The name of a row whose slots begin at ``y``; ``heights`` of a slot, and of the white over and under the row."""
    step, half = heights
    if line.lined:
        _lined(shapes, line, y, step)
        return
    tall, slots = name_height(line.name, line.quiet), step * line.height
    # Beside one mark the name stands at its height; over several it begins where they do.
    one = all(sum(slot != Slot() for slot in each) <= 1 for each in line.slots)
    wanted = y + (slots - tall) / 2 if one else y
    start = max(y - half, min(wanted, y + slots + half - tall))
    row_name(shapes, line.name, line.quiet, start, tall)


def _lined(shapes: GroupShapes, line: SlideRow, y: float, step: float) -> None:
    """The name of an indicator in the slots over its first marks, and beside those what each is of."""
    wide = NAMES - BESIDE_NAMES
    if line.lead:
        look = Type(NAME_SIZE, anchor=MSO_ANCHOR.BOTTOM)
        name = LINE_BREAK.join(balanced(line.name, NAME_SIZE, LEADS))
        text_box(shapes, EDGE, y, LEADS, line.lead * step - 1, [name], look)
    asides = line.asides or ((line.lead, line.quiet),)
    ends = [*(at for at, _ in asides[1:]), line.height]
    for (at, text), end in zip(asides, ends, strict=True):
        told, top = quiet_lines(text), y + at * step
        # One line stands level with the mark, several begin where it does.
        middle = top + step / 2 if len(told) == 1 else top + step * (end - at) / 2
        high = len(told) * QUIET_SIZE * LEADING
        look = Type(QUIET_SIZE, LIGHT.quiet, anchor=MSO_ANCHOR.MIDDLE)
        text_box(shapes, EDGE, middle - high / 2, wide, high, [LINE_BREAK.join(told)], look)


def row_name(
    shapes: SlideShapes | GroupShapes,
    name: str,
    quiet: str,
    y: float,
    tall: float,
    *,
    bold: bool = False,
    left: float = EDGE,
) -> None:
    """The name of a row with its quiet line, from ``y`` on."""
    wide = EDGE + NAMES - BESIDE_NAMES - left
    frame = text_box(
        shapes, left, y + PADDING, wide, tall - 2 * PADDING, [name], Type(NAME_SIZE, bold=bold)
    ).text_frame
    if quiet:
        told = LINE_BREAK.join(quiet_lines(quiet, left - EDGE))
        paragraph(frame, [(told, False)], QUIET_SIZE, LIGHT.quiet)
