"""What the labels at the ends of the lines of a change over editions need beside a plot."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.context import ChartContext
from dashboard.charts.edition_gutter import LEADER, NEAR, SPACE, TYPE
from dashboard.charts.edition_lines import LinePanel
from dashboard.charts.labels import figure as worded
from dashboard.charts.years import SAME, Timeline


@dataclass(frozen=True, slots=True)
class EndRoom:
    """What the labels at the ends of the lines of a panel need: pixels without names, for the widest name and the widest word."""

    bare: float
    widest: float
    word: float
    space: float
    """Between a figure and its name."""
    timeline: Timeline
    """The axis of years of the panel."""
    after: float
    """Share of the axis of years after the latest figure of the panel, where labels stand."""

    @classmethod
    def of(
        cls, context: ChartContext, panel: LinePanel, timeline: Timeline, *, named: bool
    ) -> EndRoom:
        """Measured from the lines of a panel; with names where these are ``named``."""
        canvas, loc = context.canvas, context.loc
        lines = panel.lines
        # Of lines that end early the labels stand at their last marks.
        figures = (
            worded(loc, line.values[-1][1])
            for line in lines
            if line.values[-1][0] > panel.last - SAME
        )
        names = [line.name for line in lines if named]
        words = (each for name in names for each in name.split())
        widest = max((canvas.text_width(name, TYPE) for name in names), default=0.0)
        word = max((canvas.text_width(each, TYPE) for each in words), default=0.0)
        figure = max((canvas.text_width(each, TYPE, bold=True) for each in figures), default=0.0)
        return cls(
            canvas.px(LEADER if len(panel.lines) > 1 else NEAR) + figure,
            widest + canvas.px(2) if widest else 0.0,
            word + canvas.px(2) if word else 0.0,
            canvas.px(SPACE),
            timeline,
            timeline.share_after(panel.last) if lines else 0.0,
        )

    def wide(self, name: float) -> float:
        """Pixels of the labels with names so wide where there are any."""
        return self.bare + (self.space + name if self.widest else 0.0)

    def left_for_names(self, wide: float) -> float:
        """Pixels for names in labels so wide."""
        return max(0.0, wide - self.bare - self.space) if self.widest else 0.0
