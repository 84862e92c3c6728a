"""The pages of text beside the charts: sources, method, accessibility, and why there is no page at an address.

They are whole HTML documents without scripts, which know nothing of a request but its language and colour scheme. Every number of a
worked example is looked up in the dataset or computed from it, so that text and figures cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.comparability import SmallBaseThresholds
from dashboard.content import country, country_pages
from dashboard.content.examples import ExampleError, Examples
from dashboard.content.rendering import render
from dashboard.content.survey_entries import counted, indicator_tables, survey_entries
from dashboard.content.urls import PageUrls, ViewUrls
from dashboard.dataset import Change, Observation
from dashboard.dataset.changes import FILE, names, number, present_name
from dashboard.query import LEVEL, Measure
from dashboard.releases import Release, Step
from dashboard.text import Localizer, differences, provenance, verdicts
from dashboard.text.missing import blank_legend
from dashboard.text.refusals import refusal

REVIEWED = "2026-11-22"
"""Day on which the accessibility of the site was last assessed."""


def sources(loc: Localizer, links: PageUrls) -> str:
    """The page of sources: every survey, what is asked and counted, every publication."""
    dataset = loc.dataset
    views = ViewUrls(dataset, links)
    entries = survey_entries(loc, views)
    return render(
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
        indicator_tables=indicator_tables(loc, views),
        path=country.path,
        code_figures={name: counted(dataset, name) for name in ("base", "status", "qualifier")},
        source_figures=counted(dataset, "source_id"),
    )


def method(loc: Localizer, links: PageUrls, thresholds: SmallBaseThresholds) -> str:
    """The page of method: how to read the figures, with the worked examples whose figures the data has."""
    examples = Examples(loc.dataset, links, thresholds)
    return render(
        "method.html",
        loc,
        links,
        ex=examples,
        optional=_if_found,
        thresholds=thresholds,
        level=LEVEL,
        legend=blank_legend(loc),
        caveat=differences.caveat(loc),
        sureness=lambda row: provenance.sureness(loc, loc.dataset.estimates[row.position]),
        outcome=lambda gap: differences.judgement(loc, gap),
        judged=lambda pair: verdicts.verdict_title(loc, pair.verdict.kind),
        why=lambda pair: verdicts.reasons(loc, pair.verdict, pair.first, pair.second),
    )


def _if_found(caller: Callable[[], str]) -> str:
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
        return loc.measure(Measure.of(row))

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

    return render(
        "changes.html", loc, links, history=history, shown=shown, measure=measure, touched=touched
    )


def accessibility(loc: Localizer, links: PageUrls) -> str:
    """The accessibility statement, in the structure of the EU's model (Implementing Decision 2018/1523)."""
    return render("accessibility.html", loc, links, reviewed=REVIEWED)


def refused(loc: Localizer, links: PageUrls, status: int) -> str:
    """The page that says why there is no other: ``status`` is the HTTP status it comes with."""
    heading, sentence = refusal(loc, status)
    return render("refusal.html", loc, links, heading=heading, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Known:
    """What pages are made of beside the words."""

    thresholds: SmallBaseThresholds
    history: Sequence[Step]
    release: Release


PAGES: Mapping[str, Callable[[Localizer, PageUrls, Known], str]] = {
    "countries": lambda loc, links, known: country_pages.countries(loc, links, known.release),
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
