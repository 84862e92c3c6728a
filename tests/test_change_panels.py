"""The panels of a change over editions: names, periods and marks in them, what a picture holds, and what its title tells."""

from __future__ import annotations

import re

import pytest

from dashboard.charts import chart, fit
from dashboard.charts.edition_figures import outer_side
from dashboard.charts.edition_panel import PanelDrawing
from dashboard.charts.labels import figure as worded
from dashboard.charts.roles import RULE
from dashboard.charts.sheet import SHEETS
from dashboard.selection import ARRANGEMENTS
from dashboard.text import Localizer, courses, pictures, texts
from tests.support.drawings import drawings, first, written
from tests.support.pictured import pictured
from tests.support.views import index, loc, only_section, show

LOOKED_AT = (
    "theme=collaboration~innovation&country=DK&sector=all&view=change",
    "concept=innovative_workplaces&view=change",
    "theme=innovation~diffusion~strategy&view=change&more=innovation",
)


@pytest.mark.parametrize("query", ["theme=collaboration&view=change", LOOKED_AT[2]])
def test_no_plot_is_tried_twice(query, monkeypatch):
    tried, draw = [], PanelDrawing.draw

    def told(self):
        tried.append((self.panel, self.plot, self.gutter, self.names_inside))
        return draw(self)

    monkeypatch.setattr(PanelDrawing, "draw", told)
    first(query, 1217)
    assert tried
    assert all(tried.count(each) == 1 for each in tried)


def test_no_mark_hides_another_figure():
    drawing = first("theme=innovation&view=change", 1232)
    (panel,) = {mark.panel for mark in drawing.marks if mark.percent == 78}
    begun = [mark for mark in drawing.marks if mark.panel == panel and mark.percent in {78, 80}]
    apart = abs(begun[0].x - begun[1].x)
    assert apart >= min(mark.shape.size for mark in begun)


@pytest.mark.parametrize(
    ("percents", "sides"),
    [
        ((86, 80, 81, 83), (-1, 1, -1, -1)),
        ((79, 79, 69, 69), (-1, -1, 1, -1)),
        ((30, 26, 28), (-1, 1, -1)),
        ((10, 40, 20), (1, -1, 1)),
        ((50, 50), (-1, -1)),
    ],
)
def test_a_figure_stands_on_the_side_that_its_line_leaves_free(percents, sides):
    """Above a peak (-1) and under a valley (1)."""
    assert tuple(outer_side(percents, at) for at in range(len(percents))) == sides


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_a_figure_that_a_break_parts_from_a_higher_one_stands_over_its_mark(size):
    drawing = pictured("theme=innovation&view=change", size)[0].drawing
    (mark,) = (mark for mark in drawing.marks if mark.percent == 95)
    (place,) = (place for content, place in written(drawing) if content == "95%")
    assert place.bottom < mark.y


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_a_picture_has_its_first_figure_over_a_falling_line_and_the_lowest_under_it(size):
    drawing = pictured("theme=innovation&view=change", size)[0].drawing
    at = {mark.percent: mark for mark in drawing.marks if mark.panel == 0}
    area = drawing.panels[0]
    placed = {
        content: place
        for content, place in written(drawing)
        if place.right < area.right and area.top - 40 < place.top < area.bottom
    }
    assert placed["86%"].bottom < at[86].y
    assert placed["80%"].top > at[80].y


def test_plots_of_a_report_are_a_fifth_of_its_width_high_at_least():
    drawing = pictured("theme=collaboration&view=change", "report")[0].drawing
    assert min(area.bottom - area.top for area in drawing.panels) > SHEETS["report"].width / 5
    # What all panels share is said above them.
    said = [text.content for text in drawing.texts]
    assert sum("All sectors" in content for content in said) == 1


@pytest.mark.parametrize("theme", ["innovation", "collaboration"])
def test_plots_in_one_row_of_a_slide_take_two_fifths_of_its_height(theme):
    drawing = pictured(f"theme={theme}&view=change", "slide")[0].drawing
    assert len({area.top for area in drawing.panels}) == 1
    assert drawing.height == SHEETS["slide"].height
    assert min(area.bottom - area.top for area in drawing.panels) >= 0.4 * drawing.height


