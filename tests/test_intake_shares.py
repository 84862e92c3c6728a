"""Shares and their errors: against R's package survey and against svy, on every engine, and what must hold of any sample."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.estimates import intervals, replicates, sums
from dashboard.intake.estimates.shares import difference, estimate
from dashboard.intake.estimates.strata import BadDesign
from dashboard.intake.types import CENTRES, Asked, Design, Replicates, Share, Stage
from tests.reference.designs import DESIGNS
from tests.reference.sample import rows
from tests.support.engines import ENGINES

REFERENCE = Path(__file__).parent / "reference" / "shares.csv"
DIFFERENCES = REFERENCE.with_name("differences.csv")
ASKED = (
    Asked("yes", {"yes": (1,)}),
    Asked("grade", {"high": (4,), "high_or_some": (3, 4)}),
    Asked("rare", {"rare": (1,)}),
)
SPLITS = ((), ("sector",), ("size",), ("sector", "size"))
EXACT = {"rel": 1e-9, "abs": 1e-15}


@cache
def sample() -> pd.DataFrame:
    return pd.DataFrame(rows())


def key(share: Share) -> tuple[Any, ...]:
    return share.column, share.response, share.split, share.cell


@cache
def expected() -> dict[str, dict[tuple[Any, ...], dict[str, str]]]:
    """Design -> what is estimated -> R's answer."""
    found: dict[str, dict[tuple[Any, ...], dict[str, str]]] = {name: {} for name in DESIGNS}
    with REFERENCE.open(encoding="ascii", newline="") as file:
        for line in csv.DictReader(file):
            cell = tuple(map(int, line["cell"].split()))
            found[line["design"]][
                line["column"], line["response"], tuple(line["split"].split()), cell
            ] = line
    return found


# R's package survey


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", DESIGNS)
def test_shares_and_their_errors_are_those_of_r(name: str, engine: str) -> None:
    found = estimate(ENGINES[engine](sample()), DESIGNS[name], ASKED, SPLITS)
    assert {key(share) for share in found} == set(expected()[name])
    for share in found:
        answer = expected()[name][key(share)]
        assert (share.n, share.n_answer, share.df) == tuple(
            int(answer[column]) for column in ("n", "n_answer", "df")
        )
        assert share.value == pytest.approx(float(answer["value"]), **EXACT)
        assert share.se == pytest.approx(float(answer["se"]), **EXACT)


@pytest.mark.parametrize(("method", "prefix"), [("logit", "logit"), ("korn-graubard", "beta")])
@pytest.mark.parametrize("name", DESIGNS)
def test_intervals_are_those_of_r(name: str, method: intervals.Method, prefix: str) -> None:
    compared = 0
    for share in estimate(sample(), DESIGNS[name], ASKED, SPLITS, interval=method):
        answer = expected()[name][key(share)]
        few = share.n_effective < intervals.FEW_EFFECTIVE
        if answer[f"{prefix}_low"] and not (few and method == "logit"):
            limits = [float(answer[f"{prefix}_{end}"]) for end in ("low", "high")]
            assert [share.low, share.high] == pytest.approx(limits, abs=1e-9)
            compared += 1
    # Of a calibrated design R takes everybody for n.
    assert compared >= (0 if DESIGNS[name].poststratum and prefix == "beta" else 20)


def test_the_reference_has_a_line_for_all_that_is_estimated() -> None:
    assert {name: len(lines) for name, lines in expected().items()} == dict.fromkeys(DESIGNS, 80)
    assert any(line["value"] == "0" for lines in expected().values() for line in lines.values())


# What must hold of any sample


def figures(found: tuple[Share, ...]) -> list[float]:
    return [
        number
        for share in found
        for number in (share.value, share.se, share.low, share.high, share.df)
    ]


@pytest.mark.parametrize("name", DESIGNS)
def test_the_order_of_rows_changes_nothing(name: str) -> None:
    mixed = sample().sample(frac=1, random_state=1)
    found = estimate(mixed, DESIGNS[name], ASKED, SPLITS)
    assert figures(found) == pytest.approx(
        figures(estimate(sample(), DESIGNS[name], ASKED, SPLITS)), **EXACT
    )


@pytest.mark.parametrize("name", DESIGNS)
def test_weights_times_a_constant_change_nothing(name: str) -> None:
    of = DESIGNS[name].replicates
    weights = ["w", "wp", *(of.columns if of and of.combined else ())]
    heavier = sample().assign(**{column: sample()[column] * 17.3 for column in weights})
    found = estimate(heavier, DESIGNS[name], ASKED, SPLITS)
    assert figures(found) == pytest.approx(
        figures(estimate(sample(), DESIGNS[name], ASKED, SPLITS)), **EXACT
    )


