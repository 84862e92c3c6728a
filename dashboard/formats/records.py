"""The walk over the figures and blanks of a view: the table under a chart and every file of figures go through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.dataset import Observation, Source, Survey
from dashboard.query import (
    DESIGN,
    Cell,
    Comparison,
    Header,
    Interval,
    Measure,
    MissingReason,
    Panel,
    Population,
    Respondents,
    Row,
    Section,
    Stratum,
    Value,
    View,
)
from dashboard.text import Localizer, missing

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
"""Columns of a record, in order. ``blank`` is NQ, NP, NC, S, DV, CP, HF or NS where there is no figure and empty where there is
one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure, or one blank with whose figure is missing."""

    section: Section
    measure: Measure
    cell: int
    """Which cell of the section it stands in, counted from 0; -1 of a withheld figure that stands in none."""
    respondents: Respondents | None
    population: Population | None
    value: Value | None
    blank: MissingReason | None
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
    for at, (measure, panel, row, cell) in enumerate(_cells(section)):
        for value in cell.values:
            position = value.observation.position
            yield Entry(
                section,
                measure,
                at,
                value.respondents,
                value.population,
                value,
                None,
                position in seen,
            )
            seen.add(position)
        for series, blank in _blanks(cell):
            respondents, population = _respondents_and_population(
                (panel.header, row.header, series)
            )
            yield Entry(section, measure, at, respondents, population, None, blank)
    for measure, respondents, population in section.withheld:
        reason = MissingReason("suppressed")
        yield Entry(section, measure, -1, respondents, population, None, reason)


def view_records(view: View, loc: Localizer) -> Iterator[Record]:
    """Every figure of a view once in its theme, and every blank: the lines of a file."""
    for section in view.sections:
        for entry in entries(section):
            if not entry.again:
                yield Record(entry, _columns(entry, loc))


def _cells(section: Section) -> Iterator[tuple[Measure, Panel, Row, Cell]]:
    """The cells of a section, indicator by indicator, whether indicators are its rows or its panels."""
    if section.rows and isinstance(section.rows[0].header, Measure | Comparison):
        for row in section.rows:
            for panel, cell in zip(section.panels, row.cells, strict=True):
                yield _measure(row.header), panel, row, cell
        return
    for at, panel in enumerate(section.panels):
        for row in section.rows:
            yield _measure(panel.header), panel, row, row.cells[at]


def _measure(header: Header) -> Measure:
    """The measure that a header is or is about; raises TypeError where there is none."""
    if isinstance(header, Comparison):
        return header.measure
    if not isinstance(header, Measure):
        raise TypeError(f"neither the rows nor the panels of this section are indicators: {header}")
    return header


def _blanks(cell: Cell) -> list[tuple[Header | None, MissingReason]]:
    """(series, reason) of everything that has no figure in a cell; no series where the whole cell is blank."""
    return [*cell.missing, *([(None, cell.blank)] if cell.blank else [])]


def _respondents_and_population(
    headers: tuple[Header | None, ...],
) -> tuple[Respondents | None, Population | None]:
    """The respondents and the population among the headers of a panel, row and series."""
    parts = [
        part
        for header in headers
        if header
        for part in (header if isinstance(header, Stratum) else (header,))
    ]
    respondents = next((part for part in parts if isinstance(part, Respondents)), None)
    population = next((part for part in reversed(parts) if isinstance(part, Population)), None)
    return respondents, population


def _columns(entry: Entry, loc: Localizer) -> dict[str, object]:
    own = _of_figure(entry.value, loc) if entry.value else _of_blank(entry, loc)
    whole = {"theme": entry.section.theme, **own}
    return {name: None if whole.get(name, "") == "" else whole[name] for name in COLUMNS}


def _of_figure(value: Value, loc: Localizer) -> dict[str, object]:
    row = value.observation
    source = loc.dataset.sources[row.source_id]
    known = value.evidence.interval
    return {
        "concept": row.indicator,
        "indicator": loc.dataset.indicators[row.indicator].label,
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
        "interval_low": _bound(known, known.low) if known else None,
        "interval_high": _bound(known, known.high) if known else None,
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


def _bound(interval: Interval, bound: float) -> float:
    """A bound of an interval in whole percent; of a computed figure as it was written."""
    return bound if interval.kind == DESIGN and bound != int(bound) else round(bound)


def _of_blank(entry: Entry, loc: Localizer) -> dict[str, object]:
    measure, respondents, population = entry.measure, entry.respondents, entry.population
    return {
        "concept": measure.indicator,
        "indicator": loc.dataset.indicators[measure.indicator].label,
        "country": respondents.country if respondents else None,
        "level": respondents.level if respondents else None,
        "survey_id": respondents.survey_id if respondents else None,
        "sector": population.sector if population else None,
        "segment": _segment(population) if population else None,
        "response": measure.response,
        "blank": missing.BLANK_CODES[entry.blank.kind] if entry.blank else None,
    }


def _segment(part: Observation | Population) -> str:
    """One part of a split, such as ``size=500+``; blank where undivided."""
    return f"{part.dimension}={part.segment}" if part.dimension else ""


def headings(loc: Localizer) -> dict[str, str]:
    """Column -> its heading in the reader's language; codes in the cells are the same in every language."""
    t = loc.t
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


def sources(view: View, loc: Localizer) -> tuple[Source, ...]:
    """Publications behind the figures of a view, in order of appearance."""
    ids = dict.fromkeys(
        value.observation.source_id for section in view.sections for value in section.values
    )
    return tuple(loc.dataset.sources[source] for source in ids)


def surveys(view: View) -> tuple[Survey, ...]:
    """Survey editions behind the figures of a view, in order of appearance."""
    found = {
        value.survey.survey_id: value.survey
        for section in view.sections
        for value in section.values
    }
    return tuple(found.values())