def test_reasons_under_all_panels_name_the_country_that_they_are_about():
    drawing = pictured("theme=innovation&view=change", "square")[0].drawing
    said = [text.content for text in drawing.texts]
    for country in ("Norway", "Iceland", "Finland"):
        assert sum(text.startswith(f"{country}: ") for text in said) == 1


@pytest.mark.parametrize("wide", [336, 1232])
def test_level_lines_end_with_the_years_of_their_row(wide):
    drawing = first("theme=innovation&view=change", wide)
    for area in drawing.panels:
        levels = [
            rule.x1
            for rule in drawing.rules
            if rule.y0 == rule.y1
            and rule.x0 < area.right
            and area.left < rule.x1 <= area.right + 1
            and area.top - 1 < rule.y0 < area.bottom + 1
        ]
        assert levels
        assert area.right - max(levels) < 1


def test_names_stand_in_the_plot_where_there_is_room():
    """A plot then takes nearly all of its panel, and the name of a line ends where its figure does."""
    drawing = first("theme=innovation&view=change&by=sector", 1232)
    area = drawing.panels[0]
    within = {
        content: place
        for content, place in written(drawing)
        if place.left > area.left and area.top - 2 < place.top < place.bottom < area.bottom
    }
    name, figure = within["Denmark, workplaces"], within["83%"]
    (mark,) = (mark for mark in drawing.marks if mark.panel == 0 and mark.percent == 83)
    assert abs(name.right - figure.right) < 1
    assert abs((name.top + name.bottom) / 2 - mark.y) < 24
    (plot,) = {round(area.right - area.left) for area in drawing.panels}
    (panel,) = {round(rule.x1 - rule.x0) for rule in drawing.rules if rule.colour == RULE}
    assert plot / panel > 0.8


def test_a_name_stands_behind_its_figure_in_one_line_where_a_line_ends_before_the_axis():
    texts = written(first("theme=innovation&view=change", 1232))
    (state,) = (place for content, place in texts if content == "82%")
    (whole,) = (
        place for content, place in texts if content == "73%" and place.top < state.top + 30
    )
    for figure, name in ((state, "State"), (whole, "All sectors")):
        assert any(
            content == name
            and abs(place.middle[1] - figure.middle[1]) < 1
            and 0 < place.left - figure.right < 20
            for content, place in texts
        )


@pytest.mark.parametrize("wide", [336, 720, 1232])
def test_periods_stand_each_under_its_tick_in_two_lines_at_most(wide):
    for query in LOOKED_AT:
        for section, drawing in drawings(show(query), wide):
            for at, area in enumerate(drawing.panels):
                ticks = [
                    rule.x0
                    for rule in drawing.rules
                    if rule.x0 == rule.x1 and rule.y0 == round(area.bottom, 1)
                    if area.left <= rule.x0 <= area.right
                ]
                below = [
                    place
                    for _, place in written(drawing)
                    if area.bottom < place.top < area.bottom + 27
                    and any(abs(place.middle[0] - x) <= 7.1 for x in ticks)
                ]
                assert len(below) == len(ticks) > 1, (query, section.theme, at)
                assert len({place.top for place in below}) <= 2


@pytest.mark.parametrize("theme", ["innovation", "collaboration"])
def test_every_mark_of_a_slide_has_a_tick_and_every_tick_its_period(theme):
    drawing = pictured(f"theme={theme}&view=change", "slide")[0].drawing
    assert len(drawing.panels) == 4
    for at, area in enumerate(drawing.panels):
        ticks = {
            rule.x0
            for rule in drawing.rules
            if rule.x0 == rule.x1 and rule.y0 == round(area.bottom, 1)
            if area.left <= rule.x0 <= area.right
        }
        named = [
            [x for x in ticks if place.left + 6 < x < place.right - 6]
            for content, place in written(drawing)
            if content.startswith("’") and area.left - 40 < place.middle[0] < area.right + 40
        ]
        assert all(len(each) == 1 for each in named)
        assert {x for each in named for x in each} == ticks
        assert len(named) == len(ticks) > 1
        marks = [mark.x for mark in drawing.marks if mark.panel == at]
        assert all(min(abs(x - tick) for tick in ticks) < 1 for x in marks)


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("theme", ["innovation", "collaboration", "diffusion"])
def test_a_preview_keeps_to_its_height(theme, by):
    drawing = pictured(f"theme={theme}&view=change&by={by}", "og")[0].drawing
    assert drawing.height == SHEETS["og"].height
    assert drawing.marks


