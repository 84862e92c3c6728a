"""Shapes of arguments and results of the statistics, and what they refuse."""

import numpy as np
import pytest

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
from tests.support.samples import PAIRS, columns

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
