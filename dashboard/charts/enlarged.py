"""A drawing for a reader whose browser writes larger than usual: everything of it grows alike, but for hairlines."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.drawing import (
    Band,
    Bar,
    Box,
    Drawing,
    Line,
    Mark,
    PanelArea,
    Point,
    RowArea,
    Rule,
    Text,
    Tile,
)


def enlarged(drawing: Drawing, scale: float) -> Drawing:
    """The drawing ``scale`` times as large; the same one where that is 1."""
    if scale == 1:
        return drawing
    return replace(
        drawing,
        width=round(drawing.width * scale),
        height=round(drawing.height * scale),
        font_size=drawing.font_size * scale,
        panels=tuple(_panel(each, scale) for each in drawing.panels),
        bands=tuple(_band(each, scale) for each in drawing.bands),
        boxes=tuple(_box(each, scale) for each in drawing.boxes),
        rules=tuple(_rule(each, scale) for each in drawing.rules),
        marks=tuple(_mark(each, scale) for each in drawing.marks),
        lines=tuple(_line(each, scale) for each in drawing.lines),
        texts=tuple(_text(each, scale) for each in drawing.texts),
    )


def _panel(area: PanelArea, scale: float) -> PanelArea:
    edges = (area.left, area.top, area.right, area.bottom, area.zero, area.hundred)
    return PanelArea(*(edge * scale for edge in edges))


def _band(band: Band, scale: float) -> Band:
    rows = (RowArea(row.top * scale, row.bottom * scale, row.panels) for row in band.rows)
    return Band(band.top * scale, band.bottom * scale, tuple(rows), band.in_blocks)


def _box(box: Box, scale: float) -> Box:
    return replace(
        box,
        left=box.left * scale,
        top=box.top * scale,
        right=box.right * scale,
        bottom=box.bottom * scale,
    )


def _rule(rule: Rule, scale: float) -> Rule:
    return replace(
        rule, x0=rule.x0 * scale, y0=rule.y0 * scale, x1=rule.x1 * scale, y1=rule.y1 * scale
    )


def _mark(mark: Mark, scale: float) -> Mark:
    return replace(mark, x=mark.x * scale, y=mark.y * scale, shape=_shape(mark.shape, scale))


def _shape(shape: Bar | Point | Tile, scale: float) -> Bar | Point | Tile:
    if isinstance(shape, Tile):
        return Tile(_box(shape.box, scale))
    if isinstance(shape, Point):
        return replace(shape, size=shape.size * scale, edge_width=shape.edge_width * scale)
    return replace(
        shape,
        left=shape.left * scale,
        right=shape.right * scale,
        thickness=shape.thickness * scale,
        edge_width=shape.edge_width * scale,
        hatch=shape.hatch and replace(shape.hatch, size=shape.hatch.size * scale),
    )


def _line(line: Line, scale: float) -> Line:
    points = tuple((x * scale, y * scale) for x, y in line.points)
    return replace(line, points=points, width=line.width * scale)


def _text(text: Text, scale: float) -> Text:
    return replace(
        text,
        x=text.x * scale,
        y=text.y * scale,
        size=text.size * scale,
        runs=tuple(replace(run, size=run.size * scale) for run in text.runs),
    )
