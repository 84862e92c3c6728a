"""Pictures on their sheets: type of one size, nothing cut off or over another, what is left out counted, each figure once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest

from dashboard import charts
from dashboard.charts.drawing import Drawing
from dashboard.charts.ramps import ramps
from dashboard.charts.roles import RULE, Heat
from dashboard.comparability import NO, verdict
from dashboard.query import Comparison, Measure, Respondents, Row, Section, View
from dashboard.query.facts import base_kind
from dashboard.selection import LANGUAGES
from dashboard.text import lead, pictures, statements
from tests.support import views
from tests.support.drawings import ADDRESS, drawn_values, text_edges
from tests.test_layout_rules import sizes, texts

LEAST = {
    "slide": 20,
    "report": 21,
    "og": 22,
    "square": 18,
    "wide": 22,
    "tall": 18,
    "print": 18,
}
"""Size -> pixels of the smallest type on it."""
VIEWS = (
    "theme=drivers",
    "theme=drivers&country=DK~SE",
    "theme=effects",
    "theme=collaboration&view=dots&by=indicator",
    "theme=collaboration&by=sector",
    "theme=effects&country=SE&split=group&view=dots",
    "theme=conditions&country=SE&split=group",
    "theme=diffusion&view=scale",
    "theme=strategy&view=heat",
    "theme=collaboration&view=heat&by=indicator",
    "theme=effects&view=table",
    "concept=innovative_workplaces&country=DK~NO~SE~FI",
    "theme=drivers&edition=all&by=indicator",
    "theme=innovation&only=comparable",
)


CHANGES = (
    "theme=collaboration&view=change",
    "theme=drivers&view=change",
    "theme=effects&view=change",
    "theme=innovation&view=change",
)


@cache
def asked() -> tuple[str, ...]:
    """The addresses of all questions and findings of the data."""
    return tuple(question.query for question in views.index().dataset.questions)


@cache
def questions() -> tuple[str, ...]:
    """Those but for changes over editions."""
    return tuple(query for query in asked() if "view=change" not in query)


@cache
def picture(query: str, size: str, language: str = "en") -> tuple[View, Section, charts.Picture]:
    shown = views.show(query)
    loc = views.store().newest.localizer(language)
    section = shown.sections[0]
    return shown, section, charts.picture(shown, section, loc, f"{ADDRESS[:31]}?{query}", size)


def chart_ends(drawing: Drawing) -> float:
    return max(band.bottom for band in drawing.bands)


def foot(drawing: Drawing) -> str:
    """What stands below the chart."""
    return " ".join(text.content for text in drawing.texts if text.y > chart_ends(drawing))


def on_sheet(drawing: Drawing, size: str) -> bool:
    sheet = charts.SHEETS[size]
    tallest = sheet.tallest or sheet.height
    return drawing.width == sheet.width and sheet.height <= drawing.height <= tallest


def spread(row: Row) -> float:
    values = [value.observation.value for value in row.values]
    return max(values) - min(values)


def faults(drawing: Drawing, size: str) -> Iterator[str]:
    """What of a picture breaks the rules of its sheet."""
    for text in drawing.texts:
        if min(sizes(text)) < LEAST[size] - 0.01:
            yield f"type of {min(sizes(text))} px: {text.content}"
    for content, left, right, middle in text_edges(drawing):
        if left < -0.75 or right > drawing.width + 0.75 or not 0 <= middle <= drawing.height:
            yield f"cut: {content}"
    for one, other in combinations(texts(drawing), 2):
        if one.covers(other):
            yield f"{one.what} over {other.what}"
    end = chart_ends(drawing)
    if "…" in foot(drawing):
        yield f"not said to the end: {foot(drawing)}"
    # Of what to take care of as many lines as the sheet has for reasons.
    sheet = charts.SHEETS[size]
    if sum(text.y > end for text in drawing.texts) > sheet.reasons + sheet.origin:
        yield "a foot of more lines than its texts may have"
    if sum(text.size >= charts.SHEETS[size].title - 0.1 for text in drawing.texts) > 2:
        yield "a title of more than two lines"


@pytest.mark.parametrize(
    ("query", "size", "said", "unsaid"),
    [
        # Beside "Any positive role of companies", which is wider.
        (
            "theme=collaboration&view=change",
            "report",
            "Private companies (collaboration)",
            "Private companies",
        ),
        # Under a title that does not say the theme.
        ("theme=collaboration&view=compare", "slide", "Citizens (collaboration)", "Citizens"),
        # Under one that does, with nothing wider beside it.
        ("theme=collaboration&country=IS", "slide", "Citizens", "Citizens (collaboration)"),
    ],
)
def test_a_short_name_stands_behind_its_theme_where_it_would_not_say_what_it_is(
    query, size, said, unsaid
):
    written = " ".join(text.content for text in picture(query, size)[2].drawing.texts)
    assert said in written
    # A name may take two lines, of which the second is the short one.
    assert written.count(unsaid) == (written.count(said) if unsaid in said else 0)


@pytest.mark.parametrize("size", charts.SHEETS)
def test_every_view_keeps_to_its_sheet(size):
    for query in (*questions(), *VIEWS):
        drawing = picture(query, size)[2].drawing
        assert list(faults(drawing, size)) == [], query
        assert on_sheet(drawing, size), query


@pytest.mark.parametrize("size", charts.SHEETS)
def test_a_change_has_the_type_of_every_other_picture(size):
    for query in CHANGES:
        drawing = picture(query, size)[2].drawing
        assert [fault for fault in faults(drawing, size) if fault.startswith("type")] == [], query


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_intervals_are_named_where_some_are_drawn(size):
    drawing = picture("concept=innovative_workplaces&view=compare", size)[2].drawing
    intervals = [line for line in drawing.lines if line.colour != RULE]
    assert "95% interval" in foot(drawing)
    # Larger dots of a small picture cover the one that is known.
    assert bool(intervals) == ("may be wider than the dot" not in foot(drawing))
    assert intervals or size == "square"


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_what_institutions_published_together_is_named_under_the_title(size):
    drawing = picture("concept=innovative_workplaces&view=compare", size)[2].drawing
    said = " ".join(text.content for text in drawing.texts)
    further = "" if size == "og" else ", national surveys 2016–2023"
    assert f"The Nordic comparison of 2019{further}: % of workplaces and organisations" in said


@pytest.mark.parametrize("size", ["slide", "report", "og"])
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_other_languages_keep_to_the_sheet(language, size):
    for query in (*questions(), *VIEWS[::2]):
        assert list(faults(picture(query, size, language)[2].drawing, size)) == [], query


@pytest.mark.parametrize("size", charts.SHEETS)
@pytest.mark.parametrize("language", ["en", "da"])
def test_a_picture_is_as_large_as_its_sheet_and_names_a_publisher(language, size):
    for query in (*asked(), *CHANGES, *VIEWS[:3]):
        _, _, made = picture(query, size, language)
        drawing, loc = made.drawing, views.store().newest.localizer(language)
        assert on_sheet(drawing, size), query
        assert pictures.publishers(loc, made.section)[0] in foot(drawing), query


@pytest.mark.parametrize("query", ["theme=drivers", "theme=drivers&country=DK~NO"])
@pytest.mark.parametrize("size", ["og", "slide"])
def test_figures_that_may_not_be_compared_give_way_to_those_that_may(query, size):
    """They stand there only in panels of their own base, and only where every row with a comparison of its countries does."""
    shown, whole, made = picture(query, size)
    countries = {each.country for each in made.section.all_respondents}
    assert {"DK", "NO"} <= countries
    dataset = views.index().dataset

    def pairs(row: Row) -> list[tuple[bool, bool]]:
        """(of one base, may be compared) of any two figures of different countries."""
        return [
            (
                one.base == other.base,
                verdict(dataset, one, other, shown.thresholds).beyond_visible_differences != NO,
            )
            for one, other in combinations((value.observation for value in row.values), 2)
            if one.country != other.country and {one.country, other.country} <= countries
        ]

    def comparable(section: Section) -> int:
        return sum(any(map(all, pairs(row))) for row in section.rows)

    kept = [pair for row in made.section.rows for pair in pairs(row)]
    assert all(may or not one_base for one_base, may in kept)
    if not all(may for _, may in kept):
        assert comparable(made.section) == comparable(whole)


@pytest.mark.parametrize("size", charts.SHEETS)
def test_the_foot_says_what_intervals_and_doubts_look_like(size):
    for query in VIEWS[:3]:
        _, _, made = picture(query, size)
        values, written = made.section.values, foot(made.drawing)
        if any(value.evidence.interval for value in values):
            assert "95% interval" in written, query
        if any(value.observation.status == "inferred" for value in values):
            assert "in doubt" in written, query


@pytest.mark.parametrize("size", ["slide", "report", "square", "tall", "print"])
def test_a_chart_takes_half_of_its_sheet_where_there_are_rows(size):
    for query in VIEWS:
        _, whole, made = picture(query, size)
        if made.section.values != whole.values:
            bands = made.drawing.bands
            tall = bands[-1].bottom - bands[0].top
            assert tall >= 0.5 * made.drawing.height, query


@pytest.mark.parametrize("size", ["slide", "og", "square"])
def test_what_is_left_out_is_counted(size):
    for query in (*questions(), *VIEWS):
        _, whole, made = picture(query, size)
        drawn = {(row.header, row.line) for row in made.section.rows}
        drawn_indicators = {
            row.header.indicator for row in made.section.rows if isinstance(row.header, Measure)
        }
        drawn_indicators |= {
            panel.header.indicator
            for panel in made.section.panels
            if isinstance(panel.header, Measure)
        }
        gone = [row for row in whole.rows if row.values and (row.header, row.line) not in drawn]
        further = [
            value
            for row in gone
            if getattr(row.header, "indicator", "") in drawn_indicators
            for value in row.values
        ]
        shown = {(panel.header, panel.line) for panel in made.section.panels}
        panels = [panel.header for panel in whole.panels if (panel.header, panel.line) not in shown]
        for panel in whole.panels:
            undrawn = (panel.header, panel.line) not in shown
            held = getattr(panel.header, "indicator", "") in drawn_indicators
            further += whole.values_of(panel) if undrawn and held else ()
        lines = {row.header for row in gone if isinstance(row.header, Comparison)}
        indicators = whole.indicators_total - len(drawn_indicators) if drawn_indicators else 0
        written = foot(made.drawing)
        counted = (
            (indicators, "indicator"),
            (len(further), "figure"),
            (len(lines), "comparison"),
        )
        for count, noun in counted:
            said = re.search(rf"(\d+) more {noun}s?\b", written)
            assert (int(said[1]) if said else 0) == count, query
        drawn_headers = {panel.header for panel in made.section.panels}
        countries = {
            header.country
            for header in panels
            if isinstance(header, Respondents) and header not in drawn_headers
        }
        named = [views.loc().label("country", country) in written for country in countries]
        assert all(named) or f"{len(countries)} more countries" in written, query


@pytest.mark.parametrize("size", charts.SHEETS)
def test_no_figure_stands_twice_but_in_comparisons(size):
    for query in VIEWS:
        drawing = picture(query, size)[2].drawing
        positions = [mark.position for mark in drawing.marks if mark.position is not None]
        assert len(positions) == len(set(positions)), query


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


@pytest.mark.parametrize("size", ["square", "slide"])
def test_a_small_picture_over_time_keeps_the_first_indicator(size):
    for query, first in (
        ("theme=innovation&view=change", "Introduced at least one innovation"),
        ("theme=collaboration&view=change", "Collaborated with anyone outside"),
    ):
        written = " ".join(text.content for text in picture(query, size)[2].drawing.texts)
        assert first in written


def test_a_report_of_several_countries_over_time_is_about_one_indicator():
    _, whole, made = picture("theme=innovation&view=change", "report")
    (measure,) = {value.measure for value in made.section.values}
    assert measure == whole.rows[0].header
    countries = {value.respondents.country for value in made.section.values}
    assert countries == {value.respondents.country for value in whole.values}


def test_the_title_of_one_indicator_left_of_a_theme_says_its_figures():
    shown, _, made = picture("theme=drivers&view=dots", "og")
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
    assert "What drives innovation: Denmark" in said or size == "square"


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_shares_of_different_things_make_no_title(size):
    shown, _, made = picture("theme=effects&view=heat", size)
    stated = statements.of_section(views.loc(), shown, made.section)
    assert len({value.observation.base for value in stated.values}) == 1
    title = made.drawing.texts[0].content.replace("\u00a0", " ")
    assert re.match(r"(46|67|68)% ", title)


def compares(shown: View, row: Row, countries: set[str]) -> bool:
    """Whether two figures of a row, of different ones of some countries and of one base, may be compared but for what is seen."""
    figures = [v.observation for v in row.values if v.respondents.country in countries]
    return any(
        one.country != other.country
        and one.base == other.base
        and verdict(views.index().dataset, one, other, shown.thresholds).beyond_visible_differences
        != NO
        for one, other in combinations(figures, 2)
    )


@pytest.mark.parametrize("size", ["slide", "report", "square"])
@pytest.mark.parametrize("chart", ["bars", "dots"])
@pytest.mark.parametrize("theme", ["drivers", "effects"])
def test_what_may_be_compared_stays_longest(theme, chart, size):
    """A line without a comparison stands only where every comparison of the countries drawn does, and such lines are the fewer.

    That all lines are of several countries is no rule: no more gives way than has no room (docs/pictures.md), so that the room
    which the last comparison leaves has a line more, not white.
    """
    shown, whole, made = picture(f"theme={theme}&view={chart}", size)
    countries = {each.country for each in made.section.all_respondents}
    assert {"DK", "NO"} <= countries
    drawn = {(row.header, row.line) for row in made.section.rows}
    compared = {(row.header, row.line) for row in whole.rows if compares(shown, row, countries)}
    assert len(compared) > 3
    assert compared <= drawn
    assert len(drawn - compared) < len(compared)


def test_the_largest_differences_stay_longest():
    _, whole, helps = picture(questions()[4], "slide")
    gone = [row for row in whole.rows if row not in helps.section.rows]
    assert gone
    # A line that has its name from the one above is lower, and stands where none that differs more has room.
    for above, row in zip((None, *helps.section.rows), helps.section.rows, strict=False):
        named = above is not None and above.header.measure == row.header.measure
        assert named or spread(row) >= max(map(spread, gone))


def test_a_report_grows_before_anything_is_left_out():
    everything, _, small = picture("theme=conditions", "report")
    assert small.section.values == everything.sections[0].values
    assert small.drawing.height > charts.SHEETS["report"].height
    _, whole, cut = picture("theme=drivers", "report")
    assert cut.section.values != whole.values
    assert {each.country for each in cut.section.all_respondents} >= {"DK", "NO", "IS", "FI", "NL"}


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "strategy", "diffusion"])
def test_a_slide_of_an_answer_scale_shows_several_indicators(theme):
    _, whole, made = picture(f"theme={theme}&view=scale", "slide")
    assert len(made.section.rows) >= min(2, len(whole.rows))
    end = made.drawing.bands[-1].bottom
    assert end >= 0.8 * made.drawing.height


def test_a_preview_of_a_heat_table_shows_several_indicators():
    """Each with a figure of every country."""
    *_, made = picture("theme=drivers&view=table", "og")
    assert len(made.section.rows) == 2
    assert all(cell.values for row in made.section.rows for cell in row.cells)


def test_a_preview_of_an_answer_scale_names_each_of_its_rows():
    *_, made = picture("theme=innovation&view=scale", "og")
    written = " ".join(text.content for text in made.drawing.texts)
    assert made.section.rows
    assert all(views.loc().header(row.header) in written for row in made.section.rows)
    assert len({value.respondents.country for value in made.section.values}) == 1


def test_the_plot_of_a_preview_of_one_course_takes_a_quarter_of_it_at_least():
    for query in (CHANGES[0], CHANGES[3]):
        drawing = picture(query, "og")[2].drawing
        (panel,) = drawing.panels
        assert panel.bottom - panel.top > drawing.height / 4, query


def test_a_preview_of_an_answer_scale_shows_one_indicator_that_its_title_names():
    *_, made = picture("theme=collaboration&view=scale", "og")
    (row,) = made.section.rows
    title = " ".join(text.content for text in made.drawing.texts[:2])
    assert row.header.indicator == "collab_any"
    assert "had a partner outside the workplace" in title


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_scale_shows_the_first_indicator_of_its_theme(size, language):
    *_, made = picture("theme=innovation&view=scale", size, language)
    assert "innovative_workplaces" in {row.header.indicator for row in made.section.rows}
    assert on_sheet(made.drawing, size)


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


@pytest.mark.parametrize("view", ["bars", "dots"])
@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("theme=drivers", "slide"),
        ("theme=effects", "slide"),
        ("theme=conditions", "slide"),
        ("theme=barriers", "slide"),
        ("theme=innovation&country=FI~NL", "slide"),
        ("theme=strategy&country=NO~FI", "slide"),
        ("theme=drivers", "og"),
    ],
)
def test_marks_look_alike_where_headings_name_the_sector_of_each_panel(query, size, view):
    *_, made = picture(f"{query}&view={view}", size)
    assert len(made.section.series) > 1 == max(len(panel.series) for panel in made.section.panels)
    assert len({mark.colour for mark in made.drawing.marks}) == 1
    shapes = {getattr(mark.shape, "symbol", None) for mark in made.drawing.marks}
    assert len(shapes) == 1


def test_names_of_dots_stand_left_of_the_marks_of_a_panel_or_right_of_them():
    for query in ("theme=drivers&view=dots", "theme=collaboration&view=dots"):
        *_, made = picture(query, "square")
        drawing, names = made.drawing, {views.loc().header(each) for each in made.section.series}
        for area in drawing.panels:
            beside = {
                text.x > mark.x
                for text in drawing.texts
                for mark in drawing.marks
                if text.content in names
                and area.left <= text.x <= area.right
                and area.left <= mark.x <= area.right
                and abs(text.y - mark.y) < 1
            }
            assert len(beside) <= 1, query


@pytest.mark.parametrize(("size", "least"), [("slide", 4), ("square", 5), ("og", 2)])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_captions_of_a_picture_stand_beside_the_bars_and_leave_room_for_more(size, least, language):
    *_, made = picture("theme=drivers&view=scale", size, language)
    assert len(made.section.rows) >= least
    levels = {mark.y for mark in made.drawing.marks}
    sectors = {
        views.store().newest.localizer(language).header(each) for each in made.section.series
    }
    named = [text for text in made.drawing.texts if text.content in sectors]
    assert len(named) == len(levels)
    assert all(min(abs(text.y - level) for level in levels) < 2 for text in named)


@pytest.mark.parametrize("size", ["slide", "square", "og"])
def test_a_bar_behind_100_percent_is_explained_below_every_picture(size):
    *_, made = picture("concept=novelty&view=scale&country=DK", size)
    totals = [
        sum(value.observation.value for value in cell.values)
        for row in made.section.rows
        for cell in row.cells
    ]
    assert max(totals) > 100
    assert "Rounded figures may add up to more than 100%." in foot(made.drawing)


def test_answers_of_one_sector_name_it_in_the_heading_alone():
    _, _, made = picture("theme=drivers&view=scale&sector=state", "slide")
    assert len(made.section.rows) > 1
    named = [text.content for text in made.drawing.texts if text.content.lower() == "state"]
    assert named == ["State"]


@pytest.mark.parametrize("view", ["bars", "dots"])
def test_of_as_many_comparisons_a_square_draws_those_of_one_base_unless_countries_were_asked_for(
    view,
):
    made = picture(f"theme=drivers&view={view}", "square")[2]
    assert len({panel.part for panel in made.section.panels}) == 1
    assert {each.country for each in made.section.all_respondents} == {"DK", "NO", "IS"}
    asked_for = picture(f"theme=drivers&country=DK~NO~FI&view={view}", "square")[2]
    assert {each.country for each in asked_for.section.all_respondents} == {"DK", "NO", "FI"}


def test_a_preview_of_a_heat_table_shows_the_indicator_that_most_countries_share():
    _, whole, made = picture("theme=collaboration&view=heat", "og")
    countries: dict[str, set[str]] = {}
    for value in whole.values:
        countries.setdefault(value.measure.indicator, set()).add(value.respondents.country)
    most = max(countries, key=lambda indicator: len(countries[indicator]))
    assert len(countries[most]) > 3
    assert most in {value.measure.indicator for value in made.section.values}
    assert {each.country for each in made.section.all_respondents} == {"DK", "NO"}


def test_countries_that_were_asked_for_stay_beside_each_other():
    made = picture("theme=drivers&country=DK~SE", "slide")[2]
    assert {each.country for each in made.section.all_respondents} == {"DK", "SE"}


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("chart", ["bars", "dots"])
def test_two_countries_on_one_indicator_stand_with_care(size, chart):
    """A figure beside that of another country is a comparison, wherever it stands: also in a link preview."""
    drawing = picture(f"theme=drivers&view={chart}", size)[2].drawing
    written = " ".join(text.content for text in drawing.texts)
    told = (
        "each country has its own survey",
        "not all figures can be compared",
        "can all figures be compared",
        "Not comparable",
    )
    assert any(each in written for each in told)


@pytest.mark.parametrize("size", ["report", "square"])
def test_countries_without_a_common_indicator_stand_below_each_other(size):
    """Each at full width, with the answers of its own bars above them, and no colour stands for two answers."""
    drawing = picture("theme=innovation&view=scale", size)[2].drawing
    first, second = drawing.bands
    assert first.bottom < second.top
    assert len({(panel.left, panel.right) for panel in drawing.panels}) == 1
    answers = {mark.series: mark.colour for mark in drawing.marks if mark.position is not None}
    assert len(set(answers.values())) == len(answers)


@pytest.mark.parametrize(
    ("query", "differing"),
    [
        ("theme=drivers&view=heat", "innovative_workplaces"),
        ("theme=effects&view=heat", "innovations"),
    ],
)
def test_a_ramp_names_every_base_whose_shares_have_its_colours(query, differing):
    """Norway's 10% is of innovative workplaces beside shares of innovations: bases that may share a line share a ramp."""
    *_, made = picture(query, "report")
    (found,) = (value for value in made.section.values if value.base_differs)
    assert found.observation.base == differing
    loc = views.loc()
    fills = {mark.position: mark.shape.box.fill for mark in made.drawing.marks}
    ramp = ramps(loc)[base_kind(found.observation.base)]
    assert fills[found.observation.position] == Heat(found.observation.value, ramp)
    written = " ".join(text.content for text in made.drawing.texts)
    assert loc.t(" / of ").join(["innovations", "innovative workplaces"]) in written or (
        loc.t(" / of ").join(["innovative workplaces", "innovations"]) in written
    )
    assert "share of something else" not in written


@pytest.mark.parametrize("query", ["concept=innovative_workplaces", "theme=drivers"])
def test_a_square_of_few_comparisons_has_larger_type_before_more_ground(query):
    drawing = picture(f"{query}&view=compare", "square")[2].drawing
    chart = [text for text in drawing.texts if drawing.bands[0].top < text.y < chart_ends(drawing)]
    assert min(min(sizes(text)) for text in chart) >= 22


@pytest.mark.parametrize("view", ["bars", "dots"])
@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_no_row_of_one_country_in_doubt_stands_beside_comparisons_where_others_give_way(view, size):
    _, whole, made = picture(f"theme=drivers&view={view}", size)
    assert len(made.section.rows) < len(whole.rows)
    for row in made.section.rows:
        alone = len({value.respondents.country for value in row.values}) == 1
        assert not (alone and any(v.observation.status == "inferred" for v in row.values)), row
