"""The pages of text beside the charts: sources, method, accessibility, and why there is no page at an address.

They are whole HTML documents without scripts, which know nothing of a request but its language and colour scheme. Every number of a
worked example is looked up in the dataset or computed from it, so that text and figures cannot drift apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import jinja2
from babel import Locale
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from dashboard.comparability import SmallBaseThresholds
from dashboard.content.examples import ExampleError, Examples
from dashboard.content.urls import PageUrls, ViewUrls
from dashboard.dataset import (
    PRIMARY,
    Break,
    Change,
    Dataset,
    Observation,
    PublishedTest,
    ResponseRate,
    Source,
    Survey,
)
from dashboard.dataset.changes import FILE, names, number, present_name
from dashboard.query import LEVEL, Measure
from dashboard.releases import Step
from dashboard.selection import LANGUAGES
from dashboard.text import Localizer, choices, differences, verdicts
from dashboard.text.missing import blank_legend
from dashboard.text.refusals import refusal
from dashboard.text.texts import PRODUCT

REVIEWED = "2026-11-22"
"""Day on which the accessibility of the site was last assessed."""
TEMPLATES = Path(__file__).parent / "templates"
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENGLISH = Locale("en", "GB")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


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


def sources(loc: Localizer, links: PageUrls) -> str:
    """The page of sources: every survey, what is asked and counted, every publication."""
    dataset = loc.dataset
    views = ViewUrls(dataset, links)
    entries = _entries(loc, views)
    return _render(
        "sources.html",
        loc,
        links,
        countries=[
            (code, [entry for entry in entries if entry.survey.country == code])
            for code in dataset.codes["country"]
        ],
        themes=[
            (theme, [c for c in dataset.indicators.values() if c.theme == theme])
            for theme in dataset.codes["theme"]
        ],
        indicator_tables=_indicator_tables(loc, views),
        code_figures={name: _counted(dataset, name) for name in ("base", "status", "qualifier")},
        source_figures=_counted(dataset, "source_id"),
    )


def method(loc: Localizer, links: PageUrls, thresholds: SmallBaseThresholds) -> str:
    """The page of method: how to read the figures, with the worked examples whose figures the data has."""
    examples = Examples(loc.dataset, links, thresholds)
    return _render(
        "method.html",
        loc,
        links,
        ex=examples,
        optional=_where_found,
        thresholds=thresholds,
        level=LEVEL,
        legend=blank_legend(loc),
        caveat=differences.caveat(loc),
        outcome=lambda gap: differences.judgement(loc, gap),
        judged=lambda pair: verdicts.verdict_title(loc, pair.verdict.kind),
        why=lambda pair: verdicts.reasons(loc, pair.verdict, pair.first, pair.second),
    )


def _where_found(caller: Callable[[], str]) -> str:
    """A part of the page that is left out where the data has no figures for its example."""
    try:
        return caller()
    except ExampleError:
        return ""


def changes(loc: Localizer, links: PageUrls, history: Sequence[Step]) -> str:
    """The page of changes: what each release added and corrected, the newest first."""
    views = ViewUrls(loc.dataset, links)
    figures = loc.dataset.observations
    positions = {known_as: position for position, known_as in enumerate(names(figures))}

    def shown(row: Observation) -> str:
        return views(
            indicators=(row.indicator,),
            countries=(row.country,),
            editions=(row.survey_id,),
            split=row.dimension,
            chart="table",
        )

    def measure(row: Observation) -> str:
        return loc.measure(Measure(row.indicator, "" if row.response in PRIMARY else row.response))

    def touched(change: Change) -> list[Observation]:
        """Figures that a change is about, as they are today."""
        later = [
            each
            for step in reversed(history)
            for each in step.changes
            if number(each.release) >= number(change.release)
        ]
        known = (present_name(each, later) for each in change.rows if change.file == FILE)
        return [figures[positions[each]] for each in known if each in positions]

    return _render(
        "changes.html", loc, links, history=history, shown=shown, measure=measure, touched=touched
    )


def accessibility(loc: Localizer, links: PageUrls) -> str:
    """The accessibility statement, in the structure of the EU's model (Implementing Decision 2018/1523)."""
    return _render("accessibility.html", loc, links, reviewed=REVIEWED)


