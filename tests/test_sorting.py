"""Rows stand by value, as published or from A to Z; the blanks among them are counted once."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from hypothesis import given, settings

from dashboard.comparability import ALL
from dashboard.formats.records import entries
from dashboard.layout.table import table_frame
from dashboard.layout.to_html import fragment
from dashboard.query import Measure, Row, Section
from dashboard.selection import chart_names, chart_type
from dashboard.text import missing, statements, verdicts
from tests.support import rich, views
from tests.support.drawings import QUERIES, drawings, variant
from tests.support.views import show

SORTED = ("bars", "dots", "scale", "heat", "table")


def first_panel(row: Row) -> int:
    """The first panel that has a figure in a row."""
    return next(at for at, cell in enumerate(row.cells) if cell.values)


def first_figure(section: Section, row: Row) -> tuple[int, float]:
    """(place of those whose figure it is, figure) of the first figure of a row."""
    panel = first_panel(row)
    owners = list(dict.fromkeys(each.header for each in section.panels))
    return owners.index(section.panels[panel].header), row.cells[panel].values[0].observation.value


def indicators(section: Section, *, shared: bool) -> list[Row]:
    """Of each indicator that several panels share, or one panel alone has, the first of its rows in the first panel, where each is of
    one sector that of all sectors before others."""

    def place(row: Row) -> tuple[int, bool]:
        panel = first_panel(row)
        return panel, section.sectors_apart and row.cells[panel].values[0].observation.sector != ALL

    rows = [row for row in section.rows if (row.only_in is None) == shared]
    return [min(same, key=place) for _, same in groupby(rows, key=lambda row: row.header)]


def test_rows_can_be_sorted_alike_in_all_charts_side_by_side():
    found = {name: chart_type(name).sorts for name in chart_names()}
    assert {found[name] for name in SORTED} == {("value", "published", "name")}
    assert found["change"] == ("published",)


@pytest.mark.parametrize("chart", [each for each in SORTED if each != "dots"])
@pytest.mark.parametrize("query", QUERIES)
def test_rows_descend_by_the_first_panel_and_shared_ones_come_first(query, chart):
    for section in variant(query, chart=chart, by="country", sort="value").sections:
        alone = [row.only_in is not None for row in section.rows]
        assert alone == sorted(alone)
        for shared in (True, False):
            found = [first_figure(section, row) for row in indicators(section, shared=shared)]
            assert found == sorted(found, key=lambda each: (each[0], -each[1]))


def test_rows_of_one_indicator_stay_together():
    for section in variant("theme=innovation~drivers", sort="value").sections:
        headers = [header for header, _ in groupby(row.header for row in section.rows)]
        assert len(headers) == len(set(headers)) < len(section.rows)


def test_which_indicators_a_theme_opens_with_does_not_depend_on_the_order():
    by_value, published = (
        {row.header for row in variant("theme=drivers", sort=sort).sections[0].rows}
        for sort in ("value", "published")
    )
    assert by_value == published


def test_rows_as_published_stand_in_the_order_of_the_data():
    order = list(views.index().dataset.indicators)
    (section,) = variant("theme=effects&country=DK", sort="published").sections
    found = [order.index(row.header.indicator) for row in section.rows]
    assert found == sorted(found)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_rows_from_a_to_z_follow_the_readers_words(language):
    context = views.context(f"theme=drivers&country=DK~SE&sort=name&lang={language}")
    (section,) = context.view.sections
    for shared in (True, False):
        names = [context.loc.header(row.header) for row in indicators(section, shared=shared)]
        assert names == sorted(names, key=str.casefold)
        assert len(names) > 4


@settings(max_examples=40)
@given(rich.selections)
def test_blanks_are_counted_as_the_table_lists_them(selection):
    loc = views.loc()
    for section in views.of(selection).sections:
        listed = [
            missing.blank(loc, each.blank)
            for each in entries(section)
            if each.blank and not section.is_further_answer(each.measure)
        ]
        said = missing.counted(loc, section)
        assert bool(said) == bool(listed)
        for reason in set(listed):
            assert f" {loc.number(listed.count(reason))} {reason}" in said


def test_what_may_not_be_compared_is_told_once():
    (section,) = variant("theme=drivers&country=DK~SE&view=heat").sections
    barred = {row.header for row in section.rows if row.obstacles}
    assert len(barred) == 5
    assert verdicts.apart(views.loc(), section) == (
        "Not all figures can be compared "
        "(yes or no / graded answers; shares of different things; workplaces / management; different sectors)."
    )
    (alone,) = variant("theme=effects&country=IS").sections
    assert all(isinstance(row.header, Measure) for row in alone.rows)
    assert verdicts.apart(views.loc(), alone) == ""
    said = "For none of these indicators can all figures be compared: "
    # The table has several answers of an indicator, each under a heading of its own.
    for query in (
        "theme=drivers&view=dots&by=indicator",
        "theme=drivers&view=heat",
        "theme=drivers&view=table",
    ):
        (section,) = variant(query).sections
        told = "Not all figures can be" if query.endswith("table") else said
        assert verdicts.apart(views.loc(), section).startswith(told), query
    (one,) = variant("concept=collab_any&country=DK~SE&view=heat").sections
    assert verdicts.apart(views.loc(), one) == (
        "Not comparable: shares of different things; whole organisations / workplaces; different sectors."
    )


@pytest.mark.parametrize("theme", ["drivers", "collaboration", "effects"])
@pytest.mark.parametrize("chart", ["table", "heat", "bars"])
def test_the_indicator_of_the_title_stands_first_unless_the_reader_sorted(
    theme: str, chart: str
) -> None:
    def first(query: str) -> set[int]:
        shown = show(f"theme={theme}&view={chart}{query}")
        (section,) = shown.sections
        html = fragment(table_frame(shown, section, views.loc()))
        opens = [int(position) for position in re.findall(r'data-opens="(\d+)"', html)]
        found = views.published()
        return {at for at in opens if found[at]["concept"] == found[opens[0]]["concept"]}

    shown = show(f"theme={theme}&view={chart}")
    named = statements.of_section(views.loc(), shown, shown.sections[0]).positions
    assert len(named) > 1
    assert named <= first("")
    assert not named <= first("&sort=name")


@pytest.mark.parametrize("theme", ["drivers", "effects"])
@pytest.mark.parametrize(("order", "leads"), [("", True), ("&sort=published", False)])
def test_the_row_of_the_title_stands_first_on_a_page_unless_the_reader_sorted(theme, order, leads):
    shown = show(f"theme={theme}&view=heat{order}")
    named = statements.of_section(views.loc(), shown, shown.sections[0]).positions
    ((_, drawing),) = drawings(shown, 1232)
    first = min(drawing.marks, key=lambda mark: mark.y).row
    assert ({mark.row for mark in drawing.marks if mark.position in named} == {first}) == leads
