"""Which component tells what to whom: a few lines each; what is answered is worked out in ``handlers``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import cards, handlers
from dashboard.context import RequestContext
from dashboard.handlers import PageState
from dashboard.layout import choices, controls, ids
from dashboard.layout.components import Children
from dashboard.layout.fragment import fragment, headed
from dashboard.selection import filters
from dashboard.text import Localizer


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


def _digests(value: object) -> dict[str, object]:
    """What a client says of the choices that it has."""
    return value if isinstance(value, dict) else {}


ContextOf = Callable[[str, str], RequestContext]
"""(search, href) of the page that asks -> the context of its request."""
HeadOf = Callable[[RequestContext, str], str]
"""A context and the search of the address that the page will have -> the head of that page, for assets/head.js."""


def _news(
    state: PageState,
    loc: Localizer,
    values: Mapping[str, object],
    lists: Mapping[str, object],
    *,
    moved: bool,
) -> dict[str, object]:
    """A state without what the page has already that sent ``values`` and ``lists`` of choices; with a search where that has ``moved``."""
    listed = {name: state["options"][name] for name in _varying()}
    now = choices.digests(listed)
    return {
        "search": state["search"] if moved else no_update,
        "messages": state["messages"],
        "status": state["status"],
        "content": state["content"],
        "filters": state["filters"].to_json(loc),
        "options": {
            name: no_update if lists.get(name) == now[name] else options
            for name, options in listed.items()
        },
        "lists": no_update if lists == {**lists, **now} else {**lists, **now},
        "values": {
            name: no_update if value == values.get(name) else value
            for name, value in state["values"].items()
        },
    }


def _touched(changed: Sequence[str]) -> str:
    """The control that was touched last of what has changed (``id.property``); blank where the address has, which says it all."""
    names = {f"{each.id}.value": each.name for each in controls.inputs()}
    touched = [names[each] for each in changed if each in names]
    return touched[-1] if touched and f"{ids.LOCATION}.search" not in changed else ""


def _varying() -> dict[str, str]:
    """Name -> id of the components whose choices may change."""
    return {each.name: each.id for each in controls.inputs() if each.varies}


def _page() -> dict[str, object]:
    """Part of a ``PageState`` -> where it is shown."""
    inputs = {each.name: each.id for each in controls.inputs()}
    return {
        "search": Output(ids.LOCATION, "search"),
        "values": {name: Output(control, "value") for name, control in inputs.items()},
        "options": {name: Output(control, "options") for name, control in _varying().items()},
        "lists": Output(ids.LISTS, "data"),
        "filters": Output(ids.FILTER_STATE, "data-told"),
        "head": Output(ids.FILTER_STATE, "data-head"),
        "messages": Output(ids.MESSAGES, "children"),
        "status": Output(ids.STATUS, "children"),
        "content": Output(ids.CONTENT, "children"),
    }


def register(app: Dash, context_of: ContextOf, head_of: HeadOf) -> None:
    """Connect the page's components; ``context_of`` makes the context of each request, ``head_of`` its head."""
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
            "lists": State(ids.LISTS, "data"),
            "href": State(ids.LOCATION, "href"),
        },
    )
    def show(
        search: object,
        values: dict[str, object],
        width: object,
        needle: object,
        lists: object,
        href: object,
    ) -> dict[str, object]:
        changed = _touched([each["prop_id"] for each in ctx.triggered])
        here = _text(search)
        context = handlers.moved(context_of(here, _text(href)), _clean(values), changed)
        state = handlers.update(context, {}, width, _text(needle))
        # An address with parts that could not be used is left as it stands: its message speaks of it.
        moved = bool(changed) and state["search"] != here
        news = _news(state, context.loc, values, _digests(lists), moved=moved)
        return {**news, "head": head_of(context, state["search"] if moved else here)}

    @app.callback(
        output={
            "options": Output(inputs[indicators], "options", allow_duplicate=True),
            "lists": Output(ids.LISTS, "data", allow_duplicate=True),
        },
        inputs={"needle": Input(ids.search(indicators), "value")},
        state={
            "search": State(ids.LOCATION, "search"),
            "href": State(ids.LOCATION, "href"),
            "lists": State(ids.LISTS, "data"),
        },
        prevent_initial_call=True,
    )
    def find_indicators(
        needle: object, search: object, href: object, lists: object
    ) -> dict[str, object]:
        found = handlers.indicators(context_of(_text(search), _text(href)), _text(needle))
        return {
            "options": found,
            "lists": _digests(lists) | choices.digests({indicators: found}),
        }

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
            "search": Output(ids.CARD_OPENED, "data"),
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

        def head(address: str) -> Children:
            """What the head of the page says while a card is open; in a frame it has no address."""
            return (
                []
                if context.framed
                else [headed(head_of(context_of(address, _text(href)), address))]
            )

        theme = asked.get("embed")
        if theme is None:
            card = cards.card(context, asked.get("figure"))
            made = card and (card.title, fragment([*card.body, *head(card.search)]), card.search)
        else:
            code = handlers.embedding(context, _text(theme))
            made = code and (code[0], fragment(code[1]), "")
        if made is None:
            return dict.fromkeys(("is_open", "title", "body", "search"), no_update)
        title, body, address = made
        return {"is_open": True, "title": title, "body": body, "search": address}

    app.clientside_callback(
        ClientsideFunction("barometer", "cardSeen"),
        Output(ids.CARD_SEEN, "data"),
        Input(ids.CARD, "is_open"),
        Input(ids.CARD_OPENED, "data"),
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
