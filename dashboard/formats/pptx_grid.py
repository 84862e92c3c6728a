"""A slide of panels and rows: native charts side by side on one scale, the names of their rows, and dashes where no mark is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import SlideShapes

from dashboard.charts import registry
from dashboard.charts.drawing import Run, Symbol
from dashboard.charts.labels import brief, is_exact, mark_end, symbol_in
from dashboard.charts.palette import LIGHT
from dashboard.charts.roles import DOTS
from dashboard.charts.series import answer_roles, series_role
from dashboard.charts.slots import (
    DASH,
    LABEL_SIZE,
    SMALL_SIZE,
    WITHHELD,
    Slot,
    fits,
    segment_label,
    stack_width,
)
from dashboard.charts.text import width
from dashboard.formats import answer_keys, pptx_bars, pptx_scatter
from dashboard.formats.answer_keys import KeySlot
from dashboard.formats.pptx_charts import (
    FEW_TICKS,
    Frame,
    Interval,
    percent_axis,
    plain_axis,
    quoted,
    rgb,
)
from dashboard.formats.pptx_names import name_of
from dashboard.formats.pptx_shapes import Type, group_of, paragraph, rule, text_box
from dashboard.formats.slide_context import SlideContext
from dashboard.formats.slide_layout import (
    APART,
    EDGE,
    GAP,
    HEAD_SIZE,
    NAMES,
    QUIET_SIZE,
    TICKS,
    WIDE,
    Block,
    SlidePage,
    heading,
    panel_width,
)
from dashboard.query import Header, Section, Value, View
from dashboard.text import Localizer, summary, unlike
from dashboard.text.key import intervals

_STRETCHED = 2.5
"""Times its least height that a slot may be high, so that few rows are not torn apart."""
_BEHIND = 10.0
"""Points that a label takes beside its width, at its mark and at the edge of its panel."""
_INSET = 6.0
"""Points from the left edge of a panel to a text in the place of a mark."""
_DOT = 12.0
_LEAST = 4.0
"""Points by which an interval is wider than its dot, at least: a shorter one would be a fin."""
_LEAST_SHARE = 0.3
"""Of a panel that 0 to 100 percent take at least."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel of a block: its slots from above, where the first begins, how high each and how wide 0 to 100 percent are."""

    section: Section
    at: int
    slots: tuple[Slot, ...]
    names: tuple[str, ...]
    left: float
    top: float
    step: float
    wide: float
    hundred: float

    def frame(self, loc: Localizer, head: str, signed: Collection[Header]) -> Frame:
        """Its chart; ``signed`` are the indicators that carry the sign of figures that must not be compared."""
        name = loc.header(self.section.panels[self.at].header)
        return Frame(
            name,
            _description(self.section, self.at, loc, head, signed),
            self.left,
            self.top,
            self.hundred,
            self.step * len(self.slots),
            right=self.wide - self.hundred,
            over=TICKS,
        )


def draw(context: SlideContext, ends: tuple[float, float]) -> None:
    """The blocks of a slide one under the other, between the y of ``ends``, in points from the upper edge of the slide."""
    page, (top, bottom) = context.page, ends
    wide = panel_width(page.beside)
    hundred = hundred_of(context.view, page, context.loc)
    fixed = sum(block.head + TICKS for block in page.blocks) + APART * (len(page.blocks) - 1)
    least = sum(block.reach * block.step for block in page.blocks)
    bounds = (block.tallest / block.step for block in page.blocks)
    stretched = min(_STRETCHED, *bounds, (bottom - top - fixed) / least)
    keys: list[tuple[KeySlot, answer_keys.Place]] = []
    for block in page.blocks:
        step = block.step * stretched
        for panel in _block(context, block, (top, step, wide, hundred)):
            places = enumerate(panel.slots)
            keys += [
                (slot, (panel.left, panel.top + at * step, step, wide))
                for at, slot in places
                if isinstance(slot, KeySlot)
            ]
        top += block.head + TICKS + block.reach * step + APART
    answer_keys.write(context, keys)


