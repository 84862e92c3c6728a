"""Data that grow: what is worked out for many countries is the same as pair by pair, and takes no more judgements."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from unittest import mock

import pytest

from benchmarks.growth import grown
from dashboard import charts  # noqa: F401 -- registers the types of charts
from dashboard.comparability import CARE, verdict
from dashboard.dataset import load
from dashboard.layout import choices
from dashboard.query import DatasetIndex, build_index, comparisons, families, view
from dashboard.query.comparisons import EXPECTED
from dashboard.selection import filters, parse
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
    shown = view(index, parse(LINES, index.vocabulary).selection)
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
