"""What stands under a figure of a table on a slide: what it is a share of, where its heading says another base, and its period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.charts.editions_together import dated
from dashboard.charts.text import width
from dashboard.formats.cell_plan import Plan
from dashboard.formats.cell_widths import COLUMN_SIZE, INSET
from dashboard.query import Row, Section, Value
from dashboard.text import Localizer


def differs(held: Section, row: Row) -> bool:
    """Whether a figure of a row is a share of something else than the heading of its panel says."""
    return any(True for _ in _differing(held, row))


def captions(plan: Plan, held: Section, row: Row, loc: Localizer) -> Mapping[int, str]:
    """Position -> what a figure is a share of, of those that differ from their headings, with its period in a row of several editions;
    nothing where one of them has no room in its column."""
    wide: dict[int, float] = {}
    for column, points in zip(plan.columns, plan.wide, strict=True):
        if column:
            wide[column[0]] = min(points, wide.get(column[0], points))
    for name in (loc.label, loc.short):
        found = {
            value.observation.position: (
                at,
                _caption(loc, row, value, name("base", value.observation.base)),
            )
            for at, value in _differing(held, row)
        }
        if all(width(text, COLUMN_SIZE) + INSET <= wide[at] for at, text in found.values()):
            return {position: text for position, (_, text) in found.items()}
    return {}


def _differing(held: Section, row: Row) -> Iterator[tuple[int, Value]]:
    """(panel, figure) of those that are shares of something else than the heading of their panel says."""
    for at, (panel, cell) in enumerate(zip(held.panels, row.cells, strict=True)):
        for value in cell.values:
            if value.observation.base != panel.base:
                yield at, value


def _caption(loc: Localizer, row: Row, value: Value, base: str) -> str:
    share = loc.t("of {base}").format(base=base)
    return f"{share}, {loc.short_period(value.survey)}" if dated(row) else share
