"""The legends of slides: what they explain, and that a sample looks as the mark does."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

import openpyxl
import pytest
from lxml import etree
from pptx.chart.chart import Chart
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts.palette import LIGHT
from dashboard.formats import pptx_scatter
from tests.support.slides import (
    cells,
    charts,
    foot,
    is_named,
    lines,
    made,
    marked,
)
from tests.support.views import loc, show


def has_key(slide: Slide) -> bool:
    return any(shape.name == "Legend" for shape in slide.shapes)


def key(slide: Slide) -> GroupShape:
    (found,) = (shape for shape in slide.shapes if shape.name == "Legend")
    return found


def text_of(shape: BaseShape) -> str:
    return shape.text_frame.text if shape.has_text_frame else ""


def texts_of(shapes) -> Iterator[BaseShape]:
    """Every shape with a text, within groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from texts_of(shape.shapes)
        elif text_of(shape):
            yield shape


def keyed(slide: Slide) -> list[str]:
    """What the legend of a slide says; nothing without one."""
    return list(lines(key(slide).shapes)) if has_key(slide) else []


def bases_of(chart: Chart) -> set[str]:
    """What the percentages of a chart are of, by its data sheet."""
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    columns = book.active.iter_cols(values_only=True)
    (column,) = (column for column in columns if column[0] == "share of")
    return {base for base in column[1:] if base}


def test_the_legend_of_stacks_has_their_colours() -> None:
    for slide in made(show("theme=innovation&view=scale&country=DK~SE")).slides:
        colours = {
            str(series.format.fill.fore_color.rgb)
            for chart in charts(slide)
            for series in chart.plots[0].series
        }
        (legend,) = (shape for shape in slide.shapes if shape.name == "Legend")
        squares = [
            each for each in legend.shapes if not each.has_text_frame or not each.text_frame.text
        ]
        assert {str(each.fill.fore_color.rgb) for each in squares} == colours


@pytest.mark.parametrize("view", ["bars", "heat"])
def test_a_slide_with_dashes_says_what_they_stand_for_and_no_other(view: str) -> None:
    for slide in made(show(f"theme=drivers&view={view}")).slides:
        said = [*lines(slide.shapes), *cells(slide)]
        keys = [line for line in said if line.startswith("– no figure")]
        assert len(keys) == (1 if "–" in said else 0)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("theme=effects", {"≈ about, > over, < under", "> over", "approximate 95% interval"}),
        ("theme=effects&interval=hide", {"≈ about, > over, < under", "> over"}),
        (
            "theme=collaboration&country=DK",
            {
                "in doubt",
                "approximate 95% interval",
            },
        ),
        ("theme=collaboration&view=scale", set()),
        (
            "theme=collaboration&view=compare",
            {"about", "? in doubt", "approximate 95% interval, where known"},
        ),
        (
            "concept=innovative_workplaces&view=compare",
            {"about", "approximate 95% interval, where known"},
        ),
    ],
)
def test_a_legend_names_the_marks_that_look_different(query: str, keys: set[str]) -> None:
    written = {line for slide in made(show(query)).slides for line in keyed(slide)}
    words = ("about", "over", "under", "in doubt", "95% interval")
    assert {line for line in written if any(word in line for word in words)} == keys


@pytest.mark.parametrize(
    "query", ["theme=drivers~collaboration~effects", "theme=effects~collaboration&view=dots"]
)
def test_open_and_lighter_marks_are_explained_by_what_their_figures_say(query: str) -> None:
    """A slide names those that stand on it and no others."""
    signs = {"≈": "about", "&gt;": "over", "&lt;": "under"}
    found = 0
    for slide in made(show(query)).slides:
        told = [line for line in keyed(slide) if "interval" not in line]
        drawn = "".join(chart._chartSpace.xml for chart in charts(slide))
        for sign, word in signs.items():
            stands = sign in drawn or bool(re.search(rf">{word}\s", drawn))
            assert any(word in line for line in told) == stands
            found += stands
    assert found


def test_a_legend_tells_a_possible_range_from_an_interval() -> None:
    slides = made(show("theme=drivers")).slides
    swedish = [slide for slide in slides if any("Sweden" in line for line in lines(slide.shapes))]
    assert swedish
    told = set()
    for slide in swedish:
        managed = any("answered by management" in line for line in lines(slide.shapes))
        ranges = "approximate 95% interval / possible range" in keyed(slide)
        assert ranges == managed
        told.add(ranges)
    assert told == {True, False}


NARROW = "Approximate 95% interval, where known, less than 3 points each way."
"""What the foot of a change says that draws no interval, as marks cover all that are known."""


@pytest.mark.parametrize(
    "query",
    [
        "theme=collaboration&view=change",
        "theme=drivers&view=change",
        "theme=effects&view=change",
        "concept=innovative_workplaces&view=change&country=DK",
        "theme=innovation&view=change&country=DK",
    ],
)
def test_a_deck_of_narrow_intervals_alone_says_on_each_slide_how_narrow_they_are(
    query: str,
) -> None:
    reaches = [
        max(known.high - value.observation.value, value.observation.value - known.low)
        for section in show(query).sections
        for value in section.values
        if (known := value.evidence.interval)
    ]
    assert 0 < max(reaches) < 3
    for slide in made(show(query)).slides:
        assert NARROW in foot(slide)[0]
        assert not any("interval" in line for line in keyed(slide))
    hidden = made(show(f"{query}&interval=hide")).slides
    assert not any(NARROW in foot(slide)[0] for slide in hidden)


