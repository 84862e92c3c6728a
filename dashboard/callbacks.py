"""What happens on a click: parse, query, draw. Everything else is done by the modules these few lines call."""

from __future__ import annotations

import base64
import math
from dataclasses import replace
from datetime import UTC, datetime

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import figures, images
from dashboard.layout import card as layout_card
from dashboard.layout import choices, content, ids
from dashboard.query import view
from dashboard.releases import Shelf
from dashboard.selection import Parsed, Selection, format, normal, parse, search
from dashboard.wording import card as wording_card
from dashboard.wording.embedding import codes as embedding_codes

FILTERS = {
    "theme": ids.THEME,
    "country": ids.COUNTRY,
    "sector": ids.SECTOR,
    "level": ids.LEVEL,
    "edition-mode": ids.EDITION_MODE,
    "edition": ids.EDITION,
    "split": ids.SPLIT,
    "inferred": ids.INFERRED,
    "view": ids.CHART,
    "by": ids.BY,
    "interval": ids.INTERVALS,
    "only": ids.ONLY,
    "concept": ids.CONCEPT,
}
"""Filter -> id of its control."""
RADIOS = ("edition-mode", "split", "view", "by")
SHORTCUTS = ("country", "sector", "theme", "concept")
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
) -> dict[str, object]:
    """The state of the page after one change: its address, its filters and its content.

    ``changed`` names the filter that was touched; with any other name the address speaks.
    """
    vocabulary = shelf.vocabulary
    parsed = parse(address, vocabulary)
    if changed in FILTERS:
        touched = choices.chosen(values, parsed.selection, shelf.newest.prepared, changed)
        parsed = Parsed(normal(touched, vocabulary))
    release = shelf.of(parsed.selection)
    prepared, words = release.prepared, release.words
    shown = view(prepared, parsed.selection)
    state = choices.controls(shown, prepared, words, needle)
    return {
        "search": search(parsed.selection, vocabulary),
        "values": state.values,
        "options": state.options,
        "shortcuts": state.shortcuts,
        "messages": content.messages(parsed.ignored, words) + _pinned(shelf, parsed.selection),
        "status": content.status(shown, words),
        "content": content.content(shown, prepared, words, _drawable(width)),
    }


def embedding(shelf: Shelf, address: str, theme: str, site: str) -> tuple[str, list] | None:
    """(title, body) of the dialog that gives the code to embed and cite a theme; None for no theme of the view."""
    newest = shelf.newest.prepared
    selection = parse(address, shelf.vocabulary).selection
    if theme not in selection.themes:
        return None
    words = shelf.of(selection).words
    live = replace(selection, release="", themes=(theme,), expanded=tuple(each for each in selection.expanded if each == theme))
    pinned = replace(live, release=selection.release or newest.dataset.release)
    codes = embedding_codes(words, theme, site, *(search(each, shelf.vocabulary) for each in (live, pinned)))
    return words.t("Embed and cite: {theme}").format(theme=words.label("theme", theme)), layout_card.embedding(codes, words)


def _pinned(shelf: Shelf, selection: Selection) -> list:
    """What a view says that is pinned to an earlier release."""
    newest = shelf.newest
    if selection.release in ("", newest.prepared.dataset.release):
        return []
    live = search(replace(selection, release=""), shelf.vocabulary)
    return content.pinned(selection.release, newest.prepared.dataset.release, shelf.changed(selection), f"/{live}", newest.words)


def _drawable(width: object) -> float:
    known = isinstance(width, int | float) and math.isfinite(width) and width > 0
    return min(max(float(width), NARROWEST), WIDEST) if known else USUAL


def _text(value: object) -> str:
    """What a client sent as text; blank where it is something else. Only our page sends these, but anyone can."""
    return value if isinstance(value, str) else ""


def _clean(values: dict[str, object]) -> dict[str, object]:
    """Filter values as the components send them: a text for radio buttons, else a list of texts; the rest is dropped."""

    def texts(value: object) -> list[str]:
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    return {name: _text(values.get(name)) if name in RADIOS else texts(values.get(name)) for name in FILTERS}


def picture(shelf: Shelf, address: str, theme: str, size: str, width: object, site: str) -> dict | None:
    """What the browser needs to save a picture of one theme; None where the view has no such theme."""
    selection = parse(address, shelf.vocabulary).selection
    words = shelf.of(selection).words
    shown = shelf.view(selection)
    section = next((each for each in shown.sections if each.theme == theme), None)
    if section is None:
        return None
    link = f"{site}/{search(selection, shelf.vocabulary)}"
    made = (
        figures.slide(shown, section, words, link)
        if size == "slide"
        else figures.as_on_screen(shown, section, words, link, _drawable(width))
    )
    # What the picture says of itself; the browser puts it into the file, so that the file can bring its view back.
    about = images.notes(shown, words, made, link, format(selection, shelf.vocabulary))
    notes = base64.b64encode(images.chunks(about, SCALE)).decode()
    size = {"width": made.width, "height": made.height, "scale": SCALE}
    return {"figure": made.figure, "name": made.name, "notes": notes, "head": images.HEAD, **size}


