"""The control that orders the rows of a table where no headings are seen that could."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.layout.components import data
from dashboard.layout.elements import html
from dashboard.tables import Table
from dashboard.text import Localizer

_NUMBERS = frozenset(("figure", "period", "n", "rate"))
"""Fields of a line that are ordered as numbers."""
_NAMES = frozenset(("indicator", "place", "of"))
"""Fields that are ordered as words."""


def order(table: Table, theme: str, loc: Localizer) -> html.Div:
    """The orders as a list to choose from, first that in which the rows come: assets/table.js sorts them, so it waits for that."""
    options = [
        html.Option(loc.t("By indicator"), value=""),
        *(html.Option(words, value=value) for value, words in _orders(table, loc)),
    ]
    control = f"order-{theme}"
    return html.Div(
        [
            html.Label(loc.t("Order of rows"), htmlFor=control),
            html.Select(options, id=control, autoComplete="off"),
        ],
        className="order",
        **data(scripted=""),
    )


def _orders(table: Table, loc: Localizer) -> Iterator[tuple[str, str]]:
    """(index of a column and its order as ``aria-sort`` has it, what the order is called)."""
    named = loc.t("{question}: {answer}")
    falling, rising, words = loc.t("falling"), loc.t("rising"), loc.t("A to Z")
    for at, column in enumerate(table.columns):
        if column.field in _NAMES:
            yield f"{at} ascending", named.format(question=column.heading, answer=words)
        elif column.field in _NUMBERS:
            yield f"{at} descending", named.format(question=column.heading, answer=falling)
            yield f"{at} ascending", named.format(question=column.heading, answer=rising)
