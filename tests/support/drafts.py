"""A survey as SPSS holds it, with labels, missing values, a set of boxes and a weight, and what ``draft`` says of a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyreadstat
from click.testing import CliRunner

from dashboard.__main__ import main
from tests.support.intake import answers
from tests.support.spss import with_sets, with_weight

LABELS: Mapping[str, Mapping[float | str, str]] = {
    "sektor": {1: "Kommune", 2: "Region", 3: "Stat", 9: "Uoplyst"},
    "fald": {"U": "Uddannelse", "S": "Sundhed"},
    "q1": {1: "Ja", 2: "Nej", 8: "Ved ikke", 9: "Uoplyst"},
    "q5": {1: "Helt ny", 2: "Inspireret af andre", 3: "Kopieret", 8: "Ved ikke"},
    "q7a": {0: "Ikke valgt", 1: "Valgt"},
    "q9": {4: "I høj grad", 3: "I nogen grad", 2: "I mindre grad", 1: "Slet ikke"},
}
QUESTIONS: Mapping[str, str] = {
    "q1": "Har arbejdspladsen indført en innovation?",
    "q7a": "Private virksomheder",
    "q7b": "Borgere",
    "vikt": "Vægt",
}


def spss(folder: Path) -> Path:
    """The answers of the survey as SPSS holds them: with labels, missing values, a set of boxes and a weight."""
    path = folder / "answers.sav"
    frame = answers()
    pyreadstat.write_sav(
        frame,
        path,
        file_label="Innovationsbarometer",
        column_labels=dict(QUESTIONS),
        variable_value_labels={name: dict(labels) for name, labels in LABELS.items()},
        missing_ranges={"q1": [9], "anst": [{"lo": 998, "hi": 999}]},
    )
    with_sets(path, "$samarbejde=D1 1 17 Hvem samarbejdede q7a q7b")
    with_weight(path, 1 + [*frame.columns].index("vikt"))
    return path


def drafted(*arguments: str | Path) -> tuple[int, str]:
    """(status, output) of the command."""
    done = CliRunner().invoke(main, ["draft", *map(str, arguments)])
    return done.exit_code, done.output
