"""The pages beside the charts: where the figures come from, and how to read them.

Both are whole HTML documents without scripts, made once at start: nothing in them depends on a request. Every number of a
worked example is looked up in the dataset or computed from it, so that text and figures cannot drift apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import jinja2
from babel.dates import format_date, format_skeleton

from dashboard import statistics
from dashboard.comparability import Limits, Verdict, verdict
from dashboard.dataset import Asked, Break, Dataset, Observation, PublishedTest, ResponseRate, Source, Survey
from dashboard.query.evidence import LEVEL
from dashboard.query.types import PRIMARY
from dashboard.selection import Selection, Vocabulary, default, normal, search
from dashboard.wording import Words, choices, verdicts
from dashboard.wording.texts import PRODUCT, blank_legend

TEMPLATES = Path(__file__).parent / "templates"
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses that only the server knows."""

    stylesheets: tuple[str, ...]
    favicon: str = "/assets/favicon.ico"
    base: str = ""
    """What stands before the path of every link to this site; blank where it is served from the root of its host."""


class ExampleError(LookupError):
    """A worked example of the method page needs a figure that the data does not have (or has, where it needs a blank)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One survey on the page of sources."""

    survey: Survey
    name: str
    figures: int
    charts: str
    """Address of the charts of this edition."""
    table: str
    """Address of the table with all its figures for whole groups."""
    undivided: int
    splits: tuple[tuple[str, str, int], ...]
    """(dimension, address, figures) for each way its figures are split."""
    rates: tuple[ResponseRate, ...]
    breaks: tuple[Break, ...]
    tests: tuple[tuple[PublishedTest, tuple[tuple[str, str], ...]], ...]
    """Statements of publications on sectors that differ or not, each with the pairs of sectors it is about."""
    asked: tuple[tuple[bool, str, str], ...]
    """(asked, indicators, evidence) of questions without a figure."""
    sources: tuple[tuple[Source, int], ...]
    """Publications and how many of the figures stand in each."""

    def rated(self, column: str) -> bool:
        """Whether a column of the response rates holds anything."""
        return any(getattr(rate, column) is not None for rate in self.rates)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures and whether they may be compared."""

    first: Observation
    second: Observation
    verdict: Verdict
    address: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The tested difference of two figures; points and limits in percentage points, p adjusted by Holm."""

    first: Observation
    second: Observation
    points: float
    low: float
    high: float
    p: float


class Views:
    """Addresses of views of the charts, in canonical form."""

    def __init__(self, dataset: Dataset, base: str = "") -> None:
        self.vocabulary = Vocabulary.of(dataset)
        self.base = base

    def __call__(self, **changes: object) -> str:
        """Address of the first visit's view with these fields of the Selection changed; indicators bring their themes."""
        concepts = changes.get("concepts", ())
        themes = {self.vocabulary.theme_of[concept] for concept in concepts}
        if themes:
            changes["themes"] = tuple(themes)
        selection: Selection = replace(default(self.vocabulary), **changes)
        return f"{self.base}/{search(normal(selection, self.vocabulary), self.vocabulary)}"


def sources(words: Words, links: PageLinks) -> str:
    """The page of sources: every survey, what is asked and counted, every publication."""
    dataset = words.dataset
    views = Views(dataset, links.base)
    entries = _entries(words, views)
    return _render(
        "sources.html",
        words,
        links,
        countries=[(code, [entry for entry in entries if entry.survey.country == code]) for code in dataset.codes["country"]],
        themes=[(theme, [c for c in dataset.concepts.values() if c.theme == theme]) for theme in dataset.codes["theme"]],
        concept_tables=_concept_tables(words, views),
        code_figures={name: Counter(getattr(row, name) for row in dataset.observations) for name in ("base", "status", "qualifier")},
        source_figures=Counter(row.source_id for row in dataset.observations),
    )


