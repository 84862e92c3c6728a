"""Which component tells what to whom: a few lines each; what is answered is worked out in ``handlers``."""

from __future__ import annotations

from collections.abc import Callable

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard import cards, handlers
from dashboard.context import RequestContext
from dashboard.handlers import PageState
from dashboard.layout import choices, controls, ids
from dashboard.layout.components import Children
from dashboard.layout.fragment import fragment, headed
from dashboard.page_change import Change, ContextOf, digests, text, varying
from dashboard.selection import filters

HeadOf = Callable[[RequestContext, str], str]
"""A context and the search of the address that the page will have -> the head of that page, for assets/head.js."""


def _news(state: PageState, change: Change) -> dict[str, object]:
    """A state without what the page has already."""
    listed = {name: state["options"][name] for name in varying()}
    now = choices.digests(listed)
    lacking, values = change.lacks(now), change.news(state["values"])
    return {
        "search": state["search"] if change.moved else no_update,
        "messages": state["messages"],
        "status": state["status"],
        "content": state["content"],
        "filters": state["filters"].to_json(change.context.loc),
        "options": {
            name: options if name in lacking else no_update for name, options in listed.items()
        },
        "lists": now if lacking else no_update,
        "values": {name: values.get(name, no_update) for name in state["values"]},
    }


def _page() -> dict[str, object]:
    """Part of a ``PageState`` -> where it is shown."""
    inputs = {each.name: each.id for each in controls.inputs()}
    return {
        "search": Output(ids.LOCATION, "search"),
        "values": {name: Output(control, "value") for name, control in inputs.items()},
        "options": {name: Output(control, "options") for name, control in varying().items()},
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
    def show(**_: object) -> dict[str, object]:
        sent = {**ctx.inputs, **ctx.states}
        change = Change.read(sent, [each["prop_id"] for each in ctx.triggered], context_of)
        context = change.context
        state = handlers.update(context, {}, change.width, change.needle)
        search = state["search"] if change.moved else change.here
        return {**_news(state, change), "head": head_of(context, search)}

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
        found = handlers.indicators(context_of(text(search), text(href)), text(needle))
        return {
            "options": found,
            "lists": digests(lists) | choices.digests({indicators: found}),
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
        theme, size = text(asked.get("theme")), text(asked.get("size"))
        context = context_of(text(search), text(href))
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
        context = context_of(text(search), text(href))

        def head(address: str) -> Children:
            """What the head of the page says while a card is open; in a frame it has no address."""
            return (
                []
                if context.framed
                else [headed(head_of(context_of(address, text(href)), address))]
            )

        theme = asked.get("embed")
        if theme is None:
            card = cards.card(context, asked.get("figure"))
            made = card and (card.title, fragment([*card.body, *head(card.search)]), card.search)
        else:
            code = handlers.embedding(context, text(theme))
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
