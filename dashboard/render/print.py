"""A drawing for a printer, in parts that may stand on several pages without a row falling apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.drawing import Drawing
from dashboard.render import svg


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a drawing from ``top`` to ``bottom``, in its pixels."""

    top: float
    bottom: float


def parts(drawing: Drawing) -> tuple[Part, ...]:
    """The drawing in the smallest parts that read as wholes: cut between bands, and above each row but a band's first."""
    between = [(band.bottom + after.top) / 2 for band, after in pairwise(drawing.bands)]
    rows = [row.top for band in drawing.bands for row in band.rows[1:]]
    cuts = sorted({round(at, 1) for at in (*between, *rows) if 0 < at < drawing.height})
    return tuple(Part(*ends) for ends in pairwise((0.0, *cuts, float(drawing.height))))


def printed(drawing: Drawing, label: str, prefix: str, name: str) -> str:
    """The drawing as HTML: held once, under the id ``name``, and shown in windows, one a part."""
    inner = svg.content(drawing, prefix=prefix)
    windows = (
        f'<svg viewBox="0 {part.top:g} {drawing.width} {part.bottom - part.top:g}" aria-hidden="true"><use href="#{name}"/></svg>'
        for part in parts(drawing)
    )
    held = f'<defs><g id="{name}" {inner.inherited}>{inner.inside}</g></defs>'
    return (
        f'<svg width="0" height="0" class="held" aria-hidden="true">{held}</svg>'
        f'<div role="img" aria-label="{svg.escaped(label)}">{"".join(windows)}</div>'
    )
