"""Rows in the order of their names: a View knows no language, so that this order is made where one is known."""

from __future__ import annotations

from dataclasses import replace

from dashboard.query import Comparison, Row, Section, View
from dashboard.text.localizer import Localizer


def in_order(loc: Localizer, view: View) -> View:
    """The view; where it asks for rows from A to Z with the rows of each section in that order."""
    if view.selection.sort != "name":
        return view
    return replace(view, sections=tuple(_by_name(loc, section) for section in view.sections))


def _by_name(loc: Localizer, section: Section) -> Section:
    def key(row: Row) -> tuple[int, str]:
        return _block(row), loc.header(row.header).casefold()

    return replace(section, rows=tuple(sorted(section.rows, key=key)))


def _block(row: Row) -> int:
    """Which run of rows it belongs to: of comparisons the panel, else rows that panels share, then those of one panel alone."""
    if isinstance(row.header, Comparison):
        return next(at for at, cell in enumerate(row.cells) if cell.values)
    return 0 if row.only_in is None else row.only_in + 1
