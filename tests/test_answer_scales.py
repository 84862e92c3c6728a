"""The legend of an answer scale: once where all questions share their answers, else over the bars of each scale."""

from __future__ import annotations

import pytest

from dashboard import charts
from dashboard.charts import answer_scales
from dashboard.charts.answer_scales import HATCH
from dashboard.charts.drawing import Bar
from dashboard.charts.roles import GROUND, Outline
from dashboard.layout.notes import cautions
from dashboard.text import statements
from tests.support import views
from tests.support.drawings import drawings
from tests.support.pictured import SITE, pictured
from tests.support.views import show

SEVERAL, ONE = "theme=innovation&view=scale", "concept=novelty&view=scale"


def samples(drawing):
    return [box for box in drawing.boxes if isinstance(box.outline, Outline)]


@pytest.mark.parametrize("width", [328, 358, 720, 1232, 1872])
def test_each_segment_is_named_by_the_legend_over_it_in_its_panel(width: int):
    ((section, drawing),) = drawings(show(SEVERAL), width)
    assert answer_scales.several(section)
    for at, area in enumerate(drawing.panels):
        marks = [mark for mark in drawing.marks if mark.panel == at]
        inside = [box for box in samples(drawing) if area.top < box.top < area.bottom]
        assert inside
        for mark in marks:
            above = [box for box in inside if box.bottom < mark.y]
            # The nearest legend above: its lines stand close together.
            nearest = max(box.top for box in above)
            colours = {box.fill for box in above if nearest - box.top < 90}
            assert mark.colour in colours or mark.colour == GROUND
        assert all(box.right <= width for box in inside)


def test_answers_that_only_another_question_has_are_in_no_legend_of_a_question():
    (section,) = show(SEVERAL).sections
    loc = views.loc()
    for (row, panel), entries in answer_scales.legends(loc, section).items():
        values = section.rows[row].cells[panel].values
        given = {loc.label("response", value.observation.response) for value in values}
        assert given <= {name for _, name in entries}
        assert len(entries) < len({each.observation.response for each in section.values})


@pytest.mark.parametrize("width", [358, 1232])
def test_one_scale_has_its_legend_once_above_the_chart(width: int):
    ((section, drawing),) = drawings(show(ONE), width)
    assert not answer_scales.several(section)
    top = min(area.top for area in drawing.panels)
    assert len(samples(drawing)) == len({each.observation.response for each in section.values})
    assert all(box.bottom < top for box in samples(drawing))


@pytest.mark.parametrize("query", ["concept=technology_role&view=scale", ONE])
def test_a_preview_names_its_only_question_in_its_head_and_its_bars_take_the_width(query: str):
    """Under the title, which is what one answer of it finds."""
    picture, _ = pictured(query, "og")
    stated = statements.of_section(views.loc(), show(query), picture.section)
    (row,) = picture.section.rows
    name = views.loc().header(row.header)
    written = [text.content for text in picture.drawing.texts]
    assert sum(name in content for content in written) == 1
    unit = next(at for at, content in enumerate(written) if content.startswith(f"{name} · %"))
    assert " ".join(written[:unit]).replace("\u00a0", " ") in {
        each.replace("\u00a0", " ") for each in stated.forms
    }
    bars = [mark.shape for mark in picture.drawing.marks if isinstance(mark.shape, Bar)]
    assert max(bar.right for bar in bars) - min(bar.left for bar in bars) > 0.9 * 1120


def scale_of(size: str, language: str):
    shown = show(SEVERAL)
    loc = views.store().newest.localizer(language)
    return loc, charts.picture(shown, shown.sections[0], loc, SITE, size)


@pytest.mark.parametrize("language", ["en", "da", "fi", "nb", "sv"])
@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_a_picture_breaks_no_word_of_a_question_and_says_over_n_what_it_is(size, language):
    loc, picture = scale_of(size, language)
    written = [text.content for text in picture.drawing.texts]
    words = {word for content in written for word in content.split()}
    for row in picture.section.rows:
        assert set(loc.header(row.header).split()) <= words
    heads = [text for text in picture.drawing.texts if text.content == loc.t("n")]
    assert len(heads) == len(picture.drawing.panels)


def test_each_panel_of_a_picture_has_the_legend_of_each_of_its_scales_once():
    loc, picture = scale_of("report", "en")
    written = [text.content for text in picture.drawing.texts]
    assert written.count(loc.label("response", "yes")) == len(picture.drawing.panels) == 2
    assert written.count(loc.label("response", "copied")) == 1


def test_the_figure_of_a_last_segment_that_is_too_slim_stands_behind_its_bar():
    _, picture = scale_of("report", "en")
    drawing = picture.drawing
    (slim,) = [mark for mark in drawing.marks if mark.position is not None and mark.percent == 3]
    (figure,) = (
        text for text in drawing.texts if text.y == slim.y and text.content == f"{slim.percent:g}"
    )
    assert 0 < figure.x - slim.shape.right < 30


@pytest.mark.parametrize("size", ["report", "square"])
def test_no_figure_stands_on_what_is_not_printed(size):
    drawing = scale_of(size, "en")[1].drawing
    rests = [mark for mark in drawing.marks if mark.position is None]
    assert rests
    for mark in rests:
        assert not [
            text.content
            for text in drawing.texts
            if text.y == mark.y and mark.shape.left < text.x < mark.shape.right
        ]


def test_what_is_not_printed_is_striped_in_bar_and_legend_and_no_answer_is():
    drawing = scale_of("report", "en")[1].drawing
    assert {mark.position is None for mark in drawing.marks} == {True, False}
    for mark in drawing.marks:
        assert (mark.shape.hatch == HATCH) == (mark.position is None)
    (white,) = (
        box for box in drawing.boxes if box.fill == GROUND and box.outline == Outline(GROUND)
    )
    stripes = [rule for rule in drawing.rules if rule.x0 != rule.x1 and rule.y0 != rule.y1]
    assert len(stripes) == 3
    for rule in stripes:
        assert white.left - 0.1 <= rule.x0 < rule.x1 <= white.right + 0.1
        assert white.top - 0.1 <= rule.y1 < rule.y0 <= white.bottom + 0.1


@pytest.mark.parametrize("width", [358, 1232])
def test_shares_of_something_else_than_the_heading_says_have_their_base_in_bold_behind_the_name(
    width: int,
) -> None:
    ((section, drawing),) = drawings(show(SEVERAL), width)
    odd = {
        value.measure
        for value in section.values
        if value.observation.base == "organisations" and value.base_differs
    }
    bold = [
        run
        for text in drawing.texts
        for run in text.runs
        if run.text == "% of organisations" and run.bold
    ]
    assert len(bold) == len(odd) > 0


@pytest.mark.parametrize(
    ("query", "told"),
    [(SEVERAL, True), (f"{SEVERAL}&country=DK", False), ("theme=innovation&view=bars", False)],
)
def test_an_answer_scale_says_why_earlier_figures_of_a_country_are_no_neighbours(
    query: str, told: bool
) -> None:
    """The Swedish 81% of 2016-18 and the 54 to 65% of 2019-20 count different innovations."""
    view = show(query)
    said = " ".join(cautions(view, view.sections[0], views.loc()))
    assert ("Sweden: earlier figures cannot be compared with these. 2019–20 asks" in said) == told
