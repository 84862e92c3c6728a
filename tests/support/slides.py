"""Slides read back with python-pptx: what their charts and tables draw, and every text of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.table import Table

from dashboard.formats import pptx_scatter
from dashboard.formats.pptx import deck
from dashboard.formats.slide_layout import LINE_BREAK
from dashboard.query import View
from dashboard.text import Localizer, pictures
from tests.support.views import loc

ADDRESS = "https://barometer.example/?theme=drivers&country=DK~SE"


def made(shown: View, words: Localizer | None = None, address: str = ADDRESS) -> Show:
    return Presentation(io.BytesIO(deck(shown, words or loc(), address)))


def charts(slide: Slide) -> list[Chart]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def points(series, axis: str) -> dict[int, float]:
    """Index of a point of an XY chart -> its number along an axis."""
    found = series._element.find(qn(axis)).iter(qn("c:pt"))
    return {int(point.get("idx")): float(point.findtext(qn("c:v"))) for point in found}


def marked(chart: Chart) -> list:
    """The series whose points are drawn; the others join dots, are intervals or the white in open dots."""
    symbols = (
        (series, series._element.find(f"{qn('c:marker')}/{qn('c:symbol')}"))
        for series in chart.plots[0].series
        if not is_named(series, pptx_scatter.OPENINGS)
    )
    return [series for series, symbol in symbols if symbol is None or symbol.get("val") != "none"]


def bars(chart: Chart) -> list:
    """The series whose bars are drawn; the others hold what of an interval lies on a dark bar."""
    lines = (
        "approximate 95% interval",
        "possible range",
        "approximate 95% interval / possible range",
    )
    return [
        series
        for series in chart.plots[0].series
        if not any(is_named(series, name) for name in lines)
    ]


def is_named(series, name: str) -> bool:
    """Whether a series without cells of its own has this name."""
    return series._element.findtext(f"{qn('c:tx')}/{qn('c:v')}") == name


def is_xy(chart: Chart) -> bool:
    return chart.chart_type in (XL_CHART_TYPE.XY_SCATTER, XL_CHART_TYPE.XY_SCATTER_LINES)


def figures(chart: Chart) -> list[float]:
    """Every figure that a chart draws."""
    if not is_xy(chart):
        return [value for series in bars(chart) for value in series.values if value is not None]
    found = []
    for series in marked(chart):
        across, up = points(series, "c:xVal"), points(series, "c:yVal")
        percent = up if chart.value_axis.maximum_scale == 100 else across
        found += [percent[at] for at in sorted(across.keys() & up.keys())]
    return found


def tiles(slide: Slide) -> list[str]:
    """The figures in the cells of tables, coloured or in bold; a period may stand below one."""
    return [
        cell.text_frame.paragraphs[0].text
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
        if cell.fill.type == MSO_FILL.SOLID or is_bold_percentage(cell)
    ]


def is_bold_percentage(cell) -> bool:
    """Whether a cell begins with a percentage in bold, which headings of columns do not."""
    first = cell.text_frame.paragraphs[0]
    return bool(re.search(r"\d\u00a0?%", first.text)) and all(run.font.bold for run in first.runs)


def lines(shapes) -> Iterator[str]:
    """Every text of a slide outside its charts and tables."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from lines(shape.shapes)
        elif shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)


def foot(slide: Slide) -> list[str]:
    """The paragraphs of the foot, the first without its line breaks."""
    # However high it is, it ends where the white at the bottom of a slide begins.
    shape = max(slide.shapes, key=lambda shape: shape.top + shape.height)
    care, *others = (paragraph.text for paragraph in shape.text_frame.paragraphs)
    return [care.replace(LINE_BREAK, " "), *others]


def roots(slide: Slide) -> Iterator:
    """The XML of a slide and of its charts."""
    yield slide._element
    for chart in charts(slide):
        yield chart._chartSpace


def themes(shown: View, slides: Show) -> list[str]:
    """The theme of each slide, by its title or the line under it."""
    names = {
        pictures.subject(loc(), shown, section).split(":")[0]: section.theme
        for section in shown.sections
    }

    def of(slide: Slide) -> str:
        said = (title(slide), *lines(slide.shapes))
        return next(names[name] for text in said for name in names if text.startswith(name))

    return [of(slide) for slide in slides.slides]


def title(slide: Slide) -> str:
    """The title of a slide, in one line."""
    return slide.shapes.title.text_frame.text.replace("\v", " ")


def table_of(slide: Slide) -> Table:
    """The one table of a slide."""
    (shape,) = (shape for shape in slide.shapes if shape.has_table)
    return shape.table


def cells(slide: Slide) -> list[str]:
    """Every text of the tables of a slide."""
    found = (shape.table.iter_cells() for shape in slide.shapes if shape.has_table)
    return [cell.text_frame.text for each in found for cell in each]
