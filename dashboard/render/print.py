"""A drawing for a printer, in parts that may stand on several pages without a row falling apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.drawing import Band, Drawing
from dashboard.render import svg

_WHOLE = 450.0
"""Pixels of a drawing for paper that a page on its side is high."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a drawing from ``top`` to ``bottom``, in its pixels."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A band, cut above each of its rows; the heading of its columns stands again on each page that its rows run on to."""

    heading: Part | None
    parts: tuple[Part, ...]


def blocks(drawing: Drawing) -> tuple[Block, ...]:
    """The drawing band by band, without gaps; one block where it has no bands."""
    between = [(band.bottom + after.top) / 2 for band, after in pairwise(drawing.bands)]
    ends = pairwise((0.0, *(round(at, 1) for at in between), float(drawing.height)))
    bands = drawing.bands or (Band(0.0, drawing.height),)
    return tuple(_block(*end, band) for end, band in zip(ends, bands, strict=True))


def _block(top: float, bottom: float, band: Band) -> Block:
    """Of blocks side by side no heading is repeated; such that a page on its side has room for are not cut."""
    whole = band.in_blocks and bottom - top <= _WHOLE
    rows = () if whole else band.rows[1:] if band.in_blocks else band.rows
    cuts = sorted({round(row.top, 1) for row in rows if top < row.top < bottom})
    found = tuple(Part(*ends) for ends in pairwise((top, *cuts, bottom)))
    return Block(found[0], found[1:]) if cuts and not band.in_blocks else Block(None, found)


def printed(drawing: Drawing, label: str, prefix: str, name: str) -> str:
    """The drawing as HTML: held once, under the id ``name``, and shown in windows, one a part."""
    inner = svg.content(drawing, prefix=prefix)

    def row(part: Part) -> str:
        return (
            f'<tr><td><svg viewBox="0 {part.top:g} {drawing.width} {part.bottom - part.top:g}" aria-hidden="true">'
            f'<use href="#{name}"/></svg></td></tr>'
        )

    def table(block: Block) -> str:
        heading = f"<thead>{row(block.heading)}</thead>" if block.heading else ""
        rows = "".join(map(row, block.parts))
        return f'<table role="presentation">{heading}<tbody>{rows}</tbody></table>'

    held = f'<defs><g id="{name}" {inner.inherited}>{inner.inside}</g></defs>'
    return (
        f'<svg width="0" height="0" class="held" aria-hidden="true">{held}</svg>'
        f'<div role="img" aria-label="{svg.escaped(label)}">{"".join(map(table, blocks(drawing)))}</div>'
    )
