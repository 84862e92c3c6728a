"""Which indicators have figures that must not be compared, and the sign behind the names of those."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dashboard.comparability import ReasonKind
from dashboard.query import Header, Measure, Panel, Row, Section
from dashboard.text import letters
from dashboard.text.localizer import Localizer

SIGN = "≠"
SIGNED = f"\u00a0{SIGN}"
"""The sign behind a name, on the line of its last word."""


def indicators(section: Section) -> list[tuple[Measure, tuple[ReasonKind, ...]]]:
    """The indicators that rows and panels are about, and what keeps their figures apart."""
    headed: list[Row | Panel] = [*section.rows, *section.panels]
    return [(line.header, line.obstacles) for line in headed if isinstance(line.header, Measure)]


def barred(section: Section) -> frozenset[Measure]:
    """The indicators that have figures which must not be compared."""
    return frozenset(measure for measure, found in indicators(section) if found)


def signed(section: Section) -> frozenset[Measure]:
    """The indicators whose names carry the sign: those that are barred, none where all are, of which one sentence tells."""
    found = barred(section)
    return found if found < {measure for measure, _ in indicators(section)} else frozenset()


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
