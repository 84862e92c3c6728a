"""What the first response already shows: the page with its charts, before any script runs and where none does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dash import html

from dashboard import answers, figures
from dashboard.figures import svg
from dashboard.figures.slices import Slice, slices
from dashboard.layout import content, controls, ids
from dashboard.layout.markup import Filled, markup
from dashboard.layout.paper import paper
from dashboard.query import Section, View
from dashboard.releases import Shelf
from dashboard.selection import Parsed, pairs
from dashboard.server.index import picture_of
from dashboard.server.site import Site
from dashboard.wording import Words, texts

BROAD, NARROW = 960.0, 336.0
"""Widths in CSS pixels for which charts are drawn while the width of the window is not known: usual, and on a phone."""


def first(
    shelf: Shelf, layout: html.Div, asked: Parsed, address: str, language: str, narrow: bool
) -> str:
    """The page of a view as HTML: ``layout`` filled with what stands at ``address``, the search that ``asked`` was read from."""
    state = answers.update(shelf, address, {}, NARROW if narrow else BROAD, "", "", language)
    selection, vocabulary = asked.selection, shelf.vocabulary
    shown, words = shelf.view(selection), shelf.words(selection, language)
    sections = {section.theme: section for section in shown.sections}
    parameters = controls.in_form(vocabulary)
    for each in controls.inputs():
        if each.mode and state["values"][each.name] == controls.CHOSEN:
            # Values that are ticked say more than a mode; where none is left, the usual ones hold.
            del parameters[each.id]
    set_here = {*parameters.values()}
    filled = Filled(
        state=_state(state),
        parameters=parameters,
        kept={name: text for name, text in pairs(selection, vocabulary) if name not in set_here},
        submit=words.t("Show this view"),
        drawing=lambda theme, figure: _drawing(shown, sections[theme], words, figure),
        pictures={theme: picture_of(asked, theme, "slide", vocabulary) for theme in sections},
        tables={
            theme: (words.t("Table of these figures"), content.table(section, words))
            for theme, section in sections.items()
        },
    )
    return markup(layout, filled)


def printed(site: Site) -> str:
    """A view for paper as HTML: what the page puts in place of itself when it is printed."""
    parsed = site.parsed()
    shown, words = site.view(parsed), site.words_of(parsed)
    labels = {
        section.theme: texts.picture_title(words, shown, section) for section in shown.sections
    }

    def drawing(theme: str, figure: dict) -> str:
        return sliced(
            svg.drawing(figure, labels[theme], prefix=f"paper-{theme}"),
            f"drawing-{theme}",
            slices(figure),
        )

    filled = Filled({}, {}, {}, "", drawing)
    return markup(paper(shown, words, site.address(parsed)), filled)


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


def _state(state: Mapping) -> dict[str, dict[str, object]]:
    """The answer to the first change, by the ids of the components it goes to."""
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