def table(shelf: Shelf, address: str, theme: str) -> list:
    """The table of one theme; nothing where the view has no such theme."""
    selection = parse(address, shelf.vocabulary).selection
    shown, words = shelf.view(selection), shelf.of(selection).words
    return [content.table(section, words) for section in shown.sections if section.theme == theme]


def card(shelf: Shelf, address: str, position: object, site: str) -> tuple[str, list] | None:
    """(title, body) of the card of a figure; None where there is no such figure."""
    vocabulary = shelf.vocabulary
    selection = parse(address, vocabulary).selection
    release = shelf.of(selection)
    prepared, words = release.prepared, release.words
    observations = prepared.dataset.observations
    if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position < len(observations):
        return None
    # A citation stays true only if it names the release it was made from.
    pinned = replace(selection, release=prepared.dataset.release)
    link = f"{site}/{search(pinned, vocabulary)}"
    made = wording_card.card(
        words, shelf.view(selection), prepared.evidence[position], observations[position], datetime.now(UTC).date(), link
    )
    return made.title, layout_card.body(made, words)


def _site(href: object) -> str:
    return "/".join(_text(href).split("/")[:3])


def register(app: Dash, shelf: Shelf) -> None:
    """Connect the page's components."""

    @app.callback(
        Output(ids.LOCATION, "search"),
        {name: Output(control, "value") for name, control in FILTERS.items()},
        {name: Output(control, "options") for name, control in FILTERS.items()},
        {name: Output(ids.shortcuts(name), "children") for name in SHORTCUTS},
        Output(ids.MESSAGES, "children"),
        Output(ids.STATUS, "children"),
        Output(ids.CONTENT, "children"),
        Input(ids.LOCATION, "search"),
        {name: Input(control, "value") for name, control in FILTERS.items()},
        Input(ids.WIDTH, "data"),
        Input(ids.CONCEPT_SEARCH, "value"),
    )
    def show(address: object, values: dict, width: object, needle: object) -> tuple:
        names = {control: name for name, control in FILTERS.items()}
        changed = names.get(ctx.triggered_id, "") if len(ctx.triggered) == 1 else ""
        address = _text(address)
        state = update(shelf, address, _clean(values), width, _text(needle), changed)
        if ctx.triggered_id == ids.CONCEPT_SEARCH:
            kept = dict.fromkeys(FILTERS, no_update)
            options = kept | {"concept": state["options"]["concept"]}
            return no_update, kept, options, dict.fromkeys(SHORTCUTS, no_update), no_update, no_update, no_update
        # An address with parts that could not be used is left as it stands: its message speaks of it.
        address_now = state["search"] if changed and state["search"] != address else no_update
        return (
            address_now,
            state["values"],
            state["options"],
            state["shortcuts"],
            state["messages"],
            state["status"],
            state["content"],
        )

    @app.callback(
        Output(ids.PICTURE, "data"),
        Input(ids.PICTURE_WANTED, "data"),
        State(ids.LOCATION, "search"),
        State(ids.LOCATION, "href"),
        State(ids.WIDTH, "data"),
        prevent_initial_call=True,
    )
    def save(wanted: object, address: object, href: object, width: object) -> object:
        asked = wanted if isinstance(wanted, dict) else {}
        theme, size = _text(asked.get("theme")), _text(asked.get("size"))
        return picture(shelf, _text(address), theme, size, width, _site(href)) or no_update

    @app.callback(
        Output(ids.CARD, "is_open"),
        Output(ids.CARD_TITLE, "children"),
        Output(ids.CARD_BODY, "children"),
        Input(ids.FIGURE, "data"),
        State(ids.LOCATION, "search"),
        State(ids.LOCATION, "href"),
        prevent_initial_call=True,
    )
    def open_card(opened: object, address: object, href: object) -> tuple:
        asked = opened if isinstance(opened, dict) else {}
        if "embed" in asked:
            made = embedding(shelf, _text(address), _text(asked["embed"]), _site(href))
        else:
            made = card(shelf, _text(address), asked.get("figure"), _site(href))
        return (True, *made) if made else (no_update, no_update, no_update)

    @app.callback(
        Output({"type": "table", "theme": MATCH}, "children"),
        Input({"type": "table-toggle", "theme": MATCH}, "n_clicks"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def toggle_table(clicks: object, address: object) -> list:
        open_now = isinstance(clicks, int) and clicks % 2 == 1
        return table(shelf, _text(address), ctx.triggered_id["theme"]) if open_now else []

    app.clientside_callback(ClientsideFunction("barometer", "measure"), Output(ids.WIDTH, "data"), Input(ids.LOCATION, "pathname"))
    app.clientside_callback(ClientsideFunction("barometer", "save"), Output(ids.DOWNLOADED, "data"), Input(ids.PICTURE, "data"))
    app.clientside_callback(
        ClientsideFunction("barometer", "toggleFilters"),
        Output(ids.FILTERS, "className"),
        Input(ids.FILTERS_TOGGLE, "n_clicks"),
    )