def test_a_slide_says_the_sentence_of_each_break_and_counts_the_panels_that_gave_way_to_high_plots():
    ((section, drawing),) = drawings(show("theme=collaboration&view=change"), None)
    texts = [text.content for text in drawing.texts]
    indicators = len({value.measure for value in section.values})
    assert len(drawing.panels) == 4
    assert any(f"4 of {indicators} indicators" in text for text in texts)
    assert {"a", "b"} <= {*texts}
    assert sum(text.startswith("The question on collaboration changed") for text in texts) == 2
    assert min(run.size or text.size for text in drawing.texts for run in text.runs) >= 20


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (
            "concept=evaluated&view=change",
            "44% (2013–14) and 39% (2018–19 and 2021–23) of innovations in Denmark were evaluated",
        ),
        # What came before a break is left out.
        (
            "concept=role_companies&view=change",
            "26% (2018–19 and 2021–23) of innovations in Denmark had companies in a positive role",
        ),
        # What a test calls clear is not passed over.
        (
            "theme=innovation&view=change",
            "86% (2013–14), 80% (2015–16) and 83% (2021–23) of workplaces in Denmark introduced at least one innovation",
        ),
        # Of several indicators the first leads that has a course.
        (
            "theme=collaboration&view=change",
            "69% (2018–19 and 2021–23) of innovations in Denmark had a partner outside the workplace",
        ),
        (
            "theme=drivers&view=change",
            "48% (2013–14) and 46% (2015–16) of innovations in Denmark were started or promoted by new technology",
        ),
        # A figure in doubt, a single one after a break and a part of a country are no course.
        (
            "concept=driver_employees&view=change",
            "Drivers: started or promoted by employees (Denmark and Norway)",
        ),
        (
            "concept=collab_companies&view=change",
            "Collaboration: private companies as partners (Denmark)",
        ),
        (
            "concept=innovative_workplaces&country=FI&view=change",
            "Introduced at least one innovation (Finland)",
        ),
        ("concept=evaluated", "39% of innovations in Denmark were evaluated"),
    ],
)
def test_the_title_of_one_indicator_tells_its_course_since_the_last_break(query, title):
    # A figure and its period stay on one line.
    told = pictures.title(loc(), show(query), only_section(query))
    assert told == title.replace("% (", "%\u00a0(")


def test_the_figures_of_a_title_are_drawn_in_every_picture():
    query = "concept=evaluated&view=change"
    told = {value.observation.position for value in courses.course(only_section(query))}
    ((_, drawing),) = drawings(show(query), None)
    assert len(told) == 4
    assert told <= drawing.positions


@pytest.mark.parametrize("size", ["og", "square", "tall"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("concept=innovative_workplaces&view=change", "Danish workplaces that"),
        ("country=DK&sector=all&concept=evaluated&view=change", "Fewer Danish innovations are"),
    ],
)
def test_a_picture_over_time_is_headed_by_its_finding(query, said, size):
    view = show(query)
    made = fit.picture(view, view.sections[0], loc(), f"https://example.org/?{query}", size)
    title = SHEETS[size].title
    head = [text for text in made.drawing.texts if abs(text.size - title) < 0.1]
    assert head[0].content.startswith(said)
    # No figure and no period is broken in two.
    assert not any(re.search(r"[\d(–]$|^[%\d–]+\)", text.content) for text in head)


@pytest.mark.parametrize(
    "query", ["theme=collaboration&view=change", "theme=innovation&view=change"]
)
def test_plots_beside_each_other_on_a_wide_page_are_low_and_every_figure_is_written(query):
    ((section, drawing),) = drawings(show(query), 1232)
    assert max(area.bottom - area.top for area in drawing.panels) <= 1232 / 10
    figures = [run.text for text in drawing.texts for run in text.runs if run.bold]
    for value in section.values:
        assert worded(loc(), value) in figures


