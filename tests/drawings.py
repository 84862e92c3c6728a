"""Drawings of views and what can be read off them in pixels: where texts and marks stand, and what they say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard import figures
from dashboard.figures.text import width
from dashboard.query import Section, View, view
from dashboard.selection import CHARTS, normal
from tests import views
from tests.views import READY_VIEWS

ADDRESS = (
    "https://barometer.example.org/?theme=drivers~collaboration~effects&country=DK~NO~SE~FI~IS~NL"
)
WIDTHS = (328, 640, 920, 1240)
DRAWN = tuple(chart for chart in CHARTS if chart != "table")
LOOSE = 0.75
"""Pixels that rounding may move a mark or a text."""
QUERIES = (
    "",
    *READY_VIEWS.values(),
    "theme=innovation~conditions~activities~diffusion~strategy~barriers",
    "theme=drivers~innovation~diffusion&edition=all&more=drivers~innovation~diffusion",
    "split=size&theme=innovation~effects",
    "split=field&theme=collaboration~innovation",
    "theme=collaboration~innovation&edition=dk-2023~no-municipal-2020~nordic-2019-dk~nordic-2019-no",
)


def variant(query: str, **change: object) -> View:
    """The view of an address with another chart type, arrangement ..."""
    return view(
        views.prepared(), normal(replace(views.select(query), **change), views.vocabulary())
    )


def drawings(
    shown: View, wide: float | None, language: str = "en"
) -> Iterator[tuple[Section, dict]]:
    """Each section with its chart; with its slide where ``wide`` is None."""
    words = views.shelf().newest.words(language)
    for section in shown.sections:
        if wide is None:
            yield section, figures.slide(shown, section, words, ADDRESS).figure
        else:
            yield section, figures.chart(shown, section, words, wide)


def plain(text: str) -> str:
    """What a reader sees of Plotly's small HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def text_edges(figure: dict) -> Iterator[tuple[str, float, float, float]]:
    """(text, left, right, middle) of each annotation in pixels of the sheet."""
    layout = figure["layout"]
    margin = layout["margin"]["l"]
    inner = layout["width"] - margin - layout["margin"]["r"]
    for note in layout["annotations"]:
        seen = plain(note["text"])
        long = width(seen, note["font"]["size"], note["text"].startswith("<b>"))
        left = (
            margin
            + note["x"] * inner
            - {"left": 0, "center": long / 2, "right": long}[note["xanchor"]]
        )
        yield seen, left, left + long, note["y"]


def axis_of(figure: dict, trace: dict) -> dict:
    """The percent axis of a trace."""
    return figure["layout"][f"xaxis{trace['xaxis'][1:]}"]


def pixel(figure: dict, trace: dict, x: float) -> float:
    """Pixel of a value on the x axis of its trace."""
    layout, axis = figure["layout"], axis_of(figure, trace)
    inner = layout["width"] - layout["margin"]["l"] - layout["margin"]["r"]
    (first, last), (low, high) = axis["domain"], axis["range"]
    return layout["margin"]["l"] + inner * (first + (last - first) * (x - low) / (high - low))


def labels(figure: dict) -> Iterator[tuple[str, str, float, float, float]]:
    """(axis, text, left, right, middle) of each label right of a mark: the figure in bold, the rest in small type."""
    for trace in figure["data"]:
        if trace.get("textposition") not in ("outside", "middle right"):
            continue
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
            main, _, rest = text.partition("</b>")
            size = trace["textfont"]["size"]
            small = re.search(r"font-size:([\d.]+)px", rest)
            long = width(plain(main), size, bold=True) + width(
                plain(rest), float(small[1]) if small else size
            )
            left = pixel(figure, trace, x)
            yield trace["xaxis"], plain(text), left, left + long, y


def marks(figure: dict) -> Iterator[tuple[dict, int, float, float]]:
    """(trace, index, x pixel, y pixel) of each drawn point."""
    for trace in figure["data"]:
        for index, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if x is not None and y is not None:
                yield (
                    trace,
                    index,
                    pixel(figure, trace, x + trace.get("base", [0] * (index + 1))[index]),
                    y,
                )


def drawn_values(figure: dict) -> dict[int, float]:
    """Position in the data -> percent, for every mark that stands for a published figure.

    A figure that belongs to two sets of comparable figures stands in two rows, with one value.
    """
    found: dict[int, float] = {}
    for trace in figure["data"]:
        shown = trace.get("meta", trace["x"])
        for position, percent in zip(trace.get("customdata", ()), shown, strict=False):
            if position is not None:
                assert found.get(position, percent) == percent
                found[position] = percent
    return found


def assert_plain(part: object) -> None:
    """Nothing but what JSON knows: no numpy, no dates, no NaN."""
    if type(part) is dict:
        assert all(type(key) is str for key in part)
        part = list(part.values())
    if type(part) in (list, tuple):
        for each in part:
            assert_plain(each)
    else:
        assert part is None or type(part) in (str, int, float, bool), type(part)
