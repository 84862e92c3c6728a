"""What is said under and in a chart, in its table and its picture."""

from __future__ import annotations

import re
from itertools import product

import pytest

from dashboard import charts
from dashboard.charts.names import name_of_all
from dashboard.layout import notes
from dashboard.tables import section_table
from dashboard.text import pictures, statements, texts, verdicts
from tests.support import views
from tests.support.drawings import in_full
from tests.support.views import only_section, show


def test_bases_and_numbers_of_answers_are_said_under_a_chart(loc):
    section = only_section("theme=drivers&country=DK~SE")
    assert texts.bases(loc, section) == (
        "Percentages of: innovations (Denmark); workplaces with innovation activities (Sweden); "
        "organisations working systematically with innovation (Sweden)."
    )
    assert texts.bases_differ(loc, section)
    assert "n (answers behind a figure): 11–1,942" in texts.numbers_of_answers(loc, section)
    assert texts.bases_differ(loc, only_section("concept=driver_legislation&country=DK")) == ""


def test_marks_that_look_different_are_explained_where_they_occur(loc):
    inferred, worded, graded = "Hatched", "Outlined", "to a high or fairly high degree"
    readings = {
        query: charts.chart("bars").reading(
            loc, only_section(query), views.select(query), show(query).thresholds
        )
        for query in (
            "concept=promoted_technology",
            "theme=effects&country=IS&edition=all",
            "concept=driver_users",
            "concept=collab_any&country=DK",
        )
    }
    assert (
        "in doubt (which label the number belongs to)." in readings["concept=promoted_technology"]
    )
    doubted = "concept=promoted_technology"
    for name, look in (("dots", "Marked ?"), ("heat", "Marked ?"), ("change", "Outlined with ?")):
        said = charts.chart(name).reading(
            loc, only_section(doubted), views.select(doubted), show(doubted).thresholds
        )
        assert said.startswith(f"{look}: in doubt"), (
            "only bars are hatched, and only marks of a change are open"
        )
    seen = {
        query: [sign in text for sign in (inferred, worded, graded)]
        for query, text in readings.items()
    }
    assert list(seen.values()) == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, False, False],
    ]


def test_a_value_is_told_in_full(loc):
    (section,) = show(
        "concept=driver_legislation&country=SE&sector=regional&level=central"
    ).sections
    (value,) = section.values
    spoken = in_full(loc, value)
    for part in (
        "Driven by new laws or rules",
        "Sweden, management",
        "managements of regions",
        "9%",
        "n 11",
        "2019–2020",
    ):
        assert part in spoken
    (section,) = show("concept=driver_legislation&country=DK&sector=state").sections
    assert "n not published" in in_full(loc, section.values[0])
    (section,) = show("concept=promoted_technology&country=DK&sector=regional").sections
    assert in_full(loc, section.values[0]).endswith(
        "\nInferred; in doubt: which label the number belongs to"
    )


def test_who_a_figure_is_about_is_told_by_its_unit_and_sector(loc):
    readings = {
        loc.unit_of(row) for row in loc.dataset.observations if row.survey_id.startswith("se-2021")
    }
    assert readings == {
        *(
            "municipal workplaces",
            "regional workplaces",
            "municipal and regional workplaces",
            "agencies",
        ),
        *("managements of agencies", "managements of regions", "managements of municipalities"),
    }
    finnish = next(row for row in loc.dataset.observations if row.survey_id == "nordic-2019-fi")
    assert loc.unit_of(finnish) == "municipalities"


def test_what_a_survey_counts_as_an_innovation_has_a_short_name(loc):
    by_survey = {row.survey_id: loc.definition(row) for row in loc.dataset.observations}
    assert (
        by_survey["dk-2015"]
        == by_survey["nordic-2019-se"]
        == "Four kinds of innovation, new to the workplace"
    )
    assert by_survey["se-2021-workplace"] == "Product and process innovations (Statistics Sweden)"
    assert by_survey["is-2021"] == "not known"


def test_what_holds_for_every_gap_of_a_split_stands_under_its_chart(loc):
    sentence = "Broad innovators are defined by what they do, so part of every gap to the others is by construction."
    for query, expected in (
        ("theme=effects&country=SE&split=group", True),
        ("theme=effects&country=SE&split=group&view=table", True),
        (views.QUESTIONS["helps"], True),
        ("theme=collaboration&country=SE", False),
    ):
        shown = show(query)
        (section,) = shown.sections
        # In the strip, not folded under "How to read".
        assert (sentence in notes.care(shown, section, loc)) == expected
        assert not any(sentence in line for line in notes.reading(shown, section, loc))
        # What every gap has marks no line of its own.
        assert "by_construction" not in {kind for row in section.rows for kind in row.cautions}


