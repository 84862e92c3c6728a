"""Dots: as bars, with the position of the figure alone."""

from __future__ import annotations

from dashboard.charts.bars import ValueChart
from dashboard.charts.canvas import Canvas
from dashboard.charts.drawing import Bar, Point
from dashboard.charts.grid import Column
from dashboard.charts.labels import DOT, is_plain, symbol_in
from dashboard.charts.series import series_of
from dashboard.messages import gettext_noop
from dashboard.query import Header, Section, Value
from dashboard.text import Localizer


class Dots(ValueChart):
    """Dots, open where a figure is in doubt or worded; of each sector a shape, of countries diamonds where the management answered."""

    name = "dots"
    label = gettext_noop("Dots")
    sample = "dot"
    on_slides = "dots"

    def shape(
        self, canvas: Canvas, column: Column, section: Section, value: Value, header: Header
    ) -> Bar | Point:
        """A dot at the value."""
        size, hollow = canvas.px(DOT), not is_plain(value)
        return Point(symbol_in(section, header, value), size, hollow, edge_width=2.0)

    def mark_room(self, canvas: Canvas) -> float:
        """Half a dot, and a pixel."""
        return canvas.px(DOT / 2 + 1)

    def draws_diamonds(self, section: Section) -> bool:
        """Where the series are respondents."""
        found = (symbol_in(section, series_of(section, value), value) for value in section.values)
        return "diamond" in found

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What diamonds mean, where there are some."""
        return loc.t("Diamonds: answered by management.") if self.draws_diamonds(section) else ""
