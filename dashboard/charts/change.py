"""Change over editions: panels side by side, years along, percent up, a line each that may be read along.

A panel is what "Side by side" says: a country (the usual), a sector or an indicator, and one thing that its percentages are
shares of. Where it is about several indicators, each has a panel of its own. Its lines are everything else that has figures of
two editions. Percentages and years are alike in every panel: an edition stands at one place in all of them. Only where that would
cost a line or a figure of one country its place has each country an axis of its own years.

Names of lines stand in the plot, at the ends of their lines, if all of them find room there; else in a gutter at its right.
"""

from __future__ import annotations

from dashboard.charts.canvas import INSET, Canvas
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.edition_grid import Grid
from dashboard.charts.labels import NAME, symbol_of
from dashboard.charts.years import near_together
from dashboard.messages import gettext_noop
from dashboard.query import Section
from dashboard.selection import Selection
from dashboard.text import Localizer, texts

PAGES = (328, 816, 1232)
"""Pixels of a chart on pages that are narrow, of middling width and wide."""


class Change(Chart):
    """Lines over the editions."""

    name = "change"
    label = gettext_noop("Change over editions")
    joins_editions = True
    signs_small_bases = False
    sample = "dot"
    opens_doubts = True
    key_leads = True
    wording = "words"
    on_slides = "change"

    def draw(self, context: ChartContext, y: float) -> float:
        """What all lines share, the panels row by row, and the notes; returns the y below."""
        grid = Grid.readable(context)
        found, canvas = grid.found, context.canvas
        # A title may say it, as a part of its sentence.
        if found.shared and found.shared.casefold() not in context.title.casefold():
            top = y
            room = canvas.width - 2 * INSET
            y = canvas.block(0, y, found.shared, room, NAME, bold=True) + canvas.px(8)
            canvas.band(top, y)
        return grid.notes.draw(context, grid.draw(y))

    def draws_diamonds(self, section: Section) -> bool:
        """Where a line is that of the management."""
        return any(symbol_of(step.later) == "diamond" for step in section.edition_steps)

    def draws_aside(self, loc: Localizer, section: Section, selection: Selection) -> bool:
        """Where two lines of one panel come so near each other, on a narrow page or a wide one."""
        return near_together(section) and any(
            Grid.readable(ChartContext(Canvas(wide), section, loc, selection)).has_asides
            for wide in PAGES
        )

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What a dashed line passes over; a line that is broken there is none."""
        drawn = (step for step in section.edition_steps if not step.broken)
        passed = max((len(step.skipped) for step in drawn), default=0)
        if passed == 1:
            return loc.t("A dashed line passes over an edition without a figure.")
        return loc.t("A dashed line passes over editions without a figure.") if passed else ""

    def note_on_surveys(self, loc: Localizer, section: Section) -> str:
        """How many of those asked answered."""
        return texts.response_rates(loc, section)
