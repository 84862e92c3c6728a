"""What all native charts of a slide share: their place, the fixed plot area, the axis of percentages, labels and intervals.

What python-pptx has no call for is written as DrawingML (ECMA-376 part 1, 21.2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from xml.sax.saxutils import escape

from pptx.chart.axis import CategoryAxis, ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.parts.chart import ChartPart
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Pt

from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LABEL_SIZE
from dashboard.formats.pptx_sheet import clean
from dashboard.formats.slide_layout import TICK_SIZE

FONT = "Arial"
NS = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
TIGHT = '<a:bodyPr wrap="none" lIns="12700" tIns="0" rIns="12700" bIns="0"/>'
"""Frame of a label without white around it."""
MARGIN = 20.0
"""Of a chart left of its plot: room for half of the first percentage of the axis."""
FEW_TICKS = 300.0
"""Points of a plot below which only 0, 50 and 100 percent are named."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A chart on a slide: what it is called, its text alternative, and where its plot stands on the slide, in points.

    ``before`` and ``right`` are how much room the chart has left and right of the plot, ``over`` and ``under`` above and below it.
    """

    name: str
    description: str
    left: float
    top: float
    wide: float
    tall: float
    right: float = MARGIN
    over: float = 20.0
    under: float = 0.0
    before: float = MARGIN

    @property
    def whole(self) -> tuple[float, float]:
        """Width and height of the chart with what stands around its plot."""
        return self.before + self.wide + self.right, self.over + self.tall + self.under


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval around a number: how far it reaches to the left or down, and to the right or up."""

    minus: float
    plus: float


def rgb(colour: str) -> RGBColor:
    """A palette colour as python-pptx wants it."""
    made: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())
    return made


def add(
    shapes: SlideShapes,
    kind: XL_CHART_TYPE,
    frame: Frame,
    data: CategoryChartData | XyChartData,
    sheet: bytes,
) -> Chart:
    """Put a chart without title and legend on a slide; ``sheet`` is its data sheet."""
    wide, tall = frame.whole
    box = Pt(frame.left - frame.before), Pt(frame.top - frame.over), Pt(wide), Pt(tall)
    # What ``shapes.add_chart`` does, which would write a data sheet of its own first.
    package = shapes.part.package
    part = ChartPart.load(
        package.next_partname(ChartPart.partname_template),
        CONTENT_TYPE.DML_CHART,
        package,
        data.xml_bytes(kind),  # type: ignore[no-untyped-call]
    )
    part.chart_workbook.update_from_xlsx_blob(sheet)
    related = shapes.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    element = shapes._add_chart_graphicFrame(related, *box)
    element.nvGraphicFramePr.cNvPr.set("name", clean(frame.name))
    element.nvGraphicFramePr.cNvPr.set("descr", clean(frame.description))
    chart: Chart = part.chart
    chart.font.name, chart.font.size, chart.font.color.rgb = FONT, Pt(LABEL_SIZE), rgb(LIGHT.ink)
    chart.has_legend = chart.has_title = False
    _fix_plot_area(chart, frame)
    return chart


