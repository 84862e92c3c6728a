"""Samples that no error can be computed from, and shares at the end of what can be known."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.estimates import intervals
from dashboard.intake.estimates.shares import estimate
from dashboard.intake.estimates.strata import BadDesign
from dashboard.intake.types import Asked, Design, Replicates
from tests.reference.designs import DESIGNS
from tests.support.engines import ENGINES
from tests.support.shares import ASKED, EXACT, SPLITS, figures, sample


def refused(change: dict[str, Any], design: Design, engine: str) -> str:
    with pytest.raises(BadDesign) as refusal:
        estimate(ENGINES[engine](sample().assign(**change)), design, ASKED, SPLITS)
    return str(refusal.value)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("weight", [0.0, -1.0, math.nan, math.inf])
def test_a_weight_that_is_no_number_above_0_is_refused(engine: str, weight: float) -> None:
    weights = sample()["w"].where(sample().index >= 3, weight)
    assert refused({"w": weights}, DESIGNS["strata"], engine) == "3 rows have no weight above 0"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_stratum_has_one_population_size_not_below_its_units(engine: str) -> None:
    two = sample()["m_h"].where(sample().index > 0, 99)
    said = refused({"m_h": two}, DESIGNS["nested_fpc"], engine)
    assert said == "stratum 1 has more than one population size"
    said = refused({"m_h": 5}, DESIGNS["nested_fpc"], engine)
    assert said == "stratum 1 has 10 units in the sample and 5 in the population"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_stratum_with_one_psu_is_refused_where_nobody_said_what_it_adds(engine: str) -> None:
    assert (
        refused({}, Design("w", "lone", "i"), engine)
        == "only one PSU in the sample of stratum 5, 6"
    )
    # All of the PSUs of stratum 6 were asked: nothing is missing of it.
    said = refused({}, Design("w", "lone", "i", "m_lone"), engine)
    assert said == "only one PSU in the sample of stratum 5"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_further_stage_is_refused_as_the_first_is(engine: str) -> None:
    two, lone = DESIGNS["two_stages"], DESIGNS["average_stages"]
    said = refused({"n_i": sample()["n_i"].where(sample().index > 0, 99)}, two, engine)
    assert said.endswith("has more than one population size")
    assert refused({"n_i": 1}, two, engine) == (
        "stratum 1 unit 1 has 3 units in the sample and 1 in the population"
    )
    alone = replace(DESIGNS["adjust_stages"], lonely="fail", stratum="h", fpc="m_h")
    one = "stratum 1 unit 2, stratum 2 unit 2, stratum 3 unit 2, stratum 4 unit 2"
    assert refused({}, alone, engine) == f"only one unit in the sample of {one}"
    # There is no other stratum that its mean could be taken of.
    average = replace(lone, further=DESIGNS["adjust_stages"].further)
    assert refused({}, average, engine).startswith(
        "only one unit in the sample of stratum 1 unit 2"
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf])
def test_a_replicate_weight_that_is_no_number_of_0_or_above_is_refused(
    engine: str, weight: float
) -> None:
    weights = sample()["fay_03"].where(sample().index >= 3, weight)
    said = refused({"fay_03": weights}, DESIGNS["fay"], engine)
    assert said == "3 rows have no replicate weight of 0 or above in fay_03"


def test_weights_of_jkn_without_rscales_are_refused() -> None:
    columns = DESIGNS["jk1"].replicates
    assert columns is not None
    design = Design("w", replicates=replace(columns, method="JKn", scale=None))
    assert refused({}, design, "pandas") == "replicate weights of JKn have no rscales"


def test_factors_of_jk1_tell_their_scale() -> None:
    factors = {name: sample()[name] / sample()["w"] for name in sample() if name[:3] == "jk1"}
    design = Design("w", replicates=Replicates(tuple(factors), "JK1", combined=False))
    found = estimate(sample().assign(**factors), design, ASKED, SPLITS)
    assert figures(found) == pytest.approx(
        figures(estimate(sample(), DESIGNS["jk1"], ASKED, SPLITS)), **EXACT
    )


def test_a_sample_without_rows_is_refused() -> None:
    with pytest.raises(BadDesign, match="the sample has no rows"):
        estimate(sample().head(0), DESIGNS["strata"], ASKED, SPLITS)


def test_what_is_no_rule_and_no_interval_is_refused() -> None:
    with pytest.raises(
        ValueError,
        match="lonely must be one of fail, remove, certainty, adjust, average, not ignore",
    ):
        estimate(sample(), Design("w", lonely="ignore"), ASKED, SPLITS)
    with pytest.raises(
        ValueError, match="the interval must be one of logit, korn-graubard, not wald"
    ):
        estimate(sample(), Design("w"), ASKED, SPLITS, interval="wald")
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1, not 95"):
        estimate(sample(), Design("w"), ASKED, SPLITS, confidence=95)


def test_a_question_that_nobody_answered_has_no_shares() -> None:
    assert estimate(sample().assign(yes=-1), Design("w"), ASKED[:1], SPLITS) == ()


# Intervals


def test_0_and_1_have_the_exact_interval_of_n() -> None:
    # Clopper and Pearson (1934): the upper limit of none of 10 is 1 - 0.025 ** (1 / 10).
    limit = 1 - 0.025 ** (1 / 10)
    assert intervals.interval(0, 0, 10, 9) == pytest.approx((0, limit))
    assert intervals.interval(1, 0, 10, 9) == pytest.approx((1 - limit, 1))


def test_without_degrees_of_freedom_nothing_is_known() -> None:
    assert intervals.interval(0.5, 0.1, 10, 0) == (0, 1)


def test_a_share_without_error_is_its_own_interval() -> None:
    census = sample().assign(n_h=sample().groupby("h")["w"].transform("size"))
    for share in estimate(census, DESIGNS["strata_fpc"], ASKED[:1], SPLITS):
        assert (share.se, share.low, share.high) == (0, share.value, share.value)
        assert share.n_effective == share.n


def test_strata_that_are_each_of_one_mind_have_no_error() -> None:
    """Equal weights in strata that all say yes or all say no: the share is that of the strata, whatever sums are rounded to."""
    frame = pd.DataFrame(
        {"h": [0] * 7 + [1] * 5, "w": [0.1] * 7 + [0.7] * 5, "y": [1] * 7 + [0] * 5}
    )
    [share] = estimate(frame, Design("w", "h"), [Asked("y", {"yes": (1,)})], [()])
    assert (share.se, share.n_effective) == (0, 12)


@given(
    value=st.floats(0.001, 0.999),
    n=st.integers(2, 5000),
    df=st.integers(1, 5000),
    effect=st.floats(0.3, 20),
    method=st.sampled_from(intervals.METHODS),
)
def test_an_interval_holds_its_share(
    value: float, n: int, df: int, effect: float, method: intervals.Method
) -> None:
    se = math.sqrt(value * (1 - value) / n * effect)
    low, high = intervals.interval(value, se, n, df, method=method)
    assert 0 <= low <= value <= high <= 1
    # Korn and Graubard's effective n is another at another confidence; the logit interval alone is always within the wider one.
    if method == "korn-graubard" or intervals.n_effective(value, se, n) < intervals.FEW_EFFECTIVE:
        return
    wider = intervals.interval(value, se, n, df, method=method, confidence=0.99)
    assert wider[0] <= low
    assert high <= wider[1]
    assert intervals.n_effective(value, se, n) == pytest.approx(n / effect)