def _block(
    context: SlideContext, block: Block, place: tuple[float, float, float, float]
) -> list[_Panel]:
    """A block at ``place``: its top, the height of a slot, the width of a panel and of 0 to 100 percent; returns its panels."""
    loc, (top, step, wide, hundred) = context.loc, place
    section, first = block.section, top + block.head + TICKS
    bottom = first + step * block.slots
    group = group_of(context.shapes, loc.t("Names of the rows"))
    y, half = first, step * block.between / 2
    for at, line in enumerate(block.lines):
        # No rule passes through the name of the first row, which may begin beside the percentages.
        start = EDGE if at or not half else EDGE + NAMES
        over = y - half if at else y
        if not line.again:
            rule(group.shapes, start, over, EDGE + WIDE, over, LIGHT.rule)
        name_of(group.shapes, line.signed_in(context.signed), y, (step, half))
        y += step * line.height + 2 * half
    rule(group.shapes, EDGE, bottom + half, EDGE + WIDE, bottom + half, LIGHT.rule)
    drawn: list[_Panel] = []
    for at in range(len(section.panels)):
        left = EDGE + NAMES + at * (wide + GAP)
        names, quiet = heading(section, at, loc, wide, context.signed, only=block.only)
        head = text_box(
            group.shapes, left, top, wide, block.head, names, Type(HEAD_SIZE, bold=True)
        )
        for line_at, text in enumerate(quiet):
            paragraph(
                head.text_frame,
                [(text, False)],
                QUIET_SIZE,
                LIGHT.quiet,
                first=not names and not line_at,
            )
        white = (Slot(),) * block.between
        lines = [line.signed_in(()) for line in block.lines]
        placed = [(line.name, slot) for line in lines for slot in (*line.slots[at], *white)]
        placed = placed[: block.slots]
        slots = tuple(slot for _, slot in placed)
        named = tuple(_slot_name(loc, name, slot) for name, slot in placed)
        panel = _Panel(section, at, slots, named, left, first, step, wide, hundred)
        _chart(context, panel, " ".join((*names, *quiet)))
        _stand_ins(context.shapes, panel, loc)
        drawn.append(panel)
    for at, (panel_of, after) in enumerate(pairwise(section.panels), start=1):
        if panel_of.part != after.part:
            x = EDGE + NAMES + at * (wide + GAP) - GAP / 2 - 4
            rule(group.shapes, x, top, x, bottom, LIGHT.faint)
    return drawn


def hundred_of(view: View, page: SlidePage, loc: Localizer) -> float:
    """Points for 0 to 100 percent on all charts of a slide: its own, else the most with which every label has room behind its mark."""
    if page.hundred:
        return page.hundred
    wide = panel_width(page.beside)
    if registry.chart_of(view.selection).stacks_answers:
        stacks = (
            slot.values
            for block in page.blocks
            for line in block.lines
            for each in line.slots
            for slot in each
        )
        sums = (sum(value.observation.value for value in stack) for stack in stacks)
        # Rounded answers may add up to more than 100 percent.
        return min(stack_width(wide), wide * 100 / max(100.0, *sums))
    rooms = [stack_width(wide)]
    for value in page.section.values:
        label = width(_label(view, value, loc), LABEL_SIZE, bold=True) + _BEHIND
        share, end = value.observation.value / 100, mark_end(value, view.selection.intervals) / 100
        rooms += [(wide - label - _DOT / 2) / max(share, end)] if share else []
    return max(min(rooms), wide * _LEAST_SHARE)


def _label(view: View, value: Value, loc: Localizer) -> str:
    """A figure with the sign of few answers; with its period where nothing else parts the editions of one country."""
    unparted = value.respondents.survey_id and view.selection.by == "sector"
    period = [loc.short_period(value.survey)] if unparted else []
    signed = f"{brief(loc, value)} {loc.small_base(value.evidence.few)}".rstrip()
    return " · ".join([signed, *period])


