"""Slots: the panels and rows of a section before they are built, and their reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboard.query.facts import Owner, part_of
from dashboard.query.types import Facts, Header, Value

Slot = tuple[Header, int]
"""A panel or row: what it is about, and which of several that are about it."""
Marks = Mapping[Slot, Mapping[Slot, list[tuple[Header, Value]]]]
"""Panel -> row -> (series, value)."""


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """Puts the slots of a section in the order in which they are read."""

    header_key: Callable[[Header], tuple[int, ...]]
    """The sort key of a header (``arrange.sorter``)."""
    facts: Mapping[Owner, Facts]

    def key(self, slot: Slot) -> tuple[int, ...]:
        """The sort key of a slot."""
        return *self.header_key(slot[0]), slot[1]

    def by_part(self, panels: Iterable[Slot]) -> list[Slot]:
        """Panels in reading order, those of one part beside each other."""
        ordered = sorted(panels, key=self.key)
        parts = self.parts(ordered)
        return sorted(ordered, key=lambda panel: parts[panel])

    def parts(self, panels: Iterable[Slot]) -> dict[Slot, int]:
        """Panel -> number of its part, counted from 0 in the order of ``panels``."""
        numbers: dict[tuple[object, ...], int] = {}
        return {
            panel: numbers.setdefault(part_of(panel[0], self.facts), len(numbers))
            for panel in panels
        }

    def most_shared_rows(self, marks: Marks) -> list[Slot]:
        """Rows that several panels share, the most shared first; then the rows of one panel only, panel by panel."""
        ordered = self.by_part(marks)
        panels_of: dict[Header, dict[Slot, None]] = defaultdict(dict)
        for panel in ordered:
            for header, _ in marks[panel]:
                panels_of[header][panel] = None
        at = {panel: rank for rank, panel in enumerate(ordered)}

        def rank(slot: Slot) -> tuple[int, int, tuple[int, ...]]:
            panels = list(panels_of[slot[0]])
            shared = (1, at[panels[0]]) if len(panels) == 1 else (0, -len(panels))
            return *shared, self.key(slot)

        return sorted({slot for panel in ordered for slot in marks[panel]}, key=rank)

    def most_shared_panels(self, marks: Marks) -> list[Slot]:
        """Indicators as panels, those with most rows first."""
        rows_of: dict[Header, set[Header]] = defaultdict(set)
        for (header, _), rows in marks.items():
            rows_of[header] |= {row for row, _ in rows}
        return sorted(marks, key=lambda panel: (-len(rows_of[panel[0]]), self.key(panel)))
