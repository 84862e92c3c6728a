"""The page's frame: header, filters, main, footer."""

from __future__ import annotations

from dash import dcc, html

from dashboard.dataset import Dataset
from dashboard.layout import ids
from dashboard.layout.card import dialog
from dashboard.layout.controls import fieldsets
from dashboard.wording import Words
from dashboard.wording.texts import PRODUCT


def page(
    dataset: Dataset, words: Words, ready_views: tuple[tuple[str, str, str], ...], dress: str = ""
) -> html.Div:
    """The component tree before any callback has run.

    ``ready_views`` are (search, title, explanation); ``dress`` is the search that keeps the language and look of the address.
    """
    t = words.t
    return html.Div(
        [
            dcc.Location(id=ids.LOCATION, refresh=False),
            dcc.Store(id=ids.WIDTH),
            dcc.Store(id=ids.FIGURE),
            dcc.Store(id=ids.PICTURE_WANTED),
            dcc.Store(id=ids.PICTURE),
            dcc.Store(id=ids.DOWNLOADED),
            html.A(t("Skip to the charts"), href="#content", className="skip"),
            _header(dataset, words, dress),
            html.Div([_filters(words, dress), _main(words, ready_views)], className="frame"),
            _footer(dataset, words, dress),
            dialog(words),
            _bundle_dialog(words),
            html.Div(t("Drop the picture to open its view"), className="drop", hidden=True),
        ],
        className="page",
    )


def _header(dataset: Dataset, words: Words, dress: str) -> html.Header:
    t = words.t
    return html.Header(
        html.Div(
            [
                html.Div(id=ids.DRESS, className="dress"),
                html.H1(dcc.Link(t(PRODUCT), href=f"/{dress}")),
                html.P(
                    t(
                        "Managers of public workplaces and organisations were asked what they renewed, what drove it, "
                        "with whom and what came of it. {figures} published figures from {countries} countries, "
                        "each with its base, n and source."
                    ).format(
                        figures=words.number(len(dataset.observations)),
                        countries=words.number(len(dataset.observations.distinct("country"))),
                    )
                ),
                html.Nav(
                    [
                        html.A(t("Sources"), href=f"/sources{dress}"),
                        html.A(t("Method"), href=f"/method{dress}"),
                    ],
                    className="pages",
                    **{"aria-label": t("About the figures")},
                ),
            ],
            className="inner",
        )
    )


def _ready(words: Words, ready_views: tuple[tuple[str, str, str], ...]) -> html.Nav:
    return html.Nav(
        [
            html.H2(words.t("Ready views"), id="ready-heading"),
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
        **{"aria-labelledby": "ready-heading"},
    )


def _main(words: Words, ready_views: tuple[tuple[str, str, str], ...]) -> html.Main:
    t = words.t
    return html.Main(
        [
            *([_ready(words, ready_views)] if ready_views else []),
            html.Div(id=ids.MESSAGES, role="status"),
            html.P(
                id="picture-message",
                role="alert",
                className="picture-message",
                **{
                    "data-failed": t("The picture could not be read; please try again in a moment.")
                },
            ),
            html.Div(id=ids.STATUS, role="status", className="view-status"),
            html.Div(
                html.P(t("The figures are on their way …"), className="loading"),
                id=ids.CONTENT,
                tabIndex=-1,
            ),
        ]
    )


def _footer(dataset: Dataset, words: Words, dress: str) -> html.Footer:
    statement = html.P(
        html.A(words.t("Accessibility statement"), href=f"/accessibility{dress}"), className="inner"
    )
    return html.Footer([_open_picture(words), _release(dataset, words, dress), statement])


def _open_picture(words: Words) -> html.P:
    """A saved picture opens the view it was made from, by this button or by dropping it on the page."""
    button = html.Button(
        words.t("Open a saved picture …"), id="open-picture", type="button", className="plain"
    )
    said = words.t(
        "Pictures saved here know their view: open one, or drop it on the page, and the view is back."
    )
    return html.P([button, " ", said], className="inner", **{"data-scripted": ""})


def _release(dataset: Dataset, words: Words, dress: str) -> html.P:
    t = words.t
    said = t(
        "Data release {release}. Every figure was published by the institution named beside it; "
        "what is a share of what differs between the barometers and is said at each figure."
    ).format(release=dataset.release)
    return html.P(
        [said, " ", html.A(t("What has changed"), href=f"/changes{dress}")], className="inner"
    )


def _bundle_dialog(words: Words) -> html.Dialog:
    """Progress of the archive, with a way to stop it."""
    t = words.t
    return html.Dialog(
        [
            html.H2(t("Making the archive")),
            html.P(id="bundle-step", role="status"),
            html.Progress(
                id="bundle-progress", max="1", value="0", **{"aria-label": t("Progress")}
            ),
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
        **{"data-failed": t("The archive could not be made."), "data-done": t("Done")},
    )


def _filters(words: Words, dress: str) -> html.Aside:
    t = words.t
    return html.Aside(
        [
            html.Button(
                [t("Filters"), " ", html.Span(id=ids.FILTERS_ACTIVE)],
                id=ids.FILTERS_TOGGLE,
                className="filters-toggle",
                type="button",
                **{"aria-controls": ids.FILTERS, "aria-expanded": "false"},
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(t("Choose")),
                            dcc.Link(t("Reset"), id=ids.RESET, href=f"/{dress}", className="reset"),
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
                            *fieldsets(words),
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
        **{"aria-label": t("Filters")},
    )
