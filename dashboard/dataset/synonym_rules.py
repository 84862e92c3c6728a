"""What a row of ``synonyms.csv`` must name: something that the search can find."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.dataset.faults import Fault
from dashboard.dataset.tables import Rows

_FILE = "synonyms.csv"
_TABLES = {
    "concept": ("concepts", "concept"),
    "question": ("questions", "question_id"),
    "survey": ("surveys", "survey_id"),
}
"""List -> table and column of its codes; every other is a list of codes."""


def synonyms_name_what_there_is(rows: Rows) -> Iterator[Fault]:
    """Each term belongs to an indicator, a question, an edition or a code that the tables have."""
    known: dict[str, set[str]] = {}
    for row in rows.get("codes", ()):
        known.setdefault(row.texts.get("list", ""), set()).add(row.texts.get("code", ""))
    for name, (table, column) in _TABLES.items():
        known[name] = {row.texts.get(column, "") for row in rows.get(table, ())}
    files = {name: f"{table}.csv" for name, (table, _) in _TABLES.items()}
    for row in rows.get("synonyms", ()):
        name, code = row.values.get("list", ""), row.values.get("code", "")
        # A table that cannot be read has a fault of its own, as has a list that cannot be searched.
        if code and known.get(name) and code not in known[name]:
            expected = f"a {name} of {files.get(name, 'codes.csv')}"
            yield Fault(_FILE, row.line, "code", code, expected)
