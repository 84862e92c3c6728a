"""A change over editions that is larger than chance alone would give: its thick line, and where that is explained."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt

from dashboard.charts import chart
from dashboard.charts.drawing import Drawing
from dashboard.charts.edition_strokes import CLEAR
from dashboard.query import EDITIONS, Section
from dashboard.query.clear_steps import clear_steps
from tests.support.drawings import drawings
from tests.support.pictured import pictured
from tests.support.slides import lines, made
from tests.support.views import loc, only_section, show

SAID = "larger than chance, where tested"
TOLD = "change larger than chance alone would give."
LOOKED_AT = ("theme=innovation&view=change", "theme=diffusion&view=change")


def thick(drawing: Drawing) -> list[tuple[float, float]]:
    """Where thick lines begin and end, but for the sample of one."""
    areas = drawing.panels
    return [
        (start[0], end[0])
        for line in drawing.lines
        if line.width == CLEAR
        for start, end in pairwise(line.points)
        if any(area.top <= start[1] <= area.bottom for area in areas)
    ]


def clear_by_the_tests(section: Section) -> set[tuple[float, float]]:
    """Figures of neighbouring editions that a test of the view tells apart, neither of them in doubt."""
    return {
        (each.first.value, each.second.value)
        for each in section.differences
        if each.family == EDITIONS
        and each.test
        and each.test.outcome == "clear"
        and not each.across_break
        and "inferred" not in (each.first.status, each.second.status)
    }


@pytest.mark.parametrize("wide", [336, 1232])
@pytest.mark.parametrize("query", LOOKED_AT)
def test_a_line_is_thick_where_a_test_calls_the_change_clear_and_nowhere_else(query, wide):
    for section, drawing in drawings(show(query), wide):
        marks = {mark.position: mark for mark in drawing.marks}
        found = {
            (step.earlier.observation.value, step.later.observation.value)
            for step in section.edition_steps
            for start, end in thick(drawing)
            if abs(marks[step.earlier.observation.position].x - start) < 6
            and abs(marks[step.later.observation.position].x - end) < 6
        }
        assert clear_by_the_tests(section) <= found
        assert len(thick(drawing)) == len(clear_by_the_tests(section)) > 0


def test_no_change_from_or_to_a_figure_in_doubt_is_thick_nor_one_over_a_break():
    section = only_section("theme=drivers&view=change")
    tested = [each for each in section.differences if each.family == EDITIONS and each.clear]
    assert any(each.first.status == "inferred" for each in tested)
    assert not clear_steps(section)
    section = only_section("theme=collaboration&view=change")
    tested = [each for each in section.differences if each.family == EDITIONS and each.clear]
    assert any(step.broken for step in section.edition_steps)
    assert not clear_steps(section)


@pytest.mark.parametrize(
    ("theme", "expected"), [("innovation", True), ("diffusion", True), ("collaboration", False)]
)
def test_the_key_of_a_page_says_what_a_thick_line_is_where_there_is_one(theme, expected):
    shown = show(f"theme={theme}&view=change")
    (section,) = shown.sections
    key = chart("change").key(loc(), section, shown.selection, shown.thresholds)
    assert [entry.words for entry in key if entry.sign == "clear"] == [SAID] * expected


@pytest.mark.parametrize("size", ["slide", "report", "square", "tall", "og", "screen"])
@pytest.mark.parametrize("query", LOOKED_AT)
def test_a_picture_says_once_what_a_thick_line_is_where_it_draws_one(query, size):
    picture, _ = pictured(query, size)
    drawing = picture.drawing
    assert len(thick(drawing)) == len(clear_steps(picture.section)) > 0
    beside = [text for text in drawing.texts if text.content == SAID]
    told = " ".join(text.content for text in drawing.texts).count(TOLD)
    assert len(beside) + told == bool(thick(drawing))
    for text in beside:
        samples = [
            line
            for line in drawing.lines
            if line.width == CLEAR and {y for _, y in line.points} == {text.y}
        ]
        assert len(samples) == 1
        assert 0 < text.x - samples[0].points[-1][0] < 20


def test_a_slide_draws_what_is_clear_thick_and_only_then_has_a_key_to_it():
    for query in LOOKED_AT:
        held = 0
        for slide in made(show(query)).slides:
            rules = [
                shape
                for group in slide.shapes
                if hasattr(group, "shapes") and group.name.startswith("Remarks: ")
                for shape in group.shapes
                if shape.shape_type == MSO_SHAPE_TYPE.LINE and shape.line.width > Pt(4)
            ]
            key = [
                text
                for each in slide.shapes
                if each.name == loc().t("Legend")
                for text in lines(each.shapes)
            ]
            assert (SAID in key) == bool(rules)
            held += len(rules)
        assert held == len(clear_by_the_tests(only_section(query)))
