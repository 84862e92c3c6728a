"""A theme of a view on the page: its chart or table with everything around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from dash import dcc, html

from dashboard import charts
from dashboard.charts.drawing import Drawing
from dashboard.layout import ids
from dashboard.layout.buttons import theme_buttons
from dashboard.layout.components import Children, aria, data
from dashboard.layout.notes import difference_list, explained, note_list
from dashboard.layout.table import table_frame, table_toggle
from dashboard.query import Section, View
from dashboard.render import plotly
from dashboard.selection import Selection, Vocabulary, normal, one_theme, search
from dashboard.text import Localizer, missing, texts
from dashboard.text.summary import summary

FigureOf = Callable[[Drawing], object]
"""What a graph of the tree holds of a drawing."""


def theme_block(
    view: View,
    section: Section,
    vocabulary: Vocabulary,
    loc: Localizer,
    width: float,
    figure_of: FigureOf,
) -> html.Section:
    """A theme: heading, summary, chart or table, what explains it, what can be taken away."""
    heading, described = f"heading-{section.theme}", f"summary-{section.theme}"
    is_table = charts.chart(view.selection.chart).is_table
    main = (
        [table_frame(section, loc)]
        if is_table
        else [
            dcc.Graph(
                id=ids.chart(section.theme),
                figure=figure_of(charts.drawing(view, section, loc, width)),
                config=cast("dcc.Graph.Config", plotly.CONFIG),
                className="chart",
            ),
            _values(section, loc),
        ]
    )
    under = explained(view, section, loc)
    ways = [
        *_ways_to_others(view, section, vocabulary, loc),
        _own_link(view, section, vocabulary, loc),
    ]
    return html.Section(
        [
            html.H2(texts.theme_title(loc, section), id=heading),
            html.P(" ".join(summary(loc, view, section)), className="summary", id=described),
            html.Figure(
                [*main, *_more(view, section, vocabulary, loc), html.Figcaption([*under, *ways])],
                **aria(describedby=described),
            ),
            theme_buttons(view, section, vocabulary, loc),
            *([] if is_table else [table_toggle(section, loc)]),
            difference_list(section, loc),
            note_list(section, loc),
        ],
        className="theme",
        id=section.theme,
        **aria(labelledby=heading),
    )


def _ways_to_others(
    view: View, section: Section, vocabulary: Vocabulary, loc: Localizer
) -> list[html.P]:
    """Ways to figures that cannot stand here: those published by groups only, and those published together."""
    t = loc.t
    own = replace(one_theme(view.selection, section.theme), expanded=())
    ways = [
        (name, replace(own, split=dimension))
        for dimension, name in missing.split_ways(section, loc)
    ]
    offered = []
    if section.together:
        rows = section.together
        wanted = replace(
            own,
            countries=vocabulary.countries,
            sectors=vocabulary.sectors,
            levels=vocabulary.levels,
            indicators=(rows[0].indicator,),
            editions=tuple(dict.fromkeys(row.survey_id for row in rows)),
            chart="bars",
            by="indicator",
        )
        offered = [
            html.P(
                [
                    texts.together(loc, rows),
                    ". ",
                    _way(t("Show this comparison"), wanted, vocabulary),
                ],
                className="fine",
            )
        ]
    return [
        *offered,
        *(html.P(_way(name, wanted, vocabulary), className="fine") for name, wanted in ways),
    ]


def _way(name: str, wanted: Selection, vocabulary: Vocabulary) -> dcc.Link:
    return dcc.Link(name, href=f"/{search(normal(wanted, vocabulary), vocabulary)}")


def _values(section: Section, loc: Localizer) -> html.Div:
    """The element under a chart in which assets/keyboard.js lists the same values for the keyboard and for screen readers."""
    return html.Div(
        className="values",
        **data(values=section.theme),
        **aria(label=loc.t("Values of this chart: arrow keys move, Enter opens the figure")),
        **data(touch=loc.t("Touch a mark to open its figure")),
    )


def _own_link(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> html.P:
    """In a frame elsewhere: the way to the page itself."""
    own = search(one_theme(view.selection, section.theme), vocabulary)
    link = html.A(
        loc.t("Explore this on {product}").format(product=loc.t(texts.PRODUCT)),
        href=f"/{own}",
        target="_blank",
    )
    return html.P(link, className="fine framed-only")


def _more(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> Children:
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
        return []
    href = f"/{search(wanted, vocabulary)}#{section.theme}"
    return [
        html.P(
            dcc.Link(label, href=href, className="btn btn-sm btn-outline-primary"), className="more"
        )
    ]
