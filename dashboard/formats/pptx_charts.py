"""Native charts of a slide: bars whose numbers stay editable, with labels that follow the number.

A label is a number format ("about "0"%  n 1,222"), not a text, so that it cannot disagree with its bar.
What python-pptx has no call for is written as DrawingML (ECMA-376 part 1, 21.2).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from xml.sax.saxutils import quoteattr

from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Pt
from xlsxwriter import Workbook

from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LABEL_SIZE
from dashboard.charts.text import NOT_XML
from dashboard.formats.slide_layout import HEAD_SIZE
from dashboard.query import Value

FONT = "Arial"
_TICK_SIZE = 7.5
_NS = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the slot it stands in (0 at the top), its figure, and the words around the number of its label."""

    slot: int
    value: Value
    before: str = ""
    after: str = ""
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour."""

    name: str
    colour: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart: ``heading`` are the lines of its title, the first ``bold`` of them bold; ``names`` name its slots in the data sheet.

    ``left``, ``top``, ``wide`` and ``tall`` place it on the slide; ``plot_top`` and ``plot_wide`` are where its slots begin and
    how wide 0 to 100 percent are; all in points.
    """

    heading: tuple[str, ...]
    bold: int
    names: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool
    left: float
    top: float
    wide: float
    tall: float
    plot_top: float
    plot_wide: float
    description: str


def rgb(colour: str) -> RGBColor:
    """A palette colour as python-pptx wants it."""
    made: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())
    return made


def draw(
    shapes: SlideShapes,
    plot: Plot,
    day: datetime,
    columns: Sequence[str],
    facts_of: Callable[[Value], Sequence[str]],
) -> Chart:
    """Put a chart on a slide. Its data sheet is dated ``day`` and holds, beside the numbers, ``columns`` with what
    ``facts_of(value)`` tells of each figure."""
    data = ChartData(number_format="0.##")
    data.categories = [_clean(name) for name in plot.names]
    for series in plot.series:
        numbers = {bar.slot: bar.value.observation.value for bar in series.bars}
        data.add_series(_clean(series.name), [numbers.get(slot) for slot in range(len(plot.names))])
    kind = XL_CHART_TYPE.BAR_STACKED if plot.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    box = Pt(plot.left), Pt(plot.top), Pt(plot.wide), Pt(plot.tall)
    # python-pptx says that it returns a Chart; it is the frame around one.
    frame = cast("GraphicFrame", shapes.add_chart(kind, *box, data))
    frame.name = _clean(" ".join(plot.heading[: plot.bold]))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _clean(plot.description))
    chart = frame.chart
    cast("ChartPart", chart.part).chart_workbook.update_from_xlsx_blob(
        _sheet(plot, day, columns, facts_of)
    )
    chart.font.name, chart.font.size, chart.font.color.rgb = FONT, Pt(LABEL_SIZE), rgb(LIGHT.ink)
    chart.has_legend = False
    _title(chart, plot)
    _axes(chart)
    bars = chart.plots[0]
    bars.overlap, bars.gap_width, bars.vary_by_categories = 100, 38, False
    _fix_plot_area(chart, plot)
    for series, drawn in zip(plot.series, bars.series, strict=True):
        _paint(drawn, series)
        _labels(drawn, series, plot.stacked)
    return chart


def _sheet(
    plot: Plot, day: datetime, columns: Sequence[str], facts_of: Callable[[Value], Sequence[str]]
) -> bytes:
    """The data sheet, laid out as the chart's references expect: names in column A, a series in each further column."""
    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": day})
    sheet = book.add_worksheet("Sheet1")
    sheet.set_column(0, 0, 50)
    for slot, name in enumerate(plot.names, start=1):
        sheet.write_string(slot, 0, name)
    beside = len(plot.series) + 2
    for at, name in enumerate(columns):
        sheet.write_string(0, beside + at, name)
    for at, series in enumerate(plot.series, start=1):
        sheet.write_string(0, at, series.name)
        for bar in series.bars:
            sheet.write_number(bar.slot + 1, at, bar.value.observation.value)
            if not plot.stacked:
                for column, fact in enumerate(facts_of(bar.value)):
                    sheet.write_string(bar.slot + 1, beside + column, fact)
    book.close()
    return out.getvalue()


