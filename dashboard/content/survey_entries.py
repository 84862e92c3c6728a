"""What the page of sources lists: every survey with its figures, splits, breaks and publications; tables by indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dashboard.content.urls import ViewUrls
from dashboard.dataset import Break, Dataset, PublishedTest, ResponseRate, Source, Survey
from dashboard.text import Localizer, choices


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


def survey_entries(loc: Localizer, views: ViewUrls) -> list[Entry]:
    """Every survey, those known and not collected included; of each country the oldest first."""
    dataset = loc.dataset
    figures = {name: _by_survey(dataset, name) for name in ("dimension", "source_id", "indicator")}
    ordered = sorted(
        dataset.surveys.values(),
        key=lambda s: (s.kind == "compilation", year(s), s.survey_id),
    )
    return [
        _entry(loc, views, survey, {name: of[survey.survey_id] for name, of in figures.items()})
        for survey in ordered
    ]


def _by_survey(dataset: Dataset, name: str) -> Mapping[str, Counter[str]]:
    """Survey -> code in a column -> figures of the survey that have it."""
    codes: dict[str, Counter[str]] = {survey: Counter() for survey in dataset.surveys}
    for (survey, code), figures in dataset.observations.counts("survey_id", name).items():
        codes[survey][code] = figures
    return codes


def counted(dataset: Dataset, name: str) -> Counter[str]:
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


def indicator_tables(
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


def year(survey: Survey) -> int:
    """The last year of the reference period; of a survey without one the year in its id, 0 where there is none."""
    named = (int(part) for part in survey.survey_id.split("-") if part.isdigit())
    return survey.period_end or next(named, 0)
