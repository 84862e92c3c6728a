"""Buttons that take something away: the whole view above the charts, a theme below its chart."""

from __future__ import annotations

from dash import dcc, html

from dashboard.formats import registry
from dashboard.formats.format import Format
from dashboard.layout.components import aria, data
from dashboard.query import Section, View
from dashboard.selection import Vocabulary, one_theme, search
from dashboard.text import Localizer, texts


def view_buttons(view: View, vocabulary: Vocabulary, loc: Localizer) -> html.Div:
    """Everything shown, taken away at once."""
    t = loc.t
    query = search(view.selection, vocabulary)
    files = [_file_button(kind, t(kind.label), query) for kind in registry.toolbar()]
    copy = html.Button(
        t("Copy link to this view"),
        type="button",
        className="btn btn-sm btn-primary copy-link",
        **data(address=f"/{query}", copied=t("Link copied")),
    )
    return html.Div([html.Span(t("Take the whole view away:")), copy, *files], className="tools")


def theme_buttons(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> html.Div:
    """What a theme offers to take away: pictures, its address, files; and the theme alone."""
    t = loc.t
    own = one_theme(view.selection, section.theme)
    address = f"/{search(own, vocabulary)}"
    theme = texts.theme_title(loc, section)
    return html.Div(
        [
            _picture_button(section, "slide", t("Picture for a slide (PNG)"), "btn-primary"),
            _picture_button(
                section, "screen", t("Picture as on screen (PNG)"), "btn-outline-primary"
            ),
            html.Button(
                t("Copy link"),
                className="btn btn-sm btn-outline-primary copy-link",
                type="button",
                **data(address=address, copied=t("Link copied")),
                **aria(label=t("Copy link: {theme}").format(theme=theme)),
            ),
            html.Button(
                t("Embed and cite"),
                type="button",
                className="btn btn-sm btn-outline-primary",
                **data(embed=section.theme),
            ),
            *(
                html.A(
                    t(kind.theme_label),
                    href=f"{kind.path}{search(own, vocabulary)}",
                    className="btn btn-sm btn-outline-primary",
                )
                for kind in registry.every()
                if kind.theme_label
            ),
            dcc.Link(t("This theme alone"), href=address, className="btn btn-sm btn-link"),
        ],
        className="buttons",
    )


def _file_button(kind: Format, label: str, query: str) -> html.A | html.Button:
    """Takes a file: straight away, or with its progress shown where it takes long."""
    style = "btn btn-sm btn-outline-primary"
    if kind.streamed:
        bundle = data(bundle=f"{kind.streamed.path}{query}")
        return html.Button(label, type="button", className=style, **bundle)
    return html.A(label, href=f"{kind.path}{query}", className=style)


def _picture_button(section: Section, size: str, label: str, style: str) -> html.Button:
    wanted = data(picture=section.theme, size=size)
    return html.Button(label, type="button", className=f"btn btn-sm {style}", **wanted)
