"""View -> the table under a chart: the figures and blanks of a section for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from dashboard.formats.records import Entry, entries
from dashboard.query import Section, Value
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
    cells = groupby(entries(section), key=lambda entry: entry.cell)
    lines = [line for _, found in cells for line in _lines(list(found), words)]
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


def _lines(cell: list[Entry], words: Words) -> Iterator[Line]:
    """A cell: its figures, then one line for each reason and place, naming all the groups it holds for."""
    yield from (_line(entry.value, words) for entry in cell if entry.value)
    groups: dict[tuple[str, str, str], list[str]] = {}
    for entry in cell:
        if entry.blank:
            where = words.place(entry.place) if entry.place else words.t("every country shown")
            name = words.group(entry.group) if entry.group else words.t("every sector shown")
            spot = (words.item(entry.item), where, missing.blank(words, entry.blank))
            groups.setdefault(spot, []).append(name)
    for (indicator, where, reason), names in groups.items():
        yield Line(
            position=None,
            indicator=indicator,
            place=where,
            group=", ".join(names),
            figure=reason,
        )


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
