"""What the panels of one header hold together: what is missing of an indicator is said once, in the first of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from dashboard.query.slots import Slot
from dashboard.query.types import Header, Value

Marks = dict[Slot, list[tuple[Header, Value]]]
"""Row -> the figures in it with their series, of one panel."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What the panels of one header, which are the lines of an indicator or one panel, hold together."""

    series: Mapping[Header, set[Header]]
    """Header of rows -> the series with figures in any of them."""
    first_row: Mapping[Header, int]
    """Header of rows -> the first of them that has figures."""
    first_line: Mapping[Slot, int]
    """Row -> the first panel that has figures in it."""

    @classmethod
    def of(cls, panels: Mapping[int, Marks]) -> Alike:
        """Of panels by their line."""
        series: defaultdict[Header, set[Header]] = defaultdict(set)
        first_row: dict[Header, int] = {}
        first_line: dict[Slot, int] = {}
        for line, rows in sorted(panels.items(), key=itemgetter(0)):
            for slot, members in rows.items():
                header, at = slot
                first_row[header] = min(first_row.get(header, at), at)
                first_line.setdefault(slot, line)
                series[header].update(each for each, _ in members)
        return cls(series, first_row, first_line)
