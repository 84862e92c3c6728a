"""Data that grow: what is worked out for many countries is the same as pair by pair, and takes no more judgements."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from unittest import mock

import pytest

from benchmarks.growth import grown
from dashboard import charts  # noqa: F401 -- registers the types of charts
from dashboard.charts import dot_labels
from dashboard.charts.dot_labels import Room, Wanted, placed
from dashboard.comparability import CARE, verdict
from dashboard.dataset import load
from dashboard.layout import choices
from dashboard.layout.filter_row import filter_row
from dashboard.query import DatasetIndex, build_index, comparisons, families, view
from dashboard.query.comparisons import EXPECTED
from dashboard.query.destinations import destinations
from dashboard.query.filtering import figure_count
from dashboard.query.row_sets import MOST_SETS
from dashboard.selection import default, filters, parse, search
from dashboard.selection.rules import OPENING_COUNTRIES
from dashboard.statistics import p_range, p_ranges, p_value, p_values
from dashboard.text import Localizer
from tests.support import views

LINES = "view=compare&theme=innovation&edition=all"


def index_of(folder: Path, times: int) -> DatasetIndex:
    grown(folder, times)
    return build_index(load(folder))


@pytest.fixture(scope="module")
def indices(tmp_path_factory) -> tuple[DatasetIndex, ...]:
    """Data of 12 and of 24 countries."""
    base = tmp_path_factory.mktemp("grown")
    return tuple(index_of(base / str(times), times) for times in (2, 4))


def lines(index: DatasetIndex):
    everywhere = replace(
        parse(LINES, index.vocabulary).selection, countries=index.vocabulary.countries
    )
    shown = view(index, everywhere)
    return [row for section in shown.sections for row in section.rows]


def test_cautions_of_a_line_are_those_of_all_its_pairs(indices):
    rows = lines(indices[0])
    assert any(row.cautions for row in rows)
    for row in rows:
        figures = [value.observation for value in row.values]
        assert row.cautions == tuple(
            dict.fromkeys(
                reason.kind
                for first, second in combinations(figures, 2)
                for reason in verdict(
                    indices[0].dataset, first, second, indices[0].thresholds
                ).reasons
                if reason.verdict == CARE and reason.kind not in EXPECTED
            )
        )


def test_the_longest_line_takes_no_more_judgements_in_more_countries(indices):
    judged, lengths = [], []
    for index in indices:
        longest = max(lines(index), key=lambda row: len(row.values)).values
        with mock.patch.object(comparisons, "verdict", side_effect=verdict) as asked:
            comparisons._cautions(index, longest)
        judged.append(asked.call_count)
        lengths.append(len(longest))
    assert lengths[1] > 1.5 * lengths[0]
    assert judged[1] <= 1.5 * judged[0]


def test_differences_have_the_verdict_of_their_pair(indices):
    index = indices[0]
    found = index.differences.among(range(index.size))
    assert {each.family for each in found} >= {"countries", "editions"}
    assert all(
        each.verdict == verdict(index.dataset, each.first, each.second, index.thresholds)
        for each in found
    )


def test_a_family_of_more_countries_takes_no_more_judgements(indices):
    judged = []
    for index in indices:
        fresh = families.Differences(index.dataset, index.thresholds)
        row = next(
            each.first for each in index.differences.among(range(index.size))
            if each.family == "countries"
        )  # fmt: skip
        with mock.patch.object(families, "verdict", side_effect=verdict) as asked:
            assert fresh[row.position]
        judged.append(asked.call_count)
    assert judged[1] <= 2 * judged[0]


def test_differences_among_figures_are_those_of_each_with_both_ends_there(indices):
    index = indices[0]
    chosen = range(0, index.size, 2)
    each_alone = dict.fromkeys(
        found
        for position in chosen
        for found in index.differences[position]
        if {found.first.position, found.second.position} <= set(chosen)
    )
    assert each_alone
    assert index.differences.among(chosen) == tuple(each_alone)


def test_p_values_of_many_are_those_of_each():
    tables = [(30.5, 100, 12.0, 90), (1.0, 20, 5.0, 400), (400.0, 1000, 380.25, 900)]
    assert p_values(tables) == [p_value(*each) for each in tables]
    ranges = [
        ((30, 31), 100, (12, 13), 90),
        ((1, 2), 20, (1, 2), 400),
        ((40, 41), 999, (38, 39), 900),
    ]
    assert p_ranges(ranges) == [p_range(*each) for each in ranges]
    assert p_values([]) == p_ranges([]) == []


def test_a_page_lists_no_more_editions_than_can_be_read_through(indices, tmp_path):
    """Those that are chosen, then those of the chosen countries; of few editions all are listed."""
    many = index_of(tmp_path / "data", 6)
    for index, whole in ((views.index(), True), (many, False)):
        country = (
            "country=DK&edition=dk-2020~dk-2023" if whole else "country=DK&edition=dk-2023~se-2023"
        )
        address = parse(f"view=bars&theme=drivers&{country}", index.vocabulary)
        offered = choices.controls(
            view(index, address.selection), index, Localizer(index.dataset), ""
        ).options["edition"]
        codes = {each["value"] for each in offered}
        national = filters.EDITION.offered(index.vocabulary)
        assert codes >= set(address.selection.editions)
        assert whole == (codes == set(national))
        assert len(codes) <= 60 < len(national) or whole
        surveys = index.dataset.surveys
        assert codes >= {each for each in national if surveys[each].country == "DK"}


def test_a_first_visit_has_as_many_countries_as_can_be_told_apart(indices):
    """Those with the most to show; every other is one choice away, and an address that names all keeps them."""
    for index, whole in ((views.index(), True), (indices[1], False)):
        known = index.vocabulary
        first = default(known).countries
        assert whole == (first == known.countries)
        assert len(first) == min(OPENING_COUNTRIES, len(known.countries))
        everywhere = filters.COUNTRY.relaxed(default(known), known)
        assert everywhere.countries == known.countries
        assert parse(search(everywhere, known), known).selection == everywhere
        figures = Counter(row.country for row in index.dataset.observations)
        least = min(figures[each] for each in first)
        assert all(figures[each] <= least for each in known.countries if each not in first)


def test_what_a_first_visit_leaves_out_is_found(indices):
    index = indices[1]
    shown = set(default(index.vocabulary).countries)
    found = destinations(index)
    assert {thing.code for thing in found if thing.list == "country"} >= set(
        index.vocabulary.countries
    ) - {"NL"}
    for thing, opened in found.items():
        if thing.list == "survey" and index.dataset.surveys[thing.code].country not in shown:
            assert index.dataset.surveys[thing.code].country in opened.selection.countries


def test_a_list_too_long_to_look_through_has_a_field_to_search_it(indices):
    for index, long in ((views.index(), False), (indices[1], True)):
        shown = view(index, default(index.vocabulary))
        loc = Localizer(index.dataset)
        options = choices.controls(shown, index, loc, "").options
        row = str(filter_row(loc, options))
        assert long == ("country-search" in row)
        assert "sector-search" not in row
        assert {each["value"] for each in options["country"]} == set(index.vocabulary.countries)


def test_lines_of_many_countries_are_as_many_as_can_be_read(indices):
    """Every figure that may be compared stands on one, though there would be more sets than anyone can list."""
    index = indices[1]
    shown = lines(index)
    for header, lines_of_header in Counter(row.header for row in shown).items():
        held = {value.observation for row in shown if row.header == header for value in row.values}
        editions = max(Counter(figure.country for figure in held).values())
        assert lines_of_header <= MOST_SETS + 2 * editions
    selection = replace(
        parse(LINES, index.vocabulary).selection, countries=index.vocabulary.countries
    )
    drawn = {value.observation.position for row in shown for value in row.values}
    assert len(drawn) == figure_count(index, selection)


def test_many_labels_of_a_line_are_listed_without_a_search(indices):
    wanted = [Wanted(300 + at / 10, 290 + at / 10, 310 + at / 10, 90) for at in range(200)]
    with mock.patch.object(dot_labels, "_is_free") as asked:
        places = placed(wanted, Room(0, 800, 6, 16))
    assert not asked.called
    assert all(each.keyed for each in places)
