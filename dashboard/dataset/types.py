"""What the data folder holds, as frozen values.

Every record mirrors one row of a table in ``data/``; the descriptor ``data/datapackage.json`` describes the columns.
Percentages run from 0 to 100. ``None`` and ``""`` stand for a blank cell: *not published*, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from dashboard.dataset.computed import Cell, Estimate, Provenance

if TYPE_CHECKING:
    from dashboard.dataset.observations import Observations


K = TypeVar("K")
V = TypeVar("V")

# The codes that rules, charts and texts are written for: reading refuses any other in a field of such a type.
Level = Literal["workplace", "central"]
SurveyKind = Literal["national", "compilation"]
Design = Literal["census", "sample", "unknown"]
PeriodKind = Literal["years", "two_years_to", "survey_year", "stated", "unknown"]
Weighted = Literal["yes", "no", "unknown"]
Scale = Literal["multiple", "single"]
Qualifier = Literal["exact", "about", "over", "under"]
Status = Literal["printed", "ordered", "inferred", "computed", "suppressed", "not_asked"]
BreakVerdict = Literal["care", "no"]
BreakKind = Literal["definition", "question", "coverage", "base"]
PublishedResult = Literal["different", "not_different", "same_level"]
QuestionKind = Literal["question", "finding"]

LEVELS: tuple[Level, ...] = get_args(Level)

PRIMARY: tuple[str, ...] = ("yes", "high")
"""Answers that stand for a question when one mark is drawn or tested: "yes", or the upper step of a graded question."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One published percentage, with what a reader must know to trust it."""

    position: int
    """Row of the figure in ``observations.csv``, counted from 0 without the rows whose figure is withheld; the figure's
    identity within one release."""
    survey_id: str
    sector: str
    dimension: str
    """What the segment splits by (``size``, ``group`` ...); blank for the undivided figure."""
    segment: str
    """The segment's value within its dimension (``500+``, ``broad-innovators`` ...); blank for the undivided figure."""
    theme: str
    indicator: str
    response: str
    value: float
    """Percent as printed, 0-100."""
    qualifier: Qualifier
    """How the source words the figure."""
    n: int | None
    """Answers behind the figure; None where the source prints none."""
    count: int | None
    """Answers that make up the percentage; None where the source prints no count."""
    base: str
    """What the percentage is a percentage of."""
    status: Status
    """How value and label were brought together; never suppressed or not_asked, the statuses of a row without a figure."""
    doubt: str
    """What is in doubt about an inferred figure (chart_order, edition ...); blank for every other."""
    label_in_source: str
    source_id: str
    locator: str
    note: str
    country: str
    """Of the survey, repeated here for convenience."""
    level: Level
    """Of the survey: who answered."""
    kind: SurveyKind
    """Of the survey."""


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey edition and instrument."""

    survey_id: str
    country: str
    title: str
    producer: str
    reference_period: str
    """When the innovations were introduced, as the publication words it (``2019-2020``, ``two years before ...``)."""
    period_start: int | None
    """First year of the reference period; None where the publication gives no year."""
    period_end: int | None
    """Last year of the reference period; the editions of a country are ordered by it."""
    fieldwork: str
    population: str
    unit: str
    level: Level
    kind: SurveyKind
    invited: int | None
    respondents: int | None
    response_rate: float | None
    innovations_n: int | None
    """Innovations described in the edition: an upper bound for n of a figure whose base is ``innovations``."""
    weighted: Weighted
    has_figures: bool
    source_id: str
    sectors: tuple[str, ...]
    """Sectors the survey covers: a sector outside was not asked."""
    definition: str
    """Id of its definition of innovation; blank where that is not known."""
    design: Design
    """Of a census everybody was asked."""
    short_title: str
    """What a sentence calls it ("the Nordic comparison of 2019"); blank where it is named by country and period."""
    period_kind: PeriodKind
    """The kind of reference period."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is asked; the same id wherever the idea is the same."""

    indicator: str
    theme: str
    label: str
    definition: str
    scale: Scale
    """multiple (each answer a yes-or-no share of its own) or single (one answer out of several, may be stacked)."""
    by_definition: bool
    """Whether the figure depends on how a survey defines an innovation: who innovates, and which kinds."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a survey counts as an innovation."""

    definition_id: str
    label: str
    definition: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Source:
    """One publication."""

    source_id: str
    title: str
    publisher: str
    url: str
    document: str
    language: str
    published: str


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """Population, invited and answered of one survey and sector."""

    survey_id: str
    sector: str
    population: int | None
    invited: int | None
    respondents: int | None
    response_rate: float | None


