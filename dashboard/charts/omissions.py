"""How much of a section stands at the address of a picture only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.query import Base, Comparison, Header, Measure, Panel, Row, Section
from dashboard.query.types import about


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much of a section stands at the address only."""

    indicators: int
    """Of which no figure is drawn."""
    figures: int
    """Of indicators that are drawn: in rows and panels of their own that are not."""
    rows: tuple[Header, ...]
    """What rows are about that are not drawn, where that is no indicator."""
    panels: tuple[Header, ...]
    """What panels are about that are not drawn, where that is no indicator."""


def left_out(whole: Section, shown: Section) -> LeftOut:
    """What of a whole section is not shown."""
    drawn_indicators = _indicators(shown)
    compared = not whole.sectors_apart and any(
        isinstance(row.header, Comparison) for row in whole.rows
    )
    of_indicators = bool(_indicators(whole)) and not compared
    indicators = whole.indicators_total - len(drawn_indicators) if of_indicators else 0
    kept = {(row.header, row.line) for row in shown.rows}
    gone = [row for row in whole.rows if (row.header, row.line) not in kept and row.values]
    drawn = {(panel.header, panel.line) for panel in shown.panels}
    panels = [panel for panel in whole.panels if (panel.header, panel.line) not in drawn]
    named = {panel.header for panel in shown.panels}
    partly = [row.values for row in gone if not compared and _indicator(row) in drawn_indicators]
    partly += [whole.values_of(each) for each in panels if _indicator(each) in drawn_indicators]
    # Nor are those told as left out whose figures of another base are drawn.
    partly += [
        row.cells[at].values
        for at, panel in enumerate(whole.panels)
        if panel in panels and panel.header in named and not _indicator(panel)
        for row in whole.rows
        if (row.header, row.line) in kept
    ]
    left = {value.observation.position for value in shown.values}
    partly += [
        tuple(value for value in cell.values if value.observation.position not in left)
        for row in whole.rows
        if (row.header, row.line) in kept
        for panel, cell in zip(whole.panels, row.cells, strict=True)
        if (panel.header, panel.line) in drawn
    ]
    further = sum(map(len, partly))
    # Who is named beside a panel that is drawn is not told as left out: indicators are counted.
    unnamed = [panel for panel in panels if panel.header not in named]
    rows = () if whole.sectors_apart else _no_indicators(gone)
    return LeftOut(indicators, further, rows, _no_indicators(unnamed))


def _no_indicators(lines: Sequence[Row | Panel]) -> tuple[Header, ...]:
    """What rows or panels are about, where that is no indicator."""
    return tuple(line.header for line in lines if not isinstance(line.header, Measure | Base))


def _indicators(section: Section) -> set[str]:
    """The indicators that its rows or panels are about."""
    lines: list[Row | Panel] = [*section.rows, *section.panels]
    return {_indicator(line) for line in lines} - {""}


def _indicator(line: Row | Panel) -> str:
    """What a row or panel is about; blank where that is no indicator."""
    measure = about(line.header)
    return measure.indicator if isinstance(measure, Measure) else ""
