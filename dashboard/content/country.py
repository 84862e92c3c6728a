"""What is told of a country at a glance: its surveys, key figures, a chart a theme, and what it may be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from markupsafe import Markup

from dashboard import charts
from dashboard.content.survey_entries import year
from dashboard.content.urls import ViewUrls
from dashboard.dataset import Break, Dataset, Definition, Source, Survey
from dashboard.query import Section, View
from dashboard.query.leading import KEY_FIGURES, KeyFigure, key_figures, ordered_themes
from dashboard.query.parts import parts_by_base
from dashboard.query.shared import Shared, shared_indicators
from dashboard.releases import Release
from dashboard.render.widths import WIDTHS, in_each
from dashboard.selection import Selection, Vocabulary, default, normal
from dashboard.selection.rules import themes_of, usual_sort
from dashboard.text import Localizer, findings, pictures, texts, unlike, verdicts
from dashboard.text.key import Entry, bounds
from dashboard.text.lead import unit
from dashboard.text.summary import summary

COLUMN = 976.0
"""CSS pixels that a chart has on a wide screen."""
MOST = 5
"""Indicators that the chart of a theme shows; the view behind it shows more."""
_COMPARE = "compare"
T = TypeVar("T")
Scales = Mapping[float, charts.Scale | None]
"""Width of the charts of a page -> the scale that they share."""
Drawings = Mapping[float, charts.Drawing]
"""Width -> a chart that is laid out for it."""


def path(code: str) -> str:
    """Path of the page of a country."""
    return f"/country/{code.lower()}"


def countries(dataset: Dataset) -> tuple[str, ...]:
    """The countries that have a survey, in the order of the data."""
    surveyed = {survey.country for survey in dataset.surveys.values()}
    return tuple(code for code in dataset.codes["country"] if code in surveyed)


def selection_of(release: Release, code: str) -> Selection:
    """The newest figures of a country in all themes, as bars."""
    vocabulary = release.index.vocabulary
    usual = default(vocabulary)
    return normal(replace(usual, countries=(code,), themes=vocabulary.themes), vocabulary)


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One survey of a country."""

    survey: Survey
    figures: int


@dataclass(frozen=True, slots=True)
class ThemeChart:
    """The chart of a theme, and what must be said of it."""

    theme: str
    found: str
    """What the view of the theme finds in the country; blank for nothing."""
    unit: str
    drawn: tuple[Markup, ...]
    """A drawing for each thing that its percentages are shares of."""
    key: tuple[tuple[str, str], ...]
    """(classes of a sample, what it means) of the marks that nobody would guess."""
    in_words: str
    reading: tuple[str, ...]
    caution: str
    """That figures must not be compared; blank where they may."""
    sources: str
    all_indicators: int
    """How many there are where the chart shows only some, else 0."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another country, the indicators on which both may be compared, and the address of that comparison."""

    country: str
    indicators: tuple[str, ...]
    address: str


def survey_lines(dataset: Dataset, code: str) -> list[SurveyLine]:
    """The surveys of a country, the newest first; those that repeat others last."""
    figures = dataset.observations.counts("survey_id")
    own = [survey for survey in dataset.surveys.values() if survey.country == code]
    return [
        SurveyLine(survey, figures[(survey.survey_id,)])
        for survey in sorted(own, key=lambda each: (each.kind != "national", -year(each)))
    ]


def figures_of(release: Release, code: str, most: int = KEY_FIGURES) -> tuple[KeyFigure, ...]:
    """The key figures of a country; none where it has no figure."""
    return key_figures(release.index, selection_of(release, code), most)


def theme_charts(loc: Localizer, release: Release, code: str) -> tuple[ThemeChart, ...]:
    """A chart for each theme in which a country has a figure."""
    view = release.view(selection_of(release, code), MOST)
    sections = {section.theme: section for section in view.sections}
    parts = {
        theme: parts_by_base(release.index, view.selection, sections[theme])
        for theme in ordered_themes(release.index)
        if theme in sections
    }
    all_parts = [part for each in parts.values() for part in each]
    scales = {
        width: charts.common_scale(view, all_parts, loc, width)
        for width in WIDTHS
        if width <= COLUMN
    }
    return tuple(_theme_chart(loc, view, sections[theme], parts[theme], scales) for theme in parts)


