"""View -> the table under a chart: the figures and blanks of a section for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import groupby
from string import ascii_lowercase

from dashboard.charts import labels
from dashboard.comparability import SmallBaseThresholds
from dashboard.formats.records import Entry, entries
from dashboard.query import APPROXIMATE, POSSIBLE, Section, Value
from dashboard.query.evidence import Interval
from dashboard.text import Localizer, letters, missing, unlike, verdicts
from dashboard.text.key import intervals

_THRESHOLDS = SmallBaseThresholds()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a line as a reader sees it."""

    text: str
    key: float | None = None
    """What it is sorted by where that is a number."""
    absent: str = ""
    """Why there is no text; blank where there is one."""
    name: str | None = None
    """What it is called where cells name themselves; blank where the text says it, None for the heading of its column."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its facts."""

    position: int
    """Position of the figure in the data."""
    indicator: str
    place: str
    """Country, respondent, sector and group."""
    figure: Cell
    of: str
    """What the percentage is a percentage of, and the answer counted where that is not yes."""
    period: Cell
    n: Cell
    interval: Cell
    rate: Cell
    """Response rate of the survey, in this sector where it is known for sectors."""
    notes: tuple[str, ...]
    """Letters of the notes on it; those that hold for every line have none."""
    signed: bool = False
    """Whether the indicator carries the sign of figures that must not be compared."""

    def says_base_of(self, before: Line | None) -> bool:
        """Whether it is of the same indicator as the line ``before`` it, and a percentage of the same thing."""
        return before is not None and (self.indicator, self.of) == (before.indicator, before.of)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table."""

    field: str
    """Name of the field of a ``Line`` that stands in it."""
    heading: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is said once below the table: why a column is left out, a base, a doubt, a source."""

    letter: str
    """Stands at the lines it holds for; blank where it holds for every line."""
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """Where a figure is missing, and why."""

    indicator: str
    respondents: str
    population: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, its columns in order, of which the first heads the rows, and what is said below it."""

    caption: str
    columns: tuple[Column, ...]
    legend: str
    """What the short name of intervals means where cells name themselves; blank where none has it."""
    lines: tuple[Line, ...]
    key: tuple[Note, ...]
    """What the signs and words in its cells mean, those that occur."""
    notes: tuple[Note, ...]
    blanks: tuple[Blank, ...]


def section_table(
    section: Section,
    loc: Localizer,
    thresholds: SmallBaseThresholds = _THRESHOLDS,
    *,
    rates: bool = False,
    leading: Set[int] = frozenset(),
) -> Table:
    """Every drawn figure of a section once, indicator by indicator; its key, its notes and blanks.

    ``thresholds``: of the signs of few answers; ``rates``: with the response rates of the surveys; ``leading``: positions of figures
    whose indicators stand first.
    """
    t = loc.t
    found = list(entries(section))
    once = (entry.value for entry in found if entry.value and not entry.again)
    values = _by_indicator(once, leading)
    notes = _Notes(values, loc)
    signed = unlike.signed(section)
    likely = [each for each in _intervals(section) if each.kind != POSSIBLE]
    name, *others = {verdicts.interval_name(loc, each.kind) for each in likely} or {""}
    short = f"{loc.percent(95)}:" if name and not others else ""
    lines = tuple(
        replace(_line(value, notes.letters(value), loc, short), signed=value.measure in signed)
        for value in values
    )
    columns = {
        "indicator": t("Indicator"),
        "place": t("Where"),
        "figure": t("Figure"),
        "of": t("% of"),
        "period": t("Period"),
        "n": t("n"),
        "interval": letters.begun(intervals(loc, likely or _intervals(section)))
        or t("95% interval"),
        "rate": t("Response rate"),
        "notes": t("Source") if notes.sources_only else t("Notes"),
    }
    absent = {
        "n": [line.n.absent for line in lines],
        "interval": [line.interval.absent for line in lines],
    }
    empty = {
        name: Note("", f"{columns[name]}: {loc.either(dict.fromkeys(reasons))}")
        for name, reasons in absent.items()
        if reasons and all(reasons)
    }
    gaps = (
        t("No figure under “{column}”: {reasons}").format(
            column=columns[name], reasons=loc.either(dict.fromkeys(filter(None, reasons)))
        )
        for name, reasons in absent.items()
        if any(reasons) and name not in empty
    )
    left_out = {
        "of": len({line.of for line in lines}) < 2,
        "rate": not rates,
        "notes": not any(line.notes for line in lines),
        **dict.fromkeys(empty, True),
    }
    return Table(
        caption=t("{theme}: the figures of the chart").format(
            theme=loc.label("theme", section.theme)
        ),
        columns=tuple(
            Column(name, heading) for name, heading in columns.items() if not left_out.get(name)
        ),
        legend=f"{short} {name}" if short else "",
        lines=lines,
        key=tuple(Note("", text) for text in (*_key(section, loc, thresholds), *gaps)),
        notes=(*empty.values(), *notes.listed),
        blanks=tuple(_blanks(found, loc)),
    )


def _intervals(section: Section) -> list[Interval]:
    return [value.evidence.interval for value in section.values if value.evidence.interval]


def _key(section: Section, loc: Localizer, thresholds: SmallBaseThresholds) -> Iterator[str]:
    """What "†", "n ≤" and "possible range" mean, as far as they occur, and of several bases what each counts."""
    few = verdicts.few_legend(loc, section, thresholds.very_small, thresholds.small)
    if few:
        yield few.removesuffix(".")
    kinds = {each.kind for each in _intervals(section)}
    if APPROXIMATE in kinds:
        yield loc.t("n ≤: not published, at most this; interval probably wider")
    if POSSIBLE in kinds:
        yield loc.t(
            "possible range (everybody was asked): the share lies in it, whatever those who did not answer would say"
        )
    bases = dict.fromkeys(value.observation.base for value in section.values)
    for base in bases if len(bases) > 1 else ():
        counted = loc.dataset.codes["base"][base].description
        if counted:
            told = loc.t("{question}: {answer}")
            yield told.format(question=loc.share(base), answer=counted.removesuffix("."))


def _by_indicator(values: Iterable[Value], leading: Set[int]) -> list[Value]:
    """The figures of an indicator below each other, indicators in order of appearance, those with figures that are ``leading`` first."""
    found: dict[object, list[Value]] = {}
    for value in values:
        found.setdefault(value.measure, []).append(value)
    ordered = sorted(
        found.values(),
        key=lambda members: leading.isdisjoint(each.observation.position for each in members),
    )
    return [value for members in ordered for value in members]


class _Notes:
    """The notes of a table: what all figures are a share of where no column says it, what is in doubt, where it is from."""

    def __init__(self, values: list[Value], loc: Localizer) -> None:
        self._loc = loc
        self._one_base = len({_of(value, loc) for value in values}) < 2
        held = [self._of(value) for value in values]
        every: dict[tuple[str, str], int] = {}
        for kind in range(3):
            for notes in held:
                for note in notes[kind]:
                    every[note] = every.get(note, 0) + 1
        letters = _letters()
        self._letters = {
            note: "" if count == len(values) else next(letters) for note, count in every.items()
        }
        self.listed = tuple(
            Note(letter, text, url) for (text, url), letter in self._letters.items()
        )
        doubts = {note for notes in held for note in notes[1]}
        self.sources_only = not any(self._letters[note] for note in doubts)

    def _of(self, value: Value) -> tuple[list[tuple[str, str]], ...]:
        """(text, address) of the notes on a figure: its base, its status where it is not as printed, its source."""
        loc, row = self._loc, value.observation
        source = loc.dataset.sources[row.source_id]
        return (
            [(loc.share(row.base), "")] if self._one_base else [],
            [(loc.status(row), "")] if row.status != "printed" else [],
            [(f"{source.publisher}: {source.title}", source.url)],
        )

    def letters(self, value: Value) -> tuple[str, ...]:
        """Those of the notes on a figure that do not hold for all."""
        found = (self._letters[note] for notes in self._of(value) for note in notes)
        return tuple(letter for letter in found if letter)


def _letters() -> Iterator[str]:
    """a, b, ... z, aa, ab ..."""
    yield from ascii_lowercase
    yield from (first + second for first in ascii_lowercase for second in ascii_lowercase)


def _line(value: Value, notes: tuple[str, ...], loc: Localizer, short: str) -> Line:
    """A figure with its facts; ``short`` is what its interval is called where cells name themselves, unless it is blank."""
    row, evidence = value.observation, value.evidence
    known = evidence.interval
    unknown = loc.t("not published")
    named = short or verdicts.interval_heading(loc, evidence)
    if known and known.kind == POSSIBLE:
        named = ""
    interval = verdicts.interval_short(loc, evidence)
    rate = _rate(value, loc)
    return Line(
        position=row.position,
        indicator=loc.measure(value.measure),
        place=_place(value, loc),
        figure=Cell(labels.figure(loc, value), row.value),
        of=_of(value, loc),
        period=Cell(loc.years(value.survey), value.survey.period_end),
        n=_n(value, loc),
        interval=Cell(interval, known.low, name=named) if known else Cell("", absent=interval),
        rate=Cell("", absent=unknown) if rate is None else Cell(loc.percent(rate), rate),
        notes=notes,
    )


def _n(value: Value, loc: Localizer) -> Cell:
    """The number of answers, or the most that it can be, by which it is not sorted."""
    n, evidence = value.observation.n, value.evidence
    if n is not None:
        return Cell(loc.n_of(n, evidence.few), n)
    if evidence.most_answers is not None:
        return Cell(loc.at_most(evidence.most_answers))
    return Cell("", absent=loc.t("not published"))


def _of(value: Value, loc: Localizer) -> str:
    """ "innovative workplaces; “to a high or fairly high degree”"; an answer that is not primary stands in the name of the
    indicator."""
    row = value.observation
    base = loc.label("base", row.base)
    if value.measure.response or row.response == "yes":
        return base
    answer = loc.t("“{answer}”").format(answer=loc.lower("response", row.response))
    return loc.t("; ").join([base, answer])


def _place(value: Value, loc: Localizer) -> str:
    """ "Denmark, workplaces, state, broad innovators": the period has a column of its own."""
    row, respondents = value.observation, value.respondents
    if not respondents.compilation:
        respondents = replace(respondents, survey_id="")
    parts = [loc.respondents(respondents), loc.lower("sector", row.sector)]
    if row.dimension:
        parts.append(loc.lower_population(value.population))
    return ", ".join(parts)


def _rate(value: Value, loc: Localizer) -> float | None:
    """Percent of those asked who answered, in the sector where that is known, else in the whole survey."""
    survey = value.survey
    of_sector = loc.dataset.response_rates.get((survey.survey_id, value.observation.sector))
    known = of_sector.response_rate if of_sector else None
    return survey.response_rate if known is None else known


def _blanks(found: list[Entry], loc: Localizer) -> Iterator[Blank]:
    """One for each cell, reason and kind of respondents, naming all the populations it holds for."""
    for _, cell in groupby(found, key=lambda entry: entry.cell):
        populations: dict[tuple[str, str, str], list[str]] = {}
        for entry in cell:
            if entry.blank and not entry.section.is_further_answer(entry.measure):
                where = (
                    loc.respondents(entry.respondents)
                    if entry.respondents
                    else loc.t("every country shown")
                )
                name = (
                    loc.population(entry.population)
                    if entry.population
                    else loc.t("every sector shown")
                )
                blank = (loc.measure(entry.measure), where, missing.blank(loc, entry.blank))
                populations.setdefault(blank, []).append(name)
        for (indicator, where, reason), names in populations.items():
            yield Blank(indicator, where, ", ".join(names), reason)
