"""Colours are told apart by every reader and seen on white; text can be read on what lies under it."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from dashboard.figures import heat, palette

WHITE = "#ffffff"
VISIONS = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB."""
APART = 0.08
"""Distance in OKLab; about four just noticeable differences."""
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
    light = [sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear(name), strict=True)) for name in (first, second)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def oklab(name: str, vision: str) -> tuple[float, ...]:
    """OKLab (Ottosson 2020) of a colour as a reader sees it."""
    seen = [min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear(name), strict=True)))) for row in VISIONS[vision]]
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


@pytest.mark.parametrize("name", ["SECTORS", "COUNTRIES", "SEGMENTS"])
def test_marks_are_seen_on_white(name):
    colours = getattr(palette, name)
    for colour in colours.values() if isinstance(colours, dict) else colours:
        assert contrast(colour, WHITE) >= 3, colour


@pytest.mark.parametrize("colour", [palette.INK, palette.QUIET])
def test_text_is_read_on_white(colour):
    assert contrast(colour, palette.GROUND) >= 4.5


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", ["SECTORS", "COUNTRIES"])
def test_colours_are_told_apart(name, vision):
    colours = getattr(palette, name)
    near = {
        (first, second): round(distance(colours[first], colours[second], vision), 3)
        for first, second in combinations(colours, 2)
        if distance(colours[first], colours[second], vision) < APART
    }
    assert near == {}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("question", ANSWER_SETS)
def test_answers_of_one_question_are_told_apart(question, vision):
    for first, second in combinations(ANSWER_SETS[question], 2):
        if palette.ANSWERS[first] != palette.ANSWERS[second]:
            assert distance(palette.ANSWERS[first], palette.ANSWERS[second], vision) >= 0.04, (first, second)
    assert len({palette.ANSWERS[answer] for answer in ANSWER_SETS[question]}) == len(ANSWER_SETS[question])


@pytest.mark.parametrize("answer", palette.ANSWERS)
def test_a_number_is_read_on_the_colour_of_its_answer(answer):
    colour = palette.ANSWERS[answer]
    assert contrast(palette.ink_on(colour), colour) >= 4.5


def test_a_number_is_read_on_every_heat_colour():
    hard = {percent: round(contrast(palette.ink_on(heat.colour(percent)), heat.colour(percent)), 2) for percent in range(101)}
    assert {percent: ratio for percent, ratio in hard.items() if ratio < 4.5} == {}


def test_heat_gets_darker_with_every_percent():
    lightness = [oklab(heat.colour(percent), "full")[0] for percent in range(101)]
    assert all(later < earlier for earlier, later in pairwise(lightness))


def test_every_code_has_its_colour(dataset):
    assert set(palette.SECTORS) == set(dataset.codes["sector"])
    assert set(palette.COUNTRIES) == set(dataset.codes["country"])
    assert set(palette.ANSWERS) >= set(dataset.codes["response"])
    for dimension in dataset.codes["dimension"]:
        assert len(dataset.codes[f"segment:{dimension}"]) <= len(palette.SEGMENTS), dimension


@pytest.mark.parametrize(("first", "second", "ratio"), [("#000000", WHITE, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.48)])
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert palette.contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