@pytest.mark.parametrize("name", DESIGNS)
def test_a_domain_of_everybody_is_the_whole(name: str) -> None:
    whole, domain = (
        estimate(sample().assign(every=1), DESIGNS[name], ASKED, [split])
        for split in ((), ("every",))
    )
    assert figures(whole) == figures(domain)


@pytest.mark.parametrize("engine", ENGINES)
def test_replicates_that_are_the_weight_itself_have_no_error(engine: str) -> None:
    same = Replicates(("w", "w2", "w3"), "bootstrap")
    frame = sample().assign(w2=sample()["w"], w3=sample()["w"])
    found = estimate(ENGINES[engine](frame), Design("w", replicates=same), ASKED, SPLITS)
    assert {(share.se, share.df) for share in found} == {(0.0, 0)}


@pytest.mark.parametrize("name", ["jk1", "jkn", "bootstrap", "sdr"])
@pytest.mark.parametrize("engine", ENGINES)
def test_ranks_of_many_replicates_are_those_of_few(
    name: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine multiplies what is too much to be fetched."""
    pair = ("sector", "size"), ((1, 2), (3, 4))
    few = estimate(sample(), DESIGNS[name], ASKED[1:2], SPLITS)
    apart = difference(sample(), DESIGNS[name], ASKED[1], "high", *pair)
    monkeypatch.setattr(replicates, "MOST_NUMBERS", 0)
    native = ENGINES[engine](sample())
    many = estimate(native, DESIGNS[name], ASKED[1:2], SPLITS)
    assert [share.df for share in many] == [share.df for share in few]
    assert difference(native, DESIGNS[name], ASKED[1], "high", *pair).df == apart.df


def test_stages_that_are_sampled_whole_add_nothing() -> None:
    whole = sample().assign(n_i=sample().groupby(["h", "i"])["j"].transform("nunique"))
    found = estimate(whole, DESIGNS["two_stages"], ASKED, SPLITS)
    once = estimate(sample(), DESIGNS["nested_fpc"], ASKED, SPLITS)
    assert figures(found) == pytest.approx(figures(once), **EXACT)


def test_stages_that_are_drawn_with_replacement_add_nothing() -> None:
    design = Design("w", "h", "i", further=DESIGNS["two_stages"].further)
    found = estimate(sample(), design, ASKED, SPLITS)
    assert figures(found) == pytest.approx(
        figures(estimate(sample(), DESIGNS["nested"], ASKED, SPLITS)), **EXACT
    )


def test_one_post_stratum_is_none() -> None:
    """The mean of the scores of everybody is 0."""
    one = sample().assign(g=1)
    found = estimate(one, DESIGNS["post_nested"], ASKED, SPLITS)
    plain = estimate(one, Design("wp", "h", "i", "m_h"), ASKED, SPLITS)
    assert figures(found) == pytest.approx(figures(plain), **EXACT)


@pytest.mark.parametrize("engine", ENGINES)
def test_differences_and_their_errors_are_those_of_r(engine: str) -> None:
    with DIFFERENCES.open(encoding="ascii", newline="") as file:
        answers = {line.pop("design"): line for line in csv.DictReader(file)}
    assert answers.keys() == DESIGNS.keys()
    for name, answer in answers.items():
        native = ENGINES[engine](sample())
        found = difference(native, DESIGNS[name], ASKED[0], "yes", ("sector",), ((1,), (2,)))
        assert (found.value, found.se) == pytest.approx(
            (float(answer["value"]), float(answer["se"])), **EXACT
        ), name
        assert found.df == int(answer["df"]), name


@pytest.mark.parametrize("name", DESIGNS)
def test_a_difference_goes_both_ways(name: str) -> None:
    asked, split = ASKED[0], ("sector",)
    there, back = (
        difference(sample(), DESIGNS[name], asked, "yes", split, cells)
        for cells in (((1,), (2,)), ((2,), (1,)))
    )
    assert (there.value, there.se, there.df) == pytest.approx((-back.value, back.se, back.df))
    one, two, _ = estimate(sample(), DESIGNS[name], [asked], [split])
    assert there.value == pytest.approx(one.value - two.value)
    assert abs(one.se - two.se) <= there.se <= one.se + two.se


def test_sectors_that_are_strata_differ_as_independent_samples_do() -> None:
    found = difference(sample(), DESIGNS["nested"], ASKED[0], "yes", ("sector",), ((1,), (2,)))
    one, two, _ = estimate(sample(), DESIGNS["nested"], ASKED[:1], [("sector",)])
    assert found.se == pytest.approx(math.hypot(one.se, two.se), rel=1e-12)
    assert found.df == one.df + two.df


def test_a_difference_needs_somebody_in_both_cells() -> None:
    with pytest.raises(
        ValueError, match=r"nobody answered yes in one of the cells \(\(1,\), \(7,\)\)"
    ):
        difference(sample(), DESIGNS["nested"], ASKED[0], "yes", ("sector",), ((1,), (7,)))


def test_strata_are_domains_of_their_own() -> None:
    """A stratum estimated alone has the same error as in the whole sample: the others add nothing."""
    apart = estimate(sample(), DESIGNS["strata"], ASKED, [("h",)])
    for code, part in sample().groupby("h"):
        alone = estimate(part, DESIGNS["strata"], ASKED, [("h",)])
        assert figures(alone) == pytest.approx(
            figures(tuple(each for each in apart if each.cell == (code,))), **EXACT
        )


def test_a_psu_without_answers_in_a_domain_still_counts() -> None:
    """The classic mistake: a domain cut out of the sample forgets the PSUs that have nobody in it."""
    inside = sample()[sample()["size"] == 4]
    domain = [
        each
        for each in estimate(sample(), DESIGNS["nested"], ASKED, [("size",)])
        if each.cell == (4,)
    ]
    cut = estimate(inside, DESIGNS["nested"], ASKED, [("size",)])
    assert {each.df for each in domain} == {each.df for each in cut}
    assert any(a.se != pytest.approx(b.se, rel=1e-6) for a, b in zip(domain, cut, strict=True))


@pytest.mark.parametrize("name", DESIGNS)
def test_one_pass_for_all_splits_gives_what_one_for_each_gives(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = estimate(sample(), DESIGNS[name], ASKED, SPLITS)
    monkeypatch.setattr(sums, "MOST_CELLS", 0)
    apart = estimate(sample(), DESIGNS[name], ASKED, SPLITS)
    assert figures(apart) == pytest.approx(figures(together), **EXACT)


@pytest.mark.parametrize("engine", ENGINES)
def test_codes_too_wide_to_fold_give_the_same(engine: str) -> None:
    wide = sample().assign(
        **{name: sample()[name] * 10**9 for name in ("h", "i", "sector", "size")}
    )
    wide["size"] = wide["size"].clip(lower=-1)
    usual = estimate(sample(), DESIGNS["nested"], ASKED, SPLITS)
    found = estimate(ENGINES[engine](wide), DESIGNS["nested"], ASKED, SPLITS)
    assert figures(found) == pytest.approx(figures(usual), **EXACT)


# Sums that partial sums add up to


@given(parts=st.lists(st.integers(0, 4), min_size=len(rows()), max_size=len(rows())))
@settings(max_examples=15)
def test_sums_over_parts_of_the_rows_add_up_to_those_over_all(parts: list[int]) -> None:
    def summed(frame: pd.DataFrame) -> dict[tuple[int, ...], np.ndarray[Any, Any]]:
        read = sums.read(frame, DESIGNS["nested"], ["grade", "size"])
        [(_, made)] = sums.tallies(read, "grade", [("size",)])
        keys = zip(made.stratum, made.units[0], made.codes["size"], made.answer, strict=True)
        values = np.stack([made.n, made.weight, made.square], axis=1)
        return {tuple(map(int, each)): row for each, row in zip(keys, values, strict=True)}

    added: dict[tuple[int, ...], Any] = {}
    for _, part in sample().groupby(np.array(parts)):
        for group, values in summed(part).items():
            added[group] = added.get(group, 0) + values
    whole = summed(sample())
    assert set(added) == set(whole)
    for group, values in whole.items():
        assert added[group] == pytest.approx(values, rel=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
def test_codes_that_respondents_have_together_are_told(engine: str) -> None:
    frame = pd.DataFrame({"a": [1, 1, 2, -1, 2], "b": [1, 1, 2, 2, -2], "c": [0, 1, 0, 1, 0]})
    assert sums.together(ENGINES[engine](frame), ["a", "b", "c"]) == {
        ("a", "b"): {(1, 1), (2, 2)},
        ("a", "c"): {(1, 0), (1, 1), (2, 0)},
        ("b", "c"): {(1, 0), (1, 1), (2, 0), (2, 1)},
    }


# Samples that no error can be computed from


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


# svy


def random_sample(draw: st.DrawFn) -> tuple[pd.DataFrame, int]:
    """Strata, units of two stages, their populations, replicate weights, answers; and how many strata there are."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    strata = draw(st.integers(1, 4))
    n = 60 * strata
    stratum = np.arange(n) % strata
    unit = np.arange(n) // strata % draw(st.integers(2, 9))
    frame = pd.DataFrame(
        {
            "h": stratum,
            "i": unit,
            "j": np.arange(n) // (strata * (1 + int(unit.max()))) % 3,
            "w": random.gamma(2, 3, n) + 0.01,
            "population": 60 + 40 * stratum,
            "within": 5 + unit,
            "part": random.integers(1, 4, n),
            "grade": random.integers(-1, 3, n),
        }
    )
    replicates = {f"r{at}": frame["w"] * random.gamma(2, 0.5, n) for at in range(1, 7)}
    return frame.assign(**replicates), strata


@st.composite
def samples(draw: st.DrawFn) -> tuple[pd.DataFrame, Design]:
    """A random sample of strata, of PSUs or none, of a finite population or not, or of two stages."""
    frame, strata = random_sample(draw)
    stratum = draw(st.sampled_from(["h", None])) if strata > 1 else None
    stages = (Stage("j", "within"),)
    if stratum or strata == 1:
        two = Design("w", stratum, "i", "population", further=stages)
        if draw(st.booleans()):
            return frame, two
    psu = draw(st.sampled_from(["i", None]))
    fpc = draw(st.sampled_from(["population", None])) if strata == 1 else None
    return frame, Design("w", stratum, psu, fpc)


def judged(frame: pd.DataFrame, design: svy.Design, **options: Any) -> dict[Any, Any]:
    """What svy estimates of a sample: (cell, response) -> its estimate."""
    rows = pl.DataFrame({name: frame[name].to_numpy() for name in frame})
    answered = svy.col("grade") >= 0
    found = svy.Sample(rows, design).estimation.prop("grade", by="part", where=answered, **options)
    return {
        (each.by_level, str(each.y_level)): each for each in found.estimates if each.y_level >= 0
    }


def ours(frame: pd.DataFrame, design: Design) -> dict[Any, Share]:
    asked = Asked("grade", {str(code): (code,) for code in range(3)})
    found = estimate(frame, design, [asked], [("part",)])
    return {(share.cell, share.response): share for share in found}


@given(samples())
@settings(max_examples=20)
def test_svy_gives_the_same_of_random_designs(drawn: tuple[pd.DataFrame, Design]) -> None:
    frame, design = drawn
    [stage] = design.further or [None]
    theirs = judged(
        frame,
        svy.Design(
            wgt=design.weight,
            stratum=design.stratum,
            psu=design.psu,
            ssu=stage.unit if stage else None,
            pop_size=svy.PopSize(psu=design.fpc, ssu=stage.fpc) if stage else design.fpc,
        ),
    )
    found = ours(frame, design)
    assert theirs.keys() == found.keys()
    for key, each in theirs.items():
        share = found[key]
        assert (share.n, share.df) == (each.n, each.df)
        assert share.value == pytest.approx(each.est, rel=1e-9, abs=1e-12)
        assert share.se == pytest.approx(each.se, rel=1e-9, abs=1e-12)
        if share.n_effective >= intervals.FEW_EFFECTIVE and 0 < share.value < 1:
            assert (share.low, share.high) == pytest.approx((each.lci, each.uci), abs=1e-9)


@st.composite
def replicated(draw: st.DrawFn) -> tuple[pd.DataFrame, Replicates, Any]:
    """A sample with replicate weights, their design, and svy's."""
    frame, _ = random_sample(draw)
    count, prefix = 6, {"prefix": "r", "n_reps": 6}
    fay = draw(st.sampled_from([0.0, 0.3, 0.5]))
    method, theirs = draw(
        st.sampled_from(
            [
                ("Fay", svy.BrrWgts(**prefix, fay_coef=fay)),
                ("bootstrap", svy.BootstrapWgts(**prefix, scale=1 / (count - 1))),
                ("JK1", svy.JackknifeWgts(**prefix, scale=(count - 1) / count)),
                ("SDR", svy.SdrWgts(**prefix)),
            ]
        )
    )
    centre = draw(st.sampled_from(CENTRES))
    columns = tuple(f"r{at}" for at in range(1, count + 1))
    return frame, Replicates(columns, method, fay, centre=centre), theirs


@given(replicated())
@settings(max_examples=20)
def test_svy_gives_the_same_of_replicate_weights(
    drawn: tuple[pd.DataFrame, Replicates, Any],
) -> None:
    frame, replicates, weights = drawn
    centre = "rep_mean" if replicates.centre == "mean" else "estimate"
    design = svy.Design(wgt="w", rep_wgts=weights)
    theirs = judged(frame, design, method="replication", variance_center=centre)
    found = ours(frame, Design("w", replicates=replicates))
    assert theirs.keys() == found.keys()
    for key, each in theirs.items():
        # Random weights have full rank, of which svy takes one off as well.
        assert (found[key].n, found[key].df) == (each.n, each.df)
        assert found[key].value == pytest.approx(each.est, rel=1e-9, abs=1e-12)
        assert found[key].se == pytest.approx(each.se, rel=1e-9, abs=1e-12)
