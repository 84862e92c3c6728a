"""What a file of answers holds against its codebook is told before anything is estimated; else it is counted as it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.intake import parsing, run
from dashboard.intake.answers import checks, files, recode
from dashboard.intake.answers.recode import Recoded
from tests.support.folders import records
from tests.support.intake import answers, imported, refused, survey

SIZE_AND_FIELD = ("in_size", "in_field")
Spoil = Callable[[pd.DataFrame], None]


def cells(column: str, *values: object) -> Spoil:
    """Puts values into the first rows of a column."""

    def spoil(frame: pd.DataFrame) -> None:
        frame[column] = frame[column].astype(object)
        frame.loc[: len(values) - 1, column] = list(values)

    return spoil


def lonely(frame: pd.DataFrame) -> None:
    frame.loc[0, ["sektor", "klass", "n_h"]] = [3.0, "T", 4.0]


def uneven(frame: pd.DataFrame) -> None:
    first = (frame["sektor"] == 1) & (frame["klass"] == "S")
    frame.loc[first[first].index[0], "n_h"] = 7.0


def answered(frame: pd.DataFrame) -> None:
    frame.loc[frame.index[frame["q1"] == 2][:14], "q5"] = 2.0


FAULTS: dict[str, tuple[Spoil, dict[str, str], str]] = {
    "a column that is not there": (
        lambda frame: frame.insert(0, "VIKT", frame.pop("vikt")),
        {},
        'barometer.toml, [design] weight: "vikt" - expected a column of answers.csv (nearest: "VIKT")',
    ),
    "a value that is not known": (
        cells("q1", 7, 7, 7),
        {},
        'answers.csv, column q1: "7" in 3 rows - expected one of 1, 2, 8, missing 9',
    ),
    "a sector that is blank": (
        cells("sektor", None),
        {},
        "answers.csv, column sektor: blank in 1 row - expected one of 1, 2, 3, skip 9",
    ),
    "weights": (
        cells("vikt", None, 0, -1.5, None, None),
        {},
        "answers.csv, column vikt: 3 rows blank, 2 rows 0 or below - expected a weight above 0",
    ),
    "a weight that is no number": (
        cells("vikt", "1,5"),
        {},
        'answers.csv, column vikt: "1,5" in 1 row - expected a number',
    ),
    "a weight that is endless": (
        cells("vikt", "inf"),
        {},
        'answers.csv, column vikt: "inf" in 1 row - expected a number',
    ),
    "a stratum that is blank": (
        cells("klass", None, None),
        {},
        "answers.csv, column klass: 2 rows blank - expected a value",
    ),
    "a stratum with one unit": (
        lonely,
        {},
        'answers.csv, stratum "3|T": 1 unit - expected two, or another rule than fail as [design] lonely',
    ),
    "two population sizes": (
        uneven,
        {},
        'in stratum "1|S" - expected one population size a stratum',
    ),
    "a population smaller than the sample": (
        lambda frame: frame.__setitem__("n_h", 5.0),
        {},
        'answers.csv, column n_h: 5 in stratum "1|L" - expected at least ',
    ),
    "answers where nobody was asked": (
        answered,
        {},
        "answers.csv, column q5: 14 rows answered, not asked (asked_if q1 == 1) - expected blank",
    ),
    "a number in no group": (
        cells("anst", 5000, -1),
        {'"500+" = [25]': '"500+" = [25, 4999]'},
        "answers.csv, column anst: 2 rows outside every group of size - expected a number within one, or one that skip names",
    ),
    "a box that was ticked with something else": (
        lambda frame: frame.loc.__setitem__((frame.index[frame["q1"] == 1][0], "q7a"), 3.0),
        {},
        'answers.csv, column q7a: "3" in 1 row - expected one of 1, 0',
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_answers_is_told(tmp_path: Path, name: str) -> None:
    spoil, changed, fault = FAULTS[name]
    frame = answers()
    spoil(frame)
    told = refused(survey(tmp_path / "own", changed, frame), tmp_path / "data")
    assert any(fault in line for line in told), told
    assert not (tmp_path / "data").exists()


def test_faults_of_the_words_and_of_the_answers_are_told_at_once(tmp_path: Path) -> None:
    frame = answers()
    cells("q1", 7)(frame)
    told = refused(survey(tmp_path / "own", {'3 = "state" }': '3 = "stat" }'}, frame))
    assert [line.partition(":")[0] for line in told][:4] == [
        "barometer.toml, [sector] codes",
        "answers.csv, column q1",
        "answers.csv, column q5",
        "answers.csv, column q7a, q7b, q7z",
    ]


def test_many_faults_of_one_kind_are_counted(tmp_path: Path) -> None:
    frame = answers()
    cells("q1", *range(100, 130))(frame)
    told = refused(survey(tmp_path / "own", {}, frame))
    assert sum("column q1:" in line for line in told) == 20
    assert "answers.csv: 10 more of this kind - expected none" in told


def recoded(path: Path, engine: str) -> tuple[pd.DataFrame, Recoded]:
    """The sample of a codebook as a data frame, in the order of the file."""
    book = parsing.read(path)
    with files.workspace() as space:
        variables, numbers = recode.all_variables(book), recode.measured_variables(book)
        table = files.read(space, book.file, variables, numbers, engine)
        occurring = recode.values(table, recode.coded_variables(book))
        assert checks.faults(book, table, occurring) == ()
        sample = recode.recoded(book, table, occurring)
        frame = sample.frame if engine == "pandas" else sample.frame.df()
    return frame.sort_values([*frame.columns], ignore_index=True), sample


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_answers_become_codes_as_the_codebook_says(tmp_path: Path, engine: str) -> None:
    given = answers()
    frame, sample = recoded(survey(tmp_path / "own", {}, given), engine)
    counted = given[given["sektor"] != 9]
    asked = counted[counted["q1"] == 1]
    assert sample.used == len(counted)
    assert sample.splits == (
        (),
        ("in_sector",),
        ("in_size",),
        ("in_sector", "in_size"),
        ("in_field",),
    )
    assert {each.column: each.answers for each in sample.asked} == {
        "innovative_workplaces": {"yes": (0,), "no": (1,), "dont_know": (2,)},
        "novelty": {"first_of_its_kind": (0,), "inspired": (1,), "copied": (2,)},
        "collab_companies": {"yes": (1,), "no": (0,)},
        "collab_citizens": {"yes": (1,), "no": (0,)},
        "effect_quality": {"high": (0,), "some": (1,), "little": (2,), "no": (3,), "high_or_some": (0, 1)},
    }  # fmt: skip
    ticked = asked[["q7a", "q7b", "q7z"]].eq(1).any(axis=1)
    expected = {
        "in_sector": {-1: (given["sektor"] == 9).sum(), **{k: (given["sektor"] == k + 1).sum() for k in range(3)}},
        "in_size": {
            -1: (given["anst"] == 999).sum(),
            0: (given["anst"] <= 9).sum(),
            1: given["anst"].between(10, 24).sum(),
            2: given["anst"].between(25, 998).sum(),
        },
        "innovative_workplaces": {
            -1: len(given) - len(counted) + (counted["q1"] == 9).sum(),
            **{code: (counted["q1"] == value).sum() for code, value in enumerate((1, 2, 8))},
        },
        "novelty": {
            -2: len(counted) - len(asked),
            -1: len(given) - len(counted),
            -3: (asked["q5"] == 8).sum(),
            **{code: (asked["q5"] == code + 1).sum() for code in range(3)},
        },
        "collab_companies": {
            -2: len(counted) - len(asked),
            -1: len(given) - len(counted) + (~ticked).sum(),
            1: (asked["q7a"] == 1).sum(),
            0: (ticked & (asked["q7a"] == 0)).sum(),
        },
    }  # fmt: skip
    for column, counts in expected.items():
        found = {int(code): int(rows) for code, rows in frame[column].value_counts().items()}
        assert found == {code: int(rows) for code, rows in counts.items() if rows}, column
    assert np.isclose(frame["_weight"].sum(), given["vikt"].sum())
    assert frame["_stratum"].nunique() == given.groupby(["sektor", "klass"]).ngroups


def test_engines_make_the_same_sample(tmp_path: Path) -> None:
    path = survey(tmp_path / "own")
    pandas, duckdb = (recoded(path, engine)[0] for engine in ("pandas", "duckdb"))
    pd.testing.assert_frame_equal(pandas, duckdb, check_dtype=False)


def test_everybody_asked_counts_who_ticked_nothing(tmp_path: Path) -> None:
    given = answers()
    path = survey(tmp_path / "own", {'answered = "any box"': 'answered = "everybody asked"'}, given)
    frame, _ = recoded(path, "pandas")
    asked = given[(given["q1"] == 1) & (given["sektor"] != 9)]
    assert (frame["collab_companies"] >= 0).sum() == len(asked)


def test_organisations_are_counted_once_in_each_cell(tmp_path: Path) -> None:
    given = answers()
    _, sample = recoded(survey(tmp_path / "own", {}, given), "pandas")
    found = recode.organisations(sample)
    counted = given[given["sektor"] != 9]
    assert found[(), ()] == counted["org"].nunique()
    assert found[("in_sector",), (1,)] == counted[counted["sektor"] == 2]["org"].nunique()
    small = counted[(counted["sektor"] == 3) & (counted["anst"] <= 9)]
    assert found[("in_sector", "in_size"), (2, 0)] == small["org"].nunique()


def test_groups_that_lie_in_others_are_found(tmp_path: Path) -> None:
    given = answers()
    given["fald"] = np.where(given["anst"] <= 24, "U", "S")
    given.loc[given["anst"] == 999, "fald"] = ""
    _, sample = recoded(survey(tmp_path / "own", {}, given), "pandas")
    assert {frozenset(split) for split in run._unprinted(sample)} == {frozenset(SIZE_AND_FIELD)}
    _, crossed = recoded(survey(tmp_path / "other"), "pandas")
    assert run._unprinted(crossed) == ()


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_what_groups_within_others_give_away_is_withheld(tmp_path: Path, engine: str) -> None:
    """Of three sizes two make up one field: the small size that is withheld is the field less the other one."""
    given = answers()
    given.loc[given["anst"] <= 9, "anst"] = 12.0
    given.loc[[3, 5, 8, 13], "anst"] = 4.0
    given["fald"] = np.where(given["anst"] <= 24, "U", "S")
    given.loc[given["anst"] == 999, "fald"] = ""
    path = survey(tmp_path / "own", {"organisations = 3": "organisations = 0"}, given)
    imported(path, tmp_path / "data", engine)
    withheld = {
        row["segment"]
        for row in records(tmp_path / "data" / "observations.csv")
        if row["concept"] == "innovative_workplaces" and row["sector"] == "all" and row["status"] == "suppressed"
    }  # fmt: skip
    assert "size=0-10" in withheld
    assert withheld & {"size=10-25", "field=education"}
