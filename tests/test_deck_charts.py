"""The native charts and tables of slides, read back with python-pptx and, for their data sheets, openpyxl."""

from __future__ import annotations

import io
import itertools
import math
from collections import Counter
from unittest import mock

import openpyxl
import pytest
from pptx.chart.chart import Chart
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.labels import brief, is_plain
from dashboard.charts.palette import LIGHT
from dashboard.charts.roles import DOTS
from dashboard.formats import (
    change_keys,
    pptx_compare,
    pptx_scatter,
    pptx_sheet,
    slide_grid,
)
from dashboard.query import MissingReason, View
from dashboard.text import comparisons, missing
from tests.support.reports import VIEWS
from tests.support.slides import (
    bars,
    charts,
    figures,
    foot,
    is_named,
    lines,
    made,
    marked,
    points,
    themes,
    tiles,
)
from tests.support.views import loc, show


def formats(chart: Chart) -> dict[tuple[str, int], str]:
    """(series, slot) -> number format of its label."""
    return {
        (series.name, int(label.find(qn("c:idx")).get("val"))): label.find(qn("c:numFmt")).get(
            "formatCode"
        )
        for series in chart.plots[0].series
        for label in series._element.iter(qn("c:dLbl"))
    }


@pytest.mark.parametrize("query", VIEWS[:-1])
def test_native_charts_hold_the_figures_of_the_view(query: str) -> None:
    shown = show(query)
    slides = made(shown)
    assert (slides.slide_width, slides.slide_height) == (Pt(960), Pt(540))
    drawn: dict[str, Counter[float]] = {section.theme: Counter() for section in shown.sections}
    for theme, slide in zip(themes(shown, slides), slides.slides, strict=True):
        drawn[theme].update(number for chart in charts(slide) for number in figures(chart))
    for section in shown.sections:
        assert drawn[section.theme] == Counter(
            value.observation.value for row in section.rows for value in row.values
        )


@pytest.mark.parametrize("chart", ["compare", "dots", "heat", "table"])
@pytest.mark.parametrize("query", ["theme=drivers", "theme=effects&by=sector", "by=indicator"])
def test_dots_and_tables_hold_each_figure_of_the_view_once(query: str, chart: str) -> None:
    shown = show(f"{query}&view={chart}")
    values = [value for section in shown.sections for row in section.rows for value in row.values]
    slides = made(shown).slides
    if chart in ("heat", "table"):
        found = Counter(text for slide in slides for text in tiles(slide))
        signed = (f"{brief(loc(), each)} {loc().small_base(each.evidence.few)}" for each in values)
        assert found == Counter(map(str.rstrip, signed))
    else:
        found = Counter(
            number for slide in slides for chart in charts(slide) for number in figures(chart)
        )
        assert found == Counter(value.observation.value for value in values)


