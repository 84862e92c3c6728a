"""R's answers for the example data that Lumley's package survey publishes; both lie beside the project, or there are none."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.intake.shares import difference, estimate
from dashboard.intake.types import Asked, Design, Replicates, Share, Stage

EXAMPLES = Path(__file__).parents[3] / "shared" / "intake"
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
Line = dict[str, str]
Native = Callable[[pd.DataFrame], Any]
"""Gives a frame of an engine for one of pandas."""
COLUMNS = {"sex": "RIAGENDR"}


def examples() -> list[Line]:
    """The lines of the reference."""
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


def design_of(line: Line) -> Design:
    case = AS.get(line["case"], line["case"])
    return DESIGNS.get(case) or Design("pw", "dnum", lonely=line["note"].split("=")[1])


@dataclass(frozen=True, slots=True)
class Together:
    """Lines of one sample with one design, which one estimate answers."""

    lines: tuple[Line, ...]
    design: Design
    frame: pd.DataFrame
    """Columns of the design, ``d0`` and so on (1 for who is in the domain of that line) and ``y_`` with each item."""


def together(lines: list[Line]) -> Iterator[Together]:
    """The lines by sample and design, in the order of the reference."""
    by = groupby(lines, lambda line: (line["data"], design_of(line)))
    for (data, design), found in by:
        held = tuple(found)
        yield Together(held, design, _frame(data, design, held))


def _frame(name: str, design: Design, lines: tuple[Line, ...]) -> pd.DataFrame:
    data = pd.read_csv(EXAMPLES / "data" / f"{name}.csv")
    named = {design.weight, design.stratum, design.psu, design.fpc, design.poststratum}
    named |= {column for stage in design.further for column in (stage.unit, stage.fpc)}
    named |= {*design.replicates.columns} if design.replicates else set()
    frame = data[sorted(named - {None})].copy()
    if "stype" in frame:
        frame["stype"] = pd.factorize(frame["stype"])[0]
    for at, line in enumerate(lines):
        inside = domain(line["domain"], data) if line["domain"] else 1
        frame[f"d{at}"] = inside
    for item in {line["item"] for line in lines}:
        frame[f"y_{item}"] = data[item].fillna(-1).astype(int)
    return frame


def check(native: Native) -> int:
    """Assert that an engine gives R's answers; how many lines there were."""
    lines = examples()
    for group in together([line for line in lines if line["case"] != "13"]):
        asked = [
            Asked(f"y_{item}", {"yes": (1,)}) for item in {line["item"] for line in group.lines}
        ]
        splits = [(f"d{at}",) for at in range(len(group.lines))]
        shares = estimate(native(group.frame), group.design, asked, splits)
        found = {(share.column, share.split): share for share in shares if share.cell == (1,)}
        for at, line in enumerate(group.lines):
            _check_share(line, found[f"y_{line['item']}", (f"d{at}",)])
    for line in lines:
        if line["case"] == "13":
            _check_difference(native, line)
    return len(lines)


def _check_share(line: Line, share: Share) -> None:
    counts = (share.n, share.n_answer, share.df)
    assert counts == tuple(int(line[name]) for name in ("n", "n_response", "df")), line
    assert share.value == pytest.approx(float(line["estimate"]), rel=1e-9, abs=1e-12)
    assert share.se == pytest.approx(float(line["se"]), rel=1e-9, abs=1e-12), line
    if line["logit_low"] and share.n_effective >= 30:
        limits = [float(line["logit_low"]), float(line["logit_high"])]
        assert [share.low, share.high] == pytest.approx(limits, abs=1e-9)


def _check_difference(native: Native, line: Line) -> None:
    """Of two domains of one design, which are not independent: R's svycontrast."""
    design = design_of(line)
    frame = _frame(line["data"], design, ({**line, "domain": "comp.imp=Yes"},))
    asked = Asked(f"y_{line['item']}", {"yes": (1,)})
    made = difference(native(frame), design, asked, "yes", ("d0",), ((1,), (0,)))
    assert made.value == pytest.approx(float(line["estimate"]), rel=1e-9)
    assert (made.se, made.df) == (pytest.approx(float(line["se"]), rel=1e-9), int(line["df"]))
