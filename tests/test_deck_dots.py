"""Slides of dots: how their lines are shared out, and what stands over the lines of an indicator."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from pptx.util import Pt

from dashboard.formats import pptx_compare, pptx_notes, slide_layout, slide_lines, slide_parts
from dashboard.text import Localizer, comparisons
from dashboard.text.comparisons import bases
from tests.support.slides import lines, made
from tests.support.views import index, loc, show

QUERIES = ("theme=drivers&view=dots", "theme=collaboration&view=dots", "theme=effects&view=dots")
ROOM = 290.0


def slides(query: str, words: Localizer | None = None) -> list[slide_layout.SlidePage]:
    shown, words = show(query), words or loc()
    return [
        page
        for section in shown.sections
        for page in pptx_compare.pages(shown, section, words, lambda _: ROOM)
    ]


def test_that_lines_tell_what_may_be_compared_is_said_where_some_join_countries() -> None:
    said = "What may be compared between countries stands on one line."
    (section,) = (shown := show("theme=drivers&view=dots")).sections
    told = set()
    for page in pptx_compare.pages(shown, section, loc(), lambda _: ROOM):
        values = [{each.respondents.country for each in row.values} for row in page.section.rows]
        joined = any(len(each) > 1 for each in values)
        assert (said in comparisons.care(loc(), page.section)) == joined
        told.add(joined)
    assert told == {True, False}


def test_things_stand_on_the_fewest_slides_and_these_are_filled_alike() -> None:
    heights = [20.0] * 13

    def cost_of(part: range) -> slide_parts.Cost | None:
        full = sum(heights[at] for at in part)
        return (0.0, full**2) if full <= 240 or len(part) == 1 else None

    assert slide_parts.fewest(13, cost_of) == [range(7), range(7, 13)]
    heights = [300.0, 20.0]
    assert slide_parts.fewest(2, cost_of) == [range(1), range(1, 2)]
    assert slide_parts.fewest(0, cost_of) == []


def test_of_as_few_slides_those_that_cost_less_are_taken() -> None:
    def cost_of(part: range) -> slide_parts.Cost | None:
        return (float(part.start < 3 < part.stop), len(part) ** 2) if len(part) < 4 else None

    assert slide_parts.fewest(5, cost_of) == [range(3), range(3, 5)]


@pytest.mark.parametrize("query", QUERIES)
def test_slides_of_dots_hold_every_figure_once_and_are_no_higher_than_their_room(
    query: str,
) -> None:
    pages = slides(query)
    assert all(page.height <= ROOM for page in pages)
    found = [value.observation.position for page in pages for value in page.section.values]
    assert sorted(found) == sorted(
        value.observation.position for section in show(query).sections for value in section.values
    )


def test_a_slide_of_dots_is_filled_before_another_begins() -> None:
    """What stands on two slides of one base has no room on one."""
    shown, parted = show("theme=drivers&view=dots"), 0
    for one, other in itertools.pairwise(slides("theme=drivers&view=dots")):
        if len(one.section.panels) == 1 and one.section.panels == other.section.panels:
            both = slide_layout.joined([one.section, other.section])
            held = replace(one.section, rows=both.rows)
            assert slide_lines.height_of(shown, held, loc()) > ROOM
            parted += 1
    assert parted


def test_a_lone_remainder_stands_on_the_slide_of_another_base() -> None:
    """Finland's two figures are shares of respondents."""
    *_, last = slides("theme=drivers&view=dots")
    assert {panel.header.base for panel in last.section.panels} > {"respondents"}


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_name_of_an_indicator_ends_before_the_charts_begin(query: str, language: str) -> None:
    words = Localizer(index().dataset, language)
    charts_at = Pt(slide_layout.EDGE + slide_layout.NAMES)
    headed = 0
    for slide in made(show(query), words).slides:
        (marks,) = (shape for shape in slide.shapes if shape.has_chart)
        texts = (each for shape in slide.shapes for each in getattr(shape, "shapes", ()))
        for text in (each for each in texts if each.has_text_frame and each.text_frame.text):
            bold = text.text_frame.paragraphs[0].runs[0].font.bold
            if bold and text.top > marks.top + Pt(slide_layout.TICKS) / 2:
                headed += 1
                assert text.left + text.width < charts_at
    assert headed


def test_what_all_lines_of_an_indicator_are_shares_of_stands_once_under_its_name() -> None:
    mixed = 0
    for page in slides("theme=drivers&view=dots"):
        held = page.section
        for line in slide_lines.lines_of(show("theme=drivers&view=dots"), held, loc()):
            of = [row.values for row in held.rows if row.header.measure == line.row.header.measure]
            own = bases([value for values in of for value in values])
            several = len(bases(held.values)) > 1
            assert bool(line.share) == (several and len(own) == 1)
            assert not (line.share and "%" in line.note)
            mixed += several
    assert mixed


def test_a_slide_of_one_country_names_it_once_in_the_line_under_its_title() -> None:
    under = [
        line
        for slide in made(show("theme=drivers&view=dots")).slides
        for line in lines(slide.shapes)
        if line.startswith("Drivers: Sweden ·")
    ]
    assert under
    assert all(line.count("Sweden") == 1 for line in under)


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_a_slide_of_several_bases_says_that_they_differ(language: str) -> None:
    words, several = Localizer(index().dataset, language), set()
    for query in QUERIES:
        for page in slides(query, words):
            differ = len({value.observation.base for value in page.section.values}) > 1
            told = pptx_notes.foot(show(query), page, words, "https://x.example/")
            whole = words.t("Not all are shares of the same thing: read “% of” before you compare.")
            said = (
                whole in told.care or words.t("Not all are shares of the same thing.") in told.care
            )
            assert said == differ
            assert told.warns >= differ
            several.add(differ)
    assert several == {True, False}
