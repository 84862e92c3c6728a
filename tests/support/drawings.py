"""Drawings of views and what can be read off them in pixels: where texts and marks stand, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard import charts
from dashboard.charts.canvas import INSET
from dashboard.charts.clearance import Area
from dashboard.charts.drawing import Bar, Drawing, Run, Text
from dashboard.charts.labels import spoken
from dashboard.charts.roles import INK
from dashboard.charts.text import width
from dashboard.charts.to_show import on_page
from dashboard.query import Section, Value, View
from dashboard.render.print import Part, blocks
from dashboard.selection import chart_names, normal
from dashboard.text import Localizer
from tests.support import views
from tests.support.views import READY_VIEWS

ADDRESS = (
    "https://barometer.example.org/?theme=drivers~collaboration~effects&country=DK~NO~SE~FI~IS~NL"
)
WIDTHS = (328, 640, 920, 1240)
DRAWN = tuple(chart for chart in chart_names() if chart != "table")
LOOSE = 0.75
"""Pixels that rounding may move a mark or a text."""
_LETTERS = 0.72
"""Height of letters over the size of type."""
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
    return views.of(normal(replace(views.select(query), **change), views.vocabulary()))


def drawings(
    shown: View, wide: float | None, language: str = "en"
) -> Iterator[tuple[Section, Drawing]]:
    """Each section, as it is drawn, with its chart; with its slide where ``wide`` is None."""
    loc = views.store().newest.localizer(language)
    for section in shown.sections:
        if wide is None:
            yield section, charts.picture(shown, section, loc, ADDRESS).drawing
        else:
            yield on_page(loc, shown, section), charts.drawing(shown, section, loc, wide)


def panels_of(section: Section, drawing: Drawing) -> list[int]:
    """Of each area of a drawing, of bars or dots, the panel whose figures it holds; what a panel has alone may have an area of its own."""
    held = [
        {value.observation.position for row in section.rows for value in row.cells[at].values}
        for at in range(len(section.panels))
    ]
    shown = [
        {mark.position for mark in drawing.marks if mark.panel == area}
        for area in range(len(drawing.panels))
    ]
    return [next(at for at, own in enumerate(held) if each and each <= own) for each in shown]


def long(text: Text) -> float:
    """Pixels of a line of text."""
    return sum(width(run.text, run.size or text.size, run.bold) for run in text.runs)


def parts(drawing: Drawing) -> tuple[Part, ...]:
    """What may stand on pages of its own, from top to bottom."""
    return tuple(
        part
        for block in blocks(drawing)
        for part in ((block.heading, *block.parts) if block.heading else block.parts)
    )


def written(drawing: Drawing) -> list[tuple[str, Area]]:
    """Each text with the ground that its letters cover."""
    found = []
    for text in drawing.texts:
        wide, tall = long(text), text.size * _LETTERS
        left = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.anchor]
        found.append((text.content, Area(left, text.y - tall / 2, left + wide, text.y + tall / 2)))
    return found


def first(query: str, wide: float = 960) -> Drawing:
    """The chart of the first section of an address."""
    shown = views.show(query)
    return charts.drawing(shown, shown.sections[0], views.loc(), wide)


def text_edges(drawing: Drawing) -> Iterator[tuple[str, float, float, float]]:
    """(text, left, right, middle) of each text, as far as it may reach from its place."""
    for text in drawing.texts:
        wide = long(text)
        left = text.x - {"left": INSET, "center": wide / 2, "right": wide - INSET}[text.anchor]
        yield text.content, left, left + wide, text.y


def is_label(text: Text) -> bool:
    """Whether a text is the figure beside a mark in bold ink: before the axis, or in a plot with small type behind it."""
    first = text.runs[0]
    return text.anchor != "center" and text.colour == INK and first.bold and "%" in first.text


def labels(drawing: Drawing) -> Iterator[tuple[str, float, float, float]]:
    """(text, left, right, middle) of each figure beside a mark, with what stands in small type behind it."""
    for text in filter(is_label, drawing.texts):
        left = text.x - (long(text) if text.anchor == "right" else 0.0)
        yield text.content, left, left + long(text), text.y


def drawn_values(drawing: Drawing) -> dict[int, float]:
    """Position in the data -> percent, for every mark that stands for a published figure.

    A figure that belongs to two sets of comparable figures stands in two rows, with one value.
    """
    found: dict[int, float] = {}
    for mark in drawing.marks:
        if mark.position is not None:
            assert found.get(mark.position, mark.percent) == mark.percent
            found[mark.position] = mark.percent
    return found


def bars(drawing: Drawing) -> Iterator[tuple[float, float, float]]:
    """(left, right, thickness) of each bar."""
    for mark in drawing.marks:
        if isinstance(mark.shape, Bar):
            yield mark.shape.left, mark.shape.right, mark.shape.thickness


def said(lines: tuple[tuple[Run, ...], ...]) -> str:
    """What is spoken of a mark, line by line."""
    return "\n".join("".join(run.text for run in line) for line in lines)


def in_full(loc: Localizer, value: Value) -> str:
    """What is spoken of a value, line by line."""
    return said(spoken(loc, value))


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
