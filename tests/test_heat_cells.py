"""Cells of a heat table: what a figure is a share of where its heading says another thing, bounds that are not coloured as if exact,
and rows of one height."""

from __future__ import annotations

import pytest

from dashboard import charts
from dashboard.charts.chart import ABOVE_PHONE
from dashboard.charts.heat_cells import BAND, BOUNDS
from dashboard.charts.roles import FAINT, GROUND
from tests.support import views
from tests.support.drawings import drawings
from tests.support.sheets import picture
from tests.support.views import show


@pytest.mark.parametrize("width", [352, 1232])
def test_a_figure_that_has_bounds_bears_the_colours_that_it_may_have_and_is_bare_above_them(width):
    """In print and for every reader: "> 70%" is not filled as 70% is."""
    ((_, drawing),) = drawings(show("theme=effects&view=heat"), width)
    bare = 0
    for mark in drawing.marks:
        row, box = views.published()[mark.position], mark.shape.box
        below = [
            each.fill
            for each in drawing.boxes
            if box.bottom <= each.top < box.bottom + BAND and box.left <= each.left < box.right
        ]
        if row["qualifier"] not in BOUNDS:
            assert box.fill == mark.colour
            assert below == []
            continue
        bare += 1
        assert box.fill == GROUND
        ends = (mark.percent, 100) if row["qualifier"] == "over" else (0, mark.percent)
        assert (below[0].percent, below[-1].percent) == ends
        assert {fill.ramp for fill in below} == {mark.colour.ramp}
    assert bare > 5


def test_the_key_says_what_such_a_band_is_where_there_is_one():
    loc = views.loc()
    for query, expected in (("theme=effects", True), ("theme=effects&country=DK", False)):
        for chart in ("heat", "table"):
            *_, made = picture(f"{query}&view={chart}", "slide")
            said = " ".join(text.content for text in made.drawing.texts)
            told = "Band of colours: all it may be." in said
            assert told == (expected and chart == "heat")
            entries = charts.chart(chart).key(
                loc, made.section, show(query).selection, show(query).thresholds
            )
            assert any(each.sign == "bound" for each in entries) == told


@pytest.mark.parametrize("size", ["slide", "report"])
def test_a_cell_says_its_base_where_the_heading_says_another_and_its_row_does_not(size):
    *_, made = picture("theme=effects&view=heat", size)
    (found,) = (value for value in made.section.values if value.base_differs)
    (mark,) = (m for m in made.drawing.marks if m.position == found.observation.position)
    box = mark.shape.box
    inside = [
        text.content
        for text in made.drawing.texts
        if box.top < text.y < box.bottom and box.left < text.x < box.right
    ]
    assert inside == ["46%", "of innovations"]
    beside = [text.content for text in made.drawing.texts if text.x < box.left]
    assert not any("Denmark: % of" in content for content in beside)


def test_the_rows_of_a_table_are_equally_high():
    for size in ("slide", "report"):
        *_, made = picture("theme=effects&view=heat", size)
        tall = [
            mark.shape.box.bottom - mark.shape.box.top
            for mark in made.drawing.marks
            if mark.shape.box.fill != GROUND
        ]
        assert len(tall) > 3
        assert max(tall) - min(tall) <= 0.2, "as rounded"


def test_on_a_phone_the_key_has_no_dash_where_no_table_has_one():
    loc, shown = views.loc(), show("theme=effects&view=heat")
    blank = {
        each.sign: each.least
        for each in charts.chart("heat").key(
            loc, shown.sections[0], shown.selection, shown.thresholds
        )
    }["blank"]
    ((_, drawing),) = drawings(shown, 352)
    dashes = [rule for rule in drawing.rules if rule.x1 - rule.x0 == 12 and rule.colour == FAINT]
    assert (blank, dashes) == (ABOVE_PHONE, [])
