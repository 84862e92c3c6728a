"""Rows in which a dash would deny a figure: that of a panel which is left out while others of its respondents stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.charts import told
from dashboard.query import Header, Panel, Respondents, Row, Section


def denying(section: Section, gone: Collection[int], named: Collection[int]) -> list[int]:
    """Indices of the rows of units that have the figures of some respondents in panels that are ``gone`` alone, of which other panels
    stay, where a dash would deny them; but for units with a figure at one of the positions ``named``."""
    found: list[int] = []
    for unit in told.units(section):
        rows = [section.rows[at] for at in unit]
        positions = {told.position(value) for row in rows for value in row.values}
        if positions.isdisjoint(named) and _denied(section, rows, gone):
            found += unit
    return found


def ways(section: Section, order: Sequence[int]) -> list[tuple[tuple[int, ...], ...]]:
    """Ways for panels to give way: one after the other in an ``order`` of their indices, or all of some respondents together; each as
    what is gone after each step, at first nothing, never all."""
    alone = tuple(tuple(order[:count]) for count in range(len(order)))
    of_each: dict[Header, list[int]] = {}
    for at in reversed(order):
        of_each.setdefault(section.panels[at].header, []).append(at)
    groups = list(of_each.values())[::-1]
    together = tuple(
        tuple(at for group in groups[:count] for at in group) for count in range(1, len(groups))
    )
    others = tuple(gone for gone in together if set(gone) not in map(set, alone))
    return [alone, others]


def left(section: Section, panel: Panel, kept: Sequence[Row], gone: Collection[int]) -> int:
    """How many panels the respondents of one have, without those ``gone`` that hold no figure which a place of the rows ``kept`` lacks."""
    if not isinstance(panel.header, Respondents):
        return panel.lines
    idle = set(gone) - {at for row in kept for at in _denied(section, [row], gone)}
    return panel.lines - sum(section.panels[at].header == panel.header for at in idle)


def _denied(section: Section, rows: Sequence[Row], gone: Collection[int]) -> list[int]:
    """The panels of ``gone`` that hold figures of some rows which dashes in other panels of their respondents would deny."""
    held = [at for at in range(len(section.panels)) if any(row.cells[at].values for row in rows)]
    left = [at for at in range(len(section.panels)) if at not in gone]
    dashed = {section.panels[at].header for at in left} - {
        section.panels[at].header for at in left if at in held
    }
    return [at for at in held if at in gone and section.panels[at].header in dashed]