@pytest.mark.parametrize("query", ["theme=drivers", "theme=drivers&by=sector"])
def test_a_row_of_one_mark_has_it_in_its_middle(query: str) -> None:
    shown = show(query)
    for section in shown.sections:
        for page in slide_grid.pages(shown, section, loc(), lambda _: 300):
            for line in (line for block in page.blocks for line in block.lines):
                for slots in line.slots:
                    marks = [at for at, slot in enumerate(slots) if slot.values]
                    if max(sum(bool(s.values) for s in each) for each in line.slots) == 1 and marks:
                        # Of a sector it stands on the line that names it, under the slots of the name.
                        assert marks == [line.lead if line.lined else len(slots) // 2]


def test_dots_of_a_comparison_do_not_cover_each_other() -> None:
    (slide,) = made(show("concept=innovative_workplaces&view=compare")).slides
    (chart,) = charts(slide)
    wide = pptx_compare.HUNDRED / 100
    spots = [
        (x * wide, points(series, "c:yVal")[at])
        for series in marked(chart)
        for at, x in points(series, "c:xVal").items()
        if at in points(series, "c:yVal")
    ]
    assert len(spots) > 2
    for first, second in itertools.combinations(spots, 2):
        assert math.dist(first, second) >= pptx_compare.DOT - 0.1


def named(shown: View) -> dict[str, float]:
    """Name of a bar -> its figure, for a view of one country and respondent."""
    (section,) = shown.sections
    return {
        f"{loc().header(row.header)}: {loc().inline_name(value.population)}": value.observation.value
        for row in section.rows
        for cell in row.cells
        for value in cell.values
    }


def test_each_bar_stands_at_its_name_and_all_sectors_have_one_colour() -> None:
    shown = show("theme=collaboration&country=DK")
    found: dict[str, float] = {}
    colours: dict[str, str] = {}
    for slide in made(shown).slides:
        for chart in charts(slide):
            names = list(chart.plots[0].categories)
            for series in bars(chart):
                colours[series.name] = str(series.format.fill.fore_color.rgb)
                found |= {
                    name: value
                    for name, value in zip(names, series.values, strict=True)
                    if value is not None
                }
    assert found == named(shown)
    assert colours == {
        loc().label("sector", code): LIGHT.colour(DOTS).removeprefix("#").upper()
        for code in ("all", "municipal", "regional", "state")
    }


def test_the_data_sheet_of_a_chart_is_what_it_draws_and_tells_where_it_comes_from() -> None:
    (slide, *_) = made(show("theme=effects")).slides
    for chart in charts(slide):
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        columns = list(sheet.iter_cols(values_only=True))
        names = {
            category.idx: str(category)
            for category in chart.plots[0].categories
            if category != "None"
        }
        assert {at: name for at, name in enumerate(columns[0][1:]) if name} == names
        for at, series in enumerate(bars(chart), start=1):
            assert columns[at][0] == series.name
            assert columns[at][1:] == series.values
        heads = [column[0] for column in columns]
        assert {"as worded", "share of", "n", "source"} <= set(heads)


def test_labels_follow_the_number_and_keep_its_wording() -> None:
    shown = show("theme=effects&country=NO")
    (slide,) = made(shown).slides
    (chart,) = charts(slide)
    found = formats(chart)
    numbers = {
        (series.name, at): value
        for series in chart.plots[0].series
        for at, value in enumerate(series.values)
        if value is not None
    }
    assert set(found) == set(numbers)
    labels = {
        code.replace('"', "").replace("0", str(round(numbers[key])), 1)
        for key, code in found.items()
    }
    assert labels == {brief(loc(), v) for section in shown.sections for v in section.values}
    assert any(text.startswith("≈ ") for text in labels)
    assert any(text.startswith("> ") for text in labels)


def fills(chart: Chart) -> dict[int, str]:
    """Slot -> fill of the bars that do not look like their series."""
    return {
        int(point.find(qn("c:idx")).get("val")): point.find(qn("c:spPr"))[0].tag.split("}")[1]
        for series in chart.plots[0].series
        for point in series._element.iter(qn("c:dPt"))
    }


def test_worded_figures_are_lighter_and_inferred_ones_hatched_with_a_question_mark() -> None:
    (slide,) = made(show("theme=effects&country=NO")).slides
    (chart,) = charts(slide)
    assert set(fills(chart).values()) == {"solidFill"}
    light = {
        point.find(qn("c:spPr"))[0][0].get("val") for point in chart._chartSpace.iter(qn("c:dPt"))
    }
    assert light == {LIGHT.light(LIGHT.colour(DOTS)).removeprefix("#").upper()}
    doubtful = [
        (chart, slot)
        for slide in made(show("theme=drivers&country=DK&more=drivers")).slides
        for chart in charts(slide)
        for slot, fill in fills(chart).items()
        if fill == "pattFill"
    ]
    assert doubtful
    for chart, slot in doubtful:
        (code,) = [code for (_, at), code in formats(chart).items() if at == slot]
        assert '% ?"' in code or "% ? " in code


def test_a_blank_is_a_dash_and_never_a_bar_or_a_word() -> None:
    shown = show("theme=drivers&country=DK~NO~IS")
    written = [line for slide in made(shown).slides for line in lines(slide.shapes)]
    assert "–" in written
    reasons = {missing.blank(loc(), MissingReason(kind)) for kind in missing.BLANK_CODES}
    assert not any(reason in line for line in written for reason in reasons)
    spoken = made(shown).slides[0].notes_slide.notes_text_frame.text
    assert missing.counted(loc(), shown.sections[0]) in spoken
    for slide in made(shown).slides:
        assert not any(number == 0 for chart in charts(slide) for number in figures(chart))


def test_the_answer_scale_is_stacked_by_answer_and_nothing_fills_the_rest() -> None:
    (first, *_) = made(show("theme=innovation&view=scale&country=DK~SE")).slides
    chart = charts(first)[0]
    assert chart._chartSpace.find(f".//{qn('c:grouping')}").get("val") == "stacked"
    assert {series.name for series in chart.plots[0].series} <= {
        loc().label("response", answer) for answer in LIGHT.answers
    }
    text = "\n".join(lines(first.shapes))
    assert "Don’t know 1%" in text
    totals = [
        sum(value or 0 for value in stack)
        for stack in zip(*(series.values for series in chart.plots[0].series), strict=True)
    ]
    assert max(totals) <= 101


def test_dots_of_a_comparison_are_joined_by_a_line_that_follows_their_numbers() -> None:
    shown = show("theme=effects&view=compare")
    (slide,) = made(shown).slides
    (chart,) = charts(slide)
    (row, *_) = shown.sections[0].rows
    joins = [series for series in chart.plots[0].series if is_named(series, "Compare")]
    (cells,) = (series._element.find(qn("c:xVal")).findtext(f".//{qn('c:f')}") for series in joins)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    named = [sheet[cell.replace("Sheet1!", "")].value for cell in cells.strip("()").split(",")]
    least_first = sorted(value.observation.value for value in comparisons.alike(row.values))
    assert named[: len(least_first)] == least_first
    assert named[len(least_first)] == least_first[-1]
    assert list(points(joins[0], "c:xVal").values()) == named
    assert [series.name for series in marked(chart)] == [
        loc().header(header) for header in shown.sections[0].series
    ]


def test_dots_one_below_the_other_are_not_joined_as_if_they_were_a_course() -> None:
    (slide,) = made(show("concept=innovative_workplaces&view=compare")).slides
    (chart,) = charts(slide)
    heights = {y for series in marked(chart) for y in points(series, "c:yVal").values()}
    assert len(heights) == len(figures(chart)) > 2
    assert not [each for each in chart.plots[0].series if is_named(each, "Compare")]


@pytest.mark.parametrize("view", ["dots", "compare"])
def test_what_a_source_words_or_leaves_in_doubt_is_open(view: str) -> None:
    shown = show(f"theme=effects&view={view}")
    found: list[float] = []
    for slide in made(shown).slides:
        for chart in charts(slide):
            sheet = openpyxl.load_workbook(
                io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)
            ).active
            for series in chart.plots[0].series:
                if is_named(series, pptx_scatter.OPENINGS):
                    cells = series._element.find(qn("c:xVal")).findtext(f".//{qn('c:f')}")
                    named = {cell.partition("!")[2] for cell in cells.strip("()").split(",")}
                    found += [sheet[cell].value for cell in named]
    assert found
    assert Counter(found) == Counter(
        value.observation.value
        for section in shown.sections
        for row in section.rows
        for value in row.values
        if not is_plain(value)
    )


