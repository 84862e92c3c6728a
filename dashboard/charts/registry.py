"""Every type of chart the site offers, in the order of the filter."""

from __future__ import annotations

from dashboard.charts.bars import Bars
from dashboard.charts.change import Change
from dashboard.charts.chart import Chart
from dashboard.charts.compare import Compare
from dashboard.charts.dots import Dots
from dashboard.charts.heat import HeatTable
from dashboard.charts.stacked import Stacked
from dashboard.charts.table import Table
from dashboard.selection import Selection, chart_types

chart_types.register(Compare(), Bars(), Dots(), Stacked(), Change(), HeatTable(), Table())


def every() -> tuple[Chart, ...]:
    """The types that are registered; raises TypeError for one that cannot be drawn."""
    return tuple(map(chart, chart_types.chart_names()))


def chart(name: str) -> Chart:
    """The type of a name; raises ValueError, which says what is allowed, for an unknown one."""
    return _drawn(chart_types.chart_type(name))


def chart_of(selection: Selection) -> Chart:
    """What draws a selection; raises as ``chart`` does."""
    return _drawn(chart_types.chart_of(selection))


def _drawn(found: chart_types.ChartType) -> Chart:
    if not isinstance(found, Chart):
        raise TypeError(f"the type of chart {found.name} cannot be drawn")
    return found
