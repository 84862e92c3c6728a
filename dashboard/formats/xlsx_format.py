"""The figures of a view as a workbook. What writes it is imported when the first one is asked for."""

from __future__ import annotations

from dashboard.formats.format import Format, Order
from dashboard.messages import gettext_noop


def _make(order: Order) -> bytes:
    from dashboard.formats.xlsx import workbook

    return workbook(order.view, order.loc, order.address)


FORMAT = Format(
    name="xlsx",
    path="/data.xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    summary="The figures of a view with notes, sources and definitions.",
    make=_make,
    label=gettext_noop("Excel"),
    in_toolbar=3,
    in_archive=gettext_noop(
        "figures.xlsx: the same as a workbook, with notes, sources and definitions"
    ),
    compressed=True,
    weight=lambda _: 1,
)
