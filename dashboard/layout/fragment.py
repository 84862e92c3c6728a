"""Finished HTML within the tree of components: the browser pays for each component, and text needs none.

A fragment is one element whose HTML assets/fragments.js puts in place, escaped by the same writer as the first response, which
holds the very same bytes.
"""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.layout.components import data
from dashboard.layout.to_html import HTML, to_html
from dashboard.selection import Selection, Vocabulary, normal, page_search

TABLE = "/fragment/table"
"""Address of the table of a theme, for the place under a chart that waits for it."""


def fragment(children: object, name: str = "") -> html.Div:
    """One element that holds a tree as finished HTML; one of a view has an id, ``name``, by which another view changes it."""
    named: dict[str, Any] = {"id": name} if name else {}
    return html.Div(className="fragment", **named, **data(html=to_html(children, HTML)))


def headed(head: str) -> html.Div:
    """What the head of the page says from now on (``web.meta_tags.head``); written there by assets/head.js."""
    return html.Div(hidden=True, **data(head=head))


def table_place(theme: str, query: str) -> html.Div:
    """Where the table of a theme comes when it is asked for; ``query`` is the search of the theme alone."""
    return html.Div(
        className="table-place",
        **data(source=f"{TABLE}{query}", table_of=theme),
    )


def view_link(
    text: str,
    wanted: Selection,
    vocabulary: Vocabulary,
    *,
    at: str = "",
    class_name: str | None = None,
) -> html.A:
    """A link to another view of the page, which a script shows without loading the page anew.

    ``at`` is the id of the theme that stays in sight; without one the view is read from its top.
    """
    address = f"/{page_search(normal(wanted, vocabulary), vocabulary)}"
    return html.A(
        text,
        href=f"{address}#{at}" if at else address,
        className=class_name,
        **data(view=""),
    )
