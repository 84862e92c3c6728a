"""Codebooks: what is read of one, and that each of its faults is told, all of them at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.intake import conditions, parsing, sections
from dashboard.intake.conditions import Answered, Joined
from dashboard.intake.faults import Fault, Refused, quoted
from dashboard.intake.sections import Section
from tests.support.intake import codebook, refused, survey
from tests.support.server import ROOT

GUIDE = (ROOT / "docs/import.md").read_text(encoding="utf-8")


def read(folder: Path, **changed: str) -> parsing.Codebook:
    return parsing.read(codebook(folder, changed))


def test_a_codebook_is_read_as_it_is_written(tmp_path: Path) -> None:
    found = parsing.read(codebook(tmp_path))
    assert (found.survey_id, found.name, found.synthetic) == (
        "zz-2026-workplace",
        "barometer.toml",
        True,
    )
    assert found.survey["period_start"] == "2024"
    assert found.design.stratum == ("sektor", "klass")
    assert (found.interval, found.confidence, found.decimals) == ("logit", 0.95, 0)
    size, field = found.splits
    assert size.cut == {"0-10": (0, 9), "10-25": (10, 24), "500+": (25, float("inf"))}
    assert (size.skip, size.by_sector, field.segments) == (("999",), True, ("education", "health"))
    innovative, novelty, partners, quality = found.questions
    assert innovative.answers == {"1": "yes", "2": "no", "8": "dont_know"}
    assert (innovative.dont_know_in_base, novelty.dont_know_in_base) == (True, False)
    assert partners.boxes == {"q7a": "collab_companies", "q7b": "collab_citizens"}
    assert quality.sums == {"high_or_some": ("high", "some")}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("q1 == 1", Answered("q1", ("1",))),
        ("q1!=2", Answered("q1", ("2",), negated=True)),
        ("q1 in [1, 2]", Answered("q1", ("1", "2"))),
        ("q.1 in ('a b', -1)", Answered("q.1", ("a b", "-1"))),
        (
            "a == 1 or b == 2 and c == 3",
            Joined(
                every=False,
                parts=(
                    Answered("a", ("1",)),
                    Joined(every=True, parts=(Answered("b", ("2",)), Answered("c", ("3",)))),
                ),
            ),
        ),
        (
            "(a == 1 or b == 2) and c == 3",
            Joined(
                every=True,
                parts=(
                    Joined(every=False, parts=(Answered("a", ("1",)), Answered("b", ("2",)))),
                    Answered("c", ("3",)),
                ),
            ),
        ),
    ],
)
def test_a_condition_is_understood(text: str, condition: conditions.Condition) -> None:
    assert conditions.parse(text) == condition


@pytest.mark.parametrize(
    "text", ["", "q1", "q1 == ", "q1 = 1", "q1 == 1 q2", "q1 in 1", "(q1 == 1", "q1 < 3", "== 1", "q1 in [1,"]
)  # fmt: skip
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(conditions.NotUnderstood):
        conditions.parse(text)


DESIGN = 'stratum = ["sektor", "klass"]\nfpc = "n_h"'
FAULTS = {
    "another kind": (
        {'kind = "microdata"': 'kind = "tables"'},
        'barometer.toml, kind: "tables" - expected one of microdata, table (nearest: "table")',
    ),
    "a table that is not there": (
        {'[sector]\nvariable = "sektor"\ncodes': '[sectors]\nvariable = "sektor"\ncodes'},
        "barometer.toml, [sector]: missing - expected a table of this name",
    ),
    "a key that is not known": (
        {"synthetic = true": "synthetik = true"},
        '[survey] synthetik: not known - expected one of survey_id, country,',
    ),
    "a survey id": (
        {'survey_id = "zz-2026-workplace"': 'survey_id = "ZZ 2026"'},
        'barometer.toml, [survey] survey_id: "ZZ 2026" - expected lower-case letters and digits, joined by hyphens',
    ),
    "no rule of disclosure": (
        {"base = 10\n": ""},
        "barometer.toml, [disclosure] base: missing - expected a whole number from 1 to 10000",
    ),
    "a rule that is no number": (
        {"answer = 3\n": 'answer = "three"\n'},
        'barometer.toml, [disclosure] answer: "three" - expected a whole number from 0 to 10000',
    ),
    "organisations without names": (
        {'unit = "org"\n': ""},
        "[disclosure] organisations: 3 - expected 0, or [design] unit, the variable that names them",
    ),
    "decimals": (
        {"decimals = 0": "decimals = 2"},
        'barometer.toml, [disclosure] decimals: "2" - expected a whole number from 0 to 1',
    ),
    "replicates that are no table": (
        {DESIGN: f'{DESIGN}\nreplicates = "rw*"'},
        '[design] replicates: "rw*" - expected a table such as { columns = "rw*", method = "JK1" }',
    ),
    "a method": (
        {DESIGN: 'replicates = { columns = "rw*", method = "jk1" }'},
        '[design] replicates, method: "jk1" - expected one of JK1, JKn, BRR, Fay, bootstrap, SDR (nearest: "JK1")',
    ),
    "replicates without columns": (
        {DESIGN: 'replicates = { method = "BRR" }'},
        "[design] replicates, columns: missing - expected a name or a list of names",
    ),
    "a column of replicates twice": (
        {DESIGN: 'replicates = { columns = ["rw1", "rw1"], method = "BRR" }'},
        '[design] replicates, columns: "rw1, rw1" - expected each column once',
    ),
    "no factor of Fay": (
        {DESIGN: 'replicates = { columns = "rw*", method = "Fay" }'},
        "[design] replicates, fay: missing - expected a number from 0 up to 1, 1 left out",
    ),
    "a factor of Fay": (
        {DESIGN: 'replicates = { columns = "rw*", method = "Fay", fay = 1 }'},
        '[design] replicates, fay: "1" - expected a number from 0 up to 1, 1 left out',
    ),
    "a factor of Fay without it": (
        {DESIGN: 'replicates = { columns = "rw*", method = "BRR", fay = 0.5 }'},
        "[design] replicates, fay: given - expected none, as method is BRR",
    ),
    "a scale that is fixed": (
        {DESIGN: 'replicates = { columns = "rw*", method = "SDR", scale = 0.1, rscales = [1, 1] }'},
        "[design] replicates, scale: given - expected none, as that of SDR is 4/R",
    ),
    "rscales that are fixed": (
        {DESIGN: 'replicates = { columns = "rw*", method = "SDR", rscales = [1, 1] }'},
        "[design] replicates, rscales: given - expected none, as method is SDR",
    ),
    "a scale of 0": (
        {DESIGN: 'replicates = { columns = "rw*", method = "JK1", scale = 0 }'},
        "[design] replicates, scale: 0 - expected a number above 0",
    ),
    "a scale below 0": (
        {DESIGN: 'replicates = { columns = "rw*", method = "JK1", scale = -1 }'},
        '[design] replicates, scale: "-1" - expected a number above 0',
    ),
    "no rscales of JKn": (
        {DESIGN: 'replicates = { columns = "rw*", method = "JKn" }'},
        "[design] replicates, rscales: missing - expected the factor (n - 1)/n of each column, or combined = false",
    ),
    "rscales that are no numbers": (
        {DESIGN: 'replicates = { columns = "rw*", method = "JKn", rscales = [0.5, -1] }'},
        '[design] replicates, rscales: "[0.5, -1]" - expected numbers of 0 or above, one a column',
    ),
    "a centre": (
        {DESIGN: 'replicates = { columns = "rw*", method = "JK1", centre = "median" }'},
        '[design] replicates, centre: "median" - expected one of estimate, mean',
    ),
    "a key of replicates": (
        {DESIGN: 'replicates = { columns = "rw*", method = "JK1", rho = 0.5 }'},
        "[design] replicates, rho: not known - expected one of columns, method, fay, scale,",
    ),
    "strata and replicates": (
        {"fpc =": 'replicates = { columns = "rw*", method = "JK1" }\nfpc ='},
        "[design] stratum: given - expected either this or replicates",
    ),
    "replicates without a weight": (
        {'weight = "vikt"\n': "", DESIGN: 'replicates = { columns = "rw*", method = "JK1" }'},
        "[design] weight: missing - expected the weight that replicates belongs to",
    ),
    "post-strata without a weight": (
        {'weight = "vikt"\n': 'poststratum = "fald"\n'},
        "[design] weight: missing - expected the weight that poststratum belongs to",
    ),
    "fewer sizes than stages": (
        {DESIGN: 'psu = ["a", "b"]\nfpc = "n"'},
        '[design] fpc: "n" - expected 2 variables, the size of the population at each stage of psu',
    ),
    "more sizes than stages": (
        {DESIGN: 'psu = "a"\nfpc = ["n", "m"]'},
        '[design] fpc: "n, m" - expected one variable, the size of the population at each stage of psu',
    ),
    "a stage twice": (
        {DESIGN: 'psu = ["a", "a"]\nfpc = ["n", "m"]'},
        '[design] psu: "a, a" - expected each variable once',
    ),
    "another confidence": (
        {'unit = "org"': 'unit = "org"\nconfidence = 90'},
        "[design] confidence: another than 95 - expected 95; other intervals cannot be shown yet",
    ),
    "a lonely rule": (
        {'unit = "org"': 'unit = "org"\nlonely = "adjsut"'},
        '[design] lonely: "adjsut" - expected one of fail, remove, certainty, adjust, average (nearest: "adjust")',
    ),
    "groups that overlap": (
        {'"10-25" = [10, 24]': '"10-25" = [9, 24]'},
        "[[split]] 1 (size), cut, 10-25: 9 - expected a least number above 9, where the group before it ends",
    ),
    "a group that is none": (
        {'"10-25" = [10, 24]': '"10-25" = [24, 10]'},
        '[[split]] 1 (size), cut, 10-25: "[24, 10]" - expected least and greatest number',
    ),
    "a dimension twice": (
        {'dimension = "field"': 'dimension = "size"'},
        "barometer.toml, [[split]] size: 2 times - expected each dimension once",
    ),
    "a concept twice": (
        {'concept = "novelty"': 'concept = "effect_quality"'},
        "barometer.toml, concept effect_quality: 2 times - expected each concept once",
    ),
    "don't know not decided": (
        {'dont_know = "in base"\n': ""},
        "[[question]] 1 (innovative_workplaces), dont_know: missing - expected one of in base, left out",
    ),
    "a missing value that is an answer": (
        {"missing = [9]": "missing = [8]"},
        '[[question]] 1 (innovative_workplaces), missing: "8" - expected a value that is not among the answers',
    ),
    "a condition": (
        {'asked_if = "q1 == 1"': 'asked_if = "q1 = 1"'},
        '[[question]] 2 (novelty), asked_if: "q1 = 1" - expected a name, a number, == or != where = stands',
    ),
    "a circle of conditions": (
        {'dont_know = "in base"': 'dont_know = "in base"\nasked_if = "q5 == 1"'},
        "barometer.toml, asked_if: a circle of",
    ),
    "a sum of what is no answer": (
        {'["high", "some"] }': '["high", "sone"] }'},
        '[[grade]] 1 (effect_quality), sum, high_or_some: "sone" - expected one of the answers (nearest: "some")',
    ),
    "an answer that is shown and not there": (
        {'shown = ["high", "some", "high_or_some"]': 'shown = ["hihg"]'},
        'shown: "hihg" - expected one of the answers or sums (nearest: "high")',
    ),
    "boxes whose blank means nothing": (
        {'answered = "any box"\n': ""},
        "[[several]] 1, answered: missing - expected one of any box, everybody asked",
    ),
    "one sector that is split": (
        {'variable = "sektor"\ncodes = { 1 = "municipal", 2 = "regional", 3 = "state" }\nskip = [9]': 'only = "state"'},
        "[[split]] size, by_sector: true - expected false, since [sector] only says that there is one",
    ),
}  # fmt: skip
"""Name -> (what is changed in the codebook, a fault that is told)."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_codebook_is_told(tmp_path: Path, name: str) -> None:
    changed, fault = FAULTS[name]
    with pytest.raises(Refused) as error:
        parsing.read(codebook(tmp_path, changed))
    assert fault in str(error.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    apart = [
        FAULTS[name] for name in ("no rule of disclosure", "groups that overlap", "a condition")
    ]
    changed = {old: new for each, _ in apart for old, new in each.items()}
    with pytest.raises(Refused) as error:
        parsing.read(codebook(tmp_path, changed))
    assert len(error.value.faults) == 3
    assert all(fault in str(error.value) for _, fault in apart)


def test_of_very_many_faults_the_first_are_told() -> None:
    told = str(Refused(Fault("here", quoted(number), "less") for number in range(250))).splitlines()
    assert (len(told), told[0], told[-1]) == (201, 'here: "0" - expected less', "and 50 more")


def test_a_file_that_is_no_codebook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "barometer.toml"
    assert refused(path) == [
        "barometer.toml: No such file or directory - expected a codebook that can be read"
    ]
    path.write_text("kind = ", encoding="utf-8")
    assert refused(path) == ["barometer.toml: Invalid value (at end of document) - expected TOML"]
    path.write_bytes(b'kind = "\xe5"')
    assert refused(path) == ["barometer.toml: byte 0xE5 at position 8 - expected text in UTF-8"]


WORDS = {
    "a concept": (
        {'concept = "innovative_workplaces"': 'concept = "inovative_workplaces"'},
        'concept: "inovative_workplaces" - expected a row of concepts.csv or [[concept]] (nearest: "innovative_workplaces")',
    ),
    "a country": (
        {'code = "ZZ"': 'code = "YY"'},
        '[survey] country: "ZZ" - expected a code of the list country in codes.csv or [[code]]',
    ),
    "a response": (
        {'2 = "inspired"': '2 = "inspird"'},
        'concept novelty: "inspird" - expected a code of the list response in codes.csv or [[code]] (nearest: "inspired")',
    ),
    "a group": (
        {'U = "education"': 'U = "schools"'},
        '[[split]] field: "schools" - expected a code of the list segment:field in codes.csv or [[code]]',
    ),
    "a sector": (
        {'3 = "state" }': '3 = "stat" }'},
        '[sector] codes: "stat" - expected a code of the list sector in codes.csv or [[code]] (nearest: "state")',
    ),
    "a base": (
        {'base = "innovations"': 'base = "innovation"'},
        'base: "innovation" - expected a code of the list base in codes.csv or [[code]] (nearest: "innovations")',
    ),
    "a definition": (
        {'producer = "Made-up Office"': 'producer = "Made-up Office"\ndefinition = "for-kinds"'},
        '[survey] definition: "for-kinds" - expected a row of definitions.csv (nearest: "four-kinds")',
    ),
    "another word for a code": (
        {'label = "To a small degree"': 'label = "Yes!"', 'code = "little"': 'code = "yes"', '2 = "little"': '2 = "no"'},
        '[[code]] response yes: "Yes!" - expected "Yes", as codes.csv has it, or another code',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_word_that_the_folder_has_not_is_told(tmp_path: Path, name: str) -> None:
    changed, fault = WORDS[name]
    assert any(fault in line for line in refused(survey(tmp_path / "own", changed)))


def test_the_codebook_of_the_documentation_is_sound(tmp_path: Path) -> None:
    [text] = re.findall(r"```toml\n(kind = \"microdata\".*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "barometer.toml"
    path.write_text(text, encoding="utf-8")
    assert parsing.read(path).survey_id == "se-2026-workplace"


def test_the_documentation_names_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}

    class Watched(Section):
        def rest(self) -> None:
            asked.setdefault(self._name.split("]")[0].strip("["), set()).update(self._asked)

    monkeypatch.setattr(sections, "Section", Watched)
    concept = {
        "[[code]]": '[[concept]]\nconcept = "a"\ntheme = "effects"\nlabel = "A"\ndefinition = "B"\nscale = "single"\n[[code]]'
    }
    parsing.read(codebook(tmp_path, concept))
    parsing.read(codebook(tmp_path, {DESIGN: 'replicates = { columns = "rw*", method = "BRR" }'}))
    assert set(asked) == {*parsing._TABLES, *parsing._LISTS}
    for table, keys in asked.items():
        [row] = re.findall(rf"^\| .*`\[+{table}\]+`.*$", GUIDE, re.MULTILINE)
        assert {key for key in keys if f"`{key}" not in row} <= {"confidence"}, table
