"""One of our figures as pieces of a drawing, in the order in which they lie over each other: paths, dots and texts.

Only what ``figures.chart`` makes is known; anything else raises ValueError, which names it. All positions are pixels from
the top left corner of the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.figures.markup import Run, lines
from dashboard.figures.sheet import LEADING
from dashboard.figures.text import width

CLEAR = "rgba(0,0,0,0)"
MIDDLE = 0.347
"""Share of the font size by which the foot of letters lies below their middle: half of ascent less descent of Arial."""
_PAD = 3
"""Pixels that stay free around a text inside a bar, where there is room for them."""
_BESIDE = 2
"""Pixels between an annotation's place and its text."""
_DASHES = {"solid": (), "dot": (1, 1), "dash": (3, 3), "dashdot": (3, 1, 1, 1)}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_STEP = re.compile(r"([ML])([\d.]+),([\d.]+)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Stripes or dots in a colour on nothing; ``size`` in pixels, ``solidity`` the covered share."""

    shape: str
    size: float
    solidity: float
    colour: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece is painted; widths and dashes in pixels, an empty colour paints nothing."""

    fill: str | Pattern = ""
    stroke: str = ""
    thick: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Path data."""

    look: Look
    data: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    look: Look
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text whose letters stand on ``y``; ``anchor`` is that of SVG."""

    x: float
    y: float
    anchor: str
    runs: tuple[Run, ...]


Piece = Path | Dot | Text


def short(number: float) -> str:
    """A tenth of a pixel is enough, and a whole number needs no point."""
    written = f"{number:.1f}".removesuffix(".0")
    return written.replace("0.", ".", 1) if written.startswith(("0.", "-0.")) else written


def known(kind: str, value: object, values: object) -> object:
    """The value; raises ValueError naming it where it is none of ``values``."""
    if value not in values:
        raise ValueError(f"The {kind} {value!r} is not known")
    return value


def pieces(figure: dict) -> Iterator[Piece]:
    """Everything that is seen of a figure, from the ground up. Raises ValueError for what is not known."""
    layout = figure["layout"]
    if layout["paper_bgcolor"] != CLEAR:
        ground = f"M0 0h{short(layout['width'])}v{short(layout['height'])}H0z"
        yield Path(Look(layout["paper_bgcolor"]), ground)
    if layout["yaxis"]["range"] != [layout["height"], 0]:
        raise ValueError(
            f"The range {layout['yaxis']['range']!r} of the y axis does not count pixels"
        )
    for shape in layout.get("shapes", ()):
        yield from _shape(layout, shape)
    # Bars lie under the marks of the same panel.
    for kind in ("bar", "scatter"):
        for trace in figure["data"]:
            if known("trace type", trace["type"], ("bar", "scatter")) == kind:
                yield from (_bars if kind == "bar" else _marks)(layout, trace)
    for note in layout.get("annotations", ()):
        yield from _note(layout, note)


def across(layout: dict, axis: str, x: float) -> float:
    """Pixel of a value on an x axis."""
    about = layout[f"xaxis{axis[1:]}"]
    (first, last), (low, high) = about["domain"], about["range"]
    return _paper(layout, first + (last - first) * (x - low) / (high - low))


def _paper(layout: dict, share: float) -> float:
    left, right = layout["margin"]["l"], layout["margin"]["r"]
    return left + share * (layout["width"] - left - right)


def _dash(name: str, thick: float) -> tuple[float, ...]:
    known("dash", name, _DASHES)
    return tuple(part * max(thick, 3) for part in _DASHES[name])


def _shape(layout: dict, shape: dict) -> Iterator[Path]:
    kind = known("shape", shape["type"], ("line", "rect", "path"))
    known("place of a shape", (shape["xref"], shape["yref"]), (("paper", "y"),))
    line = shape["line"]
    if kind == "path":
        steps = _STEP.findall(shape["path"])
        if "".join(f"{letter}{x},{y}" for letter, x, y in steps) != shape["path"]:
            raise ValueError(f"The path {shape['path']!r} is not known")
        data = "".join(
            f"{letter}{short(_paper(layout, float(x)))} {short(float(y))}" for letter, x, y in steps
        )
        yield Path(Look("", line["color"], line["width"]), data)
        return
    x0, x1, y0, y1 = (
        _paper(layout, shape["x0"]),
        _paper(layout, shape["x1"]),
        shape["y0"],
        shape["y1"],
    )
    if kind == "line":
        end = (
            f"H{short(x1)}"
            if y0 == y1
            else f"V{short(y1)}"
            if x0 == x1
            else f"L{short(x1)} {short(y1)}"
        )
        data = f"M{short(x0)} {short(y0)}{end}"
        yield Path(Look("", line["color"], line["width"], _dash(line["dash"], line["width"])), data)
    else:
        stroke = line["color"] if line["width"] else ""
        yield Path(Look(shape["fillcolor"], stroke, line["width"]), _box(x0, y0, x1, y1))


def _box(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"M{short(x0)} {short(y0)}H{short(x1)}V{short(y1)}H{short(x0)}z"


def _at(value: object, index: int) -> object:
    """The entry of a list, or the one value that holds for all."""
    return value[index] if isinstance(value, (list, tuple)) else value


def _bars(layout: dict, trace: dict) -> Iterator[Piece]:
    known("direction of bars", trace["orientation"], ("h",))
    marker, half = trace["marker"], trace["width"] / 2
    inside: list[Text] = []
    for at, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        base = _at(trace.get("base", 0), at)
        left, right = across(layout, trace["xaxis"], base), across(layout, trace["xaxis"], base + x)
        edge = _at(marker["line"]["width"], at)
        stroke = _at(marker["line"]["color"], at) if edge else ""
        yield Path(Look(_filled(marker, at), stroke, edge), _box(left, y - half, right, y + half))
        if _at(trace.get("text", ""), at):
            inside.append(_inside(trace, at, left, right))
    yield from inside
    if "error_x" in trace:
        yield from _intervals(layout, trace)


def _filled(marker: dict, at: int) -> str | Pattern:
    colour, pattern = _at(marker["color"], at), marker["pattern"]
    shape = known("pattern", _at(pattern["shape"], at), ("", "/", "."))
    if not shape:
        return colour
    # Where each bar names its colour, Plotly draws the pattern in that.
    own = colour if isinstance(marker["color"], list) else pattern["fgcolor"]
    return Pattern(shape, pattern["size"], pattern["solidity"], own)


def _inside(trace: dict, at: int, left: float, right: float) -> Text:
    known(
        "place of a text",
        (trace["textposition"], trace["insidetextanchor"], trace["textangle"]),
        (("inside", "middle", 0),),
    )
    size, colour = trace["textfont"]["size"], trace["textfont"]["color"]
    (runs,) = lines(trace["text"][at], colour, size)
    wide, tall = right - left, trace["width"]
    pad = 2 * _PAD if min(wide, tall) > 2 * _PAD else 0
    long, high = sum(width(run.text, run.size, run.bold) for run in runs), size * 1.12
    fitted = round(size * min(1.0, (wide - pad) / long, (tall - pad) / high), 1)
    runs = [Run(run.text, run.bold, run.colour, fitted) for run in runs]
    return Text((left + right) / 2, trace["y"][at] + fitted * MIDDLE, "middle", tuple(runs))


def _intervals(layout: dict, trace: dict) -> Iterator[Path]:
    """A line from low to high with caps of twice ``width`` pixels."""
    error = trace["error_x"]
    known("kind of interval", (error["type"], error["symmetric"]), (("data", False),))
    cap, look = error["width"], Look("", error["color"], error["thickness"])
    for x, y, more, less in zip(
        trace["x"], trace["y"], error["array"], error["arrayminus"], strict=True
    ):
        if more is None:
            continue
        low, high = (
            across(layout, trace["xaxis"], x - less),
            across(layout, trace["xaxis"], x + more),
        )
        caps = (
            "".join(f"M{short(end)} {short(y - cap)}v{short(2 * cap)}" for end in (low, high))
            if cap
            else ""
        )
        yield Path(look, f"M{short(low)} {short(y)}H{short(high)}{caps}")


def _marks(layout: dict, trace: dict) -> Iterator[Piece]:
    mode = known("mode", trace["mode"], ("markers", "text", "lines+markers"))
    places = [
        None if y is None else (across(layout, trace["xaxis"], x), y)
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    if mode == "text":
        known("place of a text", trace["textposition"], ("middle right",))
        font = trace["textfont"]
        for place, text in zip(places, trace["text"], strict=True):
            if place:
                yield from _written(text, *place, "start", font["color"], font["size"])
        return
    if "error_x" in trace:
        yield from _intervals(layout, trace)
    if mode == "lines+markers":
        yield from _line(trace, places)
    marker = trace["marker"]
    if marker["color"] != CLEAR and marker.get("opacity", 1):
        for at, place in enumerate(places):
            if place:
                yield _mark(marker, _at(marker.get("symbol", "circle"), at), *place)


def _line(trace: dict, places: list[tuple[float, float] | None]) -> Iterator[Path]:
    """The line through the marks, interrupted where there is none."""
    data, fresh = "", True
    for place in places:
        if place:
            data += f"{'M' if fresh else 'L'}{short(place[0])} {short(place[1])}"
        fresh = place is None
    line = trace["line"]
    if "L" in data:
        yield Path(Look("", line["color"], line["width"], _dash(line["dash"], line["width"])), data)


def _mark(marker: dict, symbol: str, x: float, y: float) -> Path | Dot:
    shape, _, hollow = symbol.partition("-")
    known(
        "symbol",
        symbol,
        ("circle", "circle-open", "diamond", "diamond-open", "square", "square-open"),
    )
    edge = marker.get("line", {}).get("width", 0)
    colour, half = marker["color"], marker["size"] / 2
    look = (
        Look("", colour, edge or 1)
        if hollow
        else Look(colour, marker["line"]["color"] if edge else "", edge)
    )
    if shape == "circle":
        return Dot(look, x, y, half)
    if shape == "square":
        return Path(look, _box(x - half, y - half, x + half, y + half))
    far = half * 1.3
    return Path(
        look,
        f"M{short(x + far)} {short(y)}L{short(x)} {short(y + far)}L{short(x - far)} {short(y)}L{short(x)} {short(y - far)}z",
    )


def _note(layout: dict, note: dict) -> Iterator[Path | Text]:
    known(
        "place of a text",
        (note["xref"], note["yref"], note["yanchor"], note["showarrow"]),
        (("paper", "y", "middle", False),),
    )
    known("anchor", note["xanchor"], _ANCHORS)
    x = (
        _paper(layout, note["x"])
        + {"left": _BESIDE, "center": 0, "right": -_BESIDE}[note["xanchor"]]
    )
    if "bgcolor" in note:
        yield _veil(note, x)
    yield from _written(
        note["text"],
        x,
        note["y"],
        _ANCHORS[note["xanchor"]],
        note["font"]["color"],
        note["font"]["size"],
    )


def _veil(note: dict, x: float) -> Path:
    """The ground behind a text of one line."""
    (runs,) = lines(note["text"], note["font"]["color"], note["font"]["size"])
    long = sum(width(run.text, run.size, run.bold) for run in runs)
    left, half = (
        x - {"left": 0, "center": long / 2, "right": long}[note["xanchor"]],
        note["font"]["size"] * LEADING / 2,
    )
    return Path(Look(note["bgcolor"]), _box(left, note["y"] - half, left + long, note["y"] + half))


def _written(
    content: str, x: float, y: float, anchor: str, colour: str, size: float
) -> Iterator[Text]:
    """The lines of a text whose middle is at ``y``."""
    told = lines(content, colour, size)
    top = y + size * (MIDDLE - LEADING * (len(told) - 1) / 2)
    for at, runs in enumerate(told):
        if runs:
            yield Text(x, top + at * LEADING * size, anchor, tuple(runs))
