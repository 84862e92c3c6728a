"""What changed between figures of several editions that stand in one panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dashboard.comparability import breaks_between
from dashboard.dataset import Break, Dataset
from dashboard.query.types import Measure, Section, Value


def changed_since(dataset: Dataset, section: Section) -> Mapping[int, tuple[Break, ...]]:
    """Position of a figure -> the breaks between it and earlier figures of its panel on the same indicator and answer, whatever sector
    these are of; only figures that have some."""
    held: defaultdict[tuple[int, Measure], list[Value]] = defaultdict(list)
    for row in section.rows:
        for at, cell in enumerate(row.cells):
            for value in cell.values:
                held[at, value.measure].append(value)
    found = (_of_one(dataset, values) for values in held.values())
    return {position: breaks for each in found for position, breaks in each}


def _of_one(dataset: Dataset, values: Sequence[Value]) -> Iterable[tuple[int, tuple[Break, ...]]]:
    if len({value.survey.survey_id for value in values}) == 1:
        return
    for value in values:
        earlier = (each for each in values if _end(each) < _end(value))
        breaks = dict.fromkeys(
            found
            for each in earlier
            for found in breaks_between(dataset, each.observation, value.observation)
        )
        if breaks:
            yield value.observation.position, tuple(breaks)


def _end(value: Value) -> int:
    return value.survey.period_end or 0
