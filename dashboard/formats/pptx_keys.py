"""What the legend of a slide explains: what its colours and shapes stand for, and marks that look different."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from babel.lists import format_list

from dashboard.charts import answer_scales, registry
from dashboard.charts.chart import Chart
from dashboard.charts.drawing import Symbol
from dashboard.charts.labels import symbol_in, symbol_of
from dashboard.charts.palette import LIGHT
from dashboard.charts.series import series_of
from dashboard.charts.slots import series_name
from dashboard.formats import cell_keys, change_keys, pptx_grid, slide_grid, slide_lines
from dashboard.formats.pptx_charts import Interval
from dashboard.formats.pptx_legend import Entry, Look, no_figure
from dashboard.formats.slide_layout import SlidePage
from dashboard.query import Header, Section, Value, View
from dashboard.text import Localizer, missing, verdicts, wording
from dashboard.text.key import intervals, wider

_IN_GRIDS = ("bars", "dots", "stacks")
"""What has a legend of its colours; other charts name them where they stand."""


_RINGS: Mapping[Symbol, Look] = {
    "circle": "ring",
    "square": "square ring",
    "diamond": "diamond ring",
    "triangle-up": "triangle-up ring",
    "triangle-down": "triangle-down ring",
    "cross": "cross ring",
}
"""The open form of each shape."""


def entries(view: View, page: SlidePage, used: Collection[Header], loc: Localizer) -> list[Entry]:
    """A sample and the words of everything that stands for something on a slide which its marks do not name."""
    chart = registry.chart_of(view.selection)
    if chart.on_slides == "cells":
        return [
            *cell_keys.keys(page.section, loc, coloured=not chart.is_table),
            *_few(view, page.section, loc),
        ]
    marks = _marks(view, page, loc)
    told = page.whole.sectors_apart or names_answers_in_rows(view, page.section)
    if chart.on_slides not in _IN_GRIDS or told:
        return marks
    looks = _shapes(page, loc) if chart.on_slides == "dots" else {}
    named = chart.slide_legend(loc, page.section, used)
    return [
        *(Entry((LIGHT.colour(role),), name, looks.get(name, "filled")) for role, name in named),
        *marks,
    ]


def _shapes(page: SlidePage, loc: Localizer) -> dict[str, Look]:
    """Name of a series in the legend -> the shape of its marks."""
    held, whole = page.section, page.whole
    return {
        series_name(loc, held, series_of(held, value)): symbol_in(
            whole, series_of(whole, value), value
        )
        for value in held.values
    }


def names_answers_in_rows(view: View, held: Section) -> bool:
    """Whether questions of a slide have answers of different scales, each named over its stacks."""
    stacked = registry.chart_of(view.selection).stacks_answers
    return stacked and answer_scales.several(held)


def _ring(chart: Chart, section: Section, values: Iterable[Value]) -> Look:
    """How open marks of figures look: in the shape that all of them have, else round."""
    if chart.on_slides == "change":
        shapes = {symbol_of(each) for each in values}
    elif chart.on_slides == "dots":
        shapes = {pptx_grid.mark_symbol(section, series_of(section, each), each) for each in values}
    else:
        shapes = set[Symbol]()
    return _RINGS[next(iter(shapes))] if len(shapes) == 1 else "ring"


def _open(view: View, section: Section, loc: Localizer) -> list[Entry]:
    """What open marks and question marks stand for; of a change over editions one entry for both."""
    chart, quiet = registry.chart_of(view.selection), (LIGHT.quiet,)
    signed, doubt = wording.signed(loc, section.values), loc.t("in doubt")
    inexact = [each for each in section.values if each.observation.qualifier != "exact"]
    inferred = [each for each in section.values if each.observation.status == "inferred"]
    doubted = [] if chart.stacks_answers else inferred
    if chart.on_slides in ("bars", "stacks"):
        # Stacks have room for the words themselves.
        named = signed if chart.on_slides == "bars" else wording.words(loc, section.values)
        return [
            *([Entry(quiet, named, "outlined")] if inexact else []),
            *([Entry(quiet, doubt, "hatched")] if doubted else []),
        ]
    means = [loc.lower("qualifier", each) for each in wording.qualifiers(section.values)]
    opened = inexact
    if chart.opens_doubts:
        opened = [*inexact, *doubted]
        means += [doubt] if doubted else []
    listed = format_list(means, style="or", locale=loc.locale)
    name = signed if chart.on_slides == "dots" else listed
    return [
        *([Entry(quiet, name, _ring(chart, section, opened))] if opened else []),
        *([Entry((), f"? {doubt}")] if doubted and not chart.opens_doubts else []),
    ]


def _marks(view: View, page: SlidePage, loc: Localizer) -> list[Entry]:
    """What marks mean that look different, and intervals; only what occurs."""
    chart, section, quiet = registry.chart_of(view.selection), page.section, (LIGHT.quiet,)
    values = section.values
    found = _open(view, section, loc)
    if chart.on_slides == "change":
        found += change_keys.keys(section, loc, intervals=view.selection.intervals)
    if chart.on_slides == "comparisons":
        found += _dotted(section, loc, [slide_lines.seen_interval(view, each) for each in values])
    elif chart.on_slides == "dots":
        drawn = [pptx_grid.drawn_interval(view, page, loc, each) for each in values]
        found += _dotted(section, loc, drawn)
    elif chart.on_slides == "bars":
        known = [each.evidence.interval for each in values if pptx_grid.interval_of(view, each)]
        words = intervals(loc, filter(None, known))
        found += [Entry(quiet, words, "through a bar")] if words else []
    if chart.on_slides in _IN_GRIDS and slide_grid.has_dash(page):
        parts = [block.section for block in page.blocks] or [section]
        found.append(no_figure(loc, any_sector=any(map(chart.dashes_whole_places, parts))))
    if section.withheld_count > len(section.withheld):
        found.append(Entry((), missing.withheld_sign(loc)))
    if chart.on_slides in ("bars", "dots", "comparisons") and chart.signs_small_bases:
        found += _few(view, section, loc)
    return found


def _dotted(section: Section, loc: Localizer, seen: Sequence[Interval | None]) -> list[Entry]:
    """What thin lines through dots are, and of which figures; ``seen`` are those that are drawn. None where dots cover all."""
    known = [value.evidence.interval for value in section.values]
    drawn = [each for each, line in zip(known, seen, strict=True) if each and line]
    if not drawn:
        return []
    words = intervals(loc, drawn)
    everywhere = all(known)
    if len(drawn) < sum(map(bool, known)):
        words = wider(loc, words, everywhere=everywhere)
    elif not everywhere:
        words = loc.t("{interval}, where known").format(interval=words)
    return [Entry((LIGHT.quiet,), words, "through a dot")]


def _few(view: View, section: Section, loc: Localizer) -> list[Entry]:
    """What the signs of few answers mean; nothing where none occurs."""
    few = verdicts.few_legend(loc, section, view.thresholds.very_small, view.thresholds.small)
    return [Entry((), few.removesuffix("."))] if few else []
