"""The View and its parts: everything a reader will see, finished before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dashboard.comparability import ReasonKind, SmallBaseThresholds
from dashboard.dataset import PRIMARY, Break, Level, Observation, Survey
from dashboard.query.evidence import Evidence
from dashboard.query.families import Difference
from dashboard.selection import Selection

DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Respondents:
    """One country and one kind of respondent; with editions side by side also one survey."""

    country: str
    level: Level
    compilation: bool = False
    survey_id: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """Whose answers: a sector, or a segment of it."""

    sector: str
    dimension: str = ""
    segment: str = ""


class Stratum(NamedTuple):
    """A population among some respondents: Danish workplaces, state."""

    respondents: Respondents
    population: Population


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator, or one answer of a one-answer question."""

    indicator: str
    response: str = ""
    """Blank for the primary answer (yes / to a high degree)."""

    @classmethod
    def of(cls, row: Observation) -> Measure:
        """What a figure that stands by itself is about."""
        return cls(row.indicator, "" if row.response in PRIMARY else row.response)


MissingKind = Literal[
    "not_asked",
    "not_published",
    "not_collected",
    "suppressed",
    "drawn",
    "compiled",
    "filtered",
    "unscaled",
    "split",
    "single_edition",
]
"""suppressed: withheld, since too few answered; drawn: in a chart without values; compiled: only in a comparison published
together; unscaled: none that an answer scale can show. Of a country without a figure in a theme also split (only by groups) or,
in a change, single_edition."""


@dataclass(frozen=True, slots=True)
class Base:
    """What percentages are percentages of; bases that count the same part go by the name of one of them."""

    base: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator, and what the figures share that are compared: a population, respondents or both.

    Figures that institutions published together share neither, but the publication.
    """

    measure: Measure
    among: Population | Respondents | Stratum | None
    source_id: str = ""
    """The publication that put the figures together; blank where none did."""


@dataclass(frozen=True, slots=True)
class MissingReason:
    """Why there is no figure."""

    kind: MissingKind
    evidence: str = ""
    """How that is known; of ``split`` the dimension, of ``compiled`` the id of the survey that has the figure."""


@dataclass(frozen=True, slots=True)
class Value:
    """One mark: a published figure where it is drawn, and what must be said beside it."""

    observation: Observation
    survey: Survey
    respondents: Respondents
    population: Population
    measure: Measure
    evidence: Evidence
    base_differs: bool = False
    """The base differs from the heading's."""
    answer_differs: bool = False
    """The answer counted (to a high degree) differs from the heading's (yes)."""


Header = Respondents | Population | Stratum | Measure | Base | Comparison
"""What a panel, row or series is about."""


def respondents_in(owner: Respondents | Stratum) -> Respondents:
    """The respondents, of a stratum its own."""
    return owner.respondents if isinstance(owner, Stratum) else owner


def about(header: Header) -> Header:
    """What a header is about, of a line of comparisons its measure."""
    return header.measure if isinstance(header, Comparison) else header


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for most figures of respondents (split: of a stratum) within a section.

    A figure that differs says so itself.
    """

    surveys: tuple[Survey, ...]
    """Editions the figures come from, the newest first, which gives the reference period."""
    base: str
    answer: Literal["high", "yes"]
    """``high`` where most figures count "to a high degree", else ``yes``."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart of a section."""

    header: Header
    series: tuple[Header, ...]
    """The series it has figures of."""
    count: int
    """Marks in it."""
    line: int = 0
    """Of a panel that is one indicator: which of its sets of comparable figures it holds; as in Row."""
    lines: int = 1
    part: int = 0
    """Panels whose percentages are shares of the same thing, answered by the same kind of respondent, have one number;
    a new number parts them from their neighbours."""
    base: str = ""
    """What most of its figures are shares of; of a panel of respondents what most of theirs are, unless bases part their panels."""
    obstacles: tuple[ReasonKind, ...] = ()
    """Of a panel that is one indicator: why some figures of it, in all its panels that bases part, must not be compared; as in
    Row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a panel and a row meet: the values, or the reason why there are none."""

    values: tuple[Value, ...]
    blank: MissingReason | None
    """None where there are values, here or in another row of the same indicator."""
    missing: tuple[tuple[Header, MissingReason], ...]
    """Series that the panel has elsewhere but not here."""

    def is_withheld(self, series: Header | None = None) -> bool:
        """Whether the figure that would stand here is withheld, of a series or of the whole cell."""
        whole = self.blank is not None and self.blank.kind == "suppressed"
        if whole or not self.missing:
            return whole
        return any(each == series and why.kind == "suppressed" for each, why in self.missing)

    @property
    def lines(self) -> tuple[tuple[Value, ...], ...]:
        """Of a change over editions: the figures of each series, in the order of time."""
        found: dict[tuple[Respondents, Population, Measure], list[Value]] = {}
        for value in self.values:
            whose = value.respondents, value.population, value.measure
            found.setdefault(whose, []).append(value)
        return tuple(map(tuple, found.values()))


@dataclass(frozen=True, slots=True)
class Row:
    """One line across the panels.

    What its header is about has several rows where a chart has one for each sector, where the newest figures come from several
    editions, each edition a row of its own, or where only figures that may be compared are shown and they make several sets.
    """

    header: Header
    cells: tuple[Cell, ...]
    only_in: int | None
    """Index of the one panel that has figures here; None where several do."""
    obstacles: tuple[ReasonKind, ...] = ()
    """Why figures of different panels in this row must not be compared: kinds of reasons (base, respondent, scale ...)."""
    cautions: tuple[str, ...] = ()
    """Of a comparison: why some of its figures may be compared with care only, apart from that countries differ."""
    line: int = 0
    """Which of the rows of its header it is."""
    lines: int = 1
    """How many there are."""

    @property
    def values(self) -> tuple[Value, ...]:
        """Its figures, panel by panel."""
        return tuple(value for cell in self.cells for value in cell.values)


