"""Slides of tables: how rows and columns are shared out among them, and how high and wide they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pptx.util import Pt

from dashboard.charts.text import width, wrap
from dashboard.formats import cell_look, cell_pages, pptx_cells, slide_layout
from tests.support.slides import made, table_of
from tests.support.views import loc, show


def test_no_table_has_more_columns_than_have_room_and_these_are_equally_wide() -> None:
    wider = 0
    for slide in made(show("theme=drivers&view=table")).slides:
        _, *wide = (column.width / Pt(1) for column in table_of(slide).columns)
        columns = [each for each in wide if each > 20]
        assert 1 < len(columns) <= 7
        assert max(columns) < 1.3 * min(columns)
        wider += len(columns) > 4
    assert wider


def test_rows_are_parted_as_others_with_figures_in_the_same_columns_are() -> None:
    """New legislation has figures in nine columns; what stands beside it in Sweden's stands on one slide."""
    (section,) = (shown := show("theme=drivers&view=table")).sections
    pages = cell_pages.pages(shown, section, loc(), lambda _: 320)
    swedish = [
        {row.header for row in page.section.rows}
        for page in pages
        if {value.observation.base for value in page.section.values}
        == {"workplaces_with_innovation_activities", "organisations_working_systematically"}
    ]
    assert [len(each) for each in swedish] == [5]


@pytest.mark.parametrize("view", ["table", "heat"])
def test_no_row_is_more_than_twice_as_high_as_another_of_as_many_lines(view: str) -> None:
    for slide in made(show(f"theme=collaboration&view={view}")).slides:
        rows = table_of(slide).rows
        tall = [row.height for row in rows if row.cells[0].text_frame.text]
        assert max(tall) < 2 * min(tall)


@pytest.mark.parametrize("view", ["table", "heat"])
@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects"])
def test_rows_are_equally_high_on_all_slides_of_a_deck(theme: str, view: str) -> None:
    found = [
        [row.height for row in table_of(slide).rows if row.cells[0].text_frame.text]
        for slide in made(show(f"theme={theme}&view={view}")).slides
    ]
    assert len(found) > 1
    heights = [tall for each in found for tall in each]
    # Of drivers a slide of five rows has no room for what a name of two lines needs on another.
    apart = 4 if theme == "drivers" else 0.1
    assert max(heights) - min(heights) <= Pt(apart)


def test_lines_of_a_deck_are_as_high_as_the_highest_needs_where_all_slides_have_room() -> None:
    low, high = pptx_cells.LineHeights(40, 38, 45), pptx_cells.LineHeights(44, 44, 60)
    assert pptx_cells.one_height([low, high]) == 44
    assert pptx_cells.one_height([replace(low, most=43), high]) == 40
    assert pptx_cells.one_height([high, replace(high, lowest=50)]) == 44


def test_a_slide_of_two_rows_takes_in_rows_with_figures_in_its_columns() -> None:
    """Two drivers alone have figures of the Netherlands."""
    slides = made(show("theme=drivers&view=table")).slides
    rows = [
        sum(bool(row.cells[0].text_frame.text) for row in table_of(slide).rows) for slide in slides
    ]
    assert min(rows) >= 4


def test_the_name_of_a_row_is_broken_behind_its_colon_first_but_for_a_word() -> None:
    name = "New technology and knowledge: to some degree"
    assert cell_look.name_lines(name, 15, 250) == [
        "New technology and knowledge:",
        "to some degree",
    ]
    assert cell_look.name_lines(name, 15, 500) == [name]
    told = cell_look.name_lines("Process or organisational innovation: no", 15, 260)
    assert len(told) == 2
    assert told[1] != "no"


def test_rows_of_a_table_are_as_alike_as_what_they_need_lets_them_be() -> None:
    needed = [60.0, 42.0, 42.0, 42.0]
    assert pptx_cells.heights(needed, 240, 3, alike=True) == [60, 60, 60, 60]
    first, *others = pptx_cells.heights(needed, 200, 3, alike=True)
    assert first == 60
    assert others == pytest.approx([140 / 3] * 3)
    assert pptx_cells.heights([42.0], 400, 3, alike=True) == [126]
    assert sum(pptx_cells.heights(needed, 100, 3, alike=True)) == pytest.approx(100)
    assert pptx_cells.heights([40.0, 80.0], 140, 3, alike=False) == [50, 90]
    assert pptx_cells.heights([0.1] * 3, sum([0.1] * 3), 3, alike=True) == pytest.approx([0.1] * 3)


def test_lines_are_evened_only_where_the_last_would_be_a_word_or_two() -> None:
    text, room = "all of these are words of a foot", width("all of these are words of a", 12)
    assert wrap(text, 12, room)[-1] == "foot"
    first, last = slide_layout.evened(text, 12, room)
    assert f"{first} {last}" == text
    assert width(last, 12) > 0.3 * room
    long = f"{text} and then some"
    assert slide_layout.evened(long, 12, room) == wrap(long, 12, room)
    assert slide_layout.evened("", 12, room) == []