def refused(loc: Localizer, links: PageUrls, status: int) -> str:
    """The page that says why there is no other: ``status`` is the HTTP status it comes with."""
    heading, sentence = refusal(loc, status)
    return _render("refusal.html", loc, links, heading=heading, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Known:
    """What pages are made of beside the words."""

    thresholds: SmallBaseThresholds
    history: Sequence[Step]


PAGES: Mapping[str, Callable[[Localizer, PageUrls, Known], str]] = {
    "sources": lambda loc, links, known: sources(loc, links),
    "method": lambda loc, links, known: method(loc, links, known.thresholds),
    "changes": lambda loc, links, known: changes(loc, links, known.history),
    "accessibility": lambda loc, links, known: accessibility(loc, links),
}
"""Name, which is also its path -> what makes the page."""

__all__ = [
    "PAGES",
    "ExampleError",
    "Examples",
    "Known",
    "PageUrls",
    "accessibility",
    "changes",
    "method",
    "refused",
    "sources",
]


def _entries(loc: Localizer, views: ViewUrls) -> list[Entry]:
    """Every survey, those known and not collected included; of each country the oldest first."""
    dataset = loc.dataset
    figures = {name: _by_survey(dataset, name) for name in ("dimension", "source_id", "indicator")}
    ordered = sorted(
        dataset.surveys.values(),
        key=lambda s: (s.kind == "compilation", s.period_end or _year(s.survey_id), s.survey_id),
    )
    return [
        _entry(loc, views, survey, {name: of[survey.survey_id] for name, of in figures.items()})
        for survey in ordered
    ]


def _by_survey(dataset: Dataset, name: str) -> Mapping[str, Counter[str]]:
    """Survey -> code in a column -> figures of the survey that have it."""
    found: dict[str, Counter[str]] = {survey: Counter() for survey in dataset.surveys}
    for (survey, code), figures in dataset.observations.counts("survey_id", name).items():
        found[survey][code] = figures
    return found


def _counted(dataset: Dataset, name: str) -> Counter[str]:
    """Code in a column -> figures that have it."""
    return Counter({code: each for (code,), each in dataset.observations.counts(name).items()})


def _entry(
    loc: Localizer, views: ViewUrls, survey: Survey, figures: Mapping[str, Counter[str]]
) -> Entry:
    """A survey; ``figures`` counts its figures by dimension, by source and by indicator."""
    dataset = loc.dataset
    whole = {
        "themes": views.vocabulary.themes,
        "countries": (survey.country,),
        "editions": (survey.survey_id,),
    }
    divided, stated = figures["dimension"], figures["source_id"]
    stated.setdefault(survey.source_id, 0)
    return Entry(
        survey=survey,
        name=choices.edition(loc, survey),
        figures=divided.total(),
        charts=views(**whole),
        table=views(**whole, chart="table"),
        undivided=divided[""],
        splits=tuple(
            (split, views(**whole, split=split, chart="table"), divided[split])
            for split in dataset.codes["dimension"]
            if divided[split]
        ),
        rates=tuple(
            rate for rate in dataset.response_rates.values() if rate.survey_id == survey.survey_id
        ),
        breaks=tuple(
            found
            for found in dataset.breaks
            if _touches(dataset, found, survey, set(figures["indicator"]))
        ),
        tests=_tests(dataset, survey),
        asked=_asked(loc, survey),
        sources=tuple((dataset.sources[source], count) for source, count in stated.items()),
    )


def _indicator_tables(
    loc: Localizer, views: ViewUrls
) -> Callable[[str], list[tuple[str, str, int]]]:
    """Indicator -> (split, address, figures) for whole groups and for each way its national figures are split."""
    dataset = loc.dataset
    counts = Counter(
        {
            (indicator, split): figures
            for (kind, indicator, split), figures in dataset.observations.counts(
                "kind", "indicator", "dimension"
            ).items()
            if kind == "national"
        }
    )

    def tables(indicator: str) -> list[tuple[str, str, int]]:
        return [
            (
                loc.short("dimension", split) if split else "",
                views(indicators=(indicator,), editions=("all",), split=split, chart="table"),
                counts[indicator, split],
            )
            for split in ("", *dataset.codes["dimension"])
            if counts[indicator, split]
        ]

    return tables


def _touches(dataset: Dataset, found: Break, survey: Survey, indicators: set[str]) -> bool:
    """Whether a break parts the survey's figures from others: it is named in it, or lies on one side of it."""
    earlier, later = dataset.surveys[found.from_survey], dataset.surveys[found.to_survey]
    if survey.survey_id in (found.from_survey, found.to_survey):
        return True
    alike = (
        survey.kind == "national"
        and survey.country == earlier.country
        and survey.level in (earlier.level, later.level)
    )
    aside = (survey.period_end or 0) <= (earlier.period_end or 0) or (survey.period_end or 0) >= (
        later.period_end or 0
    )
    return (
        alike
        and survey.period_end is not None
        and aside
        and not indicators.isdisjoint(found.indicators)
    )


def _tests(
    dataset: Dataset, survey: Survey
) -> tuple[tuple[PublishedTest, tuple[tuple[str, str], ...]], ...]:
    """What publications say of the survey's sectors; a statement on several pairs comes once."""
    together: dict[PublishedTest, list[tuple[str, str]]] = {}
    for test in dataset.published_tests:
        if test.survey_id == survey.survey_id:
            together.setdefault(replace(test, sector_a="", sector_b=""), []).append(
                (test.sector_a, test.sector_b)
            )
    return tuple((statement, tuple(pairs)) for statement, pairs in together.items())


def _asked(loc: Localizer, survey: Survey) -> tuple[tuple[bool, str, str], ...]:
    """The survey's questions without a figure, those with the same evidence together."""
    together: dict[tuple[bool, str], list[str]] = {}
    for record in loc.dataset.asked.values():
        if record.survey_id == survey.survey_id:
            label = loc.dataset.indicators[record.indicator].label
            together.setdefault((record.asked, record.evidence), []).append(label)
    return tuple(
        (asked, loc.join(labels), evidence) for (asked, evidence), labels in together.items()
    )


def _year(survey_id: str) -> int:
    """The year in a survey's id, for surveys without a reference period."""
    return next((int(part) for part in survey_id.split("-") if part.isdigit()), 0)


@lru_cache(maxsize=len(LANGUAGES))
def _environment(loc: Localizer) -> jinja2.Environment:
    """The templates with what they may call, in the language of ``words``."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(loc.t, loc.plural, newstyle=True)
    environment.filters |= {
        "figure": lambda row: loc.figure(row.value, row.qualifier),
        "percent": loc.percent,
        "n": loc.n,
        "number": loc.number,
        "limits": lambda interval: verdicts.span(loc, *interval),
        "points": lambda value: loc.number(round(value)),
        "period": lambda survey: loc.period(
            survey if isinstance(survey, Survey) else loc.dataset.surveys[survey.survey_id]
        ),
        "p": lambda value: (
            loc.t("less than {p}").format(p=loc.number(0.001))
            if value < 0.001
            else loc.number(round(value, 3))
        ),
        "sectors": lambda codes: loc.join(loc.lower("sector", code) for code in codes),
        "stretch": lambda text: _stretch(loc, text),
        "quoted": lambda text: _quoted(loc, text),
        "outside": lambda url: url if url.startswith(("https://", "http://")) else "",
        "language": lambda code: loc.locale.languages.get(code, code),
    }
    return environment


def _render(template: str, loc: Localizer, links: PageUrls, **context: object) -> str:
    return (
        _environment(loc)
        .get_template(template)
        .render(
            loc=loc,
            dataset=loc.dataset,
            t=loc.t,
            links=links,
            product=loc.t(PRODUCT),
            languages=choices.languages(),
            colour_schemes=choices.colour_schemes(loc),
            **context,
        )
    )


def _quoted(loc: Localizer, text: str) -> str:
    """A text of the data that is there in English only, marked as such for readers of another language."""
    return (
        text
        if loc.language == "en" or not text
        else Markup('<span lang="en">{}</span>').format(text)
    )


def _stretch(loc: Localizer, text: str) -> str:
    """A time as a reader writes it: years joined by a dash, ISO dates and stretches of them in words, the rest as it is."""
    if found := _YEARS.fullmatch(text):
        return f"{found[1]}–{found[2]}"
    first, slash, last = text.partition("/")
    if not all(part == "" or _ISO.fullmatch(part) for part in (first, last)) or not text:
        worded = _DATE.sub(lambda found: _day(_ENGLISH, found[0]), text)
        return _quoted(loc, worded) if any(map(str.isalpha, worded)) else worded
    days = [_day(loc.locale, part) for part in (first, last)]
    if not slash:
        return days[0]
    if not first:
        return loc.t("until {day}").format(day=days[1])
    return (
        loc.t("{first} to {last}").format(first=days[0], last=days[1])
        if last
        else loc.t("from {day}").format(day=days[0])
    )


def _day(locale: Locale, text: str) -> str:
    if not text:
        return ""
    if text.count("-") == 1:
        return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=locale)
    return format_date(date.fromisoformat(text), "long", locale=locale)