def all_once(lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    """What the charts of a page say, each thing once, in the order of the page."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def _theme_chart(
    loc: Localizer, view: View, section: Section, parts: Sequence[Section], scales: Scales
) -> ThemeChart:
    theme, chart = section.theme, charts.chart_of(view.selection)
    drawn = dict.fromkeys(value.measure.indicator for value in section.values)
    meanings = [loc.dataset.indicators[each] for each in drawn]
    reading = (
        *(
            loc.t("{question}: {answer}").format(question=each.label, answer=each.definition)
            for each in meanings
        ),
        chart.reading(loc, section, view.selection, view.thresholds),
        texts.numbers_of_answers(loc, section),
        verdicts.weighting(loc, section),
    )
    cut = section.indicators_total > section.indicators_shown
    drawings = [_drawings(loc, view, part, scales) for part in parts]
    return ThemeChart(
        theme=theme,
        found=findings.of_theme(loc, view, section),
        unit=unit(loc, view, section),
        drawn=tuple(
            _drawn(loc, view, part, f"chart-{theme}-{at}", each)
            for at, (part, each) in enumerate(zip(parts, drawings, strict=True))
        ),
        key=tuple(
            (chart.sample_classes(section, entry), entry.words)
            for entry in (
                *chart.key(loc, section, view.selection, view.thresholds),
                *_bounded(loc, drawings),
            )
        ),
        in_words=" ".join(summary(loc, view, section)),
        reading=tuple(filter(None, reading)),
        caution=verdicts.apart(loc, section, signed=any(map(unlike.signed, parts))),
        sources=texts.source_line(loc, section),
        all_indicators=section.indicators_total if cut else 0,
    )


def _drawings(loc: Localizer, view: View, part: Section, scales: Scales) -> Drawings:
    """A part of a theme's chart, in each width on the scale of all charts of the page."""
    return {
        width: charts.drawing(view, part, loc, width, introduced=True, scale=scale)
        for width, scale in scales.items()
    }


def _bounded(loc: Localizer, drawings: Iterable[Drawings]) -> list[Entry]:
    """What the sign of the most says that an n can be, from the narrowest chart on that draws one; nothing where none does."""
    widths = [width for each in drawings for width, drawn in each.items() if drawn.has_bounds]
    return [Entry("few", bounds(loc), charts.least_of(min(widths)))] if widths else []


def _drawn(loc: Localizer, view: View, part: Section, name: str, drawings: Drawings) -> Markup:
    """A part of a theme's chart as HTML, all ids of which begin with ``name``."""
    title = f"{pictures.subject(loc, view, part)}, {loc.share(part.values[0].observation.base)}"
    # The writer of SVG escapes every text.
    return Markup(in_each(drawings, title, "", name))  # noqa: S704


def comparable(release: Release) -> Shared:
    """What every two countries may be compared on, by the lines that the chart of comparisons would draw."""
    vocabulary = release.index.vocabulary
    usual = replace(default(vocabulary), chart=_COMPARE, themes=vocabulary.themes)
    return shared_indicators(release.index, normal(usual, vocabulary))


def compared(
    vocabulary: Vocabulary, countries: tuple[str, ...], indicators: tuple[str, ...]
) -> Selection:
    """The view that compares countries on the themes of some indicators."""
    chosen = replace(
        default(vocabulary),
        countries=countries,
        themes=themes_of(indicators, vocabulary),
        chart=_COMPARE,
        sort=usual_sort(_COMPARE),
    )
    return normal(chosen, vocabulary)


def partners(views: ViewUrls, shared: Shared, code: str) -> list[Partner]:
    """The countries that one may be compared with, those with most indicators first."""
    found = shared.get(code, {})
    return [
        Partner(other, indicators, _comparison(views, (code, other), indicators))
        for other, indicators in sorted(found.items(), key=lambda item: -len(item[1]))
    ]


def _comparison(views: ViewUrls, pair: tuple[str, str], indicators: tuple[str, ...]) -> str:
    return views(
        countries=pair,
        themes=themes_of(indicators, views.vocabulary),
        chart=_COMPARE,
        sort=usual_sort(_COMPARE),
    )


def breaks(dataset: Dataset, code: str) -> list[Break]:
    """The known breaks between surveys of a country."""
    own = {survey.survey_id for survey in dataset.surveys.values() if survey.country == code}
    return [found for found in dataset.breaks if {found.from_survey, found.to_survey} <= own]


def definitions(dataset: Dataset, lines: Iterable[SurveyLine]) -> Mapping[Definition, list[Survey]]:
    """Definition of innovation -> the surveys with figures that use it."""
    found: dict[Definition, list[Survey]] = {}
    for line in lines:
        known = dataset.definitions.get(line.survey.definition)
        if known and line.figures:
            found.setdefault(known, []).append(line.survey)
    return found


def publications(dataset: Dataset, code: str) -> list[tuple[Source, int]]:
    """Publications with figures of a country and how many each has, those with most first."""
    counts = dataset.observations.counts("country", "source_id")
    own = {source: figures for (country, source), figures in counts.items() if country == code}
    return [
        (dataset.sources[source], figures)
        for source, figures in sorted(own.items(), key=lambda item: -item[1])
    ]
