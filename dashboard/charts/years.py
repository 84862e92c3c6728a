"""The axes of a change over editions: years across, percent up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dashboard.dataset import Survey
from dashboard.query import Measure, Section, Value

SAME = 0.01
"""Years by which two middles of periods that are one may differ."""


def year_of(value: Value) -> float | None:
    """Middle of the reference period of a figure, or the one year that is known; None where the publication gives no year."""
    return year_of_survey(value.survey)


def year_of_survey(survey: Survey) -> float | None:
    """The same of a survey."""
    start, end = survey.period_start, survey.period_end
    if end is None:
        return None
    return (start + end) / 2 if start is not None else float(end)


def near_together(section: Section, points: float) -> bool:
    """Whether figures of one indicator, panel and year lie less than so many percentage points from each other, so that their marks
    may stand side by side."""
    held: dict[tuple[int, Measure, int], list[float]] = {}
    for row in section.rows:
        for panel_at, cell in enumerate(row.cells):
            for value in cell.values:
                if (year := year_of(value)) is not None:
                    about = panel_at, value.measure, round(year / SAME)
                    held.setdefault(about, []).append(value.observation.value)
    return any(
        after - each < points for found in held.values() for each, after in pairwise(sorted(found))
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first and the last year of the panels of a chart."""

    first: float
    last: float

    @classmethod
    def over(cls, years: Iterable[float]) -> Timeline:
        """From the earliest to the latest of some years; half a year around a single one."""
        held = list(years) or [0.0]
        first, last = min(held), max(held)
        return cls(first, last) if first < last else cls(first - 0.5, last + 0.5)

    def share_after(self, year: float) -> float:
        """How much of it lies after a year, from 0 to 1."""
        return (self.last - year) / (self.last - self.first)


@dataclass(frozen=True, slots=True)
class Plot:
    """The pixels of a plot: its edges, its top and how tall 0 to 100 percent are.

    The first year stands ``inset`` pixels inside the left edge, the last year ``outset`` pixels inside the right one.
    """

    timeline: Timeline
    left: float
    right: float
    top: float
    tall: float
    inset: float = 0.0
    outset: float = 0.0

    def across(self, year: float) -> float:
        """Pixel of a year."""
        share = (year - self.timeline.first) / (self.timeline.last - self.timeline.first)
        return self.left + self.inset + share * (self.right - self.left - self.inset - self.outset)

    def down(self, percent: float) -> float:
        """Pixel of a percentage."""
        return self.top + self.tall * (1 - percent / 100)

    @property
    def bottom(self) -> float:
        """Pixel of 0 percent."""
        return self.top + self.tall
