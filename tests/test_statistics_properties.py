"""Properties that intervals and tests have for any numbers."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics import (
    finite_wilson,
    fisher_p,
    holm,
    newcombe,
    p_range,
    p_value,
    possible_range,
    rounded_range,
    two_sided_p,
    whole_counts,
    wilson,
)
from tests.support.samples import percent, sizes, tables

values = st.floats(0, 100) | st.integers(0, 100)
confidences = st.floats(0.5, 0.999)
p_lists = st.lists(st.floats(0, 1), max_size=12)
share_ranges = st.tuples(values, values).map(sorted).map(tuple)


@given(values, sizes, confidences)
def test_wilson_contains_its_value_and_stays_within_0_and_100(value, n, confidence):
    low, high = wilson(value, n, confidence)
    assert 0 <= low <= value <= high <= 100
    assert low < high


@given(values, sizes, confidences)
def test_wilson_mirrors(value, n, confidence):
    low, high = wilson(value, n, confidence)
    assert wilson(100 - value, n, confidence) == pytest.approx((100 - high, 100 - low), abs=1e-10)


@given(values, st.lists(sizes, min_size=2, max_size=2, unique=True))
def test_wilson_is_wider_for_fewer_answers(value, two_sizes):
    low, high = wilson(value, sorted(two_sizes))
    widths = high - low
    assert widths[0] > widths[1]


@given(values, sizes, st.lists(confidences, min_size=2, max_size=2))
def test_wilson_is_wider_for_more_confidence(value, n, two_confidences):
    less, more = (wilson(value, n, confidence) for confidence in sorted(two_confidences))
    assert more[0] <= less[0] + 1e-10
    assert more[1] >= less[1] - 1e-10


@given(values, sizes, values, sizes, confidences)
def test_newcombe_contains_the_difference_and_stays_within_100_points(
    value_a, n_a, value_b, n_b, confidence
):
    difference, low, high = newcombe(value_a, n_a, value_b, n_b, confidence)
    assert difference == value_a - value_b
    assert -100 <= low <= difference <= high <= 100
    assert low < high


@given(values, sizes, values, sizes)
def test_newcombe_turns_round_with_its_arguments(value_a, n_a, value_b, n_b):
    difference, low, high = newcombe(value_a, n_a, value_b, n_b)
    assert newcombe(value_b, n_b, value_a, n_a) == (-difference, -high, -low)


@given(values, st.lists(sizes, min_size=2, max_size=2, unique=True), values, sizes)
def test_newcombe_is_wider_for_fewer_answers(value_a, two_sizes, value_b, n_b):
    _, low, high = newcombe(value_a, sorted(two_sizes), value_b, n_b)
    assert low[0] <= low[1] + 1e-10
    assert high[0] >= high[1] - 1e-10


@given(values, sizes, values, sizes)
def test_two_sided_p_is_a_probability_and_the_order_does_not_matter(value_a, n_a, value_b, n_b):
    p = two_sided_p(value_a, n_a, value_b, n_b)
    assert 0 <= p <= 1
    assert two_sided_p(value_b, n_b, value_a, n_a) == pytest.approx(p, rel=1e-9)


@given(values, sizes, sizes)
def test_equal_values_have_p_1(value, n_a, n_b):
    assert two_sided_p(value, n_a, value, n_b) == 1


@given(p_lists)
def test_holm_never_lowers_a_p_value_and_keeps_their_ranks(p_values):
    adjusted = holm(p_values)
    assert np.all(adjusted >= p_values)
    assert np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p_values, kind="stable")]) >= 0)


@given(p_lists, st.randoms(use_true_random=False))
def test_holm_does_not_depend_on_the_order(p_values, random):
    order = list(range(len(p_values)))
    random.shuffle(order)
    assert holm([p_values[i] for i in order]).tolist() == [holm(p_values)[i] for i in order]


@given(sizes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 3))
def test_a_count_is_among_those_its_printed_percentage_may_stand_for(pair, decimals):
    count, n = pair
    unit = Decimal(1).scaleb(-decimals)
    for way in (ROUND_HALF_UP, ROUND_HALF_DOWN):
        printed = float((Decimal(100 * count) / n).quantize(unit, way))
        assert count in whole_counts(printed, n, decimals)


@given(st.integers(0, 1000), st.integers(1, 500))
def test_whole_counts_are_within_half_a_unit_and_the_next_ones_are_not(tenths, n):
    fitting = [k for k in range(n + 1) if abs(2000 * k - 2 * tenths * n) <= n]
    assert list(whole_counts(tenths / 10, n, 1)) == fitting


@given(values, st.integers(0, 3))
def test_rounded_range_contains_its_value_and_stays_within_0_and_100(value, decimals):
    low, high = rounded_range(value, decimals)
    assert 0 <= low <= value <= high <= 100
    assert high - low <= 10**-decimals + 1e-12


@given(tables(), st.integers(0, 400))
def test_possible_range_contains_the_share_and_is_as_wide_as_the_missing(table, missing):
    count, n, *_ = table
    low, high = possible_range(count, n, missing)
    assert 0 <= low <= 100 * count / n <= high <= 100
    assert high - low == pytest.approx(100 * missing / (n + missing))


@given(values, st.integers(1, 10**4), st.integers(1, 10**6), confidences)
def test_finite_wilson_is_narrower_than_wilson(value, n, more, confidence):
    low, high = wilson(value, n, confidence)
    finite_low, finite_high = finite_wilson(value, n, n + more, confidence)
    assert 0 <= finite_low <= value <= finite_high <= 100
    # A single answer says as little of a large population as of a small one.
    assert finite_high - finite_low <= high - low + 1e-10
    assert n == 1 or finite_high - finite_low < high - low


@given(values, st.integers(1, 10**4), confidences)
def test_finite_wilson_is_wilson_for_a_huge_population(value, n, confidence):
    expected = wilson(value, n, confidence)
    assert finite_wilson(value, n, 1e15, confidence) == pytest.approx(expected, abs=1e-7)


@given(tables())
def test_fisher_p_is_a_probability_and_neither_order_nor_side_matters(table):
    yes_a, n_a, yes_b, n_b = table
    p = fisher_p(*table)
    assert 0 <= p <= 1
    assert fisher_p(yes_b, n_b, yes_a, n_a) == pytest.approx(p, rel=1e-9)
    assert fisher_p(n_a - yes_a, n_a, n_b - yes_b, n_b) == pytest.approx(p, rel=1e-9)


@given(tables())
def test_p_value_is_one_of_the_two_tests(table):
    yes_a, n_a, yes_b, n_b = table
    score = two_sided_p(percent(yes_a, n_a), n_a, percent(yes_b, n_b), n_b)
    assert p_value(*table) in (fisher_p(*table), score)


@given(
    *(share_ranges, st.integers(1, 60)),
    *(share_ranges, st.integers(1, 300)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_p_range_contains_the_p_of_any_shares_in_the_ranges(first, n_a, second, n_b, parts):
    least, greatest = p_range(first, n_a, second, n_b)
    assert 0 <= least <= greatest <= 1
    share_a, share_b = (
        min(low + part * (high - low), high)
        for (low, high), part in zip((first, second), parts, strict=True)
    )
    p = p_value(share_a * n_a / 100, n_a, share_b * n_b / 100, n_b)
    assert least * (1 - 1e-9) <= p <= greatest * (1 + 1e-9)


@given(tables(most=2000), st.integers(0, 1))
def test_p_range_contains_the_p_of_the_counts_behind_printed_percentages(table, decimals):
    yes_a, n_a, yes_b, n_b = table
    first, second = (
        rounded_range(round(100 * yes / n, decimals), decimals)
        for yes, n in ((yes_a, n_a), (yes_b, n_b))
    )
    least, greatest = p_range(first, n_a, second, n_b)
    assert least * (1 - 1e-9) <= p_value(*table) + 1e-300
    assert p_value(*table) <= greatest * (1 + 1e-9) + 1e-300
    assert p_range(second, n_b, first, n_a) == pytest.approx((least, greatest), rel=1e-9)
