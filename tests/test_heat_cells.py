"""Cells of a heat table: columns of one base, bounds that are not coloured as if exact, and rows of one height."""

from __future__ import annotations

import pytest

from dashboard import charts
from dashboard.charts.chart import ABOVE_PHONE
from dashboard.charts.heat_cells import BOUNDS
from dashboard.charts.labels import brief, figure
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.roles import QUIET, Heat
from dashboard.charts.text import width as text_width
from tests.support import views
from tests.support.colours import contrast
from tests.support.drawings import drawings
from tests.support.sheets import picture
from tests.support.views import show


@pytest.mark.parametrize("width", [352, 1232])
def test_a_figure_that_has_bounds_has_all_colours_that_it_may_have_beside_it(width):
    """In print and for every reader: "> 70%" is not filled as 70% is; the figure can be read on the colour of its own."""
    ((_, drawing),) = drawings(show("theme=effects&view=heat"), width)
    bounded = 0
    for mark in drawing.marks:
        row, box = views.published()[mark.position], mark.shape.box
        assert box.fill == mark.colour
        beside = [
            each
            for each in drawing.boxes
            if each.top == box.top
            and isinstance(each.fill, Heat)
            and (
                box.right <= each.left < box.right + 200 or box.left - 200 < each.right <= box.left
            )
        ]
        if row["qualifier"] not in BOUNDS:
            continue
        bounded += 1
        over = row["qualifier"] == "over"
        steps = [each for each in beside if (each.left >= box.right) == over]
        ends = (mark.percent, 100) if over else (0, mark.percent)
        assert (steps[0].fill.percent, steps[-1].fill.percent) == ends
        assert {each.fill.ramp for each in steps} == {mark.colour.ramp}
        (figure,) = (t for t in drawing.texts if (t.x, t.y) == (mark.x, mark.y))
        half = text_width(figure.content, figure.size) / 2
        assert box.left < figure.x - half
        assert figure.x + half < box.right
        for palette in (LIGHT, DARK):
            assert contrast(palette.colour(figure.colour), palette.colour(box.fill)) >= 4.5
    assert bounded > 5


def test_the_key_says_what_such_a_band_is_where_there_is_one():
    loc = views.loc()
    for query, expected in (("theme=effects", True), ("theme=effects&country=DK", False)):
        for chart in ("heat", "table"):
            *_, made = picture(f"{query}&view={chart}", "slide")
            said = " ".join(text.content for text in made.drawing.texts)
            told = "Over, under: all colours it may have." in said
            assert told == (expected and chart == "heat")
            entries = charts.chart(chart).key(
                loc, made.section, show(query).selection, show(query).thresholds
            )
            assert any(each.sign == "bound" for each in entries) == told


@pytest.mark.parametrize("size", ["slide", "report"])
def test_a_country_has_a_named_column_under_each_base_and_no_cell_says_it(size):
    *_, made = picture("theme=effects&view=heat", size)
    denmark = [at for at, each in enumerate(made.section.panels) if each.header.country == "DK"]
    assert [made.section.panels[at].base for at in denmark] == [
        "innovative_workplaces",
        "innovations",
    ]
    for at in denmark:
        area = made.drawing.panels[at]
        over = [t for t in made.drawing.texts if area.left <= t.x < area.right and t.y < area.top]
        assert sum(text.content.startswith("Denmark,") for text in over) == 1
    (found,) = (v for v in made.section.values if v.observation.value == 46)
    (mark,) = (m for m in made.drawing.marks if m.position == found.observation.position)
    assert mark.panel == denmark[1]
    assert not any(text.content.startswith("of ") for text in made.drawing.texts)


def test_that_a_country_has_no_figure_is_said_in_each_of_its_columns():
    ((section, drawing),) = drawings(show("theme=effects&view=heat"), 1232)
    (row,) = (
        at
        for at, each in enumerate(section.rows)
        if views.loc().header(each.header).startswith("Citizens")
    )
    area = next(
        each
        for each in drawing.rows
        if any(m.row == row and each.top < m.y < each.bottom for m in drawing.marks)
    )
    denmark = [at for at, each in enumerate(section.panels) if each.header.country == "DK"]
    assert not any(section.rows[row].cells[at].values for at in denmark)
    dashes = [
        at
        for at in denmark
        for rule in drawing.rules
        if rule.y0 == rule.y1
        and area.top < rule.y0 < area.bottom
        and drawing.panels[at].left < rule.x0 < rule.x1 < drawing.panels[at].right
    ]
    assert dashes == denmark


