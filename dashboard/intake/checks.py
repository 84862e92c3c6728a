"""Whether a file of answers holds what its codebook says: every fault at once, before anything is estimated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import narwhals as nw

from dashboard.intake import results
from dashboard.intake.codebook import Codebook, Several
from dashboard.intake.faults import Fault, counted, quoted
from dashboard.intake.files import Table
from dashboard.intake.questions import variables
from dashboard.intake.recode import MOST_VALUES, Expressions, Values, replicate_columns

_SHOWN = 20
"""Faults of one rule that are told; the rest is counted."""


def faults(codebook: Codebook, table: Table, occurring: Values) -> tuple[Fault, ...]:
    """Everything that is wrong with the answers."""
    found: list[Fault] = []
    for rule in _RULES:
        of_rule = list(rule(codebook, table, occurring))
        found += of_rule[:_SHOWN]
        if len(of_rule) > _SHOWN:
            more = f"{len(of_rule) - _SHOWN} more of this kind"
            found.append(Fault(codebook.file.path.name, more, "none"))
    return tuple(found)


def _column(codebook: Codebook, variable: str) -> str:
    return f"{codebook.file.path.name}, column {variable}"


def _known_values(codebook: Codebook, _table: Table, occurring: Values) -> Iterator[Fault]:
    """Every value of a variable of codes is one that the codebook names."""
    for variable, (known, told) in _named_values(codebook).items():
        there = occurring[variable]
        if len(there) > MOST_VALUES:
            found = f"more than {MOST_VALUES} different values"
            yield Fault(_column(codebook, variable), found, f"one of {told}")
            continue
        for value, rows in sorted(there.items(), key=lambda each: str(each[0])):
            if (value or "") not in known:
                found = "blank" if value is None else quoted(value)
                yield Fault(
                    _column(codebook, variable),
                    f"{found} in {counted(rows, 'row')}",
                    f"one of {told}",
                )


def _named_values(codebook: Codebook) -> Mapping[str, tuple[set[str], str]]:
    """Variable -> (values that it may have, the same in words)."""
    named: dict[str, tuple[set[str], str]] = {}
    sector = codebook.sector
    if sector.variable:
        named[sector.variable] = (
            {*sector.codes, *sector.skip},
            _told(sector.codes, skip=sector.skip),
        )
    for split in codebook.splits:
        if split.codes:
            known = {*split.codes, *split.skip, ""}
            named.setdefault(split.variable, (known, _told(split.codes, skip=split.skip)))
    for question in codebook.questions:
        if isinstance(question, Several):
            values = dict.fromkeys((*question.chosen, *question.not_chosen))
        else:
            values = dict.fromkeys(question.answers)
        known = {*values, *question.missing, ""}
        for variable in variables(question):
            named[variable] = known, _told(values, missing=question.missing)
    return named


def _told(values: Mapping[str, Any], **further: tuple[str, ...]) -> str:
    """``1, 2, 8, missing 9``."""
    words = [f"{word} {', '.join(listed)}" for word, listed in further.items() if any(listed)]
    return ", ".join([*values, *words])


def _weights_weigh(codebook: Codebook, table: Table, _occurring: Values) -> Iterator[Fault]:
    variable = codebook.design.weight
    if variable:
        yield from _positive(codebook, table, variable, "a weight above 0")


def _sizes_are_sizes(codebook: Codebook, table: Table, _occurring: Values) -> Iterator[Fault]:
    for variable in codebook.design.fpc:
        yield from _positive(codebook, table, variable, "a population size above 0")


def _replicates_weigh(codebook: Codebook, table: Table, _occurring: Values) -> Iterator[Fault]:
    """Numbers of 0 or above in at least two columns, each with its factor where the codebook has factors."""
    replicates = codebook.design.replicates
    if replicates is None:
        return
    columns = replicate_columns(codebook, table)
    place = f"{codebook.name}, [design] replicates,"
    if len(columns) < 2:
        yield Fault(f"{place} columns", counted(len(columns), "column"), "at least two")
    if replicates.rscales and len(replicates.rscales) != len(columns):
        found = counted(len(replicates.rscales), "number")
        yield Fault(f"{place} rscales", found, f"{len(columns)}, one a column")
    numbers = [nw.col(table.numbers[column]) for column in columns]
    flags = [flag for number in numbers for flag in (number.is_null(), number < 0)]
    counts = _rows(table, *flags)
    for column, blank, below in zip(columns, counts[::2], counts[1::2], strict=True):
        if blank or below:
            parts = [f"{counted(blank, 'row')} blank"] if blank else []
            parts += [f"{counted(below, 'row')} below 0"] if below else []
            expected = "a replicate weight of 0 or above"
            yield Fault(_column(codebook, column), ", ".join(parts), expected)


def _positive(codebook: Codebook, table: Table, variable: str, expected: str) -> Iterator[Fault]:
    """A number above 0 in every row."""
    number = nw.col(table.numbers[variable])
    blank, below = _rows(table, number.is_null(), number <= 0)
    if blank or below:
        parts = [f"{counted(blank, 'row')} blank"] if blank else []
        parts += [f"{counted(below, 'row')} 0 or below"] if below else []
        yield Fault(_column(codebook, variable), ", ".join(parts), expected)


def _rows(table: Table, *flags: nw.Expr) -> tuple[int, ...]:
    """Rows of which each of some things is true, in one pass."""
    if not flags:
        return ()
    frame = nw.from_native(table.frame)
    sums = [
        nw.when(flag).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(f"f{at}")
        for at, flag in enumerate(flags)
    ]
    [counts] = results.rows(frame.select(*sums))
    return tuple(int(count or 0) for count in counts)


def _design_is_filled(codebook: Codebook, table: Table, _occurring: Values) -> Iterator[Fault]:
    design = codebook.design
    named = [
        *filter(
            None, dict.fromkeys((*design.stratum, *design.psu, *design.poststratum, design.unit))
        )
    ]
    blanks = _rows(table, *(nw.col(table.texts[variable]).is_null() for variable in named))
    for variable, blank in zip(named, blanks, strict=True):
        if blank:
            yield Fault(_column(codebook, variable), f"{counted(blank, 'row')} blank", "a value")


def _strata_are_whole(codebook: Codebook, table: Table, _occurring: Values) -> Iterator[Fault]:
    """At each stage one population size a stratum, at least its units; two units, or a rule for one.

    The strata of a further stage are the units of the one before."""
    design = codebook.design
    frame = nw.from_native(table.frame)
    for at, size in enumerate(design.fpc or ("",)):
        unit = nw.col(table.texts[design.psu[at]]).n_unique() if design.psu else nw.len()
        sums = [unit.alias("units")]
        if size:
            number = nw.col(table.numbers[size])
            sums += [number.min().alias("low"), number.max().alias("high")]
        keys = [table.texts[variable] for variable in (*design.stratum, *design.psu[:at])]
        found = frame.group_by(*dict.fromkeys(keys)).agg(*sums) if keys else frame.select(*sums)
        width = len(dict.fromkeys(keys))
        for row in sorted(results.rows(found), key=str):
            name = quoted("|".join(map(str, row[:width]))) if keys else ""
            units, *bounds = row[width:]
            low, high = bounds or (None, None)
            yield from _stratum(codebook, at, name, int(units), low, high)


def _stratum(
    codebook: Codebook, stage: int, name: str, units: int, low: float | None, high: float | None
) -> Iterator[Fault]:
    kind = "unit" if stage else "stratum"
    place = f"{kind} {name}" if name else "the sample"
    column = _column(codebook, codebook.design.fpc[stage]) if codebook.design.fpc else ""
    alone = ("fail", "average") if stage else ("fail",)
    if low is not None and high is not None and low != high:
        yield Fault(column, f"{low:g} and {high:g} in {place}", f"one population size a {kind}")
    elif high is not None and high < units:
        expected = f"at least {units}, the units of {place}"
        yield Fault(column, f"{high:g} in {place}", expected)
    elif units == 1 and codebook.design.lonely in alone and high != 1:
        expected = f"two, or another rule than {' and '.join(alone)} as [design] lonely"
        yield Fault(f"{codebook.file.path.name}, {place}", "1 unit", expected)


def _only_who_was_asked(codebook: Codebook, table: Table, occurring: Values) -> Iterator[Fault]:
    """Who was not asked has answered nothing."""
    made = Expressions(table, occurring)
    asked = [each for each in codebook.questions if each.asked_if is not None]
    flags = []
    for question in asked:
        condition = made.asked(question.asked_if) if question.asked_if else nw.lit(True)
        answered = (
            made.ticked(question)
            if isinstance(question, Several)
            else made.is_one_of(question.variable, question.answers)
        )
        flags.append(nw.when(condition).then(nw.lit(False)).otherwise(answered))
    for question, number in zip(asked, _rows(table, *flags), strict=True):
        if number:
            yield Fault(
                _column(codebook, ", ".join(variables(question))),
                f"{counted(number, 'row')} answered, not asked (asked_if {question.condition})",
                "blank",
            )


def _numbers_are_in_a_group(codebook: Codebook, table: Table, occurring: Values) -> Iterator[Fault]:
    made = Expressions(table, occurring)
    splits = [split for split in codebook.splits if split.cut]
    flags = []
    for split in splits:
        number = nw.col(table.numbers[split.variable])
        outside = ~number.is_null() & (made.split(split) < 0)
        skipped = made.is_one_of(split.variable, split.skip)
        flags.append(nw.when(skipped).then(nw.lit(False)).otherwise(outside))
    for split, rows in zip(splits, _rows(table, *flags), strict=True):
        if rows:
            yield Fault(
                _column(codebook, split.variable),
                f"{counted(rows, 'row')} outside every group of {split.dimension}",
                "a number within one, or one that skip names",
            )


_RULES: tuple[Callable[[Codebook, Table, Values], Iterator[Fault]], ...] = (
    _known_values,
    _weights_weigh,
    _sizes_are_sizes,
    _replicates_weigh,
    _design_is_filled,
    _strata_are_whole,
    _only_who_was_asked,
    _numbers_are_in_a_group,
)
