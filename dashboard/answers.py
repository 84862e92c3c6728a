"""What the page answers to a change or a click: parse, query, draw. Plain functions that the callbacks call."""

from __future__ import annotations

import base64
import math
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from dashboard import charts, render
from dashboard.charts import palette
from dashboard.layout import card as layout_card
from dashboard.layout import choices, content
from dashboard.releases import Shelf
from dashboard.render import plotly
from dashboard.selection import Parsed, Selection, dress, format, normal, parse, search
from dashboard.wording import Words
from dashboard.wording import card as wording_card
from dashboard.wording.embedding import codes as embedding_codes

SCALE = 2
"""Pixels of a saved picture to a CSS pixel."""
NARROWEST, USUAL, WIDEST = 280.0, 960.0, 2400.0
"""Widths of a chart in pixels: the least, the one drawn when the browser tells none, the most."""


def update(
    shelf: Shelf,
    address: str,
    values: dict[str, object],
    width: object,
    needle: str,
    changed: str,
    language: str = "en",
    figure_of: content.FigureOf | None = None,
) -> dict[str, object]:
    """The state of the page after one change: its address, its filters and its content.

    ``changed`` names the filter that was touched; with any other name the address speaks. ``language`` is the reader's
    own, for addresses that name none; so it is in every function here. ``figure_of`` gives what the graphs hold of a drawing;
    without it that is a Plotly figure in the look of the page.
    """
    vocabulary = shelf.vocabulary
    parsed = parse(address, vocabulary)
    if changed in values:
        touched = choices.chosen(values, parsed.selection, shelf.newest.prepared, changed)
        parsed = Parsed(normal(touched, vocabulary))
    prepared, words = shelf.of(parsed.selection).prepared, shelf.words(parsed.selection, language)
    shown = shelf.view(parsed.selection)
    state = choices.controls(shown, prepared, words, needle)
    colours = palette.of(_dark(parsed.selection, width))
    figures = figure_of or partial(plotly.figure, palette=colours)
    return {
        "search": search(parsed.selection, vocabulary),
        "values": state.values,
        "options": state.options,
        "shortcuts": state.shortcuts,
        "active": choices.active(parsed.selection, vocabulary, words),
        "dress": choices.switches(parsed.selection, vocabulary, words),
        "messages": content.messages(parsed.ignored, words)
        + _pinned(shelf, parsed.selection, words),
        "status": content.status(shown, words),
        "content": content.content(shown, prepared, words, _drawable(width), figures),
    }


def indicators(shelf: Shelf, address: str, needle: str, language: str = "en") -> list:
    """The indicators that fit what is typed into their search; nothing is drawn for it."""
    selection = parse(address, shelf.vocabulary).selection
    prepared, words = shelf.of(selection).prepared, shelf.words(selection, language)
    return choices.concepts(shelf.view(selection), prepared, words, needle)


def embedding(
    shelf: Shelf, address: str, theme: str, site: str, language: str = "en"
) -> tuple[str, list] | None:
    """(title, body) of the dialog that gives the code to embed and cite a theme; None for no theme of the view."""
    newest = shelf.newest.prepared
    selection = parse(address, shelf.vocabulary).selection
    if theme not in selection.themes:
        return None
    words = shelf.words(selection, language)
    # What stands on another page speaks one language, whoever reads it there.
    live = replace(
        selection,
        release="",
        language=words.language,
        themes=(theme,),
        expanded=tuple(each for each in selection.expanded if each == theme),
    )
    pinned = replace(live, release=selection.release or newest.dataset.release)
    codes = embedding_codes(
        words, theme, site, *(search(each, shelf.vocabulary) for each in (live, pinned))
    )
    return words.t("Embed and cite: {theme}").format(
        theme=words.label("theme", theme)
    ), layout_card.embedding(codes, words)


def _pinned(shelf: Shelf, selection: Selection, words: Words) -> list:
    """What a view says that is pinned to an earlier release."""
    newest = shelf.newest
    if selection.release in ("", newest.prepared.dataset.release):
        return []
    live = search(replace(selection, release=""), shelf.vocabulary)
    return content.pinned(
        selection.release,
        newest.prepared.dataset.release,
        shelf.changed(selection),
        shelf.corrections(selection),
        f"/{live}",
        dress(selection, shelf.vocabulary),
        words,
    )


def _dark(selection: Selection, screen: object) -> bool:
    """Whether charts are drawn for a dark page: by the address, else by what the browser told of the reader's system."""
    return selection.look == "dark" or (
        not selection.look and isinstance(screen, dict) and screen.get("dark") is True
    )


def _drawable(screen: object) -> float:
    """The width to draw for, of what the browser told: a number, or an object with it."""
    width = screen.get("width") if isinstance(screen, dict) else screen
    known = isinstance(width, int | float) and math.isfinite(width) and width > 0
    return min(max(float(width), NARROWEST), WIDEST) if known else USUAL


def picture(
    shelf: Shelf,
    address: str,
    theme: str,
    size: str,
    width: object,
    site: str,
    language: str = "en",
) -> dict | None:
    """What the browser needs to save a picture of one theme; None where the view has no such theme."""
    selection = parse(address, shelf.vocabulary).selection
    words = shelf.words(selection, language)
    shown = shelf.view(selection)
    section = next((each for each in shown.sections if each.theme == theme), None)
    if section is None:
        return None
    link = f"{site}/{search(selection, shelf.vocabulary)}"
    made = (
        charts.slide(shown, section, words, link)
        if size == "slide"
        else charts.as_on_screen(shown, section, words, link, _drawable(width))
    )
    # What the picture says of itself; the browser puts it into the file, so that the file can bring its view back.
    about = render.notes(shown, words, made, link, format(selection, shelf.vocabulary))
    notes = base64.b64encode(render.chunks(about, SCALE)).decode()
    size = {"width": made.drawing.width, "height": made.drawing.height, "scale": SCALE}
    figure = plotly.figure(made.drawing)
    return {"figure": figure, "name": made.name, "notes": notes, "head": render.HEAD, **size}


def table(shelf: Shelf, address: str, theme: str, language: str = "en") -> list:
    """The table of one theme; nothing where the view has no such theme."""
    selection = parse(address, shelf.vocabulary).selection
    shown, words = shelf.view(selection), shelf.words(selection, language)
    return [content.table(section, words) for section in shown.sections if section.theme == theme]


def card(
    shelf: Shelf, address: str, position: object, site: str, language: str = "en"
) -> tuple[str, list] | None:
    """(title, body) of the card of a figure; None where there is no such figure."""
    vocabulary = shelf.vocabulary
    selection = parse(address, vocabulary).selection
    prepared, words = shelf.of(selection).prepared, shelf.words(selection, language)
    observations = prepared.dataset.observations
    if (
        not isinstance(position, int)
        or isinstance(position, bool)
        or not 0 <= position < len(observations)
    ):
        return None
    # A citation stays true only if it names the release it was made from.
    pinned = replace(selection, release=prepared.dataset.release)
    link = f"{site}/{search(pinned, vocabulary)}"
    known, row, today = (
        prepared.evidence[position],
        observations[position],
        datetime.now(UTC).date(),
    )
    corrected = shelf.corrected(selection, position)
    made = wording_card.card(
        words,
        shelf.view(selection),
        known,
        row,
        today,
        link,
        dress(selection, vocabulary),
        corrected,
    )
    return made.title, layout_card.body(made, words)
