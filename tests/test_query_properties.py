"""Properties of any view: nothing is drawn that was not published and chosen, nothing vanishes without a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings

from dashboard.comparability import WHOLES
from dashboard.query import Measure, Respondents, Section
from dashboard.query.facts import base_kind
from dashboard.selection import (
    ALL_EDITIONS,
    LATEST,
    chart_names,
    chart_type,
    default,
    filters,
    normal,
)
from dashboard.text import missing as absent
from dashboard.text.missing import BLANK_CODES
from tests.support import views
from tests.support.views import only_section


@pytest.mark.parametrize("chart", [name for name in chart_names() if not chart_type(name).compares])
@pytest.mark.parametrize("editions", [LATEST, ALL_EDITIONS])
def test_compilations_are_never_mixed_in(chart, editions):
    known = views.vocabulary()
    for split in ("", *known.dimensions):
        wanted = replace(
            default(known),
            themes=known.themes,
            expanded=known.themes,
            editions=editions,
            chart=chart,
            split=split,
        )
        shown = views.of(normal(wanted, known))
        assert not [
            value
            for section in shown.sections
            for value in section.values
            if value.observation.kind == "compilation"
        ]


def test_a_comparison_that_was_published_together_is_a_line_of_its_own():
    known = views.vocabulary()
    wanted = replace(default(known), themes=known.themes, chart="compare")
    kinds = [
        {value.observation.kind for value in row.values}
        for section in views.of(normal(wanted, known)).sections
        for row in section.rows
    ]
    assert {"compilation"} in kinds
    assert {"compilation", "national"} not in kinds


@given(views.selections)
def test_a_drawn_figure_is_the_published_one(selection):
    shown = views.of(selection)
    drawn = [value for section in shown.sections for value in section.values]
    assert len({value.observation.position for value in drawn}) == len(drawn) <= shown.figures
    for section in shown.sections:
        for value in section.values:
            seen, row = value.observation, views.published()[value.observation.position]
            survey = views.surveys()[row["survey_id"]]
            assert (seen.value, seen.response, seen.qualifier, seen.base) == (
                float(row["value"]),
                row["response"],
                row["qualifier"],
                row["base"],
            )
            assert (value.survey.survey_id, value.measure.indicator, section.theme) == (
                row["survey_id"],
                row["concept"],
                row["theme"],
            )
            assert (value.respondents.country, value.respondents.level) == (
                survey["country"],
                survey["level"],
            )
            segment = (
                f"{value.population.dimension}={value.population.segment}"
                if value.population.dimension
                else ""
            )
            assert (value.population.sector, segment) == (row["sector"], row["segment"])


@given(views.selections)
def test_nothing_is_drawn_that_was_not_chosen(selection):
    for section in views.of(selection).sections:
        assert section.theme in selection.themes
        for value in section.values:
            seen = value.observation
            assert seen.country in selection.countries
            assert seen.sector in selection.sectors
            assert seen.level in selection.levels
            assert seen.dimension == selection.split
            assert selection.inferred or seen.status != "inferred"
            assert not selection.indicators or seen.indicator in selection.indicators
            assert (
                selection.editions in (LATEST, ALL_EDITIONS) or seen.survey_id in selection.editions
            )


def holds(selection, *headers) -> bool:
    """Whether a selection has figures of what some rows and panels are about, of whatever edition."""
    about = {any_edition(header) for header in headers}
    return any(
        about <= {value.measure, value.population, any_edition(value.respondents)}
        for section in views.of(
            normal(replace(selection, chart="bars", expanded=selection.themes), views.vocabulary())
        ).sections
        for value in section.values
    )


def any_edition(header):
    """What a row or panel is about, of respondents their country and level."""
    return (header.country, header.level) if isinstance(header, Respondents) else header


@given(views.selections)
@example(
    views.select(
        "view=change&theme=drivers~collaboration~effects&edition=all&inferred=hide&sort=published"
    )
)
@example(views.select("view=change&theme=drivers~collaboration~effects&by=indicator"))
@example(views.select("view=change&theme=drivers~collaboration~effects&by=sector"))
def test_a_cell_has_figures_or_a_reason(selection):
    for section in views.of(selection).sections:
        filled = {
            (row.header, panel.header)
            for row in section.rows
            for panel, found in zip(section.panels, row.cells, strict=True)
            if found.values
        }
        for row in section.rows:
            if chart_type(selection.chart).compares:
                # A line of comparisons stands in the panel of its base and in no other.
                assert [bool(found.values) for found in row.cells].count(True) == 1
                continue
            for panel, found in enumerate(row.cells):
                assert not (found.values and found.blank)
                # One of several rows of an indicator may be empty where another of them has the figure.
                elsewhere = row.lines > 1 or section.panels[panel].lines > 1
                assert (
                    found.values
                    or found.blank
                    # Over editions a figure without another of its line is left out, and told below.
                    or (
                        chart_type(selection.chart).joins_editions
                        and holds(selection, row.header, section.panels[panel].header)
                    )
                    or (
                        elsewhere
                        and (
                            (row.header, section.panels[panel].header) in filled
                            or row.line
                            or section.panels[panel].line
                        )
                    )
                )
                assert found.blank is None or found.blank.kind in BLANK_CODES


@given(views.selections_of(lambda each: replace(each, editions=LATEST)))
def test_latest_leaves_no_newer_figure_behind(selection):
    def cell_of(row: dict[str, str]) -> tuple[str, ...]:
        survey = views.surveys()[row["survey_id"]]
        return survey["country"], survey["level"], row["sector"], row["segment"], row["concept"]

    if selection.chart == "change":
        return
    newest: dict[tuple, int] = {}
    for row in views.published():
        survey = views.surveys()[row["survey_id"]]
        if survey["kind"] == "national" and (selection.inferred or row["status"] != "inferred"):
            newest[cell_of(row)] = max(newest.get(cell_of(row), 0), int(survey["period_end"] or 0))
    for section in views.of(selection).sections:
        beside = {
            (value.survey.survey_id, value.observation.indicator)
            for value in section.values
            if value.population.sector not in WHOLES
        }
        for value in section.values:
            row = views.published()[value.observation.position]
            if value.survey.kind == "compilation":
                # Published together: a line of comparisons has them beside the newest.
                assert selection.chart == "compare"
                continue
            whole = row["sector"] in WHOLES and (row["survey_id"], row["concept"]) in beside
            # An older total may stand beside its own parts, which are the newest there are.
            assert (
                whole
                or int(views.surveys()[row["survey_id"]]["period_end"] or 0) == newest[cell_of(row)]
            )


@given(views.selections_of(lambda each: replace(each, editions=LATEST)))
def test_no_row_of_one_country_mixes_editions(selection):
    """Above all no total stands over the parts of another edition."""
    if selection.chart == "change" or selection.comparable:
        return
    for section in views.of(selection).sections:
        for row in section.rows:
            editions: dict[tuple, set[str]] = {}
            for value in row.values:
                sector = value.population.sector if value.population.dimension else ""
                editions.setdefault((value.respondents, value.measure, sector), set()).add(
                    value.survey.survey_id
                )
            assert all(len(surveys) == 1 for surveys in editions.values())


def test_older_parts_stand_over_the_newest_total_without_the_older_one():
    section = only_section("concept=innovative_workplaces&country=DK")
    found = [
        (value.survey.survey_id, value.observation.sector, value.observation.value)
        for row in section.rows
        for value in row.values
    ]
    assert found == [
        ("dk-2020", "municipal", 80),
        ("dk-2020", "regional", 85),
        ("dk-2020", "state", 84),
        ("dk-2023", "all", 83),
    ]
    section = only_section("concept=innovative_workplaces&country=SE")
    assert [value.observation.value for value in section.values] == [54, 65, 64, 81]


@given(views.selections_of(lambda each: replace(each, expanded=views.vocabulary().themes)))
def test_an_expanded_view_draws_every_figure_it_counts(selection):
    shown = views.of(selection)
    if selection.chart != "change":
        assert sum(len(section.values) for section in shown.sections) == shown.figures


@settings(max_examples=200)
@given(views.selections)
def test_no_chosen_country_vanishes_without_a_word(selection):
    """A country and respondent with figures in a theme is drawn, or what is shown is known not to be all."""
    for section in views.of(selection).sections:
        drawn = {(value.respondents.country, value.respondents.level) for value in section.values}
        not_drawn = {
            (missing_country.respondents.country, missing_country.respondents.level)
            for missing_country in section.missing_countries
        }
        whole = section.indicators_shown == section.indicators_total
        assert {
            (respondents.country, respondents.level) for respondents in section.all_respondents
        } <= drawn | not_drawn or not whole
        assert drawn.isdisjoint(not_drawn)


def lines(section: Section) -> dict[tuple, set[str]]:
    """Line of a chart, whose figures are shares of one thing -> the editions it has."""
    found: dict[tuple, set[str]] = {}
    for value in section.values:
        respondents = replace(
            value.respondents, survey_id=""
        )  # only a chart that puts editions side by side has them as places
        base = base_kind(value.observation.base)
        found.setdefault((value.measure, respondents, value.population, base), set()).add(
            value.survey.survey_id
        )
    return found


@given(
    views.selections_of(
        lambda each: replace(each, comparable=False, expanded=views.vocabulary().themes)
    )
)
def test_a_change_over_editions_draws_every_line_of_two_editions_and_no_other(selection):
    """What bars of the same figures hold twice or more is drawn as a line; the rest is not, and is told."""
    changing = normal(replace(selection, chart="change"), views.vocabulary())
    plain = {
        section.theme: section
        for section in views.of(replace(changing, chart="bars", by="country")).sections
    }
    for section in views.of(changing).sections:
        held = lines(plain[section.theme])
        assert lines(section) == {
            line: editions for line, editions in held.items() if len(editions) > 1
        }
        drawn = {measure for measure, *_ in lines(section)}
        headers = [*(row.header for row in section.rows), *(each.header for each in section.panels)]
        assert {header for header in headers if isinstance(header, Measure)} == drawn
        assert set(section.single) == {measure for measure, *_ in held} - drawn


def test_a_country_without_a_line_is_told_among_the_absences():
    section = only_section("theme=drivers&view=change")
    drawn = {value.respondents.country for value in section.values}
    kinds = {
        missing_country.respondents.country: missing_country.blank.kind
        for missing_country in section.missing_countries
    }
    assert "SE" not in drawn
    assert kinds["SE"] == "single_edition"
    assert "DK" in drawn
    assert "Sweden" in absent.missing_countries(views.loc(), section)


def test_every_published_figure_stands_in_a_view():
    known = views.vocabulary()
    seen = set()
    compilations = tuple(survey for survey in known.surveys if survey.startswith("nordic"))
    for editions in (ALL_EDITIONS, compilations):
        for split in ("", *known.dimensions):
            wanted = replace(
                default(known),
                themes=known.themes,
                expanded=known.themes,
                editions=editions,
                split=split,
                chart="table",
            )
            for section in views.of(normal(wanted, known)).sections:
                seen |= {value.observation.position for value in section.values}
    assert seen == set(range(len(views.published())))


def test_masks_are_those_of_the_rows() -> None:
    index = views.index()
    for name, choice in index.masks:
        column = getattr(filters.PARAMETERS[name], "column", "")
        if column and (name, choice) != ("edition", "all"):
            wanted = [getattr(row, column) == choice for row in index.dataset.observations]
            assert index.masks[name, choice].tolist() == wanted
    with pytest.raises(KeyError):
        index.masks["country", "XX"]


def test_a_tally_counts_what_masks_hold() -> None:
    index = views.index()
    for name in ("edition", "country"):
        for choice, number in index.masks.tally(name, index.latest[True]).items():
            assert number == int((index.masks[name, choice] & index.latest[True]).sum())
