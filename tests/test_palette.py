"""Colours of charts: contrast, and distance for colour-blind readers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import pairwise

import pytest

from dashboard.charts import palette
from dashboard.charts.palette import DARK, LIGHT, Palette
from dashboard.charts.roles import RAMPS, Heat, InkOn, Outline, Plain, Role, Step, Tint
from dashboard.charts.series import ORDERED, series_role
from dashboard.query import Header, Population, Respondents, Section
from tests.support.colours import (
    APART,
    PALETTES,
    VISIONS,
    contrast,
    distance,
    lightness,
    near,
    oklab,
)
from tests.support.views import show

WHITE = "#ffffff"
SEGMENTS_APART = 0.05
"""Of seven segments or steps not every pair keeps four differences on white."""
ALL_COUNTRIES_APART = {"light": 0.03, "dark": 0.06}
"""Workplaces and managements of all countries in one chart; the managements' marks differ in shape, too."""
STEPS = range(2, 8)
"""How many steps an ordered split may have."""
ANSWER_SETS = {
    "yes or no": ("yes", "no"),
    "graded": ("high", "some"),
    "novelty": ("first_of_its_kind", "inspired", "copied", "dont_know"),
    "technology": ("is_the_solution", "important_part", "minor_part", "no_part", "dont_know"),
}


def marks_of(colours: Palette) -> list[str]:
    """Every colour a bar, a dot or a line may have."""
    steps = [colours.step(at, count) for count in STEPS for at in range(count)]
    return [
        *colours.sectors.values(),
        *colours.countries.values(),
        *colours.management.values(),
        *colours.spare,
        *colours.spare_management,
        *colours.spare_sectors,
        *colours.segments,
        *steps,
        colours.ink,
    ]


@pytest.fixture(params=PALETTES)
def which(request) -> str:
    """The name of a palette."""
    return request.param


@pytest.fixture
def colours(which) -> Palette:
    """A palette."""
    return PALETTES[which]


def test_a_palette_is_asked_for_by_its_ground():
    assert palette.of(dark=False) is LIGHT
    assert palette.of(dark=True) is DARK


def test_every_colour_is_written_in_one_way(colours):
    def each(part: object) -> Iterable[str]:
        if isinstance(part, str):
            yield part
        elif not isinstance(part, float):
            for inner in part.values() if hasattr(part, "values") else part:
                yield from each(inner)

    found = [name for field in fields(colours) for name in each(getattr(colours, field.name))]
    assert len(found) > 50
    assert [name for name in found if not re.fullmatch("#[0-9a-f]{6}", name)] == []


def test_both_palettes_name_the_same():
    for name in ("sectors", "countries", "management", "answers"):
        assert list(getattr(LIGHT, name)) == list(getattr(DARK, name))
    for name in ("spare", "spare_management", "spare_sectors", "segments", "ramp", "heat"):
        assert len(getattr(LIGHT, name)) == len(getattr(DARK, name))


SOME = show("theme=effects").sections[0]


def colour_of(colours: Palette, section: Section, header: Header) -> str:
    return colours.colour(series_role(section, header))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Plain("ink"), lambda colours: colours.ink),
        (Step(1, 4), lambda colours: colours.step(1, 4)),
        (Heat(43), lambda colours: colours.heat_of(43)),
        (Tint(Plain("ink")), lambda colours: colours.light(colours.ink)),
        (InkOn(Heat(90)), lambda colours: colours.ink_on(colours.heat_of(90))),
        (Outline(Plain("ground")), lambda colours: colours.faint),
        (Outline(Plain("ink")), lambda colours: ""),
    ],
)
def test_a_role_has_a_colour_in_each_palette(colours, role, expected):
    assert colours.colour(role) == expected(colours)
    assert isinstance(role, Role)
    assert hash(role) == hash(replace(role))


def test_a_role_without_a_colour_is_an_error(colours):
    with pytest.raises(NotImplementedError):
        colours.colour(Role())


def test_a_new_country_or_sector_gets_a_colour_that_no_other_has(colours):
    data = ("DK", "XX", "NO", "YY", "ZZ")
    section = replace(SOME, countries=data, sectors=("all", "schools", "state"))
    for level in ("workplace", "central"):
        given = [colour_of(colours, section, Respondents(country, level)) for country in data]
        assert len(set(given)) == len(data)
        assert given == [
            colour_of(colours, section, Respondents(country, level)) for country in data
        ]
    assert colour_of(colours, section, Respondents("DK", "workplace")) == colours.countries["DK"]
    assert colour_of(colours, section, Respondents("XX", "workplace")) == colours.spare[0]
    assert colour_of(colours, section, Respondents("ZZ", "workplace")) == colours.countries["SE"]
    assert colour_of(colours, section, Population("schools")) == colours.spare_sectors[0]


