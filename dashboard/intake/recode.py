"""A file of answers becomes columns of small whole numbers, as the codebook says: questions, splits and the design.

All of it is expressions that every engine runs, by narwhals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import narwhals as nw

from dashboard.intake import conditions, results
from dashboard.intake.codebook import Codebook, Question, Several, Split
from dashboard.intake.conditions import Answered, Condition
from dashboard.intake.files import Table
from dashboard.intake.patterns import all_matching
from dashboard.intake.questions import CHOSEN, DONT_KNOW, NOT_CHOSEN, concepts, variables
from dashboard.intake.types import Asked, Design, Stage

MISSING, NOT_ASKED, LEFT_OUT = -1, -2, -3
"""Codes of what is no answer: see ``Asked``."""
WEIGHT, STRATUM, PSU, FPC, UNIT = "_weight", "_stratum", "_psu", "_fpc", "_unit"
POSTSTRATUM, REPLICATE = "_poststratum", "_replicate"
SECTOR = "in_sector"
MOST_VALUES = 1000
"""Different values that a variable of codes may have."""

_TOGETHER = 20
"""Variables that are looked over by one query."""

Frame = Any
"""A frame that narwhals reads: a pandas data frame or a DuckDB relation."""
Values = Mapping[str, Mapping[str | None, int]]
"""Variable -> each value that occurs -> rows that have it; the first ``MOST_VALUES`` and one more."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """A sample ready to be counted."""

    frame: Frame
    design: Design
    asked: tuple[Asked, ...]
    """In the order of the codebook; the column of each is named for its concept."""
    splits: tuple[tuple[str, ...], ...]
    """Columns of each split, those of everybody first."""
    used: int
    """Rows that are counted: those whose sector is not skipped."""


def split_column(dimension: str) -> str:
    """The column that holds the groups of a dimension."""
    return f"in_{dimension}"


def coded_variables(codebook: Codebook) -> tuple[str, ...]:
    """The variables whose values are codes, each once."""
    named: list[str] = [codebook.sector.variable]
    named += [split.variable for split in codebook.splits if split.codes]
    for question in codebook.questions:
        named += variables(question)
        named += conditions.variables(question.asked_if) if question.asked_if else ()
    return tuple(dict.fromkeys(name for name in named if name))


def measured_variables(codebook: Codebook) -> tuple[str, ...]:
    """The variables whose values are numbers."""
    design = codebook.design
    named = [design.weight, *design.fpc]
    named += design.replicates.columns if design.replicates else ()
    named += [split.variable for split in codebook.splits if split.cut]
    return tuple(dict.fromkeys(name for name in named if name))


def all_variables(codebook: Codebook) -> Mapping[str, str]:
    """Every variable that a codebook names -> where it does so first."""
    found: dict[str, str] = {}
    for place, variable in _named(codebook):
        if variable:
            found.setdefault(variable, f"{codebook.name}, {place}")
    return found


def _named(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """(place in the codebook, variable)."""
    design = codebook.design
    for key in ("weight", "unit"):
        yield f"[design] {key}", getattr(design, key)
    for key in ("psu", "fpc", "stratum", "poststratum"):
        yield from ((f"[design] {key}", variable) for variable in getattr(design, key))
    if design.replicates:
        place = "[design] replicates, columns"
        yield from ((place, variable) for variable in design.replicates.columns)
    yield "[sector] variable", codebook.sector.variable
    yield from ((f"[[split]] {each.dimension}", each.variable) for each in codebook.splits)
    for question in codebook.questions:
        name = f"concept {', '.join(concepts(question))}"
        yield from ((name, variable) for variable in variables(question))
        if question.asked_if:
            asked_if = conditions.variables(question.asked_if)
            yield from ((f"{name}, asked_if", variable) for variable in asked_if)


def values(table: Table, named: Iterable[str]) -> Values:
    """What occurs in some variables of codes, and how often."""
    frame = nw.from_native(table.frame)
    found: dict[str, dict[str | None, int]] = {variable: {} for variable in named}
    counts = [
        frame.group_by(nw.col(table.texts[variable]).alias("value"))
        .agg(nw.len().alias("rows"))
        .head(MOST_VALUES + 1)
        .select(nw.lit(variable).alias("variable"), "value", "rows")
        for variable in found
    ]
    # One query for several: an engine that works elsewhere takes its time over each.
    for at in range(0, len(counts), _TOGETHER):
        for variable, value, rows in results.rows(nw.concat(counts[at : at + _TOGETHER])):
            found[variable][value] = int(rows)
    return found


class Expressions:
    """The expressions that a codebook asks for, over the columns of a table."""

    def __init__(self, table: Table, occurring: Values) -> None:
        self._table = table
        self._occurring = occurring

    def coded(self, variable: str, codes: Mapping[str, int], other: int = MISSING) -> nw.Expr:
        """The code of each value; ``other`` for a blank and any value that has none."""
        of_code: dict[int, list[str | None]] = {}
        for value, code in codes.items():
            of_code.setdefault(code, []).append(value or None)
        made: nw.Expr = nw.lit(other)
        for code, named in of_code.items():
            made = nw.when(self.is_one_of(variable, named)).then(nw.lit(code)).otherwise(made)
        return made

    def is_one_of(self, variable: str, named: Iterable[str | None]) -> nw.Expr:
        """Whether a variable has one of some values, of which None and "" are a blank; a null is no."""
        column = nw.col(self._table.texts[variable])
        held = [value for value in named if value]
        blank = column.is_null()
        if not held:
            return blank if any(not value for value in named) else blank & ~blank
        return column.is_in(held) if all(named) else column.is_in(held) | blank

    def asked(self, condition: Condition) -> nw.Expr:
        """Whether a condition holds."""
        if isinstance(condition, Answered):
            wanted: Iterable[str | None] = condition.values
            if condition.negated:
                wanted = self._occurring[condition.variable].keys() - {None, *condition.values}
            return self.is_one_of(condition.variable, sorted(filter(None, wanted)))
        parts = map(self.asked, condition.parts)
        return reduce((lambda a, b: a & b) if condition.every else (lambda a, b: a | b), parts)

    def question(self, question: Question) -> nw.Expr:
        """Codes of the answers to one question, whoever was asked."""
        numbers = response_codes(question)
        codes = {value: numbers[response] for value, response in question.answers.items()}
        return self.coded(question.variable, codes)

    def box(self, several: Several, variable: str) -> nw.Expr:
        """1 for a ticked box, 0 for one that was not, MISSING for who answered none of the boxes."""
        codes = dict.fromkeys(several.chosen, 1) | dict.fromkeys(several.missing, MISSING)
        box = self.coded(variable, codes, other=0)
        if several.everybody:
            return box
        return nw.when(self.ticked(several)).then(box).otherwise(nw.lit(MISSING))

    def ticked(self, several: Several) -> nw.Expr:
        """Whether a box was ticked, "none of these" included."""
        boxes = (self.is_one_of(each, several.chosen) for each in variables(several))
        return reduce(lambda one, other: one | other, boxes)

    def split(self, split: Split) -> nw.Expr:
        """The group of each respondent; MISSING for who is in none."""
        if split.codes:
            order = {segment: at for at, segment in enumerate(split.segments)}
            return self.coded(
                split.variable, {value: order[each] for value, each in split.codes.items()}
            )
        number = nw.col(self._table.numbers[split.variable])
        made: nw.Expr = nw.lit(MISSING)
        for code, (low, high) in enumerate(split.cut.values()):
            within = number >= low if high == float("inf") else (number >= low) & (number <= high)
            made = nw.when(within).then(nw.lit(code)).otherwise(made)
        left = self.is_one_of(split.variable, split.skip)
        return nw.when(left).then(nw.lit(MISSING)).otherwise(made) if split.skip else made


def response_codes(question: Question) -> Mapping[str, int]:
    """Response -> its code, in the order of the codebook; LEFT_OUT for a don't know outside the base."""
    responses = dict.fromkeys(question.answers.values())
    codes = {response: code for code, response in enumerate(responses)}
    if not question.dont_know_in_base:
        codes[DONT_KNOW] = LEFT_OUT
    return codes


