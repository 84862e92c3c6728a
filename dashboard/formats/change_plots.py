"""How wide the plots of a slide of changes are: all alike, with room for what stands right of them. Points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.edition_rows import respondents, timelines
from dashboard.charts.slots import LABEL_SIZE
from dashboard.charts.text import width
from dashboard.charts.years import Timeline
from dashboard.formats.change_labels import (
    DOT,
    Plot,
    all_within,
    beside,
    labels_and_gaps,
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
    of_section: Sequence[LinePanel]
    """Those of all slides."""
    lefts: Sequence[float]
    wide: float
    ends: tuple[float, float]
    loc: Localizer

    def plots(
        self, letters: Mapping[tuple[int, int], str], *, intervals: bool
    ) -> list[tuple[LinePanel, Plot]]:
        """Each chart, of which no mark covers another, with its plot; names stand right of the plots where one has no room for them.

        Years are those of the section, or where that costs figures or breaks their places those of the respondents on the slide.
        """
        shared, *own = dict.fromkeys((timelines(self.of_section)[0], self._own))
        found = self._over(shared, letters, intervals=intervals)

        def lacks(held: list[tuple[LinePanel, Plot]]) -> int:
            return sum(_lacking(*each, self.loc, letters, intervals=intervals) for each in held)

        other = [self._over(each, letters, intervals=intervals) for each in own if lacks(found)]
        return min([found, *other], key=lacks)

    @property
    def _own(self) -> Timeline:
        """The years of all charts of the section about the respondents of these."""
        whose = [respondents(panel) for panel in self.panels]
        axes = timelines(self.of_section, apart=True)
        held = [
            axis
            for panel, axis in zip(self.of_section, axes, strict=True)
            if respondents(panel) in whose
        ]
        return Timeline.over(year for axis in held for year in (axis.first, axis.last))

    def _over(
        self, timeline: Timeline, letters: Mapping[tuple[int, int], str], *, intervals: bool
    ) -> list[tuple[LinePanel, Plot]]:
        """The same on an axis of years."""
        span = timeline.first - _YEARS_AROUND[0], timeline.last + _YEARS_AROUND[1]
        figures = max(self._for_figure(panel, span) for panel in self.panels)
        found = self._with(figures, span)
        within = (
            _is_plain(panel) or all_within(panel, self.loc, plot, letters, intervals=intervals)
            for panel, plot in found
        )
        if all(within):
            return found
        return self._with(max(figures, *map(self._for_names, self.panels)), span)

    def _with(self, gutter: float, span: tuple[float, float]) -> list[tuple[LinePanel, Plot]]:
        """The charts with so many points right of their plots."""
        found = []
        for left, panel in zip(self.lefts, self.panels, strict=True):
            plot = Plot(left + AXIS, left + self.wide - gutter, *self.ends, *span)
            found.append((replace(panel, lines=beside(panel.lines, plot)), plot))
        return found

    def _for_figure(self, panel: LinePanel, span: tuple[float, float]) -> float:
        """Points right of a plot for the newest figure of a chart, which stands right of its mark."""
        first, last = span
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


def _lacking(
    panel: LinePanel,
    plot: Plot,
    loc: Localizer,
    letters: Mapping[tuple[int, int], str],
    *,
    intervals: bool,
) -> int:
    """How many figures and breaks of a chart have no place, or a break one over or under its way."""
    labelled, gaps = labels_and_gaps(panel, loc, plot, letters, intervals=intervals)
    wanted = [value for line in panel.lines for _, value in line.values[:-1]]
    figures = sum(value.observation.position not in labelled for value in wanted)
    return figures + sum(bool(gap.text) and not gap.on_way for gap in gaps)
