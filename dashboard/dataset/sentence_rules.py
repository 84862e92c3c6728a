"""What the lists of words of headlines must name: indicators, their answers and bases, and countries that the tables have."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.dataset.faults import Fault
from dashboard.dataset.tables import Rows

_FILE = "codes.csv"
_PREDICATE, _PLACE = "predicate", "in_country"
_FORM = "a concept of concepts.csv, with + and a response or - and a base behind it where that has words of its own"


def headlines_name_what_there_is(rows: Rows) -> Iterator[Fault]:
    """Each predicate belongs to an indicator, or to one of its answers or bases, and each place to a country."""
    known: dict[str, set[str]] = {}
    for row in rows.get("codes", ()):
        known.setdefault(row.texts.get("list", ""), set()).add(row.texts.get("code", ""))
    indicators = {row.texts.get("concept", "") for row in rows.get("concepts", ())}
    if not indicators:
        return  # A table that cannot be read has a fault of its own.
    for row in rows.get("codes", ()):
        name, code = row.texts.get("list", ""), row.texts.get("code", "")
        if name == _PLACE and code not in known.get("country", set()):
            yield Fault(_FILE, row.line, "code", code, "a code of the list country")
        if name == _PREDICATE and not _names(code, indicators, known):
            yield Fault(_FILE, row.line, "code", code, _FORM)


def _names(code: str, indicators: set[str], known: dict[str, set[str]]) -> bool:
    of_answer, plus, response = code.partition("+")
    of_base, _, base = code.partition("-")
    if plus:
        return of_answer in indicators and response in known.get("response", set())
    return of_base in indicators and (not base or base in known.get("base", set()))
