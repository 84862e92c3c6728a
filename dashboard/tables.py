"""View -> table: the figures of a section, every fact about each in its own column."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.query import Section, Value
from dashboard.wording import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as a reader sees it in the table."""

    position: int
    indicator: str
    place: str
    group: str
    answer: str
    figure: str
    base: str
    n: str
    period: str
    status: str
    source: str
    source_url: str
    locator: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; ``columns`` are the headings in order."""

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def section_table(section: Section, words: Words) -> Table:
    """Every drawn figure of a section, row by row and panel by panel."""
    t = words.t
    return Table(
        caption=t("{theme}: the figures of the chart").format(theme=words.label("theme", section.theme)),
        columns=(
            t("Indicator"),
            t("Country and respondent"),
            t("Sector"),
            t("Answer"),
            t("Figure"),
            t("Share of"),
            t("n"),
            t("Period"),
            t("Status"),
            t("Source and place"),
        ),
        lines=tuple(_line(value, words) for value in section.values),
    )


def _line(value: Value, words: Words) -> Line:
    row = value.observation
    source = words.dataset.sources[row.source_id]
    sector = words.label("sector", row.sector)
    return Line(
        position=row.position,
        indicator=words.dataset.concepts[row.concept].label,
        place=words.place(value.place),
        group=f"{sector}: {words.group(value.group)}" if row.dimension else sector,
        answer=words.label("response", row.response),
        figure=words.value(value),
        base=words.label("base", row.base),
        n=words.number(row.n) if row.n is not None else words.t("not published"),
        period=words.period(value.survey),
        status=words.label("status", row.status),
        source=f"{source.publisher}: {source.title}",
        source_url=source.url,
        locator=row.locator,
    )
