"""The callbacks as plain functions: an address or a touched filter in, the whole page out."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import brotli
import pytest
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

from dashboard import handlers
from dashboard import selection as addresses
from dashboard.layout import choices, content, controls, ids
from dashboard.layout.page import page as frame
from dashboard.selection import default, parse
from tests.support import views
from tests.support.components import components, said
from tests.support.views import READY_VIEWS, select, show

BUDGET = 25_000
"""Bytes of a filter change as it is sent."""


def update(
    address: str,
    *,
    values: dict | None = None,
    changed: str = "",
    width: float | None = 960,
    needle: str = "",
) -> dict:
    """The page after a change."""
    return handlers.update(views.context(address), values or {}, width, needle, changed)


def touch(address: str, name: str, value: object) -> dict:
    """The page after one filter of an opened address is set to a value."""
    opened = update(address)
    return update(address, values=opened["values"] | {name: value}, changed=name)


def stripped(tree: object) -> object:
    """A tree as dicts of what matters: what it is, where it leads and what it holds."""
    if isinstance(tree, list | tuple):
        return [stripped(each) for each in tree if each is not None]
    if not isinstance(tree, Component):
        return tree
    held = getattr(tree, "children", None)
    found = {
        "is": type(tree).__name__,
        "href": getattr(tree, "href", None),
        "holds": None if held is None else stripped(held),
    }
    return {name: value for name, value in found.items() if value is not None}


def links(tree: object) -> dict[str, str]:
    """Text of each link within the page -> its query."""
    found = [
        each for each in components(tree) if str(getattr(each, "href", "") or "").startswith("/")
    ]
    return {said(each): urlsplit(each.href).query for each in found}


def counts(state: dict, name: str) -> dict[str, str]:
    """Choice -> what stands behind its name."""
    return {
        option["value"]: said(list(components(option["label"]))[-1])
        for option in state["options"][name]
    }


def test_a_first_visit_shows_three_themes_with_a_chart_each():
    state = update("")
    assert state["search"] == ""
    assert state["messages"] == []
    assert "3 themes" in state["status"]
    graphs = [each for each in components(state["content"]) if type(each).__name__ == "Graph"]
    assert [graph.id for graph in graphs] == [
        ids.chart(theme) for theme in ("drivers", "collaboration", "effects")
    ]
    assert state["values"] == state["values"] | {
        "theme": ["drivers", "collaboration", "effects"],
        "country": ["DK", "NO", "SE", "FI", "IS", "NL"],
        "sector": ["all", "municipal", "regional", "municipal_regional", "state"],
        "level": ["workplace", "central"],
        "split": "",
        "view": "bars",
        "by": "country",
        "edition-mode": "latest",
        "edition": [],
        "inferred": ["show"],
        "concept": [],
    }


@pytest.mark.parametrize(
    "query", [*READY_VIEWS.values(), "edition=dk-2015~dk-2023&level=central&split=size&view=table"]
)
def test_an_address_sets_every_filter_and_stays_as_it_is(query):
    state = update(f"?{query}")
    assert state["search"] == f"?{query}"
    known, dataset = views.vocabulary(), views.index().dataset
    assert choices.chosen(state["values"], select(query), known, dataset, "") == select(query)


def test_the_filters_of_an_address():
    values = update(
        "?theme=effects&country=SE&edition=se-2021-workplace&split=group&inferred=hide&view=dots&by=sector"
    )["values"]
    assert (values["theme"], values["country"], values["split"]) == (["effects"], ["SE"], "group")
    assert (values["edition-mode"], values["edition"], values["inferred"]) == (
        "chosen",
        ["se-2021-workplace"],
        [],
    )
    assert (values["view"], values["by"]) == ("dots", "sector")


@pytest.mark.parametrize(
    ("name", "value", "search"),
    [
        ("theme", ["effects"], "?theme=effects"),
        ("theme", [], "?theme=none"),
        ("country", ["SE", "DK"], "?country=DK~SE"),
        ("sector", ["state"], "?sector=state"),
        ("level", ["central"], "?level=central"),
        ("edition-mode", "all", "?edition=all"),
        ("split", "size", "?split=size"),
        ("inferred", [], "?inferred=hide"),
        ("view", "heat", "?view=heat"),
        ("view", "change", "?view=change"),
        ("by", "indicator", "?by=indicator"),
        ("concept", ["driver_users"], "?theme=drivers~collaboration~effects&concept=driver_users"),
    ],
)
def test_each_filter_changes_the_address_and_the_page(name, value, search):
    state = touch("", name, value)
    assert state["search"] == search
    again = update(search)
    assert (again["values"], again["status"]) == (state["values"], state["status"])
    assert json.dumps(again["content"], cls=PlotlyJSONEncoder) == json.dumps(
        state["content"], cls=PlotlyJSONEncoder
    )


def test_a_filter_leaves_the_others_and_what_has_no_control_as_they_are():
    state = touch(
        "?theme=drivers&country=DK~SE&view=dots&more=drivers", "sector", ["municipal", "state"]
    )
    assert (
        state["search"]
        == "?theme=drivers&country=DK~SE&sector=municipal~state&view=dots&more=drivers"
    )


def test_an_address_without_a_touched_filter_speaks_for_itself():
    stale = update("")["values"] | {"country": ["NL"]}
    assert update("?country=DK", values=stale)["values"]["country"] == ["DK"]


def test_choosing_editions_starts_from_those_shown():
    state = touch("?country=DK", "edition-mode", "chosen")
    ticked = state["values"]["edition"]
    assert set(ticked) == {
        survey for survey in views.vocabulary().surveys if survey.startswith("dk-")
    }
    assert state["values"]["edition-mode"] == "chosen"
    assert {option["value"] for option in state["options"]["edition"]} == set(
        views.vocabulary().surveys
    )
    fewer = touch(state["search"], "edition", ["dk-2023"])
    assert fewer["search"] == "?country=DK&edition=dk-2023"
    assert touch(fewer["search"], "edition-mode", "latest")["search"] == "?country=DK"
    assert touch(fewer["search"], "edition", [])["values"]["edition-mode"] == "chosen"


def test_leaving_a_change_over_editions_returns_to_the_newest_figures():
    assert touch("?country=DK&view=change", "view", "bars")["search"] == "?country=DK"
    assert touch("?country=DK&edition=dk-2015~dk-2023&view=change", "view", "dots")["search"] == (
        "?country=DK&edition=dk-2015~dk-2023&view=dots"
    )


def test_a_change_over_editions_does_not_offer_the_newest_alone():
    modes = {option["value"] for option in update("?view=change")["options"]["edition-mode"]}
    assert modes == {"all", "chosen"}
    assert {option["value"] for option in update("")["options"]["edition-mode"]} == {
        "latest",
        "all",
        "chosen",
    }


def test_an_indicator_of_another_theme_brings_its_theme():
    state = touch("?theme=effects", "concept", ["collab_companies"])
    assert parse(state["search"], views.vocabulary()).selection.themes == (
        "collaboration",
        "effects",
    )
    assert state["values"]["concept"] == ["collab_companies"]


def test_typing_in_the_indicator_search_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(*_: object, **__: object) -> None:
        raise AssertionError("a chart was drawn")

    address = "?theme=drivers&country=DK~SE"
    expected = update(address, needle="Artificial intelligence")["options"]["concept"]
    monkeypatch.setattr("dashboard.charts.drawing", drawn)
    found = handlers.indicators(views.context(address), "Artificial intelligence")
    assert said(found) == said(expected)
    assert "ai_used" in {option["value"] for option in found}


def test_the_indicator_search_looks_in_every_theme_and_keeps_what_is_chosen():
    listed = {
        option["value"]: said(option["label"])
        for option in update("", needle="Artificial intelligence")["options"]["concept"]
    }
    assert "ai_used" in listed
    chosen = update("?concept=driver_users", needle="companies")["options"]["concept"]
    assert chosen[0]["value"] == "driver_users"
    assert "collab_companies" in {option["value"] for option in chosen}
    assert update("", needle="zzzz")["options"]["concept"] == []


def test_each_choice_says_how_many_figures_it_has():
    state = update("?theme=drivers&country=DK~SE")
    assert counts(state, "country") | {"DK": "30", "SE": "25", "NL": "2"} == counts(
        state, "country"
    )
    assert counts(state, "sector")["municipal_regional"] == "none"
    assert counts(state, "view")["bars"] == "55"
    effects = update("?theme=effects&country=DK~SE")
    assert counts(effects, "country")["NL"] == "none"
    marked = {
        option["value"]: option["label"].className for option in effects["options"]["country"]
    }
    assert marked["NL"] != marked["DK"]


@pytest.mark.parametrize("name", ["theme", "country", "sector"])
def test_shortcuts_choose_all_or_none(name):
    first = update("")["values"][name][0]
    found = links(update(f"?{name}={first}")["shortcuts"][name])
    everything, nothing = found
    assert (everything.partition(":")[0], nothing.partition(":")[0]) == ("all", "none")
    assert update(f"?{found[nothing]}")["values"][name] == []
    assert len(update(f"?{found[everything]}")["values"][name]) == len(update("")["options"][name])


def test_what_cannot_be_used_is_told_as_text():
    state = update("?country=DK~<script>alert(1)</script>&view=pie")
    assert state["values"]["country"] == ["DK"]
    (alert,) = stripped(state["messages"])
    assert alert["is"] == "Alert"
    assert alert["holds"][0] == {"is": "P", "holds": "Not everything in the address could be used."}
    items = alert["holds"][1]["holds"]
    assert [measure["is"] for measure in items] == ["Li", "Li"]
    assert items[0]["holds"].startswith("“<script>alert(1)</script>” is not a value of “country”")
    assert items[1]["holds"].startswith("“pie” is not a value of “view”")


def test_many_unusable_parts_are_summed_up():
    text = said(update("?" + "&".join(f"x{at}=1" for at in range(25)))["messages"])
    assert "and 15 more." in text


def test_an_empty_view_leads_out():
    tree = update("?theme=drivers&country=DK&level=central")["content"]
    assert "No figure fits this selection" in said(tree)
    ways = links(tree)
    assert ways["Show all respondents (30 figures)"] == "theme=drivers&country=DK"
    assert ways["Reset all filters"] == ""
    assert show(ways["Show all respondents (30 figures)"]).figures == 30


@pytest.mark.parametrize(
    "query", ["", "view=change", "split=group", "country=none&theme=none", "view=table&edition=all"]
)
def test_every_link_of_the_page_is_a_canonical_address(query):
    state = update(f"?{query}")
    for address in links([state["content"], *state["shortcuts"].values()]).values():
        assert addresses.format(select(address), views.vocabulary()) == address


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
        held = json.loads(getattr(made, "data-table"))
        assert set(held) == {"caption", "columns", "rows"}
        assert getattr(made, "aria-label") == held["caption"]
        assert all(len(row) == len(held["columns"]) + 1 for row in held["rows"])
        figures = {row[0]: row for row in held["rows"] if row[0] is not None}
        assert sorted(row[0] for row in held["rows"] if row[0] is not None) == sorted(
            value.observation.position for value in section.values
        )
        for value in section.values:
            source = views.loc().dataset.sources[value.observation.source_id]
            row = figures[value.observation.position]
            assert source.title in row[-1][0]
            assert row[-1][1:] == [source.url, value.observation.locator]
            assert row[5] == views.loc().value(value)


def test_the_table_under_a_chart_and_the_table_instead_of_one_are_the_same():
    (under,) = handlers.table(views.context("?theme=effects&country=DK"), "effects")
    tree = update("?theme=effects&country=DK&view=table")["content"]
    (instead,) = [each for each in components(tree) if hasattr(each, "data-table")]
    assert not [each for each in components(tree) if type(each).__name__ in ("Graph", "Table")]
    assert set(under.available_properties) == set(instead.available_properties)
    assert under.to_plotly_json() == instead.to_plotly_json()
    assert (instead.role, instead.tabIndex) == ("region", 0)


def test_there_is_no_table_of_a_theme_that_is_not_shown():
    assert not handlers.table(views.context("?theme=drivers"), "effects")


@pytest.mark.parametrize("width", [None, 0, 10, 328, 960, 1e9])
def test_any_width_of_the_browser_is_drawn_sensibly(width):
    tree = update("?theme=drivers&country=DK~SE", width=width)["content"]
    (graph,) = [each for each in components(tree) if type(each).__name__ == "Graph"]
    assert 280 <= graph.figure["layout"]["width"] <= handlers.WIDEST


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
    told = " ".join(texts["text"]).replace("&amp;", "&")
    assert f"https://example.org/?{READY_VIEWS['drivers']}" in told
    assert views.index().dataset.release in told


@pytest.mark.parametrize("theme", ["effects", "nonsense", ""])
def test_no_picture_of_a_theme_that_is_not_shown(theme):
    assert handlers.picture(views.context("theme=drivers"), theme, "slide", 900) is None


@pytest.mark.parametrize("query", ["", *READY_VIEWS.values()])
def test_an_answer_is_small(query):
    sent = json.dumps(update(f"?{query}"), cls=PlotlyJSONEncoder).encode()
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
    assert {ids.shortcuts(name) for name in controls.with_shortcuts()} <= known
    assert set(READY_VIEWS.values()) <= set(links(tree).values())
    for group in (each for each in components(tree) if type(each).__name__ == "Fieldset"):
        assert type(group.children[0]).__name__ == "Legend"


def test_nothing_to_tell_is_no_message():
    assert content.messages((), views.loc()) == []
