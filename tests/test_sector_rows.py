"""Bars and dots by country: each row is of one sector, and of bars says so beside its marks: no whole stands beside a part."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, groupby, pairwise

import pytest
from hypothesis import given, settings

from dashboard.charts import told
from dashboard.charts.band_rows import dashed, runs
from dashboard.charts.drawing import Drawing
from dashboard.charts.text import headed, width
from dashboard.comparability import ALL, NO, breaks_between, verdict
from dashboard.query import Header, Row, Section, Stratum, Value
from dashboard.query.since import changed_since
from dashboard.selection import LANGUAGES
from dashboard.text import breaks, unlike
from tests.support import views
from tests.support.drawings import QUERIES, drawings, panels_of, variant
from tests.support.sheets import picture

CHARTS = ("bars", "dots")
WIDE, PAGE, NARROW = 1232, 1200, 358


def of_sectors(section: Section) -> bool:
    """Whether panels are countries: groups stand in panels of a sector."""
    return not any(isinstance(panel.header, Stratum) for panel in section.panels)


def beside(drawing: Drawing, row: int, name: str) -> bool:
    """Whether a text that begins as a name does stands on each line of the marks of a row."""
    lines = {mark.y for mark in drawing.marks if mark.row == row}
    named = [text.y for text in drawing.texts if text.content.startswith(name.split(" ")[0])]
    return all(any(abs(y - line) < 3 for y in named) for line in lines)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("edition", ["latest", "all"])
def test_a_row_holds_one_sector_and_of_the_newest_one_figure_a_panel(chart, edition):
    for query in QUERIES:
        for section in variant(query, chart=chart, by="country", editions=edition).sections:
            if not of_sectors(section):
                continue
            assert section.sectors_apart
            for row in section.rows:
                assert len({value.population for value in row.values}) == 1
                answers = [(v.respondents, v.observation.response) for v in row.values]
                assert len(answers) == len(set(answers))
            names = [row.header for row in section.rows]
            assert len(list(groupby(names))) == len(set(names))


@pytest.mark.parametrize("chart", CHARTS)
def test_no_whole_stands_over_parts_of_a_later_edition(chart):
    """Sweden's 81 % of 2016-18 over 54, 65 and 64 % of 2019-20 would be a total above all its parts."""
    wholes = 0
    for query in QUERIES:
        for section in variant(query, chart=chart, by="country").sections:
            above: dict[tuple[Header, Header], int] = {}
            for row in section.rows if section.sectors_apart else ():
                for value in row.values:
                    where, end = (row.header, value.respondents), value.survey.period_end or 0
                    if value.observation.sector == ALL:
                        above[where] = end
                        wholes += 1
                    else:
                        assert above.get(where, end) >= end, where
    assert wholes > 20


@given(views.selections_of(lambda each: each))
@settings(max_examples=30)
def test_rows_of_sectors_hold_the_figures_that_a_table_holds(selection):
    """Whatever is chosen, nothing is lost and nothing stands twice."""
    asked = replace(selection, by="country", comparable=False, expanded=selection.themes)
    shown, table = (views.of(replace(asked, chart=chart)) for chart in ("dots", "heat"))
    for section, other in zip(shown.sections, table.sections, strict=True):
        positions = [value.observation.position for value in section.values]
        assert sorted(positions) == sorted({value.observation.position for value in other.values})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_says_its_sector_on_the_line_of_its_marks(language):
    loc = views.store().newest.localizer(language)
    for query in ("theme=drivers", "theme=collaboration"):
        for section, drawing in drawings(variant(query, chart="bars"), WIDE, language):
            for at, row in enumerate(section.rows):
                name = loc.header(row.values[0].population)
                assert beside(drawing, at, name), (query, row.header, name)
            inside = {
                text.content
                for text in drawing.texts
                for area in drawing.panels
                if area.left < text.x < area.right and area.top < text.y < area.bottom
            }
            assert not inside & set(map(loc.header, section.series))