def method(words: Words, links: PageLinks, limits: Limits) -> str:
    """The page of method: how to read the figures, with worked examples; raises ExampleError where one has no figure."""
    examples = Examples(words.dataset, links.base, limits)
    return _render(
        "method.html",
        words,
        links,
        ex=examples,
        limits=limits,
        level=LEVEL,
        legend=blank_legend(words),
        caveat=verdicts.caveat(words),
        judged=lambda pair: verdicts.verdict_title(words, pair.verdict.kind),
        why=lambda pair: verdicts.reasons(words, pair.verdict, pair.first, pair.second),
    )


class Examples:
    """Figures, intervals, tests and verdicts of the worked examples, found in the dataset by their keys."""

    def __init__(self, dataset: Dataset, base: str, limits: Limits) -> None:
        self.dataset = dataset
        self.view = Views(dataset, base)
        self.limits = limits
        self._rows: Mapping[tuple, Observation] = {
            (row.survey_id, row.sector, row.segment, row.concept, row.response): row for row in dataset.observations
        }

    def figure(self, survey: str, sector: str, concept: str, response: str = "yes", segment: str = "") -> Observation:
        """One published figure; raises ExampleError where the data has none."""
        try:
            return self._rows[survey, sector, segment, concept, response]
        except KeyError:
            raise ExampleError(f"no figure of {survey}, {sector}, {concept}, {response}{segment and ', ' + segment}") from None

    def blank(self, survey: str, sector: str, concept: str) -> Survey:
        """The survey, where it has no undivided figure; raises ExampleError where it has one."""
        if any((survey, sector, "", concept, response) in self._rows for response in PRIMARY):
            raise ExampleError(f"{survey}, {sector}, {concept} has a figure and is no example of a blank")
        return self.survey(survey)

    def survey(self, survey: str) -> Survey:
        """One survey; raises ExampleError where the data has none."""
        return self._found(self.dataset.surveys, survey)

    def uncollected(self, survey: str) -> Survey:
        """A survey that is known and has no figures here."""
        found = self.survey(survey)
        if found.has_figures:
            raise ExampleError(f"{survey} has figures and is no example of a survey not collected")
        return found

    def not_asked(self, survey: str, concept: str) -> Asked:
        """The record that a survey did not ask a question."""
        found = self._found(self.dataset.asked, (survey, concept))
        if found.asked:
            raise ExampleError(f"{survey} asked {concept}, which is no example of a question not asked")
        return found

    def recorded_break(self, name: str) -> Break:
        """One known break."""
        return self._found({found.break_id: found for found in self.dataset.breaks}, name)

    def published_test(self, survey: str, concept: str, *sectors: str) -> PublishedTest:
        """What a publication states on two sectors."""
        tests = {(test.survey_id, test.concept, frozenset((test.sector_a, test.sector_b))): test for test in self.dataset.published_tests}
        return self._found(tests, (survey, concept, frozenset(sectors)))

    def interval(self, row: Observation, n: int | None = None) -> tuple[float, float]:
        """95 % Wilson interval in percent; ``n`` stands in where the figure has none of its own."""
        low, high = statistics.wilson(row.value, row.n or n)
        return float(low), float(high)

    def pair(self, first: Observation, second: Observation) -> Pair:
        """Two figures with their verdict, and a view that shows both."""
        concepts = (first.concept, second.concept)
        view = self.view(
            concepts=concepts,
            countries=(first.country, second.country),
            editions=(first.survey_id, second.survey_id),
        )
        return Pair(first, second, verdict(self.dataset, first, second, self.limits), view)

    def gaps(self, *rows: Observation) -> tuple[Gap, ...]:
        """Every pair of the figures, tested and adjusted for the number of pairs; the larger figure first."""
        ordered = sorted(rows, key=lambda row: -row.value)
        pairs = [(first, second) for at, first in enumerate(ordered) for second in ordered[at + 1 :]]
        numbers = [(first.value, first.n, second.value, second.n) for first, second in pairs]
        adjusted = statistics.holm([float(statistics.two_sided_p(*each)) for each in numbers])
        return tuple(
            Gap(first, second, *(float(number) for number in statistics.newcombe(*each)), float(p))
            for (first, second), each, p in zip(pairs, numbers, adjusted, strict=True)
        )

    @cached_property
    def pairs(self) -> Mapping[str, Pair]:
        """The pairs in the table of verdicts, by name."""
        figure = self.figure
        return {
            "base": self.pair(figure("dk-2015", "all", "collab_any"), figure("se-2021-workplace", "municipal", "collab_any")),
            "question": self.pair(figure("dk-2017", "all", "collab_any"), figure("dk-2020", "all", "collab_any")),
            "respondent": self.pair(
                figure("se-2021-central", "municipal", "driver_users", "high"), figure("se-2021-workplace", "municipal", "driver_users")
            ),
            "different": self.pair(figure("dk-2015", "state", "collab_companies"), figure("dk-2015", "municipal", "collab_companies")),
            "not_different": self.pair(
                figure("dk-2015", "regional", "collab_companies"), figure("dk-2015", "municipal", "collab_companies")
            ),
            "units": self.pair(figure("se-2021-workplace", "state", "collab_any"), figure("se-2021-workplace", "municipal", "collab_any")),
            "concept": self.pair(figure("dk-2015", "all", "role_citizens"), figure("dk-2015", "all", "collab_citizens")),
            "coverage": self.pair(
                figure("is-2021", "all", "innovative_workplaces"), figure("is-state-2024", "state", "innovative_workplaces")
            ),
            "fields": self.pair(
                figure("no-municipal-2018", "municipal_regional", "innovative_workplaces"),
                figure("no-municipal-2020", "municipal_regional", "innovative_workplaces"),
            ),
        }

    @staticmethod
    def _found(records: Mapping, key: object):
        if key not in records:
            raise ExampleError(f"nothing is recorded under {key}")
        return records[key]


