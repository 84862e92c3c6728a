"""What is said under a chart: how to read it, differences in words, notes and sources."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlsplit

from dash import html

from dashboard import charts
from dashboard.dataset import Source
from dashboard.layout.components import Children
from dashboard.query import Section, View
from dashboard.text import Localizer, differences, missing, texts, verdicts


def explained(view: View, section: Section, loc: Localizer) -> list[html.P]:
    """What must be said under a chart: how to read it, bases, answers, what is missing, sources."""
    chart = charts.chart(view.selection.chart)
    lines = (
        chart.caution(loc, section),
        texts.bases_differ(loc, section),
        chart.reading(loc, section, view.selection, view.thresholds),
        f"{texts.bases(loc, section)} {texts.numbers_of_answers(loc, section)}".strip(),
        verdicts.weighting(loc, section),
        chart.note_on_surveys(loc, section),
        verdicts.apart(loc, section),
        missing.counted(loc, section),
        missing.missing_countries(loc, section),
        missing.drawn(loc, view.selection, (section.theme,)),
        missing.single_editions(loc, section) if section.panels else "",
        texts.source_line(loc, section),
    )
    return [html.P(line, className="fine") for line in lines if line]


def difference_list(section: Section, loc: Localizer) -> html.Details | None:
    """Every tested or published difference in words, indicator by indicator."""
    if not section.differences:
        return None
    parts = []
    for indicator, members in groupby(section.differences, key=lambda found: found.first.indicator):
        sentences = [
            html.Li(differences.difference(loc, found), className="clear" if found.clear else "")
            for found in members
        ]
        parts += [html.H3(loc.dataset.indicators[indicator].label), html.Ul(sentences)]
    summary_text = loc.t("Differences in words ({count})").format(
        count=loc.number(len(section.differences))
    )
    return html.Details(
        [html.Summary(summary_text), html.P(differences.caveat(loc), className="fine"), *parts]
    )


def note_list(section: Section, loc: Localizer) -> html.Details:
    """The notes and publications of a theme, folded under their number."""
    notes, publications = (
        loc.number(len(each)) for each in (texts.noted(loc, section), texts.sources(section, loc))
    )
    heading = loc.t("Notes ({notes}) and sources ({sources})").format(
        notes=notes, sources=publications
    )
    return html.Details([html.Summary(heading), *listed_notes(section, loc)])


def listed_notes(section: Section, loc: Localizer) -> Children:
    """The notes on figures, which exist in English only, and the publications."""
    listed = [
        html.Li([f"{about}: ", html.Span(note, lang="en")])
        for about, note in texts.noted(loc, section)
    ]
    heading = loc.t("Notes") if loc.language == "en" else loc.t("Notes (in English)")
    notes = [html.H3(heading), html.Ul(listed)] if listed else []
    publications = [html.Li(_source(source)) for source in texts.sources(section, loc)]
    return [*notes, html.H3(loc.t("Sources")), html.Ul(publications)]


def _source(source: Source) -> list[str | html.A]:
    text = f"{source.publisher}: {source.title}" + (
        f" ({source.published})" if source.published else ""
    )
    if not source.url:
        return [text]
    return [
        text,
        " ",
        html.A(urlsplit(source.url).hostname, href=source.url, rel="noopener noreferrer"),
    ]
