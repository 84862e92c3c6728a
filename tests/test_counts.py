"""The number behind a choice is what the choice brings, and an empty view names the way out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard import handlers
from dashboard import selection as addresses
from dashboard.layout import choices, controls
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
        assert views.of(chosen).figures == count, choice


@given(views.everything, st.sampled_from(["theme", "country", "sector", "level", "split"]))
def test_the_number_behind_a_choice_is_what_it_brings_in_any_view(selection, name):
    assume(selection.chart != "compare" or name == "split")
    shown = views.of(selection)
    for choice, count in shown.counts[name].items():
        assert views.of(choose(selection, name, choice)).figures == count


@pytest.mark.parametrize("query", ["concept=innovative_workplaces", "theme=collaboration", ""])
@pytest.mark.parametrize("name", ["theme", "country", "sector", "level"])
def test_a_choice_of_comparisons_counts_what_it_has_on_the_lines_of_all_choices(query, name):
    selection = show(f"{query}&view=compare".lstrip("&")).selection
    known = views.vocabulary()
    every = addresses.filters.PARAMETERS[name].choices(known)
    field = FIELDS[name]
    whole = views.of(normal(replace(selection, **{field: every}), known))
    if name == "theme" and selection.indicators:
        # A theme of which none is chosen lifts the choice of indicators.
        others = replace(selection, indicators=(), themes=tuple(set(every) - set(selection.themes)))
        whole = replace(
            whole, sections=(*whole.sections, *views.of(normal(others, known)).sections)
        )
    drawn = {
        value.observation.position: value.observation
        for section in whole.sections
        for value in section.values
    }
    of = {"theme": "theme", "country": "country", "sector": "sector", "level": "level"}[name]
    found = Counter(getattr(row, of) for row in drawn.values())
    counted = views.of(selection).counts[name]
    assert {choice: count for choice, count in counted.items() if count} == dict(found)


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
