"""Shares and their errors: against R's package survey, on every engine, and what must hold of any sample."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.estimates import intervals, replicates, sums
from dashboard.intake.estimates.shares import difference, estimate
from dashboard.intake.types import Design, Replicates
from tests.reference.designs import DESIGNS
from tests.reference.sample import rows
from tests.support.engines import ENGINES
from tests.support.shares import ASKED, EXACT, SPLITS, figures, key, sample

REFERENCE = Path(__file__).parent / "reference" / "shares.csv"
DIFFERENCES = REFERENCE.with_name("differences.csv")


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
