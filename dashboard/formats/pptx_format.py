"""The view as slides. What writes them is imported when the first are asked for: it takes as long as two answers, and megabytes."""

from __future__ import annotations

from dashboard.formats.format import Format, Order
from dashboard.messages import gettext_noop


def _make(order: Order) -> bytes:
    from dashboard.formats.pptx import deck

    return deck(order.view, order.loc, order.address, order.work.go_on)


FORMAT = Format(
    name="pptx",
    path="/slides.pptx",
    media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    summary="A view as slides with editable charts.",
    make=_make,
    label=gettext_noop("Slides (PPTX)"),
    in_toolbar=2,
    with_pictures=True,
    compressed=True,
    weight=lambda _: 4,
)
