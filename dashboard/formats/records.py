"""The walk over the figures and blanks of a view: the table under a chart and every file of figures go through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.dataset import Observation, Source, Survey
from dashboard.query import Blank, Cell, Group, Item, Key, Panel, Place, Row, Section, Value, View
from dashboard.wording import Words, missing

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet take a text for a formula."""

COLUMNS = (
    "theme",
    "concept",
    "indicator",
    "country",
    "level",
    "sector",
    "segment",
    "survey_id",
    "reference_period",
    "response",
    "value",
    "qualifier",
    "blank",
    "base",
    "n",
    "count",
    "interval_low",
    "interval_high",
    "interval_n",
    "interval_kind",
    "status",
    "doubt",
    "source_id",
    "source",
    "url",
    "locator",
    "note",
)
"""Columns of a record, in order. ``blank`` is NQ, NP, NC, DV, CP or F where there is no figure and empty where there is one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure, or one blank with whose figure is missing."""

    section: Section
    item: Item
    cell: int
    """Which cell of the section it stands in, counted from 0."""
    place: Place | None
    group: Group | None
    value: Value | None
    blank: Blank | None
    again: bool = False
    """Whether the figure stood in an earlier cell too: one that belongs to two sets stands in two rows."""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry with its ``columns``: every one of ``COLUMNS``, those without content None."""

    entry: Entry
    columns: dict[str, object]


def entries(section: Section) -> Iterator[Entry]:
    """Every figure where it stands and every blank, indicator by indicator."""
    seen: set[int] = set()
    for at, (item, panel, row, cell) in enumerate(_cells(section)):
        for value in cell.values:
            position = value.observation.position
            yield Entry(section, item, at, value.place, value.group, value, None, position in seen)
            seen.add(position)
        for series, blank in _blanks(cell):
            place, group = _whose((panel.key, row.key, series))
            yield Entry(section, item, at, place, group, None, blank)


def view_records(view: View, words: Words) -> Iterator[Record]:
    """Every figure of a view once in its theme, and every blank: the lines of a file."""
    for section in view.sections:
        for entry in entries(section):
            if not entry.again:
                yield Record(entry, _columns(entry, words))


def _cells(section: Section) -> Iterator[tuple[Item, Panel, Row, Cell]]:
    """The cells of a section, indicator by indicator, whether indicators are its rows or its panels."""
    if section.rows and isinstance(section.rows[0].key, Item):
        for row in section.rows:
            for panel, cell in zip(section.panels, row.cells, strict=True):
                yield row.key, panel, row, cell
        return
    for at, panel in enumerate(section.panels):
        for row in section.rows:
            yield panel.key, panel, row, row.cells[at]


def _blanks(cell: Cell) -> list[tuple[Key | None, Blank]]:
    """(series, reason) of everything that has no figure in a cell; no series where the whole cell is blank."""
    return [*cell.missing, *([(None, cell.blank)] if cell.blank else [])]


def _whose(keys: tuple[Key | None, ...]) -> tuple[Place | None, Group | None]:
    """The place and the group among the keys of a panel, row and series."""
    parts = [part for key in keys if key for part in (key if isinstance(key, tuple) else (key,))]
    place = next((part for part in parts if isinstance(part, Place)), None)
    group = next((part for part in reversed(parts) if isinstance(part, Group)), None)
    return place, group


def _columns(entry: Entry, words: Words) -> dict[str, object]:
    own = _of_figure(entry.value, words) if entry.value else _of_blank(entry, words)
    whole = {"theme": entry.section.theme, **own}
    return {name: None if whole.get(name, "") == "" else whole[name] for name in COLUMNS}


def _of_figure(value: Value, words: Words) -> dict[str, object]:
    row = value.observation
    source = words.dataset.sources[row.source_id]
    known = value.evidence.interval
    return {
        "concept": row.concept,
        "indicator": words.dataset.concepts[row.concept].label,
        "country": row.country,
        "level": row.level,
        "sector": row.sector,
        "segment": _segment(row),
        "survey_id": row.survey_id,
        "reference_period": value.survey.reference_period,
        "response": row.response,
        "value": int(row.value) if row.value == int(row.value) else row.value,
        "qualifier": row.qualifier,
        "base": row.base,
        "n": row.n,
        "count": row.count,
        "interval_low": round(known.low) if known else None,
        "interval_high": round(known.high) if known else None,
        "interval_n": known.n if known else None,
        "interval_kind": known.kind if known else value.evidence.no_interval,
        "status": row.status,
        "doubt": row.doubt,
        "source_id": row.source_id,
        "source": f"{source.publisher}: {source.title}",
        "url": source.url,
        "locator": row.locator,
        "note": row.note,
    }


def _of_blank(entry: Entry, words: Words) -> dict[str, object]:
    item, place, group = entry.item, entry.place, entry.group
    return {
        "concept": item.concept,
        "indicator": words.dataset.concepts[item.concept].label,
        "country": place.country if place else None,
        "level": place.level if place else None,
        "survey_id": place.survey_id if place else None,
        "sector": group.sector if group else None,
        "segment": _segment(group) if group else None,
        "response": item.response,
        "blank": missing.BLANK_CODES[entry.blank.kind],
    }


def _segment(whose: Observation | Group) -> str:
    """One part of a split, such as ``size=500+``; blank where undivided."""
    return f"{whose.dimension}={whose.segment}" if whose.dimension else ""


def headings(words: Words) -> dict[str, str]:
    """Column -> its heading in the reader's language; codes in the cells are the same in every language."""
    t = words.t
    return {
        "theme": t("theme"),
        "concept": t("concept"),
        "indicator": t("indicator"),
        "country": t("country"),
        "level": t("level"),
        "sector": t("sector"),
        "segment": t("segment"),
        "survey_id": t("survey_id"),
        "reference_period": t("reference_period"),
        "response": t("response"),
        "value": t("value"),
        "qualifier": t("qualifier"),
        "blank": t("blank"),
        "base": t("base"),
        "n": t("n"),
        "count": t("count"),
        "interval_low": t("interval_low"),
        "interval_high": t("interval_high"),
        "interval_n": t("interval_n"),
        "interval_kind": t("interval_kind"),
        "status": t("status"),
        "doubt": t("doubt"),
        "source_id": t("source_id"),
        "source": t("source"),
        "url": t("url"),
        "locator": t("locator"),
        "note": t("note"),
    }


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