def test_intervals_are_drawn_where_the_page_draws_them_and_only_there() -> None:
    def intervals(query: str) -> int:
        return sum(
            len(list(chart._chartSpace.iter(qn("c:errBars"))))
            + sum(series.name.endswith("95% interval") for series in chart.plots[0].series)
            for slide in made(show(query)).slides
            for chart in charts(slide)
        )

    for query in ("theme=drivers&country=SE", "theme=drivers&country=SE&view=dots"):
        assert intervals(query) > 0
        assert intervals(f"{query}&interval=hide") == 0
    # Those that a mark covers are told of in the key.
    for query in ("concept=innovative_workplaces&view=change", "theme=collaboration&view=change"):
        wide = [
            each
            for section in show(query).sections
            for value in section.values
            if (each := value.evidence.interval)
            and change_keys.is_seen(each, value.observation.value)
        ]
        assert bool(intervals(query)) == bool(wide)
        narrow = ", where known, less than 3 points each way"
        for slide in made(show(query)).slides:
            drawn = any(list(chart._chartSpace.iter(qn("c:errBars"))) for chart in charts(slide))
            told = [
                text for text in lines(slide.shapes) if text.startswith("approximate 95% interval")
            ]
            assert not (drawn and any(each.endswith(narrow) for each in told))
            assert told or not drawn