def test_weights_are_told_survey_by_survey(loc):
    sweden = verdicts.weighting(loc, only_section("theme=innovation&country=SE"))
    assert sweden.startswith("Unweighted shares of those who answered: Sweden (2019–2020")
    assert "29%" in sweden
    denmark = verdicts.weighting(
        loc, only_section("concept=innovative_workplaces&country=DK&sector=all")
    )
    assert denmark == "Weighted, the weights are not published: Denmark (2021–2023)."


def test_response_rates_stand_edition_by_edition_in_the_order_of_time(loc):
    section = only_section("concept=innovative_workplaces&country=DK&sector=all&view=change")
    assert texts.response_rates(loc, section) == (
        "Response rates: Denmark 35% (2013–2014), 50% (2015–2016), 50% (2018–2019), 36% (2021–2023)."
    )


def test_figures_published_together_make_the_title_of_their_picture(loc):
    editions = "~".join(f"nordic-2019-{country}" for country in ("dk", "no", "se", "fi", "is"))
    shown = show(f"concept=innovative_workplaces&edition={editions}")
    title = (
        "Introduced at least one innovation, as the institutions published it together in 2019: "
        "Denmark 80%, Norway 77%, Sweden 81%, Iceland 78%; Finland’s municipalities 95%"
    )
    assert pictures.subject(loc, shown, shown.sections[0]) == title
    rows = [value.observation for value in shown.sections[0].values]
    assert texts.together(loc, rows) == title
    national = only_section("concept=innovative_workplaces&country=DK").values[0].observation
    assert texts.together(loc, [*rows, national]) == ""
    assert texts.together(loc, []) == ""


def test_the_table_holds_every_figure_with_its_facts(loc):
    section = only_section("theme=drivers&country=DK~SE&view=table")
    table = section_table(section, loc)
    listed = [line.position for line in table.lines]
    assert sorted(listed) == sorted(value.observation.position for value in section.values)
    by_position = {line.position: line for line in table.lines}
    line = by_position[
        next(v.observation.position for v in section.values if v.observation.value == 38)
    ]
    assert (line.indicator, line.place, line.figure.text) == (
        "Driven by new laws or rules",
        "Denmark, workplaces, state",
        "38%",
    )
    assert (line.n.absent, line.period.text, line.of) == (
        "not published",
        "2013–2014",
        "innovations",
    )
    notes = {note.letter: note for note in table.notes}
    *_, source = (notes[letter] for letter in line.notes)
    assert source.text.startswith("Center for Offentlig Innovation (COI)")


def test_a_picture_says_what_was_chosen(loc):
    shown = show("theme=effects&country=SE&sector=state&level=workplace&split=group&inferred=hide")
    (section,) = shown.sections
    assert "Sweden" in pictures.subject(loc, shown, section)
    subtitle = pictures.selection_line(loc, shown.selection)
    for part in ("newest figure", "state", "workplaces", "split by", "without inferred"):
        assert part in subtitle


def test_panels_of_several_bases_say_theirs_each_once(loc):
    shown = show("theme=effects&view=bars")
    texts = [text.content for text in charts.drawing(shown, shown.sections[0], loc, 328).texts]
    assert [each for each in texts if each.startswith("% of")] == [
        "% of innovations",
        "% of innovative workplaces",
        "% of respondents",
    ]


def test_a_panel_of_an_indicator_names_its_only_sector_beside_its_base(loc):
    shown = show("theme=drivers&view=dots&by=indicator")
    texts = [text.content for text in charts.drawing(shown, shown.sections[0], loc, 1200).texts]
    assert "Municipal · % of respondents" in texts
    assert not {"municipal", "all sectors"} & {*texts}


def test_what_differs_of_a_country_stands_under_the_names_of_all_rows_or_of_none(loc):
    shown = show("theme=collaboration&view=bars")
    texts = [text.content for text in charts.drawing(shown, shown.sections[0], loc, 1200).texts]
    assert not any(re.fullmatch(r"\d{4}–\d\d", each) for each in texts)
    said = " ".join(texts).replace("\u00a0", " ")
    assert said.count("Municipal · Denmark: 2015–16 Norway: 2016–17") == 5
    assert said.count("State · Denmark: 2013–14 Norway: 2016–18") == 2


