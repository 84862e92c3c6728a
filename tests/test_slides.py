"""Pictures: a slide is 1600 x 900 with nothing cut off, and says what it shows, of what and from where."""

from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest

from dashboard import figures
from dashboard.selection import ARRANGEMENTS
from tests import views
from tests.drawings import (
    ADDRESS,
    DRAWN,
    LOOSE,
    QUERIES,
    drawn_values,
    labels,
    marks,
    plain,
    text_edges,
    variant,
)
from tests.views import READY_VIEWS, show


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
@pytest.mark.parametrize("chart", ["bars", "dots", "heat"])
def test_a_slide_is_1600_by_900_and_holds_its_panels(query, count, chart):
    shown = variant(query, chart=chart)
    (section,) = shown.sections
    assert len(section.panels) == count
    picture = figures.slide(shown, section, views.words(), ADDRESS)
    assert_on_slide(picture)
    told = " ".join(plain(note["text"]) for note in picture.figure["layout"]["annotations"])
    for panel in section.panels:
        assert all(part in told for part in views.words().key(panel.key).split())
    assert shown.release in told
    assert "barometer.example.org" in told
    assert "Sources:" in told
    go.Figure(picture.figure)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_nothing_is_cut_off_a_slide(chart, by):
    for query in QUERIES:
        shown = variant(query, chart=chart, by=by)
        for section in shown.sections:
            assert_on_slide(figures.slide(shown, section, views.words(), ADDRESS))


def assert_on_slide(picture: figures.Picture) -> None:
    """1600 x 900 pixels, every text and mark inside, and the figure is what its size says."""
    assert (picture.width, picture.height) == figures.SLIDE == (1600, 900)
    layout = picture.figure["layout"]
    assert (layout["width"], layout["height"]) == (1600, 900)
    cut = {
        text: (round(left), round(right))
        for text, left, right, _ in text_edges(picture.figure)
        if not inside(left, right)
    }
    cut |= {
        text: (round(left), round(right))
        for _, text, left, right, _ in labels(picture.figure)
        if not inside(left, right)
    }
    assert cut == {}
    assert all(0 <= middle <= 900 for *_, middle in text_edges(picture.figure))
    assert all(0 <= x <= 1600 and 0 <= y <= 900 for _, _, x, y in marks(picture.figure))


def inside(left: float, right: float) -> bool:
    """Whether a text stands on the slide."""
    return -LOOSE <= left <= right <= 1600 + LOOSE


def test_a_slide_without_room_says_how_many_indicators_it_leaves_out():
    shown = show("theme=drivers&more=drivers")
    (section,) = shown.sections
    picture = figures.slide(shown, section, views.words(), ADDRESS)
    told = " ".join(plain(note["text"]) for note in picture.figure["layout"]["annotations"])
    drawn = {views.published()[position]["concept"] for position in drawn_values(picture.figure)}
    left_out = section.items_total - len(drawn)
    assert left_out > 0
    assert f"{left_out} more indicator" in told


def test_a_slide_does_not_call_countries_indicators():
    shown = variant("edition=all&theme=drivers&more=drivers", by="indicator")
    (section,) = shown.sections
    picture = figures.slide(shown, section, views.words(), ADDRESS)
    told = " ".join(plain(note["text"]) for note in picture.figure["layout"]["annotations"])
    drawn = {views.published()[position]["concept"] for position in drawn_values(picture.figure)}
    claimed = re.search(r"(\d+) more indicator", told)
    assert (int(claimed[1]) if claimed else 0) == section.items_total - len(drawn)


@pytest.mark.parametrize("wide", [328, 920])
def test_a_picture_as_on_screen_shows_everything_the_page_shows(wide):
    shown = show(READY_VIEWS["drivers"])
    (section,) = shown.sections
    picture = figures.as_on_screen(shown, section, views.words(), ADDRESS, wide)
    assert (picture.figure["layout"]["width"], picture.figure["layout"]["height"]) == (
        picture.width,
        picture.height,
    )
    assert drawn_values(picture.figure) == {
        value.observation.position: value.observation.value for value in section.values
    }
    assert re.fullmatch(r"[\w.-]+", picture.name)