def test_what_of_an_interval_lies_on_a_dark_bar_is_white() -> None:
    def ends(series, side: str) -> dict[int, float]:
        (bar,) = series._element.findall(qn("c:errBars"))
        found = bar.find(qn(f"c:{side}")).iter(qn("c:pt"))
        return {int(each.get("idx")): float(each.findtext(qn("c:v"))) for each in found}

    def colour(series) -> str:
        return next(series._element.find(qn("c:errBars")).iter(qn("a:srgbClr"))).get("val")

    (slide, *_) = made(show("theme=drivers&country=DK")).slides
    (chart,) = charts(slide)
    bar = next(each for each in bars(chart) if each.name == "All sectors")
    (unseen,) = (
        each
        for each in chart.plots[0].series
        if is_named(each, "approximate 95% interval") and each.values == bar.values
    )
    assert colour(bar) == LIGHT.ink.removeprefix("#").upper()
    assert colour(unseen) == LIGHT.ground.removeprefix("#").upper()
    for series, drawn, other in ((bar, "plus", "minus"), (unseen, "minus", "plus")):
        assert any(ends(series, drawn).values())
        assert not any(ends(series, other).values())


def test_each_chart_has_one_data_sheet_written_for_it() -> None:
    shown, ours = show(VIEWS[0]), pptx_sheet.Workbook
    with (
        mock.patch.object(pptx_sheet, "Workbook", wraps=ours) as written,
        mock.patch("pptx.chart.xlsx.Workbook") as by_the_library,
    ):
        slides = made(shown)
    assert written.call_count == sum(len(charts(slide)) for slide in slides.slides) > 0
    assert not by_the_library.called


def test_no_two_parts_of_a_deck_have_one_name() -> None:
    package = made(show("")).part.package
    names = [part.partname for part in package.iter_parts()]
    assert len(names) == len(set(names))
    for kind in ("/ppt/charts/chart%d.xml", "/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx"):
        of_kind = {name for name in names if name.startswith(kind.partition("%")[0])}
        assert of_kind == {kind % number for number in range(1, len(of_kind) + 1)} != set()


def test_a_stack_of_rounded_answers_is_drawn_as_long_as_it_is_and_the_foot_says_why() -> None:
    longer = 0
    for slide in made(show("theme=innovation&view=scale")).slides:
        sums = [
            sum(value or 0 for value in stack)
            for chart in charts(slide)
            for stack in zip(*(series.values for series in chart.plots[0].series), strict=True)
        ]
        most = max(sums)
        assert max(chart.value_axis.maximum_scale for chart in charts(slide)) == max(100, most)
        told = "\n".join(foot(slide))
        assert ("Rounded figures may add up" in told) == (most > 100)
        assert ("White rest of a bar" in told) == any(0 < each < 99 for each in sums)
        longer += most > 100
    assert longer


def test_over_stacks_a_period_stands_once() -> None:
    (first, *_) = made(show("theme=innovation&view=scale&country=DK")).slides
    assert "2018–19" not in list(lines(first.shapes))
    assert any("n 1,877 · 2018–19" in line for line in lines(first.shapes))