@dataclass(frozen=True, slots=True)
class MissingCountry:
    """A chosen country and kind of respondent without any figure in a section."""

    respondents: Respondents
    blank: MissingReason


@dataclass(frozen=True, slots=True)
class EditionStep:
    """Two neighbouring editions of one line in a change over editions."""

    earlier: Value
    later: Value
    breaks: tuple[Break, ...]
    skipped: tuple[Survey, ...] = ()
    """Editions between the two that have no figure on the line."""

    @property
    def measure(self) -> Measure:
        """What its line is about."""
        return self.later.measure

    @property
    def broken(self) -> bool:
        """Whether the line between them must not be drawn: a known break, or percentages of different things."""
        return bool(self.breaks) or self.earlier.observation.base != self.later.observation.base


Withheld = tuple[Measure, Respondents, Population]
"""A withheld figure: what it is about, and whom."""
ColourBy = Literal["sector", "country", "segment"]


@dataclass(frozen=True, slots=True)
class Section:
    """One theme of the view."""

    theme: str
    panels: tuple[Panel, ...]
    rows: tuple[Row, ...]
    indicators_total: int
    """Indicators there are; more than are shown while the theme is not expanded."""
    indicators_shown: int
    series: tuple[Header, ...]
    colour_by: ColourBy
    """What the colours mean."""
    facts: Mapping[Respondents | Stratum, Facts]
    """By respondents; of a split view by respondents and sector."""
    missing_countries: tuple[MissingCountry, ...]
    edition_steps: tuple[EditionStep, ...]
    """Of a change over editions: neighbouring figures of each line."""
    differences: tuple[Difference, ...]
    """Pairs of drawn figures that are tested, or on which the publication reports."""
    single: tuple[Measure, ...]
    """Of a change over editions: indicators left out because only one edition has them."""
    together: tuple[Observation, ...] = ()
    """Figures that the institutions published side by side on an indicator shown here, where they are not drawn."""
    countries: tuple[str, ...] = ()
    """All that the data knows, drawn or not: by its index among them a new one gets its colour."""
    sectors: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()

    off_lines: int = 0
    """Of comparisons: figures that fit the filters and may be compared with no other that stands here."""
    sectors_apart: bool = False
    """Whether each of its rows is of one sector."""
    withheld: tuple[Withheld, ...] = ()
    """Figures that the view would show of its indicators were they not withheld, and that no cell names."""
    _values: tuple[Value, ...] = field(default=(), init=False, repr=False, compare=False)

    def facts_of(self, header: Header) -> Facts | None:
        """What holds for most figures of a panel or row; None where it is a measure or a population."""
        return self.facts.get(header) if isinstance(header, Respondents | Stratum) else None

    def values_of(self, panel: Panel) -> tuple[Value, ...]:
        """The figures of one of its panels, row by row."""
        at = self.panels.index(panel)
        return tuple(value for row in self.rows for value in row.cells[at].values)

    def is_further_answer(self, *headers: Header) -> bool:
        """Whether a row or panel is about an answer beside the primary one, which stands here too: what lacks one lacks the other, and
        is counted once."""
        measures = map(about, headers)
        further = [each for each in measures if isinstance(each, Measure) and each.response]
        lines: list[Row | Panel] = [*self.rows, *self.panels]
        held = {about(line.header) for line in lines}
        return any(Measure(each.indicator) in held for each in further)

    @property
    def withheld_count(self) -> int:
        """Figures that are withheld, in its cells and beside them."""
        reasons = [
            reason.kind
            for row in self.rows
            for cell in row.cells
            for reason in (*([cell.blank] if cell.blank else []), *(why for _, why in cell.missing))
        ]
        return reasons.count("suppressed") + len(self.withheld)

    @property
    def all_respondents(self) -> tuple[Respondents, ...]:
        """Countries and respondents that have figures here."""
        return tuple(dict.fromkeys(respondents_in(owner) for owner in self.facts))

    @property
    def values(self) -> tuple[Value, ...]:
        """Every drawn figure, row by row, once also where it stands in several rows."""
        if not self._values:
            drawn = {
                value.observation.position: value
                for row in self.rows
                for cell in row.cells
                for value in cell.values
            }
            object.__setattr__(self, "_values", tuple(drawn.values()))
        return self._values


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Filters that empty the view, most often one: lifting them brings ``figures`` figures back."""

    parameters: tuple[str, ...]
    figures: int
    selection: Selection
    """The selection without them; where the split is the way out, with the split that has figures."""


@dataclass(frozen=True, slots=True)
class View:
    """The finished answer to a selection."""

    selection: Selection
    sections: tuple[Section, ...]
    counts: Mapping[str, Mapping[str, int]]
    """Parameter -> choice -> number of figures it has in the present view; made when first looked at."""
    figures: int
    relaxations: tuple[Relaxation, ...]
    thresholds: SmallBaseThresholds
    """Answers below which a base is marked as small."""
    elsewhere: tuple[Observation, ...]
    """Of each chosen country that a view of one indicator has nothing of its figure in a sector that is not chosen."""
    release: str
