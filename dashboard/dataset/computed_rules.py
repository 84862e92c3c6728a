"""What holds across the rows of computed figures: which cells are blank, and what stands beside which figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import numpy as np

from dashboard.dataset.computed import COMPUTED, KEY, SUPPRESSED, WITHOUT_FIGURE
from dashboard.dataset.faults import Fault
from dashboard.dataset.logic import half_a_unit
from dashboard.dataset.rows import Row, TableRows
from dashboard.dataset.tables import Rows

_OBSERVATIONS = "observations.csv"
_ESTIMATES = "estimates.csv"
_NOTHING = TableRows((), {})


def _blank_says_why(rows: Rows) -> Iterator[Fault]:
    """A row without a figure shows neither value nor answers, and every other row has a value."""
    figures = rows["observations"]
    empty = np.zeros(len(figures), dtype=bool)
    blank = figures.cells("value").where([text == "" for text in figures.cells("value").texts])
    for status in WITHOUT_FIGURE:
        having = figures.having("status", status)
        empty |= having
        for row in figures.flagged(having):
            for column in ("value", "n", "count"):
                if row.texts.get(column):
                    expected = f"blank, since the status is {status}"
                    yield Fault(_OBSERVATIONS, row.line, column, row.texts[column], expected)
    for row in figures.flagged(blank & ~empty):
        if "value" in row.values:  # A cell that is not sound has a fault of its own.
            expected = f"a percentage; blank is one whose status is {' or '.join(WITHOUT_FIGURE)}"
            yield Fault(_OBSERVATIONS, row.line, "value", "", expected)


def _answers_are_withheld_together(rows: Rows) -> Iterator[Fault]:
    """Of a question put to a group every answer is withheld or none: of all but one the last could be worked out.

    A survey of which nothing is computed withholds what its publisher does.
    """
    figures = rows["observations"]
    suppressed = figures.having("status", SUPPRESSED)
    if not suppressed.any():
        return
    cells = figures.frame([name for name in KEY if name != "response"])
    withheld = cells.assign(withheld=suppressed).groupby(list(cells.columns))["withheld"]
    own = cells.assign(computed=figures.having("status", COMPUTED)).groupby("survey_id")["computed"]
    split = withheld.transform("any").to_numpy() & own.transform("any").to_numpy() & ~suppressed
    for row in figures.flagged(split):
        expected = f"{SUPPRESSED}, since another answer to the question is withheld in this group"
        yield Fault(_OBSERVATIONS, row.line, "status", row.texts.get("status", ""), expected)


def _estimates_stand_beside_computed(rows: Rows) -> Iterator[Fault]:
    """Every computed figure has one row of ``estimates.csv``, and no other figure has one."""
    figures, held = rows["observations"], rows.get("estimates", _NOTHING)
    computed = figures.having("status", COMPUTED)
    if not len(held) and not computed.any():
        return
    beside = {_key(row): row for row in held}
    wanted = {_key(row): row for row in figures.flagged(computed)}
    for key, row in wanted.items():
        if key not in beside:
            expected = f"a row of {_ESTIMATES} with the same key ({', '.join(KEY)})"
            yield Fault(_OBSERVATIONS, row.line, "status", COMPUTED, expected)
    for key, row in beside.items():
        if key not in wanted:
            expected = f"the key of a figure in {_OBSERVATIONS} whose status is {COMPUTED}"
            yield Fault(_ESTIMATES, row.line, "", ", ".join(key), expected)
        else:
            yield from _interval_faults(row, wanted[key])


def _interval_faults(row: Row, figure: Row) -> Iterator[Fault]:
    """The interval holds the figure, but for what rounding may have moved it."""
    cells = [row.texts.get("low", ""), figure.texts.get("value", ""), row.texts.get("high", "")]
    sound = {"low", "high"} <= row.values.keys() and figure.values.get("value") is not None
    if not sound:
        return
    low, value, high = (Decimal(cell) for cell in cells)
    # The bounds are rounded too, to one decimal more.
    room = half_a_unit(value) * Decimal("1.1")
    if low - room > value or high + room < value or low > high:
        expected = f"an interval that holds the figure, {cells[1]} (line {figure.line})"
        yield Fault(_ESTIMATES, row.line, "low", f"{cells[0]} to {cells[2]}", expected)


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row.texts.get(name, "") for name in KEY)


RULES: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
    _blank_says_why,
    _answers_are_withheld_together,
    _estimates_stand_beside_computed,
)
