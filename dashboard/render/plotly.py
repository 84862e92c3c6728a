"""A drawing as a Plotly figure, for the page: plain lists, texts and numbers, ready for JSON.

The whole drawing is one plot area without margins whose axes count pixels, so that nothing depends on how Plotly lays out.
Traces are few, since each costs the browser time: one for the bars or dots of a series, one for all texts. Rules and boxes of one
style are one shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import NotRequired, TypedDict

from dashboard.charts.drawing import Bar, Box, Drawing, Line, Mark, Point, Rule, Run, Text, Tile
from dashboard.charts.palette import LIGHT, Palette
from dashboard.charts.roles import FAINT, GROUND, INK, RAISED, Role
from dashboard.charts.text import FAMILY
from dashboard.render.keyboard import reading_order
from dashboard.render.shapes import MIDDLE, by_style

CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": False,
    "scrollZoom": False,
    "doubleClick": False,
    "displayModeBar": False,
}
"""One configuration for every graph: nothing is sent anywhere, and pictures are taken from the menu below a chart."""
CLEAR = "rgba(0,0,0,0)"
_HOVER = 64
"""Letters in a line of what a pointer brings up."""
_FOLD = "<br >"
_TEXT_MIDDLE = 0.25
"""Share of the font size by which Plotly puts the foot of a point's text below its middle."""
_TILE = 22
"""Pixels around the middle of a tile in which a pointer finds it."""
_PATTERNS = {"stripes": "/", "dots": "."}


class Trace(TypedDict):
    """A trace, as far as drawings need it; places in pixels."""

    type: str
    x: list[float | None]
    y: list[float | None]
    name: NotRequired[str]
    mode: NotRequired[str]
    orientation: NotRequired[str]
    base: NotRequired[list[float]]
    width: NotRequired[float]
    customdata: NotRequired[list[int | None]]
    hovertext: NotRequired[list[str]]
    hovertemplate: NotRequired[str]
    hoverinfo: NotRequired[str]
    text: NotRequired[list[str]]
    textposition: NotRequired[list[str]]
    textfont: NotRequired[dict[str, object]]
    marker: NotRequired[dict[str, object]]
    line: NotRequired[dict[str, object]]
    cliponaxis: NotRequired[bool]


class Shape(TypedDict):
    """A path behind the traces."""

    type: str
    path: str
    xref: str
    yref: str
    layer: str
    line: dict[str, object]
    fillcolor: NotRequired[str]


class Figure(TypedDict):
    """A figure."""

    data: list[Trace]
    layout: dict[str, object]


def figure(drawing: Drawing, palette: Palette = LIGHT, width: float | None = None) -> Figure:
    """The figure of a drawing in the colours of a palette, ``width`` pixels wide; without one as wide as its drawing.

    In a greater width places stretch along it; heights, type and points stay as they are, as in ``svg.fluid``.
    ``layout.meta.values`` lists the figures in the order of reading, each as [index of its trace, index in the trace].
    """
    traces: list[Trace] = []
    indices: dict[int, tuple[int, int]] = {}
    for members in _by_series(drawing.marks, Bar):
        _index(indices, members, len(traces))
        traces.append(_bars([mark for _, mark in members], palette))
    traces += _lines(drawing.lines, palette)
    for members in (*_by_series(drawing.marks, Point), *_of_tiles(drawing.marks)):
        _index(indices, members, len(traces))
        traces.append(_points([mark for _, mark in members], palette))
    if drawing.texts:
        traces.append(_texts(drawing.texts, palette))
    order = [list(indices[at]) for at in reading_order(drawing)]
    layout = _layout(drawing, palette, order)
    return {"data": traces, "layout": layout if width is None else {**layout, "width": width}}