def _entries(words: Words, views: Views) -> list[Entry]:
    """Every survey, those known and not collected included; of each country the oldest first."""
    dataset = words.dataset
    rows: dict[str, list[Observation]] = {survey: [] for survey in dataset.surveys}
    for row in dataset.observations:
        rows[row.survey_id].append(row)
    ordered = sorted(dataset.surveys.values(), key=lambda s: (s.kind == "compilation", s.period_end or _year(s.survey_id), s.survey_id))
    return [_entry(words, views, survey, rows[survey.survey_id]) for survey in ordered]


def _entry(words: Words, views: Views, survey: Survey, rows: list[Observation]) -> Entry:
    dataset = words.dataset
    whole = {"themes": views.vocabulary.themes, "countries": (survey.country,), "editions": (survey.survey_id,)}
    divided = Counter(row.dimension for row in rows)
    stated = Counter(row.source_id for row in rows)
    stated.setdefault(survey.source_id, 0)
    return Entry(
        survey=survey,
        name=choices.edition(words, survey),
        figures=len(rows),
        charts=views(**whole),
        table=views(**whole, chart="table"),
        undivided=divided.pop("", 0),
        splits=tuple(
            (split, views(**whole, split=split, chart="table"), divided[split]) for split in dataset.codes["dimension"] if divided[split]
        ),
        rates=tuple(rate for rate in dataset.response_rates.values() if rate.survey_id == survey.survey_id),
        breaks=tuple(found for found in dataset.breaks if _touches(dataset, found, survey, {row.concept for row in rows})),
        tests=_tests(dataset, survey),
        asked=_asked(words, survey),
        sources=tuple((dataset.sources[source], count) for source, count in stated.items()),
    )


def _concept_tables(words: Words, views: Views) -> Callable[[str], list[tuple[str, str, int]]]:
    """Indicator -> (split, address, figures) for whole groups and for each way its national figures are split."""
    dataset = words.dataset
    counts = Counter((row.concept, row.dimension) for row in dataset.observations if row.kind == "national")

    def tables(concept: str) -> list[tuple[str, str, int]]:
        return [
            (
                words.short("dimension", split) if split else "",
                views(concepts=(concept,), editions=("all",), split=split, chart="table"),
                counts[concept, split],
            )
            for split in ("", *dataset.codes["dimension"])
            if counts[concept, split]
        ]

    return tables


