"""A view in a frame on another page: the way to its own page, and how tall it is."""

from __future__ import annotations

from dash import html

from dashboard.query import Section, View
from dashboard.selection import Vocabulary, one_theme, search
from dashboard.text import Localizer, texts


def way_back(
    view: View, section: Section, vocabulary: Vocabulary, loc: Localizer, site: str
) -> html.P:
    """A link to a theme on the site; its address as text too, for frames from which nothing can be opened."""
    name, address = _way_back(view, section, vocabulary, loc, site)
    return html.P(
        [html.A(name, href=address), " ", html.Span(address, className="address")],
        className="fine",
    )


def _way_back(
    view: View, section: Section, vocabulary: Vocabulary, loc: Localizer, site: str
) -> tuple[str, str]:
    """(what the link says, full address)."""
    name = loc.t("Explore this on {product}").format(product=loc.t(texts.PRODUCT))
    return name, f"{site}/{search(one_theme(view.selection, section.theme), vocabulary)}"
