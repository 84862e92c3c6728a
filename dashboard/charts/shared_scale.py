"""The scale of charts that stand below each other, so that equal percentages are equally long and begin at one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts import registry
from dashboard.charts.canvas import Canvas
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext, Scale
from dashboard.query import Section, View
from dashboard.text import Localizer


def common_scale(
    view: View, sections: Sequence[Section], loc: Localizer, width: float
) -> Scale | None:
    """The scale on which the charts of some sections stand below each other, on a page that says whose figures these are; None where
    each type of chart has its own. Where signs in place of words leave n a column in more of them, they have signs."""
    contexts = [
        ChartContext(Canvas(width), each, loc, view.selection, introduced=True) for each in sections
    ]
    chart = registry.chart_of(view.selection)
    worded, signed = (_shared(chart, contexts, Scale(0.0, width, brief)) for brief in (False, True))
    return signed if worded and signed and signed.answers > worded.answers else worded


def _shared(chart: Chart, contexts: Sequence[ChartContext], of: Scale) -> Scale | None:
    """The scale of charts, whose figures take at least what ``of`` says, at most as long; None where they share none."""
    alone = [scale for each in contexts if (scale := chart.scale(replace(each, scale=of)))]
    if not alone:
        return None
    of = replace(of, before=max(each.before for each in alone))
    shared = [scale for each in contexts if (scale := chart.scale(replace(each, scale=of)))]
    return replace(
        of,
        hundred=min(each.hundred for each in shared),
        answers=sum(each.answers for each in shared),
    )
