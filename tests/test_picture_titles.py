"""Titles of pictures: findings, sentences on what is drawn, and names that say what they are about."""

from __future__ import annotations

import re

import pytest

from dashboard import charts
from dashboard.selection import LANGUAGES
from dashboard.text import lead, pictures, statements
from tests.support import views
from tests.support.drawings import drawn_values
from tests.support.sheets import on_sheet, picture, questions


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_what_institutions_published_together_is_named_under_the_title(size):
    drawing = picture("concept=innovative_workplaces&view=compare", size)[2].drawing
    said = " ".join(text.content for text in drawing.texts)
    further = "" if size == "og" else ", national surveys 2016–2023"
    assert f"The Nordic comparison of 2019{further}: % of workplaces and organisations" in said


@pytest.mark.parametrize("size", charts.SHEETS)
def test_a_finding_is_the_title_and_its_figures_are_drawn(size):
    for query in questions():
        shown, section, made = picture(query, size)
        assert drawn_values(made.drawing).keys() >= pictures.named(views.loc(), shown, section)
        title, _ = lead.lead(views.loc(), shown, section)
        unit = lead.unit(views.loc(), shown, made.section, of_all=True)
        texts_of = [text for text in made.drawing.texts if text.y < made.drawing.bands[0].top]
        written = " ".join(text.content.replace("\u00a0", " ") for text in texts_of)
        assert title.replace("\u00a0", " ") in written
        # No line ends with the point between two parts.
        assert unit in written or unit.replace(" · ", " ") in written


@pytest.mark.parametrize("size", ["slide", "report"])
def test_a_finding_of_several_editions_is_the_title_in_every_language(size):
    query = "concept=innovative_workplaces&view=change"
    for language in LANGUAGES:
        _, _, made = picture(query, size, language)
        title = [text.content for text in made.drawing.texts if text.y < made.drawing.bands[0].top]
        told = views.store().findings(language)["time"]
        assert " ".join(title).replace("\u00a0", " ").startswith(told.replace("\u00a0", " "))
        assert not any(line.startswith("(") for line in title)


def test_the_title_of_one_indicator_left_of_a_theme_says_its_figures():
    shown, _, made = picture("concept=driver_employees&country=DK~NO&view=dots", "og")
    assert len({value.measure for value in made.section.values}) == 1
    title = pictures.title(views.loc(), shown, made.section).replace("\u00a0", " ")
    # Norway's 86% is of municipal and regional workplaces: it may not be compared with Denmark's, and no title sets them side by side.
    assert title.startswith("93% of innovations in Denmark were started or promoted by employees")
    assert "86%" not in title


@pytest.mark.parametrize("size", ["slide", "report", "square"])
@pytest.mark.parametrize("chart", ["bars", "dots", "heat", "table"])
def test_a_picture_without_a_finding_says_a_sentence_on_figures_that_it_draws(chart, size):
    """As far as they may be compared; below it stands what all are about."""
    shown, _, made = picture(f"theme=drivers&view={chart}", size)
    stated = statements.of_section(views.loc(), shown, made.section)
    drawn = {value.observation.position for value in made.section.values}
    said = " ".join(text.content for text in made.drawing.texts).replace("\u00a0", " ")
    assert any(said.startswith(each.replace("\u00a0", " ")) for each in stated.forms)
    assert {value.observation.position for value in stated.values} <= drawn
    # A narrow sheet says it where that takes no further line.
    assert "Drivers: Denmark" in said or size == "square"


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("chart", ["heat", "table"])
def test_a_partner_and_any_positive_role_of_citizens_have_both_their_names(chart, size):
    """The title tells of partners alone; a role is wider, and its row says so."""
    *_, made = picture(f"concept=collab_citizens~role_citizens&view={chart}", size)
    drawn = {value.measure.indicator for value in made.section.values}
    assert drawn == {"collab_citizens", "role_citizens"}
    first, rows = made.drawing.bands[0].top, [text.content for text in made.drawing.texts]
    title = " ".join(text.content for text in made.drawing.texts if text.y < first)
    assert "had citizens as partners" in title.replace("\u00a0", " ")
    assert "Citizens as partners" in rows
    assert any(name.startswith("Citizens in any positive") for name in rows)


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_shares_of_different_things_make_no_title(size):
    shown, _, made = picture("theme=effects&view=heat", size)
    stated = statements.of_section(views.loc(), shown, made.section)
    assert len({value.observation.base for value in stated.values}) == 1
    title = made.drawing.texts[0].content.replace("\u00a0", " ")
    assert re.match(r"(46|67|68)% ", title)


def test_a_preview_of_an_answer_scale_shows_one_indicator_that_its_title_names():
    *_, made = picture("theme=collaboration&view=scale", "og")
    (row,) = made.section.rows
    title = " ".join(text.content for text in made.drawing.texts[:2])
    assert row.header.indicator == "collab_any"
    assert "had a partner outside the workplace" in title


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_who_innovates_has_the_figures_of_its_title_which_breaks_at_its_colon(
    size, language
):
    *_, made = picture("concept=innovative_workplaces&view=compare", size, language)
    first, second, *_ = (text.content for text in made.drawing.texts)
    assert first.endswith(":")
    assert second.count("%") == 4
    assert {77, 78, 80, 81} <= {mark.percent for mark in made.drawing.marks}
    assert on_sheet(made.drawing, size)