def recoded(codebook: Codebook, table: Table, occurring: Values) -> Recoded:
    """The sample of a file without faults (see ``checks``)."""
    made = Expressions(table, occurring)
    frame = nw.from_native(table.frame)
    frame = frame.with_columns(_scope(codebook, made).alias(SECTOR))
    columns = {
        SECTOR: nw.col(SECTOR),
        **{split_column(each.dimension): made.split(each) for each in codebook.splits},
        **dict(_answers(codebook, made)),
    }
    design, frame = _with_design(codebook, table, frame)
    beginnings = (WEIGHT, STRATUM, PSU, FPC, POSTSTRATUM, REPLICATE, UNIT)
    kept = [name for name in frame.collect_schema() if name.startswith(beginnings)]
    frame = frame.select(
        *(expression.cast(nw.Int16).alias(name) for name, expression in columns.items()), *kept
    )
    [(used,)] = results.rows(frame.select((nw.col(SECTOR) >= 0).cast(nw.Int64).sum()))
    return Recoded(frame.to_native(), design, tuple(_asked(codebook)), _splits(codebook), int(used))


def _scope(codebook: Codebook, made: Expressions) -> nw.Expr:
    """The sector of each respondent; MISSING for who is counted nowhere."""
    sector = codebook.sector
    if sector.only:
        return nw.lit(0)
    order = {name: at for at, name in enumerate(dict.fromkeys(sector.codes.values()))}
    return made.coded(sector.variable, {value: order[name] for value, name in sector.codes.items()})


