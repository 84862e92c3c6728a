"""Pictures on their sheets: type of one size, nothing cut off or over another, marks and rows that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from dashboard import charts
from dashboard.charts.drawing import Drawing
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import RULE, Heat
from dashboard.selection import LANGUAGES
from dashboard.text import pictures
from tests.support import views
from tests.support.drawings import text_edges
from tests.support.sheets import (
    CHANGES,
    LEAST,
    VIEWS,
    asked,
    chart_ends,
    foot,
    on_sheet,
    picture,
    questions,
)
from tests.test_layout_rules import sizes, texts


def faults(drawing: Drawing, size: str) -> Iterator[str]:
    """What of a picture breaks the rules of its sheet."""
    for text in drawing.texts:
        if min(sizes(text)) < LEAST[size] - 0.01:
            yield f"type of {min(sizes(text))} px: {text.content}"
    for content, left, right, middle in text_edges(drawing):
        if left < -0.75 or right > drawing.width + 0.75 or not 0 <= middle <= drawing.height:
            yield f"cut: {content}"
    for one, other in combinations(texts(drawing), 2):
        if one.covers(other):
            yield f"{one.what} over {other.what}"
    end = chart_ends(drawing)
    if "…" in foot(drawing):
        yield f"not said to the end: {foot(drawing)}"
    # Of what to take care of as many lines as the sheet has for reasons.
    sheet = charts.SHEETS[size]
    if sum(text.y > end for text in drawing.texts) > sheet.reasons + sheet.origin:
        yield "a foot of more lines than its texts may have"
    if sum(text.size >= charts.SHEETS[size].title - 0.1 for text in drawing.texts) > 2:
        yield "a title of more than two lines"


@pytest.mark.parametrize("size", charts.SHEETS)
def test_every_view_keeps_to_its_sheet(size):
    for query in (*questions(), *VIEWS):
        drawing = picture(query, size)[2].drawing
        assert list(faults(drawing, size)) == [], query
        assert on_sheet(drawing, size), query


@pytest.mark.parametrize("size", charts.SHEETS)
def test_a_change_has_the_type_of_every_other_picture(size):
    for query in CHANGES:
        drawing = picture(query, size)[2].drawing
        assert [fault for fault in faults(drawing, size) if fault.startswith("type")] == [], query


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_intervals_are_named_where_some_are_drawn(size):
    drawing = picture("concept=innovative_workplaces&view=compare", size)[2].drawing
    intervals = [line for line in drawing.lines if line.colour != RULE]
    assert "95% interval" in foot(drawing)
    # Larger dots of a small picture cover the one that is known.
    assert bool(intervals) == ("too short to show beside the dot" not in foot(drawing))
    assert intervals or size == "square"


@pytest.mark.parametrize("size", ["slide", "report", "og"])
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_other_languages_keep_to_the_sheet(language, size):
    for query in (*questions(), *VIEWS[::2]):
        assert list(faults(picture(query, size, language)[2].drawing, size)) == [], query


@pytest.mark.parametrize("size", charts.SHEETS)
@pytest.mark.parametrize("language", ["en", "da"])
def test_a_picture_is_as_large_as_its_sheet_and_names_a_publisher(language, size):
    for query in (*asked(), *CHANGES, *VIEWS[:3]):
        _, _, made = picture(query, size, language)
        drawing, loc = made.drawing, views.store().newest.localizer(language)
        assert on_sheet(drawing, size), query
        assert pictures.publishers(loc, made.section)[0] in foot(drawing), query


@pytest.mark.parametrize("size", charts.SHEETS)
def test_the_foot_says_what_intervals_and_doubts_look_like(size):
    for query in VIEWS[:3]:
        _, _, made = picture(query, size)
        values, written = made.section.values, foot(made.drawing)
        if any(value.evidence.interval for value in values):
            assert "95% interval" in written, query
        if any(value.observation.status == "inferred" for value in values):
            assert "in doubt" in written, query


@pytest.mark.parametrize("size", ["slide", "report", "square", "tall", "print"])
def test_a_chart_takes_half_of_its_sheet_where_there_are_rows(size):
    for query in VIEWS:
        _, whole, made = picture(query, size)
        if made.section.values != whole.values:
            bands = made.drawing.bands
            tall = bands[-1].bottom - bands[0].top
            assert tall >= 0.5 * made.drawing.height, query


def test_a_preview_of_an_answer_scale_names_each_of_its_rows():
    *_, made = picture("theme=innovation&view=scale", "og")
    written = " ".join(text.content for text in made.drawing.texts)
    assert made.section.rows
    assert all(views.loc().header(row.header) in written for row in made.section.rows)
    assert len({value.respondents.country for value in made.section.values}) == 1


def test_the_plot_of_a_preview_of_one_course_takes_a_quarter_of_it_at_least():
    for query in (CHANGES[0], CHANGES[3]):
        drawing = picture(query, "og")[2].drawing
        (panel,) = drawing.panels
        assert panel.bottom - panel.top > drawing.height / 4, query


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("theme=drivers", "slide"),
        ("theme=effects", "slide"),
        ("theme=barriers", "slide"),
        ("theme=innovation&country=FI~NL", "slide"),
        ("theme=strategy&country=NO~FI", "slide"),
        ("concept=driver_employees&country=DK~NO", "og"),
    ],
)
def test_marks_look_alike_where_headings_name_the_sector_of_each_panel(query, size):
    *_, made = picture(f"{query}&view=bars", size)
    assert len(made.section.series) > 1 == max(len(panel.series) for panel in made.section.panels)
    assert len({mark.colour for mark in made.drawing.marks}) == 1
    shapes = {getattr(mark.shape, "symbol", None) for mark in made.drawing.marks}
    assert len(shapes) == 1


def test_names_of_dots_stand_left_of_the_marks_of_a_panel_or_right_of_them():
    for query in ("theme=drivers&view=dots", "theme=collaboration&view=dots"):
        *_, made = picture(query, "square")
        drawing, names = made.drawing, {views.loc().header(each) for each in made.section.series}
        for area in drawing.panels:
            beside = {
                text.x > mark.x
                for text in drawing.texts
                for mark in drawing.marks
                if text.content in names
                and area.left <= text.x <= area.right
                and area.left <= mark.x <= area.right
                and abs(text.y - mark.y) < 1
            }
            assert len(beside) <= 1, query


@pytest.mark.parametrize(("size", "least"), [("slide", 4), ("square", 5), ("og", 2)])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_captions_of_a_picture_stand_beside_the_bars_and_leave_room_for_more(size, least, language):
    *_, made = picture("theme=drivers&view=scale", size, language)
    assert len(made.section.rows) >= least
    levels = {mark.y for mark in made.drawing.marks}
    sectors = {
        views.store().newest.localizer(language).header(each) for each in made.section.series
    }
    named = [text for text in made.drawing.texts if text.content in sectors]
    assert len(named) == len(levels)
    assert all(min(abs(text.y - level) for level in levels) < 2 for text in named)


@pytest.mark.parametrize("size", ["slide", "square", "og"])
def test_a_bar_behind_100_percent_is_explained_below_every_picture(size):
    *_, made = picture("concept=novelty&view=scale&country=DK", size)
    totals = [
        sum(value.observation.value for value in cell.values)
        for row in made.section.rows
        for cell in row.cells
    ]
    assert max(totals) > 100
    assert "Rounded figures may add up to more than 100%." in foot(made.drawing)


def test_answers_of_one_sector_name_it_in_the_heading_alone():
    _, _, made = picture("theme=drivers&view=scale&sector=state", "slide")
    assert len(made.section.rows) > 1
    named = [text.content for text in made.drawing.texts if text.content.lower() == "state"]
    assert named == ["State"]


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("chart", ["bars", "dots"])
def test_two_countries_on_one_indicator_stand_with_care(size, chart):
    """A figure beside that of another country is a comparison, wherever it stands: also in a link preview."""
    drawing = picture(f"theme=drivers&view={chart}", size)[2].drawing
    written = " ".join(text.content for text in drawing.texts)
    told = (
        "each country has its own survey",
        "not all figures can be compared",
        "can all figures be compared",
        "Not comparable",
    )
    assert any(each in written for each in told)


@pytest.mark.parametrize("size", ["report", "square"])
def test_countries_without_a_common_indicator_stand_below_each_other(size):
    """Each at full width, with the answers of its own bars above them, and no colour stands for two answers."""
    drawing = picture("theme=innovation&view=scale", size)[2].drawing
    first, second = drawing.bands
    assert first.bottom < second.top
    assert len({(panel.left, panel.right) for panel in drawing.panels}) == 1
    answers = {mark.series: mark.colour for mark in drawing.marks if mark.position is not None}
    assert len(set(answers.values())) == len(answers)


def found_panel(section, value):
    return next(panel for panel in section.panels if value in section.values_of(panel))


@pytest.mark.parametrize(
    ("query", "differing"),
    [
        ("theme=drivers&country=NO&view=heat", "innovative_workplaces"),
        ("theme=effects&view=heat", "innovations"),
    ],
)
def test_a_cell_of_another_base_than_its_panel_has_the_ramp_of_its_own_which_is_keyed(
    query, differing
):
    """Norway's 10% is of innovative workplaces beside shares of innovations."""
    *_, made = picture(query, "report")
    (found,) = (value for value in made.section.values if value.base_differs)
    assert found.observation.base == differing
    loc = views.loc()
    fills = {mark.position: mark.shape.box.fill for mark in made.drawing.marks}
    ramp = ramps(loc)[differing]
    assert fills[found.observation.position] == Heat(found.observation.value, ramp)
    written = " ".join(text.content for text in made.drawing.texts)
    assert f"% of {loc.label('base', differing)}" in written
    keys = {box.fill.ramp for box in made.drawing.boxes if isinstance(box.fill, Heat)}
    assert {ramp, ramps(loc)[found_panel(made.section, found).base]} <= keys
    assert "share of something else" not in written


@pytest.mark.parametrize("query", ["concept=innovative_workplaces", "theme=drivers"])
def test_a_square_of_few_comparisons_has_larger_type_before_more_ground(query):
    drawing = picture(f"{query}&view=compare", "square")[2].drawing
    chart = [text for text in drawing.texts if drawing.bands[0].top < text.y < chart_ends(drawing)]
    assert min(min(sizes(text)) for text in chart) >= 22
