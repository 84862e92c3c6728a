"""Whether the ready views of a data folder open as they are meant to."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.dataset import Fault, ReadyView
from dashboard.query.index import DatasetIndex
from dashboard.query.view import view
from dashboard.selection import format as as_written
from dashboard.selection import parse

_FILE = "views.csv"


def faults(index: DatasetIndex) -> Iterator[Fault]:
    """Every ready view of which something is dropped, that is not written as the page writes it, or that shows nothing."""
    for found in index.dataset.views:
        expected = _expected(index, found)
        if expected:
            yield Fault(_FILE, found.line, "query", found.query, expected)


def _expected(index: DatasetIndex, found: ReadyView) -> str:
    """What was expected instead of the query; blank where it is sound."""
    vocabulary = index.vocabulary
    parsed = parse(found.query, vocabulary)
    if parsed.ignored:
        dropped = ", ".join(
            part.parameter if part.reason == "unknown-parameter" else part.value or part.parameter
            for part in parsed.ignored
        )
        return f"parameters and values of this data; {dropped} cannot be used"
    written = as_written(parsed.selection, vocabulary)
    if written != found.query:
        return f"the address as the page writes it: {written or 'blank'}"
    return "" if view(index, parsed.selection).figures else "a view with at least one figure"
