"""The axes of a change over editions: years across, percent up."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.query import Header, Section, Value

Dated = tuple[float, Value]
"""A figure with its year."""


def year_of(value: Value) -> float | None:
    """Middle of the reference period, or the one year that is known; None where the publication gives no year."""
    start, end = value.survey.period_start, value.survey.period_end
    if end is None:
        return None
    return (start + end) / 2 if start is not None else float(end)


def dated_lines(section: Section, index: int) -> list[tuple[int, Header, list[Dated]]]:
    """(row, whose line, its figures with a year) of a panel."""
    found = []
    for at, row in enumerate(section.rows):
        dated = [
            (year, value)
            for value in row.cells[index].values
            if (year := year_of(value)) is not None
        ]
        if dated:
            found.append((at, row.header, dated))
    return found


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years at the left and right edge of a plot."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Plot:
    """The pixels of a plot: its edges, its top and how tall 0 to 100 percent are."""

    timeline: Timeline
    left: float
    right: float
    top: float
    tall: float

    def across(self, year: float) -> float:
        """Pixel of a year."""
        share = (year - self.timeline.first) / (self.timeline.last - self.timeline.first)
        return self.left + share * (self.right - self.left)

    def down(self, percent: float) -> float:
        """Pixel of a percentage."""
        return self.top + self.tall * (1 - percent / 100)
