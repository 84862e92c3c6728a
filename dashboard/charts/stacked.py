"""Answer scale: one stacked bar per series, each answer a segment, what is not printed a visible remainder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.charts import answer_scales, grid, grid_layout, slots
from dashboard.charts.answer_captions import Caption
from dashboard.charts.answer_scales import FULL, HATCH, Entries
from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.chart import Chart
from dashboard.charts.context import ChartContext
from dashboard.charts.drawing import Bar, Mark, Run
from dashboard.charts.grid_band import Spot
from dashboard.charts.grid_layout import Column, Layout
from dashboard.charts.headings import legend, own_period
from dashboard.charts.labels import NAME, NOTE, spoken
from dashboard.charts.names import name_of_all, name_with_unit
from dashboard.charts.percent_cells import QUARTERS, PercentCells
from dashboard.charts.roles import FAINT, GROUND, QUIET, Answer, InkOn, Role
from dashboard.charts.series import answer_roles, stacks
from dashboard.charts.slots import Slot, SlotContext
from dashboard.charts.taking import answers_together
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask
from dashboard.messages import gettext_noop
from dashboard.query import DONT_KNOW, Cell, Header, Panel, Section, Value
from dashboard.selection import Selection
from dashboard.text import Localizer, findings
from dashboard.text.key import Entry
from dashboard.text.texts import joined

BAR, GROWS, GAP = 20, 4, 4
"""Pixels (at scale 1) of a bar, those of them that grow with the room between rows, and between two bars."""
N_ROOM, LAST = 76, 20
"""Pixels (at scale 1) of the number of answers, over the right end of a bar or right of it, and of these for the figure of a last
segment that is too slim for it."""
CAPTIONS = 0.3
"""Share of a panel that captions beside its bars take at most."""
INSIDE, INSIDE_PAD = NAME, 2
"""Type of a figure in its segment, and pixels that stay free around it."""
Legends = Mapping[tuple[int, int], Entries]
_LETTERS = 1.12
"""Height of a line of letters over the font size."""
_UNKNOWN = Answer(DONT_KNOW)
"""The colour that is hardly darker than the ground, so that it has an edge."""


class Stacked(Chart):
    """Stacked answers."""

    name = "scale"
    label = gettext_noop("Answer scale")
    stacks_answers = True
    draws_doubts = False
    draws_dashes = True
    on_slides = "stacks"
    dense_for_more = True
    sorts = ("value", "published", "name")

    def takes(self, dataset: Dataset) -> Mask:
        """Every answer of the questions whose answers add up."""
        return answers_together(dataset)

    def draw(self, context: ChartContext, y: float) -> float:
        """Legend and panels; returns the y below."""
        layout, section = grid_layout.strong(context, _layout(context)), context.section
        named = answer_scales.several(section)
        once = context.in_picture
        over = answer_scales.legends(context.loc, section, once=once) if named else {}
        if not named:
            y = _legend(context, y)
        only = context.in_picture and len(section.panels) == 1 and not layout.unnamed
        if layout.names and (only or not _shares_rows(section)):
            # Side by side each panel would leave the rows of the others bare; one alone has room for captions beside its bars.
            alone = tuple(range(at, at + 1) for at in range(len(section.panels)))
            room = context.canvas.width - layout.names
            layout = replace(layout, bands=alone, room=room)
            return grid.draw(context, y, layout, *_beside(context, layout, over))
        # Rounded answers may add to a little more than 100.
        room = layout.room - context.canvas.px(grid_layout.HALF_TICK)
        columns = grid_layout.columns(context, layout, room)
        hundred = columns[0].hundred - columns[0].left
        return grid.draw(context, y, layout, columns, _Stacks(context, layout.room, hundred, over))

    def slots(self, context: SlotContext, panel: Panel, cell: Cell) -> list[Slot]:
        """Of each series a caption and a stack."""
        return slots.stacked(context, cell)

    def slide_legend(
        self, loc: Localizer, section: Section, used: Collection[Header]
    ) -> list[tuple[Role, str]]:
        """The answers."""
        roles = answer_roles(section).items()
        return [(role, loc.label("response", answer)) for answer, role in roles]

    def key(
        self,
        loc: Localizer,
        section: Section,
        selection: Selection,
        thresholds: SmallBaseThresholds,
    ) -> tuple[Entry, ...]:
        """As of every chart, and why a bar ends behind 100 percent, where one does."""
        found = super().key(loc, section, selection, thresholds)
        over = self.note_on_marks(loc, section)
        return (*found, Entry("over", over.removesuffix("."))) if over else found

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """Why a bar ends behind 100 percent, where one does."""
        held = (
            stack
            for row in section.rows
            for cell in row.cells
            for stack in stacks(section, cell).values()
        )
        over = any(sum(value.observation.value for value in stack) > 100 for stack in held)
        return loc.t("Rounded figures may add up to more than 100%.") if over else ""

    def note_on_slide(self, loc: Localizer, section: Section) -> str:
        """Why a stack ends behind 100 percent, and what the rest of one that ends before it is, as far as there are such."""
        held = (
            stack
            for row in section.rows
            for cell in row.cells
            for stack in stacks(section, cell).values()
        )
        rest = any(map(answer_scales.is_unprinted, held))
        return " ".join(
            part
            for part in (
                self.note_on_marks(loc, section),
                loc.t("White rest of a bar: not printed by the source.") if rest else "",
            )
            if part
        )


def _stacks(section: Section, panel: Panel) -> Iterator[tuple[Header, list[Value]]]:
    at = section.panels.index(panel)
    for row in section.rows:
        yield from stacks(section, row.cells[at]).items()


def _shares_rows(section: Section) -> bool:
    """Whether any row has figures in several panels, or there is one panel alone."""
    shared = (sum(bool(cell.values) for cell in row.cells) > 1 for row in section.rows)
    return len(section.panels) == 1 or any(shared)


def _layout(context: ChartContext) -> Layout:
    """The layout of a grid; where the title names its only question there is no name beside its stacks."""
    layout, rows, loc = grid_layout.layout(context), context.section.rows, context.loc
    alone = not context.in_picture and len(context.section.panels) == 1
    titled = alone and findings.names_indicator(loc, context.selection)
    if not layout.names and titled and len(rows) == 1:
        return replace(layout, unnamed=True)
    if layout.names and len(rows) == 1 and (titled or loc.header(rows[0].header) in context.title):
        bare = context.canvas.px(1)
        beside = max(len(band) for band in layout.bands)
        room = layout.room + (layout.names - bare) / beside
        return replace(layout, names=bare, room=room, unnamed=True)
    return layout


def _legend(context: ChartContext, y: float) -> float:
    """The answers of the only scale of a section; returns the y below."""
    section = context.section
    held = [stack for each in section.panels for _, stack in _stacks(section, each)]
    rest = any(map(answer_scales.is_unprinted, held))
    found = answer_scales.entries(context.loc, section, section.values, unprinted=rest)
    return legend(context.canvas, y, found)


def _beside(
    context: ChartContext, layout: Layout, over: Legends
) -> tuple[tuple[Column, ...], _Stacks]:
    """The columns of panels of which each is alone on its band, and their stacks: captions stand left of the bars, numbers of
    answers right of them."""
    canvas, section = context.canvas, context.section
    whole = _Stacks(context, layout.room, layout.room, over)
    captions = (
        whole.caption(panel, header, values[0])
        for panel in section.panels
        for header, values in _stacks(section, panel)
    )
    widest = max((caption.wide(canvas) for caption in captions), default=0.0)
    beside = min(widest + canvas.px(2 * GAP), layout.room * CAPTIONS)
    bars = replace(layout, names=layout.names + beside, room=layout.room - beside)
    columns = grid_layout.columns(context, bars, bars.room, canvas.px(N_ROOM))
    hundred = columns[0].hundred - columns[0].left
    return columns, _Stacks(context, layout.room, hundred, over, beside)


@dataclass(frozen=True, slots=True)
class _Stacks(PercentCells):
    """Cells that hold a caption and a stacked bar for each series."""

    room: float
    """Pixels of a panel."""
    hundred: float
    """Pixels that 0 to 100 percent take."""
    over: Legends
    """(row, panel) -> the legend over its stacks."""
    captions: float = 0.0
    """Pixels for the captions left of the bars; 0 where they stand above."""
    ruled: tuple[int, ...] = QUARTERS

    def head(self, column: Column, panel: Panel, y: float) -> None:
        """Percentages, and n over its column where it has one."""
        PercentCells.head(self, column, panel, y)
        if self._has_column(panel):
            canvas = self.context.canvas
            canvas.text(
                column.right, y + canvas.px(8), self._head_of_n, NOTE, QUIET, anchor="right"
            )

    def ticks_end(self, column: Column, panel: Panel) -> float:
        """Left of n, where that stands there."""
        if not self._has_column(panel):
            return column.right
        canvas = self.context.canvas
        return column.right - canvas.text_width(self._head_of_n, NOTE) - canvas.px(2 * GAP)

    @property
    def _head_of_n(self) -> str:
        return self.context.loc.t("n")

    def _has_column(self, panel: Panel) -> bool:
        """Whether n stands right of the bars of a panel."""
        values = self.context.section.values_of(panel)
        return self.captions > 0 and any(value.observation.n is not None for value in values)

    def _n(self, first: Value) -> str:
        """The number of answers of a stack; over bars, where it has no column, with its name."""
        loc, count = self.context.loc, first.observation.n or 0
        n = loc.number(count) if self.captions else loc.n(count)
        return f"{n} {loc.small_base(first.evidence.few)}".rstrip()

    def of_all(self, panel: Panel) -> str:
        """The series that all its stacks are of."""
        return name_of_all(self.context.section, self.context.loc, panel)

    def notes(self, panels: range, row: int) -> str:
        """Nothing: captions say what differs."""
        return ""

    def height(self, spot: Spot, panel: Panel, cell: Cell) -> float:
        """Legend, captions and bars."""
        canvas = self.context.canvas
        named = self._legend(Canvas(spot.column.room, canvas.zoom), spot, 0.0, 0.0)
        heights = [
            self._stack_height(panel, header, values)
            for header, values in stacks(self.context.section, cell).items()
        ]
        gaps = canvas.space(GAP) * (len(heights) - 1)
        return named + sum(heights) + gaps if heights else self._bar

    @property
    def _bar(self) -> float:
        """Pixels of a bar, which is thicker where there is room."""
        canvas = self.context.canvas
        return canvas.px(BAR - GROWS) + canvas.space(GROWS)

    def _legend(self, canvas: Canvas, spot: Spot, left: float, y: float) -> float:
        """The legend over the stacks of a cell, where it has one; returns the y below."""
        found = self.over.get((spot.row, spot.panel))
        if not found:
            return y
        # Captions leave room beside it.
        left, room = left - self.captions, spot.column.room + self.captions
        return legend(canvas, y, found, left, room) - canvas.px(4)

    def draw(self, spot: Spot, panel: Panel, cell: Cell, y: float) -> None:
        """The stacks of a cell."""
        canvas, column = self.context.canvas, spot.column
        y = self._legend(canvas, spot, column.left, y)
        for header, values in stacks(self.context.section, cell).items():
            tall, first = self._stack_height(panel, header, values), values[0]
            caption, line = self._caption_height(panel, header, values), canvas.px(NOTE * LEADING)
            middle = y + (tall / 2 if self.captions else caption + self._bar / 2)
            top = middle - caption / 2 if self.captions else y
            at = column.left - self.captions
            self.caption(panel, header, first).draw(canvas, at, top, self._caption_room)
            if first.observation.n is not None:
                level = middle if self.captions else y + line / 2
                canvas.text(column.right, level, self._n(first), NOTE, QUIET, anchor="right")
            self._stack(spot, middle, values)
            y += tall + canvas.space(GAP)

    def _stack_height(self, panel: Panel, header: Header, values: list[Value]) -> float:
        """Pixels of a stack with its caption."""
        caption, bar = self._caption_height(panel, header, values), self._bar
        return max(caption, bar) if self.captions else caption + bar

    def _caption_height(self, panel: Panel, header: Header, values: list[Value]) -> float:
        """Pixels of a caption, one line of them at least where n stands on it."""
        canvas, first = self.context.canvas, values[0]
        caption = self.caption(panel, header, first).high(canvas, self._caption_room)
        least = 0.0 if first.observation.n is None else canvas.px(NOTE * LEADING)
        return max(caption, least) + canvas.px(1)

    @property
    def _caption_room(self) -> float:
        """Pixels for a caption, left of n or of the bars."""
        if self.captions:
            return self.captions - self.context.canvas.px(GAP)
        canvas = self.context.canvas
        return self.room - canvas.px(N_ROOM)

    def caption(self, panel: Panel, header: Header, first: Value) -> Caption:
        """Whose answers a stack holds where the heading does not say it, and what differs from the heading."""
        loc = self.context.loc
        name = "" if self.of_all(panel) else loc.header(header)
        if name and not self.context.unbroken:
            name = name_with_unit(loc, header, first)
        period = own_period(loc, self.context.section.values, first)
        base = loc.share(first.observation.base) if first.base_differs else ""
        return Caption(joined(name, period), base)

    def _stack(self, spot: Spot, y: float, values: list[Value]) -> None:
        loc, roles = self.context.loc, answer_roles(self.context.section)
        start, numbered = 0.0, True
        for value in values:
            row = value.observation
            role, name = roles[row.response], loc.label("response", row.response)
            at = (start, start + row.value)
            self._segment(spot, y, at, (row.position, name, role), spoken(loc, value))
            numbered = self._number(spot.column, y, at, role)
            start += row.value
        if not numbered:
            self._last_number(spot.column, y, values[-1].observation.value, start)
        if start < FULL:
            unprinted = loc.t("not printed")
            rest = (None, unprinted, GROUND)
            self._segment(spot, y, (start, 100.0), rest, ((Run(unprinted),),))

    def _segment(
        self,
        spot: Spot,
        y: float,
        ends: tuple[float, float],
        what: tuple[int | None, str, Role],
        said: tuple[tuple[Run, ...], ...],
    ) -> None:
        """A segment between two percentages; ``what`` is position (None: not printed), name and colour."""
        position, name, role = what
        left, right = (spot.column.at(end) for end in ends)
        canvas, printed = self.context.canvas, position is not None
        shape = Bar(
            left,
            right,
            self._bar,
            role,
            GROUND if printed and role != _UNKNOWN else FAINT,
            1.0,
            None if printed else HATCH,
        )
        canvas.mark(
            Mark(
                position,
                ends[1] - ends[0],
                said,
                spot.panel,
                spot.row,
                name,
                role,
                (left + right) / 2,
                y,
                shape,
            )
        )

    def _last_number(self, column: Column, y: float, value: float, end: float) -> None:
        """The figure of the last segment of a bar, which is too slim for it, behind the bar; none where that goes on with what is not
        printed, whose figure it would seem to be."""
        canvas = self.context.canvas
        x, text = column.at(end) + canvas.px(GAP), self.context.loc.number(value)
        beside = canvas.px(N_ROOM - LAST) if self.captions else 0.0
        wide = canvas.text_width(text, NOTE)
        if value and end >= FULL and x + wide + INSIDE_PAD <= column.right - beside:
            canvas.text(x + wide / 2, y, text, NOTE, anchor="center")

    def _number(self, column: Column, y: float, ends: tuple[float, float], role: Role) -> bool:
        """The figure in a segment, where it fits in full size; its letters leave the same room above and below. Whether it did."""
        canvas, share = self.context.canvas, ends[1] - ends[0]
        text = self.context.loc.number(share)
        if self.hundred * share / 100 < canvas.text_width(text, INSIDE) + 2 * INSIDE_PAD:
            return False
        size = round(min(canvas.px(INSIDE), (self._bar - 2 * INSIDE_PAD) / _LETTERS), 1)
        middle = column.at((ends[0] + ends[1]) / 2)
        canvas.text(middle, y, text, size / canvas.zoom.factor, InkOn(role), anchor="center")
        return True
