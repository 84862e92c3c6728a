"""What the page answers to a change or a click: parse, query, draw. Plain functions that the callbacks call."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypedDict

from dashboard import cards, charts, render
from dashboard.charts import palette
from dashboard.charts.enlarged import enlarged
from dashboard.context import RequestContext
from dashboard.layout import card as layout_card
from dashboard.layout import choices, content, framed, messages
from dashboard.layout.components import Children
from dashboard.layout.filter_state import FilterState, filter_state
from dashboard.layout.table import table_frame
from dashboard.layout.theme import FigureOf
from dashboard.query import OPENING_INDICATORS, Section, View
from dashboard.render import plotly
from dashboard.render.widths import laid_out
from dashboard.selection import Selection, is_home, normal, one_theme
from dashboard.text import Localizer
from dashboard.text.embedding import WIDTH
from dashboard.text.embedding import codes as embedding_codes
from dashboard.text.order import in_order

SCALE = 2
"""Pixels of a saved picture to a CSS pixel."""
LEAST = 160.0
"""The least width in pixels of a layout, where letters need more room than usual."""


class PageState(TypedDict):
    """What the page shows, by its parts; controls are named as in ``layout.controls``."""

    search: str
    values: dict[str, object]
    options: dict[str, list[choices.Option]]
    filters: FilterState
    messages: Children
    status: object
    content: object


def update(
    context: RequestContext,
    values: Mapping[str, object],
    width: object,
    needle: str = "",
    changed: str = "",
    figure_of: FigureOf | None = None,
) -> PageState:
    """The state of the page after one change: its address, its filters and its content.

    ``context`` is that of the page's address, ``values`` are those of its filters, ``width`` what the browser says of its
    screen, ``needle`` what stands in the search for indicators. ``changed`` names the filter that was touched; with any other
    name the address speaks. ``figure_of`` gives what the graphs hold of a section; without it that is a Plotly figure in the
    colour scheme of the page.
    """
    context = moved(context, values, changed)
    selection, vocabulary, loc = context.selection, context.vocabulary, context.loc
    index, shown = context.release.index, context.view
    controls = choices.controls(shown, index, loc, needle)
    site = context.public_url if context.framed else ""
    figures = figure_of or partial(_figure, loc, screen(selection, width))
    return {
        "search": context.search,
        "values": controls.values,
        "options": controls.options,
        "filters": filter_state(
            shown, index.vocabulary, vocabulary, loc, context.leading.selection.chart
        ),
        "messages": messages.unused(context.ignored, loc)
        + _pinned(context)
        + cards.gone(context)
        + messages.drawn_as_bars(context.bars, loc),
        "status": messages.status(context.leading, loc),
        "content": content.content(
            context.views, _findings(context), vocabulary, loc, figures, site
        ),
    }


def moved(context: RequestContext, values: Mapping[str, object], changed: str) -> RequestContext:
    """The context after one change, given as in ``update``: the same where no filter was touched."""
    if changed not in values:
        return context
    newest = context.releases.newest.index.dataset
    touched = choices.chosen(values, context.selection, context.vocabulary, newest, changed)
    return context.at(normal(touched, context.vocabulary))


class Screen(NamedTuple):
    """What charts are drawn for."""

    width: float
    larger: float
    """How much larger the browser writes than usual."""
    wider: float
    """How much wider letters of one size stand than usual."""
    dark: bool


def screen(selection: Selection, told: object) -> Screen:
    """The screen of which a browser has ``told``, in the colour scheme that the selection asks for, if any."""
    return Screen(_drawable(told), *_letters(told), _dark(selection, told))


def _figure(loc: Localizer, shown: Screen, view: View, section: Section) -> plotly.Figure:
    """The chart of a section, laid out as in the first response; where letters take more room than usual, for a narrower screen."""
    drawn = charts.drawing(view, section, loc, laid_out(shown.width / (shown.larger * shown.wider)))
    return plotly.figure(enlarged(drawn, shown.larger), palette.of(shown.dark), shown.width)


def _findings(context: RequestContext) -> tuple[choices.Link, ...]:
    """Below the home what else the figures say; nothing below another view."""
    if context.framed or not is_home(context.selection, context.vocabulary):
        return ()
    told = context.releases.findings(context.language)
    return choices.findings(context.vocabulary, context.loc, context.selection, told)


def indicators(context: RequestContext, needle: str) -> list[choices.Option]:
    """The indicators that fit what is typed into their search; nothing is drawn for it."""
    return choices.indicators(context.view, context.release.index, context.loc, needle)


def embedding(context: RequestContext, theme: str) -> tuple[str, Children] | None:
    """(title, body) of the dialog that gives the code to embed and cite a theme; None for no theme of the view."""
    selection, loc = context.view_of(theme).selection, context.loc
    if theme not in selection.themes:
        return None
    # What stands on another page speaks one language, whoever reads it there.
    live = replace(one_theme(selection, theme), release="", language=loc.language)
    newest = context.releases.newest.index.dataset.release
    pinned = replace(live, release=selection.release or newest)
    codes = embedding_codes(
        loc,
        theme,
        context.public_url,
        live,
        pinned,
        (framed.height(context.at(live), WIDTH), framed.height(context.at(pinned), WIDTH)),
        context.vocabulary,
    )
    return loc.t("Embed and cite: {theme}").format(
        theme=loc.label("theme", theme)
    ), layout_card.embedding(codes, loc)


def _pinned(context: RequestContext) -> Children:
    """What a view says that is pinned to an earlier release."""
    selection, releases = context.selection, context.releases
    newest = releases.newest.index.dataset.release
    if selection.release in ("", newest):
        return []
    live = context.at(replace(selection, release=""))
    return messages.pinned(
        selection.release,
        newest,
        releases.changed(selection),
        releases.corrections(selection),
        f"/{live.search}",
        context.display_query,
        context.loc,
    )


def _dark(selection: Selection, screen: object) -> bool:
    """Whether charts are drawn for a dark page: by the address, else by what the browser says of the reader's system."""
    return selection.colour_scheme == "dark" or (
        not selection.colour_scheme and isinstance(screen, dict) and screen.get("dark") is True
    )


