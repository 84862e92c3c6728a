"""What is said under a chart: what to take care of, how to read it, differences in words, notes and sources."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlsplit

from dash.development.base_component import Component

from dashboard import charts
from dashboard.dataset import Source
from dashboard.layout.components import Children
from dashboard.layout.elements import html
from dashboard.query import Section, View
from dashboard.text import (
    Localizer,
    breaks,
    comparisons,
    differences,
    findings,
    missing,
    published_twice,
    statements,
    surveyed,
    texts,
    verdicts,
)
from dashboard.text.summary import summary

Heading = type[html.H2] | type[html.H3]
"""The rank of the headings of what unfolds."""


def cautions(
    view: View,
    section: Section,
    loc: Localizer,
    *,
    explained: bool = False,
    place: verdicts.Place = "page",
) -> list[str]:
    """At most two texts: what must be known before figures are compared, and how many are left out; ``explained`` where the
    heading says what the groups are. Of many reasons a ``place`` that has no room for all has the first ones."""
    # A table counts them itself, over the list of them.
    is_table = charts.chart_of(view.selection).is_table
    blanks = "" if is_table else missing.counted(loc, section)
    left_out = comparisons.off_lines(loc, section) or " ".join(
        part
        for part in (
            missing.only_country(loc, section),
            missing.single_country(loc, section),
            blanks,
        )
        if part
    )
    hidden = missing.elsewhere(loc, view.elsewhere)
    stacks = charts.chart_of(view.selection).stacks_answers
    earlier = breaks.before(loc, section) if stacks else ""
    left_out = " ".join(part for part in (hidden, left_out, earlier) if part)
    cared = care(view, section, loc, explained=explained, place=place)
    return [line for line in (cared, left_out) if line]


def groups(view: View, loc: Localizer) -> str:
    """What the groups of a split are; blank where the data do not say."""
    found = loc.dataset.codes["dimension"].get(view.selection.split)
    return found.description if found else ""


def care(
    view: View,
    section: Section,
    loc: Localizer,
    *,
    explained: bool = False,
    place: verdicts.Place = "page",
) -> str:
    """What must be known before figures are compared; blank where nothing. ``explained`` and ``place`` as in ``cautions``."""
    chart = charts.chart_of(view.selection)
    if chart.on_lines:
        return comparisons.of_all_lines(loc, section, explained=explained, place=place)
    caution = chart.caution(loc, section)
    if explained and caution == verdicts.constructed(loc, section):
        caution = verdicts.constructed(loc, section, explained=True)
    # On paper no title names figures.
    holds = _holds(view, section, loc) if place else ""
    parts = (unlike(loc, section, place), holds, caution)
    return " ".join(part for part in parts if part)


def _holds(view: View, section: Section, loc: Localizer) -> str:
    """That the figures of the title of a section may be compared, where others may not; blank elsewhere."""
    found = statements.of_section(loc, view, section)
    return statements.holds(loc, found, section, findings.of_theme(loc, view, section))


def unlike(loc: Localizer, section: Section, place: verdicts.Place) -> str:
    """That figures must not be compared, or at least that they are shares of different things; blank where neither holds. Where bases
    stand apart, also that countries beside each other have surveys of their own."""
    if told := verdicts.apart(loc, section, place):
        return told
    beside = comparisons.beside_each_other(loc, section) if section.sectors_apart else ""
    return " ".join(filter(None, (texts.bases_differ(loc, section), beside)))


def in_full(view: View, section: Section, loc: Localizer) -> list[str]:
    """Every reason for care, where the strip under the chart has the first ones alone."""
    if charts.chart_of(view.selection).on_lines:
        told, whole = (
            comparisons.first_reasons(loc, section, "page"),
            comparisons.edge(loc, section),
        )
        edged = comparisons.has_edges(section) or "; " in told
        return [
            comparisons.bases_beside(loc, section),
            whole if edged else "",
            breaks.parted(loc, section),
            published_twice.told(loc, section),
        ]
    whole = verdicts.apart(loc, section)
    return [whole if whole != verdicts.apart(loc, section, "page") else ""]


def reading(view: View, section: Section, loc: Localizer) -> list[str]:
    """How a chart is to be read: its marks, what its percentages are shares of, how many answered, whether they are weighted,
    why places are empty, and who is not in it."""
    chart = charts.chart_of(view.selection)
    lines = (
        chart.reading(loc, section, view.selection, view.thresholds),
        f"{texts.bases(loc, section)} {texts.numbers_of_answers(loc, section)}".strip(),
        verdicts.weighting(loc, section),
        chart.note_on_surveys(loc, section),
        f"{together}." if (together := texts.together(loc, section.together)) else "",
        missing.meanings(loc, section),
        missing.missing_countries(loc, section),
        missing.drawn(loc, view.selection, (section.theme,)),
        missing.single_editions(loc, section) if section.panels else "",
    )
    return [line for line in lines if line]


def explained(view: View, section: Section, loc: Localizer) -> list[html.P]:
    """Everything that must be said under a chart on paper, where nothing unfolds."""
    lines = (
        *cautions(view, section, loc, place=""),
        *reading(view, section, loc),
        texts.source_line(loc, section),
    )
    return [html.P(line, className="fine") for line in lines if line]


def folded(
    view: View, section: Section, loc: Localizer, described: str, *, leads: bool, brief: bool
) -> html.Div:
    """What unfolds under a chart; ``described`` is the id of the sentences that stand for the chart, ``leads`` and
    ``brief`` as of the theme.

    They are there a second time, never seen: browsers take no description from what is folded, but do from what is hidden.
    """
    t = loc.t
    # Under the title of the page they are one rank higher than under that of a theme.
    heading = html.H2 if leads else html.H3
    sentences = " ".join(summary(loc, view, section))
    told = html.P(sentences, className="summary")
    parts = (
        html.P(sentences, id=described, hidden=True),
        _fold(
            "how",
            t("How to read"),
            *_lines([*in_full(view, section, loc), *reading(view, section, loc)]),
        ),
        _fold("in-words", t("In words"), told),
        None if brief else difference_list(section, loc, heading),
        None if brief else note_list(section, loc, heading),
    )
    return html.Div([part for part in parts if part], className="folds")


def _lines(lines: list[str]) -> list[html.P]:
    return [html.P(line, className="fine") for line in lines if line]


def _fold(name: str, heading: str, *parts: Component | None) -> html.Details:
    """Something that unfolds; assets/fragments.js knows it by its class when the content changes."""
    return html.Details([html.Summary(heading), *parts], className=name)


def difference_list(
    section: Section, loc: Localizer, heading: Heading = html.H3
) -> html.Details | None:
    """Every tested or published difference in words, indicator by indicator."""
    if not section.differences:
        return None
    parts = []
    for indicator, members in groupby(section.differences, key=lambda found: found.first.indicator):
        sentences = [
            html.Li(
                differences.difference(loc, found),
                # A gap across a break stands out no more than it is counted.
                className="clear" if found.clear and not found.across_break else "",
            )
            for found in members
        ]
        parts += [heading(loc.dataset.indicators[indicator].label), html.Ul(sentences)]
    summary_text = loc.t("Differences in words ({count})").format(
        count=loc.number(len(section.differences))
    )
    return _fold(
        "differences", summary_text, html.P(differences.caveat(loc), className="fine"), *parts
    )


def note_list(section: Section, loc: Localizer, heading: Heading = html.H3) -> html.Details:
    """The notes and publications of a theme, folded under their number."""
    notes, publications = (
        loc.number(len(each)) for each in (texts.noted(loc, section), texts.sources(section, loc))
    )
    summary_text = loc.t("Notes ({notes}) and sources ({sources})").format(
        notes=notes, sources=publications
    )
    if not texts.noted(loc, section):
        sources = loc.t("Sources")
        summary_text = f"{sources} ({publications})"
    return _fold("notes", summary_text, *listed_notes(section, loc, heading))


def listed_notes(section: Section, loc: Localizer, heading: Heading = html.H3) -> Children:
    """The notes on figures, which exist in English only, the surveys and the publications."""
    listed = [
        html.Li([f"{about}: ", html.Span(note, lang="en")])
        for about, note in texts.noted(loc, section)
    ]
    about_notes = loc.t("Notes") if loc.language == "en" else loc.t("Notes (in English)")
    notes = [heading(about_notes), html.Ul(listed)] if listed else []
    publications = [html.Li(_source(source)) for source in texts.sources(section, loc)]
    surveys = [html.Li(f"{name}: {title}") for name, title in surveyed.surveys(loc, section)]
    named = [heading(loc.t("Surveys")), html.Ul(surveys)] if surveys else []
    return [*notes, *named, heading(loc.t("Sources")), html.Ul(publications)]


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
