"""A view for a printer: title, charts, notes, sources and address, and nothing to click."""

from __future__ import annotations

from dash import dcc

from dashboard import charts
from dashboard.layout import ids
from dashboard.layout.components import Children
from dashboard.layout.elements import html
from dashboard.layout.key import key
from dashboard.layout.notes import explained, listed_notes
from dashboard.layout.table import table_frame
from dashboard.query import Section, View
from dashboard.text import Localizer, missing, pictures, texts
from dashboard.text.summary import brief

WIDTH = 700.0
"""CSS pixels of a chart on A4, upright, at full size; on its side everything is larger."""


def print_view(view: View, loc: Localizer, address: str) -> Children:
    """The component tree of a view for printing, whose graphs hold drawings; ``address`` is the full one that the reader sees."""
    if not view.sections:
        return [
            html.H1(loc.t(texts.PRODUCT)),
            html.P(missing.empty(loc, view.selection)),
            html.P(address),
        ]
    release = loc.t("data release {release}")
    return [
        html.Header(
            [
                html.P(loc.t(texts.PRODUCT), className="product"),
                html.H1(pictures.selection_line(loc, view.selection)),
                # At the end it could stand alone on the last sheet.
                html.P(
                    texts.joined(release.format(release=view.release), address), className="fine"
                ),
            ]
        ),
        *(_section(view, section, loc) for section in view.sections),
    ]


def _section(view: View, section: Section, loc: Localizer) -> html.Section:
    main: html.Div | dcc.Graph
    if charts.chart_of(view.selection).is_table:
        main = table_frame(view, section, loc, unfolded=True)
    else:
        drawn = charts.drawing(view, section, loc, WIDTH)
        main = dcc.Graph(id=ids.chart(section.theme), figure=drawn)
    found = key(view, section, loc)
    signs = [found] if found else []
    leading = signs if charts.chart_of(view.selection).key_leads else []
    under = [] if leading else signs
    return html.Section(
        [
            html.H2(pictures.subject(loc, view, section)),
            html.P(" ".join(brief(loc, view, section)), className="summary"),
            html.Figure(
                [*leading, main, html.Figcaption([*under, *explained(view, section, loc)])]
            ),
            *listed_notes(section, loc),
        ],
        className="theme",
    )
