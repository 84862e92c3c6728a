"""A small survey of one's own: made-up answers, their codebook, and what an import makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.intake import run
from dashboard.intake.faults import Refused
from dashboard.intake.run import Imported
from tests.support.folders import altered

SURVEY = "zz-2026-workplace"
CODEBOOK = """
kind = "microdata"

[survey]
survey_id = "zz-2026-workplace"
country = "ZZ"
title = "Barometer of Synthetia"
producer = "Made-up Office"
population = "Public workplaces"
unit = "workplace"
level = "workplace"
kind = "national"
design = "sample"
reference_period = "2024-2025"
period_kind = "years"
period_start = 2024
period_end = 2025
synthetic = true

[source]
source_id = "zz-2026"
title = "Answers to the barometer of Synthetia"
publisher = "Made-up Office"
language = "en"

[file]
path = "answers.csv"

[design]
weight = "vikt"
stratum = ["sektor", "klass"]
fpc = "n_h"
unit = "org"

[disclosure]
base = 10
answer = 3
organisations = 3
unanimous = true
decimals = 0

[sector]
variable = "sektor"
codes = { 1 = "municipal", 2 = "regional", 3 = "state" }
skip = [9]

[[split]]
dimension = "size"
variable = "anst"
cut = { "0-10" = [0, 9], "10-25" = [10, 24], "500+" = [25] }
skip = [999]
by_sector = true

[[split]]
dimension = "field"
variable = "fald"
codes = { U = "education", S = "health" }

[[question]]
concept = "innovative_workplaces"
variable = "q1"
base = "workplaces"
answers = { 1 = "yes", 2 = "no", 8 = "dont_know" }
missing = [9]
dont_know = "in base"
label = "Has your workplace introduced an innovation?"

[[question]]
concept = "novelty"
variable = "q5"
base = "innovations"
asked_if = "q1 == 1"
answers = { 1 = "first_of_its_kind", 2 = "inspired", 3 = "copied", 8 = "dont_know" }
dont_know = "left out"

[[several]]
base = "innovations"
asked_if = "q1 == 1"
chosen = 1
answered = "any box"
boxes = { q7a = "collab_companies", q7b = "collab_citizens" }
none = "q7z"

[[grade]]
concept = "effect_quality"
variable = "q9"
base = "innovations"
asked_if = "q1 in [1] and q1 != 9"
answers = { 4 = "high", 3 = "some", 2 = "little", 1 = "no" }
sum = { high_or_some = ["high", "some"] }
shown = ["high", "some", "high_or_some"]

[[code]]
list = "country"
code = "ZZ"
label = { en = "Synthetia", da = "Syntetien", nb = "Syntetia", sv = "Syntetien", fi = "Synteetia" }

[[code]]
list = "response"
code = "little"
label = "To a small degree"

[[code]]
list = "response"
code = "high_or_some"
label = "To a high or some degree"
"""


def answers(rows: int = 600, seed: int = 26) -> pd.DataFrame:
    """Made-up answers; a blank is NaN, 9 in q1 and 999 in anst are missing by the questionnaire's own word."""
    draw = np.random.default_rng(seed)
    sector = draw.choice([1.0, 2.0, 3.0, 9.0], rows, p=[0.5, 0.25, 0.2, 0.05])
    frame = pd.DataFrame(
        {
            "sektor": sector,
            "klass": draw.choice(["L", "S"], rows),
            "vikt": np.round(draw.uniform(0.5, 3, rows), 3),
            "org": np.floor(draw.uniform(0, rows / 4, rows)),
            "anst": draw.choice([*map(float, range(60)), 999.0], rows),
            "fald": draw.choice(["U", "S", ""], rows, p=[0.5, 0.4, 0.1]),
            "q1": draw.choice([1.0, 2.0, 8.0, 9.0], rows, p=[0.6, 0.3, 0.06, 0.04]),
        }
    )
    frame["n_h"] = frame.groupby(["sektor", "klass"])["q1"].transform("size") * 4.0
    asked = (frame["q1"] == 1).to_numpy()
    for name, values, chances in (
        ("q5", [1.0, 2.0, 3.0, 8.0], [0.2, 0.4, 0.35, 0.05]),
        ("q7a", [1.0, 0.0], [0.4, 0.6]),
        ("q7b", [1.0, 0.0], [0.3, 0.7]),
        ("q7z", [1.0, 0.0], [0.2, 0.8]),
        ("q9", [4.0, 3.0, 2.0, 1.0], [0.3, 0.4, 0.2, 0.1]),
    ):
        frame[name] = np.where(asked, draw.choice(values, rows, p=chances), np.nan)
    return frame


def survey(
    folder: Path, changed: Mapping[str, str] | None = None, frame: pd.DataFrame | None = None
) -> Path:
    """A folder with answers as CSV and their codebook, some words of which are others; the path of the codebook."""
    folder.mkdir(parents=True, exist_ok=True)
    table = (answers() if frame is None else frame).copy()
    for name in table:
        if table[name].dtype == "float64" and (table[name].dropna() % 1 == 0).all():
            table[name] = table[name].astype("Int64")
    table.to_csv(folder / "answers.csv", index=False)
    return codebook(folder, changed)


def codebook(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """A codebook, some words of which are others."""
    path = folder / "barometer.toml"
    path.write_text(altered(CODEBOOK, changed or {}), encoding="utf-8")
    return path


def imported(path: Path, into: Path | None = None, engine: str = "auto") -> Imported:
    """What an import has done."""
    return run.run(path, into, engine)


def refused(path: Path, into: Path | None = None) -> list[str]:
    """Why an import was refused."""
    with pytest.raises(Refused) as error:
        run.run(path, into)
    return str(error.value).splitlines()


def tables(folder: Path) -> dict[str, bytes]:
    """What every file of a folder holds; the path within it -> its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
