"""The number behind a choice is what the choice brings, and an empty view names the way out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard import handlers
from dashboard import selection as addresses
from dashboard.layout import choices, controls, ids
from dashboard.selection import Selection, normal
from dashboard.selection.rules import switched, themes_of
from tests.support import page_changes, views
from tests.support.components import said
from tests.support.views import show

DRIVERS = "theme=drivers&country=DK~SE"
FIELDS = {
    "theme": "themes",
    "country": "countries",
    "sector": "sectors",
    "level": "levels",
    "edition": "editions",
}


def choose(selection: Selection, name: str, choice: str) -> Selection:
    """The selection in which a choice is the only one of its filter."""
    known = views.vocabulary()
    if name == "concept":
        changed = replace(selection, indicators=(choice,), themes=(known.theme_of[choice],))
    elif name == "theme" and choice not in themes_of(selection.indicators, known):
        changed = replace(selection, themes=(choice,), indicators=())
    elif name in FIELDS:
        changed = replace(selection, **{FIELDS[name]: (choice,)})
    elif name == "view":
        changed = switched(selection, choice)
    else:
        changed = replace(selection, split=choice)
    return normal(changed, known)


COUNTED = (
    "",
    DRIVERS,
    "theme=effects&country=SE&split=group",
    "theme=innovation~diffusion&edition=all&inferred=hide&view=table",
    "concept=novelty~collab_any&view=scale",
    "theme=collaboration&edition=dk-2015~dk-2023~nordic-2019-dk&level=workplace",
    "theme=strategy&sector=state&country=NL",
    "theme=collaboration&country=DK&view=change",
)


@pytest.mark.parametrize(
    "name", ["theme", "country", "sector", "level", "edition", "split", "concept", "view"]
)
@pytest.mark.parametrize("query", COUNTED)
def test_the_number_behind_a_choice_is_what_it_brings(query, name):
    shown = show(query)
    for choice, count in shown.counts[name].items():
        chosen = choose(shown.selection, name, choice)
        if name == "edition" and chosen.editions != (choice,):
            continue  # "latest" of a change over editions, which is not offered
        figures = len(of_page(chosen)) if choice == "change" else views.of(chosen).figures
        assert figures == count, choice


@given(views.everything, st.sampled_from(["theme", "country", "sector", "level", "split"]))
def test_the_number_behind_a_choice_is_what_it_brings_in_any_view(selection, name):
    assume(selection.chart != "compare" or name == "split")
    shown = views.of(selection)
    for choice, count in shown.counts[name].items():
        brought = choose(selection, name, choice)
        figures = views.of(brought).figures
        if brought.chart == "compare" and not figures:
            figures = views.of(switched(brought, "bars")).figures
        assert figures == count


COMPARED = (
    "concept=innovative_workplaces",
    "concept=innovative_workplaces&country=NO",
    "concept=innovative_workplaces&country=DK~NO&sector=municipal",
    "theme=collaboration",
    "theme=drivers&country=DK~SE",
    "theme=collaboration&country=SE~FI&level=central&only=comparable",
    "",
)


def of_page(selection: Selection) -> list:
    """The figures that the page of a selection shows: those on lines of comparisons, and where there are none the bars."""
    shown = views.of(selection)
    if selection.chart == "compare" and not shown.figures:
        shown = views.of(switched(selection, "bars"))
    expanded = replace(shown.selection, expanded=shown.selection.themes)
    values = [v for section in views.of(expanded).sections for v in section.values]
    return list({v.observation.position: v.observation for v in values}.values())


@pytest.mark.parametrize("query", COMPARED)
@pytest.mark.parametrize("name", ["theme", "country", "sector", "level"])
def test_a_choice_of_comparisons_counts_what_the_page_shows_of_it_beside_what_is_chosen(
    query, name
):
    shown = show(f"{query}&view=compare".lstrip("&"))
    known, each = views.vocabulary(), addresses.filters.PARAMETERS[name]
    for choice, count in shown.counts[name].items():
        chosen = each.of(shown.selection)
        after = each.put(shown.selection, chosen if choice in chosen else (*chosen, choice))
        if each.follow:
            after = each.follow(shown.selection, after, known)
        drawn = [row for row in of_page(normal(after, known)) if getattr(row, name) == choice]
        assert len(drawn) == count, choice


@pytest.mark.parametrize("query", views.QUESTIONS.values())
def test_no_choice_with_figures_leads_to_an_empty_page(query):
    opened = views.context(query)
    shown, options = opened.view, choices.controls(opened.view, views.index(), views.loc(), "")
    empty, tried = [], 0
    for each in controls.inputs():
        name, before = each.parameter.name, options.values[each.name]
        counted = {} if each.mode else shown.counts.get(name, {})
        for choice in (option["value"] for option in options.options[each.name]):
            if not counted.get(choice):
                continue
            alone, added = [choice], [*before, choice] if not each.radios else []
            for value in [choice] if each.radios else [alone, added]:
                after = handlers.moved(opened, {**options.values, each.name: value}, each.name)
                tried += 1
                if not after.leading.figures or (
                    name == "theme"
                    and choice not in [section.theme for section in after.leading.sections]
                ):
                    empty.append((each.name, value))
    assert tried > 20
    assert not empty


def test_comparisons_of_one_country_are_drawn_as_its_bars_with_a_word_of_why():
    alone = page_changes.update(f"{views.HOME}&country=DK")
    assert "Shown as bars" in said(alone["messages"])
    assert alone["values"]["view"] == "compare"
    shown = page_changes.update(f"{views.HOME}&country=DK~NO")
    assert "Shown as bars" not in said(shown["messages"])


def test_the_button_of_the_charts_names_the_chart_that_is_drawn():
    for query, drawn in (("country=NO", "Bars"), ("country=DK~NO", "Compare")):
        states = page_changes.update(f"{views.HOME}&{query}")["filters"].states
        assert (states[ids.state("view")], states[ids.short_state("view")]) == (drawn, drawn)


def test_bars_in_place_of_comparisons_say_what_the_compilation_has_of_the_country():
    told = said(page_changes.update(f"{views.HOME}&country=NO")["messages"])
    assert "The Nordic comparison of 2019: Norway\u00a077%." in told
    # Its figure is about all sectors.
    told = said(
        page_changes.update(f"{views.HOME}&country=NO&sector=municipal_regional")["messages"]
    )
    assert "Shown as bars" in told
    assert "Nordic" not in told


@pytest.mark.parametrize(
    ("query", "told", "link"),
    [
        (
            f"{views.HOME}&country=DK~NO&sector=municipal",
            "Hidden by your filters: Norway, municipal and regional\u00a074%.",
            "Show municipal and regional",
        ),
        (
            "concept=innovative_workplaces&sector=municipal",
            "Hidden by your filters: Norway, municipal and regional\u00a074%",
            "Show all sectors",
        ),
        (
            f"{views.HOME}&country=DK~NO~IS&sector=state",
            "Hidden by your filters: Norway, municipal and regional\u00a074%.",
            "Show municipal and regional",
        ),
    ],
)
def test_a_chosen_country_that_has_a_figure_in_another_sector_only_is_told_with_it(
    query, told, link
):
    page = page_changes.update(query)["content"]
    assert told in said(page)
    led_to = of_page(views.select(page_changes.links(page)[link]))
    assert ("NO", "municipal_regional", 74.0) in {
        (row.country, row.sector, row.value) for row in led_to
    }


@pytest.mark.parametrize("query", [views.HOME, f"{views.HOME}&country=DK&sector=municipal"])
def test_nothing_is_told_as_hidden_where_every_chosen_country_is_shown(query):
    assert views.context(query).leading.elsewhere == ()
    assert "Hidden by your filters" not in said(page_changes.update(query)["content"])


@given(views.selections_of(lambda each: replace(each, inferred=True, comparable=False)))
def test_the_number_of_inferred_figures_is_what_showing_them_brings(selection):
    hidden = views.of(replace(selection, inferred=False))
    shown = views.of(replace(selection, expanded=selection.themes))
    assert hidden.counts["inferred"] == shown.counts["inferred"]
    if selection.chart not in ("change", "compare"):
        drawn = [
            value
            for section in shown.sections
            for value in section.values
            if value.observation.status == "inferred"
        ]
        assert shown.counts["inferred"]["show"] == len(drawn)


@pytest.mark.parametrize(
    ("query", "parameter", "figures_back"),
    [
        ("theme=none", "theme", 151),
        ("theme=drivers&country=none", "country", 69),
        ("theme=drivers&country=DK~SE&sector=municipal_regional", "sector", 55),
        ("concept=broad_innovators&country=DK~SE&theme=drivers", "concept", 55),
        ("theme=drivers&country=DK&edition=dk-2015-central", "edition", 30),
        ("theme=drivers&country=DK&level=central", "level", 30),
        ("theme=strategy&country=FI&split=size", "split", 3),
        ("theme=effects&country=SE", "split", 24),
        ("theme=effects&split=size", "theme", 7),
        ("concept=evaluation_own_assessment&inferred=hide", "inferred", 1),
        ("concept=collab_companies&country=NO&view=scale", "view", 3),
    ],
)
def test_an_empty_view_names_the_filter_that_empties_it(query, parameter, figures_back):
    shown = show(query)
    assert (shown.figures, shown.sections) == (0, ())
    found = {relaxations.parameters: relaxations for relaxations in shown.relaxations}
    assert (parameter,) in found
    relaxed = views.select(addresses.format(found[parameter,].selection, views.vocabulary()))
    assert views.of(relaxed).figures == found[parameter,].figures
    assert found[parameter,].figures == figures_back


@given(views.everything)
def test_lifting_a_filter_brings_back_the_promised_figures(selection):
    known = views.vocabulary()
    for relaxations in views.of(selection).relaxations:
        relaxed = addresses.parse(addresses.format(relaxations.selection, known), known).selection
        assert views.of(relaxed).figures == relaxations.figures > 0


def test_a_view_emptied_by_two_filters_still_names_a_way_out():
    shown = show("theme=none&country=none")
    assert shown.figures == 0
    assert shown.relaxations


@pytest.mark.parametrize("name", ["country", "sector", "level", "theme"])
def test_the_number_behind_a_choice_counts_comparable_figures_where_only_those_are_shown(name):
    shown = show(f"{DRIVERS}&only=comparable")
    for choice, count in shown.counts[name].items():
        assert views.of(choose(shown.selection, name, choice)).figures == count, choice


@pytest.mark.parametrize(
    "query",
    [
        f"{DRIVERS}&level=central&sector=all&only=comparable",
        "concept=promoted_citizens&country=FI&only=comparable",
    ],
)
def test_lifting_a_filter_brings_back_the_promised_figures_where_only_comparable_ones_are_shown(
    query,
):
    shown = show(query)
    assert shown.figures == 0
    assert shown.relaxations
    for relaxations in shown.relaxations:
        assert views.of(relaxations.selection).figures == relaxations.figures > 0, (
            relaxations.parameters
        )
