"""What a View looks like on the page: its themes, or where it is empty the ways out."""

from __future__ import annotations

from dash import dcc, html

from dashboard.layout.buttons import view_buttons
from dashboard.layout.components import Children
from dashboard.layout.fragment import fragment
from dashboard.layout.theme import FigureOf, theme_block
from dashboard.query import View
from dashboard.selection import Vocabulary, display_query, search
from dashboard.text import Localizer, missing


def content(
    view: View,
    vocabulary: Vocabulary,
    loc: Localizer,
    figure_of: FigureOf,
) -> Children:
    """All sections of a view, each with what ``figure_of`` makes of it as its chart; where it is empty, the ways out."""
    if not view.sections:
        return [_empty(view, vocabulary, loc)]
    return [
        *(theme_block(view, section, vocabulary, loc, figure_of) for section in view.sections),
        fragment(view_buttons(view, vocabulary, loc)),
    ]


def _empty(view: View, vocabulary: Vocabulary, loc: Localizer) -> html.Section:
    t = loc.t
    drawn = missing.drawn(loc, view.selection, view.selection.themes)
    ways = [
        (*missing.relaxations(loc, found), f"/{search(found.selection, vocabulary)}")
        for found in view.relaxations
    ]
    return html.Section(
        [
            html.H1(t("No figure fits this selection")),
            *([html.P(drawn)] if drawn else []),
            *[
                html.P(
                    [
                        sentence,
                        " ",
                        dcc.Link(button, href=href, className="btn btn-outline-primary btn-sm"),
                    ]
                )
                for sentence, button, href in ways
            ],
            html.P(
                [
                    t("Or start again: "),
                    dcc.Link(
                        t("Reset all filters"),
                        href=f"/{display_query(view.selection, vocabulary)}",
                        className="btn btn-outline-secondary btn-sm",
                    ),
                ]
            ),
        ],
        className="empty",
    )
