"""The page's frame: top bar, questions, filters, main, footer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dash import dcc

from dashboard.content.search import box
from dashboard.dataset import Dataset
from dashboard.layout import ids
from dashboard.layout.card import dialog
from dashboard.layout.choices import digests
from dashboard.layout.components import Children, aria, data
from dashboard.layout.elements import html
from dashboard.layout.filter_row import Options, filter_row
from dashboard.text import Localizer
from dashboard.text.texts import PRODUCT


def page(
    dataset: Dataset,
    loc: Localizer,
    ready_views: tuple[tuple[str, str, str], ...],
    display_query: str = "",
    options: Options | None = None,
    here: str = "",
    about: str | None = None,
    opened: tuple[str, Children] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> html.Div:
    """The component tree before any callback has run.

    ``ready_views`` are (search, title, explanation); ``display_query`` is the search that
    keeps the language and colour scheme of the address, ``here`` the search of the view,
    ``about`` that of the question that it is about;
    ``options`` are the choices of each control, ``opened`` title and body of a card that the address opens;
    ``parameters`` are, by the id of a control, what an address calls it.
    """
    t = loc.t
    offered = options or {}
    return html.Div(
        [
            dcc.Location(id=ids.LOCATION, refresh=False),
            dcc.Store(id=ids.WIDTH),
            dcc.Store(id=ids.LISTS, data=digests(offered)),
            dcc.Store(id=ids.FIGURE),
            dcc.Store(id=ids.CARD_OPENED),
            dcc.Store(id=ids.CARD_SEEN),
            dcc.Store(id=ids.PICTURE_WANTED),
            dcc.Store(id=ids.PICTURE),
            dcc.Store(id=ids.DOWNLOADED),
            html.A(t("Skip to the charts"), href="#content", className="skip"),
            _top(loc, display_query),
            *([_questions(loc, ready_views, here, about)] if ready_views else []),
            html.Div([filter_row(loc, offered), _main(loc)], className="frame"),
            _footer(dataset, loc, display_query),
            dialog(loc, opened),
            _bundle_dialog(loc),
            html.Div(t("Drop the picture to open its view"), className="drop", hidden=True),
            _script_words(loc, parameters or {}),
        ],
        className="page",
    )


def _script_words(loc: Localizer, parameters: Mapping[str, str]) -> html.Div:
    """What scripts say, in the reader's language, and what they call controls in an address; never seen."""
    t = loc.t
    words = data(
        copy_failed=t("Could not be copied; select it here"),
        failed=t("This could not be fetched; the page shows what it did before."),
        again=t("Try again"),
        older=t("This page is of an earlier release of the site."),
        anew=t("Reload the page"),
        parameters=json.dumps(parameters),
    )
    return html.Div(id=ids.SCRIPT_WORDS, hidden=True, **words)


def _top(loc: Localizer, display_query: str) -> html.Header:
    t = loc.t
    return html.Header(
        html.Div(
            [
                html.P(
                    html.A(t(PRODUCT), href=f"/{display_query}", **data(view="")),
                    className="site",
                ),
                html.Nav(
                    _pages(loc, display_query),
                    className="pages",
                    **aria(label=t("About the figures")),
                ),
                html.Div(className="search", **data(html=box(loc, display_query))),
                html.Details(
                    [
                        html.Summary(
                            [
                                html.Span(loc.language.upper(), className="name language"),
                                html.Span(t("Menu"), className="name menu-name"),
                                html.Span(
                                    [": ", t("Language and colours")], className="visually-hidden"
                                ),
                            ]
                        ),
                        html.Div(
                            [
                                html.Div(_pages(loc, display_query), className="pages"),
                                html.Div(id=ids.DISPLAY, className="display"),
                            ],
                            className="panel",
                        ),
                    ],
                    id=ids.popover("display"),
                    className="filter menu",
                ),
            ],
            className="inner",
        ),
        className="top",
    )


def _pages(loc: Localizer, display_query: str) -> list[html.A]:
    return [
        html.A(loc.t("Countries"), href=f"/countries{display_query}"),
        html.A(loc.t("Sources"), href=f"/sources{display_query}"),
        html.A(loc.t("Method"), href=f"/method{display_query}"),
    ]


def _questions(
    loc: Localizer, ready_views: tuple[tuple[str, str, str], ...], here: str, about: str | None
) -> html.Nav:
    return html.Nav(
        html.Ul(
            [
                html.Li(
                    html.A(
                        title, href=f"/{search}", title=explanation, **_view(search, here, about)
                    )
                )
                for search, title, explanation in ready_views
            ],
            className="inner",
        ),
        className="questions",
        **aria(label=loc.t("Ready views")),
    )


def _view(search: str, here: str, about: str | None) -> dict[str, Any]:
    """Marks of a link to a view: that a script may open it in place, and whether it is the present one or what that is about."""
    current = {here: "page"}.get(search) or ("true" if search == about else "")
    return data(view="") | (aria(current=current) if current else {})


def _main(loc: Localizer) -> html.Main:
    t = loc.t
    return html.Main(
        [
            html.Div(id=ids.MESSAGES, role="status"),
            html.Div(id=ids.CARD_SECTION),
            html.Div(
                id="picture-message",
                role="alert",
                className="picture-message",
                **data(failed=t("The picture could not be read.")),
            ),
            html.Div(id=ids.FAILURE),
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
    pages = html.Nav(
        _pages(loc, display_query), className="inner pages", **aria(label=loc.t("Pages"))
    )
    return html.Footer(
        [
            _about(dataset, loc),
            _open_picture(loc),
            _release(dataset, loc, display_query),
            statement,
            pages,
        ]
    )


def _about(dataset: Dataset, loc: Localizer) -> html.P:
    published = loc.t(
        "Managers of public workplaces and organisations were asked what was new, what drove it, "
        "who took part and what came of it. {figures} published figures from {countries} countries, "
        "each with its base and source, and with n where that is published."
    )
    computed = loc.t(
        "Managers of public workplaces and organisations were asked what was new, what drove it, "
        "who took part and what came of it. {figures} figures from {countries} countries, published or computed from answers, "
        "each with its base and source, and with n where that is published."
    )
    said = (computed if dataset.estimates else published).format(
        figures=loc.number(len(dataset.observations)),
        countries=loc.number(len(dataset.observations.distinct("country"))),
    )
    return html.P(said, className="inner")


def _open_picture(loc: Localizer) -> html.P:
    """A saved picture opens the view it was made from, by this button or by dropping it on the page."""
    button = html.Button(
        loc.t("Open a saved picture …"),
        id="open-picture",
        type="button",
        className="plain",
        **data(scripted=""),
    )
    said = loc.t("Saved pictures reopen their view: open one, or drop it on the page.")
    return html.P([button, " ", said], className="inner", **data(scripted=""))


def _release(dataset: Dataset, loc: Localizer, display_query: str) -> html.P:
    t = loc.t
    published = t(
        "Data release {release}. Every figure comes from the source named beside it. "
        "What a percentage is a percentage of differs between barometers and is said with the figures."
    )
    computed = t(
        "Data release {release}. Every figure comes from the source named beside it or computed from answers to it. "
        "What a percentage is a percentage of differs between barometers and is said with the figures."
    )
    said = (computed if dataset.estimates else published).format(release=dataset.release)
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
