"""Buttons that take something away: a theme below its chart, the whole view below all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dash.development.base_component import Component

from dashboard.formats import registry
from dashboard.formats.format import Format
from dashboard.layout.components import aria, data
from dashboard.layout.elements import html
from dashboard.layout.fragment import table_place, view_link
from dashboard.messages import gettext_noop
from dashboard.query import OPENING_INDICATORS, Section, View
from dashboard.selection import Selection, Vocabulary, one_theme, search
from dashboard.selection import format as query_of
from dashboard.text import Localizer, texts

_PLAIN = "btn btn-sm btn-outline-primary"
_SCRIPTED = data(scripted="")
"""Mark of a button that needs a script: it keeps its place and is not seen until the app stands."""


_UNFOLLOWED = "nofollow"
"""Files are made for readers: a crawler that follows their links has every view of the site drawn."""
_SIZES = {
    "slide": gettext_noop("Slide"),
    "report": gettext_noop("Report"),
    "square": gettext_noop("Square"),
    "screen": gettext_noop("As on screen"),
}
"""Sizes of pictures that are offered below a chart, and their names."""


def picture_of(
    selection: Selection, theme: str, size: str, vocabulary: Vocabulary, kind: str = "png"
) -> str:
    """Path and query of the picture of one theme of a view; a picture names its theme even where the canonical query does not,
    and no colours, since it is always light."""
    return f"/chart.{kind}?{_query(selection, theme, vocabulary)}&size={size}"


@lru_cache(maxsize=64)
def _query(selection: Selection, theme: str, vocabulary: Vocabulary) -> str:
    own = replace(one_theme(selection, theme), colour_scheme="")
    return query_of(own, vocabulary, always=("theme",))


def view_buttons(view: View, vocabulary: Vocabulary, loc: Localizer) -> html.Div:
    """Everything shown, taken away at once."""
    t = loc.t
    query = search(view.selection, vocabulary)
    files = [
        link for kind in registry.toolbar() for link in _files(kind, t(kind.label), query, loc)
    ]
    link = data(address=f"/{query}", copied=t("Link copied"), scripted="")
    copy = html.Button(
        t("Copy link to this view"), type="button", className="plain copy-link", **link
    )
    return html.Div(
        [html.Span(t("Save or share the whole view:")), copy, *files], className="tools"
    )


def theme_buttons(
    view: View, section: Section, vocabulary: Vocabulary, loc: Localizer, *, table: bool
) -> html.Div:
    """What a theme offers: pictures, its address, files, code, and with ``table`` the table of its figures.

    Each works by itself or says by ``data-`` attributes what a script does for it; what only a script can do is not seen without.
    """
    t = loc.t
    own = one_theme(view.selection, section.theme)
    query = search(own, vocabulary)
    theme = texts.theme_title(loc, section)
    svg = picture_of(view.selection, section.theme, "slide", vocabulary, "svg")
    pictures = [
        *(
            _picture(view, section, vocabulary, size, f"{t(name)} (PNG)")
            for size, name in _SIZES.items()
        ),
        html.A("SVG", href=svg, download="", rel=_UNFOLLOWED),
        *(_file(kind, t(kind.label), query) for kind in registry.every() if kind.with_pictures),
    ]
    files = [
        link
        for kind in registry.every()
        if kind.label
        for link in _files(kind, t(kind.theme_label or kind.label), query, loc)
    ]
    copy = {
        **data(address=f"/{query}", copied=t("Link copied"), scripted=""),
        **aria(label=t("Copy link: {theme}").format(theme=theme)),
    }
    alone = view_link(t("This theme alone"), own, vocabulary, class_name="btn btn-sm btn-link")
    return html.Div(
        [
            _offer("pictures", t("Picture"), "btn btn-sm btn-primary", pictures),
            html.Button(t("Copy link"), type="button", className=f"{_PLAIN} copy-link", **copy),
            _offer("files", t("Data"), _PLAIN, files),
            html.Button(
                t("Embed and cite"),
                type="button",
                className=_PLAIN,
                **data(embed=section.theme, scripted=""),
            ),
            *([_table(section, query, loc)] if table else []),
            *([alone] if len(view.sections) > 1 else []),
        ],
        className="buttons",
    )


def _offer(name: str, label: str, style: str, entries: Sequence[Component]) -> html.Details:
    """Entries that a button shows and hides."""
    listed = html.Ul([html.Li(entry) for entry in entries])
    return html.Details([html.Summary(label, className=style), listed], className=f"offer {name}")


def _table(section: Section, query: str, loc: Localizer) -> html.Details:
    """The table under a chart is made when it is asked for: it holds ten times as many elements as the chart."""
    failed = data(failed=loc.t("The table could not be fetched."))
    # The chart of a theme below the home opens with fewer indicators than that of the theme alone.
    few = section.indicators_shown < min(section.indicators_total, OPENING_INDICATORS)
    opening = f"&opening={section.indicators_shown}" if few else ""
    return html.Details(
        [
            html.Summary(loc.t("Table"), className=_PLAIN),
            table_place(section.theme, f"{query}{opening}"),
        ],
        className="table-of",
        **failed,
    )


def _files(kind: Format, label: str, query: str, loc: Localizer) -> list[html.A]:
    """A file in every form that the reader may want, the one that suits the language first."""
    usual, other = _file(kind, label, query), kind.with_decimal_comma
    if other is None or not loc.decimal_comma:
        return [usual]
    return [_file(kind, loc.t(other.label), f"{query}&{other.query}"), usual]


def _file(kind: Format, label: str, query: str) -> html.A:
    """Takes a file; one that takes long shows its progress where scripts run."""
    streamed = data(bundle=f"{kind.streamed.path}{query}") if kind.streamed else {}
    return html.A(label, href=f"{kind.path}{query}", rel=_UNFOLLOWED, **streamed)


def _picture(view: View, section: Section, vocabulary: Vocabulary, size: str, label: str) -> html.A:
    """A picture that the browser saves as it draws it, and that has an address too."""
    href = picture_of(view.selection, section.theme, size, vocabulary)
    return html.A(label, href=href, rel=_UNFOLLOWED, **data(picture=section.theme, size=size))
