"""Lines of a change over editions that would lie on each other: a panel each on a page, one of them in a low picture."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboard.charts.clearance import Area
from dashboard.charts.colour import READ, contrast
from dashboard.charts.drawing import Mark
from dashboard.charts.edition_crowds import Way, giving_way
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import QUIET, Country, Toned
from dashboard.charts.years import year_of
from tests.support import views
from tests.support.drawings import drawings, first, written
from tests.support.pictured import pictured
from tests.support.views import show

INNOVATION = "theme=innovation&view=change"
CHANGED = 2015.5, 2018.5
"""Middles of the periods of the editions between which the Danish question on collaboration changed."""
INNOVATE = "concept=innovative_workplaces&view=change"


def way(y: float, *, broken_at: float | None = None, leads: bool = False) -> Way:
    """A level line, with a break ten pixels wide and high."""
    breaks = [] if broken_at is None else [Area.around(broken_at, y, 10, 10)]
    return Way([((0, y), (100, y))], breaks, leads)


def of_iceland(mark: Mark) -> bool:
    """Whether a mark has the colour of Iceland's workplaces, or the tone of one of its sectors."""
    colour = mark.colour.role if isinstance(mark.colour, Toned) else mark.colour
    return isinstance(colour, Country) and colour.code == "IS" and not colour.management


@pytest.mark.parametrize(
    ("ways", "gone"),
    [
        ([way(0), way(2)], set()),
        ([way(0, broken_at=50), way(12, broken_at=50)], set()),
        ([way(0, broken_at=50), way(8, broken_at=52)], {1}),
        ([way(0, broken_at=50), way(4)], {1}),
        ([way(4), way(0, broken_at=50)], {1}),
        ([way(0, broken_at=50), way(4, leads=True)], {0}),
        ([way(0, broken_at=50), way(4, broken_at=50, leads=True), way(8, broken_at=50)], {0, 2}),
        ([way(0, broken_at=50), way(4, broken_at=50), way(8, broken_at=50)], {1, 2}),
    ],
)
def test_of_two_lines_one_of_which_has_a_break_on_the_other_all_sectors_stay_or_the_first(
    ways, gone
):
    assert giving_way(ways) == gone


@pytest.mark.parametrize(
    ("y", "leads", "gone"), [(50, True, {0}), (50, False, set()), (60, True, set())]
)
def test_a_line_that_ends_early_on_that_of_all_sectors_gives_way(y, leads, gone):
    short = Way([((0, 40), (40, 50))], [], leads=False, end=Area.around(40, 50, 6, 6))
    assert giving_way([short, way(y, leads=leads)]) == gone


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_no_name_in_a_picture_stands_by_the_line_of_another_sector(size):
    picture, _ = pictured("theme=collaboration&view=change", size)
    written = " ".join(text.content for text in picture.drawing.texts)
    assert "Private companies as partners" in written
    assert "Municipal" not in written
    assert "12 of 14 figures" in written


@pytest.mark.parametrize("size", ["slide", "square"])
def test_a_country_in_doubt_gives_way_before_any_other(size):
    picture, _ = pictured(INNOVATION, size)
    shown = {value.respondents.country for value in picture.section.values}
    assert shown == {"DK", "NO", "IS", "FI"}


@pytest.mark.parametrize("wide", [336, 720, 960])
def test_on_a_page_lines_whose_breaks_are_clear_of_each_other_share_a_panel(wide):
    drawing = first(INNOVATION, wide)
    found = {mark.percent: mark.panel for mark in drawing.marks if of_iceland(mark)}
    assert {78, 73, 80, 82} == set(found)
    assert len({*found.values()}) == 1
    assert not drawing.crowded


def test_on_a_page_a_line_that_ends_on_that_of_all_sectors_has_a_panel_of_its_own():
    drawing = first("theme=collaboration&view=change", 1232)
    (whole,) = {mark.panel for mark in drawing.marks if mark.percent == 22}
    (part,) = {mark.panel for mark in drawing.marks if mark.percent == 21}
    heads = [text.content for text in drawing.texts]
    assert whole != part
    assert {
        "Private companies as partners, all sectors",
        "Private companies as partners, municipal",
    } <= {*heads}


@pytest.mark.parametrize("wide", [336, 1232])
def test_a_break_stands_midway_between_the_editions_between_which_something_changed(wide):
    """Also on a line that passes over one of them."""
    ((section, drawing),) = drawings(
        show("theme=collaboration&country=DK&sector=all&view=change"), wide
    )
    years = {value.observation.position: year_of(value) for value in section.values}
    slashes = [line.points for line in drawing.lines if line.points[0][1] > line.points[-1][1] + 8]
    for panel in {mark.panel for mark in drawing.marks}:
        area = drawing.panels[panel]
        dated = sorted((m.x, years[m.position]) for m in drawing.marks if m.panel == panel)
        middles = [
            (start[0] + end[0]) / 2
            for start, end in slashes
            if area.left < start[0] < area.right and area.top - 9 < end[1] < area.bottom
        ]
        assert len(middles) == 2
        (x0, first_year), (x1, last_year) = dated[0], dated[-1]
        of_year = (x1 - x0) / (last_year - first_year)
        midway = x0 + (sum(CHANGED) / 2 - first_year) * of_year
        assert sum(middles) / 2 == pytest.approx(midway, abs=1), panel


