"""The statistics against statsmodels, against printed worked examples, and in their general properties."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats import proportion as reference
from statsmodels.stats.multitest import multipletests

from dashboard.statistics import holm, newcombe, two_sided_p, wilson

SIZES = (1, 2, 3, 5, 11, 14, 30, 76, 99, 164, 1_000, 4_321, 10**5, 10**6)
GRID = sorted({(k, n) for n in SIZES for k in (0, 1, n - 1, n)})
PAIRS = list(combinations_with_replacement(GRID, 2))
CONFIDENCES = (0.8, 0.95, 0.99)

# Newcombe (1998), Statistics in Medicine 17:857-872, Table I, method 3: count, n, low, high.
NEWCOMBE_SINGLE_TABLE_I = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]

# Newcombe (1998), Statistics in Medicine 17:873-890, Table II (a)-(h), method 10: counts and ns, low, high.
NEWCOMBE_DIFFERENCE_TABLE_II = [
    pytest.param(56, 70, 48, 80, 0.0524, 0.3339, id="a"),
    pytest.param(9, 10, 3, 10, 0.1705, 0.8090, id="b"),
    pytest.param(6, 7, 2, 7, 0.0582, 0.8062, id="c"),
    pytest.param(5, 56, 0, 29, -0.0381, 0.1926, id="d"),
    pytest.param(0, 10, 0, 20, -0.1611, 0.2775, id="e"),
    pytest.param(0, 10, 0, 10, -0.2775, 0.2775, id="f"),
    pytest.param(10, 10, 0, 20, 0.6791, 1.0000, id="g"),
    pytest.param(10, 10, 0, 10, 0.6075, 1.0000, id="h"),
]

values = st.floats(0, 100) | st.integers(0, 100)
sizes = st.integers(1, 10**6)
confidences = st.floats(0.5, 0.999)
p_lists = st.lists(st.floats(0, 1), max_size=12)


def percent(count, n):
    return 100 * np.asarray(count) / np.asarray(n)


def columns(pairs):
    """Turn ((count_a, n_a), (count_b, n_b)) rows into the four arguments value_a, n_a, value_b, n_b."""
    count_a, n_a, count_b, n_b = np.array([(*a, *b) for a, b in pairs]).T
    return percent(count_a, n_a), n_a, percent(count_b, n_b), n_b


# Worked examples


@pytest.mark.parametrize(("count", "n", "low", "high"), NEWCOMBE_SINGLE_TABLE_I)
def test_wilson_gives_the_limits_newcombe_prints(count, n, low, high):
    assert np.round(np.divide(wilson(percent(count, n), n), 100), 4).tolist() == [low, high]


@pytest.mark.parametrize(("count_a", "n_a", "count_b", "n_b", "low", "high"), NEWCOMBE_DIFFERENCE_TABLE_II)
def test_newcombe_gives_the_limits_newcombe_prints(count_a, n_a, count_b, n_b, low, high):
    difference, *limits = newcombe(percent(count_a, n_a), n_a, percent(count_b, n_b), n_b)
    assert difference == pytest.approx(100 * (count_a / n_a - count_b / n_b))
    assert np.round(np.divide(limits, 100), 4).tolist() == [low, high]


# Comparison with statsmodels


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_wilson_agrees_with_statsmodels(confidence):
    count, n = np.array(GRID).T
    expected = reference.proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(wilson(percent(count, n), n, confidence), np.multiply(expected, 100), atol=1e-11)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_newcombe_agrees_with_statsmodels(confidence):
    options = {"method": "newcomb", "compare": "diff", "alpha": 1 - confidence}
    expected = [reference.confint_proportions_2indep(*a, *b, **options) for a, b in PAIRS]
    _, low, high = newcombe(*columns(PAIRS), confidence)
    np.testing.assert_allclose(np.transpose([low, high]), np.multiply(expected, 100), atol=1e-10)


def test_two_sided_p_agrees_with_statsmodels():
    pairs = [(a, b) for a, b in PAIRS if 0 < a[0] + b[0] < a[1] + b[1]]
    z_tests = [reference.proportions_ztest([a[0], b[0]], [a[1], b[1]])[1] for a, b in pairs]
    options = {"method": "score", "compare": "diff", "correction": False}
    with np.errstate(all="ignore"):  # The reference also works out ratios, which are undefined at 0 and 100.
        score_tests = [reference.test_proportions_2indep(*a, *b, **options).pvalue for a, b in pairs]
    ours = two_sided_p(*columns(pairs))
    np.testing.assert_allclose(ours, z_tests, rtol=1e-7, atol=1e-300)
    np.testing.assert_allclose(ours, score_tests, rtol=1e-7, atol=1e-300)


@pytest.mark.parametrize("number", [1, 2, 3, 6, 10, 45])
def test_holm_agrees_with_statsmodels(number):
    # Small and rounded, so that there are ties and not all are capped at 1.
    p_values = np.round(np.random.default_rng(number).random(number) ** 4, 2)
    np.testing.assert_allclose(holm(p_values), multipletests(p_values, method="holm")[1], rtol=1e-12)


# Edges


def test_two_sided_p_is_one_where_nothing_differs():
    pairs = [(a, b) for a, b in PAIRS if a[0] + b[0] in (0, a[1] + b[1])]
    assert len(pairs) > len(SIZES)
    assert np.all(two_sided_p(*columns(pairs)) == 1)


def test_wilson_reaches_0_and_100_exactly():
    n = np.array(SIZES)
    assert np.all(wilson(0, n)[0] == 0)
    assert np.all(wilson(100, n)[1] == 100)


def test_edges_need_no_undefined_arithmetic():
    count, n = np.array(GRID).T
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        results = [*wilson(percent(count, n), n), *newcombe(*columns(PAIRS)), two_sided_p(*columns(PAIRS))]
    assert all(np.isfinite(result).all() for result in results)


def test_holm_of_nothing_and_of_one():
    assert holm([]).shape == (0,)
    assert holm([0.03]).tolist() == [0.03]


def test_holm_keeps_the_order_and_stops_at_1():
    np.testing.assert_allclose(holm([0.04, 0.01, 0.9, 0.03]), [0.09, 0.04, 0.9, 0.09])
    assert holm([0.6, 0.7]).tolist() == [1, 1]


# Shapes


def test_scalars_give_scalars():
    for result in (*wilson(65, 76), *newcombe(65, 76, 42, 300), two_sided_p(65, 76, 42, 300)):
        assert isinstance(result, float)


@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3)])
def test_arguments_are_broadcast(shape):
    n = np.full(shape, 50)
    for result in (*wilson(65, n), *newcombe(65, 76, 42, n), two_sided_p(65, 76, 42, n)):
        assert result.shape == shape


def test_arrays_give_what_scalars_give():
    arguments = columns(PAIRS[::7])
    for row, *numbers in zip(zip(*arguments, strict=True), *newcombe(*arguments), two_sided_p(*arguments), strict=True):
        assert [*newcombe(*row), two_sided_p(*row)] == numbers


# Refusals


@pytest.mark.parametrize("value", [-0.1, 100.1, np.nan, np.inf, None, [50, np.nan]])
def test_a_value_outside_0_to_100_is_refused(value):
    for call in (
        lambda: wilson(value, 10),
        lambda: newcombe(value, 10, 50, 10),
        lambda: newcombe(50, 10, value, 10),
        lambda: two_sided_p(value, 10, 50, 10),
        lambda: two_sided_p(50, 10, value, 10),
    ):
        with pytest.raises(ValueError, match="percentage"):
            call()


@pytest.mark.parametrize("n", [0, -1, np.nan, np.inf, None, [10, 0]])
def test_an_n_that_is_not_positive_is_refused(n):
    for call in (
        lambda: wilson(50, n),
        lambda: newcombe(50, n, 50, 10),
        lambda: newcombe(50, 10, 50, n),
        lambda: two_sided_p(50, n, 50, 10),
        lambda: two_sided_p(50, 10, 50, n),
    ):
        with pytest.raises(ValueError, match="n must be"):
            call()


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, np.nan])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        wilson(50, 10, confidence)
    with pytest.raises(ValueError, match="confidence"):
        newcombe(50, 10, 50, 10, confidence)


@pytest.mark.parametrize("p_values", [[0.5, np.nan], [-0.01], [1.01], 0.5, [[0.1, 0.2]]])
def test_p_values_that_are_none_are_refused(p_values):
    with pytest.raises(ValueError, match="p-values"):
        holm(p_values)


# Properties


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
def test_newcombe_contains_the_difference_and_stays_within_100_points(value_a, n_a, value_b, n_b, confidence):
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