def test_a_page_with_room_for_more_has_three_panels_beside_each_other():
    drawing = first("theme=innovation&view=change", 1232)
    assert len({area.left for area in drawing.panels}) == 3


def test_a_panel_that_is_alone_takes_the_width_of_the_page():
    drawing = first("concept=evaluated&country=DK&sector=all&view=change", 1232)
    (panel,) = {round(rule.x1 - rule.x0) for rule in drawing.rules if rule.colour == RULE}
    assert panel == 1232


def test_only_a_line_that_passes_over_an_edition_is_dashed_and_the_key_says_so():
    for query, skips in (
        ("concept=driver_employees&country=DK&view=change", True),
        ("concept=innovative_workplaces&view=change", False),
    ):
        shown, section = show(query), only_section(query)
        assert any(line.dash == "dash" for line in first(query, 1232).lines) == skips
        key = chart("change").key(loc(), section, shown.selection, shown.thresholds)
        signs = {entry.sign: entry.words for entry in key}
        assert ("skipped" in signs) == skips
        broken = any(step.broken for step in section.edition_steps)
        assert signs.get("broken") == ("not comparable" if broken else None)


@pytest.mark.parametrize(
    ("wide", "periods"),
    [(1232, {"2013–14", "2016–18", "2019–21"}), (820, {"’13–14", "’16–18", "’19–21"})],
)
def test_periods_are_written_in_one_way_whether_published_as_years_or_as_the_two_before_a_survey(
    wide, periods
):
    drawing = first("theme=innovation&view=change", wide)
    assert periods <= {text.content for text in drawing.texts}


@pytest.mark.parametrize("wide", [1232, 336, None])
def test_of_two_lines_that_begin_together_the_higher_has_its_figure_above(wide):
    # A picture draws a sector beside all sectors only where it is asked for.
    asked = "concept=innovative_workplaces&country=IS&sector=all~state&view=change"
    ((_, drawing),) = drawings(show(asked), wide)
    (panel,) = {mark.panel for mark in drawing.marks if mark.percent == 78}
    area = drawing.panels[panel]
    places = {
        content: place
        for content, place in written(drawing)
        if area.left < place.left < area.right and area.top - 20 < place.top < area.bottom
    }
    assert places["80%"].bottom < places["78%"].top


def test_a_slide_of_a_theme_fills_its_places_and_counts_no_country_as_left_out_that_it_draws():
    ((section, drawing),) = drawings(show("theme=innovation&view=change"), None)
    shown = {mark.position for mark in drawing.marks}
    countries = {
        value.respondents.country for value in section.values if value.observation.position in shown
    }
    assert len(drawing.panels) == 4
    assert countries == {"DK", "NO", "IS", "FI"}
    foot = " ".join(
        text.content or "".join(run.text for run in text.runs) for text in drawing.texts
    )
    assert "Shown: 1 of 9 indicators with 10 of 16 figures, 4 of 5 countries." in foot


@pytest.mark.parametrize("wide", [336, 1240])
def test_panels_of_one_indicator_stand_together_whoever_has_others_beside(wide):
    drawing = first("theme=innovation&view=change", wide)
    heads = ("Denmark", "Norway", "Iceland", "Finland", "Netherlands")
    said = [
        (content, place)
        for content, place in written(drawing)
        if content.partition(",")[0] in heads
    ]
    said.sort(key=lambda each: (each[1].top, each[1].left))
    assert [content.partition(",")[0] for content, _ in said[:5]] == list(heads)


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "fi"])
def test_a_preview_of_one_panel_says_why_its_line_is_interrupted(language):
    words, shown = Localizer(index().dataset, language), show("theme=collaboration&view=change")
    picture = fit.picture(shown, shown.sections[0], words, "https://x.example/", "og")
    (step,) = (step for step in picture.section.edition_steps if step.broken)
    foot = " ".join(text.content for text in picture.drawing.texts)
    assert len(picture.section.values) == 4
    for reason in texts.reasons_of_break(words, step):
        assert reason[1:] in foot
    assert picture.drawing.height == SHEETS["og"].height
