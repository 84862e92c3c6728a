"""On a dark ground the same is drawn as on a light one, in other colours: a drawing knows roles and no colour."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.charts.colour import READ, contrast
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import INK, InkOn, Outline
from dashboard.render import plotly
from dashboard.render.svg import svg
from dashboard.selection import ARRANGEMENTS
from tests.support.drawings import DRAWN, QUERIES, drawings, first, variant

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


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_a_drawing_holds_no_colour(chart, by):
    for query in QUERIES:
        for _, drawing in drawings(variant(query, chart=chart, by=by), 920):
            assert COLOUR.findall(repr(drawing)) == []


@pytest.mark.parametrize("chart", DRAWN)
def test_no_colour_of_the_light_palette_is_left(chart):
    for by in ARRANGEMENTS:
        for _, drawing in drawings(variant("", chart=chart, by=by), 920):
            for dark in (json.dumps(plotly.figure(drawing, DARK)), svg(drawing, palette=DARK)):
                assert set(COLOUR.findall(dark)) & OWN_LIGHT <= {"#ffffff"}
                assert DARK.ground in dark


def test_the_ground_and_the_label_under_the_pointer_are_dark():
    layout = plotly.figure(first("theme=drivers"), DARK)["layout"]
    assert layout["paper_bgcolor"] == DARK.ground
    assert (layout["hoverlabel"]["bgcolor"], layout["hoverlabel"]["font"]["color"]) == (
        DARK.raised,
        DARK.ink,
    )
    assert layout["font"]["color"] == DARK.ink


def test_an_interval_is_seen_on_its_bar_and_beyond_it():
    found = {line.colour for line in first("theme=drivers&country=DK~SE").lines}
    within = [colour for colour in found if isinstance(colour, InkOn)]
    assert found == {INK, *within} != {INK}
    for palette in (LIGHT, DARK):
        assert contrast(palette.colour(INK), palette.ground) >= READ
        for colour in within:
            assert contrast(palette.colour(colour), palette.colour(colour.role)) >= READ


@pytest.mark.parametrize("chart", DRAWN)
def test_every_colour_that_differs_is_a_property_and_white_paper_is_light(chart):
    for _, drawing in drawings(variant("", chart=chart), 920):
        both = svg(drawing, dark=DARK)
        style = both[: both.index("</style>")]
        assert DARK.ink in style
        assert "@media screen" in style
        assert set(COLOUR.findall(both.replace(style, ""))) <= {
            colour
            for mark in drawing.marks
            for colour in map(LIGHT.colour, (mark.colour, InkOn(mark.colour), Outline(mark.colour)))
        }
