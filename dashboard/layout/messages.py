"""What the page says above the charts: what of an address was not used, an earlier release, what the page holds now."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc
from dash.development.base_component import Component

from dashboard.dataset import Change
from dashboard.layout.components import Children
from dashboard.layout.elements import html
from dashboard.query import View
from dashboard.selection import Ignored
from dashboard.text import Localizer, missing, texts

_CORRECTIONS = 5
"""Corrections that a view names; the page of changes has them all."""


def unused(ignored: tuple[Ignored, ...], loc: Localizer) -> Children:
    """What of the address was not used, and why."""
    if not ignored:
        return []
    listed = [html.Li(texts.ignored(loc, part)) for part in ignored[:10]]
    if len(ignored) > 10:
        listed.append(
            html.Li(loc.t("and {count} more.").format(count=loc.number(len(ignored) - 10)))
        )
    return [
        dbc.Alert(
            [html.P(loc.t("Not everything in the address could be used.")), html.Ul(listed)],
            color="warning",
        )
    ]


def pinned(
    release: str,
    newest: str,
    changed: int,
    corrections: Sequence[Change],
    live: str,
    display_query: str,
    loc: Localizer,
) -> Children:
    """That a view shows an earlier release, what of it has been corrected since, and the way to the newest.

    ``live`` is the address of the same view in the newest release, ``display_query`` the search that keeps language and colour scheme.
    """
    t = loc.t
    releases = t("This address shows data release {release}. The newest is {newest}.").format(
        release=release, newest=newest
    )
    differing = loc.count_of(
        "{count} figure of this view differs in the newest.",
        "{count} figures of this view differ in the newest.",
        changed,
    )
    compared = differing if changed else t("No figure of this view differs in the newest.")
    reasons = [html.Li(loc.corrected(change)) for change in corrections[:_CORRECTIONS]]
    links: list[Component | str] = [
        dcc.Link(t("Show the newest"), href=live),
        " · ",
        html.A(t("All changes"), href=f"/changes{display_query}"),
    ]
    return [
        dbc.Alert(
            [
                html.P([releases, " ", compared]),
                *([html.Ul(reasons)] if reasons else []),
                html.P(links),
            ],
            color="info",
        )
    ]


def gone(name: str, shown: str, holding: str, address: str, loc: Localizer) -> Children:
    """That a figure of the address is not in the release shown; ``holding`` is one that has it, at ``address``, or blank."""
    t = loc.t
    said = t("The figure {figure} is not in data release {release}.").format(
        figure=name, release=shown
    )
    way = html.A(t("Show it in release {release}").format(release=holding), href=address)
    return [dbc.Alert([html.P(said), *([html.P(way)] if holding else [])], color="warning")]


def why_bars(shown: View | None, loc: Localizer) -> str:
    """Why a view is ``shown`` as bars that was asked for as comparisons, and what comparisons with other countries have of the
    chosen ones; blank where it is not."""
    if not shown:
        return ""
    said = loc.t("Shown as bars: nothing here can be compared with another figure.")
    return " ".join(filter(None, (said, texts.compiled(loc, shown))))


def drawn_as_bars(shown: View | None, loc: Localizer) -> Children:
    """The same as a paragraph; nothing where it is blank."""
    said = why_bars(shown, loc)
    return [html.P(said, className="as-bars")] if said else []


def status(view: View, loc: Localizer) -> str:
    """One line that says what the page holds now; read aloud after every change that alters it."""
    t = loc.t
    values = [value for section in view.sections for value in section.values]
    if not values:
        return missing.empty(loc, view.selection)
    figures_shown = texts.figures_shown(loc, values)
    countries = loc.count_of(
        "{count} country", "{count} countries", len({value.respondents.country for value in values})
    )
    if len(view.sections) == 1:
        theme = loc.short("theme", view.sections[0].theme)
        return t("{theme}: {countries}, {figures}").format(
            theme=theme, countries=countries, figures=figures_shown
        )
    themes = loc.count_of("{count} theme", "{count} themes", len(view.sections))
    return t("{themes}, {countries}, {figures}").format(
        themes=themes, countries=countries, figures=figures_shown
    )
