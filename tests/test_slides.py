"""Pictures: a slide is 1600 x 900 with nothing cut off, and says what it shows, of what and from where."""

from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest

from dashboard import charts
from dashboard.render import plotly
from dashboard.selection import ARRANGEMENTS
from tests.support import views
from tests.support.drawings import (
    ADDRESS,
    DRAWN,
    LOOSE,
    QUERIES,
    bars,
    drawn_values,
    labels,
    text_edges,
    variant,
)
from tests.support.views import READY_VIEWS, show


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("concept=innovative_workplaces&country=DK", 1),
        ("theme=effects&country=DK~FI", 2),
        (READY_VIEWS["drivers"], 3),
        ("concept=innovative_workplaces&country=DK~NO~SE~FI", 4),
        ("theme=collaboration", 5),
        ("concept=innovative_workplaces&country=DK~NO~SE~IS~NL", 6),
        ("theme=drivers", 7),
    ],
)
@pytest.mark.parametrize("chart", ["bars", "heat"])
def test_a_slide_is_1600_by_900_and_holds_its_panels(query, count, chart):
    shown = variant(query, chart=chart)
    (section,) = shown.sections
    # A heat table has a panel for each base of the same respondents.
    split = charts.chart(chart).parts_bases
    assert len({panel.header for panel in section.panels} if split else section.panels) == count
    picture = charts.picture(shown, section, views.loc(), ADDRESS)
    assert_on_slide(picture)
    written = " ".join(text.content for text in picture.drawing.texts)
    for panel in picture.section.panels:
        # The title and the unit of a picture of one panel say whose it is.
        assert all(part in written for part in re.findall(r"\w+", views.loc().header(panel.header)))
    assert shown.release in written
    assert "barometer.example.org" in written
    assert "Sources:" in written
    go.Figure(plotly.figure(picture.drawing))


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_nothing_is_cut_off_a_slide(chart, by):
    for query in QUERIES:
        shown = variant(query, chart=chart, by=by)
        for section in shown.sections:
            assert_on_slide(charts.picture(shown, section, views.loc(), ADDRESS))


def assert_on_slide(picture: charts.Picture) -> None:
    """1600 x 900 pixels, every text and mark inside; taller only where one panel is left, of which no line can go."""
    drawing, section = picture.drawing, picture.section
    assert drawing.width == 1600
    one = len(section.panels) == 1 and (len(section.rows) == 1 or bool(section.edition_steps))
    assert drawing.height == 900 or (one and drawing.height > 900)
    cut = {
        text: (round(left), round(right))
        for text, left, right, _ in (*text_edges(drawing), *labels(drawing))
        if not inside(left, right)
    }
    assert cut == {}
    assert all(0 <= middle <= drawing.height for *_, middle in text_edges(drawing))
    assert all(0 <= mark.x <= 1600 and 0 <= mark.y <= drawing.height for mark in drawing.marks)
    assert all(0 <= left <= right <= 1600 for left, right, _ in bars(drawing))


def inside(left: float, right: float) -> bool:
    """Whether a text stands on the slide."""
    return -LOOSE <= left <= right <= 1600 + LOOSE


def test_a_slide_without_room_says_how_many_indicators_it_leaves_out():
    shown = show("theme=drivers&more=drivers")
    (section,) = shown.sections
    picture = charts.picture(shown, section, views.loc(), ADDRESS)
    written = " ".join(text.content for text in picture.drawing.texts)
    drawn = {views.published()[position]["concept"] for position in drawn_values(picture.drawing)}
    assert len(drawn) < section.indicators_total
    assert f"Shown: {len(drawn)} of {section.indicators_total} indicators" in written


def test_a_slide_does_not_call_countries_indicators():
    shown = variant("edition=all&theme=drivers&more=drivers", by="indicator")
    (section,) = shown.sections
    picture = charts.picture(shown, section, views.loc(), ADDRESS)
    written = " ".join(text.content for text in picture.drawing.texts)
    drawn = {views.published()[position]["concept"] for position in drawn_values(picture.drawing)}
    claimed = re.search(r"(\d+) of (\d+) indicators", written)
    total = section.indicators_total
    assert (tuple(map(int, claimed.groups())) if claimed else (total, total)) == (len(drawn), total)


@pytest.mark.parametrize("wide", [328, 920])
def test_a_picture_as_on_screen_shows_everything_the_page_shows(wide):
    shown = show(READY_VIEWS["drivers"])
    (section,) = shown.sections
    picture = charts.picture(shown, section, views.loc(), ADDRESS, "screen", wide)
    assert picture.drawing.width == max(wide + 80, 400)
    assert drawn_values(picture.drawing) == {
        value.observation.position: value.observation.value for value in section.values
    }
    assert re.fullmatch(r"[\w.-]+", picture.name)