@pytest.mark.parametrize("chart", ["bars"])
def test_on_a_narrow_canvas_country_and_sector_stand_over_each_mark_of_several_countries(chart):
    loc = views.loc()
    for section, drawing in drawings(variant("theme=drivers", chart=chart), NARROW):
        said = 0
        for at, row in enumerate(section.rows):
            for panel, cell in enumerate(row.cells):
                if not cell.values:
                    continue
                name = loc.header(cell.values[0].population)
                marks = [m for m in drawing.marks if (m.row, m.panel) == (at, panel)]
                over = [text.content for text in drawing.texts if 0 < marks[0].y - text.y < 30]
                stacked = any(panel in run and len(run) > 1 for run in runs(section))
                assert any(name in text for text in over)
                country = loc.label("country", cell.values[0].respondents.country)
                assert stacked == any(text.startswith(country) for text in over)
                said += stacked
        assert said > 8


def test_what_managers_say_of_the_whole_stands_behind_what_workplaces_say_under_names_of_its_own():
    for query in ("theme=drivers", "theme=collaboration", "theme=innovation"):
        for wide in (920, WIDE, 1880):
            for section, drawing in drawings(variant(query, chart="bars"), wide):
                held = panels_of(section, drawing)
                read = [section.panels[at].header.level for at in held]
                assert len(list(groupby(read))) == len(set(read)) > 1
                for one, other in combinations(range(len(held)), 2):
                    left, right = drawing.panels[one], drawing.panels[other]
                    # Panels that share names are so near.
                    if left.top == right.top and 0 < right.left - left.right < 40:
                        assert read[one] == read[other]


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects"])
def test_panels_alone_on_their_line_stand_in_two_columns_of_like_height(theme):
    """Other respondents began a line of their own, so that half of what stood above it was empty."""
    for _, drawing in drawings(variant(f"theme={theme}", chart="bars"), PAGE):
        last = drawing.bands[-1]
        ends: dict[float, float] = {}
        for area in drawing.panels:
            if area.top > last.top:
                ends[area.left] = max(ends.get(area.left, 0.0), area.bottom)
        left, right = ends.values()
        assert abs(left - right) < (last.bottom - last.top) / 5


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects"])
def test_what_a_country_alone_has_stands_in_a_panel_of_its_own_and_leaves_no_column_empty(theme):
    """Three countries count shares of innovations; what one alone has of these stood over two empty columns."""
    loc = views.loc()
    for section, drawing in drawings(variant(f"theme={theme}", chart="bars"), WIDE):
        held, written = panels_of(section, drawing), {text.content for text in drawing.texts}
        holders: dict[tuple[Header, int], set[int]] = {}
        for row in section.rows:
            for at, cell in enumerate(row.cells):
                if cell.values:
                    holders.setdefault((row.header, section.panels[at].part), set()).add(at)
        again = [area for area, panel in enumerate(held) if panel in held[:area]]
        assert again
        parted = {held[area] for area in again}
        for mark in drawing.marks:
            panel = held[mark.panel]
            shared = holders[section.rows[mark.row].header, section.panels[panel].part]
            assert panel not in parted or (len(shared) > 1) == (mark.panel not in again)
        headed = {f"More from {loc.header(section.panels[held[area]].header)}" for area in again}
        assert {text for text in written if text.startswith("More from")} == headed


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_edition_alone_has_is_headed_by_its_period(language):
    loc = views.store().newest.localizer(language)
    shown = variant("theme=drivers&edition=all", chart="bars", by="country")
    ((section, drawing),) = drawings(shown, PAGE, language)
    held = panels_of(section, drawing)
    again = [at for at, panel in enumerate(held) if panel in held[:at]]
    assert again
    for at in again:
        area, survey = drawing.panels[at], section.values_of(section.panels[held[at]])[0].survey
        head = " ".join(
            text.content
            for text in drawing.texts
            if area.left <= text.x <= area.right and 0 < area.top - text.y < 110
        )
        assert loc.period(survey) in head


def test_what_would_stand_alone_in_two_columns_takes_both():
    """Where no other panel is one of a single country, five indicators of Denmark alone had an empty half beside them."""
    shown = variant("theme=collaboration&country=DK~NO~IS", chart="bars")
    ((section, drawing),) = drawings(shown, PAGE)
    held = panels_of(section, drawing)
    again = [at for at, panel in enumerate(held) if panel in held[:at]]
    areas = [drawing.panels[at] for at in again]
    assert len({area.left for area in areas}) == len(areas) == 2
    assert areas[0].top == pytest.approx(areas[1].top)
    first, second = ([m.percent for m in drawing.marks if m.panel == at] for at in again)
    assert [*first, *second] == sorted([*first, *second], reverse=True)


