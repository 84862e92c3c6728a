"""Shares of the example data that Lumley's package survey publishes, against R's answers, where both lie beside the project."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard.intake.shares import estimate
from dashboard.intake.types import Asked, Design

EXAMPLES = Path(__file__).parents[2] / "shared" / "intake"
"""Not part of the project: its data are R's."""
DESIGNS = {
    "01a": Design("pw", fpc="fpc"),
    "01b": Design("pw"),
    "02": Design("pw", "stype", fpc="fpc"),
    "05a": Design("pw", psu="dnum", fpc="fpc"),
    "07c": Design("pw2", psu="dnum", fpc="fpc1"),
    "08a": Design("WTMEC2YR", "SDMVSTRA", "SDMVPSU"),
    "11b": Design("pwps", psu="dnum", fpc="fpc"),
}
AS = {"03": "02", "04": "02", "10a": "02", "10b": "02", "05b": "05a", "06": "05a"}
AS |= {"08b": "08a", "08c": "08a", "08d": "08a"}
NOT_BUILT = {"07a", "07b", "11a", "12", "13"}
"""Two stages, post-stratification, replicate weights, contrasts."""
COLUMNS = {"sex": "RIAGENDR"}


def examples() -> list[dict[str, str]]:
    path = EXAMPLES / "reference.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if line["case"] not in NOT_BUILT]


def domain(told: str, data: pd.DataFrame) -> pd.Series[Any]:
    """1 for respondents of a domain as the reference names it: api00>800, race=1;sex=2."""
    if "=" not in told:
        return data.eval(told).astype(int)
    inside = pd.Series(True, index=data.index)
    for part in told.split(";"):
        column, value = part.split("=")
        inside &= data[COLUMNS.get(column, column)].astype(str) == value
    return inside.astype(int)


def test_published_examples_have_the_answers_of_r() -> None:
    for line in examples():
        case = AS.get(line["case"], line["case"])
        design = DESIGNS.get(case) or Design("pw", "dnum", lonely=line["note"].split("=")[1])
        data = pd.read_csv(EXAMPLES / "data" / f"{line['data']}.csv")
        named = {name for name in (design.weight, design.stratum, design.psu, design.fpc) if name}
        frame = data[sorted(named)].copy()
        if "stype" in frame:
            frame["stype"] = pd.factorize(frame["stype"])[0]
        frame["domain"] = domain(line["domain"], data) if line["domain"] else 1
        frame["y"] = data[line["item"]].fillna(-1).astype(int)
        for native in (frame, duckdb.from_df(frame)):
            found = estimate(native, design, [Asked("y", {"yes": (1,)})], [("domain",)])
            [share] = [each for each in found if each.cell == (1,)]
            counts = (share.n, share.n_answer, share.df)
            assert counts == tuple(int(line[name]) for name in ("n", "n_response", "df")), line
            assert share.value == pytest.approx(float(line["estimate"]), rel=1e-9, abs=1e-12)
            assert share.se == pytest.approx(float(line["se"]), rel=1e-9, abs=1e-12)
            if line["logit_low"] and share.n_effective >= 30:
                limits = [float(line["logit_low"]), float(line["logit_high"])]
                assert [share.low, share.high] == pytest.approx(limits, abs=1e-9)
