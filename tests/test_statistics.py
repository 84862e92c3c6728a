"""Intervals and tests against printed examples, against statsmodels and SciPy, and at their edges."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
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
from tests.support.samples import GRID, PAIRS, SIZES, columns, percent, tables

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
