"""The page as finished HTML: what the first response shows before any script runs and where none does, and a view for a printer."""

from __future__ import annotations

import re

from dash import html

from dashboard import answers, figures
from dashboard.answers import PageState
from dashboard.context import RequestContext
from dashboard.figures import svg
from dashboard.figures.slices import Slice, slices
from dashboard.layout import choices, content, controls, ids
from dashboard.layout.page import page as page_layout
from dashboard.layout.print_view import print_view
from dashboard.layout.to_html import StaticState, to_html
from dashboard.query import Section, View
from dashboard.selection import pairs
from dashboard.server.meta_tags import picture_of
from dashboard.wording import Words, texts

BROAD, NARROW = 960.0, 336.0
"""Widths in CSS pixels for which charts are drawn while the width of the window is not known: usual, and on a phone."""


def page_frame(context: RequestContext) -> html.Div:
    """The component tree before any callback has run, in the language and colour scheme of a request."""
    words = context.releases.newest.words(context.language)
    return page_layout(
        words.dataset,
        words,
        choices.ready_views(context.vocabulary, words, context.selection),
        context.display_query,
    )


def page(context: RequestContext, narrow: bool) -> str:
    """The page of a view as HTML; ``narrow``: its charts are drawn for a phone."""
    state = answers.update(context, {}, NARROW if narrow else BROAD)
    shown, words = context.view, context.words
    sections = {section.theme: section for section in shown.sections}
    parameters = controls.in_form(context.vocabulary)
    for each in controls.inputs():
        if each.mode and state["values"][each.name] == controls.CHOSEN:
            # Values that are ticked say more than a mode; where none is left, the usual ones hold.
            del parameters[each.id]
    set_here = {*parameters.values()}
    static = StaticState(
        state=_state(state),
        parameters=parameters,
        kept={
            name: text
            for name, text in pairs(context.selection, context.vocabulary)
            if name not in set_here
        },
        submit=words.t("Show this view"),
        drawing=lambda theme, figure: _drawing(shown, sections[theme], words, figure),
        pictures={
            theme: picture_of(context.selection, theme, "slide", context.vocabulary)
            for theme in sections
        },
        tables={
            theme: (words.t("Table of these figures"), content.table(section, words))
            for theme, section in sections.items()
        },
    )
    return to_html(page_frame(context), static)


def printed(context: RequestContext) -> str:
    """A view for a printer as HTML: what the page puts in place of itself when it is printed."""
    shown, words = context.view, context.words
    labels = {
        section.theme: texts.picture_title(words, shown, section) for section in shown.sections
    }

    def drawing(theme: str, figure: dict) -> str:
        return sliced(
            svg.drawing(figure, labels[theme], prefix=f"paper-{theme}"),
            f"drawing-{theme}",
            slices(figure),
        )

    static = StaticState({}, {}, {}, "", drawing)
    return to_html(print_view(shown, words, context.url()), static)


def sliced(drawn: str, name: str, parts: tuple[Slice, ...]) -> str:
    """A drawing in parts that a printer may put on several pages; it is held once, under a name, and shown in windows."""
    head, _, inside = drawn.removesuffix("</svg>").partition(">")
    (wide,) = re.findall(r'viewBox="0 0 ([0-9.]+)', head)
    (label,) = re.findall(r'aria-label="[^"]*"', head)
    look = " ".join(re.findall(r'(?:font-family|fill)="[^"]*"', head))
    windows = (
        f'<svg viewBox="0 {part.top:g} {wide} {part.bottom - part.top:g}" aria-hidden="true"><use href="#{name}"/></svg>'
        for part in parts
    )
    held = f'<svg width="0" height="0" class="held" aria-hidden="true"><defs><g id="{name}" {look}>{inside}</g></defs></svg>'
    return f'{held}<div role="img" {label}>{"".join(windows)}</div>'


def _state(state: PageState) -> dict[str, dict[str, object]]:
    """What the page shows, by the ids of the components it goes to."""
    inputs = {
        each.id: {"value": state["values"][each.name], "options": state["options"][each.name]}
        for each in controls.inputs()
    }
    shortcuts = {
        ids.shortcuts(name): {"children": links} for name, links in state["shortcuts"].items()
    }
    places = {
        ids.FILTERS_ACTIVE: "active",
        ids.DRESS: "dress",
        ids.MESSAGES: "messages",
        ids.STATUS: "status",
        ids.CONTENT: "content",
    }
    return {
        **inputs,
        **shortcuts,
        **{place: {"children": state[name]} for place, name in places.items()},
    }


def _drawing(shown: View, section: Section, words: Words, figure: dict) -> str:
    """A chart as SVG: in the look of the address, else in both, of which the reader's system takes one."""
    label, prefix = texts.picture_title(words, shown, section), f"chart-{section.theme}"
    if shown.selection.look:
        return svg.drawing(figure, label, prefix=prefix)
    dark = figures.chart(shown, section, words, figure["layout"]["width"], dark=True)
    return svg.drawing(figure, label, dark=dark, prefix=prefix)