def _slot_name(loc: Localizer, row: str, slot: Slot) -> str:
    """Name of a slot in the data sheet: the row's, and whose answers it holds; blank where no mark is."""
    if not slot.values:
        return ""
    return f"{row}: {loc.inline_name(slot.series)}" if slot.series else row


def interval_of(view: View, value: Value) -> Interval | None:
    """The interval of a figure, where the reader wants intervals and it has one."""
    known = value.evidence.interval
    if not view.selection.intervals or not known:
        return None
    at = value.observation.value
    return Interval(max(0.0, at - known.low), max(0.0, known.high - at))


def drawn_interval(view: View, page: SlidePage, loc: Localizer, value: Value) -> Interval | None:
    """The interval of a figure as a slide of bars or dots draws it: not one that a dot covers."""
    found = interval_of(view, value)
    if not found or not page.blocks or registry.chart_of(view.selection).on_slides != "dots":
        return found
    return _seen(found, hundred_of(view, page, loc))


def _seen(interval: Interval | None, hundred: float) -> Interval | None:
    """An interval where it is so much wider than its dot that it is seen, with so many points for 0 to 100 percent."""
    seen = interval and (interval.minus + interval.plus) * hundred / 100 > _DOT + _LEAST
    return interval if seen else None


def _intervals(panel: _Panel, loc: Localizer) -> str:
    """What the thin lines of a panel are."""
    values = (value for slot in panel.slots for value in slot.values)
    return intervals(loc, (each.evidence.interval for each in values if each.evidence.interval))


def percent_code(loc: Localizer) -> str:
    """The number format of percentages in a language."""
    before, _, after = loc.percent(5).partition("5")
    return quoted(before) + "0" + quoted(after)


def _chart(context: SlideContext, panel: _Panel, head: str) -> None:
    view, loc = context.view, context.loc
    frame = panel.frame(loc, head, context.signed)
    if registry.chart_of(view.selection).on_slides == "dots":
        _dots(context, panel, frame)
    else:
        series = _series(view, context.page, panel, loc)
        stacked = registry.chart_of(view.selection).stacks_answers
        named = _intervals(panel, loc)
        bars = pptx_bars.Bars(panel.names, series, stacked, percent_code(loc), named)
        pptx_bars.draw(context.shapes, frame, bars, context.known)


def _series(
    view: View, page: SlidePage, panel: _Panel, loc: Localizer
) -> tuple[pptx_bars.Series, ...]:
    """The bars of a panel by colour."""
    stacked = registry.chart_of(view.selection).stacks_answers
    bars: dict[Header | str | None, list[pptx_bars.Bar]] = {}
    for number, slot in enumerate(panel.slots):
        for value in slot.values:
            key = value.observation.response if stacked else slot.series
            label = segment_label(loc, value) if stacked else _label(view, value, loc)
            before, _, after = label.partition(loc.number(value.observation.value))
            bar = pptx_bars.Bar(
                number,
                value,
                before,
                after,
                labelled=not stacked or fits(loc, value, panel.wide),
                interval=None if stacked else interval_of(view, value),
            )
            bars.setdefault(key, []).append(bar)
    if stacked:
        return tuple(
            pptx_bars.Series(loc.label("response", key), LIGHT.colour(role), tuple(bars[key]))
            for key, role in answer_roles(page.whole).items()
            if key in bars
        )
    held = [key for key in page.whole.series if key in bars] or _unfilled(panel)
    return tuple(
        pptx_bars.Series(loc.header(key), _colour(page.whole, key), tuple(bars.get(key, ())))
        for key in held
    )


def _unfilled(panel: _Panel) -> Sequence[Header]:
    """The series without a mark of a panel that has none on this slide, whose axis stands there all the same."""
    return panel.section.panels[panel.at].series[:1]


