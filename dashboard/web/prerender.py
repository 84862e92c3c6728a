"""The page as finished HTML: what the first response shows before any script runs and where none does, and a view for a printer."""

from __future__ import annotations

from typing import cast

from dash import html

from dashboard import cards, charts, handlers
from dashboard.charts.drawing import Drawing
from dashboard.context import RequestContext
from dashboard.handlers import PageState
from dashboard.layout import card as layout_card
from dashboard.layout import choices, controls, ids
from dashboard.layout.light import light
from dashboard.layout.page import page as page_layout
from dashboard.layout.print_view import print_view
from dashboard.layout.table import table_frame
from dashboard.layout.to_html import StaticState, to_html
from dashboard.query import Section, View
from dashboard.render.print import printed as print_parts
from dashboard.render.widths import WIDTHS, in_each
from dashboard.selection import pairs
from dashboard.text import Localizer, pictures


def app_frame(frame: html.Div) -> html.Div:
    """The component tree that the app begins with."""
    return cast("html.Div", light(frame))


def page_frame(context: RequestContext) -> html.Div:
    """The component tree before any callback has run, in the language and colour scheme of a request."""
    loc = context.releases.newest.localizer(context.language)
    opened = cards.of_address(context)
    return page_layout(
        loc.dataset,
        loc,
        choices.ready_views(context.vocabulary, loc, context.selection),
        context.display_query,
        choices.controls(context.view, context.release.index, context.loc, "").options,
        context.search,
        choices.question_about(context.selection, context.vocabulary, loc),
        opened and (opened.title, opened.body),
        controls.in_form(context.vocabulary),
    )


def page(context: RequestContext, frame: html.Div) -> str:
    """The page of a view as HTML in its ``frame``; its charts are laid out for each of ``WIDTHS``, of which the style sheet shows one."""
    loc = context.loc

    def drawings(view: View, section: Section) -> tuple[Drawing, ...]:
        return tuple(charts.drawing(view, section, loc, width) for width in WIDTHS)

    state = handlers.update(context, {}, None, figure_of=drawings)
    sections = {
        section.theme: (view, section) for view in context.views for section in view.sections
    }
    parameters = controls.in_form(context.vocabulary)
    for each in controls.inputs():
        if each.mode and state["values"][each.name] == controls.CHOSEN:
            # Values that are ticked say more than a mode; where none is left, the usual ones hold.
            del parameters[each.id]
    set_here = {*parameters.values()}
    static = StaticState(
        state=_state(state) | _card(context),
        parameters=parameters,
        hidden={
            name: text
            for name, text in pairs(context.selection, context.vocabulary)
            if name not in set_here
        },
        submit=loc.t("Show this view"),
        chart=lambda theme, drawn: _chart(*sections[theme], loc, drawn),
        tables={
            theme: table_frame(view, section, loc) for theme, (view, section) in sections.items()
        },
        shortcuts={
            what: f"/{address}"
            for what, address in choices.shortcuts(context.selection, context.vocabulary).items()
        },
        counts=state["filters"].words(loc),
        none=loc.t("none"),
    )
    return to_html(frame, static)


def printed(context: RequestContext) -> str:
    """A view for a printer as HTML: what the page puts in place of itself when it is printed."""
    shown, loc = context.leading, context.loc
    labels = {section.theme: pictures.subject(loc, shown, section) for section in shown.sections}

    def chart(theme: str, drawing: Drawing) -> str:
        return print_parts(drawing, labels[theme], f"paper-{theme}", f"drawing-{theme}")

    static = StaticState({}, {}, {}, "", chart)
    return to_html(print_view(shown, loc, context.url()), static)


def _card(context: RequestContext) -> dict[str, dict[str, object]]:
    """The card that the address opens, where no script shows it in a dialog."""
    opened = cards.of_address(context)
    shown = opened and layout_card.section(opened.title, opened.body)
    return {ids.CARD_SECTION: {"children": shown}}


def _state(state: PageState) -> dict[str, dict[str, object]]:
    """What the page shows, by the ids of the components it goes to."""
    inputs: dict[str, dict[str, object]] = {
        each.id: {"value": state["values"][each.name], "options": state["options"][each.name]}
        for each in controls.inputs()
    }
    shown = state["filters"]
    children: dict[str, object] = {
        **shown.states,
        ids.CHIPS: shown.chips,
        ids.DISPLAY: shown.display,
        ids.MESSAGES: state["messages"],
        ids.STATUS: state["status"],
        ids.CONTENT: state["content"],
    }
    return {**inputs, **{name: {"children": part} for name, part in children.items()}}


def _chart(shown: View, section: Section, loc: Localizer, drawings: tuple[Drawing, ...]) -> str:
    """A chart as SVG in each width."""
    in_widths = dict(zip(WIDTHS, drawings, strict=True))
    label = pictures.subject(loc, shown, section)
    return in_each(in_widths, label, shown.selection.colour_scheme, f"chart-{section.theme}")
