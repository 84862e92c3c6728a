"""Shares and errors of random samples, as svy estimates them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.estimates import intervals
from dashboard.intake.estimates.shares import estimate
from dashboard.intake.types import CENTRES, Asked, Design, Replicates, Share, Stage


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
