"""View -> the table under a chart: the figures and blanks of a section for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from dashboard.formats.records import Entry, entries
from dashboard.query import Section, Value
from dashboard.text import Localizer, missing, verdicts


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, or one blank with its reason, as a reader sees it in the table."""

    position: int | None
    """Position of the figure in the data; None for a blank."""
    indicator: str
    respondents: str
    population: str
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
class Column:
    """A column of the table."""

    field: str
    """Name of the field of a ``Line`` that stands in it."""
    heading: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and its columns in order; the first heads the rows."""

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def section_table(section: Section, loc: Localizer) -> Table:
    """Every drawn figure of a section, indicator by indicator, and every blank among them."""
    t = loc.t
    cells = groupby(entries(section), key=lambda entry: entry.cell)
    lines = [line for _, found in cells for line in _lines(list(found), loc)]
    return Table(
        caption=t("{theme}: the figures of the chart").format(
            theme=loc.label("theme", section.theme)
        ),
        columns=(
            Column("indicator", t("Indicator")),
            Column("respondents", t("Country and respondent")),
            Column("population", t("Sector")),
            Column("answer", t("Answer")),
            Column("figure", t("Figure")),
            Column("interval", t("95% interval")),
            Column("base", t("Share of")),
            Column("n", t("n")),
            Column("period", t("Period")),
            Column("status", t("Status")),
            Column("source", t("Source and place")),
        ),
        lines=tuple(lines),
    )


def _lines(cell: list[Entry], loc: Localizer) -> Iterator[Line]:
    """A cell: its figures, then one line for each reason and kind of respondents, naming all the populations it holds for."""
    yield from (_line(entry.value, loc) for entry in cell if entry.value)
    populations: dict[tuple[str, str, str], list[str]] = {}
    for entry in cell:
        if entry.blank:
            where = (
                loc.respondents(entry.respondents)
                if entry.respondents
                else loc.t("every country shown")
            )
            name = (
                loc.population(entry.population)
                if entry.population
                else loc.t("every sector shown")
            )
            blank = (loc.measure(entry.measure), where, missing.blank(loc, entry.blank))
            populations.setdefault(blank, []).append(name)
    for (indicator, where, reason), names in populations.items():
        yield Line(
            position=None,
            indicator=indicator,
            respondents=where,
            population=", ".join(names),
            figure=reason,
        )


def _line(value: Value, loc: Localizer) -> Line:
    row = value.observation
    source = loc.dataset.sources[row.source_id]
    sector = loc.label("sector", row.sector)
    return Line(
        position=row.position,
        indicator=loc.measure(value.measure),
        respondents=loc.respondents(value.respondents),
        population=f"{sector}: {loc.population(value.population)}" if row.dimension else sector,
        answer=loc.label("response", row.response),
        figure=loc.value(value),
        interval=verdicts.interval_short(loc, value.evidence),
        base=loc.label("base", row.base),
        n=loc.n_of(row.n, value.evidence.few) if row.n is not None else loc.t("not published"),
        period=loc.period(value.survey),
        status=loc.status(row),
        source=f"{source.publisher}: {source.title}",
        source_url=source.url,
        locator=row.locator,
    )
