"""Which indicators have figures that must not be compared, and the sign behind the names of those."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dashboard.comparability import ReasonKind
from dashboard.query import Header, Measure, Panel, Population, Row, Section
from dashboard.query.facts import Owner
from dashboard.text import letters
from dashboard.text.localizer import Localizer

SIGN = "≠"
SIGNED = f"\u00a0{SIGN}"
"""The sign behind a name, on the line of its last word."""
IN_COLUMNS: frozenset[ReasonKind] = frozenset({"base", "respondent", "scale", "unit", "sector"})
"""What the headings of columns say that are parted by it."""


def indicators(section: Section) -> list[tuple[Measure, tuple[ReasonKind, ...]]]:
    """The indicators that rows and panels are about, and what keeps their figures apart."""
    headed: list[Row | Panel] = [*section.rows, *section.panels]
    return [(line.header, line.obstacles) for line in headed if isinstance(line.header, Measure)]


def barred(section: Section) -> frozenset[Measure]:
    """The indicators that have figures which must not be compared."""
    return frozenset(measure for measure, found in indicators(section) if found)


def some(section: Section) -> frozenset[Measure]:
    """The indicators that are barred, where others are not."""
    found = barred(section)
    return found if found < {measure for measure, _ in indicators(section)} else frozenset()


def hidden(section: Section) -> frozenset[ReasonKind]:
    """What keeps figures apart that no heading of a column says."""
    found = frozenset(kind for _, held in indicators(section) for kind in held)
    return found - IN_COLUMNS if in_columns(section) else found


def signed(section: Section) -> frozenset[Measure]:
    """The indicators whose names carry the sign: those that are barred by what no heading of a column says; none where all are, of
    which one sentence tells."""
    if not in_columns(section):
        return some(section)
    found = frozenset(measure for measure, held in indicators(section) if set(held) - IN_COLUMNS)
    return found if found < {measure for measure, _ in indicators(section)} else frozenset()


def in_columns(section: Section) -> bool:
    """Whether a column is of one kind of respondents, of one sector, and of shares of one thing, and its headings say so."""
    return (
        not section.sectors_apart
        and all(isinstance(panel.header, Owner) for panel in section.panels)
        and all(isinstance(header, Population) for header in section.series)
        and all(
            value.observation.base == panel.base
            for row in section.rows
            for panel, cell in zip(section.panels, row.cells, strict=False)
            for value in cell.values
        )
    )


def with_sign(name: str, line: Row | Panel, among: Collection[Header]) -> str:
    """The name of a row or panel, with the sign where its figures must not be compared and it is ``among`` those that carry it."""
    return f"{name}{SIGNED}" if name and _carries(line, among) else name


def _carries(line: Row | Panel, among: Collection[Header]) -> bool:
    return bool(line.obstacles) and line.header in among


def parted(text: str) -> tuple[str, str]:
    """(a text without the sign, the sign with its space; blank where the text has none)."""
    name = text.removesuffix(SIGNED)
    return name, text[len(name) :]


def in_words(loc: Localizer) -> str:
    """What the sign says."""
    return loc.t("not all figures can be compared")


def names(loc: Localizer, lines: Iterable[Row | Panel], among: Collection[Header]) -> list[str]:
    """Of rows and panels the names of those that carry the sign, each once."""
    return list(dict.fromkeys(loc.header(each.header) for each in lines if _carries(each, among)))


def listed(loc: Localizer, lines: Iterable[Row | Panel], among: Collection[Header]) -> str:
    """In words, which rows and panels carry the sign: "Not all figures can be compared: A; B"; blank for none."""
    said, found = in_words(loc), "; ".join(names(loc, lines, among))
    return f"{letters.begun(said)}: {found}" if found else ""