def test_percentages_of_bands_side_by_side_stand_on_one_line():
    pairs = 0
    for query in ("theme=drivers", "theme=collaboration", "theme=effects"):
        for _, drawing in drawings(variant(query, chart="bars"), WIDE):
            for band in drawing.bands:
                tops: dict[float, list[float]] = {}
                for area in drawing.panels:
                    if band.top < area.top < band.bottom:
                        tops.setdefault(area.left, []).append(round(area.top, 1))
                assert len(set(map(min, tops.values()))) == 1, query
                pairs += band.in_blocks and len(tops) > 1
    assert pairs > 2


def bars_a_comparison(row: Row) -> bool:
    """Whether two figures of one kind of respondents and base in a row must not be compared, for more than lies open."""
    dataset, thresholds = views.index().dataset, views.index().thresholds
    return any(
        reason.verdict == NO and reason.kind not in ("sector", "part", "answer")
        for one, other in combinations(row.values, 2)
        if one.respondents.level == other.respondents.level
        and one.observation.base == other.observation.base
        for reason in verdict(dataset, one.observation, other.observation, thresholds).reasons
    )


def test_the_sign_stands_at_the_rows_that_hold_what_must_not_be_compared_and_at_no_other():
    signs = 0
    for query in ("theme=drivers", "theme=collaboration", "theme=innovation"):
        for section, drawing in drawings(variant(query, chart="bars"), WIDE):
            expected = sum(map(bars_a_comparison, section.rows))
            assert [bool(row.obstacles) for row in section.rows] == list(
                map(bars_a_comparison, section.rows)
            )
            written = sum(unlike.SIGN in text.content for text in drawing.texts)
            assert written == (expected if unlike.signed(section) else 0)
            signs += written
    assert signs > 1


def breaks_before(section: Section, value: Value, panel: int) -> set[str]:
    """What changed between a figure and earlier ones on its indicator in its panel, of whichever sector."""
    return {
        found.changed
        for row in section.rows
        for other in row.cells[panel].values
        if other.measure == value.measure
        and (other.survey.period_end or 0) < (value.survey.period_end or 0)
        for found in breaks_between(views.index().dataset, other.observation, value.observation)
    }


def changes_of(section: Section) -> list[list[set[str]]]:
    """Of each row what changed before each of its figures."""
    return [
        [
            breaks_before(section, value, panel)
            for panel, cell in enumerate(row.cells)
            for value in cell.values
        ]
        for row in section.rows
    ]


@pytest.mark.parametrize("wide", [NARROW, WIDE])
@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects", "innovation"])
def test_a_row_says_what_changed_since_earlier_rows_of_its_indicator_and_country(theme, wide):
    for section, drawing in drawings(variant(f"theme={theme}", chart="bars"), wide):
        changed = [set().union(*found) for found in changes_of(section)]
        for kind in ("question", "definition", "coverage"):
            said = sum(f"{kind}\u00a0changed" in text.content for text in drawing.texts)
            assert said == sum(kind in each for each in changed), (kind, theme)
        if theme == "collaboration":
            assert sum("question" in each for each in changed) == 3


def test_a_change_is_told_in_every_language_and_how_under_the_chart():
    shown = variant("theme=collaboration", chart="bars")
    words = {
        "en": "question changed",
        "da": "spørgsmålet ændret",
        "nb": "spørsmålet endret",
        "sv": "frågan ändrad",
        "fi": "kysymys muuttunut",
    }
    assert set(words) == set(LANGUAGES)
    for language, phrase in words.items():
        ((section, drawing),) = drawings(shown, WIDE, language)
        said = " ".join(text.content for text in drawing.texts).replace("\u00a0", " ")
        assert said.count(phrase) == 3
        loc = views.store().newest.localizer(language)
        (how,) = {
            found for found in loc.dataset.breaks if found.break_id == "dk-collaboration-2020"
        }
        assert loc.broken(how) in breaks.in_panels(loc, section)


