"""A column of panels: where its percent axis lies on the sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """Where a panel of a band stands: pixels of its left and right edge and of its 0 and 100 percent."""

    index: int
    left: float
    right: float
    axis: str
    hundred: float

    def at(self, percent: float) -> float:
        """Pixel of a percentage."""
        return self.left + (self.hundred - self.left) * percent / 100