def _answers(codebook: Codebook, made: Expressions) -> Iterator[tuple[str, nw.Expr]]:
    """(concept, codes of its answers) of each, with those not asked and those counted nowhere marked."""
    for question in codebook.questions:
        if isinstance(question, Several):
            answers = {concept: made.box(question, box) for box, concept in question.boxes.items()}
        else:
            answers = {question.concept: made.question(question)}
        for concept, codes in answers.items():
            held = codes
            if question.asked_if is not None:
                asked = made.asked(question.asked_if)
                held = nw.when(asked).then(codes).otherwise(nw.lit(NOT_ASKED))
            yield concept, nw.when(nw.col(SECTOR) >= 0).then(held).otherwise(nw.lit(MISSING))


def _asked(codebook: Codebook) -> Iterator[Asked]:
    for question in codebook.questions:
        if isinstance(question, Several):
            for concept in question.boxes.values():
                yield Asked(concept, {CHOSEN: (1,), NOT_CHOSEN: (0,)})
            continue
        codes = response_codes(question)
        answers: dict[str, tuple[int, ...]] = {
            name: (code,) for name, code in codes.items() if code >= 0
        }
        answers |= {
            name: tuple(sorted({codes[part] for part in parts}))
            for name, parts in question.sums.items()
        }
        yield Asked(question.concept, answers)


def _splits(codebook: Codebook) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = [()]
    if not codebook.sector.only:
        found.append((SECTOR,))
    for split in codebook.splits:
        found.append((split_column(split.dimension),))
        if split.by_sector:
            found.append((SECTOR, split_column(split.dimension)))
    return tuple(found)


def _with_design(codebook: Codebook, table: Table, frame: Any) -> tuple[Design, Any]:
    """The design, and the frame with its columns; codes of strata, units and organisations follow their sorted values."""
    sample = codebook.design
    # Of units that were drawn with replacement the first stage alone decides.
    psus = sample.psu if sample.fpc else sample.psu[:1]
    columns = replicate_columns(codebook, table)
    replicates = {f"{REPLICATE}{at}": column for at, column in enumerate(columns)}
    units = {_of_stage(PSU, at): (variable,) for at, variable in enumerate(psus)}
    sizes = {_of_stage(FPC, at): variable for at, variable in enumerate(sample.fpc)}
    measured = {WEIGHT: sample.weight, **sizes, **replicates}
    frame = frame.with_columns(
        *(
            nw.col(table.numbers[variable]).alias(name)
            for name, variable in measured.items()
            if variable
        )
    )
    grouped: Mapping[str, Sequence[str]] = {
        STRATUM: sample.stratum,
        **units,
        POSTSTRATUM: sample.poststratum,
        UNIT: (sample.unit,) if sample.unit else (),
    }
    for name, named in grouped.items():
        if named:
            frame = _numbered(frame, name, [table.texts[each] for each in named])
    stages = [*zip(units, sizes, strict=False)]
    return (
        Design(
            weight=WEIGHT if sample.weight else None,
            stratum=STRATUM if sample.stratum else None,
            psu=PSU if psus else None,
            fpc=FPC if sizes else None,
            lonely=sample.lonely,
            further=tuple(Stage(unit, size) for unit, size in stages[1:]),
            poststratum=POSTSTRATUM if sample.poststratum else None,
            replicates=replace(sample.replicates, columns=tuple(replicates))
            if sample.replicates
            else None,
        ),
        frame,
    )


def replicate_columns(codebook: Codebook, table: Table) -> tuple[str, ...]:
    """The columns of a file that hold replicate weights."""
    replicates = codebook.design.replicates
    return all_matching(replicates.columns, table.texts) if replicates else ()


def _of_stage(name: str, stage: int) -> str:
    return f"{name}{stage + 1}" if stage else name


def _numbered(frame: Any, name: str, columns: list[str]) -> Any:
    """The frame with one whole number for what rows have in some columns."""
    keys = frame.select(*columns).unique().with_row_index(name, order_by=columns)
    joined = frame.join(keys, on=columns, how="left")
    return joined.with_columns(nw.col(name).fill_null(MISSING).cast(nw.Int64))


def organisations(sample: Recoded) -> Mapping[tuple[tuple[str, ...], tuple[int, ...]], int]:
    """Different organisations behind each cell of each split; (split, cell) -> number."""
    frame = nw.from_native(sample.frame).filter(nw.col(SECTOR) >= 0)
    found: dict[tuple[tuple[str, ...], tuple[int, ...]], int] = {}
    for split in sample.splits:
        different = nw.col(UNIT).n_unique()
        if not split:
            [(number,)] = results.rows(frame.select(different))
            found[(), ()] = int(number)
            continue
        inside = frame.filter(*(nw.col(name) >= 0 for name in split))
        for *cell, number in results.rows(inside.group_by(*split).agg(different.alias("n"))):
            found[split, tuple(map(int, cell))] = int(number)
    return found
