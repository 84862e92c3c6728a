"""Other surveys than the usual one: without weights, with units, of one sector, with concepts and periods of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.dataset import Dataset, check, load
from dashboard.intake import disclosure, parsing, run
from dashboard.intake.answers import checks, files, recode
from dashboard.intake.answers.recode import Recoded
from tests.support.folders import copied
from tests.support.intake import SURVEY, answers, imported, refused, survey

DESIGN = 'weight = "vikt"\nstratum = ["sektor", "klass"]\nfpc = "n_h"\nunit = "org"\n'
SECTOR = (
    'variable = "sektor"\ncodes = { 1 = "municipal", 2 = "regional", 3 = "state" }\nskip = [9]\n'
)
ONE_SECTOR = {SECTOR: 'only = "state"\n', "by_sector = true": "by_sector = false"}
CONCEPT = """
[[concept]]
concept = "tea_breaks"
theme = "conditions"
label = { en = "Tea breaks", da = "Tepauser" }
definition = "Whether new ideas come over tea."
scale = "multiple"
"""


def made(folder: Path, changed: dict[str, str]) -> Dataset:
    """What an import makes of a codebook some words of which are others."""
    imported(survey(folder / "own", changed), folder / "data")
    assert check(folder / "data").faults == ()
    return load(folder / "data")


def sample(path: Path) -> tuple[Recoded, tuple[str, ...]]:
    """The sample of a codebook, and the faults of its answers."""
    book = parsing.read(path)
    with files.workspace() as space:
        variables, numbers = recode.all_variables(book), recode.measured_variables(book)
        table = files.read(space, book.file, variables, numbers, "pandas")
        occurring = recode.values(table, recode.coded_variables(book))
        found = tuple(map(str, checks.faults(book, table, occurring)))
        return recode.recoded(book, table, occurring), found


def test_without_a_design_every_answer_counts_alike(tmp_path: Path) -> None:
    rules = {"organisations = 3": "organisations = 0"}
    dataset = made(tmp_path, {DESIGN: "", **rules})
    frame = answers()
    base = frame[(frame["sektor"] != 9) & (frame["q1"] != 9)]
    wanted = {"indicator": "innovative_workplaces", "sector": "all", "dimension": ""}
    [position] = dataset.observations.find(response="yes", **wanted)
    figure = dataset.observations[position]
    share = (base["q1"] == 1).mean()
    assert abs(figure.value - 100 * share) <= 0.5
    estimate = dataset.estimates[figure.position]
    assert estimate.df == len(base) - 1
    assert abs(estimate.se - 100 * (share * (1 - share) / len(base)) ** 0.5) < 0.1
    assert dataset.surveys[SURVEY].weighted == "no"
    assert dataset.imports[SURVEY].strata == ()


def test_units_are_counted_within_their_strata(tmp_path: Path) -> None:
    changed = {'fpc = "n_h"\nunit = "org"': 'psu = "org"\nunit = "org"'}
    found, faults = sample(survey(tmp_path / "own", changed))
    assert faults == ()
    assert (found.design.psu, found.design.fpc) == ("_psu", None)
    assert found.frame["_psu"].nunique() == answers()["org"].nunique()
    dataset = made(tmp_path, changed)
    plain = made(tmp_path / "plain", {'fpc = "n_h"\n': ""})
    assert len(dataset.observations) == len(plain.observations)
    errors = [[each.se for each in of.estimates.values()] for of in (dataset, plain)]
    assert errors[0] != errors[1]
    both = zip(dataset.estimates.values(), plain.estimates.values(), strict=True)
    assert all(each.df < other.df for each, other in both if other.df > 100)


def test_a_stratum_of_one_unit_may_be_allowed(tmp_path: Path) -> None:
    frame = answers()
    frame.loc[0, ["sektor", "klass", "n_h"]] = [3.0, "T", 4.0]
    lonely = {'unit = "org"': 'unit = "org"\nlonely = "adjust"'}
    imported(survey(tmp_path / "own", lonely, frame), tmp_path / "data")
    assert check(tmp_path / "data").faults == ()
    frame.loc[0, "n_h"] = 1.0
    assert imported(survey(tmp_path / "other", {}, frame), tmp_path / "certain").figures > 0


def test_a_survey_of_one_sector_has_figures_of_that_sector(tmp_path: Path) -> None:
    dataset = made(tmp_path, ONE_SECTOR)
    assert dataset.observations.distinct("sector") == ("state",)
    assert dataset.surveys[SURVEY].sectors == ("state",)
    assert dataset.imports[SURVEY].rows_used == 600


def test_a_concept_of_its_own_is_described_in_each_language(tmp_path: Path) -> None:
    changed = {
        "[[code]]": f"{CONCEPT}\n[[code]]",
        'concept = "innovative_workplaces"': 'concept = "tea_breaks"',
    }
    dataset = made(tmp_path, changed)
    assert dataset.indicators["tea_breaks"].theme == "conditions"
    words = {language: of["concept", "tea_breaks"] for language, of in dataset.translations.items()}
    assert (words["da"].label, words["sv"].label) == ("Tepauser", "Tea breaks")
    assert {each.description for each in words.values()} == {"Whether new ideas come over tea."}


def test_a_period_in_words_is_told_in_each_language(tmp_path: Path) -> None:
    changed = {
        'reference_period = "2024-2025"': 'reference_period = "the two years before"',
        'period_kind = "years"': 'period_kind = "stated"',
    }
    folder = copied(tmp_path)
    path = survey(tmp_path / "own", changed)
    for _ in range(2):
        imported(path, folder)
        dataset = load(folder)
        assert {of["survey", SURVEY].description for of in dataset.translations.values()} == {
            "the two years before"
        }


def test_the_other_interval_is_wider(tmp_path: Path) -> None:
    logit = made(tmp_path, {})
    exact = made(tmp_path / "exact", {'unit = "org"': 'unit = "org"\ninterval = "korn-graubard"'})
    both = zip(logit.estimates.values(), exact.estimates.values(), strict=True)
    assert all(each.high - each.low <= other.high - other.low + 0.11 for each, other in both)


def test_one_decimal_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    dataset = made(tmp_path, {"decimals = 0": "decimals = 1"})
    assert any(figure.value % 1 for figure in dataset.observations)
    assert any(
        round(10 * estimate.se) / 10 != estimate.se for estimate in dataset.estimates.values()
    )


def test_a_file_without_answers_is_refused(tmp_path: Path) -> None:
    path = survey(tmp_path / "own", {}, answers().iloc[:0])
    assert refused(path) == ["answers.csv: no row below the header - expected answers"]


def test_what_cannot_be_protected_is_refused_with_its_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withheld(*_given: object, **_further: object) -> None:
        raise disclosure.Unprotectable("novelty", ("in_sector", "in_size"))

    monkeypatch.setattr(run.disclosure, "withheld", withheld)
    assert refused(survey(tmp_path / "own"), tmp_path / "data") == [
        "barometer.toml, concept novelty, split sector x size: cannot be protected without hiding the total"
        " - expected fewer codes, or to leave out the split or the question"
    ]
    assert not (tmp_path / "data").exists()