def _touches(dataset: Dataset, found: Break, survey: Survey, concepts: set[str]) -> bool:
    """Whether a break parts the survey's figures from others: it is named in it, or lies on one side of it."""
    earlier, later = dataset.surveys[found.from_survey], dataset.surveys[found.to_survey]
    if survey.survey_id in (found.from_survey, found.to_survey):
        return True
    alike = survey.kind == "national" and survey.country == earlier.country and survey.level in (earlier.level, later.level)
    aside = (survey.period_end or 0) <= (earlier.period_end or 0) or (survey.period_end or 0) >= (later.period_end or 0)
    return alike and survey.period_end is not None and aside and found.concept in concepts


def _tests(dataset: Dataset, survey: Survey) -> tuple[tuple[PublishedTest, tuple[tuple[str, str], ...]], ...]:
    """What publications say of the survey's sectors; a statement on several pairs comes once."""
    together: dict[PublishedTest, list[tuple[str, str]]] = {}
    for test in dataset.published_tests:
        if test.survey_id == survey.survey_id:
            together.setdefault(replace(test, sector_a="", sector_b=""), []).append((test.sector_a, test.sector_b))
    return tuple((statement, tuple(pairs)) for statement, pairs in together.items())


def _asked(words: Words, survey: Survey) -> tuple[tuple[bool, str, str], ...]:
    """The survey's questions without a figure, those with the same evidence together."""
    together: dict[tuple[bool, str], list[str]] = {}
    for record in words.dataset.asked.values():
        if record.survey_id == survey.survey_id:
            label = words.dataset.concepts[record.concept].label
            together.setdefault((record.asked, record.evidence), []).append(label)
    return tuple((asked, words.some(labels), evidence) for (asked, evidence), labels in together.items())


def _year(survey_id: str) -> int:
    """The year in a survey's id, for surveys without a reference period."""
    return next((int(part) for part in survey_id.split("-") if part.isdigit()), 0)


def _render(template: str, words: Words, links: PageLinks, **context: object) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(words.t, words.plural, newstyle=True)
    environment.filters |= {
        "figure": lambda row: words.figure(row.value, row.qualifier),
        "percent": words.percent,
        "n": words.n,
        "number": words.number,
        "limits": lambda interval: verdicts.span(words, *interval),
        "points": lambda value: words.number(round(value)),
        "period": lambda survey: words.period(survey if isinstance(survey, Survey) else words.dataset.surveys[survey.survey_id]),
        "p": lambda value: words.t("less than {p}").format(p=words.number(0.001)) if value < 0.001 else words.number(round(value, 3)),
        "sectors": lambda codes: words.some(words.lower("sector", code) for code in codes),
        "stretch": lambda text: _stretch(words, text),
        "outside": lambda url: url if url.startswith(("https://", "http://")) else "",
        "language": lambda code: words.locale.languages.get(code, code),
    }
    return environment.get_template(template).render(
        words=words, dataset=words.dataset, t=words.t, links=links, product=words.t(PRODUCT), **context
    )


def _stretch(words: Words, text: str) -> str:
    """A time as a reader writes it: years joined by a dash, ISO dates and stretches of them in words, the rest as it is."""
    if found := _YEARS.fullmatch(text):
        return f"{found[1]}–{found[2]}"
    first, slash, last = text.partition("/")
    if not all(part == "" or _ISO.fullmatch(part) for part in (first, last)) or not text:
        return _DATE.sub(lambda found: _day(words, found[0]), text)
    days = [_day(words, part) for part in (first, last)]
    if not slash:
        return days[0]
    if not first:
        return words.t("until {day}").format(day=days[1])
    return words.t("{first} to {last}").format(first=days[0], last=days[1]) if last else words.t("from {day}").format(day=days[0])


def _day(words: Words, text: str) -> str:
    if not text:
        return ""
    if text.count("-") == 1:
        return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=words.locale)
    return format_date(date.fromisoformat(text), "long", locale=words.locale)
