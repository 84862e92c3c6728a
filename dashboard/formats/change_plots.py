"""How wide the plots of a slide of changes are: all alike, with room for what stands right of them. Points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.slots import LABEL_SIZE
from dashboard.charts.text import width
from dashboard.formats.change_labels import (
    DOT,
    Plot,
    all_within,
    beside,
    width_of_end,
    width_of_last,
)
from dashboard.text import Localizer

AXIS = 38.0
"""Left of a plot for its percentages."""
LEADER = 16.0
"""Between the last mark of a line and its name."""
_YEARS_AROUND = (1.2, 0.7)
"""Before the first edition and after the last."""
_GUTTER = 0.24
"""Of a chart's width that the names at the right take at most, or as much as their longest word."""


@dataclass(frozen=True, slots=True)
class ChartsBeside:
    """Charts beside each other: their left edges, how wide each is, and the upper and lower end of their plots."""

    panels: Sequence[LinePanel]
    lefts: Sequence[float]
    wide: float
    ends: tuple[float, float]
    loc: Localizer

    def plots(
        self, letters: Mapping[tuple[int, int], str], *, intervals: bool
    ) -> list[tuple[LinePanel, Plot]]:
        """Each chart, of which no mark covers another, with its plot; names stand right of the plots where one has no room for them."""
        figures = max(map(self._for_figure, self.panels))
        found = self._with(figures)
        within = (
            _is_plain(panel) or all_within(panel, self.loc, plot, letters, intervals=intervals)
            for panel, plot in found
        )
        return (
            found if all(within) else self._with(max(figures, *map(self._for_names, self.panels)))
        )

    @property
    def _span(self) -> tuple[float, float]:
        """The years at the edges of every plot."""
        years = [year for panel in self.panels for line in panel.lines for year, _ in line.values]
        return min(years) - _YEARS_AROUND[0], max(years) + _YEARS_AROUND[1]

    def _with(self, gutter: float) -> list[tuple[LinePanel, Plot]]:
        """The charts with so many points right of their plots."""
        found = []
        for left, panel in zip(self.lefts, self.panels, strict=True):
            plot = Plot(left + AXIS, left + self.wide - gutter, *self.ends, *self._span)
            found.append((replace(panel, lines=beside(panel.lines, plot)), plot))
        return found

    def _for_figure(self, panel: LinePanel) -> float:
        """Points right of a plot for the newest figure of a chart, which stands right of its mark."""
        first, last = self._span
        share = (max(line.values[-1][0] for line in panel.lines) - first) / (last - first)
        whole = self.wide - AXIS
        return max(0.0, whole - (whole - DOT - width_of_last(self.loc, panel)) / share)

    def _for_names(self, panel: LinePanel) -> float:
        """Points right of a plot for the figures and names at the ends of its lines; a line alone has its figure within the plot."""
        if _is_plain(panel):
            return 0.0
        longest = max(width_of_end(self.loc, line) for line in panel.lines)
        words = (width(word, LABEL_SIZE) for line in panel.lines for word in line.name.split())
        return LEADER + 6 + min(longest, max(self.wide * _GUTTER, *words, 0.0))


def _is_plain(panel: LinePanel) -> bool:
    """Whether a chart has one line, which has no name."""
    return len(panel.lines) == 1 and not panel.lines[0].name
