"""What the first response already shows: the page with its charts, before any script runs and where none does."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from dash import html

from dashboard import answers
from dashboard.callbacks import FILTERS, SHORTCUTS
from dashboard.charts import palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.palette import DARK
from dashboard.layout import content, ids
from dashboard.layout.markup import Filled, markup
from dashboard.layout.paper import paper
from dashboard.query import Section, View
from dashboard.releases import Shelf
from dashboard.render.print import printed as print_parts
from dashboard.render.svg import svg
from dashboard.selection import Parsed, format
from dashboard.server.index import picture_of
from dashboard.server.site import Site
from dashboard.wording import Words, texts

BROAD, NARROW = 960.0, 336.0
"""Widths in CSS pixels for which charts are drawn while the width of the window is not known: usual, and on a phone."""
_PARAMETERS = {
    control: name for name, control in FILTERS.items() if name not in ("inferred", "interval")
} | {ids.EDITION_MODE: "edition"}
"""Id of a filter -> parameter. What is shown unless an address hides it cannot be hidden by a box that is not ticked."""


def first(
    shelf: Shelf, layout: html.Div, asked: Parsed, address: str, language: str, narrow: bool
) -> str:
    """The page of a view as HTML: ``layout`` filled with what stands at ``address``, the search that ``asked`` was read from."""
    width = NARROW if narrow else BROAD
    state = answers.update(
        shelf, address, {}, width, "", "", language, figure_of=lambda drawing: drawing
    )
    selection, vocabulary = asked.selection, shelf.vocabulary
    shown, words = shelf.view(selection), shelf.words(selection, language)
    sections = {section.theme: section for section in shown.sections}
    parameters = dict(_PARAMETERS)
    if state["values"]["edition-mode"] == "chosen":
        # Editions that are ticked say more than a mode; where none is left, the newest figures are shown.
        del parameters[ids.EDITION_MODE]
    set_here = {*parameters.values()}
    filled = Filled(
        state=_state(state),
        parameters=parameters,
        kept={
            name: text
            for name, text in parse_qsl(format(selection, vocabulary))
            if name not in set_here
        },
        submit=words.t("Show this view"),
        chart=lambda theme, drawing: _chart(shown, sections[theme], words, drawing),
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

    def chart(theme: str, drawing: Drawing) -> str:
        return print_parts(drawing, labels[theme], f"paper-{theme}", f"drawing-{theme}")

    filled = Filled({}, {}, {}, "", chart)
    return markup(paper(shown, words, site.address(parsed)), filled)


def _state(state: Mapping) -> dict[str, dict[str, object]]:
    """The answer to the first change, by the ids of the components it goes to."""
    filters = {
        control: {"value": state["values"][name], "options": state["options"][name]}
        for name, control in FILTERS.items()
    }
    shortcuts = {ids.shortcuts(name): {"children": state["shortcuts"][name]} for name in SHORTCUTS}
    places = {
        ids.FILTERS_ACTIVE: "active",
        ids.DRESS: "dress",
        ids.MESSAGES: "messages",
        ids.STATUS: "status",
        ids.CONTENT: "content",
    }
    return {
        **filters,
        **shortcuts,
        **{place: {"children": state[name]} for place, name in places.items()},
    }


def _chart(shown: View, section: Section, words: Words, drawing: Drawing) -> str:
    """A chart as SVG: in the look of the address, else in both, of which the reader's system takes one."""
    label, prefix = texts.picture_title(words, shown, section), f"chart-{section.theme}"
    look = shown.selection.look
    light, dark = palette.of(look == "dark"), None if look else DARK
    return svg(drawing, label, light, dark, prefix)
