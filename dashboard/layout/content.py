"""What a View looks like on the page: its themes, or where it is empty the ways out."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc

from dashboard.layout import ids
from dashboard.layout.buttons import view_buttons
from dashboard.layout.choices import Link
from dashboard.layout.components import Children, aria, data, unbroken
from dashboard.layout.elements import html
from dashboard.layout.fragment import fragment, view_link
from dashboard.layout.theme import FigureOf, theme_block
from dashboard.query import View
from dashboard.selection import Vocabulary, display_query, search
from dashboard.text import Localizer, missing


def content(
    views: Sequence[View],
    findings: Sequence[Link],
    vocabulary: Vocabulary,
    loc: Localizer,
    figure_of: FigureOf,
    site: str = "",
) -> Children:
    """All sections of the view that leads the page, or the ways out where it is empty; below it findings and further views.

    ``figure_of`` gives what a chart holds; ``site`` is the address of the site where the view stands on another page.
    """
    leading, *further = views
    parts: Children = [
        theme_block(
            leading,
            section,
            vocabulary,
            loc,
            figure_of,
            leads=not at,
            folds=at > 0 and not site,
            site=site,
        )
        for at, section in enumerate(leading.sections)
    ] or [_empty(leading, vocabulary, loc)]
    if leading.sections:
        parts.append(fragment(view_buttons(leading, vocabulary, loc), ids.TAKE_AWAY))
        parts.append(fragment(_cards(findings, loc) if findings else [], ids.FINDINGS))
    for view in further:
        if view.sections:
            parts.append(fragment(_side_by_side(view, vocabulary, loc), ids.SIDE_BY_SIDE))
        parts += [
            theme_block(
                view, section, vocabulary, loc, figure_of, leads=False, folds=True, brief=True
            )
            for section in view.sections
        ]
    return parts


def _side_by_side(view: View, vocabulary: Vocabulary, loc: Localizer) -> Children:
    """The heading over the themes that stand below the home, which of its filters hold for them, and the way to all as one view."""
    names = loc.join(loc.label("theme", section.theme) for section in view.sections)
    said = loc.t("{themes}: countries, sectors and edition as above.").format(themes=names)
    way = view_link(loc.t("Open as one view"), view.selection, vocabulary)
    return [
        html.H2(loc.t("Themes side by side"), className="part"),
        html.P([f"{said} ", way], className="fine"),
    ]


def _cards(findings: Sequence[Link], loc: Localizer) -> html.Section:
    """What else the figures say, each a way to where it is seen."""
    listed = [
        html.Li(
            html.A(
                [html.Strong(unbroken(sentence)), html.Span(unbroken(explanation))],
                href=f"/{address}",
                **data(view=""),
            )
        )
        for address, sentence, explanation in findings
    ]
    heading = html.H2(loc.t("More findings"), id="findings-heading", className="part")
    return html.Section(
        [heading, html.Ul(listed)],
        className="findings",
        **aria(labelledby="findings-heading"),
    )


def _empty(view: View, vocabulary: Vocabulary, loc: Localizer) -> html.Section:
    """What is missing, the best way out as a button under its reason, every other as a link."""
    drawn = missing.drawn(loc, view.selection, view.selection.themes)
    nothing = missing.nothing_chosen(view.selection)
    ways = [
        (*missing.relaxations(loc, found), f"/{search(found.selection, vocabulary)}")
        for found in view.relaxations
    ]
    first = [] if nothing else [html.P(sentence) for sentence, _, _ in ways[:1]]
    buttons = [
        html.P(dcc.Link(label, href=href, className="btn btn-primary btn-sm"))
        for _, label, href in ways[:1]
    ]
    start = (loc.t("Reset all filters"), f"/{display_query(view.selection, vocabulary)}")
    others = [*((label, href) for _, label, href in ways[1:]), start]
    return html.Section(
        [
            html.H1(missing.empty(loc, view.selection)),
            *first,
            *buttons,
            *([html.P(drawn)] if drawn else []),
            html.Ul(
                [html.Li(dcc.Link(label, href=href)) for label, href in others], className="ways"
            ),
        ],
        className="empty",
    )
