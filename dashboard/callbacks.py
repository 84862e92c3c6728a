"""Which component tells what to whom: a few lines each; what is answered is worked out in ``answers``."""

from __future__ import annotations

from collections.abc import Callable

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import answers
from dashboard.layout import controls, ids
from dashboard.releases import Shelf
from dashboard.selection import filters


def _text(value: object) -> str:
    """What a client sent as text; blank where it is something else. Only our page sends these, but anyone can."""
    return value if isinstance(value, str) else ""


def _clean(values: dict[str, object]) -> dict[str, object]:
    """Filter values as the components send them: a text for radio buttons, else a list of texts; the rest is dropped."""

    def texts(value: object) -> list[str]:
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    return {
        each.name: _text(values.get(each.name)) if each.radios else texts(values.get(each.name))
        for each in controls.inputs()
    }


def _site(href: object) -> str:
    return "/".join(_text(href).split("/")[:3])


def register(app: Dash, shelf: Shelf, language: Callable[[], str]) -> None:
    """Connect the page's components; ``language`` tells that of the reader who asks."""
    inputs = {each.name: each.id for each in controls.inputs()}
    indicators = filters.INDICATOR.name

    @app.callback(
        Output(ids.LOCATION, "search"),
        {name: Output(control, "value") for name, control in inputs.items()},
        {name: Output(control, "options") for name, control in inputs.items()},
        {name: Output(ids.shortcuts(name), "children") for name in controls.with_shortcuts()},
        Output(ids.FILTERS_ACTIVE, "children"),
        Output(ids.DRESS, "children"),
        Output(ids.MESSAGES, "children"),
        Output(ids.STATUS, "children"),
        Output(ids.CONTENT, "children"),
        Input(ids.LOCATION, "search"),
        {name: Input(control, "value") for name, control in inputs.items()},
        Input(ids.WIDTH, "data"),
        State(ids.search(indicators), "value"),
    )
    def show(address: object, values: dict, width: object, needle: object) -> tuple:
        names = {control: name for name, control in inputs.items()}
        changed = names.get(ctx.triggered_id, "") if len(ctx.triggered) == 1 else ""
        address = _text(address)
        state = answers.update(
            shelf, address, _clean(values), width, _text(needle), changed, language()
        )
        # An address with parts that could not be used is left as it stands: its message speaks of it.
        address_now = state["search"] if changed and state["search"] != address else no_update
        return (
            address_now,
            state["values"],
            state["options"],
            state["shortcuts"],
            state["active"],
            state["dress"],
            state["messages"],
            state["status"],
            state["content"],
        )

    @app.callback(
        Output(inputs[indicators], "options", allow_duplicate=True),
        Input(ids.search(indicators), "value"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def search(needle: object, address: object) -> list:
        return answers.indicators(shelf, _text(address), _text(needle), language())

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
        return (
            answers.picture(shelf, _text(address), theme, size, width, _site(href), language())
            or no_update
        )

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
            made = answers.embedding(
                shelf, _text(address), _text(asked["embed"]), _site(href), language()
            )
        else:
            made = answers.card(shelf, _text(address), asked.get("figure"), _site(href), language())
        return (True, *made) if made else (no_update, no_update, no_update)

    @app.callback(
        Output({"type": "table", "theme": MATCH}, "children"),
        Input({"type": "table-toggle", "theme": MATCH}, "n_clicks"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    def toggle_table(clicks: object, address: object) -> list:
        open_now = isinstance(clicks, int) and clicks % 2 == 1
        return (
            answers.table(shelf, _text(address), ctx.triggered_id["theme"], language())
            if open_now
            else []
        )

    app.clientside_callback(
        ClientsideFunction("barometer", "measure"),
        Output(ids.WIDTH, "data"),
        Input(ids.LOCATION, "pathname"),
    )
    app.clientside_callback(
        ClientsideFunction("barometer", "save"),
        Output(ids.DOWNLOADED, "data"),
        Input(ids.PICTURE, "data"),
    )
