"""What of a slide comes first: the row that its title tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dashboard.formats.slide_layout import Block, SlidePage, joined
from dashboard.query import Row
from dashboard.query.types import about


def led_by(page: SlidePage, positions: Collection[int]) -> SlidePage:
    """The slide with the rows first that hold figures at ``positions``, those of one name together, each in its block."""
    if page.blocks:
        blocks = tuple(_led(block, positions) for block in page.blocks)
        return replace(page, blocks=blocks, section=joined([block.section for block in blocks]))
    order = _order(page.section.rows, positions)
    rows = tuple(page.section.rows[at] for at in order)
    return replace(page, section=replace(page.section, rows=rows))


def _led(block: Block, positions: Collection[int]) -> Block:
    order = _order(block.section.rows, positions)
    section = replace(block.section, rows=tuple(block.section.rows[at] for at in order))
    return replace(block, section=section, lines=tuple(block.lines[at] for at in order))


def _order(rows: Sequence[Row], positions: Collection[int]) -> list[int]:
    """Indices of rows, those first of what some tell of."""
    told = {
        about(row.header)
        for row in rows
        if any(value.observation.position in positions for value in row.values)
    }
    return sorted(range(len(rows)), key=lambda at: about(rows[at].header) not in told)