def _layout(drawing: Drawing, palette: Palette, order: list[list[int]]) -> dict[str, object]:
    ink = palette.colour(INK)
    hidden = {"visible": False, "fixedrange": True}
    boxes = [
        *drawing.boxes,
        *(mark.shape.box for mark in drawing.marks if isinstance(mark.shape, Tile)),
    ]
    return {
        "width": drawing.width,
        "height": drawing.height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": palette.colour(GROUND),
        "plot_bgcolor": CLEAR,
        "font": {"family": FAMILY, "size": drawing.font_size, "color": ink},
        "showlegend": False,
        "barmode": "overlay",
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": palette.colour(RAISED),
            "bordercolor": palette.colour(FAINT),
            "font": {"family": FAMILY, "size": 12, "color": ink},
            "align": "left",
        },
        "xaxis": {"range": [0, drawing.width], **hidden},
        "yaxis": {"range": [drawing.height, 0], **hidden},
        "shapes": [*_boxes(boxes, palette), *_rules(drawing.rules, palette)],
        "meta": {"values": order},
    }


# --- Marks ---

Numbered = tuple[int, Mark]
"""A mark and its index in the drawing."""


def _by_series(marks: Iterable[Mark], kind: type[Bar | Point]) -> list[list[Numbered]]:
    """The marks of one kind, those of each series and size together; the hatches of a series are alike."""
    found: dict[object, list[Numbered]] = {}
    for at, mark in enumerate(marks):
        if isinstance(mark.shape, kind):
            key = mark.series, mark.colour, _size(mark.shape)
            found.setdefault(key, []).append((at, mark))
    return list(found.values())


def _size(shape: Bar | Point) -> tuple[float, ...]:
    """What all marks of a trace share."""
    return (
        (shape.thickness,)
        if isinstance(shape, Bar)
        else (shape.size, shape.edge_width, shape.ringed)
    )


def _of_tiles(marks: Iterable[Mark]) -> list[list[Numbered]]:
    """All tiles: their colours are shapes, and a pointer finds them all alike."""
    found = [(at, mark) for at, mark in enumerate(marks) if isinstance(mark.shape, Tile)]
    return [found] if found else []


def _index(indices: dict[int, tuple[int, int]], members: list[Numbered], trace: int) -> None:
    indices |= {at: (trace, point) for point, (at, _) in enumerate(members)}


def _said(marks: list[Mark]) -> Trace:
    """What every trace of figures has."""
    return {
        "type": "scatter",
        "x": [mark.x for mark in marks],
        "y": [mark.y for mark in marks],
        "name": _escaped(marks[0].series),
        "customdata": [mark.position for mark in marks],
        "hovertext": ["<br>".join(map(_folded, mark.spoken)) for mark in marks],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _bars(marks: list[Mark], palette: Palette) -> Trace:
    bars = [mark.shape for mark in marks if isinstance(mark.shape, Bar)]
    hatches = [bar.hatch for bar in bars]
    pattern = next((hatch for hatch in hatches if hatch), None)
    # Where each bar names its colour, Plotly draws the pattern in that, on nothing.
    fills = [palette.colour(bar.hatch.colour if bar.hatch else bar.fill) for bar in bars]
    trace = _said(marks)
    trace |= {
        "type": "bar",
        "orientation": "h",
        "x": [round(bar.right - bar.left, 2) for bar in bars],
        "base": [bar.left for bar in bars],
        "width": round(bars[0].thickness, 2),
        "marker": {
            "color": fills,
            "line": {
                "color": [palette.colour(bar.edge) for bar in bars],
                "width": [bar.edge_width for bar in bars],
            },
        },
    }
    if pattern:
        trace["marker"]["pattern"] = {
            "shape": [_PATTERNS[hatch.kind] if hatch else "" for hatch in hatches],
            "size": pattern.size,
            "solidity": pattern.solidity,
        }
    return trace


def _points(marks: list[Mark], palette: Palette) -> Trace:
    trace, first = _said(marks), marks[0]
    trace["mode"] = "markers"
    if not isinstance(first.shape, Point):
        trace["marker"] = {"size": _TILE, "color": CLEAR, "symbol": "square"}
        return trace
    colour = palette.colour(first.colour)
    points = [mark.shape for mark in marks if isinstance(mark.shape, Point)]
    hollow, ground = [point.hollow for point in points], palette.colour(GROUND)
    edge = first.shape.edge_width
    trace["marker"] = {
        "color": [ground if each else colour for each in hollow] if any(hollow) else colour,
        "size": first.shape.size,
        "symbol": [point.symbol for point in points],
        "line": {
            "color": ground if first.shape.ringed else colour,
            "width": edge if edge or not any(hollow) else [float(each) for each in hollow],
        },
    }
    return trace


def _lines(lines: Sequence[Line], palette: Palette) -> list[Trace]:
    """Lines of one style as one trace that is interrupted between them."""
    traces: list[Trace] = []
    before: tuple[Role, float, str] | None = None
    for line in by_style(lines):
        style = line.colour, line.width, line.dash
        if style != before:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": [],
                    "y": [],
                    "line": {
                        "color": palette.colour(line.colour),
                        "width": line.width,
                        "dash": line.dash,
                        "simplify": False,
                    },
                    "hoverinfo": "skip",
                    "cliponaxis": False,
                }
            )
            before = style
        trace = traces[-1]
        gap: list[float | None] = [None] if trace["x"] else []
        trace["x"] += [*gap, *(x for x, _ in line.points)]
        trace["y"] += [*gap, *(y for _, y in line.points)]
    return traces