def test_the_rows_of_a_table_are_equally_high():
    """Where the sheet has room for that."""
    for theme, size in (("effects", "slide"), ("strategy", "slide"), ("barriers", "report")):
        *_, made = picture(f"theme={theme}&view=heat", size)
        tall = [mark.shape.box.bottom - mark.shape.box.top for mark in made.drawing.marks]
        assert len(tall) > 2
        assert max(tall) - min(tall) <= 0.2, "as rounded"


def test_a_preview_has_a_dash_only_for_a_figure_that_no_column_has():
    """Denmark's quality and satisfaction are shares of innovative workplaces, for which it has no room: their rows give way."""
    _, whole, made = picture("theme=effects&view=heat", "og")
    denmark = [each for each in made.section.panels if each.header.country == "DK"]
    assert [each.base for each in denmark] == ["innovations"]
    (at,) = (at for at, each in enumerate(made.section.panels) if each in denmark)
    blank = {row.header for row in made.section.rows if not row.cells[at].values}
    held = {
        row.header
        for row in whole.rows
        if any(value.respondents == denmark[0].header for value in row.values)
    }
    assert blank
    assert blank.isdisjoint(held)
    area = made.drawing.panels[at]
    dashes = [
        rule
        for rule in made.drawing.rules
        if rule.y0 == rule.y1 and area.left < rule.x0 < rule.x1 < area.right and rule.y0 > area.top
    ]
    assert len(dashes) == len(blank)
    assert any("no figure" in text.content for text in made.drawing.texts)


@pytest.mark.parametrize("theme", views.vocabulary().themes)
@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
def test_the_key_has_a_dash_at_the_widths_at_which_a_table_has_one(theme, by):
    loc, shown = views.loc(), show(f"theme={theme}&view=heat&by={by}")
    (section,) = shown.sections
    key = charts.chart("heat").key(loc, section, shown.selection, shown.thresholds)
    told = [each for each in key if each.sign == "blank"]

    def dashed(width):
        ((_, drawing),) = drawings(shown, width)
        return any(r.x1 - r.x0 == 12 and r.colour == QUIET for r in drawing.rules)

    assert any(each.least < ABOVE_PHONE for each in told) == any(map(dashed, (288, 328, 358)))
    assert any(each.least <= 600 for each in told) == dashed(600)
    assert any(not each.slim for each in told) == dashed(1232)


@pytest.mark.parametrize("theme", ["effects", "drivers", "collaboration"])
@pytest.mark.parametrize(
    ("view", "width"), [("heat", 1232), ("heat", 350), ("heat", None), ("table", None)]
)
@pytest.mark.parametrize("language", ["en", "da", "fi"])
def test_a_chart_has_words_for_all_that_is_not_exact_or_signs(
    theme: str, view: str, width: float | None, language: str
) -> None:
    ((section, drawing),) = drawings(show(f"theme={theme}&view={view}"), width, language)
    loc = views.store().newest.localizer(language)
    values = {value.observation.position: value for value in section.values}
    drawn = [values[mark.position] for mark in drawing.marks]
    inexact = [value for value in drawn if value.observation.qualifier != "exact"]
    written = {text.content for text in drawing.texts}
    worded = [figure(loc, value) in written for value in inexact]
    assert inexact
    assert all(worded) or not any(worded)
    assert all(worded) or {brief(loc, value) for value in inexact} <= written
    assert all(worded) or theme != "effects"


def test_a_narrow_chart_has_signs() -> None:
    ((_, drawing),) = drawings(show("theme=effects&view=heat"), 280, "da")
    assert any(text.content.startswith("≈") for text in drawing.texts)
    assert not any("omkring" in text.content for text in drawing.texts)
