"""Whatever a file of answers says, its draft is TOML that an import can read; what is no such file is refused in one sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dataset import DATA_FOLDER
from dashboard.intake.answers import files
from dashboard.intake.answers.labels import Boxes, Description, Variable, written
from dashboard.intake.codebook import Answers
from dashboard.intake.drafts import draft, hints, toml
from dashboard.intake.faults import Refused
from tests.support.drafts import drafted, spss
from tests.support.spss import in_windows_1252

HINTS = hints.of(DATA_FOLDER)


@given(st.text())
def test_every_text_is_a_text_and_a_key_of_toml(text: str) -> None:
    assert tomllib.loads(f"{toml.key(text)} = {toml.text(text)}  # {toml.said(text)}") == {
        text: text
    }


@given(st.lists(st.text()))
def test_every_value_is_listed_as_it_is_written(values: list[str]) -> None:
    held = tomllib.loads(f"a = {toml.listed(values)}")
    assert [*map(str, held["a"])] == values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"), (-9.0, "-9"), (1.5, "1.5"), (0.1, "0.1"), ("1.0", "1"), ("1,00", "1"), (" a b ", "a b"), ("01", "01"),
        (7, "7"), ("", ""),
    ],
)  # fmt: skip
def test_values_are_written_as_an_import_reads_them(value: object, text: str) -> None:
    assert written(value) == text


TEXTS = st.text(max_size=30)
VARIABLES = st.builds(
    Variable,
    name=TEXTS,
    label=TEXTS,
    text=st.booleans(),
    labels=st.dictionaries(TEXTS, TEXTS, max_size=30),
    missing=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    ranges=st.lists(TEXTS, max_size=2).map(tuple),
    blanks=st.lists(TEXTS, max_size=2).map(tuple),
    asked=TEXTS,
)


@given(st.lists(VARIABLES, max_size=4, unique_by=lambda each: each.name), TEXTS, st.booleans())
def test_whatever_a_file_says_its_draft_is_toml(
    variables: list[Variable], text: str, boxes: bool
) -> None:
    names = tuple(each.name for each in variables)
    sets = (Boxes(text, text, names, dichotomous=boxes, chosen=text),) if names else ()
    said = {"title": text, "fieldwork": text}
    described = Description(text, text, text, said, (text,), tuple(variables), sets)
    held = tomllib.loads(draft.text(described, HINTS))
    asked = [each["variable"] for each in held.get("question", [])]
    wanted = [each.name for each in variables if 0 < len(each.answers) <= draft.MOST_ANSWERS]
    if names and boxes:
        assert [*held["several"][0]["boxes"]] == [*names]
    else:
        assert asked == wanted


def test_ten_thousand_variables_with_strange_names(tmp_path: Path) -> None:
    strange = ('"', "'", "\\", "ø", "a.b", "a b", "#", "=", "[x]", "\n", "👩‍🔬", "\u202e")
    variables = tuple(
        Variable(
            f"{strange[at % len(strange)]}{at}",
            f"What\nis {strange[at % 7]}?",
            labels={"1": "Ja\n"},
        )
        for at in range(10_000)
    )
    described = Description("a.sav", "a.sav", "", {}, (), variables, ())
    held = tomllib.loads(draft.text(described, HINTS))
    assert [each["variable"] for each in held["question"]] == [each.name for each in variables]


@pytest.mark.parametrize("named", [True, False])
def test_an_old_encoding_is_read_by_the_name_of_the_file_or_ours(
    tmp_path: Path, named: bool
) -> None:
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"q": [1.0], "t": ["Ålborg"]}),
        path,
        column_labels={"q": "Spørgsmål"},
        variable_value_labels={"q": {1: "Først"}},
    )
    in_windows_1252(path, ["Spørgsmål", "Først", "Ålborg"], named=named)
    if not named:
        assert drafted(path) == (
            1,
            "answers.sav: byte 0xF8 in a text - expected text in the encoding that the file names; name its own as encoding\n",
        )
    code, text = drafted(path, "--encoding", "windows-1252")
    assert code == 0
    assert '# q: "Spørgsmål"\n' in text
    assert '1 = ""  # "Først"\n' in text
    assert tomllib.loads(text)["file"] == {"path": "answers.sav", "encoding": "windows-1252"}
    with files.workspace() as space:
        described = Answers(path, "windows-1252", ",", ".", "")
        table = files.read(space, described, {"t": "[sector] variable"}, [])
        assert table.frame[table.texts["t"]].tolist() == ["Ålborg"]
    if named:
        assert draft.draft(path) == text.replace('encoding = "windows-1252"\n', "")


# --- What is refused ---


@pytest.mark.parametrize(
    ("name", "held", "fault"),
    [
        (
            "a.csv", b"a,b",
            'a.csv: ".csv" - expected a file that ends in .sav, .zsav, .por, .dta, .sas7bdat, .xpt, .xml: others hold no labels',
        ),
        ("a.sav", b"PK\x03\x04" + bytes(60), "a.sav: a file that begins like .xlsx - expected a file of the kind .sav, as its name says"),
        ("a.sav", b"$FL2@(#) SPSS" + bytes(60), 'a.sav: "'),
        ("a.sav", None, "a.sav: missing - expected a file that can be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_drafted_is_told_in_one_sentence(
    tmp_path: Path, name: str, held: bytes | None, fault: str
) -> None:
    if held is not None:
        (tmp_path / name).write_bytes(held)
    code, said = drafted(tmp_path / name)
    assert code == 1
    assert said.startswith(fault)
    assert said.count("\n") == 1


def test_an_encoding_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="- expected a file that can be read"):
        draft.draft(spss(tmp_path), "klingon")


def test_hints_are_told_only_where_they_are_near() -> None:
    assert HINTS.concepts.nearest("Private virksomheder") == ("collab_companies",)
    # The word alone stands in the names of five.
    assert HINTS.concepts.nearest("Borgere") == ()
    assert HINTS.concepts.nearest("Fødselsår") == ()
    assert HINTS.responses.same("VED IKKE") == ("dont_know",)
    assert HINTS.responses.same("Ikke valgt") == ()