@dataclass(frozen=True, slots=True)
class Code:
    """A code of one of the closed lists (themes, sectors, answers, bases ...), in the list's reading order."""

    list: str
    code: str
    label: str
    short: str
    """For narrow places; never blank (the label where no shorter word exists)."""
    description: str
    order: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of whether a survey asked a question that has no figure in it."""

    survey_id: str
    indicator: str
    asked: bool
    drawn: bool
    """The publication draws it by sector without printing the values."""
    evidence: str


@dataclass(frozen=True, slots=True)
class Break:
    """A known change of definition, question or coverage between two editions."""

    break_id: str
    from_survey: str
    to_survey: str
    indicators: tuple[str, ...]
    """The concepts it touches; none when it touches every question of the two editions."""
    verdict: BreakVerdict
    """What the break does to a comparison across it."""
    changed: BreakKind
    """What changed above all."""
    description: str
    source_id: str
    sector: str = ""
    """A comparison is touched when either figure describes this sector; blank when the break touches every sector."""


@dataclass(frozen=True, slots=True)
class PublishedTest:
    """What a publication itself states on the difference between two sectors."""

    survey_id: str
    indicator: str
    sector_a: str
    sector_b: str
    result: PublishedResult
    """different or not_different, where the publication speaks of significance; same_level where it only calls the level the same."""
    statement: str
    source_id: str
    locator: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was corrected in the tables since the release before."""

    change_id: str
    release: str
    """The first release that holds the change."""
    file: str
    rows: tuple[str, ...]
    """Keys of the rows as they stood before, the parts joined by ``~``; none where it touches no single rows."""
    columns: tuple[str, ...]
    before: tuple[str, ...]
    """What stood in the columns; none where the reason says it."""
    after: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the page puts to a newcomer, or a finding that it tells: a view, and what the view says."""

    question_id: str
    kind: QuestionKind
    """question (in the row of questions; the first is where the site opens) or finding (a card)."""
    query: str
    """The view's address, without the ``?``."""
    title: str
    """The question, neutrally: it stands where the finding does not hold."""
    text: str
    """What the view shows, in a few words."""
    figures: str
    """Names of the finding's figures, joined by ``~``; see ``dashboard.dataset.questions``."""
    finding: str
    """A sentence with ``{1}``, ``{2}`` ... for the figures in their order; blank where there is none."""
    claim: str
    """Which figure the sentence calls larger than which: ``1>2``, joined by ``~``; blank where it calls none so."""
    line: int
    """Line of questions.csv, by which a check names it."""


SynonymList = Literal["concept", "country", "question", "sector", "survey", "theme"]


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another word under which readers look for something; it is never shown."""

    list: SynonymList
    """A list of codes, or concept, question or survey."""
    code: str
    language: str
    term: str
    """A word or a few words."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What one row of a table is called in another language; a blank text means that the English one holds."""

    language: str
    list: str
    """A list of codes, or concept, definition, break, published_test, change, question or survey."""
    code: str
    """The code or id within its list; a published test is named by its four keys with ``~`` between them."""
    label: str
    short: str
    description: str


@dataclass(frozen=True)
class Dataset:
    """A validated data folder. Nothing in it changes after loading."""

    release: str
    """Version of the data, from ``datapackage.json`` (year.number, for example 2026.1)."""
    released: str
    """ISO date of the release."""
    observations: Observations
    surveys: Mapping[str, Survey]
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    response_rates: Mapping[tuple[str, str], ResponseRate]
    codes: Mapping[str, Mapping[str, Code]]
    """List name -> code -> Code; lists: theme, country, sector, level, kind, response, base, qualifier, status,
    dimension and ``segment:<dimension>`` for each dimension."""
    asked: Mapping[tuple[str, str], Asked]
    breaks: tuple[Break, ...]
    published_tests: tuple[PublishedTest, ...] = ()
    definitions: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))
    changes: tuple[Change, ...] = ()
    """Corrections, the oldest first."""
    questions: tuple[Question, ...] = ()
    """In the order of the page."""
    synonyms: tuple[Synonym, ...] = ()
    containments: tuple[tuple[str, str], ...] = ()
    """(an indicator that holds another, the other)."""
    estimates: Mapping[int, Estimate] = field(default_factory=lambda: MappingProxyType({}))
    """Position of a computed figure -> how sure it is."""
    withheld: Mapping[Cell, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    """Survey, sector, dimension, segment and indicator -> the answers whose share is withheld."""
    not_asked: Mapping[Cell, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    """The same -> the answers that this group alone was not asked for, while ``asked`` speaks of all groups."""
    imports: Mapping[str, Provenance] = field(default_factory=lambda: MappingProxyType({}))
    """Survey -> how its figures were computed, or which table they were read from; those without an import have none."""
    translations: Mapping[str, Mapping[tuple[str, str], Translation]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Language -> (list, code) -> texts; English stands in the tables themselves."""

    @cached_property
    def breaks_of(self) -> Mapping[str, tuple[Break, ...]]:
        """Country -> the breaks between its surveys, in the order of the table; no key where there is none."""
        found: dict[str, list[Break]] = {}
        for each in self.breaks:
            found.setdefault(self.surveys[each.from_survey].country, []).append(each)
        return frozen({country: tuple(breaks) for country, breaks in found.items()})

    @cached_property
    def surveys_of(self) -> Mapping[tuple[str, str, str], tuple[Survey, ...]]:
        """(country, level, kind) -> the surveys that asked there, in the order of the table; no key where there is none."""
        found: dict[tuple[str, str, str], list[Survey]] = {}
        for each in self.surveys.values():
            found.setdefault((each.country, each.level, each.kind), []).append(each)
        return frozen({key: tuple(surveys) for key, surveys in found.items()})

    @property
    def levels(self) -> tuple[Level, ...]:
        """The kinds of respondents, in reading order."""
        listed = self.codes["level"]
        return tuple(
            sorted(
                (level for level in LEVELS if level in listed),
                key=lambda level: listed[level].order,
            )
        )

    def label(self, list_name: str, code: str) -> str:
        """Label of a code; raises KeyError for a code or list that does not exist."""
        return self.codes[list_name][code].label

    def short(self, list_name: str, code: str) -> str:
        """Short label of a code; raises KeyError for a code or list that does not exist."""
        return self.codes[list_name][code].short


def frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """A read-only view of a copy of ``mapping``."""
    return MappingProxyType(dict(mapping))
