"""Imports of samples of several stages, of post-strata and of replicate weights: codebook and file in, figures out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.dataset import check
from dashboard.intake import parsing
from dashboard.intake.answers import checks, files, patterns, recode
from dashboard.intake.estimates.shares import estimate
from dashboard.intake.types import Asked, Design, Replicates, Stage
from tests.support.intake import SURVEY, answers, imported, refused, survey, tables
from tests.test_intake_files import parquet, spss, without_provenance, workbook

DRAWN = 'stratum = ["sektor", "klass"]\nfpc = "n_h"\n'
"""Of the codebook, in the place of which stands another design."""
STAGES = 'stratum = "klass"\npsu = ["kommune", "skole"]\nfpc = ["n_k", "n_s"]\n'
REPLICATES = 'replicates = { columns = "rw*", method = "bootstrap" }\n'


def sampled(replicates: int = 12) -> pd.DataFrame:
    """The made-up answers with units of two stages, their populations, and replicate weights."""
    frame = answers()
    draw = np.random.default_rng(7)
    rows = len(frame)
    frame["kommune"] = draw.integers(1, 9, rows)
    frame["skole"] = draw.integers(1, 5, rows)
    frame["n_k"], frame["n_s"] = 40, 9
    factors = {
        f"rw{at}": np.round(frame["vikt"] * draw.poisson(1, rows), 3) for at in range(replicates)
    }
    return pd.concat([frame, pd.DataFrame(factors)], axis=1)


def designed(path: Path, frame: pd.DataFrame, design: str) -> Path:
    return survey(path, {DRAWN: design}, frame)


def provenance(folder: Path) -> dict[str, object]:
    held = json.loads((folder / "imports" / f"{SURVEY}.json").read_text(encoding="utf-8"))
    return dict(held["design"])


@pytest.mark.parametrize(
    "design", [STAGES, REPLICATES, 'stratum = "klass"\npoststratum = ["sektor", "fald"]\n']
)
def test_engines_write_the_same_bytes(tmp_path: Path, design: str) -> None:
    frame = sampled()
    frame["fald"] = frame["fald"].replace("", "A")
    skip = {'U = "education", S = "health" }': 'U = "education", S = "health" }\nskip = ["A"]'}
    path = survey(tmp_path / "own", {DRAWN: design, **skip}, frame)
    for engine in ("pandas", "duckdb"):
        imported(path, tmp_path / engine, engine)
        assert check(tmp_path / engine).faults == ()
    assert without_provenance(tmp_path / "pandas") == without_provenance(tmp_path / "duckdb")


def test_stages_are_recoded_and_estimated(tmp_path: Path) -> None:
    book = parsing.read(designed(tmp_path, sampled(), STAGES))
    with files.workspace() as space:
        variables, numbers = recode.all_variables(book), recode.measured_variables(book)
        table = files.read(space, book.file, variables, numbers, "pandas")
        occurring = recode.values(table, recode.coded_variables(book))
        assert checks.faults(book, table, occurring) == ()
        found = recode.recoded(book, table, occurring)
    assert found.design == Design(
        "_weight", "_stratum", "_psu", "_fpc", further=(Stage("_psu2", "_fpc2"),)
    )
    frame = sampled().assign(
        stratum=lambda rows: pd.factorize(rows["klass"])[0],
        yes=lambda rows: rows["q1"].where((rows["q1"] != 9) & (rows["sektor"] != 9), -1),
    )
    design = Design("vikt", "stratum", "kommune", "n_k", further=(Stage("skole", "n_s"),))
    [wanted] = estimate(frame, design, [Asked("yes", {"yes": (1,)})], [()])
    made = estimate(found.frame, found.design, found.asked[:1], [()])[0]
    assert (made.n, made.df) == (wanted.n, wanted.df)
    assert (made.value, made.se) == pytest.approx((wanted.value, wanted.se), rel=1e-9)


def test_further_stages_without_sizes_change_nothing(tmp_path: Path) -> None:
    frame = sampled()
    designs = ('psu = ["kommune", "skole"]\n', 'psu = "kommune"\n')
    folders = []
    for at, design in enumerate(designs):
        imported(designed(tmp_path / f"own{at}", frame, design), tmp_path / f"data{at}")
        folders.append(without_provenance(tmp_path / f"data{at}"))
    assert folders[0] == folders[1]


@pytest.mark.parametrize(
    ("name", "write"),
    [("answers.sav", spss), ("answers.xlsx", workbook), ("answers.parquet", parquet)],
)
def test_a_pattern_finds_its_columns_in_every_kind_of_file(
    tmp_path: Path, name: str, write: Callable[[pd.DataFrame, Path], object]
) -> None:
    path = designed(tmp_path / "own", sampled(), REPLICATES)
    imported(path, tmp_path / "csv")
    write(sampled(), tmp_path / "own" / name)
    path.write_text(path.read_text(encoding="utf-8").replace("answers.csv", name), "utf-8")
    imported(path, tmp_path / "data")
    assert without_provenance(tmp_path / "data") == without_provenance(tmp_path / "csv")


def test_a_pattern_is_what_the_list_of_its_columns_is(tmp_path: Path) -> None:
    listed = ", ".join(f'"rw{at}"' for at in range(12))
    for name, columns in (("pattern", '"rw*"'), ("list", f"[{listed}]")):
        design = f'replicates = {{ columns = {columns}, method = "Fay", fay = 0.5 }}\n'
        imported(designed(tmp_path / name, sampled(), design), tmp_path / f"{name}-data")
    pattern, of_list = (
        without_provenance(tmp_path / f"{name}-data") for name in ("pattern", "list")
    )
    assert pattern == of_list


def test_hundreds_of_replicates_are_read_on_pandas(tmp_path: Path) -> None:
    frame = sampled(250)
    imported(designed(tmp_path / "own", frame, REPLICATES), tmp_path / "data", "pandas")
    assert check(tmp_path / "data").faults == ()


def test_provenance_names_the_design(tmp_path: Path) -> None:
    imported(designed(tmp_path / "a", sampled(), STAGES), tmp_path / "stages")
    assert provenance(tmp_path / "stages") == {
        "weight": "vikt",
        "stratum": ["klass"],
        "psu": ["kommune", "skole"],
        "fpc": ["n_k", "n_s"],
        "lonely": "fail",
        "poststratum": [],
        "replicates": None,
        "unit": "org",
    }
    imported(designed(tmp_path / "b", sampled(), REPLICATES), tmp_path / "replicates")
    assert provenance(tmp_path / "replicates")["replicates"] == {
        "columns": ["rw*"],
        "method": "bootstrap",
        "fay": 0.0,
        "scale": None,
        "rscales": [],
        "centre": "mean",
        "combined": True,
    }


def test_replicates_of_a_codebook_are_read(tmp_path: Path) -> None:
    design = (
        'replicates = { columns = ["a", "b"], method = "JKn", rscales = [0.5, 0], scale = 2,'
        ' centre = "estimate", combined = false }\n'
    )
    found = parsing.read(designed(tmp_path, answers(), design)).design
    assert found.replicates == Replicates(
        ("a", "b"), "JKn", 0.0, 2.0, (0.5, 0.0), "estimate", combined=False
    )


def test_withheld_cells_do_not_depend_on_the_design(tmp_path: Path) -> None:
    for name, design in (("strata", DRAWN), ("stages", STAGES), ("replicates", REPLICATES)):
        imported(designed(tmp_path / f"own-{name}", sampled(), design), tmp_path / name)
    blanks = []
    for name in ("strata", "stages", "replicates"):
        lines = tables(tmp_path / name)["observations.csv"].decode().splitlines()
        blanks.append([line for line in lines if ",suppressed," in line])
    assert blanks[0] == blanks[1] == blanks[2] != []


def one_school(frame: pd.DataFrame) -> None:
    frame.loc[(frame["klass"] == "L") & (frame["kommune"] == 3), "skole"] = 2


def two_sizes(frame: pd.DataFrame) -> None:
    first = (frame["klass"] == "S") & (frame["kommune"] == 5)
    frame.loc[first[first].index[0], "n_s"] = 8


def too_small(frame: pd.DataFrame) -> None:
    frame["n_s"] = 3


def blank_and_below(frame: pd.DataFrame) -> None:
    frame.loc[:2, "rw3"] = np.nan
    frame.loc[3, "rw3"] = -0.5


def no_number(frame: pd.DataFrame) -> None:
    frame["rw1"] = frame["rw1"].astype(object)
    frame.loc[0, "rw1"] = "x"


FAULTS: dict[str, tuple[Callable[[pd.DataFrame], None], str, str]] = {
    "a unit with one unit": (
        one_school,
        STAGES,
        'answers.csv, unit "L|3": 1 unit - expected two, or another rule than fail and average as [design] lonely',
    ),
    "a unit with one unit and no mean": (
        one_school,
        f'{STAGES}lonely = "average"\n',
        'answers.csv, unit "L|3": 1 unit - expected two, or another rule than fail and average as [design] lonely',
    ),
    "two population sizes of a unit": (
        two_sizes,
        STAGES,
        'answers.csv, column n_s: 8 and 9 in unit "S|5" - expected one population size a unit',
    ),
    "a population of a unit that is smaller than the sample": (
        too_small,
        STAGES,
        'answers.csv, column n_s: 3 in unit "L|1" - expected at least 4, the units of unit "L|1"',
    ),
    "a blank unit": (
        lambda frame: frame.loc.__setitem__((0, "skole"), np.nan),
        STAGES,
        "answers.csv, column skole: 1 row blank - expected a value",
    ),
    "a blank post-stratum": (
        lambda frame: None,
        'poststratum = "fald"\n',
        "answers.csv, column fald: ",
    ),
    "no column that fits": (
        lambda frame: None,
        'replicates = { columns = "wr*", method = "BRR" }\n',
        'barometer.toml, [design] replicates, columns: "wr*" - expected a column of answers.csv',
    ),
    "one column": (
        lambda frame: None,
        'replicates = { columns = "rw11", method = "BRR" }\n',
        "barometer.toml, [design] replicates, columns: 1 column - expected at least two",
    ),
    "too few rscales": (
        lambda frame: None,
        'replicates = { columns = "rw*", method = "JKn", rscales = [0.5, 0.5] }\n',
        "barometer.toml, [design] replicates, rscales: 2 numbers - expected 12, one a column",
    ),
    "replicate weights": (
        blank_and_below,
        REPLICATES,
        "answers.csv, column rw3: 3 rows blank, 1 row below 0 - expected a replicate weight of 0 or above",
    ),
    "a replicate weight that is no number": (
        no_number,
        REPLICATES,
        'answers.csv, column rw1: "x" in 1 row - expected a number',
    ),
}
"""Name -> (what is done to the answers, design, a fault that is told)."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_design_is_told(tmp_path: Path, name: str) -> None:
    spoil, design, fault = FAULTS[name]
    frame = sampled()
    spoil(frame)
    told = refused(designed(tmp_path / "own", frame, design), tmp_path / "data")
    assert any(fault in line for line in told), told
    assert not (tmp_path / "data").exists()


def test_a_lonely_unit_may_be_allowed(tmp_path: Path) -> None:
    frame = sampled()
    one_school(frame)
    path = designed(tmp_path / "own", frame, f'{STAGES}lonely = "adjust"\n')
    assert imported(path, tmp_path / "data").figures > 0


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("rw*", ("rw2", "rw10")),
        ("*w*", ("rw2", "w", "rw10", "wt.1")),
        ("wt.*", ("wt.1",)),
        ("w", ("w",)),
        ("x*", ()),
        ("a*", ("a*",)),
    ],
)
def test_a_pattern_fits_whole_names(name: str, columns: tuple[str, ...]) -> None:
    assert patterns.matching(name, ["rw2", "w", "rw10", "wt.1", "a*", "abc"]) == columns
