"""Colours given to countries and sectors that have none of their own."""

from __future__ import annotations

import pytest

from dashboard.charts.palette import LIGHT, Palette
from tests.support.colours import APART, PALETTES, VISIONS, contrast, distance, near

NEW_SHADES_APART = 0.03
"""Workplaces and managements in one chart, where countries without a colour of their own are given one, up to twelve together."""
NEW = tuple(f"X{letter}" for letter in "ABCDEFGHIJKL")
LISTED = tuple(LIGHT.countries)
DATA = {
    "one more": (*LISTED, NEW[0]),
    "three more": (*LISTED, *NEW[:3]),
    "six more": (*LISTED, *NEW[:6]),
    "six before": (*NEW[:6], *LISTED),
    "twelve others": NEW,
    "Denmark and eleven": ("DK", *NEW[:11]),
    "three and nine": (*NEW[:5], "NO", "IS", "FI", *NEW[5:9]),
}
"""Countries of a data folder: those of this one and others, none of these, and what lies between."""


@pytest.fixture(params=PALETTES)
def colours(request) -> Palette:
    """A palette."""
    return PALETTES[request.param]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_up_to_twelve_countries_are_told_apart_whatever_the_data(colours, data, vision):
    own = [colours.country(code, data) for code in data]
    managements = [colours.country(code, data, management=True) for code in data]
    assert near(own, vision, APART) == {}
    assert [
        pair
        for pair in zip(own, managements, strict=True)
        if distance(*pair, vision) < APART and pair[0] not in colours.countries.values()
    ] == []
    # The Netherlands have no figures of workplaces.
    held = colours.countries["NL"] if "NL" in data else ""
    together = [each for each in (*own, *managements) if each != held]
    assert near(together, vision, NEW_SHADES_APART) == {}
    assert {
        each: contrast(each, colours.ground)
        for each in together
        if contrast(each, colours.ground) < 3
    } == {}


def test_every_colour_given_is_a_mark_like_any_other(colours):
    for data in DATA.values():
        for code in data:
            for mark in (colours.country(code, data), colours.country(code, data, management=True)):
                tint = colours.light(mark)
                assert distance(tint, colours.ground, "full") >= 0.02, mark
                assert distance(tint, mark, "full") >= 0.2, mark


def test_a_country_that_comes_last_changes_no_other(colours):
    for at in range(len(NEW)):
        before, after = (*LISTED, *NEW[:at]), (*LISTED, *NEW[: at + 1])
        for management in (False, True):
            assert [colours.country(code, before, management) for code in before] == [
                colours.country(code, after, management) for code in before
            ]
    for code in LISTED:
        assert colours.country(code, (*NEW, *LISTED)) == colours.countries[code]
        assert colours.country(code, (*NEW, *LISTED), management=True) == colours.management[code]


def test_a_sector_too_gets_a_colour_that_no_other_has(colours):
    sectors = ("all", *NEW)
    found = [colours.sector(code, sectors) for code in sectors]
    assert len(set(found)) == len(sectors)
    assert [each for each in found if contrast(each, colours.ground) < 3] == []
    for vision in VISIONS:
        assert near(found[:8], vision, APART) == {}


def test_very_many_countries_each_get_some_colour(colours):
    crowd = tuple(f"{first}{second}" for first in "ABCDEF" for second in "ABCDEF")
    assert len({colours.country(code, crowd) for code in crowd}) == len(crowd)
