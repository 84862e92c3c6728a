"""What has no figure, in words: empty views and their ways out, countries without figures, changes that cannot be drawn."""

from __future__ import annotations

import pytest

from dashboard.layout import notes
from dashboard.tables import section_table
from dashboard.text import missing
from tests.support import views
from tests.support.views import only_section, show


def ways(query: str) -> dict[tuple[str, ...], tuple[str, str]]:
    """The ways out of an empty view, each of which must lead to as many figures as it says."""
    shown = show(query)
    assert not shown.sections
    for found in shown.relaxations:
        assert views.of(found.selection).figures == found.figures > 0
    return {
        found.parameters: missing.relaxations(views.loc(), found) for found in shown.relaxations
    }


def missing_countries(query: str) -> str:
    return missing.missing_countries(views.loc(), only_section(query))


@pytest.mark.parametrize(
    ("query", "button"),
    [
        ("theme=effects&country=SE", "Show broad innovators and others (24 figures)"),
        ("theme=effects&country=SE&sector=state", "Show broad innovators and others (12 figures)"),
        ("theme=conditions&country=SE", "Show broad innovators and others (36 figures)"),
        ("theme=conditions&view=scale", "Show broad innovators and others (72 figures)"),
    ],
)
def test_what_is_published_only_by_groups_is_offered_by_groups_first(
    query: str, button: str
) -> None:
    found = ways(query)
    assert next(iter(found.items())) == (
        ("split",),
        ("What is chosen here is published only for broad innovators and others.", button),
    )
    (selection,) = (
        each.selection for each in show(query).relaxations if each.parameters == ("split",)
    )
    assert selection.split == "group"
    assert {
        row.country
        for row in (value.observation for value in views.of(selection).sections[0].values)
    } == {"SE"}


def test_a_split_of_other_themes_is_offered_on_those_themes() -> None:
    found = ways("split=size")
    expected = (
        "Size of the organisation is published for other themes: Innovation activities.",
        "Show them (7 figures)",
    )
    assert next(iter(found.items())) == (("theme",), expected)
    assert found["split",][0] == "No figure is split this way here."
    (selection,) = (
        each.selection for each in show("split=size").relaxations if each.parameters == ("theme",)
    )
    assert (selection.split, selection.themes) == ("size", ("activities",))


def test_no_split_is_offered_where_figures_by_groups_do_not_exist() -> None:
    found = ways("theme=barriers&country=SE")
    assert ("split",) not in found
    assert found["country",] == (
        "The chosen countries have no figure here.",
        "Show all countries (3 figures)",
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=drivers&country=none", "Choose at least one country"),
        ("theme=drivers&sector=none", "Choose at least one sector"),
        ("theme=none", "Choose at least one theme"),
        ("theme=none&country=none", "Choose at least one theme"),
        ("theme=effects&country=NL", "No figure fits this selection"),
    ],
)
def test_where_nothing_is_chosen_that_is_what_to_do(query: str, said: str) -> None:
    assert missing.empty(views.loc(), show(query).selection) == said


def test_a_country_with_figures_by_groups_only_is_no_country_without_figures() -> None:
    said = missing_countries("theme=effects")
    assert said.endswith(
        "Published only by groups (broad innovators and others): Sweden (workplaces)."
    )
    assert "hidden" not in said.lower()
    assert missing.split_ways(only_section("theme=effects"), views.loc()) == [
        ("group", "Show broad innovators and others")
    ]
    by_groups = only_section("theme=effects&split=group")
    assert missing.split_ways(by_groups, views.loc()) == []
    assert "Published only by groups" not in missing.missing_countries(views.loc(), by_groups)


def test_the_reasons_of_countries_without_figures_are_told_apart() -> None:
    assert (
        missing_countries("theme=drivers&country=DK~SE&level=central")
        == "No figure on this theme was found for Denmark (management)."
    )
    assert "Hidden by your filters: " in missing_countries("theme=drivers&split=group")
    unscaled = missing_countries("theme=drivers&view=scale")
    assert unscaled.startswith("Published without an answer scale: Denmark (workplaces), ")
    assert "Hidden" not in unscaled
    assert "With figures of one edition only: Sweden (workplaces)." in missing_countries(
        "theme=innovation&country=DK~SE&view=change"
    )
    assert missing_countries("concept=collab_any&country=DK&level=workplace") == ""


def test_a_change_that_cannot_be_drawn_says_what_parts_the_editions() -> None:
    said = missing.single_editions(
        views.loc(), only_section("theme=innovation&country=SE&view=change")
    )
    assert said.startswith(
        "No two editions have a share of the same thing, so there is no change to draw: Introduced at least one innovation, "
    )
    assert (
        "Sweden: 2019–20 asks about product and process innovations (Statistics Sweden), 2016–18 about the four kinds"
        in said
    )
    drawn = missing.single_editions(
        views.loc(), only_section("theme=innovation&country=DK~SE&view=change")
    )
    assert drawn
    assert "Statistics Sweden" not in drawn
    assert missing.single_editions(views.loc(), only_section("theme=innovation&country=SE")) == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=collaboration&view=change", "Only Denmark has two editions to compare."),
        ("theme=drivers&view=scale", "Only Sweden published an answer scale."),
        ("theme=innovation&view=change", ""),
        ("theme=collaboration&country=DK&view=change", ""),
    ],
)
def test_a_chart_of_several_countries_says_why_one_alone_is_drawn(query, said):
    assert missing.only_country(views.loc(), views.only_section(query)) == said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=innovation&view=change", "No two editions of one question: Sweden."),
        ("theme=innovation&country=DK~NO&view=change", ""),
        ("theme=collaboration&view=change", ""),
    ],
)
def test_a_change_of_several_countries_names_those_that_have_no_line(query, said):
    section = views.only_section(query)
    assert missing.single_country(views.loc(), section) == said
    strip = " ".join(notes.cautions(views.show(query), section, views.loc()))
    assert strip.count("No two editions") == bool(said)


def test_blanks_are_counted_alike_under_a_chart_and_over_the_list_of_a_table() -> None:
    """A table has a row for each answer; that one of them is missing everywhere else is no further blank."""
    chart, table = (only_section(f"theme=drivers&view={view}") for view in ("bars", "table"))
    assert {row.header for row in table.rows} > {row.header for row in chart.rows}
    counts = "54 not collected, 21 not published"
    assert counts in missing.counted(views.loc(), chart)
    assert missing.tally(views.loc(), table) == f"No figure in this table: {counts}"


def test_what_few_would_guess_of_blanks_is_explained_where_it_occurs() -> None:
    assert missing.meanings(views.loc(), only_section("theme=drivers&view=bars")) == (
        "Not collected: no figure collected here; it may exist in print."
        " Not published: asked, but not published for this group."
    )
    assert missing.meanings(views.loc(), only_section("theme=barriers&country=DK")) == ""


def test_a_table_says_below_it_why_n_and_interval_have_no_figure() -> None:
    """Whoever prints or touches it sees no title of a dash."""
    (section,) = views.show("theme=drivers").sections
    told = [note.text for note in section_table(section, views.loc()).key]
    assert told[-2:] == [
        "No figure under “n”: not published",
        "No figure under “Approximate 95% interval”: n unknown or figure not exact",
    ]
    (known,) = views.show("theme=drivers&country=SE").sections
    every = section_table(known, views.loc())
    assert all(line.n.text for line in every.lines)
    assert not any("under “n”" in note.text for note in every.key)