# --- Texts ---


def _texts(texts: Sequence[Text], palette: Palette) -> Trace:
    """All texts: points are much cheaper than annotations."""
    position_of = {"left": "middle right", "center": "middle center", "right": "middle left"}
    return {
        "type": "scatter",
        "mode": "text",
        "x": [text.x for text in texts],
        "y": [round(text.y + text.size * (MIDDLE - _TEXT_MIDDLE), 2) for text in texts],
        "text": [_html(text.runs, text, palette) for text in texts],
        "textposition": [position_of[text.anchor] for text in texts],
        "textfont": {
            "size": [text.size for text in texts],
            "color": [palette.colour(text.colour) for text in texts],
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _html(runs: Sequence[Run], text: Text | None = None, palette: Palette = LIGHT) -> str:
    """Runs in Plotly's small HTML; those that look as their ``text`` are written plainly."""
    return "".join(_run(run, text, palette) for run in runs)


def _folded(runs: Sequence[Run]) -> str:
    """Runs that a pointer brings up, in lines that leave the chart beside them in sight; ``<br >`` ends a line but no sentence."""
    return "".join(
        f" {_FOLD}".join(
            _run(replace(run, text=line), None, LIGHT) for line in wrap(run.text, _HOVER)
        )
        if len(run.text) > _HOVER
        else _run(run, None, LIGHT)
        for run in runs
    )


def _run(run: Run, text: Text | None, palette: Palette) -> str:
    shown = _escaped(run.text)
    colour_schemes = [
        *([f"color:{palette.colour(run.colour)}"] if run.colour else []),
        *([f"font-size:{run.size}px"] if run.size and text and run.size != text.size else []),
    ]
    if colour_schemes:
        shown = f'<span style="{";".join(colour_schemes)}">{shown}</span>'
    return f"<b>{shown}</b>" if run.bold else shown


def _escaped(text: str) -> str:
    """What looks like a tag or an entity is shown, not read."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- What lies behind the marks ---


def _rules(rules: Iterable[Rule], palette: Palette) -> list[Shape]:
    paths: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        path = f"M{rule.x0:.2f},{rule.y0:.1f}L{rule.x1:.2f},{rule.y1:.1f}"
        paths.setdefault((palette.colour(rule.colour), rule.dash), []).append(path)
    return [
        _shape("".join(members), {"color": colour, "width": 1, "dash": dash})
        for (colour, dash), members in paths.items()
    ]


def _boxes(boxes: Iterable[Box], palette: Palette) -> list[Shape]:
    paths: dict[tuple[str, str], list[str]] = {}
    for box in boxes:
        (left, right), (top, bottom) = (box.left, box.right), (box.top, box.bottom)
        path = f"M{left:.2f},{top:.1f}L{right:.2f},{top:.1f}L{right:.2f},{bottom:.1f}L{left:.2f},{bottom:.1f}Z"
        outline = palette.colour(box.outline) if box.outline else ""
        paths.setdefault((palette.colour(box.fill), outline), []).append(path)
    return [
        _shape("".join(members), {"color": outline or fill, "width": 1 if outline else 0})
        | {"fillcolor": fill}
        for (fill, outline), members in paths.items()
    ]


def _shape(path: str, line: dict[str, object]) -> Shape:
    return {
        "type": "path",
        "path": path,
        "xref": "x",
        "yref": "y",
        "layer": "below",
        "line": line,
    }
