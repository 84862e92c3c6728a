"""What a question of the data rests on, and whether its view opens and its finding holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dashboard.comparability import NO, SmallBaseThresholds, verdict
from dashboard.dataset import COMPUTED, Dataset, Fault, Observation, Question
from dashboard.dataset.figure_name import FigureName
from dashboard.dataset.questions import (
    MAX_WORDS,
    SEPARATOR,
    claims,
    figure_names,
    placeholders,
    words,
)
from dashboard.query.families import Difference
from dashboard.query.index import DatasetIndex
from dashboard.query.types import Comparison, Value, View
from dashboard.query.view import view
from dashboard.selection import chart_of, parse
from dashboard.selection import format as as_written

_FILE = "questions.csv"


def figures(question: Question, shown: View) -> tuple[Observation, ...] | None:
    """The figures of a finding in their order, as they are drawn in a view; None where one of them is not."""
    drawn = [value.observation for section in shown.sections for value in section.values]
    found = tuple(
        next((row for row in drawn if name.names(row)), None) for name in figure_names(question)
    )
    rows = tuple(row for row in found if row is not None)
    return rows if len(rows) == len(found) else None


def may_be_compared(
    dataset: Dataset, rows: tuple[Observation, ...], thresholds: SmallBaseThresholds
) -> bool:
    """Whether every pair of figures may be compared, yes or with care."""
    return all(
        verdict(dataset, first, second, thresholds).kind != NO
        for first, second in combinations(rows, 2)
    )


def line_of(rows: tuple[Observation, ...], shown: View) -> tuple[Value, ...]:
    """The line of comparisons on which the figures of a finding stand; nothing where none holds them all."""
    positions = {row.position for row in rows}
    lines = (
        row.values
        for section in shown.sections
        for row in section.rows
        if isinstance(row.header, Comparison)
    )
    return next((line for line in lines if positions <= {v.observation.position for v in line}), ())


def left_out(
    rows: tuple[Observation, ...], shown: View, *, alike: bool = True
) -> tuple[Value, ...]:
    """What stands on a line of comparisons beside figures of a finding, and is not in it: what is about the same group, which
    a finding must name, since it chooses a line and on it no countries; or, not ``alike``, what is about another."""
    positions = {row.position for row in rows}
    line = line_of(rows, shown)
    groups = {value.population for value in line if value.observation.position in positions}
    return tuple(
        value
        for value in line
        if value.observation.position not in positions and (value.population in groups) == alike
    )


def outdated(rows: tuple[Observation, ...], shown: View) -> tuple[Observation, ...]:
    """Newest figures of series over time of which a finding tells earlier ones alone."""
    if not chart_of(shown.selection).joins_editions:
        return ()
    told = {row.position for row in rows}
    newest: dict[tuple[str, ...], Value] = {}
    for section in shown.sections:
        for value in section.values:
            line = _series(value.observation)
            if line not in newest or _ends(newest[line]) < _ends(value):
                newest[line] = value
    lines = dict.fromkeys(_series(row) for row in rows)
    return tuple(
        newest[line].observation
        for line in lines
        if line in newest and newest[line].observation.position not in told
    )


def _series(row: Observation) -> tuple[str, ...]:
    """What figures of one series over time share."""
    group = (row.dimension or "", row.segment or "")
    return (row.country, row.level, row.sector, *group, row.indicator, row.response)


def _ends(value: Value) -> int:
    return value.survey.period_end or 0


def holds(larger: Observation, smaller: Observation, differences: tuple[Difference, ...]) -> bool:
    """Whether one figure is larger than another by more than chance, tested or published, and not across a break."""
    pair = {larger.position, smaller.position}
    return larger.value > smaller.value and any(
        {each.first.position, each.second.position} == pair and each.clear and not each.across_break
        for each in differences
    )


def claims_hold(question: Question, rows: tuple[Observation, ...], shown: View) -> bool:
    """Whether everything that a finding calls larger or smaller is so in a view."""
    differences = tuple(each for section in shown.sections for each in section.differences)
    return all(
        holds(rows[larger], rows[smaller], differences)
        for larger, smaller in claims(question.claim)
    )


def faults(index: DatasetIndex) -> Iterator[Fault]:
    """Every question of which something is dropped, that is not written canonically, that shows nothing, or whose finding
    does not hold."""
    for found in index.dataset.questions:
        expected = _expected(index, found)
        if expected:
            yield Fault(_FILE, found.line, "query", found.query, expected)
        else:
            shown = view(index, parse(found.query, index.vocabulary).selection)
            yield from _finding_faults(index, found, shown)


def _expected(index: DatasetIndex, found: Question) -> str:
    """What was expected instead of the query; blank where it is sound."""
    vocabulary = index.vocabulary
    parsed = parse(found.query, vocabulary)
    if parsed.ignored:
        dropped = ", ".join(
            part.parameter if part.reason == "unknown-parameter" else part.value or part.parameter
            for part in parsed.ignored
        )
        return f"parameters and values of this data; {dropped} cannot be used"
    written = as_written(parsed.selection, vocabulary)
    if written != found.query:
        return f"the address as the page writes it: {written}"
    return "" if view(index, parsed.selection).figures else "a view with at least one figure"


def _finding_faults(index: DatasetIndex, found: Question, shown: View) -> Iterator[Fault]:
    """Figures that are not there, pairs that must not be compared, claims that are not clear, a title that is too long."""
    dataset = index.dataset
    names = found.figures.split(SEPARATOR) if found.figures else []
    every = tuple(dataset.observations)
    for text, name in zip(names, figure_names(found), strict=True):
        if not any(name.names(row) for row in every):
            yield Fault(_FILE, found.line, "figures", text, "a figure of observations.csv")
        elif not any(
            name.names(value.observation) for section in shown.sections for value in section.values
        ):
            yield Fault(
                _FILE, found.line, "figures", text, "a figure that the view of the query draws"
            )
    rows = figures(found, shown)
    if rows is None:
        return
    for (first, one), (second, other) in combinations(zip(names, rows, strict=True), 2):
        judged = verdict(dataset, one, other, index.thresholds)
        if judged.kind == NO:
            reasons = ", ".join(r.kind for r in judged.reasons if r.verdict == NO)
            expected = f"figures that may be compared; these two may not: {reasons}"
            yield Fault(_FILE, found.line, "figures", f"{first}{SEPARATOR}{second}", expected)
    yield from _left_out_faults(found, rows, shown)
    differences = tuple(each for section in shown.sections for each in section.differences)
    for larger, smaller in claims(found.claim):
        if not holds(rows[larger], rows[smaller], differences):
            expected = (
                f"a difference that is tested or published, clear and not across a break: "
                f"{names[larger]} larger than {names[smaller]}"
            )
            yield Fault(_FILE, found.line, "claim", found.claim, expected)
    # A figure that its source words ("about 75%") takes a word more than its placeholder.
    worded = sum(rows[number - 1].qualifier != "exact" for number in placeholders(found.finding))
    if words(found.finding) + worded > MAX_WORDS:
        yield Fault(
            _FILE,
            found.line,
            "finding_en",
            found.finding,
            f"at most {MAX_WORDS} words with its figures",
        )


def _left_out_faults(
    found: Question, rows: tuple[Observation, ...], shown: View
) -> Iterator[Fault]:
    for value in left_out(rows, shown):
        if value.observation.status == COMPUTED:
            continue  # An imported survey comes to a line whose finding was written without it.
        name = FigureName.of(value.observation)
        expected = f"every figure of the line that is about the same group; {name} is missing"
        yield Fault(_FILE, found.line, "figures", found.figures, expected)
    for row in outdated(rows, shown):
        expected = f"the newest figure of a series over time; {FigureName.of(row)} is missing"
        yield Fault(_FILE, found.line, "figures", found.figures, expected)
