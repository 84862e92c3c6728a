"""Views picked by hand, their numbers read off data/observations.csv; and what holds for every view."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.comparability import NO, WHOLES, verdict
from dashboard.query import Measure, Population, Respondents, Section, view
from dashboard.query.index import ComparablePairs
from dashboard.query.missing_reasons import why_blank
from dashboard.selection import ALL_EDITIONS, LATEST, chart_names, default, filters, normal
from dashboard.text import missing as absent
from dashboard.text.missing import BLANK_CODES
from tests.support import views
from tests.support.views import cell, figures, missing, only_section, panels, show

DRIVERS = "theme=drivers&country=DK~SE"
DENMARK, SWEDEN, MANAGEMENT = "Denmark, workplaces", "Sweden, workplaces", "Sweden, management"


@pytest.fixture(scope="module")
def drivers():
    return only_section(DRIVERS)


def periods(found) -> dict[str, str]:
    """Sector -> survey of each figure in a cell."""
    return {value.observation.sector: value.survey.survey_id for value in found.values}


class TestDriversOfDenmarkAndSweden:
    def test_a_panel_is_one_country_and_one_kind_of_respondent(self, drivers):
        assert panels(drivers) == [DENMARK, SWEDEN, MANAGEMENT]
        for at, panel in enumerate(drivers.panels):
            inside = [value for row in drivers.rows for value in row.cells[at].values]
            assert {(value.observation.country, value.observation.level) for value in inside} == {
                (panel.header.country, panel.header.level)
            }

    def test_numbers(self, drivers):
        law = "New legislation or regulation"
        assert figures(cell(drivers, DENMARK, law)) == {
            "all": 28,
            "municipal": 27,
            "regional": 16,
            "state": 38,
        }
        assert figures(cell(drivers, SWEDEN, law)) == {"municipal": 13, "regional": 15}
        assert figures(cell(drivers, MANAGEMENT, law)) == {
            "municipal": 17,
            "regional": 9,
            "state": 26,
        }
        assert figures(cell(drivers, DENMARK, "New technology and knowledge")) == {"all": 46}
        assert figures(cell(drivers, MANAGEMENT, "New technology and knowledge")) == {
            "municipal": 71,
            "regional": 82,
            "state": 69,
        }

    def test_latest_is_found_cell_by_cell_and_an_older_period_is_told(self, drivers):
        assert (
            views.loc().period(drivers.facts[Respondents("DK", "workplace")].surveys[0])
            == "2021–2023"
        )
        law = cell(drivers, DENMARK, "New legislation or regulation")
        assert set(periods(law).values()) == {"dk-2015"}
        assert {views.loc().period(value.survey) for value in law.values} == {"2013–2014"}
        assert all(value.period_differs for value in law.values)
        assert periods(cell(drivers, DENMARK, "New technology and knowledge")) == {"all": "dk-2017"}
        employees = cell(drivers, DENMARK, "Employees")
        assert (periods(employees), figures(employees)) == ({"all": "dk-2023"}, {"all": 93})
        assert not any(value.period_differs for value in employees.values)

    def test_bases(self, drivers):
        bases = {respondents: facts.base for respondents, facts in drivers.facts.items()}
        assert bases == {
            Respondents("DK", "workplace"): "innovations",
            Respondents("SE", "workplace"): "workplaces_with_innovation_activities",
            Respondents("SE", "central"): "organisations_working_systematically",
        }

    def test_graded_answers_are_flagged(self, drivers):
        answers = {respondents: facts.answer for respondents, facts in drivers.facts.items()}
        assert answers == {
            Respondents("DK", "workplace"): "yes",
            Respondents("SE", "workplace"): "yes",
            Respondents("SE", "central"): "high",
        }
        for value in drivers.values:
            graded = value.observation.response == "high"
            assert value.answer_differs == (graded != (answers[value.respondents] == "high"))

    def test_shared_indicators_first_then_those_of_one_panel(self, drivers):
        sharing = [sum(bool(each.values) for each in row.cells) for row in drivers.rows]
        assert sharing == sorted(sharing, reverse=True)
        assert [row.only_in for row in drivers.rows[:5]] == [None] * 5
        assert [row.only_in for row in drivers.rows[5:]] == [0] * 7

    def test_a_theme_opens_with_a_dozen_and_shows_all_on_demand(self, drivers):
        assert (drivers.indicators_shown, drivers.indicators_total, len(drivers.rows)) == (
            12,
            25,
            12,
        )
        everything = only_section(f"{DRIVERS}&more=drivers")
        assert (everything.indicators_shown, everything.indicators_total) == (25, 25)
        assert len({row.header for row in everything.rows}) == 25
        assert [row.header for row in everything.rows[:12]] == [row.header for row in drivers.rows]
        assert len(everything.values) == show(DRIVERS).figures == 55

    def test_by_sector_the_same_figures_stand_in_other_panels(self):
        by_country, by_sector = (
            only_section(f"{DRIVERS}&more=drivers"),
            only_section(f"{DRIVERS}&by=sector&more=drivers"),
        )
        assert panels(by_sector) == ["All sectors", "Municipal", "Regional", "State"]
        law = cell(by_sector, "State", "New legislation or regulation")
        assert [(value.respondents.country, value.observation.value) for value in law.values] == [
            ("DK", 38),
            ("SE", 26),
        ]
        assert {value.observation for value in by_sector.values} == {
            value.observation for value in by_country.values
        }

    def test_by_indicator_rows_are_places(self):
        section = only_section(f"{DRIVERS}&by=indicator&more=drivers")
        assert list(dict.fromkeys(views.loc().header(row.header) for row in section.rows)) == [
            DENMARK,
            SWEDEN,
            MANAGEMENT,
        ]
        assert [row.line for row in section.rows] == [0, 1, 0, 0]
        assert figures(cell(section, "New legislation or regulation", SWEDEN)) == {
            "municipal": 13,
            "regional": 15,
        }


class TestBlanks:
    def test_asked_but_not_published(self, drivers):
        technology = cell(drivers, DENMARK, "New technology and knowledge")
        assert missing(technology) == dict.fromkeys(
            ("Municipal", "Regional", "State"), "not_published"
        )

    def test_not_collected(self, drivers):
        assert (
            cell(drivers, DENMARK, "Needs and expectations of users").blank.kind == "not_collected"
        )

    def test_not_asked_because_the_question_was_not_put(self):
        section = only_section("theme=activities&country=SE~IS&sector=state")
        blank = cell(section, "Iceland, management", "Works broadly with innovation").blank
        assert blank.kind == "not_asked"
        assert "Swedish survey" in blank.evidence

    def test_not_asked_because_the_sector_was_not_covered(self):
        section = only_section("concept=innovative_workplaces&country=DK~FI&by=indicator")
        found = missing(cell(section, "Introduced at least one innovation", "Finland, management"))
        assert found == {
            "All sectors": "not_asked",
            "Regional": "not_asked",
            "State": "not_collected",
        }

    def test_only_in_the_comparison_that_was_published_together(self):
        section = only_section("concept=innovative_workplaces&country=NO~IS&by=indicator")
        assert (
            missing(cell(section, "Introduced at least one innovation", "Norway, workplaces"))[
                "All sectors"
            ]
            == "compiled"
        )
        assert [row.value for row in section.together] == [80, 95, 78, 77, 81]

    def test_drawn_in_the_source_without_values(self):
        index = views.index()
        nothing = np.zeros(index.size, dtype=bool)
        for indicator in ("cond_funding", "act_rnd"):
            blank = why_blank(
                index,
                nothing,
                Respondents("SE", "workplace"),
                Population("municipal"),
                [Measure(indicator)],
            )
            assert (blank.kind, "without numbers" in blank.evidence) == ("drawn", True)

    def test_hidden_by_a_filter(self):
        section = only_section(
            "concept=driver_legislation~promoted_technology&country=DK&inferred=hide"
        )
        technology = cell(section, DENMARK, "Promoted by new technology")
        assert figures(technology) == {"municipal": 47}
        assert missing(technology) == {
            "All sectors": "not_published",
            "Regional": "filtered",
            "State": "filtered",
        }

    def test_an_answer_that_was_not_printed_is_not_hidden_by_filters(self):
        section = only_section("concept=novelty&country=DK&edition=all")
        first = cell(
            section,
            "Denmark, workplaces 2013–2014",
            "Where the innovation comes from: first of its kind",
        )
        assert first.blank.kind == "not_published"

    def test_figures_shown_in_another_row_are_not_hidden_by_filters(self):
        section = only_section("theme=conditions&country=SE&split=group&by=indicator")
        kinds = {
            blank.kind for row in section.rows for each in row.cells for _, blank in each.missing
        }
        assert "filtered" not in kinds

    def test_a_country_without_figures_on_a_theme_is_named(self):
        missing_countries = {
            views.loc().respondents(absent.respondents): absent.blank.kind
            for absent in only_section(DRIVERS).missing_countries
        }
        assert missing_countries == {"Denmark, management": "not_collected"}
        missing_countries = {
            views.loc().respondents(a.respondents): a.blank.kind
            for a in only_section("theme=drivers&country=SE&sector=state").missing_countries
        }
        assert missing_countries == {"Sweden, workplaces": "filtered"}


class TestSpecialViews:
    def test_denmark_over_four_editions(self):
        section = only_section("theme=collaboration&country=DK&sector=all&view=change")
        edition_steps = [
            join for join in section.edition_steps if join.measure == Measure("collab_any")
        ]
        told = [
            (
                join.earlier.survey.survey_id,
                join.earlier.observation.value,
                join.later.survey.survey_id,
                join.later.observation.value,
            )
            for join in edition_steps
        ]
        assert told == [
            ("dk-2015", 79, "dk-2017", 79),
            ("dk-2017", 79, "dk-2020", 69),
            ("dk-2020", 69, "dk-2023", 69),
        ]
        assert [join.broken for join in edition_steps] == [False, True, False]
        assert "question on collaboration changed" in edition_steps[1].breaks[0].description

    def test_a_change_of_base_is_a_break(self):
        edition_steps = only_section("concept=type_service&country=DK&view=change").edition_steps
        assert [
            (join.earlier.observation.value, join.later.observation.value, join.broken)
            for join in edition_steps
        ] == [(43, 29, True)]

    def test_indicators_of_one_edition_are_listed_beside_the_change(self):
        section = only_section("theme=collaboration&country=DK&sector=all&view=change")
        lone = {measure.indicator for measure in section.single}
        assert "role_foreign" in lone
        assert lone.isdisjoint(panel.header.indicator for panel in section.panels)

    def test_a_split_has_one_panel_per_sector(self):
        section = only_section("theme=effects&country=SE&split=group")
        joint, state = "Sweden, workplaces, municipal and regional", "Sweden, workplaces, state"
        assert panels(section) == [joint, state]
        quality = cell(section, joint, "Higher quality")
        assert [
            (value.observation.segment, value.observation.value) for value in quality.values
        ] == [
            ("broad-innovators", 80),
            ("others", 60),
        ]
        efficiency = cell(section, state, "Higher efficiency")
        assert [value.observation.value for value in efficiency.values] == [54, 73]

    def test_the_scale_holds_every_printed_answer_and_no_other(self):
        section = only_section("concept=novelty&country=DK&view=scale")
        (values,) = [each.values for row in section.rows for each in row.cells]
        assert {value.observation.response: value.observation.value for value in values} == {
            "first_of_its_kind": 16,
            "inspired": 56,
            "copied": 19,
            "dont_know": 10,
        }

    def test_partners_are_shares_of_another_thing_than_having_one(self):
        section = only_section("theme=collaboration&country=SE")
        assert section.facts[Respondents("SE", "workplace")].base == "collaborating_workplaces"
        anyone = cell(section, SWEDEN, "Collaborated with anyone outside the workplace")
        assert figures(anyone) == {"municipal": 42, "regional": 51, "state": 65}
        assert all(value.base_differs for value in anyone.values)
        told = {
            value.observation.sector: value.base_differs
            for value in cell(section, SWEDEN, "Private companies").values
        }
        assert told == {"municipal": False, "regional": False, "state": True}

    def test_a_chosen_compilation_stands_in_a_place_of_its_own(self):
        section = only_section(
            "theme=innovation&country=NO&edition=no-municipal-2018~nordic-2019-no"
        )
        found = {panel.header: [value.observation.value for value in row.cells[at].values] for row in section.rows[:1]
                 for at, panel in enumerate(section.panels)}  # fmt: skip
        assert found == {
            Respondents("NO", "workplace", False, "no-municipal-2018"): [74],
            Respondents("NO", "workplace", True, "nordic-2019-no"): [77],
        }

    def test_inferred_figures_can_be_hidden(self):
        shown, hidden = (
            show("concept=promoted_technology&country=DK"),
            show("concept=promoted_technology&country=DK&inferred=hide"),
        )
        assert (shown.figures, hidden.figures) == (3, 1)
        assert hidden.counts["inferred"] == {"show": 2}

    def test_the_release_is_told(self):
        assert show("").release == views.index().dataset.release


@pytest.mark.parametrize("chart", chart_names())
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
        shown = view(views.index(), normal(wanted, known))
        assert not [
            value
            for section in shown.sections
            for value in section.values
            if value.observation.kind == "compilation"
        ]


@given(views.selections)
def test_a_drawn_figure_is_the_published_one(selection):
    shown = view(views.index(), selection)
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
    for section in view(views.index(), selection).sections:
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


@given(views.selections)
def test_a_cell_has_figures_or_a_reason(selection):
    for section in view(views.index(), selection).sections:
        filled = {
            (row.header, panel)
            for row in section.rows
            for panel, found in enumerate(row.cells)
            if found.values
        }
        for row in section.rows:
            for panel, found in enumerate(row.cells):
                assert not (found.values and found.blank)
                # One of several rows of an indicator may be empty where another of them has the figure.
                elsewhere = row.lines > 1 or section.panels[panel].lines > 1
                assert (
                    found.values
                    or found.blank
                    or (
                        elsewhere
                        and (
                            (row.header, panel) in filled or row.line or section.panels[panel].line
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
    for section in view(views.index(), selection).sections:
        beside = {
            (value.survey.survey_id, value.observation.indicator)
            for value in section.values
            if value.population.sector not in WHOLES
        }
        for value in section.values:
            row = views.published()[value.observation.position]
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
    for section in view(views.index(), selection).sections:
        for row in section.rows:
            editions: dict[tuple, set[str]] = {}
            for value in row.values:
                sector = value.population.sector if value.population.dimension else ""
                editions.setdefault((value.respondents, value.measure, sector), set()).add(
                    value.survey.survey_id
                )
            assert all(len(surveys) == 1 for surveys in editions.values())


def test_the_newest_total_and_older_parts_stand_in_rows_of_their_own():
    section = only_section("concept=innovative_workplaces&country=DK")
    found = [
        [
            (value.survey.survey_id, value.observation.sector, value.observation.value)
            for value in row.values
        ]
        for row in section.rows
    ]
    assert found == [
        [("dk-2023", "all", 83)],
        [
            ("dk-2020", "all", 81),
            ("dk-2020", "municipal", 80),
            ("dk-2020", "regional", 85),
            ("dk-2020", "state", 84),
        ],
    ]
    assert [
        [value.observation.value for value in row.values]
        for row in only_section("concept=innovative_workplaces&country=SE").rows
    ] == [
        [54, 65, 64],
        [81],
    ]


@given(views.selections_of(lambda each: replace(each, expanded=views.vocabulary().themes)))
def test_an_expanded_view_draws_every_figure_it_counts(selection):
    shown = view(views.index(), selection)
    if selection.chart != "change":
        assert sum(len(section.values) for section in shown.sections) == shown.figures


@settings(max_examples=200)
@given(views.selections)
def test_no_chosen_country_vanishes_without_a_word(selection):
    """A country and respondent with figures in a theme is drawn, or what is shown is known not to be all."""
    for section in view(views.index(), selection).sections:
        drawn = {(value.respondents.country, value.respondents.level) for value in section.values}
        told = {
            (absence.respondents.country, absence.respondents.level)
            for absence in section.missing_countries
        }
        whole = section.indicators_shown == section.indicators_total
        assert {
            (respondents.country, respondents.level) for respondents in section.all_respondents
        } <= drawn | told or not whole
        assert drawn.isdisjoint(told)


def lines(section: Section) -> dict[tuple, set[str]]:
    """Line of a chart -> the editions it has."""
    found: dict[tuple, set[str]] = {}
    for value in section.values:
        respondents = replace(
            value.respondents, survey_id=""
        )  # only a chart that puts editions side by side has them as places
        found.setdefault((value.measure, respondents, value.population), set()).add(
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
        for section in view(views.index(), replace(changing, chart="bars", by="country")).sections
    }
    for section in view(views.index(), changing).sections:
        held = lines(plain[section.theme])
        assert lines(section) == {
            line: editions for line, editions in held.items() if len(editions) > 1
        }
        drawn = {measure for measure, *_ in lines(section)}
        assert {panel.header for panel in section.panels} == drawn
        assert set(section.single) == {measure for measure, *_ in held} - drawn


def test_a_country_without_a_line_is_told_among_the_absences():
    section = only_section("theme=drivers&view=change")
    drawn = {value.respondents.country for value in section.values}
    told = {
        absence.respondents.country: absence.blank.kind for absence in section.missing_countries
    }
    assert "SE" not in drawn
    assert told["SE"] == "single_edition"
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
            for section in view(views.index(), normal(wanted, known)).sections:
                seen |= {value.observation.position for value in section.values}
    assert seen == set(range(len(views.published())))


@given(st.data())
@settings(deadline=None)
def test_a_search_for_partners_finds_whom_all_pairs_find(data: st.DataObject) -> None:
    index = views.index()
    chosen = data.draw(st.sets(st.integers(0, index.size - 1), max_size=80))
    mask = np.isin(np.arange(index.size), list(chosen))
    whole = ComparablePairs(index.dataset, index.thresholds).partnered(mask)
    with mock.patch("dashboard.query.index._JUDGED_WHOLE", 0):
        assert (ComparablePairs(index.dataset, index.thresholds).partnered(mask) == whole).all()
    rows = index.dataset.observations
    for at in chosen:
        others = (each for each in chosen if each != at)
        assert whole[at] == any(
            verdict(index.dataset, rows[at], rows[each], index.thresholds).kind != NO
            for each in others
        )


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
