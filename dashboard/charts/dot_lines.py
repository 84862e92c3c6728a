"""Dots by country: every figure on a line of percentages, beside those of other countries that it may be compared with, or alone."""

from __future__ import annotations

from dashboard.charts.bars import ValueChart
from dashboard.charts.compare import Compare
from dashboard.charts.context import ChartContext
from dashboard.charts.line_block import Block
from dashboard.messages import gettext_noop
from dashboard.query import Section
from dashboard.text import Localizer


class DotLines(Compare):
    """As comparisons, with the figures that have no partner on low lines of their own."""

    name = "dots"
    label = gettext_noop("Dots")
    compares = False
    signs_small_bases = True
    sorts = ValueChart.sorts

    def draw(self, context: ChartContext, y: float) -> float:
        """One block of low lines for each base; returns the y below."""
        for panel in range(len(context.section.panels)):
            y = Block(context, panel, low=True).draw(y)
        return y

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What diamonds mean, where there are some."""
        return self.diamonds(loc, section)

    def note_on_slide(self, loc: Localizer, section: Section) -> str:
        """The same."""
        return self.note_on_marks(loc, section)
