"""Panels side by side with aligned rows: the skeleton of bars, dots, answer scales and heat tables.

A band is a line of panels that fit beside each other. On a wide sheet the names of the rows stand once at the left of a
band; on a narrow one each panel has a band of its own and the names stand above the marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, pairwise

from dashboard.figures.column import Column
from dashboard.figures.parts import SMALL, panel_head, row_name
from dashboard.figures.sheet import Sheet
from dashboard.query import Cell, Panel, Row, Section
from dashboard.wording import Words, texts

NARROW = 680
"""Pixels (at scale 1) below which row names move above the marks."""
PANEL_ROOM = 215
"""Pixels (at scale 1) a panel needs."""
GUTTER = 22
HALF_TICK = 18
"""Pixels (at scale 1) that half of the tick label "100%" takes right of its place."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """How a chart fills a cell. ``height`` gives the pixels a cell needs, ``draw`` puts it at (column, top)."""

    height: Callable[[Panel, Cell], float]
    draw: Callable[[Column, Panel, Cell, float], None]
    head: Callable[[Column, Panel, float], None] | None = None
    """Draws the line between a panel's heading and its rows."""
    head_height: float = 0.0
    grid: bool = True
    """Whether percent lines stand behind the marks."""


def bands(
    section: Section, width: float, factor: float, panel_room: float = PANEL_ROOM
) -> list[list[int]]:
    """Indices of the panels of each band, evenly filled."""
    count = len(section.panels)
    if width < NARROW * factor:
        return [[index] for index in range(count)]
    room = width - label_room(width, factor)
    per_band = max(1, min(count, int(room // (panel_room * factor))))
    lines = -(-count // per_band)
    per_band = -(-count // lines)
    return [list(range(start, min(start + per_band, count))) for start in range(0, count, per_band)]


def label_room(width: float, factor: float) -> float:
    """Pixels kept for row names at the left; none on a narrow sheet."""
    return 0.0 if width < NARROW * factor else min(max(width * 0.19, 150 * factor), 260 * factor)


def draw(
    sheet: Sheet,
    y: float,
    section: Section,
    words: Words,
    lanes_of: Callable[[list[Column]], Lanes],
    fit: Callable[[float], float],
    rows: tuple[Row, ...],
) -> float:
    """Draw all bands from ``y`` on and return the y below.

    ``fit`` turns the width of a panel into the pixels that 0 to 100 percent may take, so that every label fits.
    """
    lines = bands(section, sheet.width, sheet.scale.factor)
    names = label_room(sheet.width, sheet.scale.factor)
    columns = _columns(sheet, max(len(line) for line in lines), names, fit)
    lanes = lanes_of(columns)
    for line in lines:
        y = _band(sheet, y, section, words, lanes, columns, line, rows, names)
    return y


def _columns(sheet: Sheet, count: int, names: float, fit: Callable[[float], float]) -> list[Column]:
    gutter = sheet.scale.px(GUTTER)
    room = (sheet.width - names - gutter * (count - 1)) / count
    scale_room = min(max(fit(room), room * 0.3), room - sheet.scale.px(HALF_TICK))
    columns = []
    for index in range(count):
        left = names + index * (room + gutter)
        axis = sheet.x_axis(index, left, left + room, (0, 100 * room / scale_room))
        columns.append(Column(index, left, left + room, axis, left + scale_room))
    return columns


def _band(sheet, y, section, words, lanes, columns, line, rows, names) -> float:
    panels = [section.panels[index] for index in line]
    room = columns[0].right - columns[0].left
    parts = len({panel.part for panel in section.panels}) > 1
    start = y
    if parts:
        y = _part_heads(sheet, y, section, words, columns, panels)
    head = max(panel_head(None, sheet, 0, 0, room, panel, section, words) for panel in panels)
    for column, panel in zip(columns, panels, strict=False):
        sheet.line(column.left, y, column.right, y, sheet.colours.ink)
        panel_head(sheet, sheet, column.left, y + sheet.scale.px(6), room, panel, section, words)
    y += head + sheet.scale.px(10)
    if lanes.head:
        for column, panel in zip(columns, panels, strict=False):
            lanes.head(column, panel, y)
    y += lanes.head_height
    top = y
    y = _rows(sheet, y, section, words, lanes, columns, line, rows, names)
    if parts:
        _part_rules(sheet, start, y, columns, panels)
    if lanes.grid:
        for column, _ in zip(columns, panels, strict=False):
            sheet.uprights([column.at(percent) for percent in (0, 25, 50, 75, 100)], top, y)
    return y + sheet.scale.px(18)


def _rows(sheet, y, section, words, lanes, columns, line, rows, names) -> float:
    """The rows that have a figure in this band; those of one panel only under a heading that says so."""
    panels = [section.panels[index] for index in line]
    alone = len(section.panels) == 1 or not names
    heading: int | None = None
    for row in rows:
        cells = [row.cells[index] for index in line]
        if not any(cell.values for cell in cells):
            continue
        if not alone and row.only_in is not None and row.only_in != heading:
            heading = row.only_in
            y = _only(sheet, y, texts.only_in(words, section.panels[heading].key))
        y = _row(sheet, y, section, words, lanes, columns, panels, row, cells, names)
    return y


def _part_heads(
    sheet: Sheet,
    y: float,
    section: Section,
    words: Words,
    columns: list[Column],
    panels: list[Panel],
) -> float:
    """Over each run of panels that share a base: what their percentages are shares of."""
    below, greys = y, sheet.colours.parts
    for part, members in groupby(zip(columns, panels, strict=False), key=lambda pair: pair[1].part):
        run = list(members)
        facts = section.facts[run[0][1].key]
        bases = dict.fromkeys(
            words.label("base", section.facts[panel.key].base) for _, panel in run
        )
        text = words.t("Shares of {bases}").format(bases=" / ".join(bases))
        if facts.answer == "high":
            text += words.t(", graded answers")
        left, right = run[0][0].left, run[-1][0].right
        sheet.box(left, y, right, y + sheet.scale.px(3), greys[part % len(greys)])
        below = max(
            below,
            sheet.block(
                left, y + sheet.scale.px(6), text, right - left, 11.5, sheet.colours.ink, bold=True
            ),
        )
    return below + sheet.scale.px(5)


def _part_rules(
    sheet: Sheet, top: float, bottom: float, columns: list[Column], panels: list[Panel]
) -> None:
    """A dashed upright between neighbours whose percentages are shares of different things."""
    for (column, panel), (after, other) in pairwise(zip(columns, panels, strict=False)):
        if panel.part != other.part:
            middle = (column.right + after.left) / 2
            sheet.line(middle, top, middle, bottom, sheet.colours.faint, dash="dash")


def _only(sheet: Sheet, y: float, content: str) -> float:
    y += sheet.scale.px(6)
    sheet.text(0, y + sheet.scale.px(10), content, 11.5, sheet.colours.quiet, bold=True)
    return y + sheet.scale.px(22)


def _row(sheet, y, section, words, lanes, columns, panels, row, cells, names) -> float:
    pad = sheet.scale.px(5)
    name, quiet = row_name(words, section, row)
    room = (names or columns[0].right) - sheet.scale.px(12)
    label = sheet.measure(name, room, 12) + (sheet.measure(quiet, room, SMALL) if quiet else 0)
    body = max(lanes.height(panel, cell) for panel, cell in zip(panels, cells, strict=True))
    sheet.line(0, y, columns[len(panels) - 1].right, y)
    if names:
        height = max(label, body) + 2 * pad
        below = sheet.block(0, y + pad, name, room, 12)
    else:
        height = label + body + 2 * pad + sheet.scale.px(2)
        below = sheet.block(0, y + pad, name, room, 12)
    if quiet:
        below = sheet.block(0, below, quiet, room, SMALL, sheet.colours.quiet)
    start = y + pad if names else below + sheet.scale.px(2)
    for column, panel, cell in zip(columns, panels, cells, strict=False):
        lanes.draw(column, panel, cell, start)
    return y + height
