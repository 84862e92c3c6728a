"""What a picture draws where it has no room for all: what may be compared stays longest, what is left out is counted, each figure once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, groupby

import pytest

from dashboard import charts
from dashboard.charts import told
from dashboard.comparability import ALL, NO, verdict
from dashboard.query import Measure, Row, Section, Value, View
from dashboard.query.types import about
from dashboard.selection import LANGUAGES
from dashboard.text import findings, pictures, statements
from tests.support import views
from tests.support.sheets import VIEWS, foot, on_sheet, picture, questions

LONGEST, NARROW = 100, ("square", "tall")
"""Letters of a title that has room on every sheet, and sheets without room for a longer one."""


def spread(row: Row) -> float:
    values = [value.observation.value for value in row.values]
    return max(values) - min(values)


@pytest.mark.parametrize(
    ("query", "size", "expected"),
    [
        # A preview shows what may be compared, Denmark and Iceland, where a slide has room for what one sees why it may not.
        ("theme=drivers", "og", {"DK", "IS"}),
        ("theme=drivers", "slide", {"DK", "NO"}),
        ("theme=drivers&country=DK~NO", "og", {"DK", "NO"}),
        ("theme=drivers&country=DK~NO", "slide", {"DK", "NO"}),
    ],
)
def test_figures_that_may_not_be_compared_give_way_to_those_that_may(query, size, expected):
    """They stand there only in panels of their own base, and only where every row with a comparison of its countries does."""
    shown, whole, made = picture(query, size)
    countries = {each.country for each in made.section.all_respondents}
    assert expected <= countries
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


def indicator(section: Section, row: Row) -> str:
    """What a row is about, of a comparison nothing, whose lines are counted."""
    header = about(row.header) if section.sectors_apart else row.header
    return header.indicator if isinstance(header, Measure) else ""


def countries(positions: Iterable[int]) -> set[str]:
    """Those whose surveys published the figures."""
    return {
        views.surveys()[views.published()[position]["survey_id"]]["country"]
        for position in positions
    }


@pytest.mark.parametrize("size", ["slide", "report", "og", "square"])
def test_what_is_drawn_is_counted_of_what_the_page_shows(size):
    published = views.published()
    for query in (*questions(), *VIEWS):
        _, whole, made = picture(query, size)
        drawn = {mark.position for mark in made.drawing.marks if mark.position is not None}
        page = {value.observation.position for value in whole.values}
        about = {published[at]["concept"] for at in drawn}
        counted = {
            "indicators": (len(about), whole.indicators_total),
            "figures": (len(drawn), sum(published[at]["concept"] in about for at in page)),
            "countries": (len(countries(drawn)), len(countries(page))),
        }
        written = foot(made.drawing)
        for noun, (shown, total) in counted.items():
            said = re.search(rf"(\d+) of (\d+) {noun}\b", written)
            claimed = (int(said[1]), int(said[2])) if said else (total, total)
            assert claimed == (shown, total), (query, noun)


@pytest.mark.parametrize("size", charts.SHEETS)
def test_no_figure_stands_twice_but_in_comparisons(size):
    for query in VIEWS:
        drawing = picture(query, size)[2].drawing
        positions = [mark.position for mark in drawing.marks if mark.position is not None]
        assert len(positions) == len(set(positions)), query


@pytest.mark.parametrize("size", ["square", "slide"])
def test_a_small_picture_over_time_keeps_the_first_indicator(size):
    for query, first in (
        ("theme=innovation&view=change", "Introduced at least one innovation"),
        ("theme=collaboration&view=change", "Partner outside the workplace"),
    ):
        written = " ".join(text.content for text in picture(query, size)[2].drawing.texts)
        # A title says it as a part of its sentence.
        assert first.casefold() in written.casefold()


def test_a_report_of_several_countries_over_time_is_about_one_indicator():
    _, whole, made = picture("theme=innovation&view=change", "report")
    (measure,) = {value.measure for value in made.section.values}
    assert measure == whole.rows[0].header
    countries = {value.respondents.country for value in made.section.values}
    assert countries == {value.respondents.country for value in whole.values}


def compares(shown: View, values: list[Value], countries: set[str]) -> bool:
    """Whether two of some figures, of different ones of some countries and of one base, may be compared but for what is seen."""
    figures = [v.observation for v in values if v.respondents.country in countries]
    return any(
        one.country != other.country
        and one.base == other.base
        and verdict(views.index().dataset, one, other, shown.thresholds).beyond_visible_differences
        != NO
        for one, other in combinations(figures, 2)
    )


@pytest.mark.parametrize("size", ["slide", "report", "square"])
@pytest.mark.parametrize("chart", ["bars"])
@pytest.mark.parametrize("theme", ["drivers", "effects"])
def test_what_may_be_compared_stays_longest(theme, chart, size):
    """A line without a comparison stands only where every comparison of the countries drawn does, and such lines are the fewer.

    That all lines are of several countries is no rule: no more gives way than has no room (docs/pictures.md), so that the room
    which the last comparison leaves has a line more, not white.
    """
    shown, whole, made = picture(f"theme={theme}&view={chart}", size)
    countries = {each.country for each in made.section.all_respondents}
    assert {"DK", "NO"} <= countries
    drawn = {row.header for row in made.section.rows}
    compared = {
        header
        for header, rows in groupby(whole.rows, key=lambda row: row.header)
        if compares(shown, [value for row in rows for value in row.values], countries)
    }
    assert len(compared) > 3
    assert len(drawn & compared) > 1
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
    assert {*small.section.values} == {*everything.sections[0].values}
    assert small.drawing.height > charts.SHEETS["report"].height
    _, whole, cut = picture("theme=drivers", "report")
    assert cut.section.values != whole.values
    shown = {each.country for each in cut.section.all_respondents}
    assert shown == {each.country for each in whole.all_respondents}
    assert len(shown) == 6


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "strategy", "diffusion"])
def test_a_slide_of_an_answer_scale_shows_several_indicators(theme):
    _, whole, made = picture(f"theme={theme}&view=scale", "slide")
    assert len(made.section.rows) >= min(2, len(whole.rows))
    end = made.drawing.bands[-1].bottom
    assert end >= 0.8 * made.drawing.height


@pytest.mark.parametrize("chart", ["heat", "table", "bars", "dots"])
@pytest.mark.parametrize("theme", ["drivers", "effects", "collaboration"])
def test_a_preview_shows_several_indicators_and_no_figures_that_may_not_be_compared(theme, chart):
    """First that of the title, with a figure of every country; sectors stand in columns of their own."""
    shown, _, made = picture(f"theme={theme}&view={chart}", "og")
    assert len(made.section.rows) >= (2 if chart in ("heat", "table") else 1)
    first, *_ = made.section.rows
    assert all(cell.values for cell in first.cells)
    for row in made.section.rows:
        wholes = (v.observation for v in row.values if v.observation.sector == "all")
        for one, other in combinations(wholes, 2):
            assert verdict(views.index().dataset, one, other, shown.thresholds).kind != NO
        assert row.obstacles == ()


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_scale_shows_the_row_of_its_title_and_then_the_first_indicator_of_its_theme(
    size, language
):
    shown, whole, made = picture("theme=innovation&view=scale", size, language)
    first, *others = [row.header.indicator for row in made.section.rows]
    assert first == "core_task"
    assert "innovative_workplaces" in others or size == "og"
    assert pictures.title(views.loc(), shown, made.section) == pictures.title(
        views.loc(), shown, whole
    )
    assert on_sheet(made.drawing, size)


@pytest.mark.parametrize("view", ["bars", "dots"])
def test_of_as_many_comparisons_a_square_draws_those_of_one_base_unless_countries_were_asked_for(
    view,
):
    made = picture(f"theme=drivers&view={view}", "square")[2]
    assert len({panel.part for panel in made.section.panels}) == 1
    # Beside a line of two countries the lone figure of a third stands on its own.
    more = {"NL"} if view == "dots" else set()
    assert {each.country for each in made.section.all_respondents} == {"DK", "NO", "IS", *more}
    asked_for = picture(f"theme=drivers&country=DK~NO~FI&view={view}", "square")[2]
    assert {each.country for each in asked_for.section.all_respondents} == {"DK", "NO", "FI"}


@pytest.mark.parametrize("size", charts.SHEETS)
@pytest.mark.parametrize("chart", ["heat", "table", "bars", "dots"])
@pytest.mark.parametrize("theme", ["drivers", "effects", "collaboration"])
def test_the_title_is_that_of_the_page_at_every_size_and_its_row_stands_first(theme, chart, size):
    shown, whole, made = picture(f"theme={theme}&view={chart}", size)
    found = statements.of_section(views.loc(), shown, whole)
    named = found.positions
    assert len(named) > 1
    told = findings.title_of(views.loc(), shown).replace("\u00a0", " ")
    if chart == "dots" and len(told) > LONGEST:
        # In fewer words where so many have no room.
        told = found.forms[1].replace("\u00a0", " ") if size in NARROW else told
    written = " ".join(text.content for text in made.drawing.texts).replace("\u00a0", " ")
    assert written.startswith(told)
    assert named <= {value.observation.position for value in made.section.rows[0].values}


def test_rows_that_are_asked_for_by_name_keep_their_order():
    _, whole, made = picture("theme=collaboration&view=bars&sort=name", "slide")
    drawn = list(dict.fromkeys(row.header for row in made.section.rows))
    assert drawn == list(dict.fromkeys(row.header for row in whole.rows if row.header in drawn))
    _, _, usual = picture("theme=collaboration&view=bars", "slide")
    assert usual.section.rows[0].header != drawn[0]


def test_countries_that_were_asked_for_stay_beside_each_other():
    made = picture("theme=drivers&country=DK~SE", "slide")[2]
    assert {each.country for each in made.section.all_respondents} == {"DK", "SE"}


@pytest.mark.parametrize("view", ["bars", "dots"])
@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_no_row_of_one_country_in_doubt_stands_beside_comparisons_where_others_give_way(view, size):
    _, whole, made = picture(f"theme=drivers&view={view}", size)
    assert len(made.section.rows) < len(whole.rows)
    for row in made.section.rows:
        alone = len({value.respondents.country for value in row.values}) == 1
        assert not (alone and any(v.observation.status == "inferred" for v in row.values)), row


@pytest.mark.parametrize("size", ["slide", "report", "og", "square", "wide", "tall", "print"])
@pytest.mark.parametrize("chart", ["heat", "table"])
@pytest.mark.parametrize("theme", ["drivers", "effects", "collaboration", "conditions", "strategy"])
def test_no_dash_denies_a_figure_of_a_column_that_is_left_out(theme, chart, size):
    shown, whole, made = picture(f"theme={theme}&view={chart}", size)
    named = pictures.named(views.loc(), shown, whole)
    held = {
        (row.header, panel.header)
        for row in whole.rows
        for panel, cell in zip(whole.panels, row.cells, strict=True)
        if cell.values
    }
    drawn = {panel.header for panel in made.section.panels}
    for row in made.section.rows:
        if named & {value.observation.position for value in row.values}:
            continue
        stand = {value.respondents for value in row.values}
        assert not {who for who in drawn - stand if (row.header, who) in held}


def test_a_column_stays_that_holds_more_comparisons_than_another_country_beside_it():
    """Denmark's two columns stay in a square, whatever room Finland's figures have, of another thing; a preview leaves out the rows."""
    made = picture("theme=effects&view=heat", "square")[2]
    held = [(panel.header.country, panel.base) for panel in made.section.panels]
    assert [each for each in held if each[0] != "FI"] == [
        ("DK", "innovative_workplaces"),
        ("DK", "innovations"),
        ("NO", "innovations"),
        ("IS", "innovations"),
    ]
    small = picture("theme=effects&view=heat", "og")[2]
    assert [row.header.indicator for row in small.section.rows] == [
        "effect_efficiency",
        "effect_citizen_involvement",
    ]
    shown = (
        "Shown: 2 of 7 indicators with 3 of 6 figures, 2 of 4 countries; more at the address below."
    )
    assert shown in foot(small.drawing).replace("\u00a0", " ")


@pytest.mark.parametrize("size", ["slide", "square", "report"])
def test_columns_that_few_rows_fill_give_way_before_rows_do(size):
    """Denmark's sectors have figures of one of the rows that its total is in; each row keeps its figure of all sectors."""
    made = picture("theme=drivers&view=table", size)[2]
    (denmark,) = (each for each in made.section.panels if each.header.country == "DK")
    assert [each.sector for each in denmark.series] == [ALL]
    # Finland and the Netherlands would have one figure each in a column of dashes; Sweden has a block of its own where it has room.
    countries = {"DK", "NO", "IS"} | ({"SE"} if size == "report" else set())
    assert told.countries(made.section.values) == countries
    assert re.search(r"with \d+ of \d+ figures", foot(made.drawing))


def test_sectors_that_were_asked_for_keep_their_columns():
    made = picture("theme=drivers&view=table&sector=all~municipal", "slide")[2]
    (denmark,) = (each for each in made.section.panels if each.header.country == "DK")
    assert {each.sector for each in denmark.series} >= {ALL, "municipal"}


def test_of_two_panels_of_one_indicator_and_country_the_one_on_fewer_answers_gives_way_first():
    """Of the needs of users Swedish workplaces have 821 and 208 answers, their management 11 to 99."""
    _, whole, made = picture("theme=drivers&view=dots", "report")

    def answers(section: Section) -> list[int | None]:
        return sorted(
            value.observation.n
            for value in section.values
            if value.respondents.country == "SE" and value.measure.indicator == "driver_users"
        )

    assert answers(made.section) == [208, 821]
    assert len(answers(whole)) == 5


def test_a_low_row_of_each_country_stays_before_further_sectors():
    made = picture("theme=collaboration", "slide")[2]
    assert told.countries(made.section.values) == {"DK", "NO", "IS"}
    assert len({value.measure.indicator for value in made.section.values}) == 2