def test_the_grounds_are_white_and_near_black():
    assert LIGHT.ground == WHITE
    assert contrast(DARK.ground, WHITE) >= 15


def test_marks_are_seen_on_their_ground(colours):
    assert {
        mark: contrast(mark, colours.ground)
        for mark in marks_of(colours)
        if contrast(mark, colours.ground) < 3
    } == {}


def test_text_is_read_on_its_ground(colours):
    for ink in (colours.ink, colours.quiet):
        for ground in (colours.ground, colours.raised):
            assert contrast(ink, ground) >= 4.5


def test_outlines_are_seen_and_lines_stand_back(colours):
    assert contrast(colours.faint, colours.ground) >= 3
    assert contrast(colours.faint, colours.raised) >= 3
    assert (
        1.1 <= contrast(colours.grid, colours.ground) <= contrast(colours.rule, colours.ground) < 2
    )


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_are_told_apart(colours, vision):
    assert near([*colours.countries.values(), *colours.spare], vision, APART) == {}
    assert near([*colours.sectors.values(), *colours.spare_sectors], vision, APART) == {}


@pytest.mark.parametrize("vision", VISIONS)
def test_municipal_and_municipal_with_regional_are_clearly_told_apart(colours, vision):
    """Norway has both in one row."""
    sectors = colours.sectors
    assert distance(sectors["municipal"], sectors["municipal_regional"], vision) >= APART * 1.2


@pytest.mark.parametrize("vision", VISIONS)
def test_all_sectors_and_the_state_are_clearly_told_apart(colours, vision):
    """Denmark has both in one cell."""
    assert distance(colours.sectors["all"], colours.sectors["state"], vision) >= APART * 1.8


def chroma(name: str) -> float:
    """How far a colour is from grey, in OKLab."""
    _, green_red, blue_yellow = oklab(name, "full")
    return (green_red**2 + blue_yellow**2) ** 0.5


def test_only_countries_have_hues(colours):
    """So that no hue means a country and a sector or a group as well."""
    hues = [*colours.countries.values(), *colours.spare]
    assert min(map(chroma, hues)) > 0.09
    steps = [colours.step(at, count) for count in STEPS for at in range(count)]
    families = [
        *colours.sectors.values(),
        *colours.spare_sectors,
        *colours.segments,
        *steps,
    ]
    assert max(map(chroma, families)) < 0.05


@pytest.mark.parametrize("vision", VISIONS)
def test_a_management_is_told_apart_from_the_workplaces(which, colours, vision):
    managements = [*colours.management.values(), *colours.spare_management]
    for own, management in zip(
        (*colours.countries.values(), *colours.spare), managements, strict=True
    ):
        assert distance(own, management, vision) >= APART, own
    # The Netherlands have no figures of workplaces.
    workplaces = [own for country, own in colours.countries.items() if country != "NL"]
    together = [*workplaces, *colours.spare, *managements]
    assert near(together, vision, ALL_COUNTRIES_APART[which]) == {}


@pytest.mark.parametrize("vision", VISIONS)
def test_segments_are_told_apart(colours, vision):
    assert near(colours.segments, vision, SEGMENTS_APART) == {}
    for count in STEPS:
        assert near([colours.step(at, count) for at in range(count)], vision, SEGMENTS_APART) == {}


def test_steps_lead_away_from_the_ground(colours):
    for count in STEPS:
        ratios = [contrast(colours.step(at, count), colours.ground) for at in range(count)]
        assert ratios == sorted(ratios)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("question", ANSWER_SETS)
def test_answers_of_one_question_are_told_apart(colours, question, vision):
    asked = [colours.answers[answer] for answer in ANSWER_SETS[question]]
    assert len(set(asked)) == len(asked)
    assert near(asked, vision, 0.04) == {}


def test_the_stronger_answer_stands_out_more(colours):
    for question in ANSWER_SETS.values():
        ratios = [contrast(colours.answers[answer], colours.ground) for answer in question]
        assert ratios == sorted(ratios, reverse=True)


def test_a_number_is_read_on_the_colour_of_its_answer(colours):
    for answer in colours.answers.values():
        assert contrast(colours.ink_on(answer), answer) >= 4.5