def test_panels_stand_in_rows_of_nearly_as_many():
    rows = Counter(panel.top for panel in first(INNOVATION, 1232).panels)
    assert 1 not in rows.values()


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_a_line_of_all_sectors_stands_in_a_picture_for_those_of_its_parts(size):
    picture, _ = pictured(INNOVATION, size)
    sectors: dict[str, set[str]] = {}
    for value in picture.section.values:
        sectors.setdefault(value.respondents.country, set()).add(value.observation.sector)
    assert sectors["DK"] == {"all"}
    assert all(found == {"all"} or "all" not in found for found in sectors.values())
    foot = " ".join(text.content for text in picture.drawing.texts)
    assert f"{len(picture.section.values)} of 16 figures" in foot


@pytest.mark.parametrize(
    ("query", "size", "low"),
    [
        (INNOVATION, "tall", True),
        (INNOVATE, "square", False),
        (INNOVATE, "slide", False),
        (INNOVATE, "report", False),
    ],
)
def test_a_low_picture_leaves_out_a_line_whose_break_lies_on_another_and_counts_its_figures(
    query, size, low
):
    """Also where the reader asked for the sector."""
    picture, _ = pictured(query.replace("&", "&sector=all~state&"), size)
    iceland = {
        value.observation.value
        for value in picture.section.values
        if value.respondents.country == "IS"
    }
    assert not picture.drawing.crowded
    assert iceland == ({78, 73} if low else {78, 73, 80, 82})
    foot = " ".join(text.content for text in picture.drawing.texts)
    drawn = len(picture.section.values)
    assert (f"{drawn} of {drawn + 2} figures" in foot) == low


def test_the_letter_of_a_break_is_no_part_of_a_name_beside_it():
    picture, _ = pictured(INNOVATION, "square")
    places = written(picture.drawing)
    letters = [area for content, area in places if content in {"a", "b", "c"}]
    assert letters
    for letter in letters:
        for content, other in places:
            level = other.top < letter.middle[1] < other.bottom
            if level and content not in {"a", "b", "c"}:
                assert max(other.left - letter.right, letter.left - other.right) > 3


@pytest.mark.parametrize("theme", ["innovation", "collaboration"])
def test_a_preview_shows_one_panel_the_course_that_its_title_tells(theme):
    picture, _ = pictured(f"theme={theme}&view=change", "og")
    (panel,) = picture.drawing.panels
    assert len({value.measure for value in picture.section.values}) == 1
    assert panel.bottom - panel.top > 100


@pytest.mark.parametrize(
    "query", [INNOVATE, INNOVATION, "theme=collaboration&view=change", "view=change"]
)
@pytest.mark.parametrize("width", [336, 1232])
def test_no_two_marks_of_a_panel_stand_at_one_place(query, width):
    for _, drawing in drawings(show(query), width):
        places = [(mark.panel, round(mark.x), round(mark.y)) for mark in drawing.marks]
        assert len(set(places)) == len(places) > 0


def test_of_two_equal_figures_each_is_named_and_that_of_the_longer_line_stands_left():
    drawing = first(INNOVATE, 1232)
    rows = views.published()
    equal = {
        rows[mark.position]["sector"]: mark
        for mark in drawing.marks
        if mark.position is not None and rows[mark.position]["survey_id"] == "dk-2017"
    }
    whole, regional = equal["all"], equal["regional"]
    assert whole.percent == regional.percent
    assert whole.y == regional.y
    assert whole.x < regional.x
    panel = drawing.panels[0]
    said = [
        text
        for text in drawing.texts
        if text.content == "80%" and panel.left <= text.x < panel.right
    ]
    assert len(said) == 2


def test_a_sector_beside_all_sectors_of_its_country_has_a_tone_of_its_own_and_its_label_too():
    drawing = first(INNOVATE, 1232)
    rows = views.published()
    toned = {
        (rows[mark.position]["survey_id"][:2], rows[mark.position]["sector"])
        for mark in drawing.marks
        if mark.position is not None and isinstance(mark.colour, Toned)
    }
    assert toned == {("dk", "regional"), ("is", "state")}
    labels = {
        run.text.strip()
        for text in drawing.texts
        for run in text.runs
        if isinstance(run.colour, Toned)
    }
    assert {"Regional", "State"} <= labels
    for colours in (LIGHT, DARK):
        for role in (QUIET, *(mark.colour for mark in drawing.marks)):
            assert contrast(colours.colour(Toned(role)), colours.ground) >= READ
