"""Comparisons: what stands on a line may be compared, and nothing that could stand there is missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.comparability import NO, verdict
from dashboard.query import Comparison, Row, Section
from dashboard.query.filtering import filter_mask
from dashboard.query.row_sets import MOST_SETS, comparable_sets, compared_at_all
from dashboard.query.row_sets import comparisons as lines_of
from dashboard.selection import Selection, normal, parse
from dashboard.text import Localizer, comparisons, lead
from dashboard.text.order import in_order
from tests.support.compared import (
    EVERY,
    HELPS,
    INDEX,
    LOCS,
    QUERIES,
    VOCABULARY,
    WHO,
    compared,
    sections,
)
from tests.support.views import any_selections, only_section


def _positions(query: str) -> list[tuple[Comparison, frozenset[int]]]:
    """(what a line is about, positions of its figures)."""
    return [
        (row.header, frozenset(value.observation.position for value in row.values))
        for section in sections(query)
        for row in section.rows
        if isinstance(row.header, Comparison)
    ]


def _may(first: int, second: int) -> bool:
    rows = INDEX.dataset.observations
    return verdict(INDEX.dataset, rows[first], rows[second], INDEX.thresholds).kind != NO


@pytest.mark.parametrize("query", QUERIES)
def test_every_pair_of_a_line_may_be_compared(query):
    lines = _positions(query)
    assert lines
    for _, members in lines:
        assert len(members) > 1
        assert all(_may(first, second) for first, second in combinations(members, 2))


@pytest.mark.parametrize("query", [query for query in QUERIES if "baseline" not in query])
def test_no_line_could_hold_one_figure_more_and_no_line_is_missing(query):
    selection = parse(query, VOCABULARY).selection
    kept = [at for at, yes in enumerate(filter_mask(INDEX, selection)) if yes]
    rows = INDEX.dataset.observations
    lines = _positions(query)
    by_country = selection.by != "sector" and not selection.split

    def apart(first: int, second: int) -> bool:
        one, other = rows[first], rows[second]
        if by_country:
            alike = (one.indicator, one.response) == (other.indicator, other.response)
            whole = one.kind == "compilation" or (one.sector, one.segment) == (
                other.sector,
                other.segment,
            )
            return alike and whole and one.country != other.country
        return (
            one.survey_id == other.survey_id
            and (one.sector, one.segment) != (other.sector, other.segment)
            and (not selection.split or one.sector == other.sector)
        )

    for _, members in lines:
        for further in kept:
            if further not in members:
                assert not all(apart(further, each) and _may(further, each) for each in members)
    together = {frozenset(pair) for _, members in lines for pair in combinations(members, 2)}
    for first, second in combinations(kept, 2):
        if apart(first, second) and _may(first, second):
            assert frozenset((first, second)) in together


@pytest.mark.parametrize("query", [WHO, EVERY, f"{EVERY}&edition=all"])
def test_a_country_stands_once_on_a_line_and_a_line_is_of_one_indicator(query):
    for section in sections(query):
        for row in section.rows:
            countries = [value.respondents.country for value in row.values]
            assert len(countries) == len(set(countries))
            assert len({value.observation.indicator for value in row.values}) == 1


def test_the_comparison_that_the_institutions_published_together_leads():
    first = sections(WHO)[0].rows[0]
    found = {value.respondents.country: value.observation.value for value in first.values}
    assert found == {"DK": 80, "NO": 77, "SE": 81, "IS": 78, "FI": 95}
    assert first.header.source_id
    assert first.header.among is None
    assert {"unit", "sector"} <= set(first.cautions)


def test_what_stands_on_no_line_is_counted():
    shown = compared(WHO)
    section = shown.sections[0]
    drawn = {value.observation.position for value in section.values}
    kept = set(filter_mask(INDEX, shown.selection).nonzero()[0].tolist())
    assert section.off_lines == len(kept - drawn) > 0
    assert shown.figures == len(drawn)


def test_a_baseline_stands_on_every_line_that_is_left():
    lines = sections(f"{WHO}&baseline=IS&edition=all")[0].rows
    assert lines
    assert all("IS" in {value.respondents.country for value in row.values} for row in lines)
    assert len(lines) <= len(sections(f"{WHO}&edition=all")[0].rows)


@pytest.mark.parametrize(
    ("query", "field"),
    [("view=bars&baseline=DK", "baseline"), ("view=compare&by=sector&baseline=DK", "baseline")],
)
def test_a_baseline_without_countries_beside_it_falls_away(query, field):
    assert getattr(parse(query, VOCABULARY).selection, field) == ""


def _runs(section: Section) -> list[list[list[Row]]]:
    """Panel by panel the lines, those of one measure that follow each other in one list."""
    return [
        [
            list(lines)
            for _, lines in groupby(
                (row for row in section.rows if row.cells[at].values),
                key=lambda row: row.header.measure,
            )
        ]
        for at in range(len(section.panels))
    ]


def _spread(row: Row) -> float:
    figures = [value.observation.value for value in row.values]
    return max(figures) - min(figures)


def _most(row: Row) -> float:
    return max(value.observation.value for value in row.values)


@pytest.mark.parametrize(("sort", "size"), [("difference", _spread), ("value", _most)])
def test_lines_of_one_indicator_stand_together_and_come_by_what_is_asked_for(sort, size):
    for query in (EVERY, HELPS):
        for section in sections(f"{query}&sort={sort}"):
            among = list(dict.fromkeys(row.header.among for row in section.rows))
            for runs in _runs(section):
                measures = [run[0].header.measure for run in runs]
                assert len(measures) == len(set(measures))
                most = [max(map(size, run)) for run in runs]
                assert most == sorted(most, reverse=True)
                for run in runs:
                    if query == HELPS:
                        # Sectors follow each other alike all down the chart.
                        assert [row.header.among for row in run] == among[: len(run)]
                    else:
                        # What institutions published together leads.
                        order = [(not row.header.source_id, -size(row)) for row in run]
                        assert order == sorted(order)


def test_what_was_published_together_leads_whatever_countries_are_chosen():
    for countries in ("DK~SE", "DK~NO~SE"):
        query = f"country={countries}&concept=innovative_workplaces&view=compare"
        (section,) = sections(query)
        assert [bool(row.header.source_id) for row in section.rows] == [True, False]


def test_lines_come_by_name():
    loc = Localizer(INDEX.dataset, "da")
    for section in in_order(loc, compared(f"{EVERY}&sort=name")).sections:
        for at in range(len(section.panels)):
            names = [
                loc.header(row.header).casefold() for row in section.rows if row.cells[at].values
            ]
            assert names == sorted(names)


def test_percentages_of_different_things_stand_in_different_panels():
    for section in sections(EVERY):
        for row in section.rows:
            assert sum(bool(cell.values) for cell in row.cells) == 1


@pytest.mark.parametrize(
    ("query", "shared"),
    [
        (HELPS, ("Sweden", "answered by workplaces", "2019–2020")),
        (f"{HELPS}&sector=state", ("Sweden", "answered by agencies", "state", "2019–2020")),
        ("theme=effects&view=compare", ("All sectors",)),
    ],
)
def test_what_all_lines_share_is_said_once_above_them(query, shared):
    (section,) = sections(query)
    loc = LOCS["en"]
    unit = lead.unit(loc, compared(query), section)
    names = [comparisons.line_name(loc, row, named=False, beside=section) for row in section.rows]
    for words in shared:
        assert unit.casefold().count(words.casefold()) == 1
        assert not any(words in " ".join(name) for name in names)
    # No two lines are called alike.
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("query", QUERIES)
def test_no_two_lines_of_a_theme_are_called_alike(query):
    loc = LOCS["en"]
    for section in sections(query):
        for at in range(len(section.panels)):
            named = bool(comparisons.one_indicator(section, at))
            rows = [row for row in section.rows if row.cells[at].values]
            names = [comparisons.line_name(loc, row, named=named, beside=section) for row in rows]
            assert all(name for name, _ in names)
            # Lines of one header hold other figures; nothing else tells them apart.
            assert len(set(names)) >= len({row.header for row in rows})


def test_a_selection_keeps_its_order_and_baseline_in_its_address():
    selection: Selection = parse(f"{WHO}&baseline=DK&sort=name", VOCABULARY).selection
    assert (selection.baseline, selection.sort) == ("DK", "name")


def test_each_figure_of_a_line_of_two_bases_says_its_own_and_the_strip_that_they_differ():
    (section,) = sections("theme=effects&view=compare")
    notes = [
        comparisons.line_name(LOCS["en"], row, named=False, beside=section)[1]
        for row in section.rows
    ]
    told = [note.replace("\u00a0", " ").split(" · ") for note in notes]
    assert told[0] == ["Denmark 2013–14, Iceland 2016–18: % of innovations"]
    for row, note in zip(section.rows[1:], told[1:], strict=True):
        assert note == ["Denmark 2018–19, Iceland 2016–18"]
        shares = {
            value.respondents.country: comparisons.dot_share(LOCS["en"], row.values, value)
            for value in row.values
        }
        assert shares == {"DK": "of innovative workplaces", "IS": "of innovations"}
    assert not any(
        comparisons.dot_share(LOCS["en"], section.rows[0].values, value)
        for value in section.rows[0].values
    )
    assert "not quite the same thing" in comparisons.of_all_lines(LOCS["en"], section)
    assert "names two bases" in comparisons.bases_beside(LOCS["en"], section)
    (section,) = sections("theme=collaboration&view=compare")
    assert comparisons.bases_beside(LOCS["en"], section) == ""


def _kept(selection: Selection) -> tuple:
    kept = np.flatnonzero(filter_mask(INDEX, selection)).tolist()
    return INDEX.dataset, selection, [INDEX.dataset.observations[at] for at in kept], INDEX.may_compare  # fmt: skip


def _on_lines(selection: Selection) -> list[int]:
    return np.flatnonzero(INDEX.lines.among(selection, filter_mask(INDEX, selection))).tolist()


@pytest.mark.parametrize("query", [*QUERIES, f"{EVERY}&baseline=DK&edition=all", f"{EVERY}&baseline=NL"])  # fmt: skip
def test_what_stands_on_a_line_is_known_without_the_lines(query: str) -> None:
    asked = _kept(parse(query, VOCABULARY).selection)
    assert sorted(compared_at_all(*asked)) == sorted(lines_of(*asked)) == _on_lines(asked[1])


@settings(max_examples=60, deadline=None)
@given(any_selections, st.sampled_from(("", *VOCABULARY.countries)))
def test_of_any_selection_too(selection: Selection, baseline: str) -> None:
    changed = normal(replace(selection, chart="compare", baseline=baseline), VOCABULARY)
    asked = _kept(changed)
    assert sorted(compared_at_all(*asked)) == sorted(lines_of(*asked)) == _on_lines(changed)


def test_of_more_sets_than_can_be_listed_every_figure_has_one() -> None:
    """Forty countries with two editions each make more than 1,000,000,000,000 sets."""
    positions = range(80)
    found = comparable_sets(positions, lambda one, other: one // 2 != other // 2)
    assert len(found) <= MOST_SETS + len(positions)
    assert {position for each in found for position in each} == set(positions)
    assert {len({position // 2 for position in each}) for each in found} == {40}
    assert {len(each) for each in found} == {40}


def test_what_most_countries_are_compared_by_leads():
    section = only_section("theme=innovation&view=compare")
    most = [
        max(
            len({value.respondents.country for value in row.cells[at].values})
            for row in section.rows
        )
        for at, _ in enumerate(section.panels)
    ]
    assert len(set(most)) > 1
    assert most == sorted(most, reverse=True)
