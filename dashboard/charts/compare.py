"""Comparisons: on each line the figures that may be compared, as dots that a line joins, each with its name and its figure."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from dashboard.charts.chart import ABOVE_PHONE, BROAD, Chart
from dashboard.charts.compare_labels import DOT
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Symbol
from dashboard.charts.labels import symbol_of
from dashboard.charts.line_block import (
    EDGE,
    HALF_TICK,
    LEAST,
    NAMES_LEAST,
    NAMES_MOST,
    NARROW,
    Block,
)
from dashboard.charts.roles import Role
from dashboard.charts.series import series_of, series_role
from dashboard.comparability import SmallBaseThresholds
from dashboard.messages import gettext_noop
from dashboard.query import POSSIBLE, Section
from dashboard.selection import Selection
from dashboard.selection.model import Sort
from dashboard.text import Localizer, comparisons
from dashboard.text.key import Entry, Sign

PLOT = 328 - EDGE
"""Pixels from 0 percent to the right edge of a chart on a phone."""
PHONE = 400
"""Pixels of a chart on a phone, at most."""
WIDE_PLOT = 1232 - NAMES_MOST - HALF_TICK
"""Pixels from 0 to 100 percent on a wide page."""
_LINES: tuple[Sign, ...] = ("interval", "range")
"""Signs of the key that are lines through dots."""


class Compare(Chart):
    """Figures that may be compared, line by line."""

    name = "compare"
    label = gettext_noop("Compare")
    on_lines = True
    compares = True
    sorts: ClassVar[tuple[Sort, ...]] = ("difference", "value", "name")
    signs_small_bases = False
    draws_intervals = True
    sample = "dot"
    wording = "words"
    on_slides = "comparisons"

    def draw(self, context: ChartContext, y: float) -> float:
        """One block of lines for each base; returns the y below."""
        for panel in range(len(context.section.panels)):
            y = Block(context, panel).draw(y)
        return y

    def key(
        self,
        loc: Localizer,
        section: Section,
        selection: Selection,
        thresholds: SmallBaseThresholds,
    ) -> tuple[Entry, ...]:
        """As of every chart, with what an amber edge says."""
        found = super().key(loc, section, selection, thresholds)
        known = [value.evidence.interval for value in section.values if value.evidence.interval]
        widest = max((each.high - each.low for each in known), default=0.0)
        plots = {0: PHONE - EDGE, ABOVE_PHONE: NARROW - NAMES_LEAST}
        drawn = (
            room for room, plot in plots.items() if (plot - HALF_TICK) * widest / 100 > DOT + LEAST
        )
        least = next(drawn, BROAD)
        edge = comparisons.has_edges(section)
        return (
            *(replace(entry, least=least) if entry.sign in _LINES else entry for entry in found),
            *([Entry("care", loc.t("more reasons for care"))] if edge else []),
        )

    def mark_reach(self, section: Section) -> float:
        """Half of the shortest interval that is drawn on a wide page."""
        return 100 * (DOT + LEAST) / 2 / WIDE_PLOT

    def narrow_mark_reach(self, section: Section) -> float:
        """Half of the shortest that is drawn on a phone."""
        return 100 * (DOT + LEAST) / 2 / (PLOT - HALF_TICK)

    def sample_shape(self, section: Section, sign: Sign) -> Symbol | None:
        """An interval runs through a dot."""
        return "circle" if sign in _LINES else None

    def sample_colour(self, section: Section, sign: Sign) -> Role | None:
        """That of the first figure with an interval, since intervals have the colours of their dots."""
        known = ((value, value.evidence.interval) for value in section.values)
        drawn = (
            value for value, each in known if each and (each.kind == POSSIBLE) == (sign == "range")
        )
        first = next(drawn, None) if sign in _LINES else None
        return series_role(section, series_of(section, first)) if first else None

    def draws_diamonds(self, section: Section) -> bool:
        """Wherever the management answered."""
        return any(symbol_of(value) == "diamond" for value in section.values)

    def caution(self, loc: Localizer, section: Section) -> str:
        """That countries or groups differ, and what an amber edge says."""
        return comparisons.care(loc, section)

    def short_caution(self, loc: Localizer, section: Section) -> str:
        """That countries or groups differ, and where to read what an amber edge says."""
        return comparisons.care(loc, section, brief=True)
