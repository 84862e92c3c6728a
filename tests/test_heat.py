"""Heat tables: equal cells in line with their names, each figure with its period, and dashes for what nobody printed."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from dashboard.charts.editions_together import dated
from dashboard.charts.grid_layout import NARROW
from dashboard.charts.headings import own_period
from dashboard.charts.heat_cells import BOUNDS, TALL
from dashboard.charts.heat_columns import Needed, filling
from dashboard.charts.percent_cells import DASH
from dashboard.charts.roles import GROUND, INK, Heat
from tests.support import views
from tests.support.drawings import LOOSE, drawings, long, text_edges
from tests.support.pictured import SITE, pictured
from tests.support.views import show

DOTS_APART = 12
"""Pixels from a dot, half of those to the next line of dots, within which the name of its line stands."""


@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
@pytest.mark.parametrize("width", [328, 816, 1200, 1232])
def test_the_cells_of_a_heat_table_are_equal_and_its_words_whole(by: str, width: int):
    for section, drawing in drawings(show(f"theme=drivers~strategy&view=heat&by={by}"), width):
        across = [tile.right - tile.left for tile in whole(drawing)]
        assert max(across) - min(across) < 0.05
        words = {word for each in section.series for word in views.loc().header(each).split()}
        written = {word for text in drawing.texts for word in text.content.split()}
        assert words <= written


@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
def test_the_figures_of_a_heat_table_stand_level_with_the_names_of_its_rows(by: str):
    for _, drawing in drawings(show(f"theme=drivers&view=heat&by={by}"), 1232):
        names = {round(text.y, 1) for text in drawing.texts if text.x < 3}
        tops: dict[int, float] = {}
        for mark in drawing.marks:
            level = mark.shape.box.top - 1 + TALL / 2
            tops[mark.row] = min(level, tops.get(mark.row, level))
        assert {round(y, 1) for y in tops.values()} <= names


@pytest.mark.parametrize("chart", ["bars", "dots", "heat"])
@pytest.mark.parametrize("by", ["country", "sector", "indicator"])
def test_the_period_of_every_figure_stands_in_its_panel_or_row(chart: str, by: str):
    """In a heading, at a name, at the figure or under the name of its row."""
    loc = views.loc()
    for query in ("theme=collaboration", "theme=drivers"):
        for section, drawing in drawings(show(f"{query}&view={chart}&by={by}"), 1232):
            for mark in drawing.marks:
                value = next(
                    each
                    for each in section.rows[mark.row].values
                    if each.observation.position == mark.position
                )
                area = drawing.panels[mark.panel]
                over = (
                    each.bottom
                    for each in drawing.panels
                    if each.bottom < area.top and each.left < area.right and area.left < each.right
                )
                above = max(over, default=0.0)
                near = " ".join(
                    text.content
                    for text in drawing.texts
                    if (area.left <= text.x <= area.right and above <= text.y <= area.bottom)
                    or (text.x < area.left and area.top <= text.y <= area.bottom)
                )
                survey = value.survey
                said = {loc.period(survey), loc.short_period(survey), loc.span([survey])}
                assert any(each in near for each in said), (mark.row, mark.panel, said)


@pytest.mark.parametrize("chart", ["bars", "heat"])
def test_a_country_is_headed_by_the_period_of_the_figures_under_it(chart: str):
    """The one that all share, else from the first year to the last; then each figure says its own."""
    loc, kinds = views.loc(), set[bool]()
    for section, drawing in drawings(show(f"theme=drivers&view={chart}"), 1232):
        written = {text.content for text in drawing.texts}
        for panel in section.panels:
            surveys = {value.survey.survey_id: value.survey for value in section.values_of(panel)}
            assert any(loc.span(surveys.values()) in content for content in written)
            kinds.add(loc.span(surveys.values()) in map(loc.period, surveys.values()))
        assert all(any(span in each for each in written) for span in ("2013–2023", "2016–2019"))
        assert any("2021–23" in content for content in written)
    assert kinds == {True, False}


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects"])
def test_a_line_of_dots_says_under_its_name_the_period_of_each_figure_on_it(theme: str):
    """Of countries of several periods each with its own."""
    loc = views.loc()
    for section, drawing in drawings(show(f"theme={theme}&view=dots"), 1232):
        value_of = {value.observation.position: value for value in section.values}
        lines: dict[float, set[tuple[str, str]]] = {}
        for mark in drawing.marks:
            value = value_of[mark.position]
            held = loc.label("country", value.respondents.country), loc.short_period(value.survey)
            lines.setdefault(mark.y, set()).add(held)
        for y, held in lines.items():
            names = (
                text.content
                for text in drawing.texts
                if text.x < drawing.panels[0].left and abs(text.y - y) < DOTS_APART
            )
            said = " ".join(names).replace("\u00a0", " ")
            several = len({period for _, period in held}) > 1
            assert all((f"{whose} {when}" if several else when) in said for whose, when in held)


def test_a_rectangle_is_as_wide_as_panels_no_narrower_than_their_headings_leave_it():
    assert filling([Needed(4, 150), Needed(1, 150), Needed(1, 150)], 700) == 100
    assert filling([Needed(4, 150), Needed(2, 150)], 600) == 100
    assert filling([Needed(1, 150)], 400) == 400


def test_panels_of_a_heat_table_stand_beside_each_other_where_their_rectangles_have_room():
    for width, bands in ((1232, 2), (1900, 1)):
        (drawn,) = drawings(show("theme=collaboration&view=heat"), width)
        section, drawing = drawn
        assert (len(section.panels), len(drawing.bands)) == (8, bands)
        for left, right in pairwise(drawing.panels):
            assert left.right < right.left or left.bottom < right.top
        assert max(area.right for area in drawing.panels) <= width + 0.1


def test_in_a_picture_rectangles_fill_their_columns_and_keep_all_sectors():
    picture, _ = pictured("theme=effects&view=heat", "og")
    drawing = picture.drawing
    tops = sorted(text.x for text in drawing.texts if text.content.endswith(", workplaces"))
    lefts = sorted({tile.left for tile in tiles(drawing)})
    rights = sorted({tile.right for tile in tiles(drawing)})
    assert len(lefts) == len(tops) > 1
    assert all(abs(left - top) < 6 for left, top in zip(lefts, tops, strict=True))
    gaps = [left - right for right, left in zip(rights, lefts[1:], strict=False)]
    assert max(gaps) < 70, "no strip beside them but the gutter"
    picture, _ = pictured("theme=collaboration&view=heat", "og")
    for row in picture.section.rows:
        assert any(value.observation.sector == "all" for value in row.values)


@pytest.mark.parametrize(
    ("theme", "size"),
    [("drivers", "og"), *product(("collaboration", "drivers"), ("slide", "square"))],
)
def test_a_picture_that_leaves_something_to_its_address_prints_all_of_it(theme: str, size: str):
    query = f"?theme={theme}&view=heat"
    written = " ".join(text.content for text in pictured(query[1:], size)[0].drawing.texts)
    assert "at the address below." in written
    assert f"{SITE.partition('://')[2]}{query}" in written


def tiles(drawing):
    return [mark.shape.box for mark in drawing.marks]


def whole(drawing):
    """Rectangles of figures that have no colours beside them that they may have besides."""
    return [
        mark.shape.box
        for mark in drawing.marks
        if views.published()[mark.position]["qualifier"] not in BOUNDS
    ]


@pytest.mark.parametrize("width", [288, 328, 358])
@pytest.mark.parametrize("theme", views.vocabulary().themes)
def test_a_phone_has_under_each_base_its_countries_beside_each_other(theme: str, width: int):
    """In columns of one sector of one country, wide enough to read, with whose they are over them and the name of each row."""
    loc = views.loc()
    for section, drawing in drawings(show(f"theme={theme}&view=heat"), width):
        value_of = {value.observation.position: value for value in section.values}
        assert {mark.position for mark in drawing.marks} == set(value_of)
        assert all(
            left > -LOOSE and right < width + LOOSE for _, left, right, _ in text_edges(drawing)
        )
        assert min(text.size for text in drawing.texts) >= 12
        assert all(area.right - area.left > 77 for area in drawing.panels)
        for at, area in enumerate(drawing.panels):
            held = [value_of[mark.position] for mark in drawing.marks if mark.panel == at]
            ((country, sector, _),) = {
                (each.respondents.country, each.population, each.observation.base) for each in held
            }
            above = max((p.bottom for p in drawing.panels if p.bottom < area.top), default=0.0)
            over = " ".join(
                text.content
                for text in drawing.texts
                if area.left < text.x < area.right and above < text.y < area.top
            )
            assert loc.label("country", country) in over
            assert set(loc.header(sector).split()) <= set(over.split())


def test_on_a_phone_figures_of_a_sector_that_share_a_base_stand_beside_each_other():
    ((section, drawing),) = drawings(show("theme=drivers&view=heat"), 358)
    figures = {value.observation.position: value for value in section.values}
    beside = {
        figures[mark.position].respondents.country: mark.y
        for mark in drawing.marks
        if figures[mark.position].measure.indicator == "initiated_employees"
        and figures[mark.position].observation.base == "innovations"
        and figures[mark.position].respondents.level == "workplace"
    }
    assert set(beside) == {"DK", "IS"}
    assert beside["DK"] == beside["IS"]


@pytest.mark.parametrize(
    ("theme", "count"), [("collaboration", 72), ("drivers", 102), ("effects", 7)]
)
def test_a_dash_stands_in_each_place_without_a_figure_but_under_a_heading_that_says_whose_it_is(
    theme: str, count: int
):
    ((section, drawing),) = drawings(show(f"theme={theme}&view=heat"), 1232)
    dashes = [
        rule for rule in drawing.rules if rule.y0 == rule.y1 and abs(rule.x1 - rule.x0 - DASH) < 0.1
    ]
    expected = 0
    for row in section.rows:
        for band in bands(drawing, section):
            if any(row.cells[at].values for at in band):
                expected += sum(
                    len({*section.panels[at].series} - {v.population for v in row.cells[at].values})
                    for at in band
                    if row.only_in in (None, at)
                )
    assert len(dashes) == expected == count
    assert all(
        not (box.left < dash.x0 < box.right and box.top < dash.y0 < box.bottom)
        for dash in dashes
        for box in tiles(drawing)
    )


def bands(drawing, section):
    tops = [area.top for area in drawing.panels]
    return [[at for at, each in enumerate(tops) if each == top] for top in dict.fromkeys(tops)]


@pytest.mark.parametrize("width", [160, 168, 176, 328])
@pytest.mark.parametrize("language", ["en", "da"])
def test_no_figure_of_five_columns_reaches_over_the_edge_of_a_narrow_chart(width, language):
    shown = show("theme=drivers&by=indicator&view=heat")
    ((section, drawing),) = drawings(shown, width, language)
    assert max(len(panel.series) for panel in section.panels) == 5
    assert all(left > -LOOSE and right < width + LOOSE for _, left, right, _ in text_edges(drawing))


@pytest.mark.parametrize("width", [320, 358, 816, 1232])
def test_no_survey_is_named_by_a_part_of_its_title(width: int):
    ((section, drawing),) = drawings(show("theme=collaboration&view=heat"), width)
    written = " ".join(text.content for text in drawing.texts)
    assert "…" not in written
    assert section.panels


@pytest.mark.parametrize("size", ["slide", "report", "og", "square"])
def test_a_picture_leaves_blank_only_what_no_edition_has_a_figure_of(size: str):
    """Else a rectangle left bare in a column would say that there is none. Each of several editions says its period."""
    query = "theme=collaboration&view=heat"
    drawn, _ = pictured(query, size)
    (whole,) = show(query).sections
    shown = {value.observation.position for value in drawn.section.values}
    headers = [row.header for row in drawn.section.rows]
    columns = {
        (panel.header, panel.part, series)
        for panel in drawn.section.panels
        for series in panel.series
    }
    assert len(headers) == len(set(headers))
    assert len(headers) > 1
    there = {
        value.observation.position: value
        for row in whole.rows
        for panel, cell in zip(whole.panels, row.cells, strict=True)
        for value in cell.values
        if row.header in headers and (panel.header, panel.part, value.population) in columns
    }
    assert set(there) == shown
    written = [text.content for text in drawn.drawing.texts]
    of_several = [value for row in drawn.section.rows if dated(row) for value in row.values]
    untold = {own_period(views.loc(), drawn.section.values, value) for value in of_several} - {""}
    for period in untold:
        assert period in written
    assert untold


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects"])
def test_rows_that_begin_in_one_panel_stand_in_the_order_of_the_figures_that_they_begin_with(theme):
    ((section, drawing),) = drawings(show(f"theme={theme}&view=heat"), 1232)
    begin: dict[tuple[bool, int], list[float]] = {}
    # The row of the title leads them.
    for at, row in list(enumerate(section.rows))[1:]:
        of_row = [mark for mark in drawing.marks if mark.row == at]
        panel = min(mark.panel for mark in of_row)
        first = min((m for m in of_row if m.panel == panel), key=lambda mark: (mark.x, mark.y))
        begin.setdefault((row.only_in is not None, panel), []).append(first.percent)
    assert all(held == sorted(held, reverse=True) for held in begin.values())


def test_the_line_over_the_name_of_a_panel_is_as_long_as_its_cells():
    ((_, drawing),) = drawings(show("theme=drivers&view=table"), None)
    for panel in range(len(drawing.panels)):
        cells = [mark.shape.box for mark in drawing.marks if mark.panel == panel]
        left, right = min(box.left for box in cells) - 1, max(box.right for box in cells) + 1
        headed = [rule for rule in drawing.rules if rule.colour == INK and rule.x0 == left]
        assert any(abs(rule.x1 - right) < LOOSE for rule in headed)


@pytest.mark.parametrize("size", ["slide", "report", "square"])
@pytest.mark.parametrize("query", ["theme=effects&view=heat", "theme=drivers&view=table"])
def test_no_name_of_a_panel_of_a_picture_is_longer_than_its_cells(query: str, size: str):
    drawn, _ = pictured(query, size)
    drawing = drawn.drawing
    for area in drawing.panels:
        right = area.right
        above = [
            text
            for text in drawing.texts
            if text.runs[0].bold and abs(text.x - area.left) < 6 and text.y < area.top
        ]
        name = max(above, key=lambda text: text.y)
        assert name.x + long(name) <= right + 2


@pytest.mark.parametrize("width", [352, 1232])
def test_a_cell_of_a_heat_table_is_as_high_as_its_row(width: int):
    ((_, drawing),) = drawings(show("theme=effects&view=heat"), width)
    for mark in drawing.marks:
        (row,) = (
            area
            for area in drawing.rows
            if area.top < mark.y < area.bottom and mark.panel in area.panels
        )
        box = mark.shape.box
        # Over the first of a panel alone stands a line that says so.
        headed = any(
            text.content.startswith("Only in") and row.top < text.y < box.top
            for text in drawing.texts
        )
        assert row.bottom - box.bottom < 7
        # On a phone the name of the row stands over its cells, where it has no room beside them.
        named = any(row.top < text.y < box.top for text in drawing.texts)
        assert box.top - row.top < (35 if headed or (named and width < NARROW) else 7)


def test_a_heat_table_of_few_panels_takes_the_width_of_the_page():
    ((_, drawing),) = drawings(show("theme=effects&view=heat"), 1232)
    assert max(box.right for box in tiles(drawing)) > 1200


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
def test_the_picture_of_a_table_has_no_colours_and_its_figures_in_line(size: str):
    picture, _ = pictured("theme=drivers&view=table", size)
    drawing = picture.drawing
    assert {mark.colour for mark in drawing.marks} == {GROUND}
    assert not any(isinstance(box.fill, Heat) for box in drawing.boxes)
    said = " ".join(text.content for text in drawing.texts)
    assert "Outlined" not in said
    ends: dict[tuple[int, float], set[float]] = {}
    for mark in drawing.marks:
        (figure,) = (
            text
            for text in drawing.texts
            if "%" in text.content
            and mark.shape.box.left < text.x <= mark.shape.box.right
            and mark.shape.box.top < text.y < mark.shape.box.bottom
        )
        assert figure.runs[0].bold
        ends.setdefault((mark.panel, mark.shape.box.left), set()).add(figure.x)
        if "> " in figure.content:
            assert ">: the source says" in said or "or >: the source says" in said
    assert all(len(each) == 1 for each in ends.values())