def _letters(screen: object) -> tuple[float, float]:
    """How much larger the browser writes than usual, and how much wider letters of one size stand, as far as the narrowest layout
    has room; never less than 1."""
    room = max(_drawable(screen) / LEAST, 1.0)
    larger = min(_times(screen, "scale"), room)
    return larger, min(_times(screen, "spread"), room / larger)


def _times(screen: object, name: str) -> float:
    """A factor of what the browser says of its screen, from 1 upwards."""
    told = screen.get(name) if isinstance(screen, dict) else None
    return max(float(told), 1.0) if isinstance(told, int | float) and math.isfinite(told) else 1.0


def _drawable(screen: object) -> float:
    """The width to draw for, of what the browser says: a number, or an object with it."""
    width = screen.get("width") if isinstance(screen, dict) else screen
    if isinstance(width, int | float) and math.isfinite(width) and width > 0:
        return min(max(float(width), charts.NARROWEST), charts.WIDEST)
    return charts.USUAL


def picture(context: RequestContext, theme: str, size: str, width: object) -> dict[str, Any] | None:
    """What the browser needs to save a picture of one theme; None where the view has no such theme."""
    # Below the home a theme opens with few indicators; its picture holds what its link shows.
    shown, loc = context.at(context.view_of(theme).selection).view, context.loc
    section = next((each for each in shown.sections if each.theme == theme), None)
    if section is None:
        return None
    # Pictures are always light.
    drawn = context.at(replace(shown.selection, colour_scheme=""))
    link = drawn.url()
    if size not in (*charts.SHEETS, charts.SCREEN):
        return None
    made = charts.picture(shown, section, loc, link, size, _drawable(width))
    # What the picture says of itself; the browser puts it into the file, so that the file can bring its view back.
    about = render.notes(shown, loc, made, link, drawn.query)
    return {
        "figure": plotly.figure(made.drawing),
        "name": made.name,
        "notes": base64.b64encode(render.chunks(about, SCALE * made.density)).decode(),
        "head": render.HEAD,
        "width": made.drawing.width,
        "height": made.drawing.height,
        "scale": SCALE,
    }


def table(context: RequestContext, theme: str, opening: int = OPENING_INDICATORS) -> Children:
    """The table of one theme, of so many indicators where it is not expanded; nothing where the view has no such theme."""
    shown = in_order(context.loc, context.release.view(context.selection, opening))
    sections = (each for each in shown.sections if each.theme == theme)
    return [table_frame(shown, section, context.loc) for section in sections]
