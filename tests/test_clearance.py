"""Where labels stand: one below the other in a gutter, and at the first place that nothing has taken."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.clearance import Area, Clearance, by_rank
from dashboard.charts.end_labels import EndLabel, moved_apart

# --- Labels in a gutter ---


@given(
    st.lists(st.tuples(st.floats(0, 200), st.integers(1, 3)), max_size=8),
)
def test_labels_keep_their_order_and_clear_of_each_other(wanted):
    labels = [EndLabel(at, lines) for at, lines in sorted(wanted)]
    placed = moved_apart(labels, 15, -10, 400)
    for (one, label), (other, _) in pairwise(zip(placed, labels, strict=True)):
        assert other - one >= label.lines * 15 - 0.001
    assert all(at >= -10 + 7.5 - 0.001 for at in placed)


def test_labels_that_are_clear_stay_and_others_move_as_little_as_they_can():
    assert moved_apart([EndLabel(20), EndLabel(60)], 15, 0, 100) == [20, 60]
    assert moved_apart([EndLabel(50), EndLabel(50)], 20, 0, 100) == [40, 60]
    assert moved_apart([EndLabel(95), EndLabel(95)], 20, 0, 100) == [70, 90]
    assert moved_apart([], 20, 0, 100) == []


# --- Room for texts ---


@pytest.mark.parametrize(
    ("start", "end", "crossed"),
    [
        ((-5, 5), (15, 5), True),
        ((-5, -5), (15, 15), True),
        ((-5, 20), (15, 20), False),
        ((-10, 5), (-1, 5), False),
        ((5, -5), (5, 15), True),
        ((-6, 5), (5, -6), False),
    ],
)
def test_a_line_crosses_a_rectangle_or_passes_it(start, end, crossed):
    assert Area(0, 0, 10, 10).crossed_by(start, end) is crossed


def test_the_first_free_place_is_taken_and_then_no_longer_free():
    room = Clearance(Area(0, 0, 100, 100), areas=[Area(0, 0, 20, 20)])
    places = [Area(10, 10, 30, 20), Area(40, 40, 60, 50), Area(70, 70, 90, 80)]
    assert room.first_free(places) == places[1]
    assert room.first_free(places) == places[2]
    assert room.first_free([Area(95, 0, 105, 10)]) is None


@given(st.lists(st.integers(0, 3), max_size=12))
def test_places_stand_in_the_order_of_their_ranks(ranks):
    places = {Area(at, 0, at + 1, 1): rank for at, rank in enumerate(ranks)}
    assert [*by_rank(places, places.__getitem__)] == sorted(places, key=places.__getitem__)
