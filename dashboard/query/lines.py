"""The figures of one theme -> a Section of lines that hold every one of them: what bars show, set out as comparisons are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from dashboard.dataset import Observation
from dashboard.query.comparisons import comparisons_section
from dashboard.query.index import DatasetIndex
from dashboard.query.section import section
from dashboard.query.types import (
    Cell,
    Header,
    MissingReason,
    Population,
    Respondents,
    Row,
    Section,
    Stratum,
    about,
)
from dashboard.selection import Selection
from dashboard.selection.rules import switched

_Blank = tuple[Header, MissingReason]


def lines_section(
    index: DatasetIndex,
    selection: Selection,
    mask: np.ndarray,
    theme: str,
    rows: list[Observation],
    opening: int,
) -> Section:
    """Arrange the figures of a theme, of ``opening`` indicators where it is not expanded: each on a line of those that it may be
    compared with, or alone on its own. ``mask`` marks every figure that the selection keeps.

    Which indicators it opens with, and what has no figure, is as of bars.
    """
    bars = section(index, switched(selection, "bars"), mask, theme, rows, opening)
    held = {value.observation.position for value in bars.values}
    kept = [row for row in rows if row.position in held]
    found = comparisons_section(index, selection, theme, kept, off_lines=0)
    return replace(
        found,
        rows=_with_blanks(found.rows, _blanks(bars)),
        indicators_total=bars.indicators_total,
        indicators_shown=bars.indicators_shown,
        missing_countries=bars.missing_countries,
        together=bars.together,
        sectors_apart=True,
    )


def _blanks(bars: Section) -> Mapping[Header, list[_Blank]]:
    """What each row has no figure of, and why."""
    found: dict[Header, list[_Blank]] = defaultdict(list)
    for row in bars.rows:
        for panel, cell in zip(bars.panels, row.cells, strict=True):
            if cell.blank:
                found[row.header].append((panel.header, cell.blank))
            found[row.header] += [(_among(panel.header, each), why) for each, why in cell.missing]
    return found


def _among(panel: Header, series: Header) -> Header:
    """Whose figure one of a series is in a panel."""
    if isinstance(panel, Respondents) and isinstance(series, Population):
        return Stratum(panel, series)
    return series


def _with_blanks(rows: Sequence[Row], blanks: Mapping[Header, list[_Blank]]) -> tuple[Row, ...]:
    """The rows; the first of each measure with what has no figure of that."""
    said: set[Header] = set()
    found = []
    for row in rows:
        measure = about(row.header)
        if measure not in said:
            said.add(measure)
            cells = (_with(cell, blanks.get(measure, [])) for cell in row.cells)
            row = replace(row, cells=tuple(cells))
        found.append(row)
    return tuple(found)


def _with(cell: Cell, blanks: Sequence[_Blank]) -> Cell:
    return replace(cell, missing=tuple(blanks)) if cell.values else cell
