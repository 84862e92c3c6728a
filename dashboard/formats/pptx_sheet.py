"""The data sheet behind a native chart: its numbers where the chart looks for them, and beside each where it comes from."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.text import NOT_XML
from dashboard.formats import remarks
from dashboard.formats.deterministic_zip import release_date
from dashboard.query import Value
from dashboard.text import Localizer


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a data sheet tells of its figures: the headings, a function from a value to the cells under them, and its date."""

    columns: tuple[str, ...]
    facts_of: Callable[[Value], tuple[str, ...]]
    day: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a sheet: whose it is, and what else stands before its provenance."""

    name: str
    value: Value | None
    """None where the numbers are no figure, but the ends of an interval."""
    numbers: tuple[float, ...]


def provenance(loc: Localizer) -> Provenance:
    """Wording, base, n, period, status and source of a figure."""
    t = loc.t
    columns = (t("as worded"), t("share of"), t("n"), t("period"), t("status"), t("source"))

    def facts_of(value: Value) -> tuple[str, ...]:
        row = value.observation
        most = value.evidence.most_answers
        unknown = t("not published") if most is None else loc.at_most(most)
        n = loc.number(row.n) if row.n is not None else unknown
        source = remarks.reference(loc, loc.dataset.sources[row.source_id])
        return (
            loc.value(value),
            loc.label("base", row.base),
            n,
            loc.period(value.survey),
            loc.label("status", row.status),
            source,
        )

    return Provenance(columns, facts_of, release_date(loc.dataset))


def clean(text: str) -> str:
    """A text without what no XML can hold."""
    return NOT_XML.sub("", text)


def by_slot(
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[tuple[int, Value]]]],
    known: Provenance,
    *,
    told: bool,
) -> bytes:
    """The sheet of bars: names in column A, a series of (slot, value) in each further column; ``told``: with provenance."""
    book, sheet, out = _book(known)
    for slot, name in enumerate(names, start=1):
        sheet.write_string(slot, 0, clean(name))
    beside = len(series) + 2
    _headings(sheet, beside, known)
    for at, (name, values) in enumerate(series, start=1):
        sheet.write_string(0, at, clean(name))
        for slot, value in values:
            sheet.write_number(slot + 1, at, value.observation.value)
            if told:
                _facts(sheet, slot + 1, beside, value, known)
    book.close()
    return out.getvalue()


def by_point(series: Sequence[tuple[str, Sequence[Entry | None]]], known: Provenance) -> bytes:
    """The sheet of points, series under series, an empty line for None.

    Across in column A, down in column B, whose it is in C, then its provenance.
    """
    book, sheet, out = _book(known)
    _headings(sheet, 3, known)
    row = 0
    for name, entries in series:
        sheet.write_string(row, 1, clean(name))
        for at, entry in enumerate(entries, start=row + 1):
            if entry is None:
                continue
            for column, number in enumerate(entry.numbers):
                sheet.write_number(at, column, number)
            sheet.write_string(at, 2, clean(entry.name))
            if entry.value:
                _facts(sheet, at, 3, entry.value, known)
        row += len(entries) + 2
    book.close()
    return out.getvalue()


def _book(known: Provenance) -> tuple[Workbook, Worksheet, io.BytesIO]:
    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": known.day})
    sheet = book.add_worksheet("Sheet1")
    sheet.set_column(0, 0, 50)
    return book, sheet, out


def _headings(sheet: Worksheet, beside: int, known: Provenance) -> None:
    for at, name in enumerate(known.columns):
        sheet.write_string(0, beside + at, clean(name))


def _facts(sheet: Worksheet, row: int, beside: int, value: Value, known: Provenance) -> None:
    for at, fact in enumerate(known.facts_of(value)):
        sheet.write_string(row, beside + at, clean(fact))