def test_what_a_country_answered_of_another_base_is_headed_by_base_and_period(loc):
    shown = show("theme=effects&view=bars")
    texts = [text.content for text in charts.drawing(shown, shown.sections[0], loc, 1200).texts]
    assert texts.count("Denmark, workplaces") == 2
    for each in ("2013–2014", "% of innovative workplaces", "2018–2019"):
        assert texts.count(each) == 1
    # Once over what several countries have, once over what Norway alone has.
    assert texts.count("% of innovations") == 1 + texts.count("More from Norway, workplaces") == 2
    # No row says them again.
    assert not any("Denmark:" in each or "· %" in each for each in texts)


def test_the_name_of_a_sector_stands_on_the_line_of_its_mark(loc):
    for view in ("bars", "dots"):
        shown = show(f"theme=drivers&view={view}&by=indicator")
        drawing = charts.drawing(shown, shown.sections[0], loc, 1200)
        lines = {round(mark.y) for mark in drawing.marks}
        names = [each for each in drawing.texts if each.content.startswith("Regional")]
        assert names
        assert all(round(each.y) in lines for each in names)


def test_a_picture_says_once_whose_most_figures_of_a_country_are(loc):
    """Marks look alike, and those of other sectors are named."""
    shown = show("theme=collaboration&only=comparable&view=bars")
    address = "https://barometer.example/"
    drawing = charts.picture(shown, shown.sections[0], loc, address, "square").drawing
    texts = [text.content for text in drawing.texts]
    assert "unless named" in " ".join(texts)
    assert len({mark.colour for mark in drawing.marks}) == 1


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_a_heading_says_a_sector_of_all_its_figures_or_that_others_are_named(loc, size):
    for theme in ("drivers", "collaboration", "effects"):
        shown = show(f"theme={theme}&view=bars")
        section = charts.picture(shown, shown.sections[0], loc, "https://b.example/", size).section
        for panel in section.panels:
            sectors = {value.observation.sector for value in section.values_of(panel)}
            said = name_of_all(section, loc, panel, sparing=True)
            assert said.endswith(" unless named") == (bool(said) and len(sectors) > 1)


def test_what_holds_for_some_sectors_of_a_country_names_the_country(loc):
    shown = show("concept=innovative_workplaces&view=bars")
    drawing = charts.drawing(shown, shown.sections[0], loc, 1200)
    names = (text.content for text in drawing.texts if text.x < drawing.panels[0].left)
    said = " ".join(names).replace("\u00a0", " ")
    assert "Municipal · Denmark: 2018–19 Sweden: 2019–20" in said
    assert "Regional · Denmark: 2018–19 Sweden: 2019–20" in said
    # Sweden's figure of the state is one of organisations, under a heading of its own.
    assert "State · Denmark: 2018–19 All sectors" in said
    assert "· municipal; regional:" not in said


def test_where_some_figures_may_not_be_compared_those_of_the_title_are_said_to_hold(loc):
    told = "The two of the title can be compared, with care."
    barred = ("For none of these indicators", "ot all figures can be compared")
    said = set()
    for theme, size in product(("drivers", "effects", "collaboration"), ("report", "square", "og")):
        shown = show(f"theme={theme}&view=heat")
        made = charts.picture(shown, shown.sections[0], loc, "https://b.example/", size)
        foot = " ".join(text.content for text in made.drawing.texts)
        named = statements.of_section(loc, shown, made.section).values
        pair = len({value.respondents.country for value in named}) > 1
        assert (told in foot) == (pair and any(each in foot for each in barred))
        said.add(told in foot)
    assert said == {True, False}


def test_a_page_says_that_the_figures_of_its_title_hold(loc):
    shown = show("theme=drivers&view=heat")
    (section,) = shown.sections
    assert verdicts.bars_all(section)
    assert "The two of the title can be compared, with care." in notes.care(shown, section, loc)
    for theme in ("drivers", "collaboration", "effects"):
        bars = show(f"theme={theme}&view=bars")
        told = notes.care(bars, bars.sections[0], loc)
        assert told.startswith("Not all are shares of the same thing")
        assert told.endswith("The two of the title can be compared, with care.")
    alike = show("theme=drivers&country=DK~IS&view=bars")
    assert "two of the title" not in notes.care(alike, alike.sections[0], loc)
    alone = show("theme=drivers&country=DK&view=heat")
    assert "two of the title" not in notes.care(alone, alone.sections[0], loc)
