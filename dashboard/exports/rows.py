"""The figures and blanks of a view as flat records, the same and in the same order as the lines of the CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import tables
from dashboard.dataset import Source, Survey
from dashboard.query import Blank, Group, Item, Place, Section, Value, View
from dashboard.wording import Words

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet take a text for a formula."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure, or one blank with whose figure is missing; ``record`` has the columns of the CSV, blank ones None."""

    section: Section
    item: Item
    place: Place | None
    group: Group | None
    value: Value | None
    blank: Blank | None
    record: dict[str, object]


def entries(view: View, words: Words) -> Iterator[Entry]:
    """Every figure and every blank of a view: theme by theme, indicator by indicator."""
    for section in view.sections:
        written: set[int] = set()
        for item, cells in tables.by_indicator(section):
            for panel, row, cell in cells:
                for value in tables.unwritten(cell, written):
                    record = _complete(section, tables.record(value, words))
                    yield Entry(section, item, value.place, value.group, value, None, record)
                for series, blank in tables.blanks(cell):
                    place, group = tables.whose((panel.key, row.key, series))
                    record = _complete(
                        section, tables.blank_record(item, (place, group), blank, words)
                    )
                    yield Entry(section, item, place, group, None, blank, record)


def _complete(section: Section, record: dict[str, object]) -> dict[str, object]:
    whole = {"theme": section.theme, **record}
    return {name: None if whole.get(name, "") == "" else whole[name] for name in tables.COLUMNS}


def sources(view: View, words: Words) -> tuple[Source, ...]:
    """Publications behind the figures of a view, in order of appearance."""
    ids = dict.fromkeys(
        value.observation.source_id for section in view.sections for value in section.values
    )
    return tuple(words.dataset.sources[source] for source in ids)


def surveys(view: View) -> tuple[Survey, ...]:
    """Survey editions behind the figures of a view, in order of appearance."""
    found = {
        value.survey.survey_id: value.survey
        for section in view.sections
        for value in section.values
    }
    return tuple(found.values())


def is_web(address: str) -> bool:
    """Whether an address may become a link: http and https only."""
    return address.startswith(("https://", "http://"))
