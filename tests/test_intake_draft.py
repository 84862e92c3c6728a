"""``python -m dashboard draft``: what a file says of its variables becomes a codebook to be finished by hand, and nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from dashboard.intake.drafts import draft
from tests.support.drafts import drafted, spss
from tests.support.intake import CODEBOOK, answers, imported, refused, survey, tables
from tests.support.spss import with_sets, with_weight


def finished(text: str) -> str:
    """A draft as whoever knows the survey finishes it: the tables above the questions, and each question, from the codebook."""
    blocks = {
        re.search(r'variable = "(\w+)"|\[\[several\]\]', block)[0]: block  # type: ignore[index]
        for block in re.split(r"\n\n(?=# )", text)
        if "[[question]]" in block or "[[several]]" in block
    }
    head = CODEBOOK[: CODEBOOK.index("[[question]]")].replace('"answers.csv"', '"answers.sav"')
    asked = 'asked_if = "q1 == 1"\n[question.answers]'
    first = filled(
        blocks['variable = "q1"'], "innovative_workplaces", "workplaces", "yes", "no", "dont_know"
    )
    first = first.replace(
        "[question.answers]",
        'dont_know = "in base"\nlabel = "Has your workplace introduced an innovation?"\n[question.answers]',
    )
    second = filled(
        blocks['variable = "q5"'],
        "novelty", "innovations", "first_of_its_kind", "inspired", "copied", "dont_know",
    ).replace("[question.answers]", f'dont_know = "left out"\n{asked}')  # fmt: skip
    third = filled(
        blocks["[[several]]"], "innovations", "any box", "collab_companies", "collab_citizens"
    ).replace("[several.boxes]", 'asked_if = "q1 == 1"\nnone = "q7z"\n[several.boxes]')
    fourth = filled(
        blocks['variable = "q9"'], "effect_quality", "innovations", "high", "some", "little", "no"
    )
    fourth = fourth.replace(
        "[question.answers]",
        'asked_if = "q1 in [1] and q1 != 9"\nsum = { high_or_some = ["high", "some"] }\n'
        'shown = ["high", "some", "high_or_some"]\n[question.answers]',
    ).replace("question", "grade")
    tail = CODEBOOK[CODEBOOK.index("[[code]]") :]
    return "\n\n".join([head, first, second, third, fourth, tail])


def filled(block: str, *words: str) -> str:
    """A block with its blanks filled in, in their order."""
    lines = block.split("\n")
    blanks = [at for at, line in enumerate(lines) if re.match(r'[^#]+ = ""', line)]
    for at, word in zip(blanks, words, strict=True):
        lines[at] = lines[at].replace('""', f'"{word}"', 1)
    return "\n".join(lines)


def test_a_finished_draft_gives_the_bytes_of_a_codebook_written_by_hand(tmp_path: Path) -> None:
    imported(survey(tmp_path / "own"), tmp_path / "by hand")
    spss(tmp_path)
    code, text = drafted(tmp_path / "answers.sav")
    assert code == 0
    (tmp_path / "barometer.toml").write_text(finished(text), encoding="utf-8")
    imported(tmp_path / "barometer.toml", tmp_path / "drafted")
    by_hand, found = (
        {name: held for name, held in tables(tmp_path / each).items() if "imports" not in name}
        for each in ("by hand", "drafted")
    )
    assert found == by_hand


def test_an_unfinished_draft_is_refused_with_every_blank_at_once(tmp_path: Path) -> None:
    spss(tmp_path)
    _, text = drafted(tmp_path / "answers.sav")
    path = tmp_path / "draft.toml"
    path.write_text(text, encoding="utf-8")
    told = refused(path)
    blanks = len(re.findall(r'^[^#\n]+ = ""', text, re.MULTILINE))
    missing = [line for line in told if ": missing - expected " in line]
    assert [line.partition(":")[0] for line in missing] == [
        *(f"draft.toml, [disclosure] {key}" for key in ("base", "answer", "organisations", "unanimous")),
        "draft.toml, [sector] codes",
    ]  # fmt: skip
    assert all(': "" - expected ' in line for line in told if line not in missing)
    assert len(told) == blanks + len(missing)
    assert 'draft.toml, [[question]] 3 (q1), answers, 8: "" - expected a text' in told
    assert 'draft.toml, [[several]] 1, boxes, q7b: "" - expected a text' in told


def test_a_draft_tells_what_the_file_says_and_what_is_nearest(tmp_path: Path) -> None:
    path = spss(tmp_path)
    text = draft.draft(path)
    for line in (
        'title = ""  # of the survey; the file says "Innovationsbarometer"',
        'path = "answers.sav"',
        '# weight = "vikt"  # the file says that it is one',
        '# q1: "Har arbejdspladsen indført en innovation?"',
        'concept = ""  # nearest: innovative_workplaces',
        'missing = [9]  # 9 "Uoplyst"',
        '8 = ""  # "Ved ikke"; nearest: dont_know',
        '# samarbejde: "Hvem samarbejdede"',
        "chosen = 1",
        "not_chosen = [0]",
        'q7a = ""  # "Private virksomheder"; nearest: collab_companies',
        "# anst: a number; missing: 998, 999",
        '# vikt: "Vægt"; a number',
        "# klass: a text",
    ):
        assert f"\n{line}\n" in text
    held = tomllib.loads(text)
    assert (held["kind"], held["disclosure"], held["design"]) == ("microdata", {}, {})
    named = {each["variable"] for each in held["question"]} | {*held["several"][0]["boxes"]}
    others = {name for name in answers() if f"\n# {name}: " in text}
    assert named | others == {*answers()}
    assert draft.draft(path) == text


def test_a_draft_is_written_to_a_new_file_only(tmp_path: Path) -> None:
    path, out = spss(tmp_path), tmp_path / "barometer.toml"
    code, said = drafted(path, "--out", out)
    assert (code, said) == (0, "")
    assert out.read_bytes().decode() == draft.draft(path)
    out.write_text("finished", encoding="utf-8")
    code, said = drafted(path, "--out", out)
    assert (code, said) == (1, f"{out}: File exists - expected a new file\n")
    assert out.read_text(encoding="utf-8") == "finished"


def test_many_labelled_values_make_a_split_and_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    municipalities = {float(each): f"Kommune {each}" for each in range(101, 601)}
    pyreadstat.write_sav(
        pd.DataFrame({"komm": [101.0, 102.0]}),
        path,
        variable_value_labels={"komm": municipalities},
    )
    text = draft.draft(path)
    assert '# [[split]]\n# dimension = ""\n# variable = "komm"\n# [split.codes]\n' in text
    assert '# 500 values: 101 "Kommune 101", 102 "Kommune 102",' in text
    assert all(f'"{label}"' in text for label in municipalities.values())
    assert text.count("\n") < 250
    assert "question" not in tomllib.loads(text)


def test_missing_values_that_cannot_be_listed_are_told(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    frame = pd.DataFrame({"a": [1.0, -5.0], "b": [1.0, 2.0], "c": ["x", "NA"], "d": [1.5, 2.5]})
    pyreadstat.write_sav(
        frame,
        path,
        variable_value_labels={
            "a": {1: "Yes", -5: "Refused"},
            "b": {1: "Yes", 2: "No", 1000: "Left"},
            "c": {"x": "Yes", "NA": "None"},
            "d": {1.5: "Half", 2: "Two"},
        },
        missing_ranges={
            "a": [{"lo": -99, "hi": -1}],
            "b": [{"lo": 900, "hi": float("inf")}, -1],
            "c": ["NA"],
        },
    )
    text = draft.draft(path)
    held = {each["variable"]: each for each in tomllib.loads(text)["question"]}
    assert "# a: missing: -99 to -1\n" in text
    assert "# b: missing: 900 and above\n" in text
    assert (held["a"]["missing"], held["a"]["answers"]) == ([-5], {"1": ""})
    assert (held["b"]["missing"], held["b"]["answers"]) == ([1000, -1], {"1": "", "2": ""})
    assert (held["c"]["missing"], held["c"]["answers"]) == (["NA"], {"x": ""})
    assert held["d"]["answers"] == {"1.5": "", "2": ""}


def test_sets_of_categories_are_told_and_have_no_table(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    frame = pd.DataFrame({"First": [1.0], "second": [2.0]})
    labels = {1: "Users", 2: "Firms"}
    pyreadstat.write_sav(frame, path, variable_value_labels={"First": labels, "second": labels})
    with_sets(path, "$who=C 3 Who first second")
    text = draft.draft(path)
    assert '# who: "Who" is one question whose answers stand in First, second; a codebook' in text
    held = tomllib.loads(text)
    assert [each["variable"] for each in held["question"]] == ["First", "second"]
    assert "several" not in held


def test_the_weight_is_found_behind_long_texts(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    frame = pd.DataFrame(
        {"text": ["x" * 700], "q": [1.0], "other": ["y" * 20], "Vægt_i_alt": [1.5]}
    )
    pyreadstat.write_sav(frame, path)
    named = set()
    for record in range(100):
        with_weight(path, record)
        named |= {line for line in draft.draft(path).split("\n") if line.startswith("# weight")}
    assert named == {
        '# weight = ""  # a variable; the file names none',
        '# weight = "q"  # the file says that it is one',
        '# weight = "Vægt_i_alt"  # the file says that it is one',
    }


# --- Stata and SAS ---


def test_a_stata_file_is_drafted_with_its_special_missing_values(tmp_path: Path) -> None:
    path = tmp_path / "answers.dta"
    pyreadstat.write_dta(
        pd.DataFrame({"q1": [1.0, 2.0, "a"]}),
        path,
        column_labels={"q1": "Introduced"},
        missing_user_values={"q1": ["a"]},
        variable_value_labels={"q1": {1: "Yes", 2: "No", "a": "Refused"}},
    )
    text = draft.draft(path)
    assert '# q1: "Introduced"; blank in the file: ".a Refused"\n' in text
    assert tomllib.loads(text)["question"][0]["answers"] == {"1": "", "2": ""}


@pytest.mark.parametrize("ending", ["xpt", "por"])
def test_what_has_no_labels_for_values_is_listed(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"answers.{ending}"
    write = {"xpt": pyreadstat.write_xport, "por": pyreadstat.write_por}[ending]
    write(pd.DataFrame({"Q1": [1.0], "T": ["x"]}), path, column_labels={"Q1": "Introduced"})
    text = draft.draft(path)
    assert '# Q1: "Introduced"; a number\n# T: a text\n' in text
    assert "question" not in tomllib.loads(text)
