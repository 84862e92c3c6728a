"""The charts of a slide: native charts side by side, the names of their rows, and texts where a bar is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.shapetree import SlideShapes
from pptx.slide import Slide

from dashboard.charts import registry
from dashboard.charts.labels import figure
from dashboard.charts.palette import LIGHT
from dashboard.charts.series import answer_roles, series_role
from dashboard.charts.slots import LABEL_SIZE, SMALL_SIZE, fits, segment_label, stack_width
from dashboard.charts.text import width
from dashboard.formats import remarks
from dashboard.formats.deterministic_zip import release_date
from dashboard.formats.pptx_charts import Bar, Plot, Series, draw
from dashboard.formats.pptx_shapes import EDGE, paragraph, rule, text_box
from dashboard.formats.slide_layout import (
    GAP,
    NAME_SIZE,
    NAMES,
    QUIET_SIZE,
    WIDE,
    SlidePage,
    head_height,
    heading,
    panel_width,
)
from dashboard.query import Header, Value, View
from dashboard.text import Localizer, summary, texts

_TALLEST = 22.0
"""Height of a slot above which bars look clumsy."""


def draw_panels(
    slide: Slide, view: View, page: SlidePage, loc: Localizer, top: float, bottom: float
) -> None:
    """The charts side by side, the names of their rows at the left, and every text that stands for a missing bar.

    They fill the slide from ``top`` to ``bottom``, in points from its upper edge.
    """
    panels = page.section.panels
    wide = panel_width(len(panels))
    plot_top = head_height(page.section, loc)
    step = min(_TALLEST, (bottom - top - plot_top) / page.height)
    tall = plot_top + step * page.height
    columns, facts_of = _provenance(loc)
    for at in range(len(panels)):
        names, bases = heading(page.section, at, loc)
        left = EDGE + NAMES + at * (wide + GAP)
        series, plot_wide = _series(view, page, at, loc, wide)
        plot = Plot(
            heading=(*names, *bases),
            bold=len(names),
            names=tuple(_slot_names(view, page, at, loc)),
            series=series,
            stacked=registry.chart(view.selection.chart).stacks_answers,
            left=left,
            top=top,
            wide=wide,
            tall=tall,
            plot_top=plot_top,
            plot_wide=plot_wide,
            description=_description(page, at, loc, " ".join((*names, *bases))),
        )
        draw(slide.shapes, plot, release_date(loc.dataset), columns, facts_of)
        _stand_ins(slide.shapes, page, at, loc, left, top + plot_top, step, wide)
    _names(slide.shapes, page, loc, top + plot_top, step)
    for at, (panel, after) in enumerate(pairwise(panels), start=1):
        if panel.part != after.part:
            x = EDGE + NAMES + at * (wide + GAP) - GAP / 2
            rule(slide.shapes, x, top, x, top + tall, LIGHT.faint)


def _series(
    view: View, page: SlidePage, at: int, loc: Localizer, wide: float
) -> tuple[tuple[Series, ...], float]:
    """Bars of a panel by colour, and how wide 0 to 100 percent may be so that every label has room behind its bar."""
    stacked = registry.chart(view.selection.chart).stacks_answers
    slots = [slot for line in page.lines for slot in line.slots[at]]
    bars: dict[Header | str | None, list[Bar]] = {}
    plot_wide = stack_width(wide)
    if not stacked:
        plot_wide, detailed = _room(
            view, [value for slot in slots for value in slot.values], loc, wide
        )
    for number, slot in enumerate(slots):
        for value in slot.values:
            key = value.observation.response if stacked else slot.series
            bar = (
                _segment(number, value, loc, wide)
                if stacked
                else _bar(view, number, value, loc, detailed)
            )
            bars.setdefault(key, []).append(bar)
    if stacked:
        return tuple(
            Series(loc.label("response", key), LIGHT.colour(role), tuple(bars[key]))
            for key, role in answer_roles(page.whole).items()
            if key in bars
        ), plot_wide
    order = [key for key in page.whole.series if key in bars]
    return tuple(
        Series(loc.header(key), LIGHT.colour(series_role(page.whole, key)), tuple(bars[key]))
        for key in order
    ), plot_wide


def _room(view: View, values: Sequence[Value], loc: Localizer, wide: float) -> tuple[float, bool]:
    """(points for 0 to 100 percent, whether n and the like fit behind the figures)."""
    room = stack_width(wide)
    for detailed in (True, False):
        rooms = [
            (wide - 14 - width(_label(view, value, loc, detailed), LABEL_SIZE, bold=True))
            / (value.observation.value / 100)
            for value in values
            if value.observation.value > 0
        ]
        room = min([stack_width(wide), *rooms])
        if room >= wide * 0.4:
            return room, detailed
    return max(room, wide * 0.3), False


def _label(view: View, value: Value, loc: Localizer, detailed: bool) -> str:
    main = figure(loc, value)
    # Editions of one country share a colour: where nothing else parts them, the period does.
    chart = registry.chart(view.selection.chart)
    unparted = chart.label_tells_period(view.selection, value)
    period = [loc.short_period(value.survey)] if unparted else []
    return " · ".join(
        dict.fromkeys(
            [main, *period, *(texts.details(loc, value, intervals=False) if detailed else ())]
        )
    )


def _bar(view: View, slot: int, value: Value, loc: Localizer, detailed: bool) -> Bar:
    before, _, after = _label(view, value, loc, detailed).partition(
        loc.number(value.observation.value)
    )
    return Bar(slot, value, before, after)


def _segment(slot: int, value: Value, loc: Localizer, wide: float) -> Bar:
    before, _, after = segment_label(loc, value).partition(loc.number(value.observation.value))
    return Bar(slot, value, before, after, labelled=fits(loc, value, wide))


def _slot_names(view: View, page: SlidePage, at: int, loc: Localizer) -> Iterator[str]:
    """Names of the slots of a panel in the data sheet: indicator or respondent, and whose answers; blank where no bar is."""
    chart = registry.chart(view.selection.chart)
    for line in page.lines:
        for slot in line.slots[at]:
            yield chart.slot_name(loc, line.name, slot) if slot.values else ""


def _provenance(loc: Localizer) -> tuple[tuple[str, ...], Callable[[Value], tuple[str, ...]]]:
    """(headings, function of a value) of what stands beside each number in the data sheet of a chart."""
    t = loc.t
    columns = (t("as worded"), t("share of"), t("n"), t("period"), t("status"), t("source"))

    def facts_of(value: Value) -> tuple[str, ...]:
        row = value.observation
        n = loc.number(row.n) if row.n is not None else t("not published")
        source = remarks.reference(loc, loc.dataset.sources[row.source_id])
        return (
            loc.value(value),
            loc.label("base", row.base),
            n,
            loc.period(value.survey),
            loc.label("status", row.status),
            source,
        )

    return columns, facts_of


def _description(page: SlidePage, at: int, loc: Localizer, heading: str) -> str:
    """Text alternative of a chart: its heading and every figure."""
    figures = [
        summary.named_value(loc, value)
        for row in page.section.rows
        for value in row.cells[at].values
    ]
    return f"{heading}: {'; '.join(figures)}"


def _stand_ins(
    shapes: SlideShapes,
    page: SlidePage,
    at: int,
    loc: Localizer,
    left: float,
    top: float,
    step: float,
    wide: float,
) -> None:
    """Texts where no bar is: the base of what follows, or why there is no figure."""
    slots = [slot for line in page.lines for slot in line.slots[at]]
    worded = [(number, slot) for number, slot in enumerate(slots) if slot.text]
    if not worded:
        return
    group = shapes.add_group_shape()
    group.name = loc.t("Remarks: {panel}").format(panel=loc.header(page.section.panels[at].header))
    for number, slot in worded:
        y, tall = top + number * step, step * slot.span
        text_box(
            group.shapes,
            left + 8,
            y,
            wide - 10,
            tall,
            [slot.text],
            SMALL_SIZE,
            LIGHT.quiet,
            anchor=MSO_ANCHOR.MIDDLE,
        )


def _names(shapes: SlideShapes, page: SlidePage, loc: Localizer, top: float, step: float) -> None:
    group = shapes.add_group_shape()
    group.name = loc.t("Names of the rows")
    y = top
    for line in page.lines:
        rule(group.shapes, EDGE, y, EDGE + WIDE, y, LIGHT.rule)
        box = text_box(
            group.shapes,
            EDGE,
            y + 1,
            NAMES - 6,
            step * line.height - 1,
            [line.name],
            NAME_SIZE,
            LIGHT.ink,
        )
        if line.quiet:
            paragraph(box.text_frame, line.quiet, QUIET_SIZE, LIGHT.quiet)
        y += step * line.height
