"""What may stand on one line: the filter of what may be compared, panels parted by what they count, obstacles told."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.headings import row_name
from dashboard.comparability import NO, SmallBaseThresholds, equivalent_bases, verdict
from dashboard.dataset import Dataset
from dashboard.query import Measure, Section, Value
from dashboard.query.row_sets import comparable_sets
from dashboard.selection import ALL_EDITIONS, ARRANGEMENTS, LATEST, default, normal
from dashboard.text import missing
from tests.support import rich, views
from tests.support.views import only_section, show
from tests.test_obstacles import without_common_sector


@cache
def data() -> Dataset:
    return views.index().dataset


@cache
def splits() -> dict[str, set[str]]:
    """Indicator -> what its figures are split by, blank for nothing."""
    found: dict[str, set[str]] = {name: set() for name in views.vocabulary().indicators}
    for row in data().observations:
        found[row.indicator].add(row.dimension)
    return found


def lines(section: Section) -> list[list[Value]]:
    """What stands on one line of one indicator: the rows where indicators are rows, else the panels."""
    if any(isinstance(panel.header, Measure) for panel in section.panels):
        return [list(section.values_of(panel)) for panel in section.panels]
    return [list(row.values) for row in section.rows]


def may_share(first: Value, second: Value) -> bool:
    """Whether two figures may stand on one line; the answers to one question of one group are one mark."""
    one, other = first.observation, second.observation
    names = ("survey_id", "sector", "segment", "indicator")
    if all(getattr(one, name) == getattr(other, name) for name in names):
        return True
    if one.response != other.response:  # a stack beside a stack: judged answer by answer
        return True
    return verdict(data(), one, other, SmallBaseThresholds()).kind != NO


everything_comparable = st.deferred(
    lambda: rich.selections_of(
        lambda each: replace(each, comparable=True, expanded=views.vocabulary().themes)
    )
)


class TestSets:
    """Sets of which every pair may be compared, and that nothing else fits into."""

    @given(
        st.integers(2, 7).flatmap(
            lambda n: st.tuples(
                st.just(n), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)))
            )
        )
    )
    def test_they_are_the_maximal_ones(self, made):
        count, pairs = made
        allowed = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}

        def may(one: int, other: int) -> bool:
            return frozenset((one, other)) in allowed

        found = comparable_sets(range(count), may)
        every = [
            set(members)
            for size in range(2, count + 1)
            for members in combinations(range(count), size)
            if all(may(*pair) for pair in combinations(members, 2))
        ]
        maximal = [members for members in every if not any(members < other for other in every)]
        assert sorted(map(sorted, found)) == sorted(map(sorted, maximal))
        assert [len(each) for each in found] == sorted(map(len, found), reverse=True)

    def test_who_innovates(self):
        section = only_section("concept=innovative_workplaces&only=comparable")
        rows = [
            [(value.survey.survey_id, value.observation.sector) for value in row.values]
            for row in section.rows
        ]
        assert rows == [
            [("dk-2020", "municipal"), ("dk-2020", "regional"), ("dk-2020", "state")],
            [("dk-2023", "all"), ("se-2018-workplace", "all"), ("is-2021", "all")],
            [
                ("se-2021-workplace", "municipal"),
                ("se-2021-workplace", "regional"),
                ("se-2021-workplace", "state"),
            ],
            [("dk-2020", "state"), ("is-2021", "state")],
            [("is-2021", "state"), ("is-state-2024", "state")],
        ]


class TestOnlyComparable:
    @pytest.mark.parametrize("by", ARRANGEMENTS)
    @pytest.mark.parametrize("editions", [LATEST, ALL_EDITIONS])
    @pytest.mark.parametrize("chart", ["bars", "scale", "table", "change"])
    def test_over_all_selections_of_one_indicator(self, chart, editions, by):
        """Every figure kept belongs to a set; different sets share no row and no panel; nothing that belongs to one is lost."""
        known = views.vocabulary()
        for indicator in known.indicators:
            for split in splits()[indicator]:
                wanted = replace(
                    default(known),
                    themes=known.themes,
                    indicators=(indicator,),
                    chart=chart,
                    by=by,
                    editions=editions,
                    split=split,
                )
                everything = views.of(normal(wanted, known))
                shown = views.of(normal(replace(wanted, comparable=True), known))
                drawn: set[int] = set()
                for section in shown.sections:
                    for line in lines(section):
                        assert (
                            len({(v.survey.survey_id, v.population, v.measure) for v in line}) > 1
                            or not line
                        )
                        assert all(may_share(*pair) for pair in combinations(line, 2))
                        drawn |= {value.observation.position for value in line}
                values = [
                    value
                    for section in everything.sections
                    for value in section.values
                    if value.observation.kind == "national"
                ]
                if chart == "bars" and editions == ALL_EDITIONS:
                    partnered = {
                        value.observation.position
                        for pair in combinations(values, 2)
                        if pair[0].measure == pair[1].measure
                        and verdict(
                            data(), *(v.observation for v in pair), SmallBaseThresholds()
                        ).kind
                        != NO
                        for value in pair
                    }
                    assert drawn == partnered

    @settings(max_examples=40)
    @given(everything_comparable)
    def test_no_line_holds_figures_in_conflict(self, selection):
        for section in views.of(selection).sections:
            for line in lines(section):
                assert all(
                    may_share(*pair)
                    for pair in combinations(line, 2)
                    if pair[0].measure == pair[1].measure
                )
            assert not any(row.obstacles for row in section.rows)
            assert not any(panel.obstacles for panel in section.panels)

    def test_both_sides_of_the_collaboration_view_stay_each_in_a_row_of_its_own(self):
        section = only_section("concept=collab_any&country=DK~SE&only=comparable&edition=all")
        rows = [
            sorted((value.observation.country, value.observation.value) for value in row.values)
            for row in section.rows
        ]
        assert rows == [
            [("DK", 69), ("DK", 69), ("DK", 79), ("DK", 79)],
            [("SE", 42), ("SE", 51), ("SE", 65)],
        ]

    def test_an_emptied_view_offers_to_lift_it(self):
        shown = show("theme=strategy&country=FI&only=comparable")
        assert (shown.figures, shown.sections) == (0, ())
        (found,) = (each for each in shown.relaxations if each.parameters == ("only",))
        assert not found.selection.comparable
        assert views.of(found.selection).figures == found.figures == 3
        sentence, button = missing.relaxations(views.loc(), found)
        assert sentence == "No two figures here may be compared."
        assert button == "Show all figures (3 figures)"

    def test_every_way_out_of_an_emptied_comparison_brings_what_it_promises(self):
        shown = show("theme=strategy&country=FI&only=comparable")
        promised = {each.parameters: each.figures for each in shown.relaxations}
        assert promised == {
            each.parameters: views.of(each.selection).figures for each in shown.relaxations
        }

    def test_a_scale_keeps_every_answer_of_the_figures_it_keeps(self):
        """The answers of one question are parts of one bar; they are not in conflict with each other."""
        section = only_section(
            "concept=novelty&country=DK&view=scale&edition=dk-2015~dk-2023&only=comparable"
        )
        answers = {
            (value.observation.survey_id, value.observation.response) for value in section.values
        }
        assert {response for survey, response in answers if survey == "dk-2023"} == {
            "first_of_its_kind",
            "inspired",
            "copied",
            "dont_know",
        }


class TestParts:
    def test_denmark_and_sweden_are_parted_by_base_and_no_panel_has_two(self):
        section = only_section("theme=collaboration&country=DK~SE")
        assert [(panel.header.country, panel.part) for panel in section.panels] == [
            ("DK", 0),
            *(("SE", part) for part in range(1, 5)),
        ]
        for panel in section.panels:
            figures = section.values_of(panel)
            assert {value.observation.base for value in figures} == {panel.base}
        # What no row holds beside each other no row needs to part.
        assert not any("base" in row.obstacles for row in section.rows)

    def test_workplaces_and_management_are_parted(self):
        for chart, barred in (("heat", True), ("bars", False)):
            section = only_section(f"theme=drivers&country=SE&view={chart}")
            assert [panel.part for panel in section.panels] == [0, 1]
            both = [row for row in section.rows if all(cell.values for cell in row.cells)]
            assert both
            # Bars of management stand below those of workplaces, which no row of a heat table does.
            for row in both:
                assert ({"base", "respondent", "scale"} <= set(row.obstacles)) == barred
                assert bool(row.obstacles) == barred

    @pytest.mark.parametrize(
        ("query", "bases"),
        [
            ("theme=collaboration&country=DK&edition=dk-2023", ["innovations"]),
            ("concept=collab_any&country=SE", ["workplaces", "organisations"]),
        ],
    )
    def test_what_stands_beside_each_other_may_be_compared_and_is_a_share_of_one_thing(
        self, query, bases
    ):
        section = only_section(query)
        assert [panel.base for panel in section.panels] == bases
        assert [panel.part for panel in section.panels] == list(range(len(bases)))
        assert not any(row.obstacles for row in section.rows)

    def test_whole_organisations_are_parted_from_workplaces(self):
        section = only_section("theme=activities&country=SE&split=group")
        assert [panel.part for panel in section.panels] == [0, 1]
        nordic = "~".join(f"nordic-2019-{country}" for country in ("dk", "no", "se", "fi", "is"))
        section = only_section(f"concept=innovative_workplaces&edition={nordic}")
        assert [(panel.header.country, panel.part) for panel in section.panels] == [
            ("DK", 0),
            ("NO", 0),
            ("SE", 0),
            ("IS", 0),
            ("FI", 1),
        ]
        # Finland's are municipalities: a row of their own.
        countries = [{v.respondents.country for v in row.values} for row in section.rows]
        assert countries == [{"DK", "NO", "SE", "IS"}, {"FI"}]
        assert all(row.obstacles == () for row in section.rows)

    def test_by_indicator_the_panels_say_so(self):
        section = only_section("concept=collab_any&country=DK~SE&by=indicator")
        assert [(panel.line, panel.lines) for panel in section.panels] == [(0, 3), (1, 3), (2, 3)]
        # The bases of one indicator stand beside each other, and none may be compared with another.
        assert [panel.obstacles for panel in section.panels] == [("base", "unit", "sector")] * 3
        bases = [
            {value.observation.base for value in section.values_of(panel)}
            for panel in section.panels
        ]
        assert bases == [{"workplaces"}, {"innovations"}, {"organisations"}]

    @settings(max_examples=40)
    @given(views.any_selections, st.sampled_from(["bars", "dots", "scale", "heat"]))
    def test_no_panel_of_an_indicator_has_two_bases(self, selection, chart):
        changed = replace(selection, by="indicator", chart=chart, comparable=False)
        for section in views.of(normal(changed, views.vocabulary())).sections:
            for panel in section.panels:
                bases = {value.observation.base for value in section.values_of(panel)}
                assert all(bases <= equivalent_bases(base) for base in bases)

    @settings(max_examples=30)
    @given(rich.selections)
    def test_obstacles_are_exactly_what_forbids_a_comparison(self, selection):
        shown = views.of(selection)
        for section in shown.sections:
            if selection.chart == "scale":
                continue
            headed = [*section.rows, *section.panels]
            # Panels of one indicator part its bases: what keeps these apart holds for each of them.
            values = {id(row): row.values for row in section.rows} | {
                id(panel): [
                    value
                    for each in section.panels
                    if each is panel
                    or (each.header == panel.header and not shown.selection.comparable)
                    for value in section.values_of(each)
                ]
                for panel in section.panels
            }
            for line in (each for each in headed if isinstance(each.header, Measure)):
                members = values[id(line)]
                # Of rows of sectors those of workplaces and of management, and of each base, stand below each other.
                expected = {
                    reason.kind
                    for first, second in combinations(members, 2)
                    if not section.sectors_apart
                    or (first.respondents.level, first.observation.base)
                    == (second.respondents.level, second.observation.base)
                    for reason in verdict(
                        data(), first.observation, second.observation, SmallBaseThresholds()
                    ).reasons
                    if reason.verdict == NO and reason.kind not in ("sector", "part")
                }
                figures = [value.observation for value in members]
                if not section.sectors_apart and without_common_sector(data(), figures):
                    expected.add("sector")
                assert set(line.obstacles) == (expected if selection.chart != "change" else set())


@pytest.mark.parametrize("theme", views.vocabulary().themes)
@pytest.mark.parametrize(
    "query", ["", "&only=comparable", "&by=sector&only=comparable", "&by=indicator"]
)
def test_two_rows_of_one_name_say_what_tells_them_apart(theme: str, query: str) -> None:
    for section in show(f"theme={theme}&more={theme}{query}").sections:
        heads = [
            row_name(views.loc(), section, row, row.values, sector=True) for row in section.rows
        ]
        assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("theme", views.vocabulary().themes)
@pytest.mark.parametrize("chart", ["bars", "compare"])
def test_a_row_of_comparable_figures_has_two(theme: str, chart: str) -> None:
    for section in show(f"theme={theme}&more={theme}&only=comparable&view={chart}").sections:
        assert all(len(row.values) > 1 for row in section.rows)