@pytest.mark.parametrize(
    "query", ["concept=innovative_workplaces&view=change", "theme=innovation&view=change"]
)
def test_a_slide_without_wide_intervals_says_so_beside_slides_that_draw_some(query: str) -> None:
    drawn = Counter[bool]()
    for slide in made(show(query)).slides:
        some = any(list(each._chartSpace.iter(qn("c:errBars"))) for each in charts(slide))
        told = [line for line in keyed(slide) if line.startswith("approximate 95% interval")]
        assert all(line.endswith(", where 3 points or more one way") for line in told)
        assert len(told) == some
        narrow = NARROW in foot(slide)[0]
        assert not (some and narrow)
        drawn[some] += some or narrow
    assert drawn[True] > 1
    assert drawn[False]


def test_few_answers_have_their_sign_at_the_bar_and_in_the_key() -> None:
    shown = show("theme=drivers&country=SE")
    signed = Counter(
        loc().small_base(value.evidence.few)
        for section in shown.sections
        for value in section.values
        if value.evidence.few
    )
    assert signed
    slides = made(shown).slides
    sign = loc().small_base("few")
    slides = made(shown).slides
    written = Counter(
        sign * code.count(sign)
        for slide in slides
        for chart in charts(slide)
        for code in (label.get("formatCode") for label in chart._chartSpace.iter(qn("c:numFmt")))
        if sign in code
    )
    assert written == signed
    for slide in slides:
        drawn = any(
            sign in label.get("formatCode")
            for chart in charts(slide)
            for label in chart._chartSpace.iter(qn("c:numFmt"))
        )
        assert any(line.startswith(sign) for line in lines(slide.shapes)) == drawn


def test_the_key_of_a_slide_has_one_outlined_bar_and_no_sector_that_rows_name() -> None:
    *_, last = made(show("theme=drivers")).slides
    assert [line for line in keyed(last) if line] == ["≈ about, > over"]
    assert {"Municipal", "All sectors"} <= set(lines(last.shapes))
    squares = [
        str(each.fill.fore_color.rgb)
        for each in key(last).shapes
        if each.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
    ]
    assert squares == [LIGHT.light(LIGHT.quiet).removeprefix("#").upper()]


def test_the_key_of_dots_shows_their_shapes() -> None:
    for slide in made(show("theme=drivers&view=dots&by=indicator")).slides:
        drawn = {
            symbol.get("val")
            for chart in charts(slide)
            for series in marked(chart)
            for symbol in series._element.iter(qn("c:symbol"))
        }
        shown = {
            each.auto_shape_type
            for each in key(slide).shapes
            if each.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
        }
        shapes = {"square": MSO_SHAPE.RECTANGLE, "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE}
        for symbol, shape in shapes.items():
            assert (symbol in drawn) == (shape in shown)


def test_answers_of_different_scales_are_named_over_their_stacks() -> None:
    (slide, *_) = made(show("theme=innovation&view=scale&country=DK")).slides
    stacked = max(len(chart.plots[0].series) for chart in charts(slide))
    assert stacked > len({"Yes", "No", "Don’t know"})
    for first, caption in (("Yes", "n 1,877"), ("First of its kind", "n 1,352")):
        top = next(each.top for each in key(slide).shapes if text_of(each) == first)
        (below, *_) = sorted(
            each.top
            for each in texts_of(slide.shapes)
            if caption in text_of(each) and each.top > top
        )
        assert 0 < below - top < Pt(45)


def test_a_legend_names_only_what_percentages_of_its_slide_are_of() -> None:
    named = 0
    for slide in made(show("theme=collaboration&by=sector")).slides:
        drawn = {base for chart in charts(slide) for base in bases_of(chart)}
        for line in keyed(slide):
            _, found, base = line.rstrip(")").partition("% of ")
            if found:
                assert base in drawn
                named += 1
    assert named


def test_no_two_entries_of_a_legend_share_a_place() -> None:
    for query in ("theme=drivers", "theme=innovation&view=scale", "theme=innovation&view=change"):
        for slide in made(show(query)).slides:
            held = [each for each in key(slide).shapes if text_of(each)] if has_key(slide) else []
            for one, other in itertools.combinations(held, 2):
                apart = one.left + one.width <= other.left or other.left + other.width <= one.left
                assert (
                    apart
                    or one.top + one.height <= other.top
                    or other.top + other.height <= one.top
                )


def test_an_open_mark_keeps_the_shape_of_its_series_and_the_key_has_its_sign() -> None:
    """A figure of a group that is not exact, drawn as a circle, would be one of another."""
    shape_of = {"Regional": {"triangle"}, "State": {"x"}, "All sectors": {"circle"}}
    drawn = set[str]()
    for slide in made(show("theme=drivers~collaboration&view=dots&by=indicator")).slides:
        doubted = False
        for chart in charts(slide):
            for series in marked(chart):
                marks = series._element.findall(qn("c:dPt"))
                symbols = {each.find(f".//{qn('c:symbol')}").get("val") for each in marks}
                assert symbols == shape_of.get(series.name, symbols)
            opened = (s for s in chart.plots[0].series if is_named(s, pptx_scatter.OPENINGS))
            for series in opened:
                drawn |= {each.get("val") for each in series._element.iter(qn("c:symbol"))}
            doubted = doubted or "?</a:t>" in etree.tostring(chart._chartSpace, encoding="unicode")
        assert not doubted or any("? in doubt" in line for line in keyed(slide))
    assert {"x", "circle"} <= drawn
