"""The statistics against statsmodels, against printed worked examples, and in their general properties."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats import proportion as reference
from statsmodels.stats.multitest import multipletests

from dashboard.statistics import (
    FEW_ANSWERS,
    FEW_EXPECTED,
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
share_ranges = st.tuples(values, values).map(sorted).map(tuple)


@st.composite
def tables(draw, most=400):
    """Draw the four arguments yes_a, n_a, yes_b, n_b, whole."""
    n_a, n_b = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, n_a)), n_a, draw(st.integers(0, n_b)), n_b


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


@pytest.mark.parametrize(
    ("count_a", "n_a", "count_b", "n_b", "low", "high"), NEWCOMBE_DIFFERENCE_TABLE_II
)
def test_newcombe_gives_the_limits_newcombe_prints(count_a, n_a, count_b, n_b, low, high):
    difference, *thresholds = newcombe(percent(count_a, n_a), n_a, percent(count_b, n_b), n_b)
    assert difference == pytest.approx(100 * (count_a / n_a - count_b / n_b))
    assert np.round(np.divide(thresholds, 100), 4).tolist() == [low, high]


@pytest.mark.parametrize(
    ("value", "n", "decimals", "counts"),
    [
        (76, 76, 0, [58]),
        (77, 76, 0, []),
        (50, 1000, 0, list(range(495, 506))),
        (12, 8, 0, [1]),  # 12.5 %, rounded to even,
        (13, 8, 0, [1]),  # or up.
        (12.5, 8, 1, [1]),
        (12.4, 8, 1, []),
        (18.2, 274, 1, [50]),
        (0, 300, 0, [0, 1]),
        (100, 300, 0, [299, 300]),
    ],
)
def test_whole_counts_are_those_printed_so(value, n, decimals, counts):
    assert list(whole_counts(value, n, decimals)) == counts


def test_whole_counts_have_no_rounding_error():
    # Each k of 2000 falls on a half of a unit at one decimal every second time: 0.05 %, 0.15 % ...
    for k in range(1, 2000, 2):
        below, above = Decimal(k - 1) / 20, Decimal(k + 1) / 20
        assert k in whole_counts(float(below), 2000, 1)
        assert k in whole_counts(float(above), 2000, 1)
        assert len(whole_counts(float(above), 2000, 1)) == (3 if above < 100 else 2)


@pytest.mark.parametrize(
    ("value", "decimals", "thresholds"),
    [
        (18, 0, (17.5, 18.5)),
        (18.1, 1, (18.05, 18.15)),
        (0, 0, (0, 0.5)),
        (100, 0, (99.5, 100)),
        (99.97, 1, (99.92, 100)),
    ],
)
def test_rounded_range_is_half_a_unit_either_side(value, decimals, thresholds):
    assert rounded_range(value, decimals) == thresholds


@pytest.mark.parametrize(
    ("count", "n", "missing", "thresholds"),
    [
        (8, 11, 6, (100 * 8 / 17, 100 * 14 / 17)),
        (11, 14, 6, (55, 85)),
        (8, 11, 0, (100 * 8 / 11, 100 * 8 / 11)),
        (0, 1, 99, (0, 99)),
    ],
)
def test_possible_range_lets_the_missing_say_no_or_yes(count, n, missing, thresholds):
    assert possible_range(count, n, missing) == thresholds


def test_a_p_value_from_counts_is_one_of_those_from_the_printed_percentages():
    from_counts, from_printed = p_value(50, 274, 156, 1222), two_sided_p(18, 274, 13, 1222)
    assert from_counts == two_sided_p(percent(50, 274), 274, percent(156, 1222), 1222)
    assert (round(from_counts, 3), round(from_printed, 3)) == (0.017, 0.031)
    least, greatest = p_range(rounded_range(18), 274, rounded_range(13), 1222)
    assert least < from_counts < from_printed < greatest
    assert (round(least, 3), round(greatest, 3)) == (0.009, 0.087)


# Comparison with statsmodels and SciPy


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_wilson_agrees_with_statsmodels(confidence):
    count, n = np.array(GRID).T
    expected = reference.proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(
        wilson(percent(count, n), n, confidence), np.multiply(expected, 100), atol=1e-11
    )


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
    with np.errstate(
        all="ignore"
    ):  # The reference also works out ratios, which are undefined at 0 and 100.
        score_tests = [
            reference.test_proportions_2indep(*a, *b, **options).pvalue for a, b in pairs
        ]
    ours = two_sided_p(*columns(pairs))
    np.testing.assert_allclose(ours, z_tests, rtol=1e-7, atol=1e-300)
    np.testing.assert_allclose(ours, score_tests, rtol=1e-7, atol=1e-300)


@pytest.mark.parametrize("number", [1, 2, 3, 6, 10, 45])
def test_holm_agrees_with_statsmodels(number):
    # Small and rounded, so that there are ties and not all are capped at 1.
    p_values = np.round(np.random.default_rng(number).random(number) ** 4, 2)
    np.testing.assert_allclose(
        holm(p_values), multipletests(p_values, method="holm")[1], rtol=1e-12
    )


SMALL = [(k, n) for n in range(1, 10) for k in range(n + 1)]


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param(list(product(SMALL, SMALL)), id="all small tables"),
        pytest.param([(a, b) for a, b in PAIRS if max(a[1], b[1]) < 5000], id="grid"),
        pytest.param([((k, 1222), (k // 3, 274)) for k in range(0, 800, 37)], id="as published"),
    ],
)
def test_fisher_p_agrees_with_scipy(pairs):
    ours = [fisher_p(*a, *b) for a, b in pairs]
    expected = [fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]).pvalue for a, b in pairs]
    np.testing.assert_allclose(ours, expected, rtol=1e-7, atol=1e-300)


@given(tables())
def test_fisher_p_agrees_with_scipy_on_any_table(table):
    yes_a, n_a, yes_b, n_b = table
    expected = fisher_exact([[yes_a, n_a - yes_a], [yes_b, n_b - yes_b]]).pvalue
    assert fisher_p(*table) == pytest.approx(expected, rel=1e-7, abs=1e-300)


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
        results = [
            *wilson(percent(count, n), n),
            *newcombe(*columns(PAIRS)),
            two_sided_p(*columns(PAIRS)),
        ]
    assert all(np.isfinite(result).all() for result in results)


def test_holm_of_nothing_and_of_one():
    assert holm([]).shape == (0,)
    assert holm([0.03]).tolist() == [0.03]


def test_holm_keeps_the_order_and_stops_at_1():
    np.testing.assert_allclose(holm([0.04, 0.01, 0.9, 0.03]), [0.09, 0.04, 0.9, 0.09])
    assert holm([0.6, 0.7]).tolist() == [1, 1]


def test_fisher_p_is_one_where_nothing_differs():
    for n_a, n_b in product(SIZES[:-3], repeat=2):
        assert fisher_p(0, n_a, 0, n_b) == fisher_p(n_a, n_a, n_b, n_b) == 1


@pytest.mark.parametrize(
    ("table", "exact"),
    [
        ((15, FEW_ANSWERS - 1, 500, 1000), True),
        ((500, 1000, 15, FEW_ANSWERS - 1), True),
        ((15, FEW_ANSWERS, 500, 1000), False),
        ((4, 40, FEW_EXPECTED, 40), True),  # 4.5 expected,
        ((5, 40, FEW_EXPECTED, 40), False),  # 5,
        ((36, 40, 35, 40), True),  # and the same of no.
        ((35, 40, 35, 40), False),
        ((4.4, 40, 5.4, 40), True),  # Rounded to 4 and 5; 4.9 would be expected either way.
        ((4.6, 40, 5.3, 40), False),  # Rounded to 5 and 5.
    ],
)
def test_p_value_takes_fishers_test_where_there_is_little(table, exact):
    yes_a, n_a, yes_b, n_b = table
    whole = fisher_p(round(yes_a), n_a, round(yes_b), n_b)
    score = two_sided_p(percent(yes_a, n_a), n_a, percent(yes_b, n_b), n_b)
    assert p_value(*table) == (whole if exact else score)


def test_p_range_is_that_of_the_corners_for_the_score_test():
    low, high = p_range((40, 50), 300, (60, 70), 400)
    assert low == pytest.approx(two_sided_p(40, 300, 70, 400), rel=1e-12)
    assert high == pytest.approx(two_sided_p(50, 300, 60, 400), rel=1e-12)


@pytest.mark.parametrize("second", [(60, 70), (50, 60), (45, 47), (20, 40), (40, 40)])
@pytest.mark.parametrize("sizes", [(300, 400), (11, 14), (11, 400), (40, 40)])
def test_p_range_reaches_1_where_the_ranges_meet(second, sizes):
    meet = second != (60, 70)
    for arguments in (((40, 50), second), (second, (40, 50))):
        least, greatest = p_range(arguments[0], sizes[0], arguments[1], sizes[1])
        assert least <= greatest
        assert not meet or greatest == 1
    assert meet or p_range((40, 50), 300, second, 400)[1] < 1


def test_p_range_holds_what_lies_between_the_corners():
    # Fisher's exact test finds 22 of 25 nearer to 14 of 14 than 23 of 25.
    far, nearest, near = (fisher_p(k, 25, 14, 14) for k in (21, 22, 23))
    assert far < near < nearest < 1
    assert p_range((84, 92), 25, (100, 100), 14) == (far, nearest)


def test_p_range_of_exact_shares_is_their_p():
    for a, b in PAIRS[::7]:
        shares = float(percent(*a)), float(percent(*b))
        least, greatest = p_range((shares[0],) * 2, a[1], (shares[1],) * 2, b[1])
        assert least == pytest.approx(p_value(*a, *b), rel=1e-9)
        assert greatest == pytest.approx(1 if shares[0] == shares[1] else least, rel=1e-9)


@pytest.mark.parametrize("population", [1, 49, 50])
def test_finite_wilson_of_everyone_is_the_value(population):
    assert finite_wilson(65, 50, population) == (65, 65)


def test_finite_wilson_has_more_answers_for_its_n():
    assert finite_wilson(65, 50, 99) == wilson(65, 100)


# Shapes


def test_scalars_give_scalars():
    for result in (*wilson(65, 76), *newcombe(65, 76, 42, 300), two_sided_p(65, 76, 42, 300)):
        assert isinstance(result, float)


def test_plain_numbers_come_back():
    results = [
        *rounded_range(np.float64(65)),
        *possible_range(np.int64(8), np.int64(11), np.int64(6)),
        *finite_wilson(np.float64(65), 50, 99),
        *finite_wilson(65, 50, 50),
        fisher_p(*np.array([5, 11, 9, 14])),
        p_value(*np.array([5, 11, 9, 14])),
        p_value(*np.array([50, 110, 90, 140])),
        *p_range(rounded_range(np.float64(45)), np.int64(11), (60, 65), 14),
        *p_range((45, 46), 1100, (np.float64(60), np.float64(65)), np.int64(1400)),
    ]
    assert {type(result) for result in results} == {float}
    assert all(type(k) is int for k in whole_counts(np.float64(65), np.int64(76)))


@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3)])
def test_arguments_are_broadcast(shape):
    n = np.full(shape, 50)
    for result in (*wilson(65, n), *newcombe(65, 76, 42, n), two_sided_p(65, 76, 42, n)):
        assert result.shape == shape


def test_arrays_give_what_scalars_give():
    arguments = columns(PAIRS[::7])
    for row, *numbers in zip(
        zip(*arguments, strict=True), *newcombe(*arguments), two_sided_p(*arguments), strict=True
    ):
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


@pytest.mark.parametrize("value", [-0.1, 100.1, np.nan, np.inf])
def test_a_single_value_outside_0_to_100_is_refused(value):
    for call in (
        lambda: whole_counts(value, 10),
        lambda: rounded_range(value),
        lambda: finite_wilson(value, 10, 100),
        lambda: finite_wilson(value, 10, 10),
        lambda: p_range((value, 50), 10, (50, 60), 10),
        lambda: p_range((50, 60), 10, (50, value), 10),
    ):
        with pytest.raises(ValueError, match="percentage"):
            call()


@pytest.mark.parametrize("n", [0, -1, np.nan, np.inf, 10.5])
def test_an_n_that_is_no_positive_whole_number_is_refused(n):
    for call in (
        lambda: whole_counts(50, n),
        lambda: possible_range(0, n, 5),
        lambda: fisher_p(0, n, 5, 10),
        lambda: fisher_p(5, 10, 0, n),
        lambda: p_value(0, n, 5, 10),
        lambda: p_value(5, 10, 0, n),
        lambda: p_range((40, 50), n, (60, 70), 10),
        lambda: p_range((40, 50), 10, (60, 70), n),
    ):
        with pytest.raises(ValueError, match="n must be"):
            call()


@pytest.mark.parametrize("count", [-1, 11, np.nan, np.inf])
def test_an_impossible_count_is_refused(count):
    for call in (
        lambda: possible_range(count, 10, 5),
        lambda: fisher_p(count, 10, 5, 10),
        lambda: fisher_p(5, 10, count, 10),
        lambda: p_value(count, 10, 5, 10),
        lambda: p_value(5, 10, count, 10),
    ):
        with pytest.raises(ValueError, match="cannot be a count"):
            call()


def test_a_count_that_is_not_whole_is_refused_where_it_must_be():
    for call in (lambda: fisher_p(5.5, 10, 5, 10), lambda: possible_range(5.5, 10, 5)):
        with pytest.raises(ValueError, match="cannot be a count"):
            call()


@pytest.mark.parametrize("missing", [-1, 0.5, np.nan, np.inf])
def test_a_missing_that_is_no_count_is_refused(missing):
    with pytest.raises(ValueError, match="missing"):
        possible_range(8, 11, missing)


@pytest.mark.parametrize("decimals", [-1, 0.5, np.nan, np.inf])
def test_decimals_that_are_no_number_of_digits_are_refused(decimals):
    for call in (lambda: whole_counts(50, 10, decimals), lambda: rounded_range(50, decimals)):
        with pytest.raises(ValueError, match="decimals"):
            call()


@pytest.mark.parametrize("population", [0, -1, np.nan, np.inf])
def test_a_population_that_is_none_is_refused(population):
    with pytest.raises(ValueError, match="population"):
        finite_wilson(50, 10, population)


def test_finite_wilson_refuses_what_wilson_does_even_of_everyone():
    with pytest.raises(ValueError, match="n must be"):
        finite_wilson(50, 0, 10)
    with pytest.raises(ValueError, match="confidence"):
        finite_wilson(50, 10, 10, 95)


def test_a_range_that_falls_is_refused():
    with pytest.raises(ValueError, match="range"):
        p_range((50, 40), 10, (60, 70), 10)


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