def test_a_name_is_read_in_every_bar(colours):
    bars = set(marks_of(colours))
    assert all(contrast(colours.ink_on(bar), bar) >= 4.5 for bar in bars)
    # In an outlined bar it is in plain ink.
    assert all(contrast(colours.ink, colours.light(bar)) >= 4.5 for bar in bars)


def test_a_number_is_read_on_every_heat_colour(colours):
    hard = {
        (ramp, percent): round(contrast(colours.ink_on(cell), cell), 2)
        for ramp in range(len(colours.heat))
        for percent in range(101)
        if (cell := colours.heat_of(percent, ramp))
    }
    assert len(hard) == 101 * RAMPS
    assert {place: ratio for place, ratio in hard.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("ramp", range(RAMPS))
def test_the_ink_of_a_heat_colour_changes_at_one_step(colours, ramp):
    inks = [colours.ink_on(colours.heat_of(tenth / 10, ramp)) for tenth in range(1001)]
    assert sum(before != after for before, after in pairwise(inks)) == 1


@pytest.mark.parametrize("ramp", range(RAMPS))
def test_equal_steps_of_a_heat_colour_are_equal_steps_of_lightness(colours, ramp):
    light = [lightness(colours.heat_of(percent, ramp)) for percent in range(0, 101, 5)]
    steps = [abs(later - earlier) for earlier, later in pairwise(light)]
    even = abs(light[-1] - light[0]) / len(steps)
    assert even > 3, "apart"
    assert max(steps) < 1.2 * even
    assert min(steps) > 0.8 * even


@pytest.mark.parametrize("ramp", range(RAMPS))
def test_heat_leaves_the_ground_with_every_percent(colours, ramp):
    away = [
        abs(oklab(colours.heat_of(percent, ramp), "full")[0] - oklab(colours.ground, "full")[0])
        for percent in range(101)
    ]
    assert all(later > earlier for earlier, later in pairwise(away))


@pytest.mark.parametrize("vision", VISIONS)
def test_ramps_of_different_bases_are_told_apart(colours, vision):
    assert len(colours.heat) == RAMPS
    middles = [colours.heat_of(50, ramp) for ramp in range(len(colours.heat))]
    assert near(middles, vision, 0.025) == {}


def test_a_mark_is_seen_where_only_its_outline_and_tint_tell_it(colours):
    """A figure worded about, over or under: a tint that is not the ground, within an outline in the colour itself."""
    for mark in marks_of(colours):
        tint = colours.light(mark)
        assert distance(tint, colours.ground, "full") >= 0.02, mark
        assert distance(tint, mark, "full") >= 0.2, mark


def test_an_interval_is_seen_on_every_bar(colours):
    """A line in ink with an edge in the colour of the ground: the edge stands against the bar, the line against the edge."""
    assert contrast(colours.ink, colours.ground) >= 7
    for mark in marks_of(colours):
        assert max(contrast(mark, colours.ground), contrast(mark, colours.ink)) >= 3
        tint = colours.light(mark)
        assert max(contrast(tint, colours.ground), contrast(tint, colours.ink)) >= 3


def test_a_patch_that_is_hardly_seen_gets_an_outline(colours):
    for patch in [*colours.answers.values(), colours.ground]:
        assert colours.outline(patch) == (
            colours.faint if contrast(patch, colours.ground) < 3 else ""
        )
    assert {colours.outline(mark) for mark in marks_of(colours)} == {""}


def test_every_code_has_its_colour(colours, dataset):
    assert set(colours.sectors) == set(dataset.codes["sector"])
    assert set(colours.countries) == set(colours.management) <= set(dataset.codes["country"])
    assert set(colours.answers) >= set(dataset.codes["response"])
    for dimension in dataset.codes["dimension"]:
        assert len(dataset.codes[f"segment:{dimension}"]) <= len(colours.segments), dimension
        assert dimension not in ORDERED or len(dataset.codes[f"segment:{dimension}"]) in STEPS


def test_only_the_managements_of_the_netherlands_have_figures(dataset):
    assert {survey.level for survey in dataset.surveys.values() if survey.country == "NL"} == {
        "central"
    }


@pytest.mark.parametrize("vision", VISIONS)
def test_the_countries_and_sectors_of_the_data_are_told_apart(colours, dataset, vision):
    """Those with a colour of their own and those that were given one."""
    countries, sectors = dataset.codes["country"], dataset.codes["sector"]
    assert near([colours.country(code, countries) for code in countries], vision, APART) == {}
    assert near([colours.sector(code, sectors) for code in sectors], vision, APART) == {}


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", WHITE, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.48)],
)
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert palette.contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
