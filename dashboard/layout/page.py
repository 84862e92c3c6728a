"""The page's frame: header, filters, main, footer."""

from __future__ import annotations

from dash import dcc, html

from dashboard.dataset import Dataset
from dashboard.layout import ids
from dashboard.layout.card import dialog
from dashboard.layout.components import aria, data
from dashboard.layout.controls import fieldsets
from dashboard.text import Localizer
from dashboard.text.texts import PRODUCT


def page(
    dataset: Dataset,
    loc: Localizer,
    ready_views: tuple[tuple[str, str, str], ...],
    display_query: str = "",
) -> html.Div:
    """The component tree before any callback has run.

    ``ready_views`` are (search, title, explanation); ``display_query`` is the search that
    keeps the language and colour scheme of the address.
    """
    t = loc.t
    return html.Div(
        [
            dcc.Location(id=ids.LOCATION, refresh=False),
            dcc.Store(id=ids.WIDTH),
            dcc.Store(id=ids.FIGURE),
            dcc.Store(id=ids.PICTURE_WANTED),
            dcc.Store(id=ids.PICTURE),
            dcc.Store(id=ids.DOWNLOADED),
            html.A(t("Skip to the charts"), href="#content", className="skip"),
            _header(dataset, loc, display_query),
            html.Div([_filters(loc, display_query), _main(loc, ready_views)], className="frame"),
            _footer(dataset, loc, display_query),
            dialog(loc),
            _bundle_dialog(loc),
            html.Div(t("Drop the picture to open its view"), className="drop", hidden=True),
        ],
        className="page",
    )


def _header(dataset: Dataset, loc: Localizer, display_query: str) -> html.Header:
    t = loc.t
    return html.Header(
        html.Div(
            [
                html.Div(id=ids.DISPLAY, className="display"),
                html.P(dcc.Link(t(PRODUCT), href=f"/{display_query}"), className="site"),
                html.P(
                    t(
                        "Managers of public workplaces and organisations were asked what they renewed, what drove it, "
                        "with whom and what came of it. {figures} published figures from {countries} countries, "
                        "each with its base, n and source."
                    ).format(
                        figures=loc.number(len(dataset.observations)),
                        countries=loc.number(len(dataset.observations.distinct("country"))),
                    )
                ),
                html.Nav(
                    [
                        html.A(t("Sources"), href=f"/sources{display_query}"),
                        html.A(t("Method"), href=f"/method{display_query}"),
                    ],
                    className="pages",
                    **aria(label=t("About the figures")),
                ),
            ],
            className="inner",
        )
    )


def _ready(loc: Localizer, ready_views: tuple[tuple[str, str, str], ...]) -> html.Nav:
    return html.Nav(
        [
            html.H2(loc.t("Ready views"), id="ready-heading"),
            html.Ul(
                [
                    html.Li(
                        dcc.Link([html.Strong(title), html.Span(explanation)], href=f"/{search}")
                    )
                    for search, title, explanation in ready_views
                ]
            ),
        ],
        className="ready",
        **aria(labelledby="ready-heading"),
    )


def _main(loc: Localizer, ready_views: tuple[tuple[str, str, str], ...]) -> html.Main:
    t = loc.t
    return html.Main(
        [
            *([_ready(loc, ready_views)] if ready_views else []),
            html.Div(id=ids.MESSAGES, role="status"),
            html.P(
                id="picture-message",
                role="alert",
                className="picture-message",
                **data(failed=t("The picture could not be read; please try again in a moment.")),
            ),
            html.Div(id=ids.STATUS, role="status", className="view-status"),
            html.Div(
                html.P(t("The figures are on their way …"), className="loading"),
                id=ids.CONTENT,
                tabIndex=-1,
            ),
        ]
    )


def _footer(dataset: Dataset, loc: Localizer, display_query: str) -> html.Footer:
    statement = html.P(
        html.A(loc.t("Accessibility statement"), href=f"/accessibility{display_query}"),
        className="inner",
    )
    return html.Footer([_open_picture(loc), _release(dataset, loc, display_query), statement])


def _open_picture(loc: Localizer) -> html.P:
    """A saved picture opens the view it was made from, by this button or by dropping it on the page."""
    button = html.Button(
        loc.t("Open a saved picture …"),
        id="open-picture",
        type="button",
        className="plain",
        **data(scripted=""),
    )
    said = loc.t(
        "Pictures saved here know their view: open one, or drop it on the page, and the view is back."
    )
    return html.P([button, " ", said], className="inner", **data(scripted=""))


def _release(dataset: Dataset, loc: Localizer, display_query: str) -> html.P:
    t = loc.t
    said = t(
        "Data release {release}. Every figure was published by the institution named beside it; "
        "what is a share of what differs between the barometers and is said at each figure."
    ).format(release=dataset.release)
    return html.P(
        [said, " ", html.A(t("What has changed"), href=f"/changes{display_query}")],
        className="inner",
    )


def _bundle_dialog(loc: Localizer) -> html.Dialog:
    """Progress of the archive, with a way to stop it."""
    t = loc.t
    return html.Dialog(
        [
            html.H2(t("Making the archive")),
            html.P(id="bundle-step", role="status"),
            html.Progress(id="bundle-progress", max="1", value="0", **aria(label=t("Progress"))),
            html.P(
                html.Button(
                    t("Cancel"),
                    id="bundle-cancel",
                    type="button",
                    className="btn btn-sm btn-outline-primary",
                )
            ),
        ],
        id="bundle-dialog",
        **data(failed=t("The archive could not be made."), done=t("Done")),
    )


def _filters(loc: Localizer, display_query: str) -> html.Aside:
    t = loc.t
    return html.Aside(
        [
            html.Button(
                [t("Filters"), " ", html.Span(id=ids.FILTERS_ACTIVE)],
                id=ids.FILTERS_TOGGLE,
                className="filters-toggle",
                type="button",
                **aria(controls=ids.FILTERS, expanded="false"),
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(t("Choose")),
                            dcc.Link(
                                t("Reset"),
                                id=ids.RESET,
                                href=f"/{display_query}",
                                className="reset",
                            ),
                            html.Button(
                                t("Close"),
                                type="button",
                                className="filters-close btn btn-sm btn-outline-primary",
                            ),
                        ],
                        className="filters-head",
                    ),
                    html.Div(
                        [
                            html.P(
                                t(
                                    "The number behind a choice: figures it has in the present view."
                                ),
                                className="hint",
                            ),
                            *fieldsets(loc),
                        ],
                        className="filters-list",
                    ),
                    html.Div(
                        html.Button(
                            t("Show the charts"),
                            type="button",
                            className="filters-close btn btn-primary",
                        ),
                        className="filters-foot",
                    ),
                ],
                id=ids.FILTERS,
                className="filters-body",
            ),
        ],
        className="filters",
        **aria(label=t("Filters")),
    )