def test_where_the_earlier_rows_are_left_out_nothing_is_said_of_a_change():
    (section,) = variant("theme=collaboration", chart="bars").sections
    dataset = views.index().dataset
    newest = max(value.survey.period_end or 0 for value in section.values)
    kept = [row for row in section.rows if all(v.survey.period_end == newest for v in row.values)]
    assert changed_since(dataset, section)
    assert kept
    assert not changed_since(dataset, replace(section, rows=tuple(kept)))


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects", "innovation"])
def test_a_picture_leaves_no_country_blank_that_has_a_figure_of_an_indicator(theme, size):
    """Rows of an indicator give way together: a dash says that there is no figure, not that it had no room."""
    _, whole, made = picture(f"theme={theme}&view=bars", size)
    held = {
        (row.header, panel.header, panel.line)
        for row in whole.rows
        for panel, cell in zip(whole.panels, row.cells, strict=True)
        if cell.values
    }
    shown = {
        (row.header, panel.header, panel.line)
        for row in made.section.rows
        for panel, cell in zip(made.section.panels, row.cells, strict=True)
        if cell.values
    }
    drawn = {
        (row.header, each.header, each.line)
        for row in made.section.rows
        for each in made.section.panels
    }
    assert held & drawn == shown
    denied = {(row.header, made.section.panels[at].header) for row, at in dashed(made.section)}
    assert denied.isdisjoint((row, whose) for row, whose, _ in held)


def test_where_not_all_have_room_a_whole_stands_for_its_parts_unless_they_have_a_partner():
    _, whole, made = picture("theme=drivers", "slide")
    dropped = told.parts(whole) - {value.observation.position for value in made.section.values}
    assert dropped
    for row in made.section.rows:
        countries = {value.respondents.country for value in row.values}
        for value in row.values:
            if value.observation.position in told.parts(whole):
                assert len(countries) > 1
    _, whole, made = picture("theme=drivers&sector=municipal~state", "slide")
    assert not told.parts(whole)


@pytest.mark.parametrize("size", ["slide", "square"])
def test_a_dash_stays_where_a_picture_cuts_the_row_that_told_of_it(size):
    """What is missing is told in the first row of an indicator, which may be of a sector that has no room; what one country alone has
    stands in a panel of its own."""
    _, whole, made = picture("theme=drivers&view=bars", size)
    shown = {panel.header.country for panel in made.section.panels}
    assert "IS" in shown
    held = {(value.measure, value.respondents.country) for value in whole.values}
    holders = defaultdict(set)
    for value in made.section.values:
        holders[value.measure].add(value.respondents.country)
    shared = {measure for measure, countries in holders.items() if len(countries) > 1}
    missing = {measure for measure in shared if (measure, "IS") not in held}
    dashes = {
        row.header
        for row, at in dashed(made.section)
        if made.section.panels[at].header.country == "IS"
    }
    assert dashes == missing != set()


def test_no_name_of_an_indicator_ends_in_a_line_of_one_short_word():
    """Where its room makes two lines of it, these are about as long."""
    loc, broken = views.loc(), 0
    for theme in ("drivers", "collaboration", "effects"):
        for section, drawing in drawings(variant(f"theme={theme}", chart="bars"), PAGE):
            names = {loc.header(row.header) for row in section.rows}
            written = [text.content for text in drawing.texts]
            for first, second in pairwise(written):
                if f"{first} {second}" in names:
                    broken += 1
                    assert min(len(first), len(second)) > 0.4 * max(len(first), len(second))
    assert broken > 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_broken_that_its_line_holds(language):
    for name in ("Käynnistäjänä henkilöstö", "Tyytyväisempi henkilöstö", "Voluntary organisations"):
        longest = max(width(word, 14) for word in name.split(" "))
        for room in range(round(longest) + 1, round(width(name, 14)) + 1, 3):
            assert " ".join(headed(name, 14, room, bold=False)) == name
    loc = views.store().newest.localizer(language)
    for theme in ("drivers", "effects"):
        made = picture(f"theme={theme}&view=bars", "report", language)[2]
        words = {each for text in made.drawing.texts for each in text.content.split(" ")}
        for row in made.section.rows:
            assert set(loc.header(row.header).split(" ")) <= words
