"""What of a section a picture shows where it has room for it, before anything gives way to its size; and what it may show instead."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from dashboard.charts import registry, told
from dashboard.charts.chart import Chart
from dashboard.charts.cut import Cutter
from dashboard.charts.editions_together import dated, together
from dashboard.charts.sheet import Sheet
from dashboard.dataset import Dataset
from dashboard.query import Header, Measure, Section, Value, View
from dashboard.text import Localizer, pictures


def as_drawn(view: View, section: Section) -> Section:
    """The section as its chart draws it: editions in one row, where the chart does so and not only what may be compared is shown."""
    apart = (
        view.selection.comparable or not registry.chart_of(view.selection).puts_editions_together
    )
    return section if apart else together(section, by_value=view.selection.sort == "value")


def cutter(dataset: Dataset, view: View, section: Section, sheet: Sheet, named: Set[int]) -> Cutter:
    """What leaves figures of a section out on a sheet; ``named``: positions of those that the title names."""
    chart = registry.chart_of(view.selection)
    countries = {each.country for each in section.all_respondents}
    return Cutter(
        dataset,
        view.thresholds,
        named,
        len(countries) > 1,
        chart.keeps_wholes,
        # Of those that the reader chose, and on a sheet that grows, as many countries as have room.
        not (chart.keeps_wholes or sheet.tallest)
        and set(view.selection.countries) >= {*dataset.codes["country"]},
        told.leading(dataset)
        if chart.keeps_wholes or chart.stacks_answers or not sheet.explains
        else (),
        comparable_first=not (sheet.explains or chart.stacks_answers),
        near=chart.on_lines and not chart.compares,
    )


def whole(cut: Cutter, view: View, section: Section, sheet: Sheet) -> Section:
    """All that a picture of a section has to show: each figure once but in comparisons, the row of the title first, unless rows are
    asked for by name; over editions a line of all sectors in place of those of its parts, in a preview one course."""
    chart, selection, named = registry.chart_of(view.selection), view.selection, set(cut.named)
    shown = cut.without(section if chart.on_lines else cut.once(section))
    if not chart.joins_editions:
        return shown if selection.sort == "name" else told.title_first(shown, named)
    if _is_of_all_sectors(cut, view):
        shown = cut.without_figures(shown, told.parts(shown) - named)
    # The course of a preview is the one that its title tells.
    return shown if sheet.explains else _only(cut, shown, named or pictures.leading(shown))


def _only(cut: Cutter, section: Section, positions: Set[int]) -> Section:
    """The rows with figures at some positions, in the panels that have them; the whole section where there are none."""

    def others(lines: Sequence[Sequence[Value]]) -> list[int]:
        held = [{told.position(value) for value in line} for line in lines]
        return [at for at, each in enumerate(held) if positions.isdisjoint(each)]

    rows = others([row.values for row in section.rows])
    panels = others(list(map(section.values_of, section.panels)))
    if len(rows) == len(section.rows):
        return section
    return cut.without(section, rows=rows, panels=panels)


def on_page(loc: Localizer, view: View, section: Section) -> Section:
    """The section as the chart of a page draws it: rows of its title first, where rows are indicators with several sectors in each, in the
    order of values; rows of one sector stand as ``leads`` says."""
    section = as_drawn(view, section)
    if section.sectors_apart or not any(isinstance(row.header, Measure) for row in section.rows):
        return section
    return told.title_first(section, leading(loc, view, section))


def leading(loc: Localizer, view: View, section: Section) -> frozenset[int]:
    """Positions of the figures that a title over a page names, whose indicator stands first in the order of values; none in an order
    that the reader chose."""
    if view.selection.sort != "value":
        return frozenset()
    return pictures.named(loc, view, section)


def leads(loc: Localizer, view: View, section: Section) -> frozenset[Header]:
    """What the rows of a title over a page are about, where rows are of one sector in the order of values: what may be compared leads."""
    if not section.sectors_apart:
        return frozenset()
    named = leading(loc, view, section)
    return frozenset(
        row.header for row in section.rows if named & set(map(told.position, row.values))
    )


def parts_may_go(cut: Cutter, view: View, section: Section) -> bool:
    """Whether the row of all sectors stands for those of its parts where not all have room, but for parts that another country has
    too: nobody asked for some sectors."""
    return section.sectors_apart and _is_of_all_sectors(cut, view)


def thin_may_go(cut: Cutter, view: View) -> bool:
    """Whether columns of a table give way that few rows fill: nobody asked for some sectors."""
    return registry.chart_of(view.selection).keeps_wholes and _is_of_all_sectors(cut, view)


def _is_of_all_sectors(cut: Cutter, view: View) -> bool:
    return set(view.selection.sectors) >= {*cut.dataset.codes["sector"]}


def of_title(cut: Cutter, section: Section) -> Section:
    """A section without figures of sectors beside those of all, but what the title names."""
    return cut.without_figures(section, told.parts(section) - set(cut.named))


def chooses(chart: Chart, sheet: Sheet) -> bool:
    """Whether a preview shows several indicators, and comparisons, rather than several sectors of one."""
    return chart.puts_editions_together and not sheet.explains


def of_several(cut: Cutter, section: Section) -> Section | None:
    """A section without its rows of several editions, as far as these are not of sectors alone; None where it has no other rows."""
    several = [row for row in section.rows if dated(row)]
    if len(several) == len(section.rows):
        return None
    alone = cut.without_figures(section, told.parts(replace(section, rows=tuple(several))))
    return cut.without(alone, rows=[at for at, row in enumerate(alone.rows) if dated(row)])


def is_richer(cut: Cutter, section: Section, fewer: Section, shown: Section) -> bool:
    """Whether what is drawn of ``fewer`` has more rows or comparisons than what is ``shown`` of a section, and as many countries, what
    most countries have, and what the title names as well."""
    widest = max(section.rows, key=lambda row: len(told.countries(row.values))).header
    before, after = ({row.header for row in each.rows} for each in (shown, fewer))
    stay = told.countries(fewer.values) >= told.countries(shown.values)
    stay = stay and cut.names(fewer) >= cut.names(shown) and before & {widest} <= after
    richer = (len(fewer.rows), cut.comparisons(fewer)) > (len(shown.rows), cut.comparisons(shown))
    return stay and richer
