"""On a dark ground the same is drawn as on a light one, in other colours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from dashboard import figures
from dashboard.figures.palette import DARK, LIGHT
from dashboard.selection import ARRANGEMENTS
from tests import views
from tests.drawings import ADDRESS, DRAWN, QUERIES, variant

COLOUR = re.compile(r"#[0-9a-f]{6}\b|rgba\(\d+,\d+,\d+,0\.75\)")
OWN_LIGHT = {
    LIGHT.ink,
    LIGHT.quiet,
    LIGHT.faint,
    LIGHT.rule,
    LIGHT.grid,
    LIGHT.ground,
    *LIGHT.sectors.values(),
    *LIGHT.countries.values(),
}
"""Colours that must not be left on a dark ground; white may be, as ink on a deep colour."""


def pairs(query: str, **change: object) -> Iterator[tuple[str, str]]:
    """Each section of a view on a light and on a dark ground, as JSON."""
    shown = variant(query, **change)
    for section in shown.sections:
        light, dark = (
            figures.chart(shown, section, views.words(), 920, dark=dark) for dark in (False, True)
        )
        yield json.dumps(light), json.dumps(dark)


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_only_colours_differ(chart, by):
    for query in QUERIES:
        for light, dark in pairs(query, chart=chart, by=by):
            assert COLOUR.sub("", dark) == COLOUR.sub("", light)


@pytest.mark.parametrize("chart", DRAWN)
def test_no_colour_of_the_light_palette_is_left(chart):
    for by in ARRANGEMENTS:
        for _, dark in pairs("", chart=chart, by=by):
            assert set(COLOUR.findall(dark)) & OWN_LIGHT <= {"#ffffff"}
            assert DARK.ground in dark


def test_the_ground_and_the_label_under_the_pointer_are_dark():
    shown = views.show("theme=drivers")
    layout = figures.chart(shown, shown.sections[0], views.words(), 920, dark=True)["layout"]
    assert layout["paper_bgcolor"] == DARK.ground
    assert (layout["hoverlabel"]["bgcolor"], layout["hoverlabel"]["font"]["color"]) == (
        DARK.raised,
        DARK.ink,
    )
    assert layout["font"]["color"] == DARK.ink


def test_an_interval_on_a_bar_has_light_ink_over_a_dark_edge():
    shown = views.show("theme=drivers&country=DK~SE")
    figure = figures.chart(shown, shown.sections[0], views.words(), 920, dark=True)
    halos = {
        trace["error_x"]["color"]
        for trace in figure["data"]
        if trace["type"] == "bar" and "error_x" in trace
    }
    whiskers = {
        trace["error_x"]["color"]
        for trace in figure["data"]
        if trace["type"] == "scatter" and "error_x" in trace
    }
    assert (halos, whiskers) == ({DARK.ground}, {DARK.ink})


def test_pictures_are_drawn_dark_where_that_is_asked_for():
    shown = views.show("theme=effects")
    section, words = shown.sections[0], views.words()
    made = [
        (
            figures.slide(shown, section, words, ADDRESS, dark=dark),
            figures.picture(shown, section, words, ADDRESS, 1200, 630, dark=dark),
            figures.as_on_screen(shown, section, words, ADDRESS, 900, dark=dark),
        )
        for dark in (False, True)
    ]
    for light, dark in zip(*made, strict=True):
        assert (light.width, light.height, light.name) == (dark.width, dark.height, dark.name)
        assert (
            light.figure["layout"]["paper_bgcolor"],
            dark.figure["layout"]["paper_bgcolor"],
        ) == (LIGHT.ground, DARK.ground)
        assert COLOUR.sub("", json.dumps(dark.figure)) == COLOUR.sub("", json.dumps(light.figure))
        assert set(COLOUR.findall(json.dumps(dark.figure))) & OWN_LIGHT <= {"#ffffff"}
