"""Slots: the panels and rows of a section before they are built, and their reading order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.comparability import ALL
from dashboard.query.facts import Owner, level_of, part_of
from dashboard.query.types import Facts, Header, Measure, Value

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
    bases: Mapping[Slot, str] = field(default_factory=dict)
    """What most figures of a panel are shares of, where such parts the panels of respondents."""
    levels_apart: bool = False
    """Whether panels of one kind of respondents stand together, those that most share a base with first."""

    def key(self, slot: Slot) -> tuple[int, ...]:
        """The sort key of a slot."""
        return *self.header_key(slot[0]), slot[1]

    def by_part(self, panels: Iterable[Slot]) -> list[Slot]:
        """Panels in reading order, those of one part beside each other."""
        ordered = sorted(panels, key=self.key)
        parts = self.parts(ordered)
        if not self.levels_apart:
            return sorted(ordered, key=lambda panel: parts[panel])
        levels: dict[object, int] = {}
        for panel in ordered:
            levels.setdefault(level_of(panel[0]), len(levels))
        beside = Counter((level_of(panel[0]), parts[panel]) for panel in ordered)

        def rank(panel: Slot) -> tuple[int, ...]:
            level = level_of(panel[0])
            return levels[level], -beside[level, parts[panel]], parts[panel]

        return sorted(ordered, key=rank)

    def parts(self, panels: Iterable[Slot]) -> dict[Slot, int]:
        """Panel -> number of its part, counted from 0 in the order of ``panels``."""
        numbers: dict[tuple[object, ...], int] = {}
        return {
            panel: numbers.setdefault(
                part_of(panel[0], self.facts, self.bases.get(panel, "")), len(numbers)
            )
            for panel in panels
        }

    def most_shared_rows(self, marks: Marks) -> list[Slot]:
        """Rows that several panels share, the most shared first; then the rows of one panel only, panel by panel."""
        ordered = self.by_part(marks)
        panels_of: dict[Header, dict[Slot, None]] = defaultdict(dict)
        for panel in ordered:
            for header, _ in marks[panel]:
                panels_of[header][panel] = None
        at = _first_places(ordered)

        def rank(slot: Slot) -> tuple[int, int, tuple[int, ...]]:
            headers = list(dict.fromkeys(header for header, _ in panels_of[slot[0]]))
            shared = (1, at[headers[0]]) if len(headers) == 1 else (0, -len(headers))
            return *shared, self.key(slot)

        return sorted({slot for panel in ordered for slot in marks[panel]}, key=rank)

    def by_value(self, rows: Sequence[Slot], panels: Sequence[Slot], marks: Marks) -> list[Slot]:
        """Rows with the greatest figure of the first panel first; rows that start in a later panel come after it.

        Rows of one panel alone stay behind those that several share, panel by panel; rows that are about one thing stay
        together. Panels of one name count as one.
        """
        panels_of: dict[Header, list[int]] = defaultdict(list)
        places = _first_places(panels)
        for at, panel in enumerate(panels):
            for header in dict.fromkeys(row for row, _ in marks[panel]):
                panels_of[header].append(at)

        def rank(header: Header) -> tuple[float, ...]:
            filled = panels_of[header]
            held = {panels[at][0] for at in filled}
            alone = isinstance(header, Measure) and len(held) == 1
            of_panel = marks[panels[filled[0]]]
            lines = sorted(line for row, line in of_panel if row == header)
            # Of rows of one sector each that of all sectors decides, wherever it stands.
            wholes = (line for line in lines if self._is_of_all(of_panel[header, line]))
            line = next(wholes, lines[0]) if self.levels_apart else lines[0]
            _, first = min(of_panel[header, line], key=self._of_answer)
            return alone, places[panels[filled[0]][0]], -first.observation.value

        return sorted(rows, key=lambda slot: (rank(slot[0]), self.key(slot)))

    @staticmethod
    def _is_of_all(marks: Sequence[tuple[Header, Value]]) -> bool:
        return any(value.observation.sector == ALL for _, value in marks)

    def _of_answer(self, mark: tuple[Header, Value]) -> tuple[tuple[int, ...], ...]:
        """The sort key of a figure in its cell: by series, then by answer."""
        series, value = mark
        answer = Measure(value.measure.indicator, value.observation.response)
        return self.header_key(series), self.header_key(answer)

    def most_shared_panels(self, marks: Marks) -> list[Slot]:
        """Indicators as panels, those with most rows first."""
        rows_of: dict[Header, set[Header]] = defaultdict(set)
        for (header, _), rows in marks.items():
            rows_of[header] |= {row for row, _ in rows}
        return sorted(marks, key=lambda panel: (-len(rows_of[panel[0]]), self.key(panel)))


def _first_places(panels: Sequence[Slot]) -> dict[Header, int]:
    """The index of the first panel of each name."""
    found: dict[Header, int] = {}
    for at, (header, _) in enumerate(panels):
        found.setdefault(header, at)
    return found


def indicator_of(slot: Slot) -> str:
    """The indicator that a row or panel is about; raises TypeError for one about something else."""
    header = slot[0]
    if not isinstance(header, Measure):
        raise TypeError(f"{header} is no indicator")
    return header.indicator
