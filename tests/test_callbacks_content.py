"""What the page holds after a change: links, tables, charts, pictures."""

from __future__ import annotations

import json

import brotli
import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import charts, handlers
from dashboard import selection as addresses
from dashboard.charts.labels import figure
from dashboard.layout import choices, controls, messages
from dashboard.layout.page import page as frame
from dashboard.layout.to_html import HTML, to_html
from dashboard.selection import default, parse_page
from tests.support import views
from tests.support.components import components, said
from tests.support.page_changes import links, update
from tests.support.views import HOME, QUESTIONS, READY_VIEWS, show

BUDGET = 25_000
"""Bytes of a filter change as it is sent."""


@pytest.mark.parametrize(
    "query", ["", "view=change", "split=group", "country=none&theme=none", "view=table&edition=all"]
)
def test_every_link_of_the_page_is_a_canonical_address(query):
    state, known = update(f"?{query}"), views.vocabulary()
    for address in links([state["content"], state["filters"].chips]).values():
        assert addresses.page_query(parse_page(address, known).selection, known) == address


def test_all_indicators_are_one_click_away():
    ways = links(update("?theme=drivers&country=DK~SE")["content"])
    assert ways["Show all 25 indicators"] == "theme=drivers&country=DK~SE&more=drivers"
    assert (
        links(update("?theme=drivers&country=DK~SE&more=drivers")["content"])[
            "Show fewer indicators"
        ]
        == "theme=drivers&country=DK~SE"
    )


@pytest.mark.parametrize(
    "query",
    [
        "",
        "view=dots&by=sector",
        "view=heat",
        "view=table",
        "view=change",
        "split=group&by=indicator",
    ],
)
def test_every_drawn_figure_stands_in_a_table_with_its_source(query):
    shown = show(query)
    for section in shown.sections:
        (made,) = handlers.table(views.context(f"?{query}"), section.theme)
        figures = {
            getattr(each, "data-opens"): said(each)
            for each in components(made)
            if hasattr(each, "data-opens")
        }
        assert figures == {
            str(value.observation.position): figure(views.loc(), value) for value in section.values
        }
        notes = {(said(each), each.href) for each in components(made) if type(each).__name__ == "A"}
        sources = (views.loc().dataset.sources[v.observation.source_id] for v in section.values)
        assert notes == {
            (f"{each.publisher}: {each.title}", each.url) for each in sources if each.url
        }


def test_a_table_names_each_column_and_can_be_read_without_scripts():
    (made,) = handlers.table(views.context("?theme=drivers&country=DK~SE"), "drivers")
    parts = list(components(made))
    assert not [each for each in parts if type(each).__name__ == "Button"]
    headings = [said(each) for each in parts if getattr(each, "role", "") == "columnheader"]
    rows = [each for each in parts if type(each).__name__ == "Tr"][1:]
    for row in rows:
        name, *cells = row.children
        assert (name.scope, name.role, bool(said(name))) == ("row", "rowheader", True)
        for cell, heading in zip(cells, headings[1:], strict=True):
            # An interval is named in short, which is said once above; a range says itself what it is.
            names = (heading, "95%:" if "95%" in heading else heading)
            assert getattr(cell, "data-name") in names or said(cell).startswith("possible range ")
        assert all(said(cell) for cell in cells)


def test_the_table_under_a_chart_and_the_table_instead_of_one_are_the_same():
    (under,) = handlers.table(views.context("?theme=effects&country=DK"), "effects")
    tree = update("?theme=effects&country=DK&view=table")["content"]
    assert not [each for each in components(tree) if type(each).__name__ == "Graph"]
    (instead,) = [
        getattr(each, "data-html")
        for each in components(tree)
        if 'class="figures"' in getattr(each, "data-html", "")
    ]
    assert instead == to_html(under, HTML)


def test_there_is_no_table_of_a_theme_that_is_not_shown():
    assert not handlers.table(views.context("?theme=drivers"), "effects")


@pytest.mark.parametrize("width", [None, 0, 10, 328, 960, 1e9])
def test_any_width_of_the_browser_is_drawn_sensibly(width):
    tree = update("?theme=drivers&country=DK~SE", width=width)["content"]
    (graph,) = [each for each in components(tree) if type(each).__name__ == "Graph"]
    assert 280 <= graph.figure["layout"]["width"] <= charts.WIDEST


def test_a_change_of_which_no_indicator_has_two_editions_still_opens():
    state = update("?theme=effects&country=SE&split=group&view=change")
    assert "Sweden" in said(state["content"]) or "No figure" in said(state["content"])


@pytest.mark.parametrize(("size", "shape"), [("slide", (1600, 900)), ("screen", None)])
def test_a_picture_of_a_theme(size, shape):
    made = handlers.picture(
        views.context(READY_VIEWS["drivers"], public_url="https://example.org"),
        "drivers",
        size,
        900,
    )
    assert set(made) >= {"figure", "width", "height", "name"}
    assert (made["width"], made["height"]) == (
        made["figure"]["layout"]["width"],
        made["figure"]["layout"]["height"],
    )
    assert shape is None or (made["width"], made["height"]) == shape
    (texts,) = (trace for trace in made["figure"]["data"] if trace.get("mode") == "text")
    text = " ".join(texts["text"]).replace("&amp;", "&")
    assert f" example.org/?{READY_VIEWS['drivers']}" in text
    assert views.index().dataset.release in text


@pytest.mark.parametrize("theme", ["effects", "nonsense", ""])
def test_no_picture_of_a_theme_that_is_not_shown(theme):
    assert handlers.picture(views.context("theme=drivers"), theme, "slide", 900) is None


@pytest.mark.parametrize("query", ["", *READY_VIEWS.values()])
def test_an_answer_is_small(query):
    state = update(f"?{query}")
    told = state["filters"].to_json(views.loc())
    sent = json.dumps(state | {"filters": told}, cls=PlotlyJSONEncoder).encode()
    assert len(brotli.compress(sent, quality=5)) <= BUDGET


def test_every_filter_has_its_control_on_the_page():
    usual = default(views.vocabulary())
    tree = frame(
        views.index().dataset,
        views.loc(),
        choices.ready_views(views.vocabulary(), views.loc(), usual),
    )
    known = {
        getattr(each, "id", None)
        for each in components(tree)
        if isinstance(getattr(each, "id", None), str)
    }
    assert {each.id for each in controls.inputs()} <= known
    assert {getattr(each, "data-choose", None) for each in components(tree)} >= {
        *(f"{name}:all" for name in ("country", "sector", "theme")),
        *(f"{name}:none" for name in controls.with_shortcuts()),
    }
    assert {"", *QUESTIONS.values()} - {HOME} <= set(links(tree).values())
    for group in (each for each in components(tree) if type(each).__name__ == "Fieldset"):
        assert type(group.children[0]).__name__ == "Legend"


def test_nothing_to_tell_is_no_message():
    assert messages.unused((), views.loc()) == []
