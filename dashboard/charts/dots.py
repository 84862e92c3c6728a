"""Dots: of countries on lines, else as bars, with the position of the figure alone, on a line from 0 percent to it."""

from __future__ import annotations

from dashboard.charts.bars import ValueChart
from dashboard.charts.canvas import Canvas
from dashboard.charts.cells import Place
from dashboard.charts.dot_lines import DotLines
from dashboard.charts.drawing import Bar, Mark, Point, Symbol
from dashboard.charts.grid_layout import Column
from dashboard.charts.label_fit import SPACE
from dashboard.charts.labels import DOT, is_exact, symbol_in
from dashboard.charts.roles import DOTS, INK, Role
from dashboard.charts.series import series_of
from dashboard.messages import gettext_noop
from dashboard.query import Header, Population, Section, Value
from dashboard.selection import Selection
from dashboard.selection.chart_types import ChartType
from dashboard.text import Localizer
from dashboard.text.key import Sign


class Dots(ValueChart):
    """Dots, open where a figure is not exact; of each sector a shape, of countries diamonds where the management answered."""

    name = "dots"
    label = gettext_noop("Dots")
    sample = "dot"
    figures_at_marks = True
    has_lanes = True
    on_slides = "dots"
    _by_country = DotLines()

    def arranged(self, selection: Selection) -> ChartType:
        """Lines of all that may be compared where panels would be countries."""
        by_country = selection.by == "country" and not selection.split
        return self._by_country if by_country else self

    def shape(
        self, canvas: Canvas, column: Column, section: Section, value: Value, header: Header
    ) -> Bar | Point:
        """A dot at the value, open where the figure is not exact."""
        size, hollow = canvas.px(DOT), not is_exact(value)
        return Point(symbol_in(section, header, value), size, hollow, edge_width=2.0)

    def colour(self, section: Section, header: Header) -> Role:
        """One for all sectors, which have shapes: none of them stands out from the others."""
        sectors = isinstance(header, Population) and not header.dimension
        return DOTS if sectors else super().colour(section, header)

    def symbol(self, section: Section, header: Header, value: Value) -> Symbol:
        """As in the chart."""
        return symbol_in(section, header, value)

    def sample_shape(self, section: Section, sign: Sign) -> Symbol | None:
        """Of the figures that are not exact."""
        found = {
            symbol_in(section, series_of(section, value), value)
            for value in section.values
            if sign == "worded" and not is_exact(value)
        }
        return found.pop() if len(found) == 1 else None

    def mark_reach(self, section: Section) -> float:
        """Less where a panel is alone, and wide."""
        return 1.0 if len(section.panels) == 1 else 2.0

    def interval(
        self, canvas: Canvas, low: float, high: float, mark: Mark, *, possible: bool
    ) -> None:
        """Only where it is wider than the dot, which covers it otherwise."""
        if high - low > canvas.px(DOT):
            super().interval(canvas, low, high, mark, possible=possible)

    def mark_room(self, canvas: Canvas) -> float:
        """Half a dot, and a pixel."""
        return canvas.px(DOT / 2 + 1)

    def before_end(
        self, canvas: Canvas, column: Column, section: Section, value: Value, low: float
    ) -> tuple[Place, float]:
        """Left of the dot and its interval."""
        dot = column.at(value.observation.value) - self.mark_room(canvas)
        right = min(dot, low) - canvas.px(SPACE)
        return Place(right, "right", INK), right - column.zero

    def draws_diamonds(self, section: Section) -> bool:
        """Where the series are respondents."""
        found = (symbol_in(section, series_of(section, value), value) for value in section.values)
        return "diamond" in found

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What diamonds mean, where there are some."""
        return self.diamonds(loc, section)
