"""View -> tables: the figures and blanks of a section for a reader, and all of a view as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.dataset import Observation
from dashboard.query import Blank, Cell, Group, Item, Key, Panel, Place, Row, Section, Value, View
from dashboard.wording import Words, missing, verdicts


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, or one blank with its reason, as a reader sees it in the table."""

    position: int | None
    """Place of the figure in the data; None for a blank."""
    indicator: str
    place: str
    group: str
    answer: str = ""
    figure: str = ""
    interval: str = ""
    base: str = ""
    n: str = ""
    period: str = ""
    status: str = ""
    source: str = ""
    source_url: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; ``columns`` are the headings in order."""

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def section_table(section: Section, words: Words) -> Table:
    """Every drawn figure of a section, indicator by indicator, and every blank among them."""
    t = words.t
    lines = [line for key, cells in by_indicator(section) for line in _lines(key, cells, words)]
    return Table(
        caption=t("{theme}: the figures of the chart").format(
            theme=words.label("theme", section.theme)
        ),
        columns=(
            t("Indicator"),
            t("Country and respondent"),
            t("Sector"),
            t("Answer"),
            t("Figure"),
            t("95% interval"),
            t("Share of"),
            t("n"),
            t("Period"),
            t("Status"),
            t("Source and place"),
        ),
        lines=tuple(lines),
    )


Placed = tuple[Panel, Row, Cell]


def by_indicator(section: Section) -> Iterator[tuple[Key, list[Placed]]]:
    """The cells of a section, indicator by indicator, whether indicators are its rows or its panels."""
    if section.rows and isinstance(section.rows[0].key, Item):
        for row in section.rows:
            yield (
                row.key,
                [(panel, row, cell) for panel, cell in zip(section.panels, row.cells, strict=True)],
            )
        return
    for at, panel in enumerate(section.panels):
        yield panel.key, [(panel, row, row.cells[at]) for row in section.rows]


def _lines(item: Item, cells: list[Placed], words: Words) -> Iterator[Line]:
    for panel, row, cell in cells:
        for value in cell.values:
            yield _line(value, words)
        yield from _blank_lines(item, panel, row, cell, words)


def _blank_lines(item: Item, panel: Panel, row: Row, cell: Cell, words: Words) -> Iterator[Line]:
    """One line for each reason and place, naming all the groups it holds for."""
    groups: dict[tuple[str, str], list[str]] = {}
    for series, blank in blanks(cell):
        place, group = whose((panel.key, row.key, series))
        where = words.place(place) if place else words.t("every country shown")
        name = words.group(group) if group else words.t("every sector shown")
        groups.setdefault((where, missing.blank(words, blank)), []).append(name)
    for (where, reason), names in groups.items():
        yield Line(
            position=None,
            indicator=words.item(item),
            place=where,
            group=", ".join(names),
            figure=reason,
        )


def unwritten(cell: Cell, written: set[int]) -> Iterator[Value]:
    """The figures of a cell that no file has written yet: one that belongs to two sets stands in two rows."""
    for value in cell.values:
        if value.observation.position not in written:
            written.add(value.observation.position)
            yield value


def blanks(cell: Cell) -> list[tuple[Key | None, Blank]]:
    """(series, reason) of everything that has no figure in a cell; no series where the whole cell is blank."""
    return [*cell.missing, *([(None, cell.blank)] if cell.blank else [])]


def whose(keys: tuple[Key | None, ...]) -> tuple[Place | None, Group | None]:
    """The place and the group among the keys of a panel, row and series."""
    parts = [part for key in keys if key for part in (key if isinstance(key, tuple) else (key,))]
    place = next((part for part in parts if isinstance(part, Place)), None)
    group = next((part for part in reversed(parts) if isinstance(part, Group)), None)
    return place, group


def _line(value: Value, words: Words) -> Line:
    row = value.observation
    source = words.dataset.sources[row.source_id]
    sector = words.label("sector", row.sector)
    return Line(
        position=row.position,
        indicator=words.item(value.item),
        place=words.place(value.place),
        group=f"{sector}: {words.group(value.group)}" if row.dimension else sector,
        answer=words.label("response", row.response),
        figure=words.value(value),
        interval=verdicts.interval_short(words, value.evidence),
        base=words.label("base", row.base),
        n=words.n_of(row, value.evidence.few) if row.n is not None else words.t("not published"),
        period=words.period(value.survey),
        status=words.status(row),
        source=f"{source.publisher}: {source.title}",
        source_url=source.url,
        locator=row.locator,
    )


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
"""Columns of the CSV, in order. ``blank`` is NQ, NP, NC, DV, CP or F where there is no figure and empty where there is one."""


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


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def view_csv(view: View, words: Words) -> str:
    """The figures and blanks of a view, one a line; percent 0-100, UTF-8 with a byte order mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writerow(headings(words))
    for section in view.sections:
        written: set[int] = set()
        for item, cells in by_indicator(section):
            for line in _records(section, item, cells, words, written):
                writer.writerow({name: _harmless(text) for name, text in line.items()})
    return "\ufeff" + out.getvalue()


def _records(
    section: Section, item: Item, cells: list[Placed], words: Words, written: set[int]
) -> Iterator[dict[str, object]]:
    for panel, row, cell in cells:
        for value in unwritten(cell, written):
            yield {"theme": section.theme, **record(value, words)}
        for series, blank in blanks(cell):
            yield {
                "theme": section.theme,
                **blank_record(item, whose((panel.key, row.key, series)), blank, words),
            }


def record(value: Value, words: Words) -> dict[str, object]:
    """The columns of the CSV for one figure, without its theme."""
    row: Observation = value.observation
    source = words.dataset.sources[row.source_id]
    known = value.evidence.interval
    whole = int(row.value) if row.value == int(row.value) else row.value
    return {
        "concept": row.concept,
        "indicator": words.dataset.concepts[row.concept].label,
        "country": row.country,
        "level": row.level,
        "sector": row.sector,
        "segment": f"{row.dimension}={row.segment}" if row.dimension else "",
        "survey_id": row.survey_id,
        "reference_period": value.survey.reference_period,
        "response": row.response,
        "value": whole,
        "qualifier": row.qualifier,
        "base": row.base,
        "n": row.n if row.n is not None else "",
        "count": row.count if row.count is not None else "",
        "interval_low": round(known.low) if known else "",
        "interval_high": round(known.high) if known else "",
        "interval_n": known.n if known else "",
        "interval_kind": known.kind if known else value.evidence.no_interval,
        "status": row.status,
        "doubt": row.doubt,
        "source_id": row.source_id,
        "source": f"{source.publisher}: {source.title}",
        "url": source.url,
        "locator": row.locator,
        "note": row.note,
    }


def blank_record(
    item: Item, whose: tuple[Place | None, Group | None], blank: Blank, words: Words
) -> dict[str, object]:
    """The columns of the CSV for a blank, without its theme."""
    place, group = whose
    return {
        "concept": item.concept,
        "indicator": words.dataset.concepts[item.concept].label,
        "country": place.country if place else "",
        "level": place.level if place else "",
        "survey_id": place.survey_id if place else "",
        "sector": group.sector if group else "",
        "segment": f"{group.dimension}={group.segment}" if group and group.dimension else "",
        "response": item.response,
        "blank": missing.BLANK_CODES[blank.kind],
    }


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
