"""Rules that no single cell can break: what rows of one or several tables must have in common.

Every rule takes the typed rows and yields faults; ``warnings`` yields what is unusual but may be right.
A cell that is faulty by itself is absent from ``Row.values`` and ends no rule with an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from dashboard.dataset import computed_rules, logic
from dashboard.dataset.computed import COMPUTED, WITHOUT_FIGURE
from dashboard.dataset.faults import Fault
from dashboard.dataset.logic import half_a_unit
from dashboard.dataset.question_rules import questions_are_whole
from dashboard.dataset.rows import Row, TableRows, together
from dashboard.dataset.sentence_rules import headlines_name_what_there_is
from dashboard.dataset.synonym_rules import synonyms_name_what_there_is
from dashboard.dataset.tables import Rows
from dashboard.dataset.translation_rules import translations_are_whole

CELL_TOLERANCE = 1
"""Percentage points by which the rounded answers of one question may miss 100."""

_OBSERVATIONS = "observations.csv"


def faults(rows: Rows) -> Iterator[Fault]:
    """Every fault across rows."""
    for rule in _RULES:
        yield from rule(rows)


def warnings(rows: Rows) -> Iterator[Fault]:
    """What a careful statistician would look at twice; none of it stops the program."""
    for rule in _WARNINGS:
        yield from rule(rows)


def _by(rows: TableRows, column: str) -> Mapping[str | None, Mapping[str, Any]]:
    """Key -> typed cells of the row."""
    return {row.texts.get(column, ""): row.values for row in rows}


def _theme_of_indicator(rows: Rows) -> Iterator[Fault]:
    indicators = _by(rows["concepts"], "concept")
    figures = rows["observations"]
    for (indicator, theme), positions in figures.kinds("concept", "theme"):
        own = indicators.get(indicator, {}).get("theme")
        if theme and own and theme != own:
            for row in figures.at(positions):
                yield Fault(
                    _OBSERVATIONS,
                    row.line,
                    "theme",
                    theme,
                    f"{own}, the theme of {indicator} in concepts.csv",
                )


def _sector_is_covered(rows: Rows) -> Iterator[Fault]:
    surveys = _by(rows["surveys"], "survey_id")
    for table in ("observations", "response_rates"):
        for (survey, sector), positions in rows[table].kinds("survey_id", "sector"):
            covered = surveys.get(survey, {}).get("sectors")
            if sector and covered and sector not in covered.split("~"):
                expected = (
                    f"a sector that surveys.csv names for {survey}: {covered.replace('~', ', ')}"
                )
                for row in rows[table].at(positions):
                    yield Fault(f"{table}.csv", row.line, "sector", sector, expected)


def _answers_add_up(rows: Rows) -> Iterator[Fault]:
    """Yes and no (and don't know) of one question make 100; no answers of one question exceed it."""
    for answers in _suspected_sums(rows["observations"]):
        responses = [row.values.get("response") for row in answers]
        if len(set(responses)) < len(responses):  # a repeated answer is a fault of its key
            continue
        total = sum(row.values["value"] for row in answers)
        names = " + ".join(
            f"{response} {row.texts['value']}"
            for response, row in zip(responses, answers, strict=True)
        )
        last = answers[-1]
        if {"yes", "no"} <= set(responses) <= {"yes", "no", "dont_know"}:
            if abs(total - 100) > CELL_TOLERANCE:
                expected = f"the answers to one question to make 100 within {CELL_TOLERANCE}; {names} = {total:g}"
                yield Fault(_OBSERVATIONS, last.line, "value", last.texts["value"], expected)
        elif total > 100 + CELL_TOLERANCE:
            limit = 100 + CELL_TOLERANCE
            expected = f"the answers to one question to make at most {limit}; {names} = {total:g}"
            yield Fault(_OBSERVATIONS, last.line, "value", last.texts["value"], expected)


def _suspected_sums(figures: TableRows) -> Iterator[list[Row]]:
    """The answers of every question with two or more exact ones that do not make 100, those of one question together."""
    value = figures.cells("value").numbers()
    # A figure given as about, over or under cannot be added up.
    exact = ~np.isnan(value) & figures.having("qualifier", "exact")
    # Computed answers are rounded each by itself, and some are sums of others.
    exact &= ~figures.having("status", COMPUTED)
    cells = figures.frame(("survey_id", "sector", "segment", "concept", "base"))[exact]
    of_cell = cells.assign(value=value[exact]).groupby(list(cells.columns), sort=False)["value"]
    # A hair less than the tolerance, so that no rounding of the sum hides a question.
    suspected = (of_cell.transform("size") > 1) & (
        (of_cell.transform("sum") - 100).abs() > CELL_TOLERANCE - 1e-6
    )
    for members in together(cells[suspected]):
        yield list(figures.at(members))


def _figures_as_announced(rows: Rows) -> Iterator[Fault]:
    """A survey without figures has none, and a question that was not asked has none."""
    without = {
        key
        for key, survey in _by(rows["surveys"], "survey_id").items()
        if survey.get("has_figures") is False
    }
    unasked = {
        (row.values.get("survey_id"), row.values.get("concept")): row.line
        for row in rows["asked"]
        if row.values.get("asked") is False
    }
    figures = rows["observations"]
    for (survey, indicator), positions in figures.kinds("survey_id", "concept"):
        for row in figures.at(positions if survey in without else ()):
            expected = "a survey with has_figures yes in surveys.csv"
            yield Fault(_OBSERVATIONS, row.line, "survey_id", survey, expected)
        for row in figures.at(positions if (survey, indicator) in unasked else ()):
            line = unasked[survey, indicator]
            expected = f"no figure: asked.csv, line {line}, says that {survey} did not ask this"
            yield Fault(_OBSERVATIONS, row.line, "concept", indicator, expected)


def _periods_run_forward(rows: Rows) -> Iterator[Fault]:
    for row in rows["surveys"]:
        start, end = row.values.get("period_start"), row.values.get("period_end")
        if start is not None and row.texts.get("period_end") == "":
            yield Fault(
                "surveys.csv", row.line, "period_end", "", "a year, since period_start has one"
            )
        if start is not None and end is not None and start > end:
            yield Fault(
                "surveys.csv",
                row.line,
                "period_end",
                str(end),
                f"a year from {start}, the period_start, on",
            )


_TOLD_WITH = {
    "years": ("period_start", "period_end"),
    "two_years_to": ("period_end",),
    "survey_year": ("period_end",),
    "stated": ("reference_period",),
}
"""Kind of reference period -> columns that its words are made of."""


def _periods_can_be_told(rows: Rows) -> Iterator[Fault]:
    for row in rows["surveys"]:
        kind = row.values.get("period_kind")
        for column in _TOLD_WITH.get(kind or "", ()):
            if row.texts.get(column) == "":
                expected = f"a value, since period_kind is {kind}"
                yield Fault("surveys.csv", row.line, column, "", expected)


def _compilations_have_names(rows: Rows) -> Iterator[Fault]:
    for row in rows["surveys"]:
        if row.values.get("kind") == "compilation" and row.texts.get("short_title") == "":
            expected = "the name of the compilation inside a sentence"
            yield Fault("surveys.csv", row.line, "short_title", "", expected)


def _breaks_part_two_editions(rows: Rows) -> Iterator[Fault]:
    surveys = _by(rows["surveys"], "survey_id")
    for row in rows["breaks"]:
        one, other = row.values.get("from_survey"), row.values.get("to_survey")
        countries = [surveys.get(survey, {}).get("country") for survey in (one, other)]
        if one and one == other:
            yield Fault(
                "breaks.csv", row.line, "to_survey", other, "another survey than from_survey"
            )
        elif all(countries) and countries[0] != countries[1]:
            expected = f"a survey of the country of {one}, {countries[0]}"
            yield Fault("breaks.csv", row.line, "to_survey", other, expected)


def _breaks_name_indicators(rows: Rows) -> Iterator[Fault]:
    known = {row.texts.get("concept") for row in rows["concepts"]}
    for row in rows["breaks"]:
        text = row.values.get("concepts")
        indicators = text.split("~") if text else []
        for indicator in indicators:
            if known and indicator not in known:
                yield Fault(
                    "breaks.csv",
                    row.line,
                    "concepts",
                    indicator,
                    "concepts of concepts.csv, joined by ~",
                )
        if len(indicators) != len(set(indicators)):
            yield Fault("breaks.csv", row.line, "concepts", text, "each concept once")


def _containments_part_two_indicators(rows: Rows) -> Iterator[Fault]:
    lines: dict[tuple[str, str], int] = {}
    for row in rows["containments"]:
        wider, narrower = row.texts.get("wider", ""), row.texts.get("narrower", "")
        lines[wider, narrower] = row.line
        if wider and wider == narrower:
            yield Fault(
                "containments.csv", row.line, "narrower", narrower, "another concept than wider"
            )
        elif (narrower, wider) in lines:
            expected = (
                f"a concept that does not hold {wider}, as line {lines[narrower, wider]} says"
            )
            yield Fault("containments.csv", row.line, "narrower", narrower, expected)


def _tests_name_two_sectors(rows: Rows) -> Iterator[Fault]:
    for row in rows["published_tests"]:
        one, other = row.values.get("sector_a"), row.values.get("sector_b")
        if one and one == other:
            yield Fault(
                "published_tests.csv", row.line, "sector_b", other, "another sector than sector_a"
            )


def _lists_have_codes(rows: Rows) -> Iterator[Fault]:
    """Every dimension has a list of its values, and every such list a dimension."""
    if not rows["codes"]:
        return
    codes = [(row.values.get("list"), row.values.get("code"), row) for row in rows["codes"]]
    dimensions = {code for name, code, _ in codes if name == "dimension"}
    lists = {name for name, _, _ in codes}
    for name, code, row in codes:
        if name == "dimension" and f"segment:{code}" not in lists:
            expected = f"rows of a list segment:{code} with its values"
            yield Fault("codes.csv", row.line, "code", code or "", expected)
        if name and name.startswith("segment:") and name.removeprefix("segment:") not in dimensions:
            yield Fault(
                "codes.csv", row.line, "list", name, "segment: and a code of the list dimension"
            )


def _lists_are_unbroken(rows: Rows) -> Iterator[Fault]:
    """The rows of a list stand together, since their order is the reading order."""
    seen: set[str] = set()
    for before, row in pairwise(rows["codes"]):
        seen.add(before.texts.get("list", ""))
        name = row.texts.get("list", "")
        if name in seen and name != before.texts.get("list", ""):
            yield Fault(
                "codes.csv", row.line, "list", name, "the rows of one list to stand together"
            )


def _announced_figures_missing(rows: Rows) -> Iterator[Fault]:
    kinds = rows["observations"].kinds("survey_id", "status")
    having = {survey for (survey, status), _ in kinds if status not in WITHOUT_FIGURE}
    for row in rows["surveys"]:
        if row.values.get("has_figures") and row.texts.get("survey_id") not in having:
            yield Fault(
                "surveys.csv",
                row.line,
                "has_figures",
                "yes",
                "figures of this survey in observations.csv",
            )


def _n_within_survey(rows: Rows) -> Iterator[Fault]:
    surveys = _by(rows["surveys"], "survey_id")
    figures = rows["observations"]
    for (of_survey, base, n), positions in figures.kinds("survey_id", "base", "n"):
        column = "innovations_n" if base == "innovations" else "respondents"
        most = surveys.get(of_survey, {}).get(column)
        if n is not None and most is not None and n > most:
            expected = f"at most {most}, the {column} of the survey in surveys.csv"
            for row in figures.at(positions):
                yield Fault(_OBSERVATIONS, row.line, "n", str(n), expected)


def _value_fits_n(rows: Rows) -> Iterator[Fault]:
    """An unweighted percentage must be some whole number of n answers: 58 of 76 is 76 %, and 77 % is impossible."""
    surveys = _by(rows["surveys"], "survey_id")
    figures = rows["observations"]
    column = figures.cells("survey_id")
    unweighted = column.where(
        [surveys.get(survey, {}).get("weighted") == "no" for survey in column.texts]
    )
    tested = unweighted & figures.having("qualifier", "exact")
    for (n, value), positions in figures.kinds("n", "value", among=tested):
        head = figures[positions[0]].texts
        if n is None or value is None or _possible(Decimal(head["value"]), n):
            continue
        expected = f"a value that a whole number of {n} answers can give"
        for row in figures.at(positions):
            yield Fault(_OBSERVATIONS, row.line, "value", head["value"], expected)


def _possible(percent: Decimal, n: int) -> bool:
    """Whether some k of n rounds to ``percent`` as printed, a half rounded either way (percent 0-100, n at least 1)."""
    half = half_a_unit(percent)
    nearest = int(percent * n / 100)
    return any(abs(percent * n - 100 * k) <= half * n for k in (nearest, nearest + 1) if k <= n)


_RULES: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
    _theme_of_indicator,
    _sector_is_covered,
    _answers_add_up,
    _figures_as_announced,
    _periods_run_forward,
    _periods_can_be_told,
    _compilations_have_names,
    _breaks_part_two_editions,
    _breaks_name_indicators,
    _containments_part_two_indicators,
    *logic.RULES,
    *computed_rules.RULES,
    _tests_name_two_sectors,
    _lists_have_codes,
    _lists_are_unbroken,
    translations_are_whole,
    questions_are_whole,
    headlines_name_what_there_is,
    synonyms_name_what_there_is,
)
_WARNINGS: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
    _announced_figures_missing,
    _n_within_survey,
    _value_fits_n,
)
