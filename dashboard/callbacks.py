"""Which component tells what to whom: a few lines each; what is answered is worked out in ``handlers``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import handlers
from dashboard.context import RequestContext
from dashboard.handlers import PageState
from dashboard.layout import controls, ids
from dashboard.layout.choices import Option
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


ContextOf = Callable[[str, str], RequestContext]
"""(search, href) of the page that asks -> the context of its request."""


def _news(
    state: PageState, search: str, values: Mapping[str, object], touched: bool
) -> dict[str, object]:
    """A state without what the page that sent ``search`` and ``values`` has already."""
    # An address with parts that could not be used is left as it stands: its message speaks of it.
    moved = touched and state["search"] != search
    return {
        **state,
        "search": state["search"] if moved else no_update,
        "values": {
            name: no_update if value == values.get(name) else value
            for name, value in state["values"].items()
        },
    }


def _page() -> dict[str, object]:
    """Part of a ``PageState`` -> where it is shown."""
    inputs = {each.name: each.id for each in controls.inputs()}
    return {
        "search": Output(ids.LOCATION, "search"),
        "values": {name: Output(control, "value") for name, control in inputs.items()},
        "options": {name: Output(control, "options") for name, control in inputs.items()},
        "shortcuts": {
            name: Output(ids.shortcuts(name), "children") for name in controls.with_shortcuts()
        },
        "active": Output(ids.FILTERS_ACTIVE, "children"),
        "display": Output(ids.DISPLAY, "children"),
        "messages": Output(ids.MESSAGES, "children"),
        "status": Output(ids.STATUS, "children"),
        "content": Output(ids.CONTENT, "children"),
    }


def register(app: Dash, context_of: ContextOf) -> None:
    """Connect the page's components; ``context_of`` makes the context of each request."""
    inputs = {each.name: each.id for each in controls.inputs()}
    indicators = filters.INDICATOR.name

    @app.callback(
        output=_page(),
        inputs={
            "search": Input(ids.LOCATION, "search"),
            "values": {name: Input(control, "value") for name, control in inputs.items()},
            "width": Input(ids.WIDTH, "data"),
        },
        state={
            "needle": State(ids.search(indicators), "value"),
            "href": State(ids.LOCATION, "href"),
        },
    )
    def show(
        search: object, values: dict[str, object], width: object, needle: object, href: object
    ) -> dict[str, object]:
        names = {control: name for name, control in inputs.items()}
        changed = names.get(ctx.triggered_id, "") if len(ctx.triggered) == 1 else ""
        context = context_of(_text(search), _text(href))
        state = handlers.update(context, _clean(values), width, _text(needle), changed)
        return _news(state, _text(search), values, touched=bool(changed))

    @app.callback(
        Output(inputs[indicators], "options", allow_duplicate=True),
        Input(ids.search(indicators), "value"),
        State(ids.LOCATION, "search"),
        State(ids.LOCATION, "href"),
        prevent_initial_call=True,
    )
    def find_indicators(needle: object, search: object, href: object) -> list[Option]:
        return handlers.indicators(context_of(_text(search), _text(href)), _text(needle))

    @app.callback(
        Output(ids.PICTURE, "data"),
        Input(ids.PICTURE_WANTED, "data"),
        State(ids.LOCATION, "search"),
        State(ids.LOCATION, "href"),
        State(ids.WIDTH, "data"),
        prevent_initial_call=True,
    )
    def save(wanted: object, search: object, href: object, width: object) -> object:
        asked = wanted if isinstance(wanted, dict) else {}
        theme, size = _text(asked.get("theme")), _text(asked.get("size"))
        context = context_of(_text(search), _text(href))
        return handlers.picture(context, theme, size, width) or no_update

    @app.callback(
        output={
            "is_open": Output(ids.CARD, "is_open"),
            "title": Output(ids.CARD_TITLE, "children"),
            "body": Output(ids.CARD_BODY, "children"),
        },
        inputs={"opened": Input(ids.FIGURE, "data")},
        state={
            "search": State(ids.LOCATION, "search"),
            "href": State(ids.LOCATION, "href"),
        },
        prevent_initial_call=True,
    )
    def open_card(opened: object, search: object, href: object) -> dict[str, object]:
        asked = opened if isinstance(opened, dict) else {}
        context = context_of(_text(search), _text(href))
        theme = asked.get("embed")
        made = (
            handlers.card(context, asked.get("figure"))
            if theme is None
            else handlers.embedding(context, _text(theme))
        )
        title, body = made or (no_update, no_update)
        return {"is_open": True if made else no_update, "title": title, "body": body}

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