def _fix_plot_area(chart: Chart, frame: Frame) -> None:
    """Fix the plot area, so that equal percentages are equally long in all charts of a slide."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    wide, tall = frame.whole
    x, y, w, h = frame.before / wide, frame.over / tall, frame.wide / wide, frame.tall / tall
    area.insert(
        0,
        parse_xml(
            f'<c:layout {NS}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{x:.6f}"/><c:y val="{y:.6f}"/><c:w val="{w:.6f}"/><c:h val="{h:.6f}"/></c:manualLayout></c:layout>'
        ),
    )


def percent_axis(axis: ValueAxis, code: str, each: int, most: float = 100) -> None:
    """0 to ``most`` percent with a line and a number at ``each`` percent; ``code`` is the number format."""
    _styled(axis._element, _percent_axis, code, each, most)


def _percent_axis(element: BaseOxmlElement, code: str, each: int, most: float) -> None:
    axis = ValueAxis(element)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, most, each
    axis.has_major_gridlines, axis.major_tick_mark = True, XL_TICK_MARK.NONE
    axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.rule)
    axis.major_gridlines.format.line.width = Pt(0.75)
    axis.format.line.fill.background()
    labels = axis.tick_labels
    labels.number_format, labels.number_format_is_linked = code, False
    labels.font.size, labels.font.color.rgb = Pt(TICK_SIZE), rgb(LIGHT.quiet)


Style = Callable[..., None]
"""Changes an element."""


def _styled(element: BaseOxmlElement, style: Style, *how: object) -> None:
    """Put a copy of the styled element in its place: the axes of a deck are few kinds, and each takes dozens of calls."""
    element.getparent().replace(
        element, deepcopy(_styled_once(serialize_part_xml(element), style, *how))
    )


@lru_cache(maxsize=64)
def _styled_once(xml: bytes, style: Style, *how: object) -> BaseOxmlElement:
    element: BaseOxmlElement = parse_xml(xml)
    style(element, *how)
    return element


def slot_axis(axis: CategoryAxis) -> None:
    """The axis of bars, from the top down, without names."""
    _styled(axis._element, _slot_axis)


def _slot_axis(element: BaseOxmlElement) -> None:
    axis = CategoryAxis(element)
    axis.reverse_order, axis.major_tick_mark = True, XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.format.line.color.rgb, axis.format.line.width = rgb(LIGHT.faint), Pt(0.75)


def plain_axis(axis: ValueAxis, first: float, last: float) -> None:
    """An axis without numbers or lines from ``first`` to ``last``."""
    axis.minimum_scale, axis.maximum_scale = first, last
    axis.has_major_gridlines, axis.major_tick_mark = False, XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.format.line.color.rgb, axis.format.line.width = rgb(LIGHT.faint), Pt(0.75)


def quoted(text: str) -> str:
    """Text for a number format; a double quote would end it."""
    return '"' + clean(text).replace('"', "”") + '"' if text else ""


def error_bars(
    intervals: Sequence[Interval | None], colour: str, wide: float, direction: str = ""
) -> BaseOxmlElement:
    """Native error bars of a series, one entry a point; ``direction`` is x or y, of bars blank."""
    along = f'<c:errDir val="{direction}"/>' if direction else ""
    ends = "".join(
        f"<c:{side}><c:numLit><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(intervals)}"/>'
        + "".join(
            f'<c:pt idx="{at}"><c:v>{getattr(each, side) if each else 0:.4g}</c:v></c:pt>'
            for at, each in enumerate(intervals)
        )
        + f"</c:numLit></c:{side}>"
        for side in ("plus", "minus")
    )
    made: BaseOxmlElement = parse_xml(
        f'<c:errBars {NS}>{along}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>{ends}'
        f'<c:spPr><a:ln w="{round(wide * 12700)}" cap="flat">{solid(colour)}</a:ln></c:spPr></c:errBars>'
    )
    return made


def solid(colour: str) -> str:
    """A fill in DrawingML."""
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'


def moved(right: float, down: float, frame: Frame) -> str:
    """Layout of a label that stands so many points from where it would stand by itself; blank for none."""
    if not right and not down:
        return ""
    wide, tall = frame.whole
    return (
        f'<c:layout><c:manualLayout><c:x val="{right / wide:.6f}"/><c:y val="{down / tall:.6f}"/>'
        "</c:manualLayout></c:layout>"
    )


def shown(**parts: bool) -> str:
    """What a label shows; nothing that is not named."""
    names = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(f'<c:show{name} val="{int(parts.get(name, False))}"/>' for name in names)


def labels(every: str) -> BaseOxmlElement:
    """The labels of a series, without the lines that would lead to those that are moved."""
    return cast(
        "BaseOxmlElement",
        parse_xml(
            f"<c:dLbls {NS}>{every}{shown()}<c:extLst>"
            '<c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
            'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
            '<c15:showLeaderLines val="0"/></c:ext></c:extLst></c:dLbls>'
        ),
    )


def run(text: str, size: float, colour: str, *, bold: bool) -> str:
    """A run of text in DrawingML."""
    return (
        f'<a:r><a:rPr lang="en-US" sz="{round(size * 100)}" b="{int(bold)}">{solid(colour)}<a:latin typeface="{FONT}"/></a:rPr>'
        f"<a:t>{escape(clean(text))}</a:t></a:r>"
    )
