"""Shares of the example data that Lumley's package survey publishes, against R's answers, where both lie beside the project."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.intake.estimates.shares import difference, estimate
from dashboard.intake.types import Asked, Design, Replicates, Share, Stage
from tests.support.engines import ENGINES

EXAMPLES = Path(__file__).parents[2] / "shared" / "intake"
"""Not part of the project: its data are R's."""
DESIGNS = {
    "01a": Design("pw", fpc="fpc"),
    "01b": Design("pw"),
    "02": Design("pw", "stype", fpc="fpc"),
    "05a": Design("pw", psu="dnum", fpc="fpc"),
    "07a": Design("pw2", psu="dnum", fpc="fpc1", further=(Stage("snum", "fpc2"),)),
    "07c": Design("pw2", psu="dnum", fpc="fpc1"),
    "08a": Design("WTMEC2YR", "SDMVSTRA", "SDMVPSU"),
    "11a": Design("pwps", psu="dnum", fpc="fpc", poststratum="stype"),
    "11b": Design("pwps", psu="dnum", fpc="fpc"),
    "12": Design(
        "pw",
        replicates=Replicates(
            tuple(f"rw{at:02}" for at in range(1, 16)), "JK1", scale=0.914839277851167
        ),
    ),
}
AS = {"03": "02", "04": "02", "10a": "02", "10b": "02", "05b": "05a", "06": "05a", "07b": "07a"}
AS |= {"08b": "08a", "08c": "08a", "08d": "08a", "13": "02"}
COLUMNS = {"sex": "RIAGENDR"}


def examples() -> list[dict[str, str]]:
    path = EXAMPLES / "reference.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def domain(told: str, data: pd.DataFrame) -> pd.Series[Any]:
    """1 for respondents of a domain as the reference names it: api00>800, race=1;sex=2."""
    if "=" not in told:
        return data.eval(told).astype(int)
    inside = pd.Series(True, index=data.index)
    for part in told.split(";"):
        column, value = part.split("=")
        inside &= data[COLUMNS.get(column, column)].astype(str) == value
    return inside.astype(int)


def design_of(line: dict[str, str]) -> Design:
    case = AS.get(line["case"], line["case"])
    return DESIGNS.get(case) or Design("pw", "dnum", lonely=line["note"].split("=")[1])


def frame_of(line: dict[str, str], design: Design) -> pd.DataFrame:
    """The columns that a line of the reference needs, as codes: ``y`` is the answer, ``domain`` 1 for who is in the domain."""
    data = pd.read_csv(EXAMPLES / "data" / f"{line['data']}.csv")
    named = {design.weight, design.stratum, design.psu, design.fpc, design.poststratum}
    named |= {name for stage in design.further for name in (stage.unit, stage.fpc)}
    named |= {*design.replicates.columns} if design.replicates else set()
    frame = data[sorted(named - {None})].copy()
    if "stype" in frame:
        frame["stype"] = pd.factorize(frame["stype"])[0]
    frame["domain"] = 1
    if line["case"] == "13":
        frame["domain"] = (data["comp.imp"] == "Yes").astype(int)
    elif line["domain"]:
        frame["domain"] = domain(line["domain"], data)
    frame["y"] = data[line["item"]].fillna(-1).astype(int)
    return frame


ASKED = Asked("y", {"yes": (1,)})


def check_share(line: dict[str, str], share: Share) -> None:
    counts = (share.n, share.n_answer, share.df)
    assert counts == tuple(int(line[name]) for name in ("n", "n_response", "df")), line
    assert share.value == pytest.approx(float(line["estimate"]), rel=1e-9, abs=1e-12)
    assert share.se == pytest.approx(float(line["se"]), rel=1e-9, abs=1e-12), line
    if line["logit_low"] and share.n_effective >= 30:
        limits = [float(line["logit_low"]), float(line["logit_high"])]
        assert [share.low, share.high] == pytest.approx(limits, abs=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_published_examples_have_the_answers_of_r(engine: str) -> None:
    lines = examples()
    for line in lines:
        design = design_of(line)
        native = ENGINES[engine](frame_of(line, design))
        if line["case"] == "13":
            made = difference(native, design, ASKED, "yes", ("domain",), ((1,), (0,)))
            assert made.value == pytest.approx(float(line["estimate"]), rel=1e-9)
            assert (made.se, made.df) == (pytest.approx(float(line["se"]), rel=1e-9), 197)
            continue
        found = estimate(native, design, [ASKED], [("domain",)])
        [share] = [each for each in found if each.cell == (1,)]
        check_share(line, share)
    assert len(lines) in (0, 51)
