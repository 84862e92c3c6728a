"""Native bars and stacks of a slide, with labels that follow the number.

A label is a number format ("≈ "0"%"), not a text, so that it cannot disagree with its bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Pt

from dashboard.charts.labels import is_plain
from dashboard.charts.palette import LIGHT
from dashboard.charts.slots import LABEL_SIZE
from dashboard.formats import pptx_sheet
from dashboard.formats.pptx_charts import (
    FEW_TICKS,
    FONT,
    NS,
    Frame,
    Interval,
    add,
    error_bars,
    labels,
    moved,
    percent_axis,
    quoted,
    rgb,
    shown,
    slot_axis,
    solid,
)
from dashboard.formats.pptx_sheet import Provenance, clean
from dashboard.query import Value

THICKEST = 26.0
"""Points of a bar at most."""
_BEHIND = 3.0
"""Points between the end of an interval and its label."""
_SHARE, _STACKED_SHARE = 0.62, 0.86
"""Of a slot that its bar takes, and a stack, within which its figures stand."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the slot it stands in (0 at the top), its figure, the words around the number of its label, and its interval."""

    slot: int
    value: Value
    before: str = ""
    after: str = ""
    labelled: bool = True
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour."""

    name: str
    colour: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart of bars holds: ``names`` name its slots in the data sheet, ``code`` is the number format of the axis."""

    names: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool
    code: str
    interval: str
    """What an interval is called."""

    @property
    def most(self) -> float:
        """Percent at the end of the axis: 100, or what the longest stack of rounded answers adds up to."""
        held = [bar for each in self.series for bar in each.bars] if self.stacked else []
        sums = dict.fromkeys((bar.slot for bar in held), 0.0)
        for bar in held:
            sums[bar.slot] += bar.value.observation.value
        return round(max([100.0, *sums.values()]), 6)


def draw(shapes: SlideShapes, frame: Frame, bars: Bars, known: Provenance) -> None:
    """Put a chart of bars on a slide; ``frame`` is as wide as 100 percent, and grows where a stack adds up to more."""
    further = frame.wide * (bars.most / 100 - 1)
    frame = replace(frame, wide=frame.wide + further, right=frame.right - further)
    data = CategoryChartData(number_format="0.##")
    data.categories = [clean(name) for name in bars.names]
    for series in bars.series:
        numbers = {bar.slot: bar.value.observation.value for bar in series.bars}
        data.add_series(clean(series.name), [numbers.get(slot) for slot in range(len(bars.names))])
    kind = XL_CHART_TYPE.BAR_STACKED if bars.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    sheet = pptx_sheet.by_slot(
        bars.names,
        [(each.name, [(bar.slot, bar.value) for bar in each.bars]) for each in bars.series],
        known,
        told=not bars.stacked,
    )
    chart = add(shapes, kind, frame, data, sheet)
    each = 50 if frame.wide < FEW_TICKS else 20
    percent_axis(chart.value_axis, bars.code, each, bars.most)
    slot_axis(chart.category_axis)
    plot = chart.plots[0]
    slot = frame.tall / len(bars.names)
    thick = min(slot * (_STACKED_SHARE if bars.stacked else _SHARE), THICKEST)
    plot.overlap, plot.vary_by_categories = 100, False
    plot.gap_width = min(500, round((slot / thick - 1) * 100))
    for series, drawn in zip(bars.series, plot.series, strict=True):
        _paint(drawn, series)
        _label(drawn, series, frame, stacked=bars.stacked)
        if not bars.stacked:
            _intervals(drawn, series, len(bars.names))
    if not bars.stacked:
        _inside(list(plot.series), bars)


