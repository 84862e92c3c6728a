"""What the page answers to a change of its filters."""

from __future__ import annotations

import json

import pytest
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

from dashboard import handlers
from dashboard.layout import choices, controls, ids
from dashboard.selection import parse
from tests.support import views
from tests.support.components import components, said
from tests.support.page_changes import links, update
from tests.support.views import FIRST_VISIT, HOME, READY_VIEWS, select, show


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


def counts(state: dict, name: str) -> dict[str, str | None]:
    """Choice -> what stands behind its name, by the id of the control; None for no figure."""
    return state["filters"].words(views.loc())[name]


def test_a_first_visit_shows_three_themes_with_a_chart_each():
    state = update("")
    assert state["search"] == f"?{FIRST_VISIT}"
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
    assert state["search"] == ("" if query == HOME else f"?{query}")
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
    assert counts(state, "sector")["municipal_regional"] is None
    assert counts(state, "chart")["bars"] == "55 figures"
    effects = update("?theme=effects&country=DK~SE")
    assert counts(effects, "country")["NL"] is None


@pytest.mark.parametrize("query", ["", *READY_VIEWS.values(), "edition=dk-2020~dk-2023"])
def test_the_counts_that_travel_are_those_of_the_view(query):
    told = json.loads(update(f"?{query}")["filters"].to_json(views.loc()))["counts"]
    counted = show(query).counts
    ids_of = {each.id: each for each in controls.inputs()}
    assert {ids_of[name].parameter.name for name in told} == set(counted)
    for name, texts in told.items():
        for code, text in texts.items():
            figures = counted[ids_of[name].parameter.name][code]
            unit = " figures" if name == "chart" else ""
            assert text == (f"{figures:,}{unit}" if figures else None), (name, code)
    for name, choice in counted.items():
        there = {
            code for each in told if ids_of[each].parameter.name == name for code in told[each]
        }
        assert there == set(choice)


@pytest.mark.parametrize("name", ["theme", "country", "sector"])
def test_shortcuts_choose_all_or_none(name):
    first = update("")["values"][name][0]
    ways = choices.shortcuts(select(f"{name}={first}"), views.vocabulary())
    assert update(ways[f"{name}:none"])["values"][name] == []
    everything = update(ways[f"{name}:all"])
    assert len(everything["values"][name]) == len(everything["options"][name])


def test_chips_lift_what_is_set_one_by_one():
    state = update("?theme=effects&country=DK~SE&only=comparable&view=dots&by=sector")
    ways = links(state["filters"].chips)
    assert ways == {
        "Countries: Denmark, Sweden ×": "theme=effects&view=dots&by=sector&only=comparable",
        "Themes: Effects ×": "country=DK~SE&view=dots&by=sector&only=comparable",
        "Only comparable ×": "theme=effects&country=DK~SE&view=dots&by=sector",
        "Side by side: By sector ×": "theme=effects&country=DK~SE&view=dots&only=comparable",
        "Reset": "",
    }
    assert update(f"?{HOME}")["filters"].chips == []


def test_the_themes_of_a_first_visit_have_a_chip_so_that_reset_never_stands_alone():
    for query in (FIRST_VISIT, "view=heat"):
        ways = links(update(f"?{query}")["filters"].chips)
        assert ways == {"Themes: 3 of 9 ×": "", "Reset": ""}


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("", "country", ("all 6", "all 6")),
        ("country=DK~SE", "country", ("Denmark, Sweden", "2 of 6")),
        ("country=DK~NO~NL", "country", ("3 of 6", "3 of 6")),
        ("country=none", "country", ("none", "none")),
        ("", "sector", ("all", "all")),
        ("theme=effects", "theme", ("Effects", "Effects")),
        ("theme=collaboration", "theme", ("Collaboration", "Collaboration")),
        (HOME, "theme", ("Innovation", "Innovation")),
        ("", "edition", ("newest", "newest")),
        ("edition=all", "edition", ("all", "all")),
        ("view=change", "view", ("Change", "Change")),
        ("split=group&interval=hide&country=SE", "more", ("(2)", "(2)")),
        ("country=SE", "more", ("", "")),
    ],
)
def test_buttons_say_what_is_chosen(query, name, expected):
    states = update(f"?{query}")["filters"].states
    assert (states[ids.state(name)], states[ids.short_state(name)]) == expected


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


def test_an_empty_view_gives_one_reason_and_offers_its_way_out_first():
    tree = update("?theme=effects&view=scale")["content"]
    text = said(tree)
    assert "published only for broad innovators and others" in text
    assert "The chosen themes have no figure here" not in text
    assert list(links(tree))[:2] == [
        "Show broad innovators and others (48 figures)",
        "Show other themes (42 figures)",
    ]