def _colour(whole: Section, header: Header) -> str:
    """Of the marks of a series: one for all where rows name what they are of."""
    return LIGHT.colour(DOTS if whole.sectors_apart else series_role(whole, header))


def mark_symbol(whole: Section, header: Header, value: Value) -> Symbol:
    """The shape of a dot."""
    return "circle" if whole.sectors_apart else symbol_in(whole, header, value)


def _dots(context: SlideContext, panel: _Panel, frame: Frame) -> None:
    """Dots of a panel by colour, each at the middle of its slot."""
    view, page, loc = context.view, context.page, context.loc
    points: dict[Header, list[pptx_scatter.Point | None]] = {}
    for number, slot in enumerate(panel.slots):
        if slot.series is None:
            continue
        colour = _colour(page.whole, slot.series)
        for value in slot.values:
            interval = _seen(interval_of(view, value), panel.hundred)
            reach = interval.plus / 100 * panel.hundred if interval else 0.0
            point = pptx_scatter.Point(
                panel.names[number],
                value,
                value.observation.value,
                number + 0.5,
                colour,
                mark_symbol(page.whole, slot.series, value),
                not is_exact(value),
                (Run(_label(view, value, loc), bold=True),),
                right=max(0.0, reach - _DOT / 2),
                interval=interval,
            )
            points.setdefault(slot.series, []).append(point)
    lines = tuple(
        pptx_scatter.Line(
            loc.header(key),
            tuple(points.get(key, [None])),
            interval_colour=_colour(page.whole, key),
        )
        for key in [key for key in page.whole.series if key in points] or _unfilled(panel)
    )
    names = _intervals(panel, loc), ""
    chart = pptx_scatter.draw(context.shapes, frame, lines, context.known, _DOT, names=names)
    percent_axis(chart.category_axis, percent_code(loc), 50 if panel.hundred < FEW_TICKS else 20)
    plain_axis(chart.value_axis, 0, len(panel.slots))
    chart.value_axis.reverse_order = True


def _description(
    section: Section, at: int, loc: Localizer, head: str, signed: Collection[Header]
) -> str:
    """Text alternative of a chart: its heading, every figure, and which indicators carry the sign."""
    figures = [
        summary.named_value(loc, value) for row in section.rows for value in row.cells[at].values
    ]
    held = [row for row in section.rows if row.cells[at].values]
    told = f"{head.replace(unlike.SIGNED, '')}: {'; '.join(figures)}"
    return ". ".join(filter(None, (told, unlike.listed(loc, [*held, section.panels[at]], signed))))


def _stand_ins(shapes: SlideShapes, panel: _Panel, loc: Localizer) -> None:
    """What stands where no mark is: what follows is a share of, or a dash."""
    worded = [(number, slot) for number, slot in enumerate(panel.slots) if slot.text]
    if not worded:
        return
    name = loc.header(panel.section.panels[panel.at].header)
    group = group_of(shapes, loc.t("Remarks: {panel}").format(panel=name))
    for number, slot in worded:
        # What heads a mark stands close over it.
        dash = slot in (DASH, WITHHELD)
        anchor = MSO_ANCHOR.MIDDLE if dash else MSO_ANCHOR.BOTTOM
        wide = panel.wide - _INSET
        own = width(slot.text, SMALL_SIZE) + _INSET
        box = text_box(
            group.shapes,
            panel.left + _INSET,
            panel.top + number * panel.step + 1,
            wide if dash else min(wide, own),
            panel.step * slot.span - 1,
            [slot.text],
            Type(LABEL_SIZE if dash else SMALL_SIZE, LIGHT.quiet, anchor=anchor),
        )
        if not dash:
            # No line of the axis passes through a text.
            box.fill.solid()
            box.fill.fore_color.rgb = rgb(LIGHT.ground)