def _paint(drawn: BarSeries, series: Series) -> None:
    """Full colour; lighter with an outline where the source says about, over or under; hatched where inferred."""
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(series.colour)
    drawn.invert_if_negative = False
    for bar in series.bars:
        row = bar.value.observation
        if row.qualifier == "exact" and row.status != "inferred":
            continue
        look = drawn.points[bar.slot].format
        ground = LIGHT.light(series.colour) if row.qualifier != "exact" else LIGHT.ground
        if row.status == "inferred":
            look.fill.patterned()
            look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            look.fill.fore_color.rgb, look.fill.back_color.rgb = rgb(series.colour), rgb(ground)
        else:
            look.fill.solid()
            look.fill.fore_color.rgb = rgb(ground)
        look.line.color.rgb, look.line.width = rgb(series.colour), Pt(1)


def _label(drawn: BarSeries, series: Series, frame: Frame, *, stacked: bool) -> None:
    ink = LIGHT.ink_on(series.colour) if stacked else LIGHT.ink
    every = "".join(
        _one(bar, frame, "ctr" if stacked else "outEnd", ink, bold=not stacked)
        for bar in series.bars
        if bar.labelled
    )
    drawn._element.find(qn("c:cat")).addprevious(labels(every))


def _one(bar: Bar, frame: Frame, position: str, ink: str, *, bold: bool) -> str:
    """A label behind its bar, or behind the interval of the bar."""
    digits = "0" if bar.value.observation.value == int(bar.value.observation.value) else "0.0"
    code = quoted(bar.before) + digits + quoted(bar.after)
    right = bar.interval.plus / 100 * frame.wide + _BEHIND if bar.interval else 0.0
    return (
        f'<c:dLbl><c:idx val="{bar.slot}"/>{moved(right, 0, frame)}'
        f'<c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{LABEL_SIZE * 100}" b="{int(bold)}">'
        f'{solid(ink)}<a:latin typeface="{FONT}"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="en-US"/></a:p></c:txPr><c:dLblPos val="{position}"/>{shown(Val=True)}</c:dLbl>'
    )


def _intervals(drawn: BarSeries, series: Series, slots: int) -> None:
    held = {
        bar.slot: replace(bar.interval, minus=0) if _is_dark(series, bar) else bar.interval
        for bar in series.bars
        if bar.interval
    }
    _whiskers(drawn._element, [held.get(slot) for slot in range(slots)], LIGHT.ink)


def _inside(drawn: Sequence[BarSeries], bars: Bars) -> None:
    """What of an interval lies on a dark bar, in white: a chart has one colour of error bars a series.

    So each such series has an unseen one over it, which takes its numbers from the same cells.
    """
    last = drawn[-1]._element
    for each, series in zip(drawn, bars.series, strict=True):
        held = {
            bar.slot: replace(bar.interval, plus=0)
            for bar in series.bars
            if bar.interval and _is_dark(series, bar)
        }
        if not held:
            continue
        unseen = deepcopy(each._element)
        number = str(int(last.find(qn("c:order")).get("val")) + 1)
        unseen.find(qn("c:idx")).set("val", number)
        unseen.find(qn("c:order")).set("val", number)
        for tag in ("c:dPt", "c:dLbls", "c:errBars"):
            for old in unseen.findall(qn(tag)):
                unseen.remove(old)
        title = unseen.find(qn("c:tx"))
        title.getparent().replace(
            title, parse_xml(f"<c:tx {NS}><c:v>{escape(clean(bars.interval))}</c:v></c:tx>")
        )
        look = unseen.find(qn("c:spPr"))
        look.getparent().replace(
            look, parse_xml(f"<c:spPr {NS}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
        )
        _whiskers(unseen, [held.get(slot) for slot in range(len(bars.names))], LIGHT.ground)
        last.addnext(unseen)
        last = unseen


def _is_dark(series: Series, bar: Bar) -> bool:
    """Whether ink cannot be seen on a bar."""
    return is_plain(bar.value) and LIGHT.ink_on(series.colour) == LIGHT.ink_on(LIGHT.ink)


def _whiskers(element: BaseOxmlElement, held: Sequence[Interval | None], colour: str) -> None:
    if any(held):
        element.find(qn("c:cat")).addprevious(error_bars(held, colour, 1.25))
