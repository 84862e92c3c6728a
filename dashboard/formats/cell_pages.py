"""A heat table or a table of figures as slides: which rows and columns stand on each, and how high its rows are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, groupby

from dashboard.charts import registry
from dashboard.charts.editions_together import dated, together
from dashboard.charts.headings import row_name
from dashboard.charts.nowhere import by_series
from dashboard.charts.slots import LABEL_SIZE, LEADING
from dashboard.formats.cell_captions import differs
from dashboard.formats.cell_groups import SLIDE, groupings, sparseness
from dashboard.formats.cell_plan import breaks_no_word, plan_of
from dashboard.formats.cell_rows import empties, falling, from_highest, is_lone, lines_in, used
from dashboard.formats.cell_widths import COLUMN_SIZE, WIDER
from dashboard.formats.slide_grid import differing_note
from dashboard.formats.slide_layout import (
    RoomOf,
    SlidePage,
    cut,
    name_height,
    numbered,
    rebased,
)
from dashboard.query import Header, Row, Section, View
from dashboard.query.facts import base_kind
from dashboard.text import Localizer, unlike

OVER_FOOT = 4.0
"""Points of white over the foot, more than under other charts: a table ends in a rule."""
_TALL = LABEL_SIZE * LEADING + 8
"""Points of a line of cells."""
_GIVEN = 2.0
"""Points that a row may be lower than it needs, of its white, where rows are parted into slides: as many as then have room."""


def pages(view: View, section: Section, loc: Localizer, room: RoomOf) -> tuple[SlidePage, ...]:
    """The slides of a section, each with a table that has ``room`` there."""
    coloured = not registry.chart_of(view.selection).is_table
    by_value = view.selection.sort == "value"
    if not view.selection.comparable:
        section = together(section, by_value=by_value)

    def has_room(held: Section) -> bool:
        return breaks_no_word(used(rebased(held)), loc, coloured=coloured)

    ways = [
        [_slides(section, rebased(group), loc, room, coloured=coloured) for group in way]
        for way in groupings(section, has_room)
    ]
    found = list(chain.from_iterable(each.pages for each in min(ways, key=_cost)))
    if by_value:
        found = [replace(page, section=_ordered(page.section)) for page in found]
    return numbered(found)


def _cost(way: Sequence[_Parting]) -> int:
    """How good a way of sharing out a section is, the less the better."""
    return sum(each.empty + SLIDE * each.slides for each in way)


def _ordered(held: Section) -> Section:
    """The rows of a table in falling order, of their highest figures where no column has one of each."""
    if len({base_kind(value.observation.base) for value in held.values}) > 1:
        return from_highest(held)
    return falling(held) if is_lone(held) else held


def _slides(
    section: Section, held: Section, loc: Localizer, room: RoomOf, *, coloured: bool
) -> _Parting:
    """The slides of some panels: as few as their own headings let them be, and of these with the fewest empty cells."""
    order = {header: at for at, header in enumerate(row.header for row in section.rows)}
    most = room(held) - OVER_FOOT

    def page(rows: Sequence[Row]) -> SlidePage:
        kept = tuple(sorted(rows, key=lambda row: order[row.header]))
        shown = [at for at in range(len(held.panels)) if any(row.cells[at].values for row in kept)]
        whole = rebased(cut(held, shown, kept))
        tall = sum(height_of(section, held, row, loc) - _GIVEN for row in kept)
        # Over fewer columns a heading may take more lines than there is room for.
        found = [SlidePage(section, each, table=tall + head(each)) for each in (used(whole), whole)]
        return next((each for each in found if each.table <= most), found[-1])

    def head(part: Section) -> float:
        return sum(plan_of(part, loc, coloured=coloured).heads)

    orders = [held.rows, sorted(held.rows, key=lambda row: _columns(held, row), reverse=True)]
    return min(_parted(rows, page, most) for rows in orders)


def _columns(held: Section, row: Row) -> list[bool]:
    """Whether a row has a figure, column by column."""
    return [
        header in by_series(held, row.cells[at])
        for at, panel in enumerate(held.panels)
        for header in panel.series
    ]


@dataclass(frozen=True, order=True, slots=True)
class _Parting:
    """Rows parted into slides, by how good that is."""

    slides: int = 0
    empty: int = 0
    """Cells without a figure, with those that rows count as which a slide lacks."""
    squares: float = 0.0
    """Sum of the squares of heights."""
    pages: tuple[SlidePage, ...] = field(default=(), compare=False)

    def after(self, page: SlidePage) -> _Parting:
        """With a slide before it."""
        return _Parting(
            self.slides + 1,
            self.empty + empties(page.section) + sparseness(len(page.section.rows)),
            self.squares + page.table**2,
            (page, *self.pages),
        )


def _parted(
    rows: Sequence[Row], page: Callable[[Sequence[Row]], SlidePage], most: float
) -> _Parting:
    """Rows in the best slides of rows after each other, none higher than ``most`` where it has several rows; what a header has several
    rows of is parted only where one slide has no room for it."""
    blocks = [tuple(block) for _, block in groupby(rows, key=lambda row: row.header)]
    if any(len(block) > 1 and page(block).table > most for block in blocks):
        blocks = [(row,) for row in rows]

    @cache
    def best(at: int) -> _Parting:
        if at == len(blocks):
            return _Parting()
        found = list[_Parting]()
        for to in range(at + 1, len(blocks) + 1):
            first = page(list(chain.from_iterable(blocks[at:to])))
            if first.table > most and found:
                break
            found.append(best(to).after(first))
        return min(found)

    return best(0)


def height_of(
    whole: Section,
    held: Section,
    row: Row,
    loc: Localizer,
    signed: Collection[Header] | None = None,
) -> float:
    """Points of a row at least, ``signed`` as of its name; without it all that are barred."""
    name, quiet = name_of(whole, held, row, loc, unlike.barred(whole) if signed is None else signed)
    captioned = dated(row) or differs(held, row)
    tall = _TALL + (COLUMN_SIZE * LEADING if captioned else 0)
    return max(lines_in(held, row) * tall, name_height(name, quiet, inset=WIDER))


def name_of(
    whole: Section,
    held: Section,
    row: Row,
    loc: Localizer,
    signed: Collection[Header],
    *,
    based: bool = True,
) -> tuple[str, str]:
    """(name of a row, with the sign of figures that must not be compared where it is among those ``signed``, what of its figures
    differs from the headings; not ``based`` where they say what they are shares of)."""
    notes = differing_note(loc, None, held, row, dated=not dated(row), based=based)
    return row_name(loc, whole, row, notes=notes, signed=signed)
