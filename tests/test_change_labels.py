"""Labels of a change over editions: none lies on anything, and what has to be written is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.canvas import INSET
from dashboard.charts.clearance import Area
from dashboard.charts.drawing import Drawing
from dashboard.charts.labels import figure as worded
from dashboard.charts.roles import FAINT, GRID
from dashboard.selection import ARRANGEMENTS, LANGUAGES, normal
from tests.support import views
from tests.support.drawings import drawings, first, text_edges, variant, written
from tests.support.editions import LOOKED_AT, SCREENS, WIDTHS
from tests.support.views import show


def strokes(drawing: Drawing) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Every straight stretch: of lines and slashes, of leaders and of the lines that percentages are read by."""
    for line in drawing.lines:
        yield from pairwise(line.points)
    for rule in drawing.rules:
        yield (rule.x0, rule.y0), (rule.x1, rule.y1)


def letters_on_levels(drawing: Drawing) -> Iterator[str]:
    """Letters of breaks that a line which percentages are read by passes, or would pass if it were not interrupted."""
    levels = [rule for rule in drawing.rules if rule.y0 == rule.y1 and rule.colour == GRID]
    for (content, area), text in zip(written(drawing), drawing.texts, strict=True):
        if content.isalpha() and content.islower() and text.anchor == "center":
            for panel in drawing.panels:
                own = {rule.y0 for rule in levels if panel.left <= rule.x0 < panel.right}
                if panel.left < area.left < panel.right and any(
                    area.top - 1.5 < y < area.bottom + 1.5 for y in own
                ):
                    yield f"break {content} on a level line"


def faults(drawing: Drawing) -> Iterator[str]:
    """What of a drawing lies on a label or is cut off or too small."""
    texts = written(drawing)
    marks = [
        Area.around(mark.x, mark.y, mark.shape.size, mark.shape.size) for mark in drawing.marks
    ]
    yield from (
        f"{a} over {b}" for (a, one), (b, other) in combinations(texts, 2) if one.meets(other)
    )
    for content, area in texts:
        inner = area.grown(-0.5)
        yield from (f"{content} over a mark" for mark in marks if inner.meets(mark))
        yield from (f"{content} over {at}" for at in strokes(drawing) if inner.crossed_by(*at))
    for content, left, right, middle in text_edges(drawing):
        if left < -0.75 or right > drawing.width + 0.75 or not 0 <= middle <= drawing.height:
            yield f"cut: {content}"
    yield from letters_on_levels(drawing)
    sizes = {run.size or text.size for text in drawing.texts for run in text.runs}
    if not sizes <= {12, 14, 16}:
        yield f"type of {sizes} px"
    # Larger is only what leads several panels, at the left edge over all of them.
    for text in drawing.texts:
        for run in text.runs:
            leads = run.bold and text.anchor == "left" and text.x <= INSET
            if (run.size or text.size) == 16 and not leads:
                yield f"large: {run.text}"


@pytest.mark.parametrize("wide", SCREENS)
@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("query", LOOKED_AT)
def test_no_label_lies_on_anything(query, by, wide):
    for section, drawing in drawings(variant(query, by=by), wide):
        if section.panels:
            assert list(faults(drawing)) == [], section.theme


@pytest.mark.parametrize("wide", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_label_lies_on_anything_in_other_languages(language, wide):
    for query in LOOKED_AT[:3]:
        for section, drawing in drawings(show(query), wide, language):
            assert list(faults(drawing)) == [], (query, section.theme)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_no_label_lies_on_anything_in_the_larger_type_of_a_picture(language):
    for query in LOOKED_AT:
        for section, drawing in drawings(show(query), None, language):
            found = [fault for fault in faults(drawing) if not fault.startswith("type of")]
            assert found == [], (query, section.theme)


@settings(max_examples=25, deadline=None)
@given(views.any_selections, st.sampled_from(SCREENS))
def test_no_label_lies_on_anything_in_any_view(selection, wide):
    chosen = normal(replace(selection, chart="change"), views.vocabulary())
    for section, drawing in drawings(views.of(chosen), wide):
        assert list(faults(drawing)) == [], section.theme


@pytest.mark.parametrize("wide", WIDTHS)
def test_equal_figures_of_two_lines_stand_beside_each_other_and_each_is_written(wide):
    drawing = first("concept=innovative_workplaces&country=DK&view=change", wide)
    meeting = [mark for mark in drawing.marks if mark.percent == 80]
    assert len(meeting) == len({(mark.panel, mark.x) for mark in meeting}) > 1
    assert [content for content, _ in written(drawing)].count("80%") == len(meeting)


def test_the_last_figure_of_every_line_is_written():
    for query in LOOKED_AT:
        for section, drawing in drawings(show(query), 336):
            bold = [
                run.text
                for text in drawing.texts
                for run in text.runs
                if run.bold and "%" in run.text
            ]
            ends = [
                line[-1]
                for row in section.rows
                for cell in row.cells
                for line in cell.lines
                if line
            ]
            assert len(bold) >= len(ends)


@pytest.mark.parametrize("wide", [336, 358, 720, 1232])
def test_the_first_figure_of_every_line_is_written_where_lines_are_few(wide):
    for query in LOOKED_AT:
        for section, drawing in drawings(show(query), wide):
            texts = [text for text in drawing.texts if text.runs[0].bold]
            marks = {mark.position: mark for mark in drawing.marks}
            for at, _ in enumerate(section.panels):
                lines = [line for row in section.rows for line in row.cells[at].lines]
                for line in lines if len(lines) <= 6 else []:
                    mark = marks[line[0].observation.position]
                    figure = worded(views.loc(), line[0])
                    near = [
                        text
                        for text in texts
                        if abs(text.y - mark.y) < 20 and abs(text.x - mark.x) < 40
                    ]
                    assert figure in {text.content for text in near}, (query, section.theme)


def test_a_line_that_ends_early_is_labelled_at_its_end():
    texts = written(first("concept=innovative_workplaces&view=change", 1232))
    area = dict(texts)["85%  Regional"]
    drawing = first("concept=innovative_workplaces&view=change", 1232)
    (mark,) = (mark for mark in drawing.marks if mark.percent == 85)
    assert abs(area.left - mark.x) < 12
    assert abs((area.top + area.bottom) / 2 - mark.y) < 20


@pytest.mark.parametrize("wide", SCREENS)
def test_no_leader_passes_over_years_without_figures(wide):
    for query in LOOKED_AT:
        for _, drawing in drawings(show(query), wide):
            for rule in drawing.rules:
                if rule.colour == FAINT:
                    assert rule.x1 - rule.x0 < 30, query
