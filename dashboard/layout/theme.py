"""A theme of a view on the page: its chart or table, and everything around it as one fragment of HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from dash import dcc

from dashboard import charts
from dashboard.layout import framed, ids
from dashboard.layout.buttons import theme_buttons
from dashboard.layout.components import Children, aria, data
from dashboard.layout.elements import html
from dashboard.layout.fragment import fragment, view_link
from dashboard.layout.key import key
from dashboard.layout.notes import folded, groups
from dashboard.layout.strip import strip
from dashboard.layout.table import table_frame
from dashboard.layout.to_html import HTML, to_html
from dashboard.query import Section, View
from dashboard.render import plotly
from dashboard.selection import Vocabulary
from dashboard.text import Localizer, findings, lead, texts

FigureOf = Callable[[View, Section], object]
"""What a graph of the tree holds of a section of a view."""


def theme_block(
    view: View,
    section: Section,
    vocabulary: Vocabulary,
    loc: Localizer,
    figure_of: FigureOf,
    *,
    leads: bool,
    folds: bool = False,
    brief: bool = False,
    site: str = "",
) -> html.Section:
    """A theme: heading, what its percentages are, chart or table; under it in one fragment what explains it and can be taken away,
    but for the key of a long chart, which stands over it.

    ``leads``: its heading is that of the page; ``folds``: on a telephone the chart is folded under what it finds;
    ``brief``: notes and differences in words are left to the theme alone;
    ``site``: address of the site, where the theme stands on another page.
    """
    explained = groups(view, loc) if leads and not site else ""
    heading, described = f"heading-{section.theme}", f"summary-{section.theme}"
    chart = charts.chart_of(view.selection)
    is_table, signs = chart.is_table, key(view, section, loc)
    leading = [fragment(signs, ids.over(section.theme))] if chart.key_leads and signs else []
    main = (
        [fragment(table_frame(view, section, loc), ids.table(section.theme))]
        if is_table
        else [
            *leading,
            dcc.Graph(
                id=ids.chart(section.theme),
                figure=figure_of(view, section),
                config=cast("dcc.Graph.Config", plotly.CONFIG),
                className="chart",
            ),
            _values(section, loc),
        ]
    )
    under = [
        None if leading else signs,
        _more(view, section, vocabulary, loc),
        strip(
            view,
            section,
            vocabulary,
            loc,
            explained=bool(explained),
            place="picture" if site else "page",
        ),
        *([] if is_table else _sources(section, loc)),
        *([framed.way_back(view, section, vocabulary, loc, site)] if site else []),
        theme_buttons(view, section, vocabulary, loc, table=not is_table),
        folded(view, section, loc, described, leads=leads and len(view.sections) == 1, brief=brief),
    ]
    shown = [
        *([html.P(explained, className="unit groups")] if explained else []),
        html.Figure(
            [*main, fragment(under, ids.under(section.theme))],
            **aria(labelledby=heading, describedby=described),
        ),
    ]
    return html.Section(
        [html.Details([_summary(view, section, loc, heading), *shown], className="later")]
        if folds
        else [*_headings(view, section, loc, heading, leads=leads), *shown],
        className="theme",
        id=section.theme,
        **aria(labelledby=heading),
    )


def _summary(view: View, section: Section, loc: Localizer, heading: str) -> html.Summary:
    """Heading of a theme that folds, and unfolded its unit, as finished HTML."""
    told = lead.heading(loc, view, section)
    parts = [
        html.H2(_named(told), id=heading),
        html.Span(texts.unbroken(told.unit), className="unit"),
    ]
    return html.Summary(id=ids.fold(section.theme), **data(html=to_html(parts, HTML)))


def _headings(
    view: View, section: Section, loc: Localizer, heading: str, *, leads: bool
) -> Children:
    """The title of the page above its first chart, of a theme above each of several; and what the percentages are."""
    title, shares = lead.lead(loc, view, section) if leads else ("", "")
    if leads and len(view.sections) == 1:
        named: Children = [html.H1(texts.unbroken(title), id=heading)]
    else:
        told = lead.heading(loc, view, section)
        shares = told.unit
        named = [
            *([_places(view, title, loc)] if leads else []),
            html.H2(id=heading, **data(html=to_html(_named(told), HTML))),
        ]
    return [
        *named,
        html.P(texts.unbroken(shares), id=ids.unit(section.theme), className="unit"),
    ]


def _named(told: lead.Heading) -> list[str | html.Span]:
    """The name of a theme, and under it what it finds."""
    if not told.found:
        return [texts.unbroken(told.name)]
    return [
        html.Span(texts.unbroken(told.name), className="name"),
        " ",
        html.Span(texts.unbroken(told.found), className="found"),
    ]


def _places(view: View, title: str, loc: Localizer) -> html.H1:
    """The title of several themes, where it is their names each a way to its theme."""
    if title != findings.names(loc, view):
        return html.H1(texts.unbroken(title))
    links = [
        html.A(
            texts.unbroken(findings.subject(loc, view.selection, section.theme)),
            href=f"#{section.theme}",
        )
        for section in view.sections
    ]
    parts = [part for link in links for part in (findings.SEPARATOR, link)][1:]
    return html.H1(className="names", **data(html=to_html(parts, HTML)))


def _values(section: Section, loc: Localizer) -> html.Div:
    """The element under a chart in which assets/keyboard.js lists the same values for the keyboard and for screen readers."""
    return html.Div(
        className="values",
        **data(values=section.theme),
        **aria(label=loc.t("Values of this chart: arrow keys move, Enter opens the figure")),
    )


def _sources(section: Section, loc: Localizer) -> list[html.P]:
    line = texts.source_line(loc, section)
    return [html.P(line, className="fine sources")] if line else []


def _more(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> html.P | None:
    """The way to all indicators of a theme that opens with some of them, and back."""
    selection = view.selection
    if section.indicators_total > section.indicators_shown:
        label = loc.t("Show all {count} indicators").format(
            count=loc.number(section.indicators_total)
        )
        wanted = replace(selection, expanded=(*selection.expanded, section.theme))
    elif section.theme in selection.expanded:
        label = loc.t("Show fewer indicators")
        wanted = replace(
            selection,
            expanded=tuple(theme for theme in selection.expanded if theme != section.theme),
        )
    else:
        return None
    style = "btn btn-sm btn-outline-primary"
    link = view_link(label, wanted, vocabulary, at=section.theme, class_name=style)
    return html.P(link, className="more")
