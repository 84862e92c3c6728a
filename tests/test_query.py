"""Views of the published data: panels, numbers, periods, blanks and special views."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.query import Header, Measure, Population, Respondents
from dashboard.query.missing_reasons import why_blank
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
        law = "Driven by new laws or rules"
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
        assert figures(cell(drivers, DENMARK, "Driven by technology and knowledge")) == {"all": 46}
        assert figures(cell(drivers, MANAGEMENT, "Driven by technology and knowledge")) == {
            "municipal": 71,
            "regional": 82,
            "state": 69,
        }

    def test_latest_is_found_cell_by_cell_and_an_older_period_is_told(self, drivers):
        assert (
            views.loc().period(drivers.facts[Respondents("DK", "workplace")].surveys[0])
            == "2021–2023"
        )
        law = cell(drivers, DENMARK, "Driven by new laws or rules")
        assert set(periods(law).values()) == {"dk-2015"}
        assert {views.loc().period(value.survey) for value in law.values} == {"2013–2014"}
        assert periods(cell(drivers, DENMARK, "Driven by technology and knowledge")) == {
            "all": "dk-2017"
        }
        employees = cell(drivers, DENMARK, "Started or promoted by employees")
        assert (periods(employees), figures(employees)) == ({"all": "dk-2023"}, {"all": 93})

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
        held: dict[Header, set[int]] = {}
        for row in drivers.rows:
            filled = {at for at, each in enumerate(row.cells) if each.values}
            held.setdefault(row.header, set()).update(filled)
        sharing = [len(panels) for panels in held.values()]
        assert sharing == sorted(sharing, reverse=True)
        alone = {row.header: row.only_in for row in drivers.rows}
        assert [*alone.values()] == [None] * 5 + [0] * 7

    def test_a_theme_opens_with_a_dozen_and_shows_all_on_demand(self, drivers):
        assert (drivers.indicators_shown, drivers.indicators_total) == (12, 25)
        assert len({row.header for row in drivers.rows}) == 12
        everything = only_section(f"{DRIVERS}&more=drivers")
        published = only_section(f"{DRIVERS}&more=drivers&sort=published")
        assert (everything.indicators_shown, everything.indicators_total) == (25, 25)
        assert len({row.header for row in everything.rows}) == 25
        opening = {row.header for row in drivers.rows}
        first = list(dict.fromkeys(row.header for row in published.rows))
        assert opening == {*first[:12]}
        assert len(everything.values) == show(DRIVERS).figures == 55

    def test_every_chart_counts_the_same_indicators_whatever_answers_it_lists(self):
        bars, table = (only_section(f"theme=drivers&view={chart}") for chart in ("bars", "table"))
        assert len({row.header for row in table.rows}) > table.indicators_shown
        assert (table.indicators_shown, table.indicators_total) == (12, bars.indicators_total)

    def test_by_sector_the_same_figures_stand_in_other_panels(self):
        by_country, by_sector = (
            only_section(f"{DRIVERS}&more=drivers"),
            only_section(f"{DRIVERS}&by=sector&more=drivers"),
        )
        sectors = list(dict.fromkeys(panels(by_sector)))
        assert sectors == ["All sectors", "Municipal", "Regional", "State"]
        # Shares of different things stand in panels of their own.
        law = {
            panel.line: [(value.respondents.country, value.observation.value) for value in values]
            for panel in by_sector.panels
            if views.loc().header(panel.header) == "State"
            for values in [
                [
                    value
                    for value in by_sector.values_of(panel)
                    if value.observation.indicator == "driver_legislation"
                ]
            ]
        }
        assert sorted(law.values()) == [[("DK", 38)], [("SE", 26)]]
        assert {value.observation for value in by_sector.values} == {
            value.observation for value in by_country.values
        }

    def test_by_indicator_rows_are_places(self):
        section = only_section(f"{DRIVERS}&by=indicator&more=drivers&sort=published")
        assert list(dict.fromkeys(views.loc().header(row.header) for row in section.rows)) == [
            DENMARK,
            SWEDEN,
            MANAGEMENT,
        ]
        assert [row.line for row in section.rows] == [0, 1, 0, 0]
        (sweden,) = (row for row in section.rows if views.loc().header(row.header) == SWEDEN)
        law = [
            figures(found)
            for panel, found in zip(section.panels, sweden.cells, strict=True)
            if views.loc().header(panel.header) == "Driven by new laws or rules"
        ]
        assert law == [{}, {}, {"municipal": 13, "regional": 15}]


class TestBlanks:
    def test_asked_but_not_published(self, drivers):
        technology = cell(drivers, DENMARK, "Driven by technology and knowledge")
        assert missing(technology) == dict.fromkeys(
            ("Municipal", "Regional", "State"), "not_published"
        )

    def test_not_collected(self, drivers):
        assert cell(drivers, DENMARK, "Driven by users’ needs").blank.kind == "not_collected"

    def test_not_asked_because_the_question_was_not_put(self):
        section = only_section("theme=activities&country=SE~IS&sector=state")
        blank = cell(
            section, "Iceland, management", "Broad innovator, four or more activities"
        ).blank
        assert blank.kind == "not_asked"
        assert "Swedish survey" in blank.evidence

    def test_not_asked_because_the_sector_was_not_covered(self):
        section = only_section("concept=innovative_workplaces&country=DK~FI&by=indicator")
        (finland,) = (
            row for row in section.rows if views.loc().header(row.header) == "Finland, management"
        )
        found = {header: kind for each in finland.cells for header, kind in missing(each).items()}
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

    def test_published_without_an_answer_scale(self):
        section = only_section("theme=innovation&view=scale&by=sector")
        kinds = {
            row.header: cell.blank.kind for row in section.rows for cell in row.cells if cell.blank
        }
        assert {*kinds.values()} == {"unscaled", "not_published"}

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
            step for step in section.edition_steps if step.measure == Measure("collab_any")
        ]
        steps = [
            (
                step.earlier.survey.survey_id,
                step.earlier.observation.value,
                step.later.survey.survey_id,
                step.later.observation.value,
            )
            for step in edition_steps
        ]
        assert steps == [
            ("dk-2015", 79, "dk-2017", 79),
            ("dk-2017", 79, "dk-2020", 69),
            ("dk-2020", 69, "dk-2023", 69),
        ]
        assert [step.broken for step in edition_steps] == [False, True, False]
        assert "question on collaboration changed" in edition_steps[1].breaks[0].description

    def test_a_change_of_wording_of_the_base_is_a_break(self):
        section = only_section("concept=effect_quality&country=DK&view=change")
        assert [
            (step.earlier.observation.value, step.later.observation.value, step.broken)
            for step in section.edition_steps
        ] == [(70, 68, True)]

    def test_shares_of_different_things_stand_on_no_line(self):
        section = only_section("concept=type_service&country=DK&view=change")
        assert (section.panels, section.edition_steps) == ((), ())
        assert [measure.indicator for measure in section.single] == ["type_service"]

    def test_panels_of_a_change_have_one_base_each(self):
        section = only_section("theme=innovation&country=DK&sector=all&view=change")
        bases = [
            {value.observation.base for value in section.values_of(panel)}
            for panel in section.panels
        ]
        assert bases == [{"innovations"}, {"workplaces"}]

    def test_an_edition_without_a_figure_is_known_to_be_passed_over(self):
        section = only_section("theme=collaboration&country=DK&sector=all&view=change")
        skipped = {
            (step.measure.indicator, step.later.survey.survey_id): [
                survey.survey_id for survey in step.skipped
            ]
            for step in section.edition_steps
        }
        assert skipped["collab_companies", "dk-2023"] == ["dk-2017", "dk-2020"]
        assert skipped["collab_any", "dk-2020"] == []

    def test_indicators_of_one_edition_are_listed_beside_the_change(self):
        section = only_section("theme=collaboration&country=DK&sector=all&view=change")
        lone = {measure.indicator for measure in section.single}
        assert "role_foreign" in lone
        assert lone.isdisjoint(row.header.indicator for row in section.rows)

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
        anyone = cell(section, SWEDEN, "Partner outside the workplace")
        assert figures(anyone) == {"municipal": 42, "regional": 51, "state": 65}
        assert all(value.base_differs for value in anyone.values)
        differs = {
            value.observation.sector: value.base_differs
            for value in cell(section, SWEDEN, "Private companies as partners").values
        }
        assert differs == {"municipal": False, "regional": False, "state": True}

    def test_a_chosen_compilation_stands_in_a_place_of_its_own(self):
        section = only_section(
            "theme=innovation&country=NO&edition=no-municipal-2018~nordic-2019-no"
        )
        leading = section.rows[0].header
        found = {
            panel.header: [
                value.observation.value
                for value in section.values_of(panel)
                if value.measure == leading
            ]
            for panel in section.panels
        }
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
