"""Colours of charts: contrast, and distance for colour-blind readers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import combinations, pairwise

import pytest

from dashboard.charts import palette
from dashboard.charts.palette import DARK, LIGHT, Palette
from dashboard.charts.roles import Heat, InkOn, Outline, Plain, Role, Step, Tint, Veil
from dashboard.charts.series import ORDERED, series_role
from dashboard.query import Header, Population, Respondents, Section
from tests.support.views import show

WHITE = "#ffffff"
VISIONS = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB."""
APART = 0.08
"""Distance in OKLab; about four just noticeable differences."""
SEGMENTS_APART = 0.05
"""Of seven segments or steps not every pair keeps four differences on white."""
ALL_COUNTRIES_APART = {"light": 0.03, "dark": 0.06}
"""Workplaces and managements of all countries in one chart; the managements' marks differ in shape, too."""
STEPS = range(2, 8)
"""How many steps an ordered split may have."""
PALETTES = {"light": LIGHT, "dark": DARK}
ANSWER_SETS = {
    "yes or no": ("yes", "no"),
    "graded": ("high", "some"),
    "novelty": ("first_of_its_kind", "inspired", "copied", "dont_know"),
    "technology": ("is_the_solution", "important_part", "minor_part", "no_part", "dont_know"),
}


def linear(name: str) -> tuple[float, ...]:
    """Linear RGB of #rrggbb."""
    channels = (int(name[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio."""
    light = [
        sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear(name), strict=True))
        for name in (first, second)
    ]
    return (max(light) + 0.05) / (min(light) + 0.05)


def oklab(name: str, vision: str) -> tuple[float, ...]:
    """OKLab (Ottosson 2020) of a colour as a reader sees it."""
    seen = [
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear(name), strict=True))))
        for row in VISIONS[vision]
    ]
    to_lms = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    lms = [sum(m * c for m, c in zip(row, seen, strict=True)) ** (1 / 3) for row in to_lms]
    return tuple(sum(m * c for m, c in zip(row, lms, strict=True)) for row in to_lab)


def distance(first: str, second: str, vision: str) -> float:
    """Euclidean distance in OKLab."""
    pairs = zip(oklab(first, vision), oklab(second, vision), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def near(colours: Iterable[str], vision: str, apart: float) -> dict[tuple[str, str], float]:
    """Pairs of colours that a reader could confuse, with their distance."""
    distances = {pair: round(distance(*pair, vision), 3) for pair in combinations(colours, 2)}
    return {pair: each for pair, each in distances.items() if each < apart}


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
    for name in ("spare", "spare_management", "spare_sectors", "segments", "parts", "ramp", "heat"):
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
        (Veil(), lambda colours: colours.veil()),
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
    many = tuple(f"X{letter}" for letter in "ABCDEFGHIJ")
    crowd = replace(SOME, countries=many)
    assert all(colour_of(colours, crowd, Respondents(each, "workplace")) for each in many)


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


def test_neighbouring_parts_are_told_apart(colours):
    for vision in VISIONS:
        assert all(
            distance(*pair, vision) >= APART
            for pair in pairwise((*colours.parts, colours.parts[0]))
        )
    assert all(contrast(grey, colours.ground) >= 2 for grey in colours.parts)


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_are_told_apart(colours, vision):
    assert near([*colours.countries.values(), *colours.spare], vision, APART) == {}
    assert near([*colours.sectors.values(), *colours.spare_sectors], vision, APART) == {}


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
        *colours.parts,
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


def test_a_number_is_read_on_every_heat_colour(colours):
    hard = {
        percent: round(contrast(colours.ink_on(cell), cell), 2)
        for percent in range(101)
        if (cell := colours.heat_of(percent))
    }
    assert len(hard) == 101
    assert {percent: ratio for percent, ratio in hard.items() if ratio < 4.5} == {}


def test_heat_leaves_the_ground_with_every_percent(colours):
    away = [
        abs(oklab(colours.heat_of(percent), "full")[0] - oklab(colours.ground, "full")[0])
        for percent in range(101)
    ]
    assert all(later > earlier for earlier, later in pairwise(away))


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
    assert set(colours.countries) == set(colours.management) == set(dataset.codes["country"])
    assert set(colours.answers) >= set(dataset.codes["response"])
    for dimension in dataset.codes["dimension"]:
        assert len(dataset.codes[f"segment:{dimension}"]) <= len(colours.segments), dimension
        assert dimension not in ORDERED or len(dataset.codes[f"segment:{dimension}"]) in STEPS


def test_only_the_managements_of_the_netherlands_have_figures(dataset):
    assert {survey.level for survey in dataset.surveys.values() if survey.country == "NL"} == {
        "central"
    }


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", WHITE, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.48)],
)
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert palette.contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