def _title(chart: Chart, plot: Plot) -> None:
    chart.has_title = True
    frame = chart.chart_title.text_frame
    for at, text in enumerate(plot.heading):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.name, run.font.bold = FONT, at < plot.bold
        run.font.size, run.font.color.rgb = Pt(HEAD_SIZE), rgb(LIGHT.ink)
        paragraph._p.get_or_add_pPr().set("algn", "l")
    title = chart._chartSpace.chart.find(qn("c:title"))
    for old in [*title.findall(qn("c:layout")), *title.findall(qn("c:overlay"))]:
        title.remove(old)
    title.find(qn("c:tx")).addnext(
        parse_xml(
            f'<c:layout {_NS}><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/>'
            "</c:manualLayout></c:layout>"
        )
    )
    title.find(qn("c:layout")).addnext(parse_xml(f'<c:overlay {_NS} val="1"/>'))


def _fix_plot_area(chart: Chart, plot: Plot) -> None:
    """Fix the plot area, so that the slots of all charts of a slide are at the same height."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    top, tall, wide = (
        plot.plot_top / plot.tall,
        1 - plot.plot_top / plot.tall,
        plot.plot_wide / plot.wide,
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {_NS}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="0.01"/><c:y val="{top:.5f}"/><c:w val="{wide:.5f}"/><c:h val="{tall:.5f}"/></c:manualLayout></c:layout>'
        ),
    )


def _axes(chart: Chart) -> None:
    """Percent from 0 to 100 above the bars, the first slot at the top; the names of the slots stand in the data sheet."""
    percent, names = chart.value_axis, chart.category_axis
    percent.minimum_scale, percent.maximum_scale, percent.major_unit = 0, 100, 50
    percent.has_major_gridlines, percent.major_tick_mark = True, XL_TICK_MARK.NONE
    percent.major_gridlines.format.line.color.rgb = rgb(LIGHT.rule)
    percent.major_gridlines.format.line.width = Pt(0.5)
    percent.format.line.fill.background()
    percent.tick_labels.number_format, percent.tick_labels.number_format_is_linked = '0"%"', False
    percent.tick_labels.font.size, percent.tick_labels.font.color.rgb = (
        Pt(_TICK_SIZE),
        rgb(LIGHT.quiet),
    )
    names.reverse_order, names.major_tick_mark = True, XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    names.format.line.color.rgb, names.format.line.width = rgb(LIGHT.faint), Pt(0.75)


def _paint(drawn: BarSeries, series: Series) -> None:
    """Full colour; lighter with an outline where the source says about, over or under; hatched where inferred."""
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(series.colour)
    drawn.invert_if_negative = False
    for bar in series.bars:
        row = bar.value.observation
        if row.qualifier == "exact" and row.status != "inferred":
            continue
        colour_scheme = drawn.points[bar.slot].format
        ground = LIGHT.light(series.colour) if row.qualifier != "exact" else LIGHT.ground
        if row.status == "inferred":
            colour_scheme.fill.patterned()
            colour_scheme.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            colour_scheme.fill.fore_color.rgb, colour_scheme.fill.back_color.rgb = (
                rgb(series.colour),
                rgb(ground),
            )
        else:
            colour_scheme.fill.solid()
            colour_scheme.fill.fore_color.rgb = rgb(ground)
        colour_scheme.line.color.rgb, colour_scheme.line.width = rgb(series.colour), Pt(1)


def _labels(drawn: BarSeries, series: Series, stacked: bool) -> None:
    ink = LIGHT.ink_on(series.colour) if stacked else LIGHT.ink
    labels = "".join(
        _label(bar, "ctr" if stacked else "outEnd", ink, bold=not stacked)
        for bar in series.bars
        if bar.labelled
    )
    xml = parse_xml(f"<c:dLbls {_NS}>{labels}{_shown(False)}</c:dLbls>")
    drawn._element.find(qn("c:cat")).addprevious(xml)


def _label(bar: Bar, position: str, ink: str, bold: bool) -> str:
    digits = "0" if bar.value.observation.value == int(bar.value.observation.value) else "0.0"
    code = _quoted(bar.before) + digits + _quoted(bar.after)
    return (
        f'<c:dLbl><c:idx val="{bar.slot}"/><c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{LABEL_SIZE * 100}" b="{int(bold)}">'
        f'<a:solidFill><a:srgbClr val="{ink.removeprefix("#").upper()}"/></a:solidFill><a:latin typeface="{FONT}"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="en-US"/></a:p></c:txPr><c:dLblPos val="{position}"/>{_shown(True)}</c:dLbl>'
    )


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)


def _quoted(text: str) -> str:
    """Text for a number format; a double quote would end it."""
    return '"' + _clean(text).replace('"', "”") + '"' if text else ""


def _shown(value: bool) -> str:
    shown = {
        "LegendKey": 0,
        "Val": int(value),
        "CatName": 0,
        "SerName": 0,
        "Percent": 0,
        "BubbleSize": 0,
    }
    return "".join(f'<c:show{name} val="{flag}"/>' for name, flag in shown.items())
